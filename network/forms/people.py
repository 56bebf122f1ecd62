"""What a person says about themself."""

from __future__ import annotations

from django import forms
from django.http import QueryDict

from network.forms.base import PhoneField, PlainForm, name_field
from network.models import Person


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


class Profile(PlainForm):
    name = name_field("Je naam", widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = PhoneField(help_text="Je dorp, je coach en de coördinator zien dit nummer.")
    photo_preference = forms.ChoiceField(
        label="Foto’s van een bijeenkomst",
        choices=Person.PhotoPreference.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, data: QueryDict | None, *, person: Person) -> None:
        fields = ("name", "phone", "photo_preference")
        super().__init__(data, initial={field: getattr(person, field) for field in fields})
