"""A session may have changed since its page was shown: then a button answers with a sentence."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from network.refusal import Refused

View = Callable[..., HttpResponse]


def may_be_refused(view: View) -> View:
    """409 with the sentence of the action that refused; a form shows it itself (`done`)."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refused as refusal:
            context = {"sentence": str(refusal)}
            return TemplateResponse(request, "worksessions/refused.html", context, status=409)

    return answer
