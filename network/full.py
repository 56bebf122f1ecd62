"""A disk without room: the machine's trouble, which people read as a sentence and never as a
fault of theirs."""

from __future__ import annotations

import errno

from django.db import OperationalError

from network.refusal import Refused

NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
POSTGRESQL_DISK_FULL = "53100"


class DiskFull(Refused):
    """There is no room to keep it; nothing was kept. Views answer 507 with the sentence."""


def is_cause_of(error: BaseException | None) -> bool:
    """Whether a full disk is what this error comes from, in a storage, a temporary folder or the
    database."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            return True
        if getattr(error, "pgcode", None) == POSTGRESQL_DISK_FULL:
            return True
        if isinstance(error, OperationalError) and "disk is full" in str(error):  # SQLite
            return True
        error = error.__cause__ or error.__context__
    return False
