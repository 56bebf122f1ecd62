"""The pages of the network itself, and those that mix apps."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from buurtpunt import home as home_of
from buurtpunt import search as searching
from buurtpunt.pages import PAGES, page_named
from buurtpunt.shared import told_by
from buurtpunt.start import doors
from inspiration import access as archive
from network import access
from network.pagecache import public_page


@public_page()
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "buurtpunt/home.html", {"body": home_of.body()})


@public_page()
@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """One of the pages whose whole text stands in its template."""
    return TemplateResponse(request, f"buurtpunt/{page_named(name).template}.html")


@public_page()
@require_safe
def programme(request: HttpRequest) -> HttpResponse:
    """The learning network, with the road of the edition that home shows."""
    context = {"road": home_of.road(home_of.shown_edition())}
    return TemplateResponse(request, "buurtpunt/learning_network.html", context)


@public_page()
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "buurtpunt/news.html", {"items": access.published_news()})


@public_page()
@require_safe
def news_item(request: HttpRequest, slug: str) -> HttpResponse:
    item = get_object_or_404(access.published_news(), slug=slug)
    return TemplateResponse(request, "buurtpunt/news_item.html", {"item": item})


@public_page()
@require_safe
def villages(request: HttpRequest) -> HttpResponse:
    """The villages of every public edition, the newest edition first."""
    rows = access.public_villages().order_by("-edition__starts_on", "edition_id", "name", "pk")
    return TemplateResponse(request, "buurtpunt/villages.html", {"villages": rows})


@public_page()
@require_safe
def village(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """What a village lets everyone know."""
    found = get_object_or_404(access.public_villages(), edition__slug=edition, slug=slug)
    context = {"village": found, "told": told_by(found)}
    return TemplateResponse(request, "buurtpunt/village.html", context)


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Where a sign-in leads: one next step, with one button."""
    person = access.person_of(request)
    context = {"person": person, "doors": doors(person.user), "contact": reverse("contact")}
    return TemplateResponse(request, "buurtpunt/start.html", context)


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Not cached: every question is another page."""
    asked = request.GET.get("q", "").replace("\0", " ")  # which PostgreSQL cannot even compare
    words = " ".join(asked.split())[: searching.LONGEST]
    groups = searching.find(request.user, words)
    return TemplateResponse(request, "buurtpunt/search.html", {"words": words, "groups": groups})


@public_page()
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    context = {
        "pages": PAGES,
        "news": access.published_news(),
        "villages": access.public_villages(),
        "events": archive.public_events(),
        "talks": archive.public_presentations().select_related("event"),
    }
    return TemplateResponse(
        request, "buurtpunt/sitemap.xml", context, content_type="application/xml"
    )


@public_page()
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "buurtpunt/robots.txt", content_type="text/plain")


@public_page()
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """For programs that ask the old address whatever the page says."""
    return HttpResponseRedirect(static("img/merk.svg"))
