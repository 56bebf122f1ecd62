from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

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
