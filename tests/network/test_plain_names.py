"""Names in mail hold no address and no hidden signs (network/plain_names.py)."""

import pytest
from django.core import mail as django_mail

from inspiration.forms import TakedownForm
from network import addresses, delivery, mail, plain_names
from network.models import Person, Village
from tests import factories

pytestmark = pytest.mark.at("2027-03-01 12:00")

GOOD = [
    "Marie Devos",
    "J.P. Maes",
    "J.P.Maes",
    "Dr.De Smet",
    "St.Pauwels",
    "Sint-Jans-Molenbeek",
    "’t Hof ter Mere",
    "Peeters, An",
    "An & Bert (Dorpsraad)",
    "Ben Ali-O’Brien",
    "Ζωή",
    "می‌خواهم",
    "Heist-op-den-Berg",
    "Werksessie 2: invulling — 13.30 uur, Molendonk",
    "Jean-Luc v.d. Berg",
    "A/B",
    "st.pauwels",
    "Fam.Peeters",
    "Fam.Van den Berg",
    "Gem.Zonderwijk",
    "Wijk.Molendonk",
    "Kath.Élise",
    "Prof.Dr.De Smet",
    "dr.J.Peeters",
    "Fam.Peeters-Maes",
    "Groeten van Fam.Peeters.",
]
ADDRESSES = [
    "Kijk op https://kwaad.example/x",
    "http://192.0.2.1/",
    "www.kwaad.example",
    "Win kwaad.example",
    "KWAAD.Example",
    "kwaad.example/gratis?x=1",
    "gratis.geld.kwaad.example nu",
    "marie@buurtpunt.example",
    "Marie <marie@buurtpunt.example>",
    "mailto:marie",
    "ｗｗｗ．kwaad．example",
    "kwaad。example",
    "Bel tel:090012345",
    "https://kwaad.example/win",
    "kwaad.example/win",
    "www.kwaad.be",
    "jan@kwaad.be",
    "Kwaad.Be",
    "Nu.kwaad.example",
    "Win.Kwaad.Casino",
    "dr.kwaad.example",
    "vzw.kwaad.be",
    "fam.example",
    "ing.be/kwaad",
    "Fam.Kwaad/win",
    "Kwa.Example",
]
HIDDEN = ["Marie\nBcc: x", "Marie\r\n", "Ma\u202erie", "Ma\u200brie", "Ma\x07rie", "Ma\u2028rie"]


@pytest.mark.parametrize("name", GOOD)
def test_a_good_name_stays_as_it_is(name):
    assert (plain_names.why_not(name), plain_names.neutral(name)) == ("", name)


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_address_is_refused_and_made_harmless(name):
    assert plain_names.why_not(name) == plain_names.ADDRESS
    left = plain_names.neutral(name)
    assert plain_names.why_not(left) == ""
    assert "kwaad" not in left.lower() and "example" not in left.lower()
    assert left


@pytest.mark.parametrize("name", HIDDEN)
def test_a_hidden_sign_is_refused_and_taken_out(name):
    assert plain_names.why_not(name) == plain_names.HIDDEN
    assert plain_names.why_not(plain_names.neutral(name)) == ""


def test_what_is_left_of_a_name_that_was_an_address_is_a_word():
    assert plain_names.neutral("https://kwaad.example") == "buur"
    assert plain_names.neutral("Jan www.kwaad.example Peeters") == "Jan Peeters"


def test_a_pasted_line_with_such_a_name_says_so():
    lines = addresses.read(
        "Win www.kwaad.example <jan@buurtpunt.example>\nAn <an@buurtpunt.example>"
    )
    assert [line.problem for line in lines] == [plain_names.ADDRESS, ""]
    assert addresses.read("jan.van.dam@buurtpunt.example")[0].name == "Jan Van Dam"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Win www.kwaad.example", "Ma\u202erie"])
@pytest.mark.parametrize(
    ("who", "path", "field", "more"),
    [
        ("lead", "/mijn/gegevens/", "name", {"photo_preference": "fine"}),
        ("lead", "/dorp/voorjaar/molendonk/mensen/uitnodigen/", "name", {"email": "a@b.example"}),
        ("coordinator", "/coordinatie/voorjaar/dorpen/nieuw/", "name", {"postcode": "9000"}),
    ],
)
def test_forms_refuse_it_with_a_sentence_and_keep_what_was_typed(
    sign_in, world, who, path, field, more, name
):
    before = set(Person.objects.values_list("name")), Village.objects.count()
    answer = sign_in(who).post(path, {field: name, **more})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert plain_names.why_not(name) in page
    assert name in page
    assert (set(Person.objects.values_list("name")), Village.objects.count()) == before


@pytest.mark.parametrize("name", ["abc:" * 200_000, "a@" * 200_000, "a" * 800_000])
def test_a_name_without_end_is_refused_for_its_length_alone(name):
    """Anybody may type one, who asks to take a photo away: it kept a thread busy for hours."""
    form = TakedownForm({"name": name})
    assert not form.is_valid()
    assert [error.code for error in form.errors.as_data()["name"]] == ["max_length"]


@pytest.mark.django_db
def test_what_the_database_has_already_is_made_harmless_in_the_mail(world):
    """Subject, greeting, who invites and for what, in text and HTML."""
    Person.objects.filter(pk=world.person("lead").pk).update(name="Jan www.kwaad.example")
    Village.objects.filter(pk=world.village.pk).update(name="Molendonk https://kwaad.example/x")
    world.village.refresh_from_db()
    guest = factories.person(name="http://kwaad.example\r\nBcc: An")
    invitation = factories.invitation(
        person=guest,
        edition=world.edition,
        village=world.village,
        invited_by=Person.objects.get(pk=world.person("lead").pk),
    )
    mail.post(
        "invitation",
        "k",
        person=guest,
        address="an@buurtpunt.example",
        refs={"invitation": invitation.pk, "nonce": str(invitation.nonce)},
    )
    assert delivery.drain() == 1
    (sent,) = django_mail.outbox
    assert sent.subject == "Doe je mee met Molendonk"
    html = sent.alternatives[0][0]
    for text in (sent.subject, sent.body, html, str(sent.message())):
        assert "kwaad" not in text
    assert "Jan nodigt je uit" in sent.body


@pytest.mark.parametrize("category", [mail.MUST, mail.PLAN])
@pytest.mark.django_db
def test_every_mail_asks_machines_not_to_answer(category, monkeypatch):
    """And a must has no way out: nobody can unsubscribe from a sign-in code."""
    monkeypatch.setattr(mail, "_kinds", dict(mail._kinds))
    render = lambda row: mail.Message("Dag", "t", "h")  # noqa: E731  one line says it
    mail.register(mail.Kind("test", category, lambda row: "", render))
    mail.post("test", "k", person=factories.person())
    assert delivery.drain() == 1
    (sent,) = django_mail.outbox
    assert sent.extra_headers["X-Auto-Response-Suppress"] == "All"
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    assert ("List-Unsubscribe" in sent.message()) == (category != mail.MUST)
    assert ("List-Unsubscribe-Post" in sent.message()) == (category != mail.MUST)
