"""The disk as a storage: a file is there whole or not at all."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible

PART = ".part"  # how the name of a file ends that is not whole yet


@deconstructible(path="network.storing.Disk")
class Disk(FileSystemStorage):
    """Writes under another name and renames, so that nobody reads half a file and a full disk
    leaves nothing; saving under the same name replaces. With `durable` the file survives a
    power cut from the moment it was saved."""

    def __init__(self, *, durable: bool = False, **options: Any) -> None:
        super().__init__(allow_overwrite=True, **options)
        self.durable = durable

    def _save(self, name: str, content: File) -> str:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f"{target.name}.{secrets.token_hex(4)}{PART}")
        try:
            with part.open("xb") as out:
                for chunk in content.chunks():
                    out.write(chunk)
                if self.durable:
                    out.flush()
                    os.fsync(out.fileno())
            part.replace(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        if self.durable:
            _settle_folder(target.parent)
        return name.replace("\\", "/")


def _settle_folder(folder: Path) -> None:
    """The name of a new file belongs to its folder, which is written down apart."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
