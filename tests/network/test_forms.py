"""How templates/dorp draws a form: what a screen reader needs, in words and not in stars."""

import re
from datetime import date, time

import pytest
from django import forms
from django.template import Context, Template

from network.forms import (
    BaseRevisionField,
    PlainForm,
    PostcodeField,
    TimeOfDayField,
    day_field,
)


class Example(PlainForm):
    name = forms.CharField(label="Naam", help_text="Zoals op je bel.")
    phone = forms.CharField(label="Telefoon", required=False)
    about = forms.CharField(label="Je vraag", widget=forms.Textarea)
    comes = forms.ChoiceField(
        label="Kom je?", choices=[("ja", "Ja"), ("nee", "Nee")], widget=forms.RadioSelect
    )
    kind = forms.ChoiceField(label="Soort", choices=[("winkel", "Winkel")])
    photo = forms.FileField(label="Foto", required=False)
    agreed = forms.BooleanField(label="Ik ga akkoord")
    origin = forms.CharField(widget=forms.HiddenInput, required=False)


WAYS = ["{{ form|crispy }}", "{% crispy form %}"]


def drawn(form, way=WAYS[0]) -> str:
    return Template(way).render(Context({"form": form}))


def tag(html: str, pattern: str) -> str:
    return re.search(rf"<[^>]*{pattern}[^>]*>", html).group()


def test_both_ways_draw_the_same():
    one, other = (re.sub(r"\s+", " ", drawn(Example(), way)).strip() for way in WAYS)
    assert one == other


@pytest.mark.parametrize("way", WAYS)
def test_writes_no_form_tag_token_or_media(way):
    html = drawn(Example(), way)
    assert not re.search(r"<form|csrf|<script|<link|style=", html)


@pytest.mark.parametrize("name", ["name", "phone", "about", "kind", "photo", "agreed"])
def test_every_field_has_its_label(name):
    assert f'<label for="id_{name}"' in drawn(Example()) or (
        f'for="id_{name}"' in tag(drawn(Example()), f'for="id_{name}"')
    )


def test_help_is_tied_to_its_field():
    html = drawn(Example())
    assert 'aria-describedby="id_name_helptext"' in tag(html, 'name="name"')
    assert 'id="id_name_helptext"' in html


def test_optional_is_said_in_words():
    html = drawn(Example())
    optional = re.findall(r'for="id_(\w+)">[^<]*<span class="optional">\(mag leeg blijven\)', html)
    assert optional == ["phone", "photo"]
    assert "*" not in html


def test_radio_buttons_are_a_group_with_a_legend():
    html = drawn(Example())
    assert re.search(r"<fieldset[^>]*>\s*<legend>Kom je\?\s*</legend>", html)


def test_mistakes_are_named_above_and_beside_the_field():
    html = drawn(Example({"name": "", "about": "Iets", "kind": "winkel", "comes": "ja"}))
    assert re.search(r'class="summary" role="alert" tabindex="-1"', html)
    assert re.findall(r'href="#(\w+)"', html) == ["id_name", "id_agreed"]
    wrong = tag(html, 'name="name"')
    assert 'aria-invalid="true"' in wrong
    assert "id_name_error" in re.search(r'aria-describedby="([^"]*)"', wrong).group(1).split()
    assert 'id="id_name_error"' in html


def test_a_mistake_in_a_group_leads_to_its_first_choice():
    html = drawn(Example({"name": "Marie"}))
    assert 'href="#id_comes_0"' in html
    assert 'id="id_comes_0"' in html
    assert 'aria-describedby="id_comes_error"' in tag(html, "fieldset")


def test_what_was_typed_stays():
    html = drawn(Example({"name": "Marie", "about": "Een <b>vraag</b>"}))
    assert 'value="Marie"' in html
    assert "Een &lt;b&gt;vraag&lt;/b&gt;" in html


def test_a_hidden_field_has_no_label():
    assert 'for="id_origin"' not in drawn(Example())
    assert 'type="hidden"' in tag(drawn(Example()), 'name="origin"')


def test_a_formset_draws_every_form_and_its_management():
    formset = forms.formset_factory(Example, extra=2)()
    html = Template("{{ formset|crispy }}").render(Context({"formset": formset}))
    assert 'name="form-TOTAL_FORMS"' in html
    assert [f'id="id_form-{number}-name"' in html for number in (0, 1)] == [True, True]


class Facts(PlainForm):
    base = BaseRevisionField()
    day = day_field("Dag")
    hour = TimeOfDayField(label="Uur", required=False)
    postcode = PostcodeField()


@pytest.mark.parametrize(
    ("name", "typed", "read"),
    [
        ("day", "2026-09-24", date(2026, 9, 24)),
        ("day", "24/09/2026", date(2026, 9, 24)),
        ("hour", "13u30", time(13, 30)),
        ("hour", "", None),
        ("postcode", "8999", "8999"),
        ("postcode", "", ""),
    ],
)
def test_shared_fields_read_what_people_type(name, typed, read):
    form = Facts({"base": "0", "day": "2026-09-24", name: typed})
    assert form.is_valid()
    assert form.cleaned_data[name] == read


@pytest.mark.parametrize(
    ("name", "typed"), [("day", "morgen"), ("hour", "99"), ("postcode", "0123"), ("base", "9" * 20)]
)
def test_shared_fields_refuse_the_rest_with_a_sentence(name, typed):
    form = Facts({"base": "0", "day": "2026-09-24", name: typed})
    assert list(form.errors) == [name]


class Remark(PlainForm):
    words = forms.CharField()


def test_what_is_typed_in_any_form_has_a_few_marks_a_letter():
    form = Remark({"words": "caf" + "e\u0301" + "\u0301" * 1000})
    assert form.is_valid()
    assert form.cleaned_data["words"] == "caf" + "e\u0301" + "\u0301" * 4
