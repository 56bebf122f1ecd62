"""The one door to people, editions and villages: who may see what.

Invisible is 404, visible but not allowed is 403. A role follows from dated rows; rights are never
merged across villages. A superuser gets nothing extra here.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from network import clock, tokens
from network.models import (
    CoachAssignment,
    CoordinatorAssignment,
    Edition,
    EditionPartner,
    Invitation,
    Job,
    Lens,
    Membership,
    NewsItem,
    PartnerContact,
    Person,
    StoredFile,
    User,
    Village,
)

Role = Membership.Role


def person_of(request: HttpRequest) -> Person:
    """The person behind the sign-in; only for views that ask for one."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user.person


def _person_id(user: Any) -> int:
    """0 for an anonymous visitor, which no row has."""
    return user.person_id if user.is_authenticated else 0


# Editions


def public_editions() -> QuerySet[Edition]:
    return Edition.objects.filter(is_public=True)


def current_edition() -> Edition | None:
    return Edition.objects.filter(is_current=True).first()


def coordinated_editions(user: Any) -> QuerySet[Edition]:
    today = clock.today()
    mine = CoordinatorAssignment.objects.on(today).filter(
        edition=OuterRef("pk"), person_id=_person_id(user)
    )
    return Edition.objects.filter(Exists(mine))


def visible_editions(user: Any) -> QuerySet[Edition]:
    """Public editions, and those in which this person has or had a part."""
    person = _person_id(user)
    return Edition.objects.filter(
        Q(is_public=True)
        | Q(villages__memberships__person=person)
        | Q(villages__coach_assignments__person=person)
        | Q(coordinator_assignments__person=person)
        | Q(partners__contacts__person=person)
    ).distinct()


def coordinated_edition_or_404(user: Any, slug: str) -> Edition:
    """An edition that this person coordinates today. 403 when it is visible but not theirs."""
    edition = get_object_or_404(visible_editions(user), slug=slug)
    if not coordinated_editions(user).filter(pk=edition.pk).exists():
        raise PermissionDenied
    return edition


def coordinators(edition: Edition) -> QuerySet[Person]:
    today = clock.today()
    now_on = CoordinatorAssignment.objects.on(today).filter(edition=edition)
    return Person.objects.filter(coordinator_assignments__in=now_on).distinct()


def lenses() -> QuerySet[Lens]:
    return Lens.objects.all()


def partners(edition: Edition) -> QuerySet[EditionPartner]:
    return edition.partners.select_related("organisation")


def partner_editions(user: Any) -> QuerySet[Edition]:
    contacts = PartnerContact.objects.on(clock.today()).filter(person_id=_person_id(user))
    return Edition.objects.filter(partners__contacts__in=contacts).distinct()


# Villages


def member_villages(user: Any) -> QuerySet[Village]:
    """Villages in which this person has a membership today, whatever the role."""
    mine = Membership.objects.on(clock.today()).filter(
        village=OuterRef("pk"), person_id=_person_id(user)
    )
    return Village.objects.filter(Exists(mine))


def writable_villages(user: Any) -> QuerySet[Village]:
    """Villages whose plan this person writes: lead and editor, never reader."""
    mine = Membership.objects.on(clock.today()).filter(
        village=OuterRef("pk"), person_id=_person_id(user), role__in=[Role.LEAD, Role.EDITOR]
    )
    return Village.objects.filter(Exists(mine))


def coached_villages(user: Any) -> QuerySet[Village]:
    mine = CoachAssignment.objects.on(clock.today()).filter(
        village=OuterRef("pk"), person_id=_person_id(user)
    )
    return Village.objects.filter(Exists(mine))


def coordinated_villages(user: Any) -> QuerySet[Village]:
    return Village.objects.filter(edition__in=coordinated_editions(user))


