"""What a village thinks of people and agrees with them: for who writes, their coaches and the
coordinator, however far a section is shared, and never on paper."""

from importlib import import_module

import pytest
from django.apps import apps

from actionplans import access, actions, coach_reading, exports, saving, talk
from actionplans.emails import comments_still_wanted
from actionplans.models import Answer, PlanSection, Question
from network import search
from network.models import Membership, Notice, SearchText
from tests.actionplans import making, talking
from tests.cast import MEMBERS

pytestmark = [pytest.mark.django_db, pytest.mark.both]

PLAN = "/plan/voorjaar/molendonk/"
SECRET = "Binnenskamers"
PEOPLE = {"slug": "mensen-en-partners", "key": "betrokkenen"}
HAULERS = {"slug": "steekkaart", "key": "trekkers"}
VISIBILITIES = PlanSection.Visibility.values
PAGES = (
    "/plan/voorjaar/molendonk/",
    "/plan/voorjaar/molendonk/lezen/",
    "/plan/voorjaar/molendonk/mensen-en-partners/",
    "/plan/voorjaar/molendonk/mensen-en-partners/betrokkenen/geschiedenis/",
    "/plan/voorjaar/molendonk/steekkaart/",
    "/plan/voorjaar/molendonk/steekkaart/trekkers/geschiedenis/",
    "/plan/voorjaar/molendonk/ons-dorp/",
    "/plan/voorjaar/molendonk/ons-dorp/schets/geschiedenis/",
    "/coach/voorjaar/molendonk/",
    "/dorpen/voorjaar/molendonk/",
    "/zoeken/?q=Zonneschijn",
    "/mijn/",
    "/coach/",
)
WRITERS = {"lead", "editor"}
GUIDES = {"coach", "coordinator"}


@pytest.fixture
def plan(world):
    """Secrets in a table about people, in one that is shared, and in an internal question, each
    with a word that may be read beside it, and each said before in other words."""
    plan = making.plan(village=world.village, by=world.person("lead"))
    Question.objects.filter(section__template=plan.template, key="schets").update(is_internal=True)
    for who, word in (("lead", f"Vroeger{SECRET}"), ("editor", SECRET)):
        by = world.person(who)
        making.answer(plan=plan, by=by, text=f"{word} schets")
        row = {"id": "a", "naam": "Bakkerij Zonneschijn", "rol": "criticus", "houding": "kritisch"}
        row |= {"invloed": "3", "contact": word, "afspraak": word, "volgende": word}
        making.answer(plan=plan, by=by, rows=[row], **PEOPLE)
        row = {"id": "a", "naam": "Marie Zonneschijn", "bereik": f"{word}@dorp.example"}
        only = {"id": "b", "naam": "", "bereik": f"{word}@stad.example"}
        making.answer(plan=plan, by=by, rows=[row, only], **HAULERS)
    return plan


def share(plan, visibility: str) -> None:
    plan.sections.update(visibility=visibility)


def told_on(client, path: str) -> str:
    response = client.get(path)
    return response.content.decode() if response.status_code == 200 else ""


def seen_by(sign_in, who: str) -> dict[str, bool]:
    """The pages that this person opens, each with whether it tells the secret."""
    client = sign_in(who)
    pages = {path: told_on(client, path) for path in PAGES}
    return {path: SECRET in html or "Kritisch" in html for path, html in pages.items()}


@pytest.mark.parametrize("visibility", VISIBILITIES)
def test_only_who_writes_and_who_guides_an_open_section_reads_it(sign_in, plan, visibility) -> None:
    share(plan, visibility)
    seen: dict[str, set[str]] = {path: set() for path in PAGES}
    for who in MEMBERS:
        for path, is_told in seen_by(sign_in, who).items():
            seen[path] |= {who} if is_told else set()
    guides = GUIDES if visibility != "team" else set()
    expected = {path: set() for path in PAGES}
    for section in ("mensen-en-partners", "steekkaart", "ons-dorp"):
        expected[f"{PLAN}{section}/"] = WRITERS | guides
    for question in ("mensen-en-partners/betrokkenen", "steekkaart/trekkers", "ons-dorp/schets"):
        expected[f"{PLAN}{question}/geschiedenis/"] = WRITERS
    expected["/coach/voorjaar/molendonk/"] = guides & {"coach"}
    assert seen == {**expected, PLAN: seen[PLAN] & WRITERS}


@pytest.mark.parametrize("visibility", VISIBILITIES)
def test_the_reader_still_reads_the_rest(sign_in, plan, visibility) -> None:
    share(plan, visibility)
    client = sign_in("reader")
    assert "Bakkerij Zonneschijn" in told_on(client, f"{PLAN}mensen-en-partners/")
    assert "Marie Zonneschijn" in told_on(client, f"{PLAN}steekkaart/")
    html = told_on(client, f"{PLAN}mensen-en-partners/betrokkenen/geschiedenis/")
    assert "Bakkerij Zonneschijn" in html
    assert client.get(f"{PLAN}ons-dorp/schets/geschiedenis/").status_code == 404


@pytest.mark.parametrize("visibility", VISIBILITIES)
def test_no_paper_holds_it_whoever_asks(world, plan, visibility) -> None:
    share(plan, visibility)
    for person in world.people.values():
        paper = str(exports.plan_data(person.user, plan))
        assert SECRET not in paper
        assert "Kritisch" not in paper and "Criticus" not in paper


