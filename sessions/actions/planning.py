"""Planning a session and announcing it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from network import audit, clock, pagecache
from network.models import Edition, Person
from network.refusal import Refused
from sessions.actions.rules import ensure_rules
from sessions.models import Place, WorkSession
from sessions.reminders import sweep

Status = WorkSession.Status


def plan_session(
    *,
    by: Person,
    edition: Edition,
    number: int,
    theme: str,
    starts_at: datetime,
    ends_at: datetime,
    place: Place,
    prepare: str = "",
) -> WorkSession:
    """A draft that only the coordinator sees. Raises Refused when the number is taken."""
    session = WorkSession(
        edition=edition,
        number=number,
        theme=theme,
        starts_at=starts_at,
        ends_at=ends_at,
        prepare=prepare,
        changed_at=clock.now(),
        **asdict(place),
    )
    _save_draft(session, by)
    return session


def _save_draft(session: WorkSession, by: Person) -> None:
    try:
        with transaction.atomic():
            ensure_rules(edition=session.edition)
            session.save()
            audit.record(by=by, verb="worksession.planned", obj=session)
    except IntegrityError as error:
        raise Refused(f"Werksessie {session.number} staat al in de planning.") from error


def replan_draft(
    *,
    by: Person,
    session: WorkSession,
    theme: str,
    starts_at: datetime,
    ends_at: datetime,
    place: Place,
    prepare: str,
) -> None:
    """Anything may change while nobody knows of it."""
    with transaction.atomic():
        draft = locked(session, Status.DRAFT)
        fields = {"theme": theme, "starts_at": starts_at, "ends_at": ends_at, "prepare": prepare}
        _change(draft, **fields, **asdict(place))
        audit.record(by=by, verb="worksession.replanned", obj=draft)


def edit_texts(
    *, by: Person, session: WorkSession, theme: str, directions: str, prepare: str
) -> None:
    """Words only: nobody is mailed, the next mail and the page say it."""
    with transaction.atomic():
        current = locked(session, Status.PUBLISHED, Status.HELD)
        _change(current, theme=theme, directions=directions, prepare=prepare)
        audit.record(by=by, verb="worksession.edited", obj=current)
        pagecache.bump()


def publish_session(*, by: Person, session: WorkSession) -> WorkSession:
    """Announce it: it stands on the site and its mails leave by their rules."""
    with transaction.atomic():
        current = locked(session, Status.DRAFT)
        if current.starts_at <= clock.now():
            raise Refused("Deze werksessie is al begonnen. Kies eerst een ander moment.")
        _change(current, status=Status.PUBLISHED, published_at=clock.now())
        audit.record(by=by, verb="worksession.published", obj=current)
        sweep.write_ahead(current, clock.now())
        pagecache.bump()
    return current


def discard_draft(*, by: Person, session: WorkSession) -> None:
    with transaction.atomic():
        draft = locked(session, Status.DRAFT)
        audit.record(by=by, verb="worksession.discarded", obj=draft, number=draft.number)
        draft.delete()


def record_held_session(
    *,
    by: Person,
    edition: Edition,
    number: int,
    theme: str,
    day: date,
) -> WorkSession:
    """A session of the past of which the day is known, for the archive: nobody is mailed."""
    starts_at = clock.at(day, 0)
    with transaction.atomic():
        held = WorkSession.objects.create(
            edition=edition,
            number=number,
            theme=theme,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=20),
            is_day_only=True,
            status=Status.HELD,
            published_at=starts_at,
            changed_at=clock.now(),
        )
        audit.record(by=by, verb="worksession.recorded", obj=held)
        pagecache.bump()
    return held


def locked(session: WorkSession, *expected: str) -> WorkSession:
    """The row as it is now, for this transaction alone. Raises Refused in another state."""
    rows = WorkSession.objects.select_for_update(of=("self",)).select_related("edition")
    current = rows.filter(pk=session.pk).first()
    if current is None or current.status not in expected:
        state = current.get_status_display() if current else "geschrapt"
        raise Refused(f"Dat kan niet meer: deze werksessie is intussen {state}.")
    return current


def _change(session: WorkSession, **fields: object) -> None:
    for name, value in {**fields, "changed_at": clock.now()}.items():
        setattr(session, name, value)
    session.save(update_fields=[*fields, "changed_at"])
