"""Waking a worker: after the commit, not for ever, and never anybody's error."""

import json

import pytest
from celery import Celery
from django.conf import settings
from django.db import transaction

from buurtpunt import settings as production
from network import queue
from network.circuit import Circuit
from tests.services import free_port


@pytest.fixture
def broker(monkeypatch):
    """A broker at this address, with the options of production's, and no news of before."""

    def at(url: str, **options):
        app = Celery("test", broker=url, set_as_current=False)
        app.conf.broker_transport_options = options
        monkeypatch.setattr(queue, "current_app", app)
        monkeypatch.setattr(queue, "_circuit", Circuit())
        return app

    return at


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scheme", ["redis", "amqp"])
def test_a_broker_that_is_away_costs_nobody_the_save(broker, scheme, caplog):
    broker(f"{scheme}://127.0.0.1:{free_port()}//", max_retries=0, socket_connect_timeout=0.5)

    for _ in range(3):
        with transaction.atomic():
            queue.wake("network.tasks.drain_mail")

    # Said once: the others did not even try.
    assert [record.message for record in caplog.records].count(
        "The queue does not answer; sweeps find the work."
    ) == 1


@pytest.mark.django_db(transaction=True)
def test_a_message_does_not_wait_for_ever(broker, tmp_path):
    folders = {"data_folder_in": tmp_path, "data_folder_out": tmp_path, "control_folder": tmp_path}
    broker("folder://", **folders)

    queue.wake("network.tasks.drain_mail")

    (message,) = tmp_path.glob("*.msg")
    assert json.loads(message.read_text())["headers"]["expires"]


def test_nor_do_the_messages_of_beat():
    ticks = production.CELERY_BEAT_SCHEDULE.values()
    assert {tick["options"]["expires"] for tick in ticks} == {
        settings.MESSAGE_LASTS.total_seconds()
    }
