"""Forms of the archive: fields and validation; the actions do the rest."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.db.models import QuerySet

from inspiration.models import (
    Appearance,
    Event,
    Photo,
    Presentation,
    ProgrammeItem,
    Speaker,
    TakedownRequest,
)
from inspiration.voices import Voice
from network import clock, formats
from network.forms import PlainForm, PlainModelForm, TimeOfDayField, choose_from, day_field
from network.forms.base import name_field
from network.models import Edition

END_FIRST = "Het einde komt na het begin."


def _moment(day: date, hour: time | None) -> datetime | None:
    return clock.at(day, hour.hour, hour.minute) if hour else None


class EventForm(PlainModelForm):
    """The facts of a day; what is not known stays empty."""

    day = day_field("Dag")
    begin = TimeOfDayField(label="Begint om", help_text="bv. 9.30")
    end = TimeOfDayField(label="Eindigt om", required=False)
    field_order = ["edition", "kind", "title", "day", "begin", "end"]

    class Meta:
        model = Event
        fields = ["edition", "kind", "title", "place", "address", "audience", "summary"]
        widgets = {"summary": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "title": "bv. Inspiratiedag",
            "summary": "Twee zinnen die zin geven om verder te kijken.",
        }

    def __init__(
        self, data: Any = None, *, editions: QuerySet[Edition], event: Event | None = None
    ) -> None:
        super().__init__(data, instance=event, initial=_hours_of(event))
        field = self.fields["edition"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = editions
        field.empty_label = None

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        begin, end = found.get("begin"), found.get("end")
        if begin and end and end <= begin:
            self.add_error("end", END_FIRST)
        return found

    def facts(self) -> dict[str, Any]:
        """What the actions take: moments instead of a day with hours."""
        found = dict(self.cleaned_data)
        day, begin, end = found.pop("day"), found.pop("begin"), found.pop("end")
        return found | {"starts_at": _moment(day, begin), "ends_at": _moment(day, end)}


def _hours_of(event: Event | None) -> dict[str, Any]:
    if event is None:
        return {}
    start = clock.local(event.starts_at)
    end = clock.local(event.ends_at).time() if event.ends_at else None
    return {"day": start.date(), "begin": start.time(), "end": end}


class ItemForm(PlainModelForm):
    """A part of the programme, with at most one speaker; more can be added as more parts."""

    begin = TimeOfDayField(label="Begint om", required=False, help_text="bv. 10.15")
    end = TimeOfDayField(label="Eindigt om", required=False)
    speaker: Any = forms.ModelChoiceField(
        label="Spreker die we al kennen", queryset=None, required=False, empty_label="—"
    )
    new_speaker = forms.CharField(label="Of een nieuwe naam", max_length=120, required=False)
    organisation = forms.CharField(label="Namens", max_length=120, required=False)
    role = forms.ChoiceField(label="Rol", choices=Appearance.Role.choices)

    class Meta:
        model = ProgrammeItem
        fields = ["kind", "title", "description", "room"]
        widgets = {"description": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, data: Any = None, *, event: Event, speakers: QuerySet[Speaker]) -> None:
        super().__init__(data)
        self.event = event
        choose_from(self, speaker=speakers)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        begin, end = found.get("begin"), found.get("end")
        if end and not begin:
            self.add_error("begin", "Zeg ook wanneer het begint.")
        elif begin and end and end <= begin:
            self.add_error("end", END_FIRST)
        return found

    def facts(self) -> dict[str, Any]:
        found = self.cleaned_data
        day = clock.local(self.event.starts_at).date()
        names = ("kind", "title", "description", "room")
        return {
            **{name: found[name] for name in names},
            "starts_at": _moment(day, found["begin"]),
            "ends_at": _moment(day, found["end"]),
            "voices": self._voices(),
        }

    def _voices(self) -> list[Voice]:
        found = self.cleaned_data
        if not found["speaker"] and not found["new_speaker"]:
            return []
        return [
            Voice(
                name=found["new_speaker"],
                speaker=found["speaker"],
                organisation=found["organisation"],
                role=found["role"],
            )
        ]


class PhotoForm(PlainModelForm):
    """The words of one photo; several stand in one page, each with its own prefix."""

    taken_on = day_field(
        "Genomen op",
        required=False,
        help_text="Klopt de dag niet? Verbeter ze, of maak ze leeg.",
    )

    class Meta:
        model = Photo
        fields = ["alt", "caption", "credit", "taken_on", "consent", "consent_note"]
        labels = {"alt": "Wat zie je?", "credit": "Fotograaf", "consent": "Wie staat erop?"}
        widgets = {"alt": forms.Textarea(attrs={"rows": 2})}

    def __init__(
        self, data: Any = None, *, photo: Photo, typed: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=_words_of(photo) | (typed or {}), prefix=photo.public_id)
        self.photo = photo
        # What somebody else saved since this page was opened, as sentences.
        self.told: list[str] = []

    def clean_taken_on(self) -> date | None:
        day: date | None = self.cleaned_data["taken_on"]
        came_in = clock.local(self.photo.file.created_at).date()
        if day and day > came_in:
            raise forms.ValidationError(
                f"De foto kwam binnen op {formats.date_plain(came_in)}: een latere dag kan niet."
            )
        return day

    @property
    def seen(self) -> dict[str, str]:
        """What stood on the page that was sent, by field; empty for a page of release 1.0.0."""
        names = ((name, self.add_initial_prefix(name)) for name in self.fields)
        return {name: self.data[key] for name, key in names if key in self.data}

    @property
    def seen_inputs(self) -> list[tuple[str, str]]:
        """The same for the page to send along."""
        seen = self.seen if self.is_bound else _words_of(self.photo)
        # Days as the form sends them, not in words.
        texts = {name: "" if value is None else str(value) for name, value in seen.items()}
        return [(self.add_initial_prefix(name), text) for name, text in texts.items()]

    @property
    def typed(self) -> dict[str, Any]:
        """What was changed on that page; all it sent where the page does not say what stood."""
        seen = self.seen
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if self.add_prefix(name) in self.data
            and (name not in seen or not Photo.same_words(seen[name], value))
        }


def _words_of(photo: Photo) -> dict[str, Any]:
    # Not as instance: validation would write on the photo, and the action compares with it.
    return {name: getattr(photo, name) for name in PhotoForm.Meta.fields}


class CreditForm(PlainForm):
    """The same photographer for all photos without one."""

    credit = forms.CharField(label="Fotograaf van alle foto’s zonder naam", max_length=120)
    is_crowd = forms.BooleanField(
        label="Op de foto’s die nog niet bekeken zijn, staat niemand in het bijzonder",
        required=False,
    )


class PresentationForm(PlainModelForm):
    has_permission = forms.BooleanField(
        label="De maker vindt het goed dat we deze presentatie tonen", required=False
    )

    class Meta:
        model = Presentation
        fields = ["title", "item", "summary", "credit", "licence"]
        widgets = {"summary": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "title": "Hoogstens 160 tekens.",
            "summary": "Hoogstens 300 tekens.",
            "credit": "De naam zoals ze onder de presentatie komt; hoogstens 120 tekens.",
        }

    def __init__(self, data: Any = None, *, presentation: Presentation) -> None:
        given = {"has_permission": presentation.permission_at is not None}
        words = {name: getattr(presentation, name) for name in self.Meta.fields}
        super().__init__(data, initial=words | given)
        field = self.fields["item"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = presentation.event.items.all()
        field.empty_label = "Geen"


class TakedownForm(PlainForm):
    """All of it may stay empty: who asks need not explain."""

    reason = forms.CharField(
        label="Wil je zeggen waarom?",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    name = name_field("Je naam", required=False)
    email = forms.EmailField(
        label="Je e-mailadres",
        required=False,
        help_text="Dan laten we je weten wat we beslisten.",
    )


class DecisionForm(PlainForm):
    decision = forms.ChoiceField(
        label="Wat doen we?",
        choices=[
            (TakedownRequest.Decision.REMOVED, "De foto blijft weg; we wissen ze"),
            (TakedownRequest.Decision.RESTORED, "De foto mag op de site staan"),
        ],
        widget=forms.RadioSelect,
    )
