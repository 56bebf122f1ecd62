from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.http import QueryDict

from network import clock, quiet
from network.forms import PlainForm, PostcodeField, TimeOfDayField, day_field
from sessions.models import Attendance, Place, ReminderRule, WorkSession


def _theme() -> forms.CharField:
    return forms.CharField(label="Thema", max_length=120)


def _directions(help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label="Hoe kom je er", max_length=300, required=False, help_text=help_text
    )


def _prepare(help_text: str) -> forms.CharField:
    rows = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(
        label="Wat breng je mee",
        max_length=2000,
        required=False,
        widget=rows,
        help_text=help_text,
    )


class WhenAndWhere(PlainForm):
    """Moment and place: what a move changes."""

    day = day_field("Dag")
    begin = TimeOfDayField(label="Begin", help_text="Bijvoorbeeld 13.30.")
    end = TimeOfDayField(label="Einde")
    place_name = forms.CharField(label="Zaal of gebouw", max_length=120)
    street = forms.CharField(label="Straat en nummer", max_length=120, required=False)
    postcode = PostcodeField()
    municipality = forms.CharField(label="Dorp of gemeente", max_length=80)
    directions = _directions("Bijvoorbeeld: trein naar Leuven, dan 12 minuten stappen.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"day", "begin", "end"} <= cleaned.keys():
            cleaned["starts_at"] = _moment(cleaned["day"], cleaned["begin"])
            cleaned["ends_at"] = _moment(cleaned["day"], cleaned["end"])
            self._check_moment(cleaned["starts_at"], cleaned["ends_at"])
        return cleaned

    def _check_moment(self, starts_at: datetime, ends_at: datetime) -> None:
        if ends_at <= starts_at:
            self.add_error("end", "Het einde ligt niet na het begin.")
        elif starts_at <= clock.now():
            self.add_error("day", "Dat moment is al voorbij. Kies een moment dat nog komt.")

    def place(self) -> Place:
        names = ("place_name", "municipality", "street", "postcode", "directions")
        return Place(**{name: self.cleaned_data[name] for name in names})


def _moment(day: date, at: time) -> datetime:
    return clock.at(day, at.hour, at.minute)


class Plan(WhenAndWhere):
    """A session that nobody knows of yet."""

    number = forms.TypedChoiceField(label="Welke werksessie", coerce=int)
    theme = _theme()
    prepare = _prepare("Eén ding per regel. Dit staat in de mails en op de site.")
    field_order = ["number", "theme"]

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        numbers: list[int],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        field = self.fields["number"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(number, f"Werksessie {number}") for number in numbers]


class Texts(PlainForm):
    """The words of an announced session; changing them mails nobody."""

    theme = _theme()
    directions = _directions()
    prepare = _prepare("Eén ding per regel.")


def initial_of(session: WorkSession) -> dict[str, Any]:
    """What the forms above show of a session."""
    begin, end = clock.local(session.starts_at), clock.local(session.ends_at)
    names = ("number", "theme", "prepare", "place_name", "street", "postcode", "municipality")
    shown = {name: getattr(session, name) for name in (*names, "directions")}
    return {**shown, "day": begin.date(), "begin": begin.time(), "end": end.time()}


class Answer(PlainForm):
    answer = forms.ChoiceField(
        label="Kom je?",
        choices=Attendance.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een antwoord."},
    )


class AnswerFor(PlainForm):
    """The coordinator notes what somebody said on the phone: "12:yes". Every button of a long list
    belongs to one form, which keeps a page of 900 people light."""

    note = forms.RegexField(r"^[0-9]{1,15}:(yes|maybe|no)$")

    def person_and_answer(self) -> tuple[int, str]:
        person, _, answer = self.cleaned_data["note"].partition(":")
        return int(person), answer


class Rule(PlainForm):
    is_on = forms.BooleanField(label="Deze mail gaat de deur uit", required=False)
    days = forms.IntegerField(
        min_value=0,
        max_value=120,
        error_messages={
            "min_value": "Een aantal dagen kan niet onder nul.",
            "max_value": "Kies hoogstens 120 dagen.",
            "invalid": "Schrijf een aantal dagen, bijvoorbeeld 7.",
        },
    )
    at = TimeOfDayField(label="Uur", help_text="Tussen 7.00 en 22.00 uur.")
    audience = forms.ChoiceField(label="Aan wie", choices=ReminderRule.Audience.choices)

    def __init__(self, data: QueryDict | None = None, *, rule: ReminderRule) -> None:
        names = ("is_on", "days", "at", "audience")
        initial = {name: getattr(rule, name) for name in names}
        super().__init__(data, initial=initial, prefix=rule.key)
        when = "na" if rule.moment == ReminderRule.Moment.AFTER else "voor"
        self.fields["days"].label = f"Hoeveel dagen {when} de werksessie"

    def clean_at(self) -> time:
        at: time = self.cleaned_data["at"]
        if not quiet.UNTIL <= at < quiet.FROM:
            raise forms.ValidationError("Tussen 22.00 en 7.00 uur vertrekt er geen mail.")
        return at
