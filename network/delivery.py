"""Sends the queued mails: claim in a short transaction, send outside it, mark.

States: DESIGN.md 3, Mail. A kind that goes at most once and was claimed by a worker that died
becomes "unknown" and is never sent again by itself; any other goes back in the queue.
"""

from __future__ import annotations

import logging
import os
import smtplib
import socket
import uuid
from datetime import timedelta
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection, transaction

from network import clock, emails, mail
from network.models import Notice, OutgoingMail

logger = logging.getLogger(__name__)

BATCH = 50
LEASE = timedelta(minutes=5)
ATTEMPTS = 5
FIRST_RETRY = timedelta(minutes=1)
State = OutgoingMail.State


def drain() -> int:
    """Send everything that is due; gives how many mails left. One SMTP connection a batch."""
    worker = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:6]}"
    _return_expired_leases()
    sent = 0
    while claimed := _claim(worker):
        sent += _send_batch(claimed)
    return sent


def _claim(worker: str) -> list[OutgoingMail]:
    with transaction.atomic():
        due = OutgoingMail.objects.filter(
            state__in=[State.QUEUED, State.RETRY], not_before__lte=clock.now()
        ).order_by("not_before", "pk")
        skip = connection.features.has_select_for_update_skip_locked
        ids = list(due.select_for_update(skip_locked=skip).values_list("pk", flat=True)[:BATCH])
        OutgoingMail.objects.filter(pk__in=ids).update(
            state=State.CLAIMED, claimed_by=worker, lease_until=clock.real_now() + LEASE
        )
    rows = OutgoingMail.objects.filter(pk__in=ids, claimed_by=worker)
    return list(rows.select_related("person").order_by("not_before", "pk"))


def _return_expired_leases() -> None:
    expired = OutgoingMail.objects.filter(
        state=State.CLAIMED, lease_until__lt=clock.real_now()
    ).prefetch_related("notices")
    for row in expired:
        if _at_most_once(row):
            _end_lease(row, state=State.UNKNOWN, reason="de verzender viel uit", secret={})
        else:
            _end_lease(row, state=State.QUEUED)


def _end_lease(row: OutgoingMail, **fields: Any) -> None:
    OutgoingMail.objects.filter(pk=row.pk, state=State.CLAIMED).update(lease_until=None, **fields)


def _at_most_once(row: OutgoingMail) -> bool:
    kinds = [mail.kind_of(row), *(mail.kind_of(notice) for notice in row.notices.all())]
    return any(kind.at_most_once for kind in kinds)


def _send_batch(rows: list[OutgoingMail]) -> int:
    outgoing = get_connection()
    sent = 0
    try:
        for row in rows:
            sent += _send_one(row, outgoing)
    finally:
        outgoing.close()
    return sent


def _send_one(row: OutgoingMail, outgoing: Any) -> int:
    try:
        reason = _why_not(row)
        message = None if reason else emails.build(row, mail.kind_of(row).render(row))
    except Exception as error:  # one mail that cannot be made must not stop the others
        logger.exception("Mail %s cannot be rendered.", row.pk)
        _mark(row, State.FAILED, reason=f"kan niet gemaakt worden: {type(error).__name__}")
        return 0
    if message is None:
        _mark(row, State.SKIPPED, reason=reason)
        return 0
    return _hand_over(row, message, outgoing)


def _why_not(row: OutgoingMail) -> str:
    if row.person and not row.address and row.person.why_unreachable:
        return row.person.why_unreachable
    return mail.kind_of(row).still_wanted(row)


def _hand_over(row: OutgoingMail, message: EmailMultiAlternatives, outgoing: Any) -> int:
    message.connection = outgoing
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        code = min((reply[0] for reply in error.recipients.values()), default=550)
        _refused(row, f"de mailserver weigert het adres ({code})", permanent=code >= 500)
    except (smtplib.SMTPException, OSError) as error:
        _refused(row, f"de mailserver antwoordt niet ({type(error).__name__})", permanent=False)
        outgoing.close()  # the next mail opens a fresh connection
    else:
        _mark(row, State.SENT, sent_at=clock.now())
        return 1
    return 0


def _refused(row: OutgoingMail, reason: str, *, permanent: bool) -> None:
    attempt = row.attempt + 1
    if permanent or attempt >= ATTEMPTS:
        _mark(row, State.FAILED, reason=reason, attempt=attempt)
        return
    wait = FIRST_RETRY * 2 ** (attempt - 1)
    _mark(row, State.RETRY, reason=reason, attempt=attempt, not_before=clock.now() + wait)


def _mark(row: OutgoingMail, state: str, **fields: Any) -> None:
    if state != State.RETRY:
        fields["secret"] = {}
    OutgoingMail.objects.filter(pk=row.pk, claimed_by=row.claimed_by).update(
        state=state, lease_until=None, **fields
    )
    if state in {State.SKIPPED, State.FAILED}:
        Notice.objects.filter(mail=row).update(
            state=Notice.State.SKIPPED, reason=fields.get("reason", "")
        )
