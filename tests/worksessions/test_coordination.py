"""The coordinator plans, follows and corrects."""

from datetime import timedelta

import pytest

from network import clock
from network.models import AuditEntry, OutgoingMail
from sessions.models import WorkSession
from tests import factories
from tests.worksessions.made import attendance, rules, work_session

pytestmark = pytest.mark.django_db
DESK = "/coordinatie/voorjaar/werksessies/"


def moment(**changes):
    day = str((clock.now() + timedelta(days=40)).date())
    values = {"day": day, "begin": "13u30", "end": "17.00", "place_name": "De Klok"}
    return {**values, "municipality": "Molendonk", **changes}


def planned(**changes):
    return moment(number="1", theme="participatie", **changes)


def test_the_coordinator_plans_a_session_that_nobody_else_sees(sign_in, world):
    answer = sign_in("coordinator").post(
        DESK + "nieuw/", planned(prepare="Drie foto’s\n- Goesting")
    )
    assert (answer.status_code, answer.url) == (303, DESK + "1/")
    session = WorkSession.objects.get()
    assert (session.status, session.theme) == ("draft", "participatie")
    assert clock.local(session.starts_at).strftime("%H.%M") == "13.30"
    assert session.preparations == ["Drie foto’s", "Goesting"]
    assert world.edition.reminder_rules.count() == 6
    assert OutgoingMail.objects.count() == 0
    assert sign_in("lead").get("/werksessies/voorjaar/1/").status_code == 404
    assert AuditEntry.objects.get().verb == "worksession.planned"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"end": "13.00"}, "Het einde ligt niet na het begin."),
        ({"end": "13.30"}, "Het einde ligt niet na het begin."),
        ({"begin": "half twee"}, "Schrijf het uur als 13.30."),
        ({"day": "2020-01-01"}, "Dat moment is al voorbij."),
        ({"day": "morgen"}, "Kies een dag"),
        ({"postcode": "12"}, "Een postcode heeft vier cijfers."),
    ],
)
def test_what_cannot_be_is_refused_where_it_is_entered(sign_in, changes, sentence):
    sent = planned(**changes) | {"theme": "een lang thema dat niet verloren gaat"}
    answer = sign_in("coordinator").post(DESK + "nieuw/", sent)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "een lang thema dat niet verloren gaat" in answer.content.decode()
    assert WorkSession.objects.count() == 0


def test_a_number_that_was_taken_in_between_is_refused_kindly(sign_in, world):
    client = sign_in("coordinator")
    work_session(edition=world.edition, number=1, status="cancelled")
    assert client.post(DESK + "nieuw/", planned()).status_code == 303
    answer = client.post(DESK + "nieuw/", planned())
    assert answer.status_code == 422
    assert WorkSession.objects.filter(status="draft").count() == 1


def test_the_list_shows_the_sessions_of_this_edition_only(sign_in, world):
    work_session(edition=world.edition, theme="van ons")
    work_session(edition=world.other_edition, theme="van hen")
    page = sign_in("coordinator").get(DESK).content.decode()
    assert "van ons" in page
    assert "van hen" not in page


@pytest.mark.parametrize(("status", "said"), [("published", "1 komt"), ("held", "2 zouden komen")])
def test_the_list_counts_who_left_only_for_a_session_that_was_held(sign_in, world, status, said):
    session = work_session(edition=world.edition, status=status)
    for who in ("lead", "former_coach"):
        attendance(session=session, person=world.person(who))
    attendance(session=session, person=world.person("coach"), answer="no")
    assert said in sign_in("coordinator").get(DESK).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_queries_for_more_sessions(
    rows, sign_in, world, django_assert_num_queries
):
    for number in range(1, rows + 1):
        session = work_session(edition=world.edition, number=number)
        attendance(session=session, person=world.person("lead"))
    client = sign_in("coordinator")
    with django_assert_num_queries(12):
        client.get(DESK)


def grow(world, rows):
    """So many villages with as many members that answered or did not."""
    session = work_session(edition=world.edition)
    for number in range(rows):
        village = factories.village(edition=world.edition, name=f"Nieuwdorp {number}")
        for answer in ("yes", "no", ""):
            person = factories.person()
            factories.membership(village=village, person=person)
            if answer:
                attendance(session=session, person=person, answer=answer)


