"""Villages, and people in them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from network.forms.base import (
    PhoneField,
    PlainForm,
    PostcodeField,
    choose_from,
    day_field,
    name_field,
)
from network.models import CoachAssignment, Lens, Membership, Person, Village

ROLES = [
    (Membership.Role.LEAD.value, "trekker: schrijft, nodigt uit en spreekt voor het dorp"),
    (Membership.Role.EDITOR.value, "meewerker: schrijft mee aan het plan"),
    (Membership.Role.READER.value, "meelezer: leest het plan"),
]


class VillageFacts(PlainForm):
    name = name_field("Dorp", longest=80)
    municipality = name_field("Gemeente", longest=80)
    postcode = PostcodeField()
    summary = forms.CharField(
        label="In één zin, voor de site",
        required=False,
        max_length=300,
        help_text="Dit ziet iedereen, nog voor het plan er is.",
    )


class NewPerson(PlainForm):
    """Somebody who takes part without an account."""

    name = name_field()
    phone = PhoneField()
    email = forms.EmailField(
        label="E-mailadres",
        required=False,
        help_text="Met een adres krijgt deze persoon de mails rond de werksessies.",
    )
    role = forms.ChoiceField(
        label="Doet mee als",
        choices=ROLES,
        widget=forms.RadioSelect,
        initial=Membership.Role.EDITOR,
    )


class MembershipRole(PlainForm):
    role = forms.ChoiceField(label="Doet mee als", choices=ROLES, widget=forms.RadioSelect)


class CoachPlace(PlainForm):
    """A coach, a village, a lens and the first day."""

    person: forms.ModelChoiceField[Person] = forms.ModelChoiceField(
        queryset=None, label="Coach", empty_label="Kies een coach"
    )
    village: forms.ModelChoiceField[Village] = forms.ModelChoiceField(
        queryset=None, label="Dorp", empty_label="Kies een dorp"
    )
    lens: forms.ModelChoiceField[Lens] = forms.ModelChoiceField(
        queryset=None, label="Invalshoek", empty_label="Kies een invalshoek"
    )
    from_on = day_field("Vanaf")

    def __init__(
        self,
        data: QueryDict | None,
        *,
        coaches: QuerySet[Person],
        villages: QuerySet[Village],
        lenses: QuerySet[Lens],
        initial: dict[str, Any],
    ) -> None:
        super().__init__(data, initial=initial)
        choose_from(self, person=coaches, village=villages, lens=lenses)


class CoachEnd(PlainForm):
    until_on = day_field("Laatste dag", help_text="Vanaf de dag erna leest de coach niet meer mee.")

    def __init__(self, data: QueryDict | None, *, assignment: CoachAssignment, today: date) -> None:
        self.from_on = assignment.from_on
        super().__init__(data, initial={"until_on": max(today, assignment.from_on)})

    def clean_until_on(self) -> date:
        day: date = self.cleaned_data["until_on"]
        if day < self.from_on:
            raise forms.ValidationError("De laatste dag ligt voor de eerste.")
        return day
