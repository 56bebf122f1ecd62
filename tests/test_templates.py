"""The templates: nothing inline, every file that they name exists, none lies unused."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import engines
from django.template.loader import get_template

ROOT = settings.BASE_DIR
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PAGES = [path for path in TEMPLATES if "emails" not in path.parts]
# Names that Django, allauth and crispy-forms ask for themselves.
ASKED_BY_OTHERS = ("account/", "allauth/", "dorp/", "400", "403", "404", "429", "500")
PYTHON = [
    path
    for app in ("buurtpunt", "network", "sessions", "actionplans", "inspiration")
    for path in sorted((ROOT / app).rglob("*.py"))
]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT / "templates").as_posix()


def offenders(paths: list[Path], find) -> dict[str, list[str]]:
    """Per template what find(its text) gives, where that is anything."""
    found = {name_of(path): list(find(path.read_text())) for path in paths}
    return {name: what for name, what in found.items() if what}


def test_every_template_compiles():
    for path in TEMPLATES:
        assert get_template(name_of(path)).template.origin.name == str(path)


def test_pages_hold_nothing_inline():
    inline = re.compile(r"\sstyle=|<style|\son[a-z]+=\"|javascript:|hx-on|js:|<script(?![^>]*src=)")
    assert offenders(PAGES, inline.findall) == {}


def test_pages_ask_nothing_of_another_host():
    outside = re.compile(r"(?:src|srcset|action|poster)=\"(?:https?:)?//|<link[^>]+=\"https?://")
    assert offenders(PAGES, outside.findall) == {}


def test_every_static_file_exists():
    def missing(text: str) -> list[str]:
        names = re.findall(r"{% static ['\"]([^'\"]+)['\"]", text)
        return [name for name in names if not finders.find(name)]

    assert offenders(TEMPLATES, missing) == {}


def test_none_lies_unused():
    others = {path: path.read_text() for path in [*PYTHON, *TEMPLATES]}
    assert [name_of(path) for path in TEMPLATES if not _is_used(path, others)] == []


def _is_used(path: Path, others: dict[Path, str]) -> bool:
    """Named whole, or by its stem where a view or mail adds folder and ending itself."""
    name, stem = name_of(path), re.sub(r"_body$", "", path.stem)
    if name.startswith(ASKED_BY_OTHERS):
        return True
    sought = [f'"{name}"', f"'{name}'"]
    if "/_" not in name and not name.startswith("components/"):
        sought += [f'"{stem}"', f'f"{stem.split("_")[0]}_{{']
    return any(word in text for other, text in others.items() if other != path for word in sought)


def test_an_undefined_variable_fails_the_test():
    """FAIL_INVALID_TEMPLATE_VARS of pytest-django; `{% if %}` is the way to say perhaps."""
    page = engines["django"].from_string("{{ nobody.gave.this }}")
    with pytest.raises(pytest.fail.Exception, match="nobody.gave.this"):
        page.render({})
