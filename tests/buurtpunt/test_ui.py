from datetime import UTC, datetime

import pytest
from django.template import Context, Template

START = datetime(2019, 3, 21, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{{ start|date_long }}", "donderdag 21 maart 2019"),
        ("{{ start|time_of_day }}", "13.30 uur"),
        ('{{ 24|plural:"mens,mensen" }}', "24 mensen"),
        ("{{ nothing|date_long }}", ""),
        ('{{ ""|phone }}', ""),
        ("{{ 0|number }}", "0"),
        ('{{ "Marie Devos"|initials }}', "MD"),
        ("{{ names|join_names }}", "An &amp; Co en Bert"),
        ("{{ 1234.5|money }}", "€ 1.234,50"),
    ],
)
def test_a_template_shows_it_without_loading_anything(source: str, shown: str) -> None:
    values = {"start": START, "nothing": None, "names": ["An & Co", "Bert"]}
    assert Template(source).render(Context(values)) == shown
