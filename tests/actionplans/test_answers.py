import json

import pytest

from actionplans import actions
from actionplans.models import Answer, AnswerRevision
from network import clock
from tests.actionplans import making
from tests.shared import SHARED_DATA

pytestmark = [pytest.mark.django_db, pytest.mark.both]

PLAN = "/plan/voorjaar/molendonk/"
SKETCH = f"{PLAN}ons-dorp/schets/"
SCRIPT = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def plan(world):
    return making.plan(village=world.village, by=world.person("lead"))


def sketch() -> Answer:
    return Answer.objects.get(question__key="schets")


def test_a_save_without_scripts_leads_back_to_the_question(sign_in, plan) -> None:
    response = sign_in("editor").post(SKETCH, {"base": "0", "text": "Een plein"})
    assert (response.status_code, response["Location"]) == (303, f"{PLAN}ons-dorp/#schets")
    assert (sketch().text, sketch().revision) == ("Een plein", 1)


def test_a_save_by_scripts_tells_the_truth(sign_in, plan) -> None:
    response = sign_in("lead").post(SKETCH, {"base": "0", "text": "Een plein"}, **SCRIPT)
    told = response.json()
    assert told["revision"] == 1
    assert told["status"].startswith("Bewaard om ")
    assert told["status"].endswith("Jullie coaches en de coördinator lezen mee.")


def test_coming_back_from_the_sign_in_leads_to_the_question(sign_in, plan) -> None:
    assert sign_in("lead").get(SKETCH)["Location"] == f"{PLAN}ons-dorp/#schets"


def test_signed_out_scripts_get_401_and_nothing_is_saved(client, plan) -> None:
    assert client.post(SKETCH, {"base": "0", "text": "Een plein"}, **SCRIPT).status_code == 401
    assert not Answer.objects.filter(question__key="schets").exists()


@pytest.mark.parametrize("script", [{}, SCRIPT])
def test_a_stale_save_is_409_with_both_texts(sign_in, plan, world, script) -> None:
    making.answer(plan=plan, by=world.person("lead"), text="De tekst van Marie")
    response = sign_in("editor").post(SKETCH, {"base": "0", "text": "Woorden van Jef"}, **script)
    html = response.content.decode()
    assert response.status_code == 409
    assert "Marie schreef hier ook" in html
    assert "De tekst van Marie" in html
    assert "Woorden van Jef" in html
    assert ("<html" in html) == (not script)
    assert sketch().text == "De tekst van Marie"
    assert AnswerRevision.objects.get(kind="conflict").text == "Woorden van Jef"


def test_a_second_window_of_your_own_is_named_as_that(sign_in, plan, world) -> None:
    making.answer(plan=plan, by=world.person("lead"), text="De eerste tekst")
    response = sign_in("lead").post(SKETCH, {"base": "0", "text": "De tweede tekst"})
    html = response.content.decode()
    assert "Je schreef hier ook in een ander venster" in html
    assert "Marie schreef hier ook" not in html
    assert [choice.button for choice in response.context["choices"]] == [
        "Hou de tekst van je andere venster",
        "Neem mijn tekst van hier",
    ]


def test_a_clean_merge_is_offered_first(sign_in, plan, world) -> None:
    lead = world.person("lead")
    making.answer(plan=plan, by=lead, text="Het brood.\n\nDe bus.")
    making.answer(plan=plan, by=lead, text="Het verse brood.\n\nDe bus.")
    response = sign_in("editor").post(SKETCH, {"base": "1", "text": "Het brood.\n\nDe late bus."})
    first = response.context["choices"][0]
    assert first.button == "Neem allebei"
    assert first.inputs == [("text", "Het verse brood.\n\nDe late bus.")]
    again = sign_in("editor").post(SKETCH, {"base": "2", "text": first.inputs[0][1]})
    assert again.status_code == 303
    assert sketch().text == "Het verse brood.\n\nDe late bus."


