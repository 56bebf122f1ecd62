"""Sends the queued mails: claim in a short transaction, send outside it, mark.

States: DESIGN.md 3, Mail. A kind that goes at most once becomes "unknown" when its worker died
or its connection broke while it was being sent, and is never sent again by itself; any other
goes back in the queue.
"""

from __future__ import annotations

import logging
import os
import smtplib
import socket
import uuid
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection, transaction
from django.db.models import QuerySet

from network import clock, emails, mail, quiet
from network.models import Notice, OutgoingMail, Person

logger = logging.getLogger(__name__)

BATCH = 50
LEASE = timedelta(minutes=5)  # for one mail: renewed before each, and longer than SMTP may take
# Somebody waits for a mail to an address of its own: a sign-in code, an invitation.
TURNS = ("-address", "not_before", "pk")
ATTEMPTS = 5
FIRST_RETRY = timedelta(minutes=1)
SERVER_HANGS_UP = 421
POLICY = b"5.7."  # enhanced code of a refusal that says nothing about the address
State = OutgoingMail.State


class ConnectionBroke(Exception):
    """What is left of the batch needs another connection."""


def drain() -> int:
    """Send everything that is due; gives how many mails left. One SMTP connection a batch; while
    the server is away all waits, and no mail is the worse for it."""
    worker = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:6]}"
    _return_expired_leases()
    sent = 0
    while rows := _claim(worker):
        outgoing = _connect()
        if outgoing is None:
            _give_back(rows)
            break
        sent += _send_batch(rows, outgoing)
    return sent


def _claim(worker: str) -> list[OutgoingMail]:
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
            state=State.CLAIMED, claimed_by=worker, lease_until=clock.real_now() + LEASE
        )
    rows = OutgoingMail.objects.filter(pk__in=ids, claimed_by=worker)
    return list(rows.select_related("person").order_by(*TURNS))


def _return_expired_leases() -> None:
    expired = OutgoingMail.objects.filter(
        state=State.CLAIMED, lease_until__lt=clock.real_now()
    ).prefetch_related("notices")
    for row in expired:
        if _at_most_once(row):
            _end_lease(row, State.UNKNOWN)
        else:
            _end_lease(row, State.QUEUED if row.attempt + 1 < ATTEMPTS else State.FAILED)


def _end_lease(row: OutgoingMail, state: str) -> None:
    """Only the lease that was seen to expire: its owner may have renewed it, or another worker
    may have claimed the mail anew."""
    seen = OutgoingMail.objects.filter(
        state=State.CLAIMED, claimed_by=row.claimed_by, lease_until=row.lease_until
    )
    fields: dict[str, Any] = {"attempt": row.attempt + 1}
    if state != State.QUEUED:
        fields |= {"reason": "de verzender viel uit", "secret": {}}
    seen.filter(pk=row.pk).update(state=state, lease_until=None, **fields)


def _at_most_once(row: OutgoingMail) -> bool:
    kinds = [row.kind, *(notice.kind for notice in row.notices.all())]
    return any(mail.goes_once(kind) for kind in kinds)


def _connect() -> Any:
    """An open connection, so that what fails later failed while sending; None when the server is
    away."""
    outgoing = get_connection()
    try:
        outgoing.open()
    except OSError:  # every error of smtplib is one
        logger.warning("The mail server does not answer; the mails wait.", exc_info=True)
        return None
    return outgoing


def _send_batch(rows: list[OutgoingMail], outgoing: Any) -> int:
    sent, left = 0, list(rows)
    try:
        while left:
            row = left[0]
            held = _hold(left)
            left.pop(0)
            sent += held and _send_one(row, outgoing)
    except ConnectionBroke:
        _give_back(left)
    finally:
        with suppress(OSError):  # it may be gone already
            outgoing.close()
    return sent


def _hold(left: list[OutgoingMail]) -> bool:
    """Whether the first of these is still ours to send; renews the lease of all that are."""
    until = clock.real_now() + LEASE
    ours = _claimed(left)
    ours.update(lease_until=until)
    return ours.filter(pk=left[0].pk).exists()


def _give_back(left: list[OutgoingMail]) -> None:
    if left:
        _claimed(left).update(state=State.QUEUED, lease_until=None)


