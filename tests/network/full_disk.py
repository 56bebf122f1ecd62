"""Faults of a disk without room: a storage and an upload handler that meet it."""

import errno

from django.core.files.uploadhandler import FileUploadHandler

from network.storing import Disk

NO_SPACE = (errno.ENOSPC, "No space left on device")


class FullDisk(Disk):
    def _save(self, name, content):
        raise OSError(*NO_SPACE)


class FullTemporaryFolder(FileUploadHandler):
    def receive_data_chunk(self, raw_data, start):
        raise OSError(*NO_SPACE)

    def file_complete(self, file_size):
        return None


def fill(settings, *names):
    """From now on the named storages have no room."""
    settings.STORAGES = {
        name: {**facts, "BACKEND": "tests.network.full_disk.FullDisk"} if name in names else facts
        for name, facts in settings.STORAGES.items()
    }
