"""Inviting people, one by one or pasted, and saying yes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from network import addresses
from network.addresses import Line
from network.forms.base import PhoneField, PlainForm, choose_from, name_field
from network.forms.villages import ROLES
from network.models import Invitation, Lens, Membership, Village

MOST_LINES = 50


class GuestFacts(PlainForm):
    name = name_field()
    email = forms.EmailField(label="E-mailadres", help_text="Hier komt de uitnodiging toe.")
    phone = PhoneField()

    def guest(self) -> addresses.Guest:
        """Whom the valid form names."""
        return addresses.Guest(
            **{name: self.cleaned_data[name] for name in ("name", "email", "phone")}
        )


class VillageGuest(GuestFacts):
    """Somebody asked to join a village."""

    role = forms.ChoiceField(label="Als", choices=ROLES, widget=forms.RadioSelect)


class CoachGuest(GuestFacts):
    """A coach, perhaps at once for one village."""

    village: forms.ModelChoiceField[Village] = forms.ModelChoiceField(
        queryset=None, label="Dorp", required=False, empty_label="Dat kies ik later"
    )
    lens: forms.ModelChoiceField[Lens] = forms.ModelChoiceField(
        queryset=None, label="Invalshoek", required=False, empty_label="Dat kies ik later"
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        villages: QuerySet[Village],
        lenses: QuerySet[Lens],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        choose_from(self, village=villages, lens=lenses)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("village") and not cleaned.get("lens"):
            self.add_error("lens", "Kies ook de invalshoek waarmee de coach meekijkt.")
        return cleaned


class PastedGuests(PlainForm):
    """Several people at once: one address a line, or as a mail program copies them."""

    text = forms.CharField(
        label="Namen en adressen",
        help_text=(
            "Eén per lijn, of met een puntkomma ertussen. "
            "Bijvoorbeeld: An Peeters &lt;an@voorbeeld.be&gt;; bert@voorbeeld.be"
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    role = forms.ChoiceField(
        label="Als", choices=ROLES, widget=forms.RadioSelect, initial=Membership.Role.EDITOR
    )

    def clean_text(self) -> list[Line]:
        lines = addresses.read(self.cleaned_data["text"])
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(f"Dat zijn er {len(lines)}: plak er hooguit {MOST_LINES}.")
        return lines


class Joining(PlainForm):
    """What somebody new is asked: is the name right, and perhaps a phone number."""

    name = name_field(
        "Klopt je naam?",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(help_text="Handig als een werksessie op het laatste moment verschuift.")

    def __init__(self, data: QueryDict | None = None, *, invitation: Invitation) -> None:
        person = invitation.person
        super().__init__(data, initial={"name": person.name, "phone": person.phone})
