"""Settings of a site whose storages have as much room as a file says: a disk that fills up needs
no root. The processes of the site read it; the fault writes the file."""

import errno
from pathlib import Path

from buurtpunt.settings import *  # noqa: F403
from buurtpunt.settings import PRIVATE_ROOT, PUBLIC_ROOT, VAR_DIR
from network.storing import Disk

ROOM = VAR_DIR / "room"  # bytes for both storages together

STORAGES["private"]["BACKEND"] = STORAGES["public"]["BACKEND"] = f"{__name__}.SmallDisk"  # noqa: F405


class SmallDisk(Disk):
    def _save(self, name, content):
        if used() + content.size > int(ROOM.read_text()):
            raise OSError(errno.ENOSPC, "No space left on device")
        return super()._save(name, content)


def used() -> int:
    total = 0
    for folder in (PRIVATE_ROOT, PUBLIC_ROOT):
        for path in Path(folder).rglob("*"):
            try:
                total += path.stat().st_size if path.is_file() else 0
            except FileNotFoundError:
                continue
    return total
