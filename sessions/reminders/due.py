"""What is due, when and to whom: a pure function of rules, session, people and now.

The timeline, the rehearsal of a mail and the sweep all ask here, so that they cannot disagree.
Rules are wall-clock times in Brussels; a rule for 9.00 uur stays 9.00 uur when the clock turns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from network import clock
from network.quiet import by_day
from sessions.models import Attendance, ReminderRule, WorkSession

Key, Moment, Audience = ReminderRule.Key, ReminderRule.Moment, ReminderRule.Audience

# A mail that comes later than this says something that is no longer so.
GRACE = timedelta(hours=6)
# An invitation may wait for a day with room for one more mail; it stays useful until the start.
INVITATION_GRACE = timedelta(days=3)

# However sure we are that nothing changed, we look.
LONGEST_REST = timedelta(hours=1)

TOO_LATE = "te laat"
CANCELLED = "de werksessie is afgelast"
NOT_PUBLISHED = "de werksessie is nog niet aangekondigd"
MOVED = "de werksessie is verplaatst"
TOLD_BY_MOVE = "de mail over de verplaatsing zei het al"
SWITCHED_OFF = "deze mail staat uit"
GONE = "doet niet meer mee"
JOINED_LATER = "kwam er later bij"


@dataclass(frozen=True)
class Guest:
    """One person whom a session concerns; `answer` is empty while there is none, `unreachable`
    says why no reminder reaches them."""

    person_id: int
    answer: str = ""
    joined_on: date | None = None
    unreachable: str = ""


@dataclass(frozen=True)
class Due:
    """One mail to one person. `key` is unique in the ledger: session, its start in UTC, rule,
    person. `reason` says why it will not go; empty means it goes."""

    key: str
    rule: ReminderRule
    person_id: int
    at: datetime
    reason: str = ""


def due_at(rule: ReminderRule, session: WorkSession) -> datetime:
    """When the mail of this rule leaves, in UTC."""
    if rule.moment == Moment.AFTER:
        return _wall(session.last_day + timedelta(days=rule.days), rule)
    moment = _wall(session.day - timedelta(days=rule.days), rule)
    if rule.key == Key.INVITATION and session.published_at:
        # Announced later than the rule foresaw: the invitation leaves with the announcement.
        return by_day(max(moment, session.published_at))
    return moment


def _wall(day: date, rule: ReminderRule) -> datetime:
    return by_day(clock.at(day, rule.at.hour, rule.at.minute))


def planned(
    rules: Iterable[ReminderRule],
    session: WorkSession,
    guests: Iterable[Guest],
    now: datetime,
) -> Iterator[Due]:
    """Every mail of these rules to everyone in their audience, with the reason of those that
    will not go. People outside the audience are not in it at all."""
    people, keys = list(guests), session.mail_key
    for rule in rules:
        at = due_at(rule, session)
        never, late, on = _never(rule, session), _late(rule, session, now), clock.local(at).date()
        for guest in people:
            if is_in_audience(rule, guest.answer):
                reason = never or _guest_says_no(rule, guest, on) or late
                yield Due(f"{keys}{rule.key}:{guest.person_id}", rule, guest.person_id, at, reason)


def why_not(rule: ReminderRule, session: WorkSession, guest: Guest | None, now: datetime) -> str:
    """Why this mail must not go (any more) to this person; empty when it may."""
    return (
        _never(rule, session)
        or _guest_says_no(rule, guest, clock.local(due_at(rule, session)).date())
        or _late(rule, session, now)
    )


def _never(rule: ReminderRule, session: WorkSession) -> str:
    if session.is_cancelled:
        return CANCELLED
    if session.is_draft:
        return NOT_PUBLISHED
    return "" if rule.is_on else SWITCHED_OFF


def _late(rule: ReminderRule, session: WorkSession, now: datetime) -> str:
    at = due_at(rule, session)
    if session.moved_at and at <= session.moved_at:
        return TOLD_BY_MOVE
    return TOO_LATE if now > last_moment(rule, session) else ""


def last_moment(rule: ReminderRule, session: WorkSession) -> datetime:
    """After this the mail stays home; one before the session never leaves after its start."""
    grace = INVITATION_GRACE if rule.key == Key.INVITATION else GRACE
    latest = due_at(rule, session) + grace
    if rule.moment == Moment.AFTER:
        return latest
    return min(latest, session.starts_at - timedelta(microseconds=1))


def next_change(
    rules: Iterable[ReminderRule], session: WorkSession, now: datetime, *, ahead: timedelta
) -> datetime:
    """When time alone may next change what `planned` says: a mail comes within `ahead`, or is too
    late from then on; a role begins or ends at midnight in Brussels. An hour at most."""
    moments = [now + LONGEST_REST, clock.at(clock.local(now).date() + timedelta(days=1), 0)]
    for rule in rules:
        moments.append(due_at(rule, session) - ahead)
        moments.append(last_moment(rule, session) + timedelta(microseconds=1))
    return min(moment for moment in moments if moment > now)


def _guest_says_no(rule: ReminderRule, guest: Guest | None, due_on: date) -> str:
    if guest is None:
        return GONE
    if not is_in_audience(rule, guest.answer):
        return ANSWERED[guest.answer]
    if guest.joined_on and guest.joined_on > due_on:
        return JOINED_LATER
    return guest.unreachable


ANSWERED = {
    Attendance.Answer.YES.value: "antwoordde intussen ja",
    Attendance.Answer.MAYBE.value: "antwoordde intussen misschien",
    Attendance.Answer.NO.value: "antwoordde intussen nee",
    "": "antwoordde nog niet",
}


def is_in_audience(rule: ReminderRule, answer: str) -> bool:
    if rule.audience == Audience.SILENT:
        return not answer
    if rule.audience == Audience.COMING:
        return answer in {Attendance.Answer.YES, Attendance.Answer.MAYBE}
    return rule.audience == Audience.EVERYONE or answer != Attendance.Answer.NO


def is_mistimed(rule: ReminderRule, session: WorkSession) -> bool:
    """A mail before the session whose moment lies after the start: it can never leave."""
    return rule.moment == Moment.BEFORE and due_at(rule, session) >= session.starts_at
