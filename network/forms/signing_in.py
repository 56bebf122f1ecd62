"""Asking for a code, and typing it over."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import RequestLoginCodeForm
from allauth.account.internal.userkit import filter_users_by_email
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from django import forms
from django.http import HttpRequest

from network import browsers
from network.forms.base import PlainForm


class AskCode(RequestLoginCodeForm):
    """allauth's form; a browser that signed in with this address before has its own limit."""

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        browser = browsers.name_for(self.request, email)
        if not ratelimit.consume(
            self.request,
            action="request_login_code_again" if browser else "request_login_code",
            key=f"{email.lower()} {browser}".strip(),
        ):
            raise ImmediateHttpResponse(ratelimit.respond_429(self.request))
        users = filter_users_by_email(email, is_active=True, prefer_verified=True, for_login=True)
        self._user = users[0] if users else None
        return email


class GiveCode(PlainForm):
    code = forms.CharField(
        label="Code",
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}
        ),
    )