def visible_villages(user: Any) -> QuerySet[Village]:
    """Villages whose dossier this person may open: members, coaches, the coordinator."""
    return Village.objects.filter(
        Q(pk__in=member_villages(user).values("pk"))
        | Q(pk__in=coached_villages(user).values("pk"))
        | Q(pk__in=coordinated_villages(user).values("pk"))
    ).select_related("edition")


def public_villages() -> QuerySet[Village]:
    """What everyone may know: name, place and the sentence the village released."""
    return Village.objects.filter(is_public=True, edition__is_public=True).select_related("edition")


def village_or_404(user: Any, edition: str, slug: str) -> Village:
    return get_object_or_404(visible_villages(user), edition__slug=edition, slug=slug)


def coordinated_village_or_404(user: Any, edition: str, slug: str) -> Village:
    """A village of an edition that this person coordinates; 403 for a member or coach of it."""
    village = village_or_404(user, edition, slug)
    if not coordinated_villages(user).filter(pk=village.pk).exists():
        raise PermissionDenied
    return village


def led_village_or_404(user: Any, edition: str, slug: str) -> Village:
    """A village that this person leads, or coordinates; 403 for others who see it."""
    village = village_or_404(user, edition, slug)
    leads = Membership.objects.on(clock.today()).filter(
        village=village, person_id=_person_id(user), role=Role.LEAD
    )
    if not leads.exists() and not coordinated_villages(user).filter(pk=village.pk).exists():
        raise PermissionDenied
    return village


def villages_of(edition: Edition) -> QuerySet[Village]:
    """For the coordinator's lists, with leads and coaches of today ready in
    `open_memberships` and `open_coaches` (three queries, however many villages)."""
    today = clock.today()
    members = Membership.objects.on(today).select_related("person").order_by("role", "pk")
    coaches = CoachAssignment.objects.on(today).select_related("person", "lens")
    return (
        edition.villages.select_related("edition")
        .prefetch_related(
            Prefetch("memberships", members, to_attr="open_memberships"),
            Prefetch("coach_assignments", coaches, to_attr="open_coaches"),
        )
        .order_by("name", "pk")
    )


# People of an edition


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
    return Membership.objects.on(clock.today()).filter(village=village).select_related("person")


def is_coach(user: Any) -> bool:
    return coached_villages(user).exists()


def person_by_mail_token_or_404(token: str) -> Person:
    """The person of the link below each mail."""
    try:
        (person_id,) = tokens.read("mail-preferences", token)
    except (tokens.BadToken, ValueError) as error:
        raise Http404 from error
    return get_object_or_404(Person, pk=person_id)


# Joining


def invitation_or_404(invitation_id: str, nonce: str) -> Invitation:
    """Whatever its state: the page says kindly what became of it. 404 when a newer link exists."""
    rows = Invitation.objects.select_related("person", "village", "edition", "lens", "invited_by")
    return get_object_or_404(rows, pk=invitation_id, nonce=nonce)


def invitations_of(edition: Edition) -> QuerySet[Invitation]:
    return edition.invitations.select_related("person", "village", "lens")


# News, jobs and files


def published_news() -> QuerySet[NewsItem]:
    return NewsItem.objects.filter(published_at__lte=clock.now())


def job_or_404(user: Any, job_id: UUID) -> Job:
    """A job is seen by its owner only."""
    return get_object_or_404(Job.objects.select_related("result"), pk=job_id, by=_person_id(user))


def job_file_or_404(user: Any, job_id: UUID) -> StoredFile:
    job = job_or_404(user, job_id)
    if job.state != Job.State.DONE or job.result is None or not job.result.path:
        raise Http404
    return job.result


def own_files(user: Any) -> QuerySet[StoredFile]:
    """Files this person sent: for a form that refers to them, and for their state."""
    return StoredFile.objects.filter(by_id=_person_id(user))


def public_file_or_404(public_name: str) -> StoredFile:
    """A file that is or was on the site; the caller answers 410 for a withdrawn one."""
    shown = StoredFile.objects.exclude(exposure=StoredFile.Exposure.PRIVATE)
    return get_object_or_404(shown, public_name=public_name)
