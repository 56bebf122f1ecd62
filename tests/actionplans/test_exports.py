import io
from html import unescape

import pypdfium2
import pytest
from django.urls import reverse

from actionplans import actions, exports
from actionplans.models import Answer
from network import jobs
from network.confined import Limits
from network.models import AuditEntry, CoachAssignment, Job, Membership
from tests.actionplans import making

pytestmark = pytest.mark.django_db

PLAN = "/plan/voorjaar/molendonk/"


@pytest.fixture
def plan(world):
    lead = world.person("lead")
    plan = making.plan(village=world.village, by=lead)
    making.answer(plan=plan, by=lead, text="Het plein en de linde.")
    making.answer(
        plan=plan,
        by=lead,
        slug="functies",
        key="functies",
        rows=[{"id": "a", "functie": "bread", "stand": "start", "waarom": "geen bakker"}],
    )
    making.action(plan=plan, by=lead, title="Bel de boeren", owner=lead)
    return plan


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return " ".join(page.get_textpage().get_text_bounded() for page in document)


def made(client) -> Job:
    response = client.post(f"{PLAN}pdf/")
    job = Job.objects.get()
    assert response["Location"] == reverse("network:job", args=[job.pk])
    jobs.run(str(job.pk))
    job.refresh_from_db()
    return job


def test_the_plan_becomes_a_pdf_for_who_asked_for_it(sign_in, plan) -> None:
    client = sign_in("lead")
    job = made(client)
    response = client.get(reverse("network:job-result", args=[job.pk]))
    pdf = b"".join(response.streaming_content)
    text = words_of(pdf)
    for expected in (
        "Het plan van Molendonk",
        "Het plein en de linde.",
        "broodpunt",
        "Bel de boeren",
    ):
        assert expected in text
    assert b"pdfuaid" in pdf  # it calls itself PDF/UA
    assert AuditEntry.objects.filter(verb="plan.exported").count() == 1
    assert sign_in("editor").get(reverse("network:job-result", args=[job.pk])).status_code == 404


def test_a_second_click_is_the_same_job_and_too_many_are_a_sentence(world, sign_in, plan) -> None:
    client = sign_in("lead")
    assert client.post(f"{PLAN}pdf/")["Location"] == client.post(f"{PLAN}pdf/")["Location"]
    Job.objects.update(key="another plan of hers")
    for number in range(jobs.MOST_OPEN - 1):
        jobs.start(kind="plan-pdf", by=world.person("lead"), params={"plan": -number})
    page = client.post(f"{PLAN}pdf/", follow=True)
    assert page.status_code == 200
    assert "Er lopen al 3 taken voor jou." in page.content.decode()


def test_the_pdf_of_a_coach_leaves_out_what_the_team_keeps(world, sign_in, plan) -> None:
    plan.sections.filter(section__slug__in=["ons-dorp", "acties"]).update(visibility="team")
    data = exports.plan_data(world.person("coach").user, plan)
    assert [chapter["number"] for chapter in data["chapters"]] == [1, 7]
    assert data["actions"] == []


@pytest.mark.parametrize(("who", "name"), [("coach", "Marie Devos"), ("other_lead", "")])
def test_who_does_what_is_on_the_paper_of_the_dossier_only(world, plan, who, name) -> None:
    plan.sections.update(visibility="network")
    data = exports.plan_data(world.person(who).user, plan)
    [action] = data["actions"]
    assert (action["title"], action["owner"]) == ("Bel de boeren", name)
    text = words_of(exports.pdf_of(data))
    assert ("Wie Tegen" in text, "Tegen" in text) == (bool(name), True)


def test_whoever_may_no_longer_read_the_plan_gets_no_pdf(world, sign_in, plan) -> None:
    job = jobs.start(kind="plan-pdf", by=world.person("other_lead"), params={"plan": plan.pk})
    jobs.run(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.message) == ("failed", "Dit plan kan je niet meer lezen.")


