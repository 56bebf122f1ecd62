"""Small files that release 1.0.0 did wrong, where they lie beside this repository."""

from tests import manifest


def found(name: str) -> bytes:
    return manifest.path(f"found/{name}").read_bytes()
