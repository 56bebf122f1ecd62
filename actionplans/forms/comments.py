from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from actionplans import access, anchors, saving
from actionplans.anchors import Anchor
from actionplans.models import Answer, AnswerRevision, Comment
from network.forms import PlainForm
from network.models import Person

LONGEST = 3000

LOST_WORDS = (
    "Deze woorden vinden we niet meer terug in de tekst. Verstuur je het zo, dan hangt je "
    "opmerking aan het hele antwoord."
)


class Words(forms.CharField):
    """A text in its normal form: signs that nobody sees are no words."""

    def to_python(self, value: Any) -> str:
        return saving.normal(super().to_python(value) or "")


def _body(label: str, *, rows: int = 5) -> Words:
    return Words(
        label=label,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": "Schrijf eerst iets.",
            "max_length": f"Hou het bij hoogstens {LONGEST} tekens.",
        },
    )


class DraftForm(PlainForm):
    """A coach's comment, before it leaves."""

    kind = forms.ChoiceField(
        label="Soort",
        choices=Comment.Kind.choices,
        initial=Comment.Kind.QUESTION,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat het is."},
    )
    body = _body("Je opmerking")


class CommentForm(DraftForm):
    """The same with the words it is about: code points in one version of the answer."""

    revision = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None,
        *,
        coach: Person,
        answer: Answer | None,
        words: dict[str, str] | None = None,
    ) -> None:
        super().__init__(data, initial=words)
        self.coach = coach
        self.answer = answer
        self.version: AnswerRevision | None = None
        self.anchor: Anchor | None = None
        if not self.is_bound:
            self._find(**{key: _number(value) for key, value in (words or {}).items()})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        given = {key: cleaned.get(key) for key in ("revision", "start", "end")}
        if any(self.data.get(key) for key in given) and not self._find(**given):
            # What is sent next is about the whole answer, as the sentence says.
            kept = {name: self.data.get(name, "") for name in ("kind", "body")}
            self.data = kept
            self.add_error(None, LOST_WORDS)
        return cleaned

    def _find(
        self, revision: int | None = None, start: int | None = None, end: int | None = None
    ) -> bool:
        found = access.revision_of(self.coach, self.answer, revision or 0)
        anchor = Anchor(start or 0, end or 0)
        if found is None or not anchors.fits(anchor, saving.text_of(found)):
            return False
        self.version, self.anchor = found, anchor
        return True

    @property
    def quote(self) -> str:
        """The words as they stood in that version."""
        if self.anchor is None:
            return ""
        return anchors.quote(self.anchor, saving.text_of(self.version))


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


class ReplyForm(PlainForm):
    """The village's answer; it is read at once."""

    body = _body("Jullie antwoord", rows=4)


class CoachReplyForm(PlainForm):
    """A coach's next word, kept as a draft."""

    body = _body("Je antwoord", rows=4)


class DeclineForm(PlainForm):
    reason = Words(
        label="Waarom niet?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Vertel kort waarom, dan begrijpt je coach het.",
            "max_length": "Hou het bij hoogstens 500 tekens.",
        },
    )
