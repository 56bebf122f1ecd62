"""The base of every form: fields and validation here, `<form>` and button in the page."""

from crispy_forms.helper import FormHelper
from django import forms
from django.http import QueryDict

from network.models import Person


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


class MailPreferences(PlainForm):
    """Ticked is wanted. Musts are not in the list: they always come."""

    CATEGORIES = ("session", "plan", "digest")

    session = forms.BooleanField(
        label="Herinneringen aan de werksessies", required=False, initial=True
    )
    plan = forms.BooleanField(label="Nieuws over jullie plan", required=False, initial=True)
    digest = forms.BooleanField(label="Overzichten", required=False, initial=True)

    def __init__(self, data: QueryDict | None, *, person: Person) -> None:
        wanted = {name: name not in person.muted for name in self.CATEGORIES}
        super().__init__(data, initial=wanted)

    def muted(self) -> list[str]:
        return [name for name in self.CATEGORIES if not self.cleaned_data[name]]
