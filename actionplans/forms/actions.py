from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict

from actionplans.forms.values import BadValue, stored_number
from actionplans.models import Action, Section
from network.forms import BaseRevisionField, PlainForm, day_field
from network.models import Person

NOBODY = [("", "Nog niemand")]


class QuickActionForm(PlainForm):
    """What, who, when: enough to begin with."""

    title = forms.CharField(
        label="Wat", max_length=200, help_text="Eén werkwoord en een resultaat."
    )
    owner = forms.ChoiceField(label="Wie", required=False)
    due_on = day_field("Tegen wanneer", required=False)

    def __init__(self, data: QueryDict | None, *, team: Iterable[Person], **options: Any) -> None:
        self.team = {str(person.pk): person for person in team}
        super().__init__(data, **options)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ChoiceField)
        owner.choices = [*NOBODY, *((pk, person.name) for pk, person in self.team.items())]

    def values(self) -> dict[str, Any]:
        """What the action keeps, with the owner as a person."""
        return {**self.cleaned_data, "owner": self.team.get(self.cleaned_data["owner"])}


class ActionForm(QuickActionForm):
    """Everything about one action; `base` is the revision that the writer saw."""

    base = BaseRevisionField()
    state = forms.ChoiceField(label="Stand", choices=Action.State.choices)
    priority = forms.ChoiceField(label="Hoe dringend", choices=Action.Priority.choices)
    section = forms.ChoiceField(label="Hoort bij onderdeel", required=False)
    helpers = forms.CharField(label="Wie werkt mee", required=False, max_length=200)
    starts_on = day_field("Begint op", required=False)
    cost = forms.CharField(
        label="Kost (euro)",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    paid_by = forms.CharField(label="Betaald door", required=False, max_length=120)
    waits_for = forms.CharField(label="Wacht op", required=False, max_length=200)
    note = forms.CharField(
        label="Notitie", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        team: Iterable[Person],
        sections: Iterable[Section],
        **options: Any,
    ) -> None:
        self.sections = {str(section.pk): section for section in sections}
        super().__init__(data, team=team, **options)
        field = self.fields["section"]
        assert isinstance(field, forms.ChoiceField)
        titles = ((pk, f"{s.number}. {s.title}") for pk, s in self.sections.items())
        field.choices = [("", "Geen onderdeel"), *titles]

    def clean_cost(self) -> Decimal | None:
        try:
            stored = stored_number(self.cleaned_data["cost"])
        except BadValue as error:
            raise forms.ValidationError(str(error)) from error
        cost = Decimal(stored) if stored else None
        if cost is not None and not 0 <= cost < 10**8:
            raise forms.ValidationError("Schrijf een bedrag tussen 0 en 99.999.999 euro.")
        return cost.quantize(Decimal("0.01")) if cost is not None else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts, due = cleaned.get("starts_on"), cleaned.get("due_on")
        if starts and due and due < starts:
            self.add_error("due_on", "Deze datum valt voor het begin. Kies een latere.")
        return cleaned

    def values(self) -> dict[str, Any]:
        found = super().values()
        del found["base"]
        return {**found, "section": self.sections.get(self.cleaned_data["section"])}