def test_rows_that_clash_are_named_and_either_side_can_be_kept(sign_in, plan, world) -> None:
    url = f"{PLAN}noden/noden/"
    place = {"slug": "noden", "key": "noden"}
    making.answer(plan=plan, by=world.person("lead"), rows=[{"id": "a", "nood": "brood"}], **place)
    data = {"base": "0", "row": ["a", "b"], "a.nood": "melk", "b.nood": "een bank"}
    response = sign_in("editor").post(url, data)
    assert response.status_code == 409
    clash = response.context["clashes"][0]
    assert (clash["column"], clash["theirs"], clash["mine"]) == ("Nood", "brood", "melk")
    mine = response.context["choices"][0].inputs
    kept: dict = {"base": "1", "row": [value for name, value in mine if name == "row"]}
    kept |= {name: value for name, value in mine if name != "row"}
    assert sign_in("editor").post(url, kept).status_code == 303
    rows = Answer.objects.get(question__key="noden").rows
    assert [row["nood"] for row in rows] == ["melk", "een bank"]


def test_rows_of_another_come_back_with_the_confirmation(sign_in, plan, world) -> None:
    place = {"slug": "noden", "key": "noden"}
    making.answer(plan=plan, by=world.person("lead"), rows=[{"id": "a", "nood": "brood"}], **place)
    data = {"base": "0", "row": "b", "b.nood": "een bank", "b.aantal": "1.200"}
    told = sign_in("editor").post(f"{PLAN}noden/noden/", data, **SCRIPT).json()
    assert [(row["nood"], row["aantal"]) for row in told["rows"]] == [
        ("brood", ""),
        ("een bank", "1.200"),
    ]


@pytest.mark.parametrize(
    ("path", "data", "message"),
    [
        ("elke-dag/uren-nodig", {"text": "veertig"}, "“veertig” is geen getal"),
        ("elke-dag/uren-nodig", {"text": "-3"}, "Dit is minder dan 0"),
        ("bereikbaar/auto", {"text": "101"}, "Dit is meer dan 100"),
        ("rechtsvorm/rechtsvorm", {"text": "keizerrijk"}, "keizerrijk"),
        ("droom/droom", {"text": "a" * 401}, "400"),
        ("noden/noden", {"row": "a", "a.prioriteit": "9"}, "Kies iets uit de lijst"),
        ("noden/noden", {"row": "a", "a.aantal": "veel"}, "“veel” is geen getal"),
        ("ons-dorp/verdwenen", {"row": "a", "a.jaar": "19"}, "is geen jaar"),
        ("elke-dag/openingsuren", {"row": "a", "a.van": "26.00"}, "is geen uur"),
        ("acties/mijlpalen", {"row": "a", "a.datum": "31/02/2026"}, "is geen datum"),
        ("geld/investering", {"row": "a", "a.bedrag": "9999999999999"}, "te groot"),
        ("geld/investering", {"row": "a", "a.bedrag": "1e-999999"}, "is geen getal"),
        ("elke-dag/uren-nodig", {"text": "1e-99"}, "is geen getal"),
        ("ons-dorp/schets", {"text": "a\nb" * 3000}, "Deze tekst telt 3.001 regels"),
    ],
)
def test_bad_input_is_422_with_its_own_sentence_and_stays(
    sign_in, plan, path, data, message
) -> None:
    url = f"{PLAN}{path}/"
    response = sign_in("lead").post(url, {"base": "0", **data})
    typed = [value for name, value in data.items() if name != "row"][0]
    assert response.status_code == 422
    assert message in response.content.decode()
    assert typed in response.content.decode()
    told = sign_in("lead").post(url, {"base": "0", **data}, **SCRIPT)
    assert told.status_code == 422
    assert told.json()["status"].startswith("Nog niet bewaard.")
    assert not Answer.objects.filter(question__key=path.split("/")[1]).exists()


