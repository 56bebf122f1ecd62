"""Which files are presentations: judged in the request, by content.

A PDF is known by its first bytes and opened by nobody here. A ZIP (pptx, odp) is opened in a
limited child: its directory alone may hold a million names. No Django: the child imports this.
"""

import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from network.confined import ChildCrashed, Limits, run_limited
from network.refusal import Refused

# Reading two small members takes a tenth of a second; the rest is for a busy machine.
ZIP_LIMITS = Limits(memory=256 * 1024**2, cpu=5, wall=60, file_size=0)
MAX_MEMBERS = 5_000
MAX_UNPACKED = 250 * 1024**2
MAX_READ = 4 * 1024**2
BLOCK = 1024**2

OFFICE = b"application/vnd.openxmlformats-officedocument."
PPTX_TYPES = tuple(
    OFFICE + b"presentationml." + kind + b".main+xml" for kind in (b"presentation", b"slideshow")
)
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
ODP_TYPE = OPEN_DOCUMENT + b"presentation"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

OTHER_TYPE = "Dit is geen presentatie die we kennen. Neem een pdf, pptx of odp."
BROKEN_OFFICE = "Deze presentatie is beschadigd. Bewaar ze opnieuw of neem een pdf."
LOCKED = "Deze presentatie is beveiligd met een wachtwoord. Bewaar ze zonder en probeer opnieuw."
OLD_PPT = "Dit is een oude PowerPoint (.ppt). Bewaar ze als pptx of pdf en probeer opnieuw."
POWERPOINT_MACROS = (
    "In deze presentatie zitten macro’s; die nemen we niet. Open ze in PowerPoint, kies “Opslaan "
    "als” en neem “PowerPoint-presentatie (.pptx)” of pdf."
)
ODP_MACROS = (
    "In deze presentatie zitten macro’s; die nemen we niet. Open ze in LibreOffice, kies “Bestand” "
    "en dan “Exporteren als pdf”, en stuur die pdf."
)
TEMPLATE = (
    "Dit is een sjabloon ({}), nog geen presentatie. Open het, kies “Opslaan als” en bewaar het "
    "als gewone presentatie ({}) of als pdf."
)
OTHER_DOCUMENT = (
    "Dit is een {}, geen presentatie. Open het, bewaar of exporteer het als pdf, en stuur die pdf."
)
KEYNOTE = (
    "Dit is een presentatie van Keynote. Open ze, kies “Exporteer naar” en neem pdf of "
    "PowerPoint (.pptx)."
)
TOO_LARGE = "Deze presentatie is uitgepakt te groot. Maak de beelden kleiner of neem een pdf."
EMPTY = "Dit bestand is leeg. Probeer het opnieuw met het oorspronkelijke bestand."

# What else people send in a ZIP, by the type it names for itself.
OTHER_OFFICE = {
    OFFICE + b"wordprocessingml": "tekstdocument (Word)",
    OFFICE + b"spreadsheetml": "rekenblad (Excel)",
}
OTHER_OPEN_DOCUMENTS = {
    b"text": "tekstdocument (.odt)",
    b"spreadsheet": "rekenblad (.ods)",
    b"graphics": "tekening (.odg)",
}


def judge(file: IO[bytes]) -> str:
    """ "pdf", "pptx" or "odp" by content; Refused with a Dutch sentence for anything else."""
    file.seek(0)
    head = file.read(1024)
    try:
        return _kind(file, head)
    finally:
        file.seek(0)


def _kind(file: IO[bytes], head: bytes) -> str:
    if not head:
        raise Refused(EMPTY)
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(OLE_MAGIC):
        # Office puts a presentation with a password in an OLE container with this stream.
        raise Refused(LOCKED if _holds(file, ENCRYPTED) else OLD_PPT)
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_zip(file)
    raise Refused(OTHER_TYPE)


def _kind_of_zip(file: IO[bytes]) -> str:
    try:
        with _on_disk(file) as path:
            kind: str = run_limited(
                "inspiration.judging:office_kind",
                str(path),
                sentence=BROKEN_OFFICE,
                too_heavy=TOO_LARGE,
                limits=ZIP_LIMITS,
            )
    except ChildCrashed:  # at its limit of time: a directory of a million names does that
        raise Refused(TOO_LARGE) from None
    return kind


def _holds(file: IO[bytes], wanted: bytes) -> bool:
    """Whether these bytes occur, block by block: a file may be 80 MB."""
    file.seek(0)
    tail = b""
    while block := file.read(BLOCK):
        if wanted in tail + block:
            return True
        tail = block[-len(wanted) :]
    return False


@contextmanager
def _on_disk(file: IO[bytes]) -> Iterator[Path]:
    """The path of an upload for the child: Django keeps only large ones on disk."""
    kept = getattr(file, "temporary_file_path", None)
    if kept is not None:
        yield Path(kept())
        return
    with tempfile.NamedTemporaryFile(prefix="buurtpunt-work-") as copy:
        file.seek(0)
        shutil.copyfileobj(file, copy)
        copy.flush()
        yield Path(copy.name)


# From here on: inside the child.


def office_kind(source: str) -> str:
    with zipfile.ZipFile(source) as archive:
        members = archive.infolist()
        too_many = len(members) > MAX_MEMBERS
        if too_many or sum(member.file_size for member in members) > MAX_UNPACKED:
            raise Refused(TOO_LARGE)
        if _has_member(archive, r"^Index/.+\.iwa$|^Index\.zip$"):
            raise Refused(KEYNOTE)
        return _odp_kind(archive) if "mimetype" in archive.namelist() else _pptx_kind(archive)


def _pptx_kind(archive: zipfile.ZipFile) -> str:
    types = _read(archive, "[Content_Types].xml")
    if b"macroEnabled" in types or _has_member(archive, r"vbaProject\.bin$"):
        raise Refused(POWERPOINT_MACROS)
    if OFFICE + b"presentationml.template.main+xml" in types:
        raise Refused(TEMPLATE.format(".potx", ".pptx"))
    if not any(kind in types for kind in PPTX_TYPES):
        named = [name for kind, name in OTHER_OFFICE.items() if kind in types]
        raise Refused(OTHER_DOCUMENT.format(named[0]) if named else OTHER_TYPE)
    archive.getinfo("ppt/presentation.xml")
    return "pptx"


def _odp_kind(archive: zipfile.ZipFile) -> str:
    kind = _read(archive, "mimetype").strip()
    if kind == ODP_TYPE + b"-template":
        raise Refused(TEMPLATE.format(".otp", ".odp"))
    if kind != ODP_TYPE:
        named = OTHER_OPEN_DOCUMENTS.get(kind.removeprefix(OPEN_DOCUMENT))
        raise Refused(OTHER_DOCUMENT.format(named) if named else OTHER_TYPE)
    if b"encryption-data" in _read(archive, "META-INF/manifest.xml"):
        raise Refused(LOCKED)
    # Every ODP may carry an empty library; a module in it or a script beside it is code.
    if _has_member(archive, r"^Scripts/.+[^/]$|^Basic/.+/(?!script-l[bc]\.xml$)[^/]+$"):
        raise Refused(ODP_MACROS)
    archive.getinfo("content.xml")
    return "odp"


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        return member.read(MAX_READ)


def _has_member(archive: zipfile.ZipFile, pattern: str) -> bool:
    return any(re.search(pattern, name) for name in archive.namelist())
