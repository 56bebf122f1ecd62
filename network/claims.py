"""Which worker holds which mails: claimed by the batch, held by a short lease, given back.

A row says how far its worker is (`step`). When the worker is gone, what it had not begun goes
back at once and is none the worse for it; only a mail that was being handed over may have left.
"""

from __future__ import annotations

import os
import socket
import uuid
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from network import clock, mail, quiet
from network.models import OutgoingMail

BATCH = 50
# Longer than one mail may take: five answers of EMAIL_TIMEOUT and handover.PATIENCE.
LEASE = timedelta(minutes=3)
# Somebody waits for a mail to an address of its own: a sign-in code, an invitation.
TURNS = ("-address", "not_before", "pk")
# The waits between so many tries add up to a day.
ATTEMPTS = 19
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=2)
# A mail that may have left without an answer goes once more, when its kind may come twice.
MOST_DOUBTS = 1
DIED = "de verzender viel uit"
State, Step = OutgoingMail.State, OutgoingMail.Step


def worker_name() -> str:
    """Machine, process and when it began, so that a later process of that number is no heir."""
    process = os.getpid()
    return f"{_machine()}:{process}:{_began(process)}:{uuid.uuid4().hex[:6]}"


def claim(worker: str) -> list[OutgoingMail]:
    now = clock.now()
    with transaction.atomic():
        due = OutgoingMail.objects.filter(
            state__in=[State.QUEUED, State.RETRY], not_before__lte=now
        ).order_by(*TURNS)
        if quiet.is_quiet(now):
            due = due.filter(category=mail.MUST)
        skip = connection.features.has_select_for_update_skip_locked
        ids = list(due.select_for_update(skip_locked=skip).values_list("pk", flat=True)[:BATCH])
        OutgoingMail.objects.filter(pk__in=ids).update(
            state=State.CLAIMED,
            step=Step.WAITING,
            claimed_by=worker,
            lease_until=clock.real_now() + LEASE,
        )
    rows = OutgoingMail.objects.filter(pk__in=ids, claimed_by=worker)
    return list(rows.select_related("person").order_by(*TURNS))


def take_up(left: Sequence[OutgoingMail]) -> bool:
    """Begin with the first of these: whether it is still ours. Renews the lease of the others
    when half of it is over."""
    now = clock.real_now()
    last = left[-1]
    if last.lease_until is None or last.lease_until < now + LEASE / 2:
        _held(left).update(lease_until=now + LEASE)
        last.lease_until = now + LEASE
    return bool(_held(left[:1]).update(step=Step.MAKING, lease_until=now + LEASE))


def begin_handing_over(row: OutgoingMail) -> bool:
    """From here on it may leave: whether it is still ours. In the database before the mail goes,
    because the worker may not live to say so."""
    until = clock.real_now() + LEASE
    return bool(_held([row]).update(step=Step.HANDING_OVER, lease_until=until))


def give_back(left: Sequence[OutgoingMail]) -> None:
    """What was claimed and not begun."""
    if left:
        _held(left).update(state=State.QUEUED, step=Step.WAITING, lease_until=None)


def _held(rows: Sequence[OutgoingMail]) -> QuerySet[OutgoingMail]:
    """Those of a batch that still are what we made them."""
    return OutgoingMail.objects.filter(
        pk__in=[row.pk for row in rows], state=State.CLAIMED, claimed_by=rows[0].claimed_by
    )


def free_the_abandoned() -> None:
    """Take back what dead workers held. Of a worker of this machine we see that it is dead, and
    what it did not hand over goes back at once; for everything else the lease must end first."""
    now = clock.real_now()
    unbegun: list[OutgoingMail] = []
    # With their notices: in_doubt() asks what kinds a mail holds.
    held = OutgoingMail.objects.filter(state=State.CLAIMED).prefetch_related("notices")
    for row in held:
        expired = row.lease_until is None or row.lease_until < now
        if not expired and (_may_have_left(row) or not _is_dead(row.claimed_by)):
            continue
        if row.step == Step.WAITING and not _may_have_left(row):
            unbegun.append(row)
        else:
            _end_lease(row, **after_death(row))
    for seen in {(row.claimed_by, row.lease_until) for row in unbegun}:
        rows = [row.pk for row in unbegun if (row.claimed_by, row.lease_until) == seen]
        OutgoingMail.objects.filter(
            pk__in=rows,
            state=State.CLAIMED,
            step=Step.WAITING,
            claimed_by=seen[0],
            lease_until=seen[1],
        ).update(state=State.QUEUED, lease_until=None)


def _end_lease(row: OutgoingMail, **fields: Any) -> None:
    """Only the lease that was seen: its owner may have renewed it, or another worker may have
    claimed the mail anew."""
    seen = OutgoingMail.objects.filter(
        pk=row.pk,
        state=State.CLAIMED,
        step=row.step,
        claimed_by=row.claimed_by,
        lease_until=row.lease_until,
    )
    seen.update(lease_until=None, step=Step.WAITING, **fields)


def _may_have_left(row: OutgoingMail) -> bool:
    """A worker of release 1.0.0 does not say how far it is; its name has three parts."""
    return row.step == Step.HANDING_OVER or row.claimed_by.count(":") < 3


def after_death(row: OutgoingMail) -> dict[str, Any]:
    """What becomes of the mail that a worker died with."""
    if _may_have_left(row):
        return in_doubt(row, DIED)
    # It may be this very mail that ends its maker: from the second time on others go first.
    fields = later(row, DIED)
    return fields if row.attempt else fields | {"not_before": row.not_before}


def later(row: OutgoingMail, reason: str) -> dict[str, Any]:
    """It has not left: again after a wait that grows; given up after a day of tries."""
    attempt = row.attempt + 1
    fields: dict[str, Any] = {"reason": reason, "attempt": attempt}
    if attempt >= ATTEMPTS:
        return fields | {"state": State.FAILED, "secret": {}}
    wait = min(FIRST_WAIT * 2 ** (attempt - 1), LONGEST_WAIT)
    return fields | {"state": State.RETRY, "not_before": clock.now() + wait}


def in_doubt(row: OutgoingMail, reason: str) -> dict[str, Any]:
    """It may have left. A kind that goes at most once stays away; another goes once more."""
    doubts = row.doubts + 1
    if doubts > MOST_DOUBTS or _at_most_once(row):
        fields = {"state": State.UNKNOWN, "attempt": row.attempt + 1, "secret": {}}
        return fields | {"reason": reason, "doubts": doubts}
    return later(row, reason) | {"doubts": doubts}


def _at_most_once(row: OutgoingMail) -> bool:
    kinds = [row.kind, *(notice.kind for notice in row.notices.all())]
    return any(mail.goes_once(kind) for kind in kinds)


def _is_dead(worker: str) -> bool:
    """Whether the process of that name is known to be gone. Of another machine nothing is known."""
    machine, number, began, _ = worker.rsplit(":", 3)
    return machine == _machine() and _began(int(number)) != began


def _machine() -> str:
    return socket.gethostname().replace(":", "-")[:40]


def _began(process: int) -> str:
    """When it began, in the kernel's ticks; "" when there is no such process. Elsewhere than on
    Linux only that it is there."""
    try:
        if not Path("/proc/self/stat").exists():
            os.kill(process, 0)
            return "0"
        state, *rest = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except PermissionError:
        return "0"
    except OSError:
        return ""
    return "" if state in "ZX" else rest[18]
