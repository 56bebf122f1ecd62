"""One answer: a text, a number or a choice. Tables have a form of their own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from actionplans.forms.tables import TableForm
from actionplans.forms.values import BadValue, stored_number
from actionplans.models import Answer, Question
from actionplans.saving import Row, shown_number, too_many_lines
from network.forms import BaseRevisionField, PlainForm

LONGEST_PROSE = 100_000
FEW = 7


class NumberText(forms.CharField):
    """A number in Dutch notation, kept as plain digits with a dot."""

    def __init__(self, *, lowest: int, highest: int | None, **options: Any) -> None:
        self.lowest, self.highest = lowest, highest
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        try:
            stored = stored_number(super().clean(value))
        except BadValue as error:
            raise forms.ValidationError(str(error)) from error
        if stored and float(stored) < self.lowest:
            raise forms.ValidationError(f"Dit is minder dan {shown_number(str(self.lowest))}.")
        if stored and self.highest is not None and float(stored) > self.highest:
            raise forms.ValidationError(f"Dit is meer dan {shown_number(str(self.highest))}.")
        return stored


class AnswerForm(PlainForm):
    """`base` is the revision that the writer saw; `client` names the browser tab."""

    base = BaseRevisionField()
    client = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(
        self, data: QueryDict | None, *, question: Question, answer: Answer | None
    ) -> None:
        self.question = question
        self.answer = answer
        text = shown_text(question, answer.text) if answer else ""
        base = answer.revision if answer else 0
        super().__init__(
            data, initial={"text": text, "base": base}, auto_id=f"vraag-{question.key}-%s"
        )
        self.fields["text"] = _field(question)

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if sentence := too_many_lines(text):
            raise forms.ValidationError(sentence)
        return text

    @property
    def text_field(self) -> forms.BoundField:
        """The field of the answer: `text` is what was typed in it."""
        return self["text"]

    @property
    def rows(self) -> list[Row]:
        return []

    @property
    def text(self) -> str:
        return self.cleaned_data["text"]

    @property
    def base_revision(self) -> int:
        return self.cleaned_data["base"]

    @property
    def client_name(self) -> str:
        return self.cleaned_data["client"]


def answer_form(
    question: Question, answer: Answer | None, data: QueryDict | None = None
) -> AnswerForm | TableForm:
    """The form that fits the question, filled with what stands or with what was sent."""
    if question.is_table:
        return TableForm(data, question=question, answer=answer)
    return AnswerForm(data, question=question, answer=answer)


def shown_text(question: Question, stored: str) -> str:
    """What stands in the field of an answer."""
    return shown_number(stored) if question.kind == Question.Kind.NUMBER else stored


def _field(question: Question) -> forms.Field:
    texts: dict[str, Any] = {
        "label": question.label,
        "help_text": question.help,
        "required": False,
    }
    if question.kind == Question.Kind.NUMBER:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        return NumberText(
            lowest=question.lowest, highest=question.highest, max_length=40, widget=widget, **texts
        )
    if question.kind == Question.Kind.CHOICE:
        return _choice(question, texts)
    is_prose = question.kind == Question.Kind.PROSE
    widget_class = forms.Textarea if is_prose else forms.TextInput
    rows = {"rows": 4 if question.max_length else 8} if is_prose else {}
    return forms.CharField(
        strip=False,
        max_length=question.max_length or LONGEST_PROSE,
        widget=widget_class(attrs={"autocomplete": "off", **rows}),
        **texts,
    )


def _choice(question: Question, texts: dict[str, Any]) -> forms.Field:
    if len(question.options) <= FEW:
        return forms.ChoiceField(choices=question.options, widget=forms.RadioSelect, **texts)
    return forms.ChoiceField(choices=[("", "Kies …"), *question.options], **texts)
