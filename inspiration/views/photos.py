"""The gate of the photos: describe, credit, publish; and what somebody asked to take away."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods, require_POST

from inspiration import access, actions, pictures
from inspiration.forms import CreditForm, DecisionForm, PhotoForm
from inspiration.models import Event, Photo
from inspiration.views.events import keep_url
from network import access as ground
from network import formats
from network.models import StoredFile
from network.refusal import Refused
from network.views.answers import done, form_page, posted, see_other

PHOTOS_A_PAGE = 24
CARD_SIZES = "(min-width: 60rem) 22rem, 94vw"


def gate_url(event: Event, request: HttpRequest | None = None) -> str:
    """The gate page, at the page of the list where the coordinator was."""
    number = request.GET.get("pagina", "") if request else ""
    url = reverse("inspiration:photos", args=[event.slug])
    return f"{url}?pagina={number}" if number.isdigit() else url


@require_http_methods(["GET", "POST"])
def photos(request: HttpRequest, event: str) -> HttpResponse:
    """The words of a page of photos, saved together."""
    found = access.coordinated_event_or_404(request.user, event)
    kept = access.kept_photos_of(found)
    page = Paginator(kept, PHOTOS_A_PAGE).get_page(request.GET.get("pagina"))
    shown = _sent_photos(request, found) or page.object_list
    forms = [PhotoForm(posted(request), photo=photo) for photo in shown]
    wrong = [form for form in forms if not form.is_valid()]  # all of them, for all the mistakes
    status = 422 if wrong and request.method == "POST" else 200
    if request.method == "POST" and not wrong:
        forms = _save_words(request, forms)
        if not any(form.told for form in forms):
            messages.success(request, "Bewaard.")
            return see_other(gate_url(found, request))
        status = 409
    context = {
        "event": found,
        "page": page,
        "cards": [(form, _card_picture(form.photo, found)) for form in forms],
        "credit": CreditForm(),
        "work": access.work_of(found),
        "is_kept_back": status == 409,
    }
    return TemplateResponse(request, "inspiration/photos.html", context, status=status)


def _sent_photos(request: HttpRequest, event: Event) -> list[Photo]:
    """The photos that were on the page when it was sent: the order may have changed since."""
    sent = [key.removesuffix("-consent") for key in request.POST if key.endswith("-consent")]
    return list(access.kept_photos_of(event).filter(public_id__in=sent)) if sent else []


def _save_words(request: HttpRequest, forms: list[PhotoForm]) -> list[PhotoForm]:
    """Saves what was changed; gives the forms as they stand now, with what was kept back."""
    person, kept = ground.person_of(request), {}
    for form in forms:
        if form.typed:
            kept[form.photo.pk] = actions.describe_photo(
                photo=form.photo, by=person, seen=form.seen, **form.typed
            )
    if not any(kept.values()):
        return forms
    return [_as_it_stands(form, kept.get(form.photo.pk, {})) for form in forms]


def _as_it_stands(form: PhotoForm, kept: dict[str, Any]) -> PhotoForm:
    """After a save from an old page. Her words stand in their fields again; of the consent the
    one that was saved, so that pressing once more does not loosen it."""
    form.photo.refresh_from_db(fields=list(form.fields) + ["state"])
    words = {name: form.typed[name] for name in kept if name != "consent"}
    shown = PhotoForm(None, photo=form.photo, typed=words)
    shown.told = [_told(shown, name, stands) for name, stands in kept.items()]
    return shown


def _told(form: PhotoForm, name: str, stands: Any) -> str:
    label = form[name].label
    if name == "consent":
        stands = Photo.Consent(stands).label
        return (
            f"“{label}” veranderde intussen in “{stands}”. Dat blijft zo. Kijk de foto nog eens na."
        )
    if isinstance(stands, date):
        stands = formats.date_plain(stands)
    words = f"“{stands}”" if stands else "leeg"
    return f"“{label}” is intussen {words}. Bewaar opnieuw als jouw tekst in de plaats mag komen."


def _save_what_is_right(request: HttpRequest, event: Event) -> None:
    """For a button within the page of words: what was typed beside it is not lost."""
    forms = [PhotoForm(request.POST, photo=photo) for photo in _sent_photos(request, event)]
    for form in _save_words(request, [form for form in forms if form.is_valid()]):
        for sentence in form.told:
            messages.error(request, sentence)


def _card_picture(photo: Photo, event: Event) -> SafeString:
    if not photo.widths and photo.file.state == StoredFile.State.FAILED:
        return format_html(
            '<p class="no-slide">Deze foto kregen we niet verwerkt. '
            '<a href="{}#toevoegen">Probeer het opnieuw</a>.</p>',
            keep_url(event),
        )
    if not photo.widths:
        return mark_safe('<p class="no-slide">Deze foto wordt nog verwerkt.</p>')
    return pictures.photo_picture(photo, sizes=CARD_SIZES, draft=True)


@require_POST
def photos_credit(request: HttpRequest, event: str) -> HttpResponse:
    found = access.coordinated_event_or_404(request.user, event)
    form = CreditForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Schrijf eerst de naam van de fotograaf.")
        return see_other(gate_url(found))
    crowd = Photo.Consent.NOT_NEEDED if form.cleaned_data["is_crowd"] else ""
    actions.credit_photos(
        event=found,
        by=ground.person_of(request),
        credit=form.cleaned_data["credit"],
        consent=crowd,
    )
    messages.success(request, "Ingevuld waar het nog openstond.")
    return see_other(gate_url(found))


@require_POST
def photos_publish(request: HttpRequest, event: str) -> HttpResponse:
    found = access.coordinated_event_or_404(request.user, event)
    count = actions.publish_photos(event=found, by=ground.person_of(request))
    words = formats.plural(count, "foto staat", "foto’s staan")
    messages.success(request, f"{words} nu in het album." if count else "Er was nog niets klaar.")
    return see_other(gate_url(found))


@require_POST
def photos_order(request: HttpRequest, event: str) -> HttpResponse:
    found = access.coordinated_event_or_404(request.user, event)
    actions.order_by_time(event=found, by=ground.person_of(request))
    messages.success(request, "De foto’s staan op volgorde van tijd.")
    return see_other(gate_url(found))


@require_POST
def photo_withdraw(request: HttpRequest, event: str, photo: str) -> HttpResponse:
    found = access.coordinated_event_or_404(request.user, event)
    row = access.photo_of_event_or_404(found, photo)
    actions.withdraw_photo(photo=row, by=ground.person_of(request))
    _save_what_is_right(request, found)
    messages.success(request, "De foto is van de site.")
    return see_other(gate_url(found))


@require_POST
def photo_restore(request: HttpRequest, event: str, photo: str) -> HttpResponse:
    found = access.coordinated_event_or_404(request.user, event)
    row = access.photo_of_event_or_404(found, photo)
    _save_what_is_right(request, found)
    try:
        actions.restore_photo(photo=row, by=ground.person_of(request))
        messages.success(request, "De foto staat terug op de site.")
    except Refused as reason:
        messages.error(request, str(reason))
    return see_other(gate_url(found))


@require_http_methods(["GET", "POST"])
def takedown(request: HttpRequest, event: str, photo: str) -> HttpResponse:
    found = access.coordinated_event_or_404(request.user, event)
    row = access.open_takedown_or_404(found, photo)
    form = DecisionForm(posted(request))

    def decide() -> None:
        decision = form.cleaned_data["decision"]
        actions.decide_takedown(request=row, by=ground.person_of(request), decision=decision)

    if done(form, decide):
        messages.success(request, "Beslist. Dank je wel.")
        return see_other(keep_url(found))
    context = {"event": found, "takedown": row, "picture": _card_picture(row.photo, found)}
    return form_page(request, "inspiration/takedown.html", form, **context)
