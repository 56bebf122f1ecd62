"""The rows of ../shared/data/manifest.json, for tests marked `shared`."""

import json
from pathlib import Path

import pytest

from tests.shared import SHARED_DATA


def rows(prefix: str, *codes: str) -> list:
    """Parameters (path of the file) whose name starts with prefix and that expect one of codes."""
    if SHARED_DATA is None:
        return []
    listed = json.loads((SHARED_DATA / "manifest.json").read_text())
    return [
        pytest.param(SHARED_DATA / row["file"], id=f"{row['expected_code']}-{row['file']}")
        for row in listed
        if row["file"].startswith(prefix) and row["expected_code"] in codes
    ]


def path(name: str) -> Path:
    assert SHARED_DATA is not None
    return SHARED_DATA / name
