"""The news of the network, as its coordinators keep it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from buurtpunt import actions
from buurtpunt.forms import NewsForm
from network import access
from network.views.answers import form_page, posted, see_other


@require_safe
def news_keep(request: HttpRequest) -> HttpResponse:
    items = access.news_to_keep_or_404(request.user)
    return TemplateResponse(request, "buurtpunt/news_keep.html", {"items": items})


@require_http_methods(["GET", "HEAD", "POST"])
def news_add(request: HttpRequest) -> HttpResponse:
    access.news_to_keep_or_404(request.user)
    form = NewsForm(posted(request))
    if form.is_valid():
        item = actions.publish_news(by=access.person_of(request), **form.cleaned_data)
        messages.success(request, "Je bericht staat op de site.")
        return see_other(reverse("news-item", args=[item.slug]))
    return form_page(request, "buurtpunt/news_add.html", form)


@require_http_methods(["GET", "HEAD", "POST"])
def news_edit(request: HttpRequest, slug: str) -> HttpResponse:
    item = access.news_item_to_keep_or_404(request.user, slug)
    form = NewsForm(posted(request), instance=item)
    if form.is_valid():
        actions.change_news(item=item, by=access.person_of(request), **form.cleaned_data)
        messages.success(request, "Bewaard.")
        return see_other(reverse("news-keep"))
    return form_page(request, "buurtpunt/news_edit.html", form, item=item)


@require_POST
def news_withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    item = access.news_item_to_keep_or_404(request.user, slug)
    actions.withdraw_news(item=item, by=access.person_of(request))
    messages.success(request, "Het bericht is van de site.")
    return see_other(reverse("news-keep"))


@require_POST
def news_restore(request: HttpRequest, slug: str) -> HttpResponse:
    item = access.news_item_to_keep_or_404(request.user, slug)
    actions.restore_news(item=item, by=access.person_of(request))
    messages.success(request, "Het bericht staat weer op de site.")
    return see_other(reverse("news-keep"))
