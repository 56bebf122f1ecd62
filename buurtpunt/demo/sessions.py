"""The work sessions of the demo: the facts of 2019, and a running edition with answers."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from itertools import cycle

from buurtpunt.demo.story import Story
from network import clock
from network.models import Edition, OutgoingMail, Person
from sessions import access, actions
from sessions.models import Attendance, Place, WorkSession

Answer = Attendance.Answer

# Dates and themes of the first edition; hours and places are not known.
HELD_IN_2019 = (
    (1, "participatie en communicatie", date(2019, 6, 6)),
    (2, "invulling en opstart", date(2019, 9, 24)),
    (3, "juridisch en financieel kader", date(2019, 10, 22)),
    (4, "kansen", date(2019, 12, 17)),
)
CLOCK_HALL = Place(
    place_name="Zaal De Klok",
    street="Dorpsplein 3",
    municipality="Molendonk",
    directions="bus tot halte Molendonk Kerk, dan twee minuten stappen",
)
SCHOOL = Place(
    place_name="De oude school",
    street="Schoolstraat 12",
    municipality="Wulverkerke",
    directions="parkeren kan op het kerkplein",
)
# number, theme, days from today, place, what to bring
PLANNED = (
    (
        1,
        "participatie en communicatie",
        -35,
        SCHOOL,
        "De steekkaart van jullie dorp\nDrie foto’s van de plek\n"
        "Een lijstje: met welke vijf mensen moeten jullie eerst praten?",
    ),
    (
        2,
        "invulling en opstart",
        8,
        CLOCK_HALL,
        "De resultaten van jullie bevraging, ook als het er maar twintig zijn\n"
        "Jullie eerste drie functies\nTwee plekken die in aanmerking komen",
    ),
    (
        3,
        "juridisch en financieel kader",
        43,
        SCHOOL,
        "De tabellen met ruwe cijfers\nJullie drie juridische vragen",
    ),
    (4, "kansen", 85, CLOCK_HALL, "Een voorstelling van twee minuten"),
)
ANNOUNCED_AHEAD = 50  # days before the session; session 4 stays a draft
SESSION_4 = 4
# What became of some invitations for session 2: the coordinator's list has a button for the first
# two, and the third is tried again by itself.
Mail = OutgoingMail.State
TROUBLE = (
    (Mail.FAILED, "de mailserver weigert het adres (550)"),
    (Mail.UNKNOWN, "de verbinding met de mailserver brak af (SMTPServerDisconnected)"),
    (Mail.RETRY, "de mailserver neemt de mail niet aan (451)"),
)


def record_2019(*, by: Person, edition: Edition) -> None:
    """The four sessions of the first edition, as far as they are known."""
    for number, theme, day in HELD_IN_2019:
        actions.record_held_session(by=by, edition=edition, number=number, theme=theme, day=day)


def add_running_edition(story: Story, *, by: Person, edition: Edition) -> None:
    """Session 1 was held, session 2 comes in eight days, 3 is announced and 4 still a draft.
    The people of the edition must have joined before 90 days ago, or they answer nothing."""
    for number, theme, days, place, prepare in PLANNED:
        plan = partial(
            actions.plan_session,
            by=by,
            edition=edition,
            number=number,
            theme=theme,
            starts_at=story.moment(days, 13, 30),
            ends_at=story.moment(days, 17),
            place=place,
            prepare=prepare,
        )
        planned_on = min(days - ANNOUNCED_AHEAD - 5, -1)
        story.step(planned_on, 10, 0, plan)
        if number != SESSION_4:
            story.step(
                min(days - ANNOUNCED_AHEAD, -1), 10, 30, partial(_announce, by, edition, number)
            )
    story.step(-60, 20, 15, partial(_answer, by, edition, 1, silent_every=9))
    story.step(-15, 19, 40, partial(_answer, by, edition, 2, silent_every=4))


def _announce(by: Person, edition: Edition, number: int) -> None:
    actions.publish_session(by=by, session=_session(edition, number))


def _answer(by: Person, edition: Edition, number: int, *, silent_every: int) -> None:
    """Mixed answers; nobody of the last village answers, and who has no mail was called."""
    session = _session(edition, number)
    villages = access.answers_by_village(session)
    quiet = {one.person.pk for one in villages[-1].members} if number > 1 and villages else set()
    answers = cycle([Answer.YES, Answer.YES, Answer.MAYBE, Answer.YES, Answer.NO])
    for place, invitee in enumerate(access.invitees(session), start=1):
        person = invitee.person
        if person.pk not in quiet and place % silent_every:
            answered_by = person if person.email else by
            actions.answer(
                by=answered_by, session=session, person=person, answer=next(answers).value
            )


def _session(edition: Edition, number: int) -> WorkSession:
    return access.sessions_of(edition).get(number=number)


def let_some_mails_fail(edition: Edition) -> None:
    """Of those that left; without a mail server none did, and nothing changes."""
    notices = access.reminder_notices(_session(edition, 2)).filter(mail__state=Mail.SENT)
    in_a_while = clock.now() + timedelta(hours=2)
    for notice, (state, reason) in zip(notices, TROUBLE, strict=False):
        waits = {"not_before": in_a_while, "attempt": 5} if state == Mail.RETRY else {}
        OutgoingMail.objects.filter(notices=notice).update(
            state=state, reason=reason, sent_at=None, **waits
        )
