"""Sessions: who may see which, and which comes next."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.urls import reverse

from actionplans.access import NextSession
from network import access as network_access
from network import clock
from network.models import Edition
from sessions.models import Attendance, SessionMove, WorkSession


def visible_sessions(user: Any) -> QuerySet[WorkSession]:
    """Announced sessions of editions this person may see, drafts for the coordinator."""
    announced = WorkSession.objects.announced()
    return (
        WorkSession.objects.filter(
            Q(pk__in=announced, edition__in=network_access.visible_editions(user))
            | Q(edition__in=network_access.coordinated_editions(user))
        )
        .select_related("edition")
        .order_by("edition_id", "number", "pk")
    )


def session_or_404(user: Any, edition: str, number: int) -> WorkSession:
    """The session with this number: the one that goes on before one that was cancelled."""
    found = visible_sessions(user).filter(edition__slug=edition, number=number)
    return _first_alive(found)


def coordinated_session_or_404(user: Any, edition: str, number: int) -> WorkSession:
    """A session of an edition this person coordinates; 403 when it is visible but not theirs."""
    session = session_or_404(user, edition, number)
    network_access.coordinated_edition_or_404(user, edition)
    return session


def _first_alive(found: QuerySet[WorkSession]) -> WorkSession:
    rows = sorted(found, key=lambda session: (session.is_cancelled, -session.pk))
    if not rows:
        raise Http404
    return rows[0]


def sessions_of(edition: Edition) -> QuerySet[WorkSession]:
    """All of them, drafts too: for the coordinator."""
    return edition.work_sessions.select_related("edition").order_by("number", "starts_at", "pk")


def announced_sessions(edition: Edition) -> QuerySet[WorkSession]:
    """For public pages of an edition."""
    return edition.work_sessions.filter(pk__in=WorkSession.objects.announced()).order_by(
        "number", "starts_at"
    )


def next_session(edition: Edition, now: datetime | None = None) -> WorkSession | None:
    """The published session that comes next, or is going on."""
    coming = WorkSession.objects.upcoming(now or clock.now())
    return coming.filter(edition=edition).select_related("edition").first()


def agenda(edition_ids: Iterable[int]) -> dict[int, NextSession]:
    """The next session of each edition that has one, for the plans below; one query."""
    coming = WorkSession.objects.upcoming(clock.now()).filter(edition__in=list(edition_ids))
    found: dict[int, NextSession] = {}
    for session in coming.select_related("edition"):
        url = reverse("worksessions:detail", args=[session.edition.slug, session.number])
        found.setdefault(session.edition_id, NextSession(session.number, session.starts_at, url))
    return found


def free_numbers(edition: Edition) -> list[int]:
    """Which of the four are not planned yet."""
    taken = edition.work_sessions.exclude(status=WorkSession.Status.CANCELLED)
    return sorted({1, 2, 3, 4} - set(taken.values_list("number", flat=True)))


def open_move(session: WorkSession, now: datetime) -> SessionMove | None:
    """A move people were not told of yet."""
    return session.moves.filter(tells_at__gt=now).first()


def counted_sessions(edition: Edition) -> QuerySet[WorkSession]:
    """The sessions of an edition with how many said yes, in `coming`, and in all, in `answered`:
    of those who take part today, as the page of the session says; of everybody once it was held."""
    counts = (
        Q(status=WorkSession.Status.HELD)
        | Q(attendances__person__in=network_access.participants(edition))
        | Q(attendances__person__in=network_access.coaches(edition))
    )
    yes = Q(attendances__answer=Attendance.Answer.YES)
    return sessions_of(edition).annotate(
        coming=Count("attendances", filter=yes & counts),
        answered=Count("attendances", filter=counts),
    )


def may_manage(user: Any, session: WorkSession) -> bool:
    return network_access.coordinated_editions(user).filter(pk=session.edition_id).exists()


def imagined(session: WorkSession, **fields: Any) -> WorkSession:
    """The session as it would be with other fields; for previews, never saved."""
    other = copy.copy(session)
    for name, value in fields.items():
        setattr(other, name, value)
    return other


def next_move(session: WorkSession, now: datetime) -> SessionMove:
    """What a move or cancellation now would tell people that they knew: the move they were not
    told of yet, else one from here, which is not saved."""
    return open_move(session, now) or SessionMove(
        session=session,
        from_starts_at=session.starts_at,
        from_ends_at=session.ends_at,
        from_place=session.place,
        moved_at=now,
        tells_at=now,
    )
