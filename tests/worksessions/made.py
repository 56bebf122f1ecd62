"""Work sessions and answers for tests, straight in the database; keyword-only."""

from datetime import UTC, datetime, time, timedelta

from network import clock
from network.models import Edition, Person
from sessions import actions
from sessions.models import Attendance, ReminderRule, WorkSession

EIGHT_DAYS = timedelta(days=8)
HALF_A_DAY = timedelta(hours=3, minutes=30)


def at(text: str) -> datetime:
    """A wall-clock moment in Brussels: at("2026-12-01 13:30")."""
    return datetime.fromisoformat(text).replace(tzinfo=clock.BRUSSELS).astimezone(UTC)


def work_session(
    *, edition: Edition, number: int = 2, starts_at: datetime | None = None, **fields
) -> WorkSession:
    """Published a while ago, unless said otherwise."""
    starts_at = starts_at or clock.now() + EIGHT_DAYS
    values = {
        "theme": "invulling en opstart",
        "ends_at": starts_at + HALF_A_DAY,
        "place_name": "Zaal De Klok",
        "street": "Dorpsplein 3",
        "municipality": "Molendonk",
        "prepare": "De resultaten van jullie bevraging\nJullie eerste drie functies",
        "status": WorkSession.Status.PUBLISHED,
        "published_at": starts_at - timedelta(days=60),
        "changed_at": starts_at - timedelta(days=60),
    }
    return WorkSession.objects.create(
        edition=edition, number=number, starts_at=starts_at, **{**values, **fields}
    )


def rules(edition: Edition) -> dict[str, ReminderRule]:
    """The default rules, by key."""
    actions.ensure_rules(edition=edition)
    return {rule.key: rule for rule in edition.reminder_rules.all()}


def rule(key: str, **fields) -> ReminderRule:
    """One unsaved rule, for the pure functions."""
    moment = "after" if key == "after" else "before"
    values = {"moment": moment, "days": 1, "at": time(9), "audience": "not_no", "is_on": True}
    return ReminderRule(key=key, **{**values, **fields})


def attendance(
    *, session: WorkSession, person: Person, answer: str = "yes", **fields
) -> Attendance:
    values = {
        "answered_at": clock.now(),
        "answered_by": person,
        "answered_for_at": session.starts_at,
        "was_coming": answer != "no",
    }
    return Attendance.objects.create(
        session=session, person=person, answer=answer, **{**values, **fields}
    )
