"""The base of every form: fields and validation here, `<form>` and button in the page."""

from datetime import time
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.db.models import QuerySet

from network import formats, plain_names


def plain_helper() -> FormHelper:
    """What crispy adds of itself, switched off: form tag, token, media."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    # Crispy would write the scripts of a widget a second time.
    helper.include_media = False
    return helper


class FewMarks(forms.BaseForm):
    """Whatever is typed in a form has a few accents a letter at most."""

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]  # the stubs leave it out
        for name, value in self.cleaned_data.items():
            if isinstance(value, str):
                self.cleaned_data[name] = formats.few_marks(value)


class PlainForm(FewMarks, forms.Form):
    """A form that `{% crispy form %}` and `{{ form|crispy }}` draw in the same way."""

    @property
    def helper(self) -> FormHelper:
        return plain_helper()


class PlainModelForm(FewMarks, forms.ModelForm):
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


class TimeOfDayField(forms.CharField):
    """A time of day: 13.30, 13:30 and 13u30 are all understood; None when empty."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return formats.parse_time(text) if text else None
        except ValueError as error:
            raise forms.ValidationError("Schrijf het uur als 13.30.") from error

    def prepare_value(self, value: Any) -> Any:
        return f"{value.hour}.{value.minute:02}" if isinstance(value, time) else value


class PostcodeField(forms.RegexField):
    """A Belgian postcode."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def __init__(self, *, label: str = "Postcode", required: bool = False, **options: Any):
        wrong = {"invalid": "Een postcode heeft vier cijfers."}
        super().__init__(
            r"^[1-9][0-9]{3}$", label=label, required=required, error_messages=wrong, **options
        )


class BaseRevisionField(forms.IntegerField):
    """The revision that the writer saw, hidden in the form (DESIGN.md 3, Saving text)."""

    widget = forms.HiddenInput
    HIGHEST = 10**8  # beyond it the database would stumble, not answer

    def __init__(self, **options: Any):
        super().__init__(min_value=0, max_value=self.HIGHEST, **options)


def day_field(label: str, **options: Any) -> forms.DateField:
    """A day, with the calendar of the browser; typed as 24/09/2026 where there is none."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"invalid": "Kies een dag, bijvoorbeeld 24/09/2026."},
        **options,
    )


def name_field(label: str = "Naam", *, longest: int = 120, **options: Any) -> forms.CharField:
    """A name that strangers read in our mails."""
    return forms.CharField(
        label=label, max_length=longest, validators=[plain_names.validate], **options
    )


def choose_from(form: forms.BaseForm, **choices: QuerySet) -> None:
    """Give each named choice field the rows that this person may choose from."""
    for name, rows in choices.items():
        field = form.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows
