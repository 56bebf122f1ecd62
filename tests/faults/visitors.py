"""People at the site over HTTP, one at a time or many at once."""

import secrets
import string
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from network.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NO_ANSWER = 0  # the connection was refused or broke
PATIENCE = 60  # seconds


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]  # names in small letters
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")


@dataclass
class Visitor:
    """One browser: its cookies, and what it was answered. For one thread."""

    address: tuple[str, int]
    cookies: dict[str, str] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)
    slowest: float = 0.0

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self.ask("GET", path, b"", headers or {})

    def post(
        self, path: str, data: Mapping[str, object], headers: Mapping[str, str] | None = None
    ) -> Answer:
        """A form, with the token that a page of the site would have sent along."""
        token = self.cookies.setdefault(settings.CSRF_COOKIE_NAME, _csrf_secret())
        more = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": token}
        body = urlencode(data, doseq=True).encode()
        return self.ask("POST", path, body, {**more, **(headers or {})})

    def ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """One request; no answer at all is an Answer too, with status NO_ANSWER."""
        started = time.monotonic()
        connection = HTTPConnection(*self.address, timeout=PATIENCE)
        try:
            connection.request(method, path, body=body, headers={**self._cookie(), **headers})
            response = connection.getresponse()
            self._keep(response.headers.get_all("Set-Cookie") or [])
            named = {name.lower(): value for name, value in response.getheaders()}
            status, found, content = response.status, named, response.read()
        except (OSError, HTTPException):
            status, found, content = NO_ANSWER, {}, b""
        finally:
            connection.close()
        seconds = time.monotonic() - started
        self.statuses[status] += 1
        self.slowest = max(self.slowest, seconds)
        return Answer(status, found, content, seconds)

    def _cookie(self) -> dict[str, str]:
        pairs = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": pairs} if pairs else {}

    def _keep(self, lines: list[str]) -> None:
        for line in lines:
            name, _, value = line.split(";")[0].partition("=")
            if value and value != '""':
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)


def signed_in(address: tuple[str, int], user: User) -> Visitor:
    client = Client()
    client.force_login(user, backend=BACKEND)
    name = settings.SESSION_COOKIE_NAME
    return Visitor(address, {name: client.cookies[name].value})


def _csrf_secret() -> str:
    return "".join(secrets.choice(string.ascii_letters) for _ in range(32))


class Crowd:
    """Does each work again and again, in a thread of its own, as long as the block lasts.

    What a work raises is raised at the end of the block.
    """

    def __init__(self, works: Sequence[Callable[[], object]], *, pause: float = 0.0) -> None:
        self._stop = threading.Event()
        self._pause = pause
        self._errors: list[BaseException] = []
        self._threads = [threading.Thread(target=self._repeat, args=(work,)) for work in works]

    def __enter__(self) -> "Crowd":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(PATIENCE + 10)
        if self._errors and kind is None:
            raise self._errors[0]

    def _repeat(self, work: Callable[[], object]) -> None:
        while not self._stop.is_set():
            try:
                work()
            except BaseException as error:
                self._errors.append(error)
                return
            self._stop.wait(self._pause)