def test_writers_read_beside_it_who_reads_it(sign_in, plan) -> None:
    sentence = "Dit lezen alleen wie meeschrijft, en jullie coaches en de coördinator"
    assert sentence in told_on(sign_in("editor"), f"{PLAN}mensen-en-partners/")
    assert sentence in told_on(sign_in("editor"), f"{PLAN}ons-dorp/")
    assert sentence not in told_on(sign_in("reader"), f"{PLAN}mensen-en-partners/")


def test_a_row_with_internal_words_only_is_no_empty_card(world, plan) -> None:
    user = world.person("reader").user
    asked = next(
        a
        for chapter in access.readable_chapters(user, plan)
        for a in chapter.asked
        if a.question.key == "trekkers"
    )
    assert saving.ShownQuestion(asked).cells == [[("Naam:", "Marie Zonneschijn")]]


def test_the_search_holds_no_internal_word(sign_in, plan) -> None:
    assert "Zonneschijn</mark>" in told_on(sign_in("lead"), "/zoeken/?q=Zonneschijn")
    kept = "\n".join(f"{row.text} {row.stems}" for row in SearchText.objects.all())
    assert SECRET not in kept and search.stem(SECRET.lower()) not in kept
    assert "Zonneschijn" in kept


def test_who_reads_and_coaches_reads_a_closed_section_as_a_reader(world, sign_in, plan) -> None:
    both = world.person("coach")
    Membership.objects.create(
        village=world.village, person=both, role="reader", from_on="2000-01-01"
    )
    share(plan, "team")
    seen = seen_by(sign_in, "coach")
    assert not any(seen.values())
    add = f"{PLAN}mensen-en-partners/betrokkenen/opmerking/"
    assert sign_in("coach").get(add).status_code in (403, 404)
    share(plan, "coaches")
    assert seen_by(sign_in, "coach")[f"{PLAN}mensen-en-partners/"]


def test_two_readers_of_one_answer_have_steps_of_their_own(world, plan) -> None:
    lead, reader = world.person("lead").user, world.person("reader").user
    for user, words in ((lead, True), (reader, False)):
        chapters = access.readable_chapters(user, plan)
        before = {r.answer_id: r for r in _first_revisions()}
        read = coach_reading.read(chapters, [], coach_reading.Since(before))
        text = str([reading.parts for chapter in read for reading in chapter.readings])
        assert (SECRET in text) == words


def _first_revisions():
    answers = Answer.objects.filter(question__key__in=["trekkers", "betrokkenen", "schets"])
    return [answer.revisions.get(number=1) for answer in answers]


def test_talk_about_it_is_for_the_same_people(world, sign_in, plan) -> None:
    thread = talking.sent(plan, world.person("coach"), words="", body=f"{SECRET}?", **PEOPLE)
    may = {
        who
        for who, person in world.people.items()
        if access.visible_threads(person.user).filter(pk=thread.pk).exists()
    }
    assert may == WRITERS | GUIDES
    section = [thread.plan_section_id]
    reader, lead = world.person("reader"), world.person("lead")
    assert list(access.open_by_section(reader.user, plan)) == []
    assert list(access.open_by_section(lead.user, plan)) == section
    [talked] = talk.talks(access.threads_in(lead.user, section))
    assert talked.comments[0].body == f"{SECRET}?"
    assert not any(seen_by(sign_in, "reader").values())


def test_no_mail_tells_it_to_who_writes_no_more(world, plan) -> None:
    talking.sent(plan, world.person("coach"), words="", body=f"{SECRET}?", **PEOPLE)
    notice = Notice.objects.get(person=world.person("editor"), kind="plan_comments")
    assert comments_still_wanted(notice) == ""
    Membership.objects.filter(person=world.person("editor")).update(role="reader")
    assert comments_still_wanted(notice) != ""
    assert access.comments_for_mail(world.person("editor"), notice.refs["comments"]) == []


def test_the_upgrade_marks_what_stands_and_cleans_the_search(world, plan) -> None:
    """As release 1.0.0 left it: no mark, and the words of a shared table in the search."""
    step = import_module("actionplans.migrations.0007_mark_internal")
    fresh = _marks()
    Question.objects.update(is_internal=False)
    step.unmark(apps, None)
    assert not Question.objects.filter(has_internal_columns=True).exists()
    assert not any(_marks().values())
    section = making.section(plan, "steekkaart")
    actions.set_visibility(plan_section=section, visibility="team", by=world.person("lead"))
    text = f"Marie Zonneschijn · {SECRET}@dorp.example"
    search.index("plan", section.pk, [search.Part(0, section.section.title, text)])
    step.mark(apps, None)
    assert _marks() == fresh and sum(map(len, fresh.values())) == 12
    kept = SearchText.objects.get(source="plan", object_id=section.pk)
    assert SECRET not in kept.text and "Zonneschijn" in kept.text
    assert (
        search.stem("zonneschijn") in kept.stems and search.stem(SECRET.lower()) not in kept.stems
    )


def _marks() -> dict[str, list[str]]:
    return {
        question.key: [c["key"] for c in question.columns if c.get("internal")]
        for question in Question.objects.filter(kind="table")
    }
