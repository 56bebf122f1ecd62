"""The coordinator keeps an event: facts, programme, files in, publish."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from inspiration import access, actions, uploads
from inspiration.forms import EventForm, ItemForm
from inspiration.models import Event
from network import access as ground
from network import files, formats
from network.confined import ChildDied
from network.full import DiskFull
from network.models import Person
from network.refusal import Refused
from network.views.answers import form_page, posted, see_other

NOT_JUDGED = "“{}” konden we nu niet nakijken. Probeer het over een paar minuten opnieuw."


def keep_url(event: Event) -> str:
    return reverse("inspiration:event-keep", args=[event.slug])


@require_GET
def coordination(request: HttpRequest) -> HttpResponse:
    events = access.coordinated_events_or_404(request.user)
    return TemplateResponse(request, "inspiration/coordination.html", {"events": events})


@require_http_methods(["GET", "POST"])
def event_add(request: HttpRequest) -> HttpResponse:
    form = EventForm(posted(request), editions=access.coordinated_editions_or_404(request.user))
    if form.is_valid():
        event = actions.add_event(by=ground.person_of(request), **form.facts())
        return see_other(keep_url(event))
    return form_page(request, "inspiration/event_add.html", form)


@require_http_methods(["GET", "POST"])
def event_edit(request: HttpRequest, event: str) -> HttpResponse:
    found = access.coordinated_event_or_404(request.user, event)
    editions = access.coordinated_editions_or_404(request.user)
    form = EventForm(posted(request), editions=editions, event=found)
    if form.is_valid():
        actions.change_event(event=found, by=ground.person_of(request), **form.facts())
        messages.success(request, "Bewaard.")
        return see_other(keep_url(found))
    return form_page(request, "inspiration/event_edit.html", form, event=found)


@require_GET
def event_keep(request: HttpRequest, event: str) -> HttpResponse:
    """The work page of one event: its next step, files in, what waits."""
    found = access.coordinated_event_or_404(request.user, event)
    context = {
        "event": found,
        "person": ground.person_of(request),
        "work": access.work_of(found),
        "limits": uploads.LIMITS,
        "presentations": access.all_presentations_of(found),
        "takedowns": access.open_takedowns(found),
    }
    return TemplateResponse(request, "inspiration/event_keep.html", context)


@require_POST
def event_publish(request: HttpRequest, event: str) -> HttpResponse:
    found = access.coordinated_event_or_404(request.user, event)
    actions.publish_event(event=found, by=ground.person_of(request))
    messages.success(request, f"“{found.title}” staat op de site.")
    return see_other(keep_url(found))


@require_http_methods(["GET", "POST"])
def programme(request: HttpRequest, event: str) -> HttpResponse:
    found = access.coordinated_event_or_404(request.user, event)
    form = ItemForm(posted(request), event=found, speakers=access.speakers())
    if form.is_valid():
        actions.add_item(event=found, by=ground.person_of(request), **form.facts())
        return see_other(reverse("inspiration:programme", args=[found.slug]))
    items = access.programme_of(found)
    return form_page(request, "inspiration/programme.html", form, event=found, items=items)


@require_POST
def item_remove(request: HttpRequest, event: str, item: int) -> HttpResponse:
    found = access.coordinated_event_or_404(request.user, event)
    row = access.item_of_event_or_404(found, item)
    actions.remove_item(item=row, by=ground.person_of(request))
    return see_other(reverse("inspiration:programme", args=[found.slug]))


@require_POST
def upload(request: HttpRequest, event: str) -> HttpResponse:
    """Files for the archive: one at a time by script (answers a line for the list), or many at
    once from a plain form. A refused file is refused alone."""
    found = access.coordinated_event_or_404(request.user, event)
    person = ground.person_of(request)
    sent = request.FILES.getlist("bestand")
    if request.headers.get("X-Requested-With") == "fetch":
        return _take_one(request, found, sent[0] if sent else None, person)
    taken = 0
    for upload in sent:
        try:
            actions.add_file(event=found, upload=upload, by=person)
            taken += 1
        except Refused as refusal:
            messages.error(request, str(refusal))
        except ChildDied:
            messages.error(request, NOT_JUDGED.format(upload.name))
    if not sent:
        messages.error(request, "Kies eerst een of meer bestanden.")
    if taken:
        messages.success(request, f"{formats.plural(taken, 'bestand', 'bestanden')} binnen.")
    return see_other(keep_url(found))


def _take_one(
    request: HttpRequest, event: Event, sent: UploadedFile | None, person: Person
) -> HttpResponse:
    if sent is None:
        return _not_taken(request, "Er kwam geen bestand aan. Probeer het opnieuw.", status=422)
    try:
        made = actions.add_file(event=event, upload=sent, by=person)
    except DiskFull as trouble:
        return _not_taken(request, str(trouble), status=507)
    except Refused as refusal:
        return _not_taken(request, str(refusal), status=422)
    except ChildDied:
        return _not_taken(request, NOT_JUDGED.format(sent.name), status=503)
    context = {"event": event, "file": made.file, "person": person}
    return TemplateResponse(request, "inspiration/_file.html", context, status=201)


def _not_taken(request: HttpRequest, reason: str, *, status: int) -> HttpResponse:
    """Refused (422), or a trouble of ours after which the same file may be sent again."""
    told = {"reason": reason, "is_refused": status == 422}
    return TemplateResponse(request, "inspiration/_refused.html", told, status=status)


@require_POST
def file_discard(request: HttpRequest, event: str, file: UUID) -> HttpResponse:
    found = access.coordinated_event_or_404(request.user, event)
    row = access.unusable_file_or_404(found, file)
    actions.discard_file(event=found, file=row, by=ground.person_of(request))
    return see_other(keep_url(found))


@require_POST
def file_retry(request: HttpRequest, event: str, file: UUID) -> HttpResponse:
    found = access.coordinated_event_or_404(request.user, event)
    row = access.failed_file_or_404(found, file)
    actions.retry_file(event=found, file=row, by=ground.person_of(request))
    messages.success(request, f"We proberen “{row.name}” opnieuw.")
    return see_other(keep_url(found))


@require_GET
def draft_picture(
    request: HttpRequest, public_name: str, page: int, width: int, form: str
) -> HttpResponseBase:
    """A picture that is not (or no longer) on the site, for the coordinator who keeps it."""
    file = access.draft_file_or_404(request.user, public_name)
    made = get_object_or_404(file.renditions, page=page, width=width, format=form)
    if not files.public().exists(made.path):
        raise Http404
    content_type = "image/avif" if form == "avif" else "image/jpeg"
    return files.response(files.public(), made.path, content_type=content_type)
