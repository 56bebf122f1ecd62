"""A mail that did not arrive, sent again by hand."""

from __future__ import annotations

from django.db import transaction

from network import audit, clock, queue
from network.models import Notice, OutgoingMail, Person
from network.refusal import Refused

State = OutgoingMail.State


def send_again(*, mail: OutgoingMail, by: Person) -> None:
    """A new row that names the old and takes its notices along; it is asked once more whether it
    is still wanted. The address gets another chance too."""
    with transaction.atomic():
        old = OutgoingMail.objects.select_for_update(of=("self",)).get(pk=mail.pk)
        if old.state not in {State.FAILED, State.UNKNOWN} or old.resends.exists():
            raise Refused("Deze mail is al opnieuw vertrokken.")
        new = _copy(old)
        old.notices.filter(state=Notice.State.FOLDED).update(mail=new)
        Person.objects.filter(mails=old).update(bounced_at=None)
        audit.record(by=by, verb="mail.sent-again", obj=new, kind=old.kind)
        queue.wake("network.tasks.drain_mail")


def _copy(old: OutgoingMail) -> OutgoingMail:
    # The key keeps its beginning: sessions finds its mails by it.
    now = clock.now()
    return OutgoingMail.objects.create(
        key=f"{old.key}~{old.pk}",
        kind=old.kind,
        category=old.category,
        person=old.person,
        refs=old.refs,
        not_before=now,
        created_at=now,
        resend_of=old,
    )
