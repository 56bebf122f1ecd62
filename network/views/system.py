from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse

from network import health


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """The address has a name; `health.Healthz` answers before anything comes here."""
    return health.answer(request)
