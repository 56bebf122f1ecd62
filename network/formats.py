"""How a Belgian reads dates, times, money, telephone numbers and names (DOMAIN.md 8.2).

Pages, mails and exports all ask here, so that a date looks the same everywhere. Nothing
depends on a locale of the machine. Moments come in aware and go out in Brussels time.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
# No writing needs more accents on one letter; typst breaks on thousands, sorting them costs the
# square of their number.
MOST_MARKS = 5
# Up to Latin and Greek, punctuation and symbols: no mark among them.
WITHOUT_MARKS = re.compile(r"[\x00-\u02ff\u1e00-\u20cf\u2100-\u2cee]*")
MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus"),
    *("september", "oktober", "november", "december"),
)
COUNT_WORDS = (
    *("nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"),
    *("elf", "twaalf"),
)
# A surname starts at its first prefix: Van den Berg sorts under V, De Smet under D.
SURNAME_PREFIXES = frozenset(
    ("van", "vande", "vanden", "vander", "de", "den", "der", "ter", "ten", "te", "le", "la", "les")
    + ("du", "des", "d'", "'t", "op", "el", "al")
)
# Zones of one digit have seven digits behind them; the others have six.
SHORT_ZONES = ("2", "3", "4", "9")
TIME_INPUT = re.compile(r"(\d{1,2})\s*(?:[.:uh]\s*(\d{2})?)?\s*(?:u|uur)?", re.IGNORECASE)


# --- days ---


def _day(value: date | datetime) -> date:
    return _local(value).date() if isinstance(value, datetime) else value


def _local(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("a moment needs a time zone before it can be shown")
    return value.astimezone(BRUSSELS)


def date_long(value: date | datetime) -> str:
    """donderdag 21 maart 2019"""
    return f"{date_weekday(value)} {_day(value).year}"


def date_weekday(value: date | datetime) -> str:
    """donderdag 21 maart"""
    return f"{WEEKDAYS[_day(value).weekday()]} {date_day_month(value)}"


def date_plain(value: date | datetime) -> str:
    """21 maart 2019"""
    return f"{date_day_month(value)} {_day(value).year}"


def date_day_month(value: date | datetime) -> str:
    """21 maart"""
    day = _day(value)
    return f"{day.day} {MONTHS[day.month - 1]}"


def month_year(value: date | datetime) -> str:
    """maart 2019"""
    day = _day(value)
    return f"{MONTHS[day.month - 1]} {day.year}"


def date_short(value: date | datetime) -> str:
    """21/03/2019, for tables"""
    return f"{_day(value):%d/%m/}{_day(value).year:04}"


def period(start: date | datetime, end: date | datetime) -> str:
    """21 maart – 10 april 2020, saying year and month once where they are the same"""
    first, last = _day(start), _day(end)
    if first == last:
        return date_plain(first)
    if first.year != last.year:
        return f"{date_plain(first)} – {date_plain(last)}"
    if first.month != last.month:
        return f"{date_day_month(first)} – {date_plain(last)}"
    return f"{first.day} – {date_plain(last)}"


def period_in_words(start: date | datetime, end: date | datetime) -> str:
    """van dinsdag 24 september tot en met vrijdag 27 september"""
    return f"van {date_weekday(start)} tot en met {date_weekday(end)}"


def relative_day(value: date | datetime, today: date) -> str:
    """vandaag, morgen, over 8 dagen, 3 weken geleden"""
    days = (_day(value) - today).days
    near = {0: "vandaag", 1: "morgen", 2: "overmorgen", -1: "gisteren", -2: "eergisteren"}
    if days in near:
        return near[days]
    distance = _distance(abs(days))
    return f"over {distance}" if days > 0 else f"{distance} geleden"


def _distance(days: int) -> str:
    if days < 14:
        return plural(days, "dag", "dagen")
    if days < 63:
        return plural(days // 7, "week", "weken")
    if days < 730:
        return plural(days * 12 // 365, "maand", "maanden")
    return f"{days // 365} jaar"


# --- moments ---


def time_of_day(value: time | datetime) -> str:
    """13.30 uur"""
    return f"{_hours(value)} uur"


def time_range(start: time | datetime, end: time | datetime) -> str:
    """13.30–17.00 uur"""
    return f"{_hours(start)}–{time_of_day(end)}"


def _hours(value: time | datetime) -> str:
    moment_of_day = _local(value) if isinstance(value, datetime) else value
    return f"{moment_of_day.hour}.{moment_of_day.minute:02}"


def moment(value: datetime) -> str:
    """donderdag 21 maart 2019 om 13.30 uur"""
    return f"{date_long(value)} om {time_of_day(value)}"


def moment_range(start: datetime, end: datetime) -> str:
    """donderdag 21 maart 2019, 13.30–17.00 uur; past midnight both days are named"""
    if _day(start) == _day(end):
        return f"{date_long(start)}, {time_range(start, end)}"
    return f"{moment(start)} tot {moment(end)}"


def moment_short(value: datetime) -> str:
    """21/03/2019, 13.30 uur"""
    return f"{date_short(value)}, {time_of_day(value)}"


def parse_time(text: str) -> time:
    """Reads 13.30, 13:30, 13u30, 13 uur; raises ValueError on anything else."""
    # Spaces one by one: the form may take any number of them here or there.
    found = TIME_INPUT.fullmatch(" ".join(text.split()))
    if not found:
        raise ValueError(f"not a time: {text!r}")
    return time(int(found[1]), int(found[2] or 0))


# --- numbers ---


def number(value: int | float | Decimal, decimals: int | None = None) -> str:
    """1.234,5; without `decimals` a whole number has none and others have what they need"""
    exact = Decimal(str(value))
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{exact:,f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def money(value: int | float | Decimal) -> str:
    """€ 25.000 or € 12,50: cents only when there are any"""
    cents = Decimal(str(value)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    whole = cents == cents.to_integral_value()
    sign = "-" if cents < 0 else ""
    return f"{sign}€ {number(abs(cents), 0 if whole else 2)}"


def file_size(count: int) -> str:
    """3,2 MB, in steps of thousand as people see them on their phone"""
    size = Decimal(count)
    for unit in ("bytes", "kB", "MB"):
        if size < (1000 if unit == "bytes" else Decimal("999.5")):
            return f"{_rounded(size)} {unit}"
        size /= 1000
    return f"{_rounded(size)} GB"


def _rounded(size: Decimal) -> str:
    return number(size.quantize(Decimal("0.1" if size < 10 else "1"), rounding=ROUND_HALF_UP))


def count_words(count: int) -> str:
    """nul, één … twaalf in words, then 13"""
    return COUNT_WORDS[count] if 0 <= count < len(COUNT_WORDS) else number(count)


def plural(count: int, one: str, many: str) -> str:
    """1 mens, 24 mensen"""
    return f"{number(count)} {one if count == 1 else many}"


# --- telephone ---


def phone(text: str) -> str:
    """0470 12 34 56 or 09 331 59 10; a foreign number keeps its +; unknown stays as typed"""
    digits = _digits(text)
    if digits.startswith("+32"):
        return _grouped("0" + digits[3:]) or text.strip()
    return " ".join(text.split()) if digits.startswith("+") else text.strip()


def tel_link(text: str) -> str:
    """tel:+3293315910, or nothing when the text is no number"""
    digits = _digits(text)
    return f"tel:{digits}" if re.fullmatch(r"\+\d{8,15}", digits) else ""


def _digits(text: str) -> str:
    """International digits from any spacing, slashes, dots; empty when it is no number."""
    bare = re.sub(r"[\s./()\-–]", "", text.replace("(0)", ""))
    bare = re.sub(r"^00", "+", bare)
    bare = re.sub(r"^0(?=\d{8,9}$)", "+32", bare)
    return bare if re.fullmatch(r"\+\d+", bare) else ""


def _grouped(national: str) -> str:
    """Belgian groups; empty when the length fits no Belgian number."""
    if re.fullmatch(r"04[5-9]\d{7}", national):
        shape: tuple[int, ...] = (4, 2, 2, 2)
    elif re.fullmatch(r"0(800|90\d)\d{5}", national):
        shape = (4, 2, 3)
    elif len(national) == 9:
        shape = (2, 3, 2, 2) if national[1] in SHORT_ZONES else (3, 2, 2, 2)
    else:
        return ""
    ends = [sum(shape[: place + 1]) for place in range(len(shape))]
    return " ".join(national[end - size : end] for end, size in zip(ends, shape, strict=True))


# --- names ---


def join_names(names: Iterable[object], last: str = "en") -> str:
    """An, Bert en Chris"""
    *start, final = [str(name) for name in names] or [""]
    return f"{', '.join(start)} {last} {final}" if start else final


def initials(name: str) -> str:
    """MD for Marie Devos, JV for Jan Van den Berg"""
    given, surname = split_name(name)
    return (given[:1] + surname.lstrip("'’")[:1]).upper()


def split_name(name: str) -> tuple[str, str]:
    """First names and surname; a surname starts at its prefix, else it is the last word."""
    words = name.split()
    for place, word in enumerate(words[1:], start=1):
        if word.casefold().replace("’", "'") in SURNAME_PREFIXES and word != words[-1]:
            return " ".join(words[:place]), " ".join(words[place:])
    return " ".join(words[:-1]), "".join(words[-1:])


def sort_key(name: str) -> str:
    """People in Belgian order: on the whole surname with its prefix, then on the first name."""
    given, surname = split_name(name)
    return f"{_letters(surname)} {_letters(given)}"


def text_key(text: str) -> str:
    """No capitals, no accents: for Dutch order, and to find "Café" by cafe."""
    plain = unicodedata.normalize("NFKD", few_marks(text)).casefold()
    return "".join(char for char in plain if not unicodedata.combining(char))


def _letters(text: str) -> str:
    return "".join(char for char in text_key(text) if char.isalnum())


# --- signs ---


def few_marks(text: str) -> str:
    """The text with at most MOST_MARKS accents and the like on one letter; the rest goes."""
    if WITHOUT_MARKS.fullmatch(text):
        return text
    kept, run = [], 0
    for sign in text:
        run = run + 1 if _is_mark(sign) else 0
        if run <= MOST_MARKS:
            kept.append(sign)
    return "".join(kept)


def _is_mark(sign: str) -> bool:
    """What stands on a letter, or is sorted with it: some that take room of their own too."""
    return unicodedata.category(sign) in ("Mn", "Me") or unicodedata.combining(sign) > 0
