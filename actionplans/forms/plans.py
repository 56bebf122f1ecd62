from __future__ import annotations

from typing import Any

from django import forms

from actionplans.models import ActionPlan, PlanSection
from network.forms import BaseRevisionField, PlainForm


class VisibilityForm(PlainForm):
    visibility = forms.ChoiceField(
        label="Wie leest mee?", choices=PlanSection.Visibility.choices, widget=forms.RadioSelect
    )


class CourseForm(PlainForm):
    """Pausing and stopping ask why; going on does not."""

    course = forms.ChoiceField(choices=ActionPlan.Course.choices, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Waarom?",
        help_text="Kort is goed. Jullie coaches en de coördinator lezen dit.",
        required=False,
        max_length=300,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        is_running = cleaned.get("course") == ActionPlan.Course.RUNNING
        if not is_running and not cleaned.get("reason", "").strip():
            self.add_error("reason", "Zet er in enkele woorden bij waarom.")
        return cleaned


class RestoreForm(PlainForm):
    """Which version comes back, and which one the reader saw as the current one."""

    revision = forms.IntegerField(min_value=1, max_value=10**15, widget=forms.HiddenInput)
    base = BaseRevisionField()
