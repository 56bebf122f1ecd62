import subprocess
import sys
import threading

import pytest

from network import stopping
from network.confined import ROOT, ChildCrashed, ChildDied, Limits, run_limited
from network.refusal import Refused
from tests.running import is_alive, wait_until

CASES = "tests.network.confined_cases"


def run(name, *arguments, **limits):
    return run_limited(
        f"{CASES}:{name}", *arguments, sentence="Het lukte niet.", limits=Limits(**limits)
    )


def test_child_answers_without_our_secrets(monkeypatch):
    monkeypatch.setenv("DJANGO_SECRET_KEY", "not for a decoder")
    assert run("answer", "één", "twee") == {"words": ["één", "twee"], "secret": ""}


def test_refusal_in_child_keeps_its_own_sentence():
    with pytest.raises(Refused, match="Dit nemen we niet."):
        run("refuse")


@pytest.mark.parametrize("name", ["stumble", "panic"])
def test_what_the_decoder_raises_is_its_verdict(name):
    with pytest.raises(Refused, match="Het lukte niet."):
        run(name)


def test_a_file_that_needs_more_memory_than_allowed_is_too_heavy():
    with pytest.raises(Refused, match="te zwaar"):
        run("eat_memory", memory=400 * 1024**2)


def test_a_file_that_writes_more_than_allowed_is_too_heavy(tmp_path):
    with pytest.raises(Refused, match="te zwaar"):
        run("write_much", str(tmp_path / "big"), file_size=1024**2)


@pytest.mark.parametrize(
    ("name", "limits", "ended"),
    [
        ("crash", {}, ChildCrashed),
        ("burn", {"cpu": 1}, ChildCrashed),
        ("burn", {"wall": 1}, ChildDied),
        ("be_killed", {}, ChildDied),
        ("find_no_room", {}, ChildDied),
    ],
)
def test_a_child_that_ends_without_a_verdict_refuses_nothing(name, limits, ended):
    with pytest.raises(ChildDied) as caught:
        run(name, **limits)
    assert caught.type is ended


def test_a_child_that_cannot_begin_refuses_nothing():
    with pytest.raises(ChildDied, match="nowhere_at_all"):
        run_limited("nowhere_at_all:function", sentence="Het lukte niet.")


def test_a_worker_that_must_stop_ends_its_child(tmp_path, monkeypatch):
    monkeypatch.setattr(stopping, "_all", bytearray(1))
    told = tmp_path / "child"
    asking = threading.Thread(target=ask_when, args=(told,))
    asking.start()
    with pytest.raises(stopping.Stopping):
        run("sleep", str(told))
    asking.join()
    assert not is_alive(int(told.read_text()))


def ask_when(told):
    wait_until(lambda: told.exists() and told.read_text())
    stopping.ask()


def test_a_child_goes_with_its_worker(tmp_path):
    """The worker is killed while it waits."""
    told = tmp_path / "child"
    order = f"from tests.network import test_confined; test_confined.run('sleep', {str(told)!r})"
    worker = subprocess.Popen([sys.executable, "-c", order], cwd=ROOT)
    wait_until(lambda: told.exists() and told.read_text())
    worker.kill()
    worker.wait()
    wait_until(lambda: not is_alive(int(told.read_text())))