@pytest.mark.parametrize("base", ["", "min een", "-1", "9" * 30])
def test_a_save_that_does_not_say_where_it_started_is_refused(sign_in, plan, base) -> None:
    for path in ("ons-dorp/schets/", "noden/noden/"):
        data = {"base": base, "text": "x", "row": "a", "a.nood": "brood"}
        assert sign_in("lead").post(PLAN + path, data).status_code == 422


def test_a_base_from_the_future_is_a_conflict_not_an_overwrite(sign_in, plan, world) -> None:
    making.answer(plan=plan, by=world.person("lead"), text="Wat er staat")
    response = sign_in("editor").post(SKETCH, {"base": "99", "text": "Verzonnen versie"})
    assert response.status_code == 409
    assert sketch().text == "Wat er staat"


def test_60_kilobytes_in_one_answer_are_kept_and_compared(sign_in, plan) -> None:
    text = "Een zin over het dorp met é en 😀. " * 1700
    client = sign_in("lead")
    assert client.post(SKETCH, {"base": "0", "text": text}).status_code == 303
    assert sketch().text == text.strip()
    client.post(SKETCH, {"base": "1", "text": text + " Slot."})
    assert client.get(f"{SKETCH}geschiedenis/").status_code == 200


def test_a_text_of_very_many_lines_is_kept_as_long_as_it_can_be_shown(sign_in, plan) -> None:
    text = "Een regel.\n" * 2999 + "Slot."
    assert sign_in("lead").post(SKETCH, {"base": "0", "text": text}).status_code == 303
    assert sketch().text == text


def test_too_many_rows_are_refused_with_a_sentence(sign_in, plan) -> None:
    ids = [str(n) for n in range(81)]
    data = {"base": "0", "row": ids, **{f"{n}.nood": "brood" for n in ids}}
    response = sign_in("lead").post(f"{PLAN}noden/noden/", data)
    assert response.status_code == 422
    assert "hoogstens 80 rijen" in response.content.decode()


def test_two_tables_that_are_too_long_together_lose_no_row(sign_in, plan, world) -> None:
    url, place = f"{PLAN}noden/noden/", {"slug": "noden", "key": "noden"}
    theirs = [{"id": f"m{n}", "nood": f"brood {n}"} for n in range(50)]
    making.answer(plan=plan, by=world.person("lead"), rows=theirs, **place)
    ids = [f"j{n}" for n in range(50)]
    data: dict = {"base": "0", "row": ids, **{f"{n}.nood": f"melk {n}" for n in ids}}
    response = sign_in("editor").post(url, data)
    assert response.status_code == 409
    assert "Samen zijn het meer dan 80 rijen" in response.text
    assert "brood 49" in response.text
    assert "melk j49" in response.text
    assert len(Answer.objects.get(question__key="noden").rows) == 50
    assert len(AnswerRevision.objects.get(kind="conflict").rows) == 50
    mine = response.context["choices"][0].inputs
    kept = {name: value for name, value in mine if name != "row"}
    sign_in("editor").post(url, {"base": "1", "row": ids, **kept})
    assert Answer.objects.get(question__key="noden").rows[49]["nood"] == "melk j49"


def test_an_answer_is_saved_in_the_section_that_asks_it_only(plan, world) -> None:
    with pytest.raises(ValueError, match="not asked in this section"):
        actions.save_answer(
            plan_section=making.section(plan, "droom"),
            question=making.question(plan, "ons-dorp", "schets"),
            by=world.person("lead"),
            base=0,
            text="Verdwaald",
        )
    assert not Answer.objects.filter(question__key="schets").exists()


def test_the_others_are_told_who_writes_in_a_section_for_a_short_while(
    sign_in, plan, world, time_machine
) -> None:
    def told(who: str, section: str = "ons-dorp") -> str:
        return sign_in(who).get(f"{PLAN}{section}/wie-schrijft/").text

    time_machine.move_to(clock.real_now())
    assert told("lead") == ""
    sign_in("editor").post(SKETCH, {"base": "0", "text": "Een plein"})
    assert told("lead") == "Jef schrijft nu ook in dit stuk."
    assert told("editor") == ""
    assert told("lead", "droom") == ""
    sign_in("lead").post(SKETCH, {"base": "0", "text": "Een linde"})
    assert told("editor") == "Marie schrijft nu ook in dit stuk."
    time_machine.shift(60)
    assert told("lead") == ""


