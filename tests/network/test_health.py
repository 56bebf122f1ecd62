import socket
from datetime import timedelta

import pytest
from celery import Celery
from django.conf import settings
from django.db import DatabaseError, OperationalError
from django.utils.module_loading import import_string

from network import clock, health, mail, pagecache, sweeping
from network.models import Heartbeat, Job, OutgoingMail
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def awake():
    """Every worker lives, a moment ago."""
    for name in (sweeping.HEARTBEAT, *health.other_queues()):
        sweeping.beat(name)


@pytest.fixture
def noon(time_machine):
    time_machine.move_to(clock.at(clock.today() + timedelta(days=1), 12))


def said(client) -> str:
    response = client.get("/healthz")
    assert response.status_code == 503
    return response.json()["reason"]


def test_all_is_well_when_every_worker_lives(client, awake):
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {
        "database": "up",
        "queue": "up",
        "last_sweep_seconds": 0,
        "silent_workers": [],
        "stuck_mails": 0,
    }
    assert "no-store" in response["Cache-Control"]


def test_without_a_sweep_it_says_so(client, awake):
    Heartbeat.objects.filter(name=sweeping.HEARTBEAT).delete()
    assert said(client) == "no sweep yet: does a worker with beat run?"


def test_an_old_sweep_is_a_reason(client, awake):
    long_ago = clock.real_now() - 2 * health.SWEEP_MAY_BE_LATE
    Heartbeat.objects.filter(name=sweeping.HEARTBEAT).update(beat_at=long_ago)
    assert said(client) == "the last sweep is too long ago"


def test_a_worker_that_is_silent_is_a_reason(client, awake):
    long_ago = clock.real_now() - 2 * health.WORKER_MAY_BE_BUSY
    Heartbeat.objects.filter(name="files").update(beat_at=long_ago)
    assert said(client) == "no sign of the worker of files"


@pytest.mark.parametrize(("waits", "status"), [(0, 200), (1, 200), (20, 503)])
def test_the_worker_of_now_may_be_left_out_while_its_work_is_done(client, awake, waits, status):
    Heartbeat.objects.filter(name="now").delete()
    asked = clock.now() - timedelta(minutes=waits)
    Job.objects.create(
        kind="plan-pdf",
        by=factories.person(),
        params={},
        created_at=asked,
        state="done" if not waits else "waiting",
    )
    assert client.get("/healthz").status_code == status


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"retry_at": timedelta(seconds=20)}, 200),  # it is tried, and has its pause
        ({"retry_at": -timedelta(minutes=16)}, 503),
        ({"state": "running", "claimed_until": timedelta(minutes=1)}, 200),
        ({"state": "running", "claimed_until": -timedelta(minutes=16)}, 503),
        ({"kind": "a kind of another queue"}, 200),
    ],
)
def test_the_worker_of_now_is_missed_for_a_job_of_its_own_that_nobody_does(
    client, awake, fields, status
):
    Heartbeat.objects.filter(name="now").delete()
    moments = {
        name: clock.real_now() + value if isinstance(value, timedelta) else value
        for name, value in fields.items()
    }
    asked = clock.now() - timedelta(minutes=20)
    known = {"kind": "plan-pdf", "state": "waiting", "params": {}, "created_at": asked}
    Job.objects.create(by=factories.person(), **(known | moments))
    assert client.get("/healthz").status_code == status


def test_each_queue_of_the_settings_has_a_worker_that_tells_of_itself(awake):
    Heartbeat.objects.all().delete()
    for task in settings.CELERY_TASK_ROUTES:
        import_string(task).apply()
    found = Heartbeat.objects.values_list("name", flat=True)
    assert sorted(found) == health.other_queues()


def queued(**fields):
    return OutgoingMail.objects.create(
        key=f"key-{fields['category']}",
        kind="network.code",
        person=factories.person(),
        created_at=clock.now(),
        **fields,
    )


def test_mail_that_is_stuck_is_a_reason(client, noon, awake):
    long_ago = clock.now() - health.MAIL_MAY_WAIT - timedelta(minutes=1)
    row = queued(category=mail.SESSION, not_before=long_ago)
    assert said(client) == "mails that are due do not leave"
    OutgoingMail.objects.filter(pk=row.pk).update(not_before=clock.now())
    assert client.get("/healthz").status_code == 200


def test_mail_that_waits_for_the_morning_is_not_stuck(client, time_machine):
    time_machine.move_to(clock.at(clock.today() + timedelta(days=1), 7, 5))
    for name in (sweeping.HEARTBEAT, *health.other_queues()):
        sweeping.beat(name)
    queued(category=mail.SESSION, not_before=clock.now() - timedelta(hours=5))
    assert client.get("/healthz").status_code == 200
    queued(category=mail.MUST, not_before=clock.now() - timedelta(hours=5))
    assert said(client) == "mails that are due do not leave"


def test_it_asks_neither_the_page_cache_nor_a_session(client, awake, monkeypatch):
    def broken():
        raise OperationalError

    monkeypatch.setattr(pagecache, "_version", broken)
    client.cookies["sessionid"] = "x" * 32
    assert client.get("/healthz", headers={"host": "elsewhere.example"}).status_code == 200


def test_it_is_for_reading_only(client):
    assert client.head("/healthz").status_code == 503
    assert client.post("/healthz").status_code == 405


def test_a_database_that_is_away_is_a_reason(client, monkeypatch):
    class Away:
        def cursor(self):
            raise DatabaseError

    monkeypatch.setattr(health, "connection", Away())
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["reason"].startswith("database: DatabaseError")


def test_a_queue_that_is_away_is_a_reason(client, monkeypatch):
    sweeping.sweep()
    monkeypatch.setattr(
        health.current_app, "connection_for_write", lambda **options: (_ for _ in ()).throw(OSError)
    )
    response = client.get("/healthz")
    assert (response.status_code, response.json()["queue"]) == (503, "down")


def test_a_queue_that_hangs_is_asked_once_and_for_a_second(client, monkeypatch):
    """Whoever asks meanwhile holds a thread of the site: six seconds each, in release 1.0.0."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"redis://127.0.0.1:{server.getsockname()[1]}/0"
        app = Celery(broker=url, set_as_current=False)
        app.conf.broker_transport_options = {"socket_timeout": 60, "max_retries": 0}
        monkeypatch.setattr(health, "current_app", app)
        assert "queue: OperationalError" in said(client)
        assert _arrived(server) == 1


def _arrived(server: socket.socket) -> int:
    server.setblocking(False)
    count = 0
    try:
        while True:
            server.accept()[0].close()
            count += 1
    except BlockingIOError:
        return count


def test_one_broken_sweeper_does_not_stop_the_others(monkeypatch):
    ran = []
    monkeypatch.setattr(sweeping, "_sweepers", {})
    sweeping.register("broken", lambda now: 1 / 0)
    sweeping.register("fine", ran.append)
    sweeping.sweep()
    assert len(ran) == 1
