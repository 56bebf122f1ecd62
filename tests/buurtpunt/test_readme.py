"""The ten steps of the README name what stands on the screen, and lead to where they say."""

import re
from pathlib import Path

import pytest
from django.urls import resolve

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text()
STEPS = README.split("ten steps\n", 1)[1].split("\n1. ", 1)[1].split("\n## ", 1)[0]
SITE = "http://127.0.0.1:8000"
WHERE = ["templates/**/*.html", "actionplans/template/**/*.toml"]
WHERE += [f"{app}/**/*.py" for app in ("buurtpunt", "sessions", "inspiration", "actionplans")]


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def written():
    """Everything a page can say, with no line ends in it."""
    return one_line(" ".join(path.read_text() for glob in WHERE for path in ROOT.glob(glob)))


@pytest.mark.parametrize("words", sorted(set(re.findall("“([^”]+)”", one_line(STEPS)))))
def test_words_in_quotes_stand_on_a_page(words, written):
    assert words in written


@pytest.mark.usefixtures("demo_mode")
@pytest.mark.parametrize("path", sorted(set(re.findall(rf"{SITE}(/[^)?]*)", README))))
def test_an_address_leads_somewhere(path):
    assert resolve(path)


@pytest.mark.parametrize("path", re.findall(r"\]\((?!http)([^)]+)\)", README))
def test_a_file_it_shows_is_there(path):
    assert (ROOT / path).is_file()


def test_there_are_ten_steps():
    assert re.findall(r"^(\d+)\. ", f"1. {STEPS}", re.MULTILINE) == [str(n) for n in range(1, 11)]