def test_an_unknown_question_and_the_action_table_are_404(sign_in, plan) -> None:
    client = sign_in("lead")
    for path in ("ons-dorp/bestaat-niet/", "bestaat-niet/schets/", "acties/acties/"):
        assert client.post(PLAN + path, {"base": "0", "text": "x"}).status_code == 404


def test_deleting_everything_is_a_version_that_can_be_undone(sign_in, plan, world) -> None:
    making.answer(plan=plan, by=world.person("lead"), text="Alles")
    client = sign_in("lead")
    client.post(SKETCH, {"base": "1", "text": ""})
    revision = AnswerRevision.objects.get(number=1, text="Alles")
    response = client.post(
        f"{SKETCH}geschiedenis/terug/", {"revision": revision.pk, "base": sketch().revision}
    )
    assert response.status_code == 303
    assert (sketch().text, sketch().revision) == ("Alles", 3)


def test_history_shows_words_that_came_and_went_and_conflicts(sign_in, plan, world) -> None:
    making.answer(plan=plan, by=world.person("lead"), text="De bus stopt hier")
    making.answer(plan=plan, by=world.person("editor"), text="De bus stopt daar")
    sign_in("lead").post(SKETCH, {"base": "1", "text": "De trein stopt hier"})
    html = sign_in("reader").get(f"{SKETCH}geschiedenis/").content.decode()
    assert '<ins><span class="vh">toegevoegd: </span>daar</ins>' in html
    assert '<del><span class="vh">verwijderd: </span>hier</del>' in html
    assert "tegelijk geschreven en niet overgenomen" in html
    assert "Neem deze tekst over" not in html
    assert "Neem deze tekst over" in sign_in("lead").get(f"{SKETCH}geschiedenis/").content.decode()


def test_a_version_of_another_answer_cannot_be_brought_back_here(sign_in, plan, world) -> None:
    making.answer(plan=plan, by=world.person("lead"), text="Hier")
    other = making.plan(village=world.other_village, by=world.person("other_lead"))
    foreign = making.answer(plan=other, by=world.person("other_lead"), text="Daar")
    revision = AnswerRevision.objects.get(answer=foreign)
    data = {"revision": revision.pk, "base": 1}
    assert sign_in("lead").post(f"{SKETCH}geschiedenis/terug/", data).status_code == 404
    assert sketch_of(plan).text == "Hier"


def sketch_of(plan) -> Answer:
    return Answer.objects.get(question__key="schets", plan_section__plan=plan)


@pytest.mark.shared
def test_naughty_strings_come_back_as_typed_and_escaped(sign_in, plan) -> None:
    strings = json.loads((SHARED_DATA / "tekst" / "blns.json").read_text(encoding="utf-8"))
    text = "\n".join(strings).replace("\x00", "")
    client = sign_in("lead")
    assert client.post(SKETCH, {"base": "0", "text": text}).status_code == 303
    html = client.get(f"{PLAN}ons-dorp/").content.decode()
    assert "<script>alert" not in html
    assert client.post(SKETCH, {"base": "1", "text": sketch().text}).status_code == 303
    assert sketch().revision == 1


def test_a_tab_with_a_name_that_cannot_be_stored_saves_its_table(sign_in, plan) -> None:
    data = {"base": "0", "row": "a", "a.nood": "Brood", "client": "tab\x00" + "x" * 60}
    assert sign_in("lead").post(f"{PLAN}noden/noden/", data).status_code == 303
    assert AnswerRevision.objects.get(answer__question__key="noden").client == "tab" + "x" * 37
