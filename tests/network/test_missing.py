"""Redis away: a miss, at once, for everybody."""

import pickle
import socket
import threading

import pytest
import redis
from django.conf import settings

from network import missing
from network.circuit import Circuit
from tests.services import free_port


def cache_at(url: str):
    """The cache of production there, with a circuit of its own."""
    made = missing.MissingCache(url, {})
    made._class = type("Client", (missing.MissingClient,), {"circuit": Circuit()})
    return made


@pytest.fixture
def away():
    return cache_at(f"redis://127.0.0.1:{free_port()}/0")


@pytest.fixture
def silent():
    """Takes connections and never answers. Gives the cache and what came in."""
    arrived = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def take():
            while True:
                try:
                    arrived.append(server.accept()[0])
                except OSError:
                    return

        thread = threading.Thread(target=take, daemon=True)
        thread.start()
        yield cache_at(f"redis://127.0.0.1:{server.getsockname()[1]}/0"), arrived
        server.shutdown(socket.SHUT_RDWR)
    for connection in arrived:
        connection.close()


def test_every_question_has_the_answer_of_an_empty_cache(away):
    assert away.get("key", "nothing") == "nothing"
    assert away.get_many(["a", "b"]) == {}
    assert away.get_or_set("key", lambda: "made") == "made"
    assert "key" not in away
    assert away.set("key", 1) is None
    assert away.set_many({"a": 1}) == []
    assert away.touch("key") is False
    assert away.delete("key") is False
    assert away.delete_many(["a"]) is None
    assert away.clear() is False
    with pytest.raises(ValueError, match="not found"):
        away.incr("key")


def test_a_lock_that_nobody_can_hold_is_given(away):
    """allauth asks again for a second before it refuses; a sign-in and a takedown do not wait."""
    assert away.add("lock", True) is True


def test_one_asks_and_the_others_go_on_without(silent):
    cache, arrived = silent
    askers = [threading.Thread(target=cache_copy(cache).get, args=("key",)) for _ in range(8)]
    assert cache.get("key") is None  # the one that found out
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()

    assert len(arrived) == 1


def cache_copy(cache):
    """As another thread has it: a client and connections of its own, the same circuit."""
    made = missing.MissingCache(cache._servers, {})
    made._class = cache._class
    return made


def test_the_circuit_lets_one_look_and_closes_when_it_answers(monkeypatch):
    now = [100.0]
    monkeypatch.setattr("network.circuit.time.monotonic", lambda: now[0])
    circuit = Circuit()
    assert circuit.failed() is True
    assert circuit.failed() is False  # no news
    assert not circuit.may_try()
    now[0] += 10
    assert [circuit.may_try(), circuit.may_try()] == [True, False]
    circuit.answered()
    assert [circuit.may_try(), circuit.may_try()] == [True, True]


@pytest.mark.redis
class TestThere:
    @pytest.fixture
    def cache(self):
        return cache_at(settings.REDIS_URL)

    def test_it_keeps(self, cache):
        cache.set("key", {"a": 1})
        assert cache.get("key") == {"a": 1}
        assert cache.add("key", 2) is False
        cache.set("count", 1)
        assert cache.incr("count") == 2

    @pytest.mark.parametrize(
        "kept",
        [
            *(b"half", b"", b"9" * 5000, pickle.dumps(missing.Unreadable)[:20]),
            # Whole, but not written by this site; one of another release looked different inside.
            *(pickle.dumps(value) for value in (None, [], "page", (1, b"page", {}))),
            b"\0" * missing.SEAL + pickle.dumps(1.5),
        ],
    )
    def test_what_is_no_value_of_ours_is_a_miss(self, cache, kept):
        cache.set("fine", 1)
        redis.Redis.from_url(settings.REDIS_URL).set(cache.make_key("odd"), kept)
        assert cache.get("odd", "nothing") == "nothing"
        assert cache.get_many(["odd", "fine"]) == {}
        assert cache.get("fine") == 1  # the circuit did not open

    def test_a_full_redis_keeps_nothing_and_still_answers(self, cache):
        server = redis.Redis.from_url(settings.REDIS_URL)
        cache.set("before", 1)
        before = server.config_get("maxmemory")["maxmemory"]
        server.config_set("maxmemory", "1")
        try:
            cache.set("key", "x")
            assert cache.get("before") == 1
            assert cache.get("key") is None
        finally:
            server.config_set("maxmemory", before)
