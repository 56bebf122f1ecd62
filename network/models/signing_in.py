"""What a mailed code needs beside the session that asked for it."""

from __future__ import annotations

import uuid

from django.db import models

from network import clock


class PendingCode(models.Model):
    """How often a mailed code was tried and sent again. Counted in a row, because requests that
    come together each see the session of before the others."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tries = models.PositiveSmallIntegerField(default=0)
    resends = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(default=clock.real_now)
