"""Is the house awake: database, queue, each worker, and the mail that is due.

`Healthz` stands first in MIDDLEWARE: what it tells of must not keep it from telling.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import DatabaseError, Error, InterfaceError, OperationalError, connection
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.utils.cache import add_never_cache_headers

from network import clock, jobs, mail, quiet, verdicts
from network.models import Heartbeat, OutgoingMail
from network.sweeping import HEARTBEAT, beat

__all__ = ["Healthz", "beat", "state"]

PATH = "/healthz"
SWEEP_MAY_BE_LATE = max(4 * settings.TICK, timedelta(minutes=1))
# One heavy file or the last of a long row of PDFs may take so long.
WORKER_MAY_BE_BUSY = timedelta(minutes=15)
MAIL_MAY_WAIT = timedelta(minutes=15)
# What SQLite says of its file, not of a question: busy, locked, read-only, disk, full, not opened.
SQLITE_TROUBLE = {5, 6, 8, 10, 13, 14}
# A small machine may leave this worker out: that of the files does its work.
SPARED: jobs.Queue = "now"
State = OutgoingMail.State


class Healthz:
    """Middleware: answers /healthz itself, before the page cache, the session and the rest."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info != PATH:
            return self.get_response(request)
        return answer(request)


def answer(request: HttpRequest) -> HttpResponse:
    """200 when all is well; 503 with the reason."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    found = state()
    response = JsonResponse(found, status=503 if "reason" in found else 200)
    add_never_cache_headers(response)
    return response


def state() -> dict[str, Any]:
    """The answers, with a "reason" (English, for the operator) as soon as one is bad."""
    found: dict[str, Any] = {}
    looks = (_database, _queue, _sweep, _workers, _mail)
    reasons = [reason for look in looks if (reason := look(found))]
    if reasons:
        found["reason"] = "; ".join(reasons)
    return found


def is_database_away(error: BaseException) -> bool:
    """Whether this is trouble of the database itself, and the same request may do later."""
    if connection.vendor != "sqlite":
        # psycopg2 says a bare DatabaseError, without a number, when the server breaks the line.
        is_broken = type(error) is DatabaseError and not getattr(error.__cause__, "pgcode", None)
        return is_broken or isinstance(error, OperationalError | InterfaceError)
    if not isinstance(error, OperationalError):
        return False
    code = getattr(error.__cause__, "sqlite_errorcode", 0)
    return code & 0xFF in SQLITE_TROUBLE  # the rest says which disk trouble


def _database(found: dict[str, Any]) -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as error:
        found["database"] = "down"
        return f"database: {type(error).__name__}"
    found["database"] = "up"
    return ""


def _queue(found: dict[str, Any]) -> str:
    try:
        with current_app.connection_for_write(
            connect_timeout=1, transport_options={"socket_timeout": 1}
        ) as broker:
            broker.ensure_connection(max_retries=0)  # who waits here holds a thread of the site
            broker.default_channel  # noqa: B018  opening it is the test for a folder broker
    except Exception as error:  # each transport has errors of its own
        found["queue"] = "down"
        return f"queue: {type(error).__name__}"
    found["queue"] = "up"
    return ""


def _sweep(found: dict[str, Any]) -> str:
    """The worker of the mails, with beat: it does the sweep."""
    if found["database"] == "down":
        return ""
    beats = Heartbeat.objects.filter(name=HEARTBEAT).values_list("beat_at", flat=True)
    age = _age(beats.first())
    found["last_sweep_seconds"] = age and int(age.total_seconds())
    if age is None:
        return "no sweep yet: does a worker with beat run?"
    return "the last sweep is too long ago" if age > SWEEP_MAY_BE_LATE else ""


def _workers(found: dict[str, Any]) -> str:
    if found["database"] == "down":
        return ""
    names = other_queues()
    beats = dict(Heartbeat.objects.filter(name__in=names).values_list("name", "beat_at"))
    silent = []
    for name in names:
        age = _age(beats.get(name))
        is_silent = age is None or age > WORKER_MAY_BE_BUSY
        if is_silent and (name != SPARED or jobs.waits_in_vain(SPARED, WORKER_MAY_BE_BUSY)):
            silent.append(name)
    found["silent_workers"] = silent
    return f"no sign of the worker of {' and '.join(silent)}" if silent else ""


def other_queues() -> list[str]:
    """Those of the settings beside the one that sweeps and mails."""
    return sorted({route["queue"] for route in settings.CELERY_TASK_ROUTES.values()})


def _mail(found: dict[str, Any]) -> str:
    if found["database"] == "down":
        return ""
    now = clock.now()
    since = now - MAIL_MAY_WAIT
    due = OutgoingMail.objects.filter(state__in=[State.QUEUED, State.RETRY], not_before__lte=since)
    if quiet.is_quiet(now) or quiet.is_quiet(since):  # what waits for the morning is not stuck
        due = due.filter(category=mail.MUST)
    found["stuck_mails"] = due.count() + _put_off(since)
    return "mails that are due do not leave" if found["stuck_mails"] else ""


def _put_off(since: datetime) -> int:
    """Musts of before `since` that each try puts off anew. What the server answers about one
    person (a full mailbox) is no reason; hanging up, or the same answer for several, is."""
    rows = OutgoingMail.objects.filter(
        category=mail.MUST, state=State.RETRY, not_before__gt=since, created_at__lte=since
    )
    answers = (
        rows.order_by()
        .values("answer")
        .annotate(
            mails=Count("pk"),
            people=Count("person", filter=Q(address=""), distinct=True)
            + Count("address", filter=~Q(address=""), distinct=True),
        )
    )
    hung_up = str(verdicts.HANGS_UP)
    return sum(
        mails
        for answer, mails, people in answers.values_list("answer", "mails", "people")
        if not answer or answer.startswith(hung_up) or people > 1
    )


def _age(at: datetime | None) -> timedelta | None:
    return clock.real_now() - at if at else None
