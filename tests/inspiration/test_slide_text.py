import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspiration import slide_text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Dorps\ufffe\r\nwinkel", "Dorpswinkel"),
        ("dorps\x02winkel", "dorpswinkel"),
        ("dorps-\r\nwinkel", "dorpswinkel"),
        ("dorps\u00ad\r\nwinkel", "dorpswinkel"),
        ("dorps\u00adwinkel en kaas", "dorpswinkel en kaas"),
        ("DORPS\ufffeWINKEL", "DORPSWINKEL"),
        ("West\ufffeVlaanderen", "West-Vlaanderen"),
        ("Sint-\nNiklaas", "Sint-Niklaas"),
        ("een e\ufffemail", "een e-mail"),
        ("e\ufffemail", "e-mail"),
        ("zon\ufffeen feestdagen", "zon- en feestdagen"),
        ("koop\u2010\nof huurhuis", "koop- of huurhuis"),
        ("boe\ufffeenboek", "boe-enboek"),
        ("2019\ufffe2020", "2019-2020"),
        ("50\ufffeplussers", "50-plussers"),
        ("auto\ufffeongeluk", "auto-ongeluk"),
        ("- kaas\n- melk", "- kaas\n- melk"),
        ("kaas -\nmelk", "kaas -\nmelk"),
        ("dorp\ufffe", "dorp"),
        ("\ufffewinkel", "winkel"),
        ("cafe\u0301  en\tkaas\x00\r\n\r\nmelk", "café en kaas\nmelk"),
    ],
)
def test_text_is_made_readable(raw, clean):
    assert slide_text.clean_text(raw) == clean


@given(st.text(alphabet="ab-E1 \u00ad\ufffe\x02\u2010\r\n.", max_size=60))
def test_letters_stay_and_no_line_end_sign_is_left(raw):
    clean = slide_text.clean_text(raw)
    assert [c for c in clean if c.isalnum()] == [c for c in raw if c.isalnum()]
    assert not set(clean) & set("\u00ad\ufffe\x02\r")


def test_long_text_is_cut():
    assert len(slide_text.clean_text("kaas " * 20_000)) == slide_text.MAX_TEXT
