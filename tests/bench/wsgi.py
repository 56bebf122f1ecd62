"""The whole site, and beside it in the same process a bare Django view to compare with.

The bare view has a handler without any middleware: the floor of Django itself.
"""

from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path

site = get_wsgi_application()


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello", headers={"Content-Length": "5"})


urlpatterns = [path("hello", hello)]


class BareHandler(WSGIHandler):
    """Django with one URL and no middleware."""

    def __init__(self) -> None:
        with override_settings(MIDDLEWARE=[]):
            super().__init__()

    def resolve_request(self, request: HttpRequest) -> Any:
        request.urlconf = "tests.bench.wsgi"  # type: ignore[attr-defined]
        return super().resolve_request(request)


bare = BareHandler()


def application(environ: dict[str, Any], start_response: Any) -> Any:
    handler = bare if environ["PATH_INFO"] == "/hello" else site
    return handler(environ, start_response)
