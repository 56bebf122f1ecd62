"""Changes that everybody must hear of: a move, a cancellation. And the end of a session."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction

from actionplans import actions as plans
from network import audit, clock, formats, mail, pagecache, sweeping
from network.models import Person
from network.refusal import Refused
from sessions import access, kinds
from sessions.actions.planning import locked
from sessions.models import Place, SessionMove, WorkSession
from sessions.reminders import due, sweep

Status = WorkSession.Status
# A slip of the hand is often mended within minutes: people hear of the outcome only.
DEBOUNCE = timedelta(minutes=10)


def move_session(
    *, by: Person, session: WorkSession, starts_at: datetime, ends_at: datetime, place: Place
) -> WorkSession:
    """Another moment or place. Everybody gets one mail, ten minutes from now, with what they
    knew and what holds then."""
    now = clock.now()
    with transaction.atomic():
        current = locked(session, Status.PUBLISHED)
        if starts_at <= now:
            raise Refused("Dat moment is al voorbij. Kies een moment dat nog komt.")
        move = access.open_move(current, now) or _remember(current, by, now)
        if starts_at != current.starts_at:
            current.moved_at = now
            sweep.drop_waiting(current, due.MOVED)
        _put(current, starts_at, ends_at, place, now)
        sweep.write_ahead(current, now)
        _tell_move(current, move)
        audit.record(by=by, verb="worksession.moved", obj=current, start=current.start_key)
        pagecache.bump()
    return current


def _remember(session: WorkSession, by: Person, now: datetime) -> SessionMove:
    return SessionMove.objects.create(
        session=session,
        from_starts_at=session.starts_at,
        from_ends_at=session.ends_at,
        from_place=session.place,
        moved_at=now,
        moved_by=by,
        tells_at=now + DEBOUNCE,
    )


def _put(
    session: WorkSession, starts_at: datetime, ends_at: datetime, place: Place, now: datetime
) -> None:
    fields = {"starts_at": starts_at, "ends_at": ends_at, **asdict(place)}
    for name, value in fields.items():
        setattr(session, name, value)
    session.sequence += 1
    session.changed_at = now
    session.save(update_fields=[*fields, "sequence", "changed_at", "moved_at"])


def _tell_move(session: WorkSession, move: SessionMove) -> None:
    mail.post_many(
        mail.Wish(
            kind=kinds.MOVED,
            key=f"worksession-moved:{move.pk}:{invitee.person.pk}",
            person=invitee.person,
            refs={"move": move.pk},
            not_before=move.tells_at,
        )
        for invitee in access.invitees(session)
    )


def cancel_session(*, by: Person, session: WorkSession) -> WorkSession:
    """It does not go on. Everybody hears it once; nothing else about it leaves any more."""
    now = clock.now()
    with transaction.atomic():
        current = locked(session, Status.PUBLISHED)
        known = access.next_move(current, now).from_starts_at
        current.status, current.changed_at = Status.CANCELLED, now
        current.sequence += 1
        current.save(update_fields=["status", "changed_at", "sequence"])
        sweep.drop_waiting(current, due.CANCELLED)
        sweeping.due_changed()
        _tell_cancellation(current, known)
        audit.record(by=by, verb="worksession.cancelled", obj=current)
        pagecache.bump()
    return current


def _tell_cancellation(session: WorkSession, known_start: datetime) -> None:
    refs = {"session": session.pk, "known_start": formats.moment(known_start)}
    mail.post_many(
        mail.Wish(
            kind=kinds.CANCELLED,
            key=f"worksession-cancelled:{session.pk}:{invitee.person.pk}",
            person=invitee.person,
            refs=refs,
        )
        for invitee in access.invitees(session)
    )


def close_held(now: datetime) -> None:
    """Sessions that are over belong to the archive, with how each plan stood; run by the sweep."""
    for session in WorkSession.objects.over(now).select_related("edition"):
        with transaction.atomic():
            _close(session)


def _close(session: WorkSession) -> None:
    open_still = WorkSession.objects.filter(pk=session.pk, status=Status.PUBLISHED)
    if not open_still.update(status=Status.HELD):
        return  # another worker closed it
    name = f"Na werksessie {session.number}"
    plans.take_snapshots(edition=session.edition, name=name, by=None)
    pagecache.bump()
