"""Makes the mails. The preview of the coordinator asks the same functions as the worker."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from network import access as network_access
from network import clock, emails, formats, plain_names
from network.mail import Message
from sessions import access
from sessions.access import Invitee
from sessions.emails.calendar import calendar_object, page_link
from sessions.models import Attendance, ReminderRule, SessionMove, WorkSession

Key, Answer = ReminderRule.Key, Attendance.Answer


def reminder(session: WorkSession, key: str, invitee: Invitee) -> Message:
    """The middle of a mail: reminders may share one with other news."""
    more = {"company": company(session, invitee)} if key == Key.PRACTICAL else {}
    return _message(f"session_{key}", session, invitee, **after(invitee), **more)


def company(session: WorkSession, invitee: Invitee) -> str:
    """Je komt met drie uit Molendonk."""
    if invitee.answer != Answer.YES:
        return f"Werksessie {session.number}: {session.theme}."
    together = access.count_coming(session, invitee.member_of)
    if together < 2:
        return "Je komt, fijn. De koffie staat klaar."
    villages = plain_names.neutral(invitee.village_names)
    return f"Je komt met {formats.count_words(together)} uit {villages}."


def after(invitee: Invitee) -> dict[str, str]:
    """Words for the day after; who was there is only known from who said they would come."""
    if invitee.answer == Answer.YES:
        title, lead = f"Bedankt, {invitee.person.first_name}", "Fijn dat je erbij was."
    elif invitee.answer == Answer.NO:
        title, lead = "We hebben je gemist", "Jammer dat je er niet bij kon zijn."
    else:
        title = f"Dag {invitee.person.first_name}"
        lead = "Was je erbij? Bedankt. Kon je niet komen? Dan hebben we je gemist."
    task = "Schrijf in jullie plan" if invitee.member_of else "Noteer voor jezelf"
    return {
        "after_title": title,
        "after_lead": f"{lead} {task} wat nu nog vers in het hoofd zit.",
    }


def moved(session: WorkSession, move: SessionMove, invitee: Invitee) -> Message:
    """Old and new in one mail; who comes gets the entry in the calendar moved too."""
    is_other_day = clock.local(move.from_starts_at).date() != session.day
    message = _message(
        "session_moved",
        session,
        invitee,
        changes=_changes(session, move),
        is_other_day=is_other_day,
        moment=formats.moment(session.starts_at),
    )
    return _with_calendar(message, session, invitee)


def _changes(session: WorkSession, move: SessionMove) -> list[tuple[str, str]]:
    changes = [("Het was", move.was), ("Het is nu", session.when_and_where)]
    return [*changes, ("Hoe", session.directions)] if session.directions else changes


def cancelled(session: WorkSession, invitee: Invitee, *, known_start: str) -> Message:
    """`known_start`: the moment as people know it, should a move have gone untold."""
    lead = (
        f"De werksessie van {known_start} over {session.theme.lower()} gaat niet door. "
        "We laten je weten wanneer er een nieuwe datum is."
    )
    message = _message(
        "session_cancelled", session, invitee, known_start=known_start, cancelled_lead=lead
    )
    return _with_calendar(message, session, invitee)


def answered(session: WorkSession, invitee: Invitee) -> Message:
    """Says back what was noted, and puts it in the calendar or takes it out."""
    attendance = invitee.attendance
    by = attendance.answered_by if attendance else invitee.person
    noted_by = (
        f"{plain_names.neutral(by.name)} noteerde dit voor jou." if by != invitee.person else ""
    )
    words = _noted(session, invitee.answer)
    message = _message("session_answered", session, invitee, noted_by=noted_by, **words)
    return _with_calendar(message, session, invitee)


def _noted(session: WorkSession, answer: str) -> dict[str, str]:
    day = formats.date_weekday(session.starts_at)
    title, lead = {
        Answer.YES: ("Fijn dat je komt", f"Tot {day}. In je agenda staat ze nu ook."),
        Answer.MAYBE: ("Misschien tot dan", f"We noteerden een misschien voor {day}."),
        Answer.NO: ("Jammer, tot later", f"We noteerden dat je {day} niet kan komen."),
    }[Answer(answer)]
    return {"answered_title": title, "answered_lead": lead}


def _message(name: str, session: WorkSession, invitee: Invitee, **more: Any) -> Message:
    coordinator = network_access.coordinators(session.edition).first()
    context = {**_context(session, invitee), "coordinator": coordinator, **more}
    message = emails.render(name, context)
    return replace(message, reply_to=coordinator.email if coordinator else "")


def _context(session: WorkSession, invitee: Invitee) -> dict[str, Any]:
    attendance = invitee.attendance
    day = formats.date_weekday(session.starts_at)
    return {
        "session": session,
        "number": str(session.number),
        "invitee": invitee,
        "person": invitee.person,
        "answer": invitee.answer,
        "is_to_confirm": attendance is not None and attendance.is_to_confirm(session),
        "when": session.when,
        "day": day,
        "day_word": day_word(session),
        "day_name": day_word(session).capitalize(),
        "start_time": formats.time_of_day(session.starts_at),
        "what": f"Op {day} is het werksessie {session.number}: {session.theme}.",
        "facts": _facts(session),
        "preparations": [(thing, "") for thing in session.preparations],
        "open_work": access.open_work(session, invitee),
        "page": page_link(session),
        "answer_link": emails.link(
            "worksessions:answer", access.answer_token(session, invitee.person.pk)
        ),
    }


def day_word(session: WorkSession) -> str:
    """vandaag, morgen, or the day as people name it"""
    days = (session.day - clock.today()).days
    return {0: "vandaag", 1: "morgen"}.get(days, formats.date_weekday(session.starts_at))


def _facts(session: WorkSession) -> list[tuple[str, str]]:
    facts = [("Wanneer", session.when), ("Waar", session.place)]
    return [*facts, ("Hoe", session.directions)] if session.directions else facts


def _with_calendar(message: Message, session: WorkSession, invitee: Invitee) -> Message:
    """Who never said yes or maybe has nothing in the calendar to move or take out."""
    attendance = invitee.attendance
    if attendance is None or not attendance.was_coming:
        return message
    method, data = calendar_object(session, attendance)
    return replace(message, calendar=data, calendar_method=method)
