"""Inviting several people at once: one result for each pasted line."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from network import access, actions, addresses, formats, forms
from network.addresses import Line
from network.models import Person, Village
from network.views.answers import form_page, posted, see_other

# What became of the last lines, for the page after the redirect.
SESSION_KEY = "pasted"
SENT = "uitgenodigd"


@dataclass(frozen=True)
class Result:
    text: str
    outcome: str
    good: bool
    wrong: bool = False  # to be mended and sent again


def village_invite_many(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    village = access.led_village_or_404(request.user, edition, slug)
    form = forms.PastedGuests(posted(request))
    results = request.session.pop(SESSION_KEY, [])
    if form.is_valid():
        results = _invite_all(form, village, access.person_of(request))
        if not any(result.wrong for result in results):
            return _all_well(request, edition, slug, results)
        form = _only_wrong_lines(form, results)
    return form_page(
        request, "network/village_invite_many.html", form, village=village, results=results
    )


def _invite_all(form: forms.PastedGuests, village: Village, by: Person) -> list[Result]:
    role = form.cleaned_data["role"]
    return [_invite_one(line, village, role, by) for line in form.cleaned_data["text"]]


def _invite_one(line: Line, village: Village, role: str, by: Person) -> Result:
    """Nobody is left out because of somebody else's line."""
    if line.problem:
        return Result(line.text, line.problem, good=False, wrong=line.problem != addresses.DOUBLE)
    try:
        guest = addresses.Guest(line.name, line.email)
        actions.invite_member(guest=guest, village=village, role=role, by=by)
    except actions.TooManyToday as refusal:
        return Result(line.text, str(refusal), good=False, wrong=True)  # it stays in the form
    except actions.Refused as refusal:
        return Result(line.text, str(refusal), good=False)
    return Result(line.text, SENT, good=True)


def _all_well(request: HttpRequest, edition: str, slug: str, results: list[Result]) -> HttpResponse:
    count = sum(result.good for result in results)
    words = formats.plural(count, "uitnodiging vertrekt", "uitnodigingen vertrekken")
    messages.success(request, f"{words}.")
    request.session[SESSION_KEY] = [asdict(result) for result in results]
    return see_other(reverse("network:village-invite-many", args=[edition, slug]))


def _only_wrong_lines(form: forms.PastedGuests, results: list[Result]) -> forms.PastedGuests:
    """The same form with what must still be mended; the others have their invitation."""
    wrong = "\n".join(result.text for result in results if result.wrong)
    again = forms.PastedGuests({"text": wrong, "role": form.cleaned_data["role"]})
    again.add_error("text", "Kijk deze lijnen nog even na. De andere zijn in orde.")
    return again
