"""The coordinator's overview: who comes first and why (buurtpunt/overview.py and its page)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from actionplans.access import OpenComments, Progress
from actionplans.models import ActionPlan
from buurtpunt import overview
from buurtpunt.overview import Facts, Why
from network import clock
from network.models import Edition, Person, Village
from sessions.access import Invitee, VillageAnswers
from sessions.models import Attendance, WorkSession
from tests import factories
from tests.actionplans import making
from tests.worksessions import made

NOW = datetime(2027, 3, 1, 11, 0, tzinfo=UTC)
EDITION = Edition(slug="voorjaar", name="Voorjaar")
RITA = Person.named("Rita Claeys", phone="0470/12.34.56", email="rita@buurtpunt.example")


def village(**fields):
    values = {"name": "Hoekskapelle", "slug": "hoekskapelle", "created_at": NOW}
    return Village(edition=EDITION, **{**values, **fields})


def facts(**change):
    values = {
        "village": village(),
        "lead": RITA,
        "coaches": ["Els Verhaeghe"],
        "is_lead_invited": False,
        "plan": ActionPlan(),
        "progress": Progress(3, 10),
        "last_at": NOW - timedelta(days=1),
        "open_comments": OpenComments(),
        "answers": None,
    }
    return Facts(**{**values, **change})


def session(days=8):
    return WorkSession(number=2, starts_at=NOW + timedelta(days=days), edition=EDITION)


def answers(*given):
    members = [
        Invitee(RITA, NOW.date(), attendance=Attendance(answer=answer) if answer else None)
        for answer in given
    ]
    return VillageAnswers(village(), members)


def row(meeting=None, **change):
    return overview.row_of(facts(**change), meeting, NOW)


def test_a_village_on_schedule_is_read_along():
    found = row()
    assert (found.reason, found.state, found.coaches) == (
        "",
        "Schreef gisteren",
        "Coach: Els Verhaeghe",
    )
    assert (found.step.label, found.step.href) == ("Lees mee", "/plan/voorjaar/hoekskapelle/")


@pytest.mark.parametrize(
    ("change", "reason", "label", "href"),
    [
        (
            {"lead": None},
            "Nog geen trekker",
            "Nodig uit",
            "/dorp/voorjaar/hoekskapelle/mensen/uitnodigen/",
        ),
        (
            {"lead": None, "is_lead_invited": True},
            "De trekker antwoordde nog niet op de uitnodiging",
            "Bekijk",
            "/dorp/voorjaar/hoekskapelle/mensen/",
        ),
        (
            {"answers": answers("", "no"), "meeting": session()},
            "Nog niemand komt naar de werksessie",
            "Bel Rita",
            "tel:+32470123456",
        ),
        (
            {
                "last_at": NOW - timedelta(days=21),
                "village": village(created_at=NOW - timedelta(days=90)),
            },
            "Stil sinds 3 weken",
            "Bel Rita",
            "tel:+32470123456",
        ),
        (
            {
                "last_at": None,
                "village": village(created_at=NOW - timedelta(days=30)),
                "lead": Person.named("Joris Maes", email="joris@buurtpunt.example"),
            },
            "Stil sinds 4 weken",
            "Mail Joris",
            "mailto:joris%40buurtpunt.example",
        ),
        (
            {"coaches": [], "village": village(pk=7)},
            "Nog geen coach",
            "Kies een coach",
            "/coordinatie/voorjaar/coaches/?dorp=7#wijs-toe",
        ),
    ],
)
def test_what_needs_attention_has_its_reason_and_its_button(change, reason, label, href):
    found = row(change.pop("meeting", None), **change)
    assert (found.reason, found.step.label, found.step.href) == (reason, label, href)
    assert found.why in Why and found.state == reason


def test_the_last_activity_stands_on_every_row_and_once():
    assert (row().state, row().activity) == ("Schreef gisteren", "")
    assert row(coaches=[]).activity == "Schreef gisteren"
    assert row(session(), answers=answers("")).activity == "Schreef gisteren"
    assert row(lead=None, last_at=None).activity == "Nog niet begonnen met schrijven"
    assert row(plan=ActionPlan(course="paused")).activity == "Schreef gisteren"
    old = village(created_at=NOW - timedelta(days=90))
    assert row(village=old, last_at=NOW - timedelta(days=21)).activity == ""
    assert row(village=old, last_at=None).activity == "Nog niet begonnen met schrijven"


@pytest.mark.parametrize(
    ("plan", "stopped_on", "state"),
    [
        (ActionPlan(course="paused"), None, "Even op pauze"),
        (ActionPlan(course="stopped"), None, "Gestopt"),
        (None, NOW.date(), "Gestopt"),
    ],
)
def test_a_village_on_pause_is_left_alone(plan, stopped_on, state):
    quiet = village(created_at=NOW - timedelta(days=90), stopped_on=stopped_on)
    found = row(plan=plan, village=quiet, last_at=None)
    assert (found.reason, found.state) == ("", state)


def test_a_session_far_away_makes_nobody_urgent():
    assert row(session(days=15), answers=answers("")).reason == ""


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("yes", "yes", ""), "Komt met 2"),
        (("maybe", "no"), "Misschien"),
        (("no", "no"), "Komt niet"),
        (("no", ""), "Nog geen antwoord"),
    ],
)
def test_answers_in_a_word(given, words):
    assert row(session(days=30), answers=answers(*given)).answer == words


def test_the_banner_calls_by_name_and_by_number():
    found = row(session(), answers=answers(""))
    assert found.banner == "Bel Rita in Hoekskapelle"
    assert found.banner_text == "Nog niemand komt naar de werksessie."
    assert found.button == "Bel 0470 12 34 56"
    without = row(lead=None)
    assert (without.banner, without.banner_text, without.button) == (
        "Hoekskapelle: nog geen trekker",
        "",
        "Nodig de trekker uit",
    )


def test_the_title_counts_in_words():
    urgent, calm = row(lead=None), row()
    page = overview.Overview([urgent, urgent], [calm] * 4, session(), [])
    assert (page.title, page.first_title) == ("Twee dorpen wachten op jou", "Eerst deze twee")
    assert page.lead_sentence(NOW) == (
        "Werksessie 2 is over 8 dagen. Vier van de zes dorpen zitten op schema."
    )
    assert overview.Overview([urgent], [], None, []).title == "Eén dorp wacht op jou"
    assert overview.Overview([], [calm], None, []).title == "Alle dorpen zitten op schema"
    assert overview.Overview([], [], None, []).title == "Nog geen dorpen"


# The page


def page(world):
    return reverse("coordination", args=[world.edition.slug])


def grow(world, count):
    """Villages with a lead, a coach, a plan, and a session that asks them all."""
    for _ in range(count):
        lead = factories.person(phone="0470 12 34 56")
        place = factories.village(edition=world.edition)
        factories.membership(village=place, person=lead, role="lead")
        factories.coach_assignment(village=place, person=world.person("coach"), lens=world.lens)
        making.plan(village=place, by=lead)


@pytest.mark.django_db
@pytest.mark.parametrize(("more", "queries"), [(1, 24), (3, 24)])
def test_the_page_takes_the_same_queries_for_one_more_and_three(
    world, sign_in, django_assert_num_queries, more, queries
):
    made.work_session(edition=world.edition)
    made.rules(world.edition)
    grow(world, more)
    client = sign_in("coordinator")
    with django_assert_num_queries(queries):
        response = client.get(page(world))
    assert response.context["overview"].count == 2 + more


@pytest.mark.django_db
def test_the_page_shows_each_village_with_lead_coach_plan_and_answers(world, sign_in):
    meeting = made.work_session(edition=world.edition)
    marie = world.person("lead")
    made.attendance(session=meeting, person=marie)
    plan = making.plan(village=world.village, by=marie)
    making.answer(plan=plan, by=marie, text="Ons dorp telt 660 inwoners.")
    text = sign_in("coordinator").get(page(world)).content.decode()
    for words in ("Marie Devos", "0470 12 34 56", "Coach: Els Verhaeghe", "Schreef vandaag"):
        assert words in text
    assert "Nog niet begonnen met schrijven" in text  # Hoekskapelle waits for a call
    for words in ("0 van 10", "Begonnen", "Komt met 1", "Bel Rita in Hoekskapelle", "Werksessie 2"):
        assert words in text
    assert text.index("Eerst dit dorp") < text.index("Op schema")


@pytest.mark.django_db
def test_a_closed_edition_asks_for_nothing(world, sign_in):
    closed = factories.edition(slug="2019", closed_on=clock.today())
    factories.coordinator_assignment(edition=closed, person=world.person("coordinator"))
    text = sign_in("coordinator").get(reverse("coordination", args=["2019"])).content.decode()
    assert "Deze editie is voorbij" in text and "Voeg het eerste dorp toe" not in text


@pytest.mark.django_db
def test_an_empty_edition_asks_for_its_first_village(world, sign_in):
    factories.coordinator_assignment(
        edition=world.other_edition, person=world.person("coordinator")
    )
    text = sign_in("coordinator").get(reverse("coordination", args=["andere"])).content.decode()
    assert "Voeg het eerste dorp toe" in text
    choose = sign_in("coordinator").get(reverse("coordinations"))
    assert choose.status_code == 200 and "Andere editie" in choose.content.decode()


@pytest.mark.django_db
def test_one_edition_leaves_nothing_to_choose(world, sign_in):
    assert sign_in("coordinator").get(reverse("coordinations")).url == page(world)


@pytest.mark.django_db
def test_who_coordinated_until_yesterday_sees_it_no_more(world, sign_in):
    row = world.person("coordinator").coordinator_assignments.get()
    row.until_on = clock.today() - timedelta(days=1)
    row.save()
    assert sign_in("coordinator").get(page(world)).status_code == 403


@pytest.mark.django_db
def test_the_most_urgent_come_first_and_then_by_name(world):
    for name in ("Zoelen", "Élen", "Aalbeke"):
        factories.village(edition=world.edition, name=name)
    without_coach = Village.objects.get(name="Aalbeke")
    factories.membership(village=without_coach, person=factories.person(), role="lead")
    found = overview.overview(world.edition, clock.now()).first
    assert [(row.village.name, row.why) for row in found if row.village.name != "Hoekskapelle"] == [
        ("Élen", Why.NO_LEAD),
        ("Zoelen", Why.NO_LEAD),
        ("Aalbeke", Why.NO_COACH),
    ]
