import pytest

from network.confined import Limits, run_limited
from network.refusal import Refused

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


@pytest.mark.parametrize(
    ("name", "limits"),
    [
        ("stumble", {}),
        ("crash", {}),
        ("eat_memory", {"memory": 400 * 1024**2}),
        ("burn", {"cpu": 1}),
        ("burn", {"wall": 1}),
    ],
)
def test_child_that_fails_becomes_a_refusal(name, limits):
    with pytest.raises(Refused, match="Het lukte niet."):
        run(name, **limits)


def test_child_that_cannot_begin_is_our_own_fault():
    with pytest.raises(RuntimeError, match="nowhere_at_all"):
        run_limited("nowhere_at_all:function", sentence="Het lukte niet.")