@pytest.mark.parametrize(
    "text", ["Feest 🎉🥖 in 漢字", "#set text(1pt)\n= kop $x$ @ref", "a" * 5000]
)
def test_no_text_stops_the_pdf_or_works_as_mark_up(world, plan, text) -> None:
    making.answer(plan=plan, by=world.person("lead"), slug="droom", key="anders", text=text[:200])
    making.answer(plan=plan, by=world.person("lead"), text=text)
    found = words_of(exports.pdf_of(exports.plan_data(world.person("lead").user, plan)))
    for word in ("Feest", "#set text(1pt)", "aaaaaaaa"):
        assert (word in found) == (word in text)


def test_a_hundred_thousand_marks_cost_the_letter_its_marks_only(sign_in, world, plan) -> None:
    text = "Feest e" + "\u0301" * 100_000
    making.answer(plan=plan, by=world.person("lead"), text=text)
    job = made(sign_in("lead"))
    assert job.state == "done"


def test_what_typst_cannot_take_fails_alone_with_a_sentence(sign_in, world, plan) -> None:
    """Release 1.0.0 stored such texts; there the worker ended, again at each start."""
    Answer.objects.filter(question__key="schets").update(text="e" + "\u0301" * 100_000)
    client = sign_in("lead")
    job = made(client)
    assert (job.state, job.result) == ("failed", None)
    assert job.message == exports.FAILED
    assert exports.FAILED in unescape(client.get(f"/taak/{job.pk}/").content.decode())
    Job.objects.all().delete()
    Answer.objects.filter(question__key="schets").update(text="Het plein.")
    assert made(client).state == "done"


@pytest.mark.parametrize("limits", [{"cpu": 1}, {"memory": 60 * 1024**2}])
def test_a_pdf_that_takes_too_much_fails_with_a_sentence(monkeypatch, world, plan, limits) -> None:
    monkeypatch.setattr(exports, "LIMITS", Limits(**limits))
    data = exports.plan_data(world.person("lead").user, plan)
    data["chapters"][0]["answers"][0]["paragraphs"] = ["Een regel."] * 60_000
    with pytest.raises(jobs.JobFailed, match="De pdf lukte niet"):
        exports.pdf_of(data)


def test_a_dropped_action_stays_off_the_paper(world, plan) -> None:
    lead = world.person("lead")
    fields = actions.ActionFields(title="Bel de boeren", state="dropped")
    actions.save_action(action=plan.actions.get(), base=1, fields=fields, by=lead)
    assert exports.plan_data(lead.user, plan)["actions"] == []


@pytest.mark.parametrize(
    ("close", "who"),
    [
        (lambda plan: plan.sections.filter(section__number=2).update(visibility="team"), "coach"),
        (lambda plan: CoachAssignment.objects.update(until_on="2001-01-01"), "coach"),
        (lambda plan: Membership.objects.filter(role="reader").delete(), "reader"),
        (lambda plan: Job.objects.update(params={"plan": plan.pk}), "lead"),  # made by 1.0.0
    ],
)  # fmt: skip
def test_a_pdf_is_asked_again_for_the_right_to_read(sign_in, plan, close, who) -> None:
    client = sign_in(who)
    job = made(client)
    pages = [reverse(f"network:{name}", args=[job.pk]) for name in ("job", "job-result")]
    assert [client.get(page).status_code for page in pages] == [200, 200]
    CoachAssignment.objects.update(from_on="2000-01-01")
    close(plan)
    page, result = (client.get(page) for page in pages)
    assert (page.status_code, result.status_code) == (200, 410)
    for response in (page, result):
        assert "Maak de pdf opnieuw" in response.text
        assert f'href="{pages[1]}"' not in response.text


def test_what_was_opened_wider_since_stands_in_no_way(sign_in, plan) -> None:
    plan.sections.filter(section__slug="droom").update(visibility="team")
    client = sign_in("coach")
    job = made(client)
    plan.sections.update(visibility="everyone")
    assert client.get(reverse("network:job-result", args=[job.pk])).status_code == 200
