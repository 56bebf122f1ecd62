"""Who is looking, and who has a part in an edition today."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from network import clock, tokens
from network.models import (
    CoachAssignment,
    Edition,
    Membership,
    Notice,
    OutgoingMail,
    Person,
    User,
    Village,
)


def person_of(request: HttpRequest) -> Person:
    """The person behind the sign-in; only for views that ask for one."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user.person


def person_id_of(user: Any) -> int:
    """0 for an anonymous visitor, which no row has."""
    return user.person_id if user.is_authenticated else 0


def participants(edition: Edition) -> QuerySet[Person]:
    """Everybody with a membership today in a village that did not stop."""
    now_on = Membership.objects.on(clock.today()).filter(
        village__edition=edition, village__stopped_on__isnull=True
    )
    return Person.objects.filter(memberships__in=now_on).distinct()


def coaches(edition: Edition) -> QuerySet[Person]:
    now_on = CoachAssignment.objects.on(clock.today()).filter(village__edition=edition)
    return Person.objects.filter(coach_assignments__in=now_on).distinct()


def memberships_of(village: Village) -> QuerySet[Membership]:
    """Who takes part today; `has_account` tells who can sign in."""
    account = User.objects.filter(person=OuterRef("person"))
    rows = Membership.objects.on(clock.today()).filter(village=village)
    return rows.select_related("person").annotate(has_account=Exists(account))


def person_by_mail_token_or_404(token: str) -> Person:
    """The person of the link below each mail."""
    try:
        (person_id,) = tokens.read("mail-preferences", token)
    except (tokens.BadToken, ValueError) as error:
        raise Http404 from error
    return get_object_or_404(Person, pk=person_id)


def account_of(email: str) -> User | None:
    """Whoever signs in with this address, when the account is not locked."""
    return User.objects.filter(email__iexact=email, is_active=True).first()


def waiting_mail_moments(now: datetime) -> list[datetime]:
    """When what waits in the ledger may leave, from now on."""
    mails = OutgoingMail.objects.filter(state=OutgoingMail.State.QUEUED, not_before__gt=now)
    notices = Notice.objects.filter(state=Notice.State.WAITING, not_before__gt=now)
    moments = (
        mails.order_by()
        .values_list("not_before")
        .union(notices.order_by().values_list("not_before"))
    )
    return sorted(moment for (moment,) in moments)


def mails_are_leaving() -> bool:
    """Whether some worker is handing mails over right now."""
    return OutgoingMail.objects.filter(state=OutgoingMail.State.CLAIMED).exists()
