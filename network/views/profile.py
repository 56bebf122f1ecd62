from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.urls import reverse
from django.views.decorators.http import require_POST

from network import access, actions, forms
from network.emails import unsubscribe_path
from network.views.answers import done, form_page, posted, see_other


def profile(request: HttpRequest) -> HttpResponse:
    """What a person says about themself, with the ways to their password and their mails."""
    person = access.person_of(request)
    form = forms.Profile(posted(request), person=person)
    if done(form, lambda: actions.change_profile(person=person, **form.cleaned_data)):
        messages.success(request, "Bewaard.")
        return see_other(reverse("network:profile"))
    return form_page(
        request, "network/profile.html", form, person=person, mails_link=unsubscribe_path(person.pk)
    )


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """ "Meld overal af": this browser too, so that she sees that it worked."""
    actions.sign_out_everywhere(user=access.person_of(request).user)
    logout(request)
    messages.success(request, "Je bent nu overal afgemeld.")
    return see_other(resolve_url(settings.LOGOUT_REDIRECT_URL))
