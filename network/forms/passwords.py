"""allauth's forms to choose a password, with our words and no label twice."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, ResetPasswordKeyForm, SetPasswordForm
from django import forms

TWICE = "Je typte twee keer iets anders. Typ hetzelfde wachtwoord in de twee vakken."
LABELS = {
    "oldpassword": "Je wachtwoord van nu",
    "password1": "Je nieuwe wachtwoord",
    "password2": "Nog eens je nieuwe wachtwoord",
}


class OurWords(forms.BaseForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS[name]
            field.widget.attrs.pop("placeholder", None)

    def add_error(self, field: str | None, error: Any) -> None:
        """Of the second field allauth says one thing only, besides that it is empty."""
        if field == "password2" and not isinstance(error, forms.ValidationError):
            error = TWICE
        super().add_error(field, error)


class SetPassword(OurWords, SetPasswordForm):
    pass


class ChangePassword(OurWords, ChangePasswordForm):
    pass


class ResetPassword(OurWords, ResetPasswordKeyForm):
    pass
