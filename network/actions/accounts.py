"""The door of an account: mailed codes that are counted, and leaving everywhere at once."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import transaction
from django.db.models import F, QuerySet

from network import audit, clock, mail
from network.models import PendingCode, User

TRIES = 3  # for each code
RESENDS = 2  # after the first one
FORGOTTEN_AFTER = timedelta(days=1)


def begin_code() -> str:
    """The id of a row that counts the tries of a code about to be mailed; old rows go."""
    PendingCode.objects.filter(made_at__lt=clock.real_now() - FORGOTTEN_AFTER).delete()
    return str(PendingCode.objects.create().pk)


def _row(code_id: str) -> QuerySet[PendingCode]:
    return PendingCode.objects.filter(pk=code_id)


def count_try(code_id: str) -> bool:
    """Whether this try may still be judged: of those that come together too, no more than TRIES."""
    return bool(_row(code_id).filter(tries__lt=TRIES).update(tries=F("tries") + 1))


def tries_left(code_id: str) -> int:
    row = _row(code_id).first()
    return max(0, TRIES - row.tries) if row else 0


def use_up(code_id: str) -> bool:
    """Whether the code was still there: a right one opens the door once."""
    gone, _ = _row(code_id).delete()
    return bool(gone)


def was_used(code_id: str) -> bool:
    """Whether a right code opened the door already: of two clicks, the second comes here."""
    return not _row(code_id).exists()


def may_renew(code_id: str) -> bool:
    return _row(code_id).filter(resends__lt=RESENDS).exists()


def renew_code(code_id: str) -> bool:
    """Whether another code may be mailed in its place, with tries of its own."""
    row = _row(code_id).filter(resends__lt=RESENDS)
    return bool(row.update(resends=F("resends") + 1, tries=0, made_at=clock.real_now()))


def mail_fresh_code(*, user: User, code: str) -> None:
    """The code that proves, to somebody signed in, that the mailbox is hers."""
    mail.post(
        kind="account",
        key=f"account:{uuid.uuid4()}",
        person=user.person,
        address=user.email,
        refs={"template": "fresh_code"},
        secret={"code": code, "first_name": user.person.first_name},
    )


def sign_out_everywhere(*, user: User) -> None:
    """Every session of this account is dead from now on: its cookie opens nothing again."""
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(sign_in_round=F("sign_in_round") + 1)
        audit.record(by=user.person, verb="account.signed_out_everywhere", obj=user)