@pytest.mark.parametrize("rows", [1, 3])
def test_one_session_asks_the_same_queries_for_more_villages(
    rows, sign_in, world, django_assert_num_queries
):
    rules(world.edition)
    grow(world, rows)
    client = sign_in("coordinator")
    with django_assert_num_queries(15):
        client.get(DESK + "2/")


@pytest.mark.parametrize("rows", [1, 3])
def test_who_gets_a_mail_asks_the_same_queries_for_more_people(
    rows, sign_in, world, django_assert_num_queries
):
    rules(world.edition)
    grow(world, rows)
    client = sign_in("coordinator")
    with django_assert_num_queries(14):
        client.get(DESK + "2/mails/prepare/")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_rules_are_one_query_however_many(rows, sign_in, world, django_assert_num_queries):
    made = rules(world.edition)
    for key in list(made)[rows:]:
        made[key].delete()
    client = sign_in("coordinator")
    with django_assert_num_queries(6):
        client.get(DESK + "herinneringen/")


def test_a_village_of_which_nobody_comes_stands_first_with_its_numbers(sign_in, world):
    session = work_session(edition=world.edition)
    attendance(session=session, person=world.person("lead"))
    page = sign_in("coordinator").get(DESK + "2/").content.decode()
    assert "Nog niemand uit Hoekskapelle" in page
    assert "Nog niemand uit Molendonk" not in page
    assert page.index("Rita Claeys") < page.index("Marie Devos")
    assert 'href="tel:+32470123456">0470 12 34 56</a>' in page


def test_the_coordinator_answers_for_somebody_without_an_account(sign_in, world):
    session = work_session(edition=world.edition)
    georgette = factories.person(name="Georgette", email="")
    factories.membership(village=world.village, person=georgette)
    client = sign_in("coordinator")
    noted = {"note": f"{georgette.pk}:yes"}
    assert client.post(DESK + "2/antwoorden/", noted).status_code == 303
    given = session.attendances.get()
    assert (given.person, given.answer) == (georgette, "yes")
    assert given.answered_by == world.person("coordinator")
    assert "genoteerd door Greet Aerts" in client.get(DESK + "2/").content.decode()


def test_an_answer_for_a_stranger_or_of_another_word_is_refused(sign_in, world):
    session = work_session(edition=world.edition)
    client = sign_in("coordinator")
    stranger = {"note": f"{world.person('other_coordinator').pk}:yes"}
    assert client.post(DESK + "2/antwoorden/", stranger).status_code == 404
    other_word = {"note": f"{world.person('lead').pk}:ooit"}
    assert client.post(DESK + "2/antwoorden/", other_word).status_code == 409
    assert session.attendances.count() == 0


@pytest.mark.parametrize("person", ["0", "9" * 15])
def test_an_answer_for_nobody_is_an_answer_for_nobody(sign_in, world, person):
    session = work_session(edition=world.edition)
    answer = sign_in("coordinator").post(DESK + "2/antwoorden/", {"note": f"{person}:yes"})
    assert answer.status_code == 404
    assert session.attendances.count() == 0


@pytest.mark.parametrize("person", ["9" * 40, "²", "٣"])
def test_an_answer_for_what_is_no_number_is_refused(sign_in, world, person):
    work_session(edition=world.edition)
    answer = sign_in("coordinator").post(DESK + "2/antwoorden/", {"note": f"{person}:yes"})
    assert answer.status_code == 409


def test_words_change_without_a_mail(sign_in, world):
    session = work_session(edition=world.edition)
    changed = {"theme": "Anders", "prepare": "Goesting", "directions": ""}
    assert sign_in("coordinator").post(DESK + "2/bewerk/", changed).status_code == 303
    session.refresh_from_db()
    assert (session.theme, session.sequence) == ("Anders", 0)
    assert OutgoingMail.objects.count() == 0


def test_a_draft_changes_whole_and_goes_without_a_trace(sign_in, world):
    work_session(edition=world.edition, number=1, status="draft", published_at=None)
    client = sign_in("coordinator")
    assert client.post(DESK + "1/bewerk/", planned(begin="9.00")).status_code == 303
    assert clock.local(WorkSession.objects.get().starts_at).hour == 9
    assert client.post(DESK + "1/schrap/").status_code == 303
    assert WorkSession.objects.count() == 0


def test_an_announced_session_is_not_struck_off(sign_in, world):
    work_session(edition=world.edition)
    answer = sign_in("coordinator").post(DESK + "2/schrap/")
    assert answer.status_code == 409
    assert "intussen aangekondigd" in answer.content.decode()
    assert WorkSession.objects.count() == 1
