"""allauth's own door: no sign-up without an invitation, its mails through the ledger."""

from __future__ import annotations

import hashlib
import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from network import browsers, clock, emails, mail
from network.models import User

# allauth's template prefix -> ours, and the context keys our template needs.
MAILS = {
    "account/email/login_code": ("login_code", ("code",)),
    "account/email/password_reset_key": ("password_reset", ("password_reset_url",)),
    "account/email/unknown_account": ("unknown_account", ()),
    "account/email/password_changed": ("password_changed", ()),
    "account/email/password_set": ("password_changed", ()),
    "account/email/password_reset": ("password_changed", ()),
}


def _key(template: str, email: str) -> str:
    """Each mail is its own, but somebody whom we do not know hears it once a day: anyone can ask
    for it in their name."""
    if template != "unknown_account":
        return f"account:{uuid.uuid4()}"
    address = hashlib.sha256(email.lower().encode()).hexdigest()
    return f"account:{template}:{address}:{clock.today()}"


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": (
            "Dat wachtwoord en dat adres horen niet bij elkaar. Kijk ze nog eens na, of laat je"
            " een code mailen."
        ),
        "enter_current_password": "Dat is niet je wachtwoord van nu. Kijk het nog eens na.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """An account comes with an invitation; the closed page points to the contact."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back where she came from: allauth's own page would ask for another code."""
        return reverse("network:profile")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Under SITE_URL, as every link in a mail: the host of a request is its sender's choice."""
        user, _, token = key.partition("-")
        return emails.link("account_reset_password_from_key", uidb36=user, key=token)

    def post_login(
        self, request: HttpRequest, user: User, *, email: str | None, **rest: Any
    ) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, email=email, **rest)
        browsers.remember(request, response, user.email)
        return response

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Too many wrong passwords: the page with the phone number."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            raise ImmediateHttpResponse(respond_429(request)) from error

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Strangers who guess do not lock out the browser that signed in here before."""
        key: str = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key} {browsers.name_for(request, credentials.get('email', ''))}".strip()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        template, keys = MAILS[template_prefix]
        user = context.get("user")
        person = user.person if isinstance(user, User) else None
        secret = {key: str(context[key]) for key in keys if key in context}
        if person:
            secret["first_name"] = person.first_name
        mail.post(
            kind="account",
            key=_key(template, email),
            person=person,
            address=email,
            refs={"template": template},
            secret=secret,
        )

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """After a change of the password; allauth's other notifications stay home."""
        if template_prefix in MAILS:
            self.send_mail(template_prefix, email or user.email, {"user": user})
