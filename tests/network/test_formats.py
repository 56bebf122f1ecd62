from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network import formats

DAY = date(2019, 3, 21)
HALF_PAST_ONE = datetime(2019, 3, 21, 12, 30, tzinfo=UTC)


def test_days_read_as_in_belgium() -> None:
    assert formats.date_long(DAY) == "donderdag 21 maart 2019"
    assert formats.date_weekday(DAY) == "donderdag 21 maart"
    assert formats.date_plain(DAY) == "21 maart 2019"
    assert formats.date_day_month(date(2020, 8, 1)) == "1 augustus"
    assert formats.month_year(DAY) == "maart 2019"
    assert formats.date_short(date(2019, 3, 1)) == "01/03/2019"


def test_a_moment_is_shown_in_brussels_time() -> None:
    assert formats.moment(HALF_PAST_ONE) == "donderdag 21 maart 2019 om 13.30 uur"
    assert formats.moment_short(HALF_PAST_ONE) == "21/03/2019, 13.30 uur"
    assert formats.date_long(datetime(2019, 3, 20, 23, 30, tzinfo=UTC)) == formats.date_long(DAY)


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        formats.moment(datetime(2019, 3, 21, 13, 30))


def test_the_clock_jumps_on_the_last_sunday_of_march() -> None:
    before = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    assert formats.time_of_day(before) == "1.30 uur"
    assert formats.time_of_day(before + timedelta(hours=1)) == "3.30 uur"


def test_the_clock_turns_back_on_the_last_sunday_of_october() -> None:
    before = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert formats.time_of_day(before) == "2.30 uur"
    assert formats.time_of_day(before + timedelta(hours=1)) == "2.30 uur"
    assert formats.time_of_day(before + timedelta(hours=2)) == "3.30 uur"


def test_ranges_name_twice_only_what_differs() -> None:
    end = HALF_PAST_ONE + timedelta(hours=3, minutes=30)
    assert formats.time_range(HALF_PAST_ONE, end) == "13.30–17.00 uur"
    assert formats.time_range(time(9, 0), time(12, 5)) == "9.00–12.05 uur"
    assert formats.moment_range(HALF_PAST_ONE, end) == "donderdag 21 maart 2019, 13.30–17.00 uur"
    assert (
        formats.moment_range(HALF_PAST_ONE, HALF_PAST_ONE + timedelta(hours=12))
        == "donderdag 21 maart 2019 om 13.30 uur tot vrijdag 22 maart 2019 om 1.30 uur"
    )


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2020, 3, 21), date(2020, 4, 10), "21 maart – 10 april 2020"),
        (date(2020, 3, 21), date(2020, 3, 25), "21 – 25 maart 2020"),
        (date(2019, 12, 21), date(2020, 1, 4), "21 december 2019 – 4 januari 2020"),
        (DAY, DAY, "21 maart 2019"),
    ],
)
def test_periods(start: date, end: date, words: str) -> None:
    assert formats.period(start, end) == words


def test_a_period_in_words() -> None:
    words = formats.period_in_words(date(2019, 9, 24), date(2019, 9, 27))
    assert words == "van dinsdag 24 september tot en met vrijdag 27 september"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "vandaag"),
        (1, "morgen"),
        (2, "overmorgen"),
        (-1, "gisteren"),
        (-2, "eergisteren"),
        (8, "over 8 dagen"),
        (13, "over 13 dagen"),
        (14, "over 2 weken"),
        (-21, "3 weken geleden"),
        (62, "over 8 weken"),
        (63, "over 2 maanden"),
        (-400, "13 maanden geleden"),
        (-800, "2 jaar geleden"),
    ],
)
def test_relative_days(days: int, words: str) -> None:
    assert formats.relative_day(DAY + timedelta(days=days), DAY) == words


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("13.30", time(13, 30)),
        ("13:30", time(13, 30)),
        ("13u30", time(13, 30)),
        ("9h05", time(9, 5)),
        (" 13.30 uur ", time(13, 30)),
        ("13  u \t 30", time(13, 30)),
        ("13 uur", time(13)),
        ("13u", time(13)),
    ],
)
def test_times_are_accepted_as_people_write_them(typed: str, expected: time) -> None:
    assert formats.parse_time(typed) == expected


@pytest.mark.parametrize("typed", ["", "half twee", "25.00", "13.75", "1330", "-1.00"])
def test_a_time_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        formats.parse_time(typed)


@pytest.mark.parametrize("typed", ["1" + " " * 400_000 + "x", "1u" + "\n" * 400_000 + "x"])
def test_a_time_with_spaces_without_end_is_refused_in_one_go(typed: str) -> None:
    with pytest.raises(ValueError):
        formats.parse_time(typed)


@given(st.times())
def test_a_shown_time_is_read_back(value: time) -> None:
    shown = formats.time_of_day(value)
    assert formats.parse_time(shown) == value.replace(second=0, microsecond=0, tzinfo=None)


