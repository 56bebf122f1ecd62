import os
import signal
import sys

import pytest

from buurtpunt.demo import supervisor
from tests.running import is_alive, wait_until

# Says its own number, ignores the polite signal and has a child that does so too.
STUBBORN = """
import os, signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
if os.fork() == 0:
    print("child", os.getpid(), flush=True)
time.sleep(60)
"""


@pytest.fixture
def start(tmp_path):
    children = []

    def start(code: str, name: str = "kind"):
        command = [sys.executable, "-c", code]
        log = tmp_path / f"{name}.log"
        children.append(supervisor.start(name, command, os.environ, log, tmp_path))
        return children[-1]

    yield start
    for child in children:
        child.process.kill()


def test_a_child_that_runs_passes_the_check_and_ends_when_asked(start):
    child = start("import time; print('klaar', flush=True); time.sleep(60)")
    wait_until(lambda: supervisor.said(child, "klaar"))

    supervisor.check([child])
    supervisor.stop([child])

    assert child.process.returncode == -signal.SIGTERM


def test_a_child_that_died_is_named_with_its_last_lines(start):
    child = start("print('eerste'); raise SystemExit('de schijf is vol')", name="files")
    child.process.wait()

    with pytest.raises(supervisor.Stopped, match=r"files stopped by itself \(exit 1\)") as caught:
        supervisor.check([child])
    assert "de schijf is vol" in str(caught.value)


def test_a_child_whose_log_was_removed_is_still_named(start):
    child = start("pass", name="files")
    child.process.wait()
    child.log.unlink()
    with pytest.raises(supervisor.Stopped, match="the log is gone"):
        supervisor.check([child])


def test_a_stubborn_child_goes_with_its_own_children(start, monkeypatch):
    monkeypatch.setattr(supervisor, "PATIENCE", 0.2)
    child = start(STUBBORN)
    wait_until(lambda: supervisor.said(child, "child"))
    grandchild = int(child.log.read_text().split()[1])

    supervisor.stop([child])

    assert child.process.returncode == -signal.SIGKILL
    wait_until(lambda: not is_alive(grandchild))


def test_waiting_ends_when_a_child_dies_instead(start):
    child = start("raise SystemExit(3)")

    with pytest.raises(supervisor.Stopped, match="exit 3"):
        supervisor.wait_for(lambda: False, [child], seconds=20)


def test_waiting_has_an_end(start):
    with pytest.raises(supervisor.Stopped, match="not ready"):
        supervisor.wait_for(lambda: False, [], seconds=0)


def test_no_server_is_no_answer(live_server):
    assert supervisor.answers(f"{live_server.url}/healthz")
    assert supervisor.answers(f"{live_server.url}/bestaat-niet/")
    assert not supervisor.answers("http://127.0.0.1:1/")


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(supervisor, "FIRST_PAUSE", 0.01)


def look_until(keeper, condition):
    def looked():
        keeper.look()
        return condition()

    wait_until(looked)


def test_a_child_that_died_starts_again_with_its_log_and_its_own_children_gone(start, quick):
    child = start(STUBBORN)
    wait_until(lambda: supervisor.said(child, "child"))
    grandchild = int(child.log.read_text().split()[1])
    children, said = [child], []
    keeper = supervisor.Keeper(children, said.append)
    keeper.look()
    assert said == []

    child.process.kill()
    look_until(keeper, lambda: children[0] is not child)

    assert said == ["kind stopped by itself (exit -9); it starts again in 0.01 s."]
    wait_until(lambda: not is_alive(grandchild))
    wait_until(lambda: child.log.read_text().count("child") == 2)
    supervisor.stop(children)


def test_a_child_that_keeps_dying_is_given_up_after_growing_pauses(start, quick):
    children, said = [start("print('de schijf is vol'); raise SystemExit(3)", name="files")], []
    keeper = supervisor.Keeper(children, said.append)

    with pytest.raises(supervisor.Stopped, match="6 times in a row") as caught:
        look_until(keeper, lambda: False)

    assert "de schijf is vol" in str(caught.value)
    assert [line.split()[-2] for line in said] == ["0.01", "0.02", "0.04", "0.08", "0.16"]


def test_a_death_after_a_long_life_is_the_first_one_again(start, quick, monkeypatch):
    monkeypatch.setattr(supervisor, "LONG_ENOUGH", -1.0)
    children, said = [start("pass")], []
    keeper = supervisor.Keeper(children, said.append)

    look_until(keeper, lambda: len(said) > supervisor.MOST_DEATHS)

    assert {line.split()[-2] for line in said} == {"0.01"}
