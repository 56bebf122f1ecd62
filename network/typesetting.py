"""What typst does, for network/confined.py: only its child imports this module.

typst is native code. On some text it panics, which is no Exception in Python, or needs minutes.
"""

import json
from pathlib import Path

import typst


def typeset(source: str, root: str, output: str, options: str = "{}") -> str:
    """Write the typst file `source`, which may read what lies in `root`, as a PDF or picture.

    options: keyword arguments of typst.compile as JSON. Gives "", or why typst does not take it.
    """
    try:
        made = typst.compile(Path(source).read_bytes(), root=root, **json.loads(options))
    except typst.TypstError as error:
        return str(error) or "TypstError"
    except BaseException as panic:  # to the parent it is a failure like any other
        raise RuntimeError(f"typst: {panic}"[:400]) from None
    Path(output).write_bytes(made)
    return ""
