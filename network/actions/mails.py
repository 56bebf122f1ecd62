"""Mails that did not arrive, or maybe not, sent again by hand."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from network import audit, clock, queue, sweeping
from network.models import Notice, OutgoingMail, Person
from network.refusal import Refused

State = OutgoingMail.State


def send_again(*, mail: OutgoingMail, by: Person) -> None:
    """One mail; see `send_all_again`. Raises Refused when it went again already."""
    if not send_all_again(mail_ids=[mail.pk], by=by):
        raise Refused("Deze mail is al opnieuw vertrokken.")


def send_all_again(*, mail_ids: Collection[int], by: Person) -> int:
    """New rows that name the old and take their notices along; each is asked once more whether it
    is still wanted. The addresses get another chance too. Gives how many go: who went again
    already, or arrived, does not. A constant number of queries."""
    with transaction.atomic():
        locked = OutgoingMail.objects.select_for_update(of=("self",)).filter(pk__in=mail_ids)
        failed = list(locked.filter(state__in=[State.FAILED, State.UNKNOWN]).order_by("pk"))
        # Asked after the lock: somebody may have pressed the same button a moment ago.
        gone = set(
            OutgoingMail.objects.filter(resend_of__in=failed).values_list("resend_of", flat=True)
        )
        old_rows = [old for old in failed if old.pk not in gone]
        new_rows = OutgoingMail.objects.bulk_create(map(_copy, old_rows), batch_size=500)
        _take_notices_along(new_rows)
        Person.objects.filter(mails__in=old_rows).update(bounced_at=None)
        sweeping.due_changed()
        for kind in {new.kind for new in new_rows}:
            ours = [new for new in new_rows if new.kind == kind]
            audit.record_many(by=by, verb="mail.sent-again", objects=ours, kind=kind)
        if new_rows:
            queue.wake("network.tasks.drain_mail")
    return len(new_rows)


def _copy(old: OutgoingMail) -> OutgoingMail:
    # The key keeps its beginning: sessions finds its mails by it.
    now = clock.now()
    return OutgoingMail(
        key=f"{old.key}~{old.pk}",
        kind=old.kind,
        category=old.category,
        person_id=old.person_id,
        address=old.address,
        refs=old.refs,
        not_before=now,
        created_at=now,
        resend_of=old,
    )


def _take_notices_along(new_rows: list[OutgoingMail]) -> None:
    new_of = {new.resend_of_id: new for new in new_rows}
    told = list(Notice.objects.filter(mail__in=new_of, state=Notice.State.FOLDED))
    for notice in told:
        notice.mail = new_of[notice.mail_id]
    Notice.objects.bulk_update(told, ["mail"], batch_size=500)