def _claimed(rows: list[OutgoingMail]) -> QuerySet[OutgoingMail]:
    """Those of a batch that still are what we made them."""
    return OutgoingMail.objects.filter(
        pk__in=[row.pk for row in rows], state=State.CLAIMED, claimed_by=rows[0].claimed_by
    )


def _send_one(row: OutgoingMail, outgoing: Any) -> bool:
    """Whether it left. One mail that cannot be made or sent does not stop the others; raises
    ConnectionBroke."""
    try:
        reason = _why_not(row)
        message = None if reason else emails.build(row, mail.kind_of(row).render(row))
    except Exception as error:
        _stumbled(row, "gemaakt", error)
        return False
    if message is None:
        _mark(row, State.SKIPPED, reason=reason)
        return False
    return _hand_over(row, message, outgoing)


def _why_not(row: OutgoingMail) -> str:
    if row.person and not row.address and row.person.why_unreachable:
        return row.person.why_unreachable
    return mail.kind_of(row).still_wanted(row)


def _hand_over(row: OutgoingMail, message: EmailMultiAlternatives, outgoing: Any) -> bool:
    message.connection = outgoing
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        _address_refused(row, *next(iter(error.recipients.values())))
    except smtplib.SMTPResponseException as error:
        _not_taken(row, f"de mailserver neemt de mail niet aan ({error.smtp_code})")
        _stop_if_hung_up(error.smtp_code)
    except OSError as error:
        _broke_off(row, error)
        raise ConnectionBroke from error
    except Exception as error:
        _stumbled(row, "verstuurd", error)
    else:
        _mark(row, State.SENT, sent_at=clock.now())
        _remember_address(row, works=True)
        return True
    return False


def _stumbled(row: OutgoingMail, verb: str, error: Exception) -> None:
    logger.error("Mail %s stumbled.", row.pk, exc_info=error)
    _mark(row, State.FAILED, reason=f"kan niet {verb} worden: {type(error).__name__}")


def _address_refused(row: OutgoingMail, code: int, words: bytes) -> None:
    permanent = code >= 500
    _not_taken(row, f"de mailserver weigert het adres ({code})", permanent=permanent)
    if permanent and POLICY not in words:
        _remember_address(row, works=False)
    _stop_if_hung_up(code)


def _stop_if_hung_up(code: int) -> None:
    if code == SERVER_HANGS_UP:
        raise ConnectionBroke


def _broke_off(row: OutgoingMail, error: OSError) -> None:
    """Somewhere between the greeting and the last answer: the mail may have arrived."""
    reason = f"de verbinding met de mailserver brak af ({type(error).__name__})"
    if _at_most_once(row):
        _mark(row, State.UNKNOWN, reason=reason, attempt=row.attempt + 1)
    else:
        _not_taken(row, reason)


def _not_taken(row: OutgoingMail, reason: str, *, permanent: bool = False) -> None:
    attempt = row.attempt + 1
    if permanent or attempt >= ATTEMPTS:
        _mark(row, State.FAILED, reason=reason, attempt=attempt)
        return
    wait = FIRST_RETRY * 2 ** (attempt - 1)
    _mark(row, State.RETRY, reason=reason, attempt=attempt, not_before=clock.now() + wait)


def _mark(row: OutgoingMail, state: str, **fields: Any) -> None:
    """What became of a mail we held; what another worker claimed since is left to it."""
    if state != State.RETRY:
        fields["secret"] = {}
    OutgoingMail.objects.filter(pk=row.pk, claimed_by=row.claimed_by).update(
        state=state, lease_until=None, **fields
    )
    if state == State.SKIPPED:
        Notice.objects.filter(mail=row).update(
            state=Notice.State.SKIPPED, reason=fields.get("reason", "")
        )


def _remember_address(row: OutgoingMail, *, works: bool) -> None:
    """On the person, when the mail went to the address that the person has."""
    if row.person is None:
        return
    mine = Person.objects.filter(pk=row.person.pk, email__iexact=row.address or row.person.email)
    if bool(row.person.bounced_at) == works:
        mine.update(bounced_at=None if works else clock.now())
