"""The base of every form: fields and validation here, `<form>` and button in the page."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.db.models import QuerySet

from network import formats


def plain_helper() -> FormHelper:
    """What crispy adds of itself, switched off: form tag, token, media."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    # Crispy would write the scripts of a widget a second time.
    helper.include_media = False
    return helper


class PlainForm(forms.Form):
    """A form that `{% crispy form %}` and `{{ form|crispy }}` draw in the same way."""

    @property
    def helper(self) -> FormHelper:
        return plain_helper()


class PlainModelForm(forms.ModelForm):
    """The same for the fields of a model."""

    @property
    def helper(self) -> FormHelper:
        return plain_helper()


class PhoneField(forms.CharField):
    """A phone number in any spacing; kept as typed, shown by formats.phone."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})

    def __init__(self, *, label: str = "Telefoonnummer", required: bool = False, **options: Any):
        super().__init__(label=label, required=required, max_length=40, **options)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if typed and not formats.tel_link(typed):
            raise forms.ValidationError("Dit lijkt geen telefoonnummer. Schrijf het met cijfers.")
        return typed


def day_field(label: str, **options: Any) -> forms.DateField:
    """A day, with the calendar of the browser."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)


def name_field(label: str = "Naam", **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=120, **options)


def choose_from(form: forms.Form, **choices: QuerySet) -> None:
    """Give each named choice field the rows that this person may choose from."""
    for name, rows in choices.items():
        field = form.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows
