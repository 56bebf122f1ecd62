"""Sends the queued mails: claim in a short transaction (network/claims.py), hand over outside it
(network/handover.py), mark what became of it.

States: DESIGN.md 3, Mail. A kind that goes at most once becomes "unknown" when it may have left
and nobody says so, and is never sent again by itself; any other goes once more.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection

from network import claims, clock, emails, handover, mail, stopping, sweeping, verdicts
from network.models import Notice, OutgoingMail, Person

logger = logging.getLogger(__name__)

# So many connections that break before a mail left, and the rest waits for the next tick.
PATIENCE = 3
# A mail that was not even begun to leave waits so long: others go first.
NOT_SENT_WAITS = timedelta(minutes=1)
# The same words to several people within this time are about the server.
AT_ONCE = timedelta(days=1)
State, Step = OutgoingMail.State, OutgoingMail.Step


class ConnectionBroke(Exception):
    """What is left of the batch needs another connection."""


class Lost(Exception):
    """Another worker took the mail over while it was being made."""


def drain() -> int:
    """Send everything that is due; gives how many mails left. One SMTP connection a batch; while
    the server is away all waits, and no mail is the worse for it. A worker that is asked to stop
    ends after the mail at hand."""
    worker = claims.worker_name()
    claims.free_the_abandoned()
    sent = broken = 0
    while broken < PATIENCE and not stopping.is_asked() and (rows := claims.claim(worker)):
        outgoing = _connect()
        if outgoing is None:
            claims.give_back(rows)
            break
        left, all_tried = _send_batch(rows, outgoing)
        sent += left
        broken = 0 if left or all_tried else broken + 1
    return sent


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


def _send_batch(rows: list[OutgoingMail], outgoing: Any) -> tuple[int, bool]:
    """How many left, and whether the connection held. What is not begun is given back, whatever
    ends this."""
    sent, waiting = 0, list(rows)
    try:
        while waiting and not stopping.is_asked():
            is_ours = claims.take_up(waiting)
            row = waiting.pop(0)
            sent += is_ours and _send_one(row, outgoing)
    except ConnectionBroke:
        return sent, False
    finally:
        claims.give_back(waiting)
        with suppress(OSError):  # it may be gone already
            outgoing.close()
    return sent, True


def _send_one(row: OutgoingMail, outgoing: Any) -> bool:
    """Whether it left. One mail that cannot be made or sent does not stop the others; raises
    ConnectionBroke."""
    try:
        reason = _why_not(row)
        message = None if reason else emails.build(row, mail.kind_of(row).render(row))
    except mail.OUR_TROUBLE as error:
        _not_the_mails_fault(row, error)
        return False
    except Exception as error:
        _stumbled(row, "gemaakt", error)
        return False
    if message is None:
        _mark(row, state=State.SKIPPED, reason=reason)
        return False
    return _hand_over(row, message, outgoing)


def _why_not(row: OutgoingMail) -> str:
    """That an address does not work is a guess: a must is sent all the same."""
    if row.person and not row.address:
        person, is_must = row.person, row.category == mail.MUST
        if reason := person.why_no_must if is_must else person.why_unreachable:
            return reason
    return mail.kind_of(row).still_wanted(row)


def _hand_over(row: OutgoingMail, message: EmailMultiAlternatives, outgoing: Any) -> bool:
    def begin() -> None:
        if not claims.begin_handing_over(row):
            raise Lost

    try:
        handover.hand_over(message, outgoing, before_data=begin)
    except handover.NotTaken as refusal:
        _refused(row, refusal)
        if refusal.code == verdicts.HANGS_UP:
            raise ConnectionBroke from refusal
    except handover.BrokeOff as broke:
        _broke_off(row, broke)
        raise ConnectionBroke from broke
    except Lost:
        logger.warning("Mail %s was taken over by another worker.", row.pk)
    except (
        mail.OUR_TROUBLE
    ) as error:  # before the body: after it only the marking asks the database
        _not_the_mails_fault(row, error)
    except Exception as error:
        _stumbled(row, "verstuurd", error)
    else:
        _mark(row, state=State.SENT, sent_at=clock.now())
        _forget_bounce(row)
        return True
    return False


def _not_the_mails_fault(row: OutgoingMail, error: Exception) -> None:
    """A busy database, a full disk: nothing left, and it is tried again. Where the database is
    gone this raises too, and the lease gives the mail back."""
    logger.warning("Mail %s waits: something is wrong on our side.", row.pk, exc_info=error)
    reason = f"er haperde iets bij ons ({type(error).__name__})"
    _mark(row, answer="", **claims.later(row, reason))


def _stumbled(row: OutgoingMail, verb: str, error: Exception) -> None:
    logger.error("Mail %s stumbled.", row.pk, exc_info=error)
    _mark(row, state=State.FAILED, reason=f"kan niet {verb} worden: {type(error).__name__}")


def _refused(row: OutgoingMail, refusal: handover.NotTaken) -> None:
    verdict = verdicts.judge(refusal)
    what = "weigert het adres" if verdict.about_address else "neemt de mail niet aan"
    reason = f"de mailserver {what} ({refusal.code})"
    answer = verdicts.same_words(refusal, _address(row))
    if verdict.temporary:
        _mark(row, answer=answer, **claims.later(row, reason))
        return
    _mark(row, state=State.FAILED, reason=reason, attempt=row.attempt + 1, answer=answer)
    if verdict.about_address:
        _suspect_address(row, answer)


def _broke_off(row: OutgoingMail, broke: handover.BrokeOff) -> None:
    reason = f"de verbinding met de mailserver brak af ({broke})"
    if broke.may_have_left:
        _mark(row, answer="", **claims.in_doubt(row, reason))
    else:  # not sent, and none the worse for it
        again = clock.now() + NOT_SENT_WAITS
        _mark(row, state=State.RETRY, reason=reason, not_before=again, answer="")


def _mark(row: OutgoingMail, **fields: Any) -> None:
    """What became of a mail we held; what another worker claimed since is left to it."""
    if fields["state"] != State.RETRY:
        fields["secret"] = {}
    mine = OutgoingMail.objects.filter(pk=row.pk, claimed_by=row.claimed_by)
    mine.update(lease_until=None, step=Step.WAITING, **fields)
    if fields["state"] == State.SKIPPED:
        Notice.objects.filter(mail=row).update(
            state=Notice.State.SKIPPED, reason=fields.get("reason", "")
        )


def _address(row: OutgoingMail) -> str:
    return row.address or (row.person.email if row.person else "")


def _suspect_address(row: OutgoingMail, answer: str) -> None:
    """Remember on the person that mail does not arrive, when it went to the address that the
    person has. The same answer for other addresses is about the server: nobody is suspected."""
    alike = OutgoingMail.objects.filter(
        state=State.FAILED, answer=answer, not_before__gt=clock.now() - AT_ONCE
    )
    others = alike.exclude(pk=row.pk).exclude(address__iexact=_address(row))
    others = others.exclude(address="", person__email__iexact=_address(row))
    if others.exists():
        Person.objects.filter(mails__in=others).update(bounced_at=None)
        sweeping.due_changed()
    elif row.person:
        mine = Person.objects.filter(pk=row.person.pk, email__iexact=_address(row))
        mine.update(bounced_at=clock.now())
        sweeping.due_changed()


def _forget_bounce(row: OutgoingMail) -> None:
    if row.person and row.person.bounced_at:
        mine = Person.objects.filter(pk=row.person.pk, email__iexact=_address(row))
        mine.update(bounced_at=None)
        sweeping.due_changed()
