"""The stylesheets: everything named exists, every pair of colours can be read."""

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

STATIC = settings.BASE_DIR / "static"
SHEETS = sorted((STATIC / "css").rglob("*.css"))
TOKENS = (STATIC / "css" / "tokens.css").read_text()
# Text colour on ground, as the components use them.
PAIRS = [
    (text, ground)
    for ground in ("paper", "sheet", "tint", "rose")
    for text in ("ink", "soft", "brick", "green")
] + [
    ("on-brick", "brick"),
    ("on-brick", "brick-deep"),
    ("on-green", "green"),
    ("on-field", "field"),
    ("on-ochre", "ochre"),
]
FIELD_GROUNDS = ("paper", "sheet", "tint", "rose")


def scheme(name: str) -> dict[str, str]:
    """The colours of one scheme; the dark one overrides the light one."""
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light))
    if name == "dark":
        colours |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", dark))
    return colours


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read_on_its_ground(name, text, ground):
    colours = scheme(name)
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("ground", FIELD_GROUNDS)
def test_the_edge_of_a_field_stands_out(name, ground):
    colours = scheme(name)
    assert contrast(colours["edge"], colours[ground]) >= 3


def offenders(find) -> dict[str, list[str]]:
    """Per stylesheet what find(its text) gives, where that is anything."""
    found = {sheet.name: sorted(find(sheet.read_text())) for sheet in SHEETS}
    return {name: what for name, what in found.items() if what}


def test_every_variable_exists():
    def unknown(text: str) -> set[str]:
        defined = set(re.findall(r"(--[\w-]+)\s*:", TOKENS + text))
        return set(re.findall(r"var\((--[\w-]+)", text)) - defined

    assert offenders(unknown) == {}


def test_every_drawing_exists():
    def missing(text: str) -> list[str]:
        addresses = re.findall(r"url\(\"?([^\")]+)", text)
        return [a for a in addresses if not finders.find(a.removeprefix(settings.STATIC_URL))]

    assert offenders(missing) == {}


def test_every_rule_stands_in_a_layer():
    assert offenders(_outside_layers) == {}


def _outside_layers(text: str) -> list[str]:
    outside, depth = "", 0
    for character in re.sub(r"/\*.*?\*/", "", text, flags=re.S):
        depth -= character == "}"
        outside += character if depth == 0 and character not in "{}" else ""
        depth += character == "{"
    return re.sub(r"@layer [\w, ]+;?", "", outside).split()


def test_only_the_tokens_name_colours():
    """But for white and black of paper, and what lies on a ground that day and night share."""
    allowed = {"#fff", "#000", "#333", "#999", "#666", "#0000", "#1f4a38"}

    def named(text: str) -> set[str]:
        return set() if text == TOKENS else set(re.findall(r"#[0-9a-fA-F]{3,8}\b", text)) - allowed

    assert offenders(named) == {}
