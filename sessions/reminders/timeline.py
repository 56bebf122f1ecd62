"""What became of the mails around one session, and what is still to come.

The ledger says what happened; for everything else the same pure function is asked as by the
sweep, so that this line never promises what the sweep would not do.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from network.models import Notice, OutgoingMail, Person
from sessions import access, kinds
from sessions.access import Invitee
from sessions.models import ReminderRule, WorkSession
from sessions.reminders import due
from sessions.reminders.sweep import as_guest

PLANNED, LEAVING, WAITS, SENT = "planned", "leaving", "waits", "sent"
SKIPPED, FAILED, UNKNOWN = "skipped", "failed", "unknown"
Mail = OutgoingMail.State
LABELS = {
    PLANNED: "gepland",
    LEAVING: "vertrekt",
    WAITS: "wacht",
    SENT: "verstuurd",
    SKIPPED: "overgeslagen",
    FAILED: "mislukt",
    UNKNOWN: "onzeker of hij aankwam",
}
TRIED_AGAIN = "wordt opnieuw geprobeerd"
TITLES = {kinds.MOVED: "Verplaatst", kinds.CANCELLED: "Afgelast"}
OF_MAIL = {
    Mail.SENT: SENT,
    Mail.SKIPPED: SKIPPED,
    Mail.FAILED: FAILED,
    Mail.UNKNOWN: UNKNOWN,
}


@dataclass(frozen=True)
class Line:
    """One person and one mail."""

    person: Person
    state: str
    reason: str = ""
    mail_id: int | None = None

    @property
    def label(self) -> str:
        """A mail that leaves and has a reason was refused for now, and is tried again by itself."""
        return TRIED_AGAIN if self.state == LEAVING and self.reason else LABELS[self.state]

    @property
    def may_leave_again(self) -> bool:
        return self.state in {FAILED, UNKNOWN}


@dataclass
class Entry:
    """One mail to many people, at one moment."""

    key: str
    title: str
    at: datetime
    lines: list[Line] = field(default_factory=list)

    def count(self, *states: str) -> int:
        return sum(line.state in states for line in self.lines)

    @property
    def is_must(self) -> bool:
        """A move or a cancellation, which leaves by night too (tasks.py registers it so)."""
        return self.key not in ReminderRule.Key.values

    @property
    def going(self) -> list[Line]:
        """Who will get it."""
        return [line for line in self.lines if line.state in {PLANNED, LEAVING, WAITS}]

    @property
    def people(self) -> list[Person]:
        return [line.person for line in self.going]

    @property
    def skipped(self) -> list[Line]:
        """Who will not get it, or did not."""
        return [line for line in self.lines if line.state == SKIPPED]

    @property
    def again(self) -> list[int]:
        """The mails that may be sent again, oldest first."""
        return sorted(
            {line.mail_id for line in self.lines if line.may_leave_again and line.mail_id}
        )

    @property
    def reasons(self) -> Counter[str]:
        """Why people do not get it, the most frequent reason first."""
        return Counter(line.reason for line in self.skipped)


def to_everybody(kind: str, invitees: list[Invitee], now: datetime) -> Entry:
    """A must as it would leave now: of a move, a cancellation."""
    why = {invitee.person: invitee.person.why_no_must for invitee in invitees}
    lines = [Line(person, SKIPPED if why[person] else PLANNED, why[person]) for person in why]
    return Entry(kind, TITLES[kind], now, lines)


def timeline(session: WorkSession, invitees: list[Invitee], now: datetime) -> list[Entry]:
    """Every mail that left or may leave, oldest first; a constant number of queries. A draft is
    shown as if it were announced now."""
    shown = _as_announced(session, now) if session.is_draft else session
    entries = _reminders(shown, invitees, now) + _told(shown)
    return sorted(entries, key=lambda entry: (entry.at, entry.key))


def _as_announced(session: WorkSession, now: datetime) -> WorkSession:
    return access.imagined(session, status=WorkSession.Status.PUBLISHED, published_at=now)


def _reminders(session: WorkSession, invitees: list[Invitee], now: datetime) -> list[Entry]:
    rules = list(access.rules_of(session.edition))
    entries = {rule.key: _entry(rule, session) for rule in rules}
    told = _add_told_before_moves(entries, session, now)
    known = _add_known(entries, session, now)
    people = {invitee.person.pk: invitee.person for invitee in invitees}
    for one in due.planned(rules, session, [as_guest(invitee) for invitee in invitees], now):
        is_told = bool(one.reason) and (one.rule.key, one.person_id) in told
        if one.key not in known and not is_told:
            line = Line(people[one.person_id], SKIPPED if one.reason else PLANNED, one.reason)
            entries[one.rule.key].lines.append(line)
    ledger = {rule_key for rule_key, _ in told} | set(known.values())
    return [entries[rule.key] for rule in rules if rule.is_on or rule.key in ledger]


def _entry(rule: ReminderRule, session: WorkSession) -> Entry:
    return Entry(rule.key, rule.get_key_display(), due.due_at(rule, session))


def _add_told_before_moves(
    entries: dict[str, Entry], session: WorkSession, now: datetime
) -> set[tuple[str, int]]:
    """What left before the session moved; gives which rule told whom."""
    told = set()
    for row in access.notices_before_moves(session):
        entry, line = entries[row.refs["rule"]], _line_of_notice(row, now)
        if line.state in {SKIPPED, LEAVING}:
            continue  # asked at the door, a mail for the old start stays home
        entry.lines.append(line)
        told.add((row.refs["rule"], row.person_id))
        if session.moved_at and entry.at <= session.moved_at:
            entry.at = row.not_before  # it left then, and does not leave again
    return told


def _add_known(entries: dict[str, Entry], session: WorkSession, now: datetime) -> dict[str, str]:
    """What the ledger knows of the present start; gives the rule of each key."""
    known = {}
    for row in access.reminder_notices(session):
        entries[row.refs["rule"]].lines.append(_line_of_notice(row, now))
        known[row.key] = row.refs["rule"]
    return known


def _line_of_notice(row: Notice, now: datetime) -> Line:
    if row.state == Notice.State.WAITING:
        return _line_of_waiting(row, now)
    if row.mail is None or row.state == Notice.State.SKIPPED:
        return Line(row.person, SKIPPED, row.reason)
    return _line_of_mail(row.person, row.mail)


def _line_of_mail(person: Person, row: OutgoingMail) -> Line:
    return Line(person, OF_MAIL.get(Mail(row.state), LEAVING), row.reason, row.pk)


def _line_of_waiting(row: Notice, now: datetime) -> Line:
    """A reason on a notice that waits says why it had no room yet: see network/folding.py."""
    if row.not_before > now:
        return Line(row.person, PLANNED)
    if row.reason:
        return Line(row.person, WAITS, row.reason.removeprefix(f"{due.TOO_LATE}: "))
    return Line(row.person, LEAVING)


def _told(session: WorkSession) -> list[Entry]:
    """Moves and the cancellation."""
    moves = {move.pk: move for move in session.moves.all()}
    entries: dict[str, Entry] = {}
    for row in access.told_mails(session):
        key = row.key.rpartition(":")[0]
        move = moves.get(row.refs.get("move", 0))
        at = move.tells_at if move else row.created_at
        entry = entries.setdefault(key, Entry(key, TITLES[row.kind], at))
        if row.person:
            entry.lines.append(_line_of_mail(row.person, row))
    return list(entries.values())
