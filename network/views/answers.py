"""How views ask and answer: what was posted, one 303, a form with its mistakes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse

from network.refusal import Refused

T = TypeVar("T")


class SeeOther(HttpResponseRedirect):
    status_code = 303


def see_other(url: str) -> HttpResponseRedirect:
    """303: the change is made, look here."""
    return SeeOther(url)


def posted(request: HttpRequest) -> QueryDict | None:
    """What binds a form: also a POST without a single field is one."""
    return request.POST if request.method == "POST" else None


def made(form: forms.Form, act: Callable[[], T]) -> T | None:
    """Act when the form is valid, and give what came of it. A refusal becomes a mistake of the
    form; then, as for an invalid form, there is nothing."""
    if not form.is_valid():
        return None
    try:
        return act()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


def done(form: forms.Form, act: Callable[[], object]) -> bool:
    """The same for an act that gives nothing: whether it was done."""
    return made(form, lambda: (act(),)) is not None


def form_page(
    request: HttpRequest, template: str, form: forms.BaseForm, **context: Any
) -> TemplateResponse:
    """The page of a form: 422 with its mistakes, 200 before it was sent."""
    status = 422 if form.errors else 200
    return TemplateResponse(request, template, {"form": form, **context}, status=status)