def test_numbers_and_money() -> None:
    assert formats.number(Decimal("1234.5")) == "1.234,5"
    assert formats.number(660) == "660"
    assert formats.number(3.75) == "3,75"
    assert formats.number(2, 1) == "2,0"
    assert formats.money(25000) == "€ 25.000"
    assert formats.money(Decimal("12.5")) == "€ 12,50"
    assert formats.money(-3) == "-€ 3"
    assert formats.money(0.005) == "€ 0,01"


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_money_is_read_back(value: Decimal) -> None:
    shown = formats.money(value).replace("€ ", "").replace(".", "").replace(",", ".")
    assert Decimal(shown) == value


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1 kB"),
        (999_600, "1 MB"),
        (3_200_000, "3,2 MB"),
        (40_000_000, "40 MB"),
        (2_500_000_000, "2,5 GB"),
    ],
)
def test_file_sizes(size: int, shown: str) -> None:
    assert formats.file_size(size) == shown


def test_counts() -> None:
    assert [formats.count_words(n) for n in (0, 1, 12, 13)] == ["nul", "één", "twaalf", "13"]
    assert formats.plural(1, "mens", "mensen") == "1 mens"
    assert formats.plural(24, "mens", "mensen") == "24 mensen"
    assert formats.plural(0, "mens", "mensen") == "0 mensen"


@pytest.mark.parametrize(
    ("typed", "shown", "link"),
    [
        ("0470123456", "0470 12 34 56", "tel:+32470123456"),
        ("0470/12.34.56", "0470 12 34 56", "tel:+32470123456"),
        ("+32 (0)9 331 59 10", "09 331 59 10", "tel:+3293315910"),
        ("0032 9 331 59 10", "09 331 59 10", "tel:+3293315910"),
        ("09/331.59.10", "09 331 59 10", "tel:+3293315910"),
        ("051 30 12 34", "051 30 12 34", "tel:+3251301234"),
        ("0800 12 345", "0800 12 345", "tel:+3280012345"),
        ("+31 6 1234 5678", "+31 6 1234 5678", "tel:+31612345678"),
        ("vraag het Marie", "vraag het Marie", ""),
    ],
)
def test_phone_numbers(typed: str, shown: str, link: str) -> None:
    assert formats.phone(typed) == shown
    assert formats.tel_link(typed) == link


@given(st.text(max_size=30))
def test_a_shown_phone_number_shows_the_same_again(typed: str) -> None:
    shown = formats.phone(typed)
    assert formats.phone(shown) == shown
    assert formats.tel_link(shown) == formats.tel_link(typed)


def test_names_are_joined() -> None:
    assert formats.join_names([]) == ""
    assert formats.join_names(["An"]) == "An"
    assert formats.join_names(["An", "Bert"]) == "An en Bert"
    assert formats.join_names(["An", "Bert", "Chris"]) == "An, Bert en Chris"
    assert formats.join_names(["An", "Bert"], "of") == "An of Bert"


def test_people_sort_on_the_surname_with_its_prefix() -> None:
    names = ["An Zwart", "Jan Van den Berg", "Els De Smet", "Bo Érard", "Ann Desmet", "Piet Vos"]
    assert sorted(names, key=formats.sort_key) == [
        "Ann Desmet",
        "Els De Smet",
        "Bo Érard",
        "Jan Van den Berg",
        "Piet Vos",
        "An Zwart",
    ]


def test_initials() -> None:
    assert formats.initials("Marie Devos") == "MD"
    assert formats.initials("Jan-Pieter Van den Berg") == "JV"
    assert formats.initials("Marie") == "M"
    assert formats.initials("") == ""


def test_titles_sort_without_accents_and_capitals() -> None:
    assert sorted(["école", "Dorp", "Eik", "zee"], key=formats.text_key) == [
        "Dorp",
        "école",
        "Eik",
        "zee",
    ]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("e" + "\u0301" * 100_000, "e" + "\u0301" * 5),
        ("e" + "\u0327\u0301" * 50_000 + "en", "e" + "\u0327\u0301" * 2 + "\u0327en"),
        ("\u20dd" * 9, "\u20dd" * 5),
        # Signs with room of their own that are sorted all the same.
        ("a" + "\u302e\U0001d165" * 200_000, "a" + "\u302e\U0001d165" * 2 + "\u302e"),
        ("Việt, é, ﬁ, 1️⃣, € – naïef", "Việt, é, ﬁ, 1️⃣, € – naïef"),
        ("שָׁלוֹם עֲלֵיכֶם", "שָׁלוֹם עֲלֵיכֶם"),
    ],
)
def test_a_letter_keeps_a_few_marks(typed: str, kept: str) -> None:
    assert formats.few_marks(typed) == kept
    assert formats.text_key(typed) == formats.text_key(kept)
