import pytest
from django.db import DatabaseError

from network import clock, health, sweeping
from network.models import Heartbeat

pytestmark = pytest.mark.django_db


def test_all_is_well_after_a_sweep(client):
    sweeping.sweep()
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"database": "up", "queue": "up", "last_sweep_seconds": 0}


def test_without_a_sweep_it_says_so(client):
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["reason"] == "no sweep yet: does a worker with beat run?"


def test_an_old_sweep_is_a_reason(client):
    long_ago = clock.real_now() - 2 * health.SWEEP_MAY_BE_LATE
    Heartbeat.objects.create(name=sweeping.HEARTBEAT, beat_at=long_ago)
    assert client.get("/healthz").json()["reason"] == "the last sweep is too long ago"


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


def test_one_broken_sweeper_does_not_stop_the_others(monkeypatch):
    ran = []
    monkeypatch.setattr(sweeping, "_sweepers", {})
    sweeping.register("broken", lambda now: 1 / 0)
    sweeping.register("fine", ran.append)
    sweeping.sweep()
    assert len(ran) == 1
