"""allauth's names at Dutch addresses, with its own views where they do."""

from allauth.account import views
from django.urls import path, re_path, reverse_lazy
from django.views.generic import RedirectView

from network import proof
from network.views import signing_in

TO_PROFILE = RedirectView.as_view(url=reverse_lazy("network:profile"))

urlpatterns = [
    path("aanmelden/", signing_in.AskCode.as_view(), name="account_request_login_code"),
    path("aanmelden/code/", signing_in.give_code, name="account_confirm_login_code"),
    path("aanmelden/wachtwoord/", views.login, name="account_login"),
    path("afmelden/", views.logout, name="account_logout"),
    path("account/nieuw/", views.signup, name="account_signup"),
    path("account/opnieuw/", signing_in.fresh_code, name="account_reauthenticate"),
    path("account/niet-actief/", views.account_inactive, name="account_inactive"),
    path(
        "account/wachtwoord/",
        proof.asked_first(views.password_change),
        name="account_change_password",
    ),
    path(
        "account/wachtwoord/kiezen/",
        proof.asked_first(views.password_set),
        name="account_set_password",
    ),
    path("account/wachtwoord/vergeten/", views.password_reset, name="account_reset_password"),
    path(
        "account/wachtwoord/vergeten/verstuurd/",
        views.password_reset_done,
        name="account_reset_password_done",
    ),
    # A key holds dashes of its own: the user's part ends at the first one.
    re_path(
        r"^account/wachtwoord/vergeten/(?P<uidb36>[0-9A-Za-z]{1,13})-(?P<key>[-0-9A-Za-z]{1,100})/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "account/wachtwoord/vergeten/klaar/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    # One address a person, changed by nobody unasked: what allauth's own code links to is here.
    path("account/e-mail/", TO_PROFILE, name="account_email"),
    path("account/e-mail/nakijken/", TO_PROFILE, name="account_email_verification_sent"),
    path("account/e-mail/<token:key>/", TO_PROFILE, name="account_confirm_email"),
]
