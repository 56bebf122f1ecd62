"""What this run leaves out, said in one closing paragraph instead of a row of skips.

A mark says what a test needs. Without services, marked tests are left to `make test`, except a
mark that is named with -m. Plain `pytest` is quick: the part that is about SQLite, on every core;
a path, -m or -k asks for all that can run. With `BUURTPUNT_TEST_SERVICES` set, only what this
machine lacks is left out; on CI that is a failure.
"""

import os
import shutil
from collections import Counter

import pytest

from tests.services import MODE
from tests.shared import SHARED_DATA

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
LEFT_TO_MAKE_TEST = {"browser", "journey", "shared", "postgres", "redis", "faults", "slow", "needs"}
NO_SHARED_DATA = "../shared/data (lay the test material beside this folder)"

ONLY_SQLITE = "BUURTPUNT_TEST_ONLY_SQLITE"  # told to the workers of xdist

left_to_make_test: Counter[str] = Counter()
lacking: Counter[str] = Counter()


@pytest.hookimpl(tryfirst=True)  # before xdist reads how many workers there are
def pytest_cmdline_main(config: pytest.Config) -> None:
    if MODE or hasattr(config, "workerinput"):
        return
    option = config.option
    is_plain = config.args_source is config.ArgsSource.TESTPATHS
    is_plain = is_plain and not (option.markexpr or option.keyword)
    os.environ[ONLY_SQLITE] = "1" if is_plain else ""
    if is_plain and option.numprocesses is None and not option.usepdb:
        option.numprocesses = os.cpu_count()


@pytest.hookimpl(trylast=True)  # after -m and -k: what nobody asked for is not left out
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    kept, dropped = [], []
    for item in items:
        (dropped if is_left_out(item, config.option.markexpr) else kept).append(item)
    items[:] = kept
    if dropped:
        config.hook.pytest_deselected(items=dropped)


def is_left_out(item: pytest.Item, asked: str) -> bool:
    marks = list(item.iter_markers())
    for mark in marks:
        if lack := what_is_lacking(mark):
            lacking[lack] += 1
            return True
    left = [mark.name for mark in marks if is_left_to_make_test(mark, asked)]
    if os.environ.get(ONLY_SQLITE) and "both" not in {mark.name for mark in marks}:
        left.append("not about SQLite")
    if left:
        left_to_make_test[left[0]] += 1
    return bool(left)


def is_left_to_make_test(mark: pytest.Mark, asked: str) -> bool:
    if mark.name in {"postgres", "redis", "faults"}:
        return MODE != "1"
    return not MODE and mark.name in LEFT_TO_MAKE_TEST and mark.name not in asked


def what_is_lacking(mark: pytest.Mark) -> str:
    """What this machine lacks for such a test, with the command that brings it."""
    if mark.name in {"browser", "journey"} and not CHROMIUM:
        return "Chromium (apt-get install chromium)"
    if mark.name == "shared" and not SHARED_DATA:
        return NO_SHARED_DATA
    if mark.name == "needs":
        programs = [program for program in mark.args if not shutil.which(program)]
        if programs:
            return f"{' and '.join(programs)} (apt-get install {mark.kwargs['package']})"
    return ""


def gaps() -> list[str]:
    """Shared data is no gap: the suite proves the same rules on files that it makes."""
    return [lack for lack in lacking if lack != NO_SHARED_DATA]


def pytest_testnodedown(node) -> None:
    # Every worker collects the whole suite, so their counts are the same.
    counts = getattr(node, "workeroutput", {}).get("left_out")
    if counts:
        left_to_make_test.update(counts[0] if not left_to_make_test else {})
        lacking.update(counts[1] if not lacking else {})


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker of xdist hands its counts over; on CI a gap is a failure."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["left_out"] = [dict(left_to_make_test), dict(lacking)]
    elif os.environ.get("CI") == "true" and gaps() and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter) -> None:
    sentences = []
    if left_to_make_test:
        kinds = [f"{count} {name}" for name, count in sorted(left_to_make_test.items())]
        total = left_to_make_test.total()
        sentences.append(f"Left to make test: {tests(total)} ({', '.join(kinds)}).")
    for lack, count in sorted(lacking.items()):
        sentences.append(f"This machine lacks {lack} for {tests(count)}.")
    if os.environ.get("CI") == "true" and gaps():
        sentences.append("CI=true: nothing may be left out, so this run failed.")
    if sentences:
        terminalreporter.section("left out")
        terminalreporter.write_line(" ".join(sentences))


def tests(count: int) -> str:
    return "1 test" if count == 1 else f"{count} tests"
