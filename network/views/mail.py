from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from network import access, actions, forms
from network.views.answers import see_other


# Mail programs post the one-click header without a form of ours; the token is the right.
@csrf_exempt
@login_not_required
def mail_preferences(request: HttpRequest, token: str) -> HttpResponse:
    """Which mails a person wants, without signing in. GET changes nothing."""
    person = access.person_by_mail_token_or_404(token)
    if request.POST.get("List-Unsubscribe") == "One-Click":
        actions.choose_mails(person=person, muted=list(forms.MailPreferences.CATEGORIES))
        return HttpResponse("Uitgeschreven.", content_type="text/plain; charset=utf-8")
    form = forms.MailPreferences(request.POST or None, person=person)
    if form.is_valid():
        actions.choose_mails(person=person, muted=form.muted())
        return see_other(reverse("network:mail-preferences", args=[token]) + "?bewaard")
    context = {"form": form, "person": person, "saved": "bewaard" in request.GET}
    return TemplateResponse(
        request, "network/mail_preferences.html", context, status=422 if form.errors else 200
    )
