"""How views ask and answer: what was posted, one 303; used by every app."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseRedirect, QueryDict


class SeeOther(HttpResponseRedirect):
    status_code = 303


def see_other(url: str) -> HttpResponseRedirect:
    """303: the change is made, look here."""
    return SeeOther(url)


def posted(request: HttpRequest) -> QueryDict | None:
    """What binds a form: also a POST without a single field is one."""
    return request.POST if request.method == "POST" else None
