"""Fields and validation of what people write in a plan."""

from actionplans.forms.actions import ActionForm, QuickActionForm
from actionplans.forms.answers import AnswerForm, answer_form, shown_text
from actionplans.forms.plans import CourseForm, RestoreForm, VisibilityForm
from actionplans.forms.tables import TableForm

__all__ = [
    "ActionForm",
    "AnswerForm",
    "CourseForm",
    "QuickActionForm",
    "RestoreForm",
    "TableForm",
    "VisibilityForm",
    "answer_form",
    "shown_text",
]
