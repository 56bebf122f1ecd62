"""A file is there whole or not at all."""

import errno
import os
import stat

import pytest
from django.core.files.base import ContentFile

from network.storing import Disk


class FillsUp(ContentFile):
    def chunks(self, chunk_size=None):
        yield b"half of it"
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def disk(tmp_path):
    return Disk(location=tmp_path, durable=True)


def names_in(tmp_path):
    return sorted(path.name for path in tmp_path.rglob("*") if path.is_file())


def test_what_is_saved_can_be_read(disk, tmp_path):
    assert disk.save("ab/foto.jpg", ContentFile(b"heel")) == "ab/foto.jpg"
    assert disk.open("ab/foto.jpg").read() == b"heel"
    assert names_in(tmp_path) == ["foto.jpg"]
    wanted = 0o666 & ~current_umask()
    assert stat.S_IMODE((tmp_path / "ab/foto.jpg").stat().st_mode) in (wanted, 0o644)


def current_umask():
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_a_full_disk_leaves_nothing_behind(disk, tmp_path):
    with pytest.raises(OSError, match="No space left"):
        disk.save("foto.jpg", FillsUp(b""))
    assert names_in(tmp_path) == []


def test_what_was_there_stays_when_its_replacement_has_no_room(disk, tmp_path):
    disk.save("foto.jpg", ContentFile(b"oud"))
    with pytest.raises(OSError, match="No space left"):
        disk.save("foto.jpg", FillsUp(b""))
    assert disk.open("foto.jpg").read() == b"oud"
    disk.save("foto.jpg", ContentFile(b"nieuw"))
    assert disk.open("foto.jpg").read() == b"nieuw"
    assert names_in(tmp_path) == ["foto.jpg"]
