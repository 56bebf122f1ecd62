"""Every file that a page or a stylesheet names is there: in production a missing one is a 500."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

STATIC_TAG = re.compile(r"""{%\s*static\s+["']([^"']+)["']""")
CSS_URL = re.compile(r"""url\(\s*["']?(?!data:|#)([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']""")
JS_IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["'](\.[^"']+)["']""")
STATIC = Path(settings.BASE_DIR) / "static"


def files(folder: Path, *patterns: str) -> list:
    found = [path for pattern in patterns for path in sorted(folder.rglob(pattern))]
    return [pytest.param(path, id=str(path.relative_to(folder.parent))) for path in found]


@pytest.mark.parametrize("path", files(settings.BASE_DIR / "templates", "*.html", "*.txt"))
def test_a_template_names_files_that_are_there(path):
    names = STATIC_TAG.findall(path.read_text())

    assert [name for name in names if not finders.find(name)] == []


@pytest.mark.parametrize("path", files(STATIC, "*.css"))
def test_a_stylesheet_names_files_that_are_there(path):
    names = ["".join(found).split("#")[0] for found in CSS_URL.findall(path.read_text())]

    assert [name for name in names if not named_by(path, name).exists()] == []


def named_by(stylesheet: Path, name: str) -> Path:
    inside = name.removeprefix(settings.STATIC_URL)
    return stylesheet.parent / name if inside == name else STATIC / inside


@pytest.mark.parametrize("path", files(STATIC, "*.js"))
def test_a_script_imports_files_that_are_there(path):
    names = JS_IMPORT.findall(path.read_text())

    assert [name for name in names if not (path.parent / name).exists()] == []
