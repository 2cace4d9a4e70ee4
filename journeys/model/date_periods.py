"""Single periods as people and ISO 8601 write them: a day, a month, a season, a quarter, a year, a decade."""

from __future__ import annotations

import re
from collections.abc import Callable

from journeys.model.calendar import MONTHS
from journeys.model.date_edtf import read_edtf
from journeys.model.date_span import (
    DateSpan,
    DateUnreadable,
    day_span,
    hull,
    months_span,
    third,
)

# How the season of a year is laid: first month, number of months. English seasons, as the meteorologists count them.
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9}
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4}
_THIRDS = {"early": 0, "beginning": 0, "start": 0, "mid": 1, "middle": 1, "late": 2, "end": 2}

# EDTF puts seasons, quarters and the like where the month stands: first month, number of months.
# A season that runs over the new year (24, 28 and the southern summer 30) is not in the table: see _new_year_season.
_EDTF_SEASONS = {
    21: (3, 3), 22: (6, 3), 23: (9, 3), 25: (3, 3), 26: (6, 3), 27: (9, 3), 29: (9, 3), 31: (3, 3), 32: (6, 3),
    33: (1, 3), 34: (4, 3), 35: (7, 3), 36: (10, 3), 37: (1, 4), 38: (5, 4), 39: (9, 4), 40: (1, 6), 41: (7, 6),
}  # fmt: skip

_MONTH_NUMBER = {name[:3].lower(): number for number, name in enumerate(MONTHS, start=1)}
_MONTH_NAME = (
    r"(?P<month>jan(?:uary)?|febr?(?:uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[0-9]{4})"
_SHORT = r"'?[0-9]{2}"
_SEP = r"[\s,./-]*"
_GAP = r"[\s,./-]+"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes|s)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_OF = r"\s*,?\s*(?:(?:of|in)\s+)?(?:the\s+)?"
_TWO_YEARS = r"(?P<year>[0-9]{4})[/-](?P<second>[0-9]{4}|[0-9]{2})"
_FINANCIAL = r"(?:fy|(?:financial|fiscal)\s+year)"
_CLOCK = r"(?:(?:[01]?[0-9]|2[0-4]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?(?:\s*[ap]m)?|1?[0-9]\s*[ap]m)"
_ZONE = r"\s*(?:z|utc|gmt|bst|[+-][0-9]{2}:?[0-9]{2})?"

Match = re.Match[str]


def pattern(text: str) -> re.Pattern[str]:
    """Compile for a whole-text match without regard to case, ASCII only (the text is normalised before)."""
    return re.compile(text, re.ASCII | re.IGNORECASE)


_WITH_CLOCK = pattern(rf"(?P<rest>.+?)(?:\s*,?\s+(?:at\s+)?|T){_CLOCK}{_ZONE}")
_PART = pattern(r"(?P<part>early|beginning|start|mid|middle|late|end)(?:\s+(?:of|in))?[\s-]+(?:the\s+)?(?P<rest>.+)")
_WEEK = pattern(
    r"(?:the\s+)?(?:w/c|wc|week\s+(?P<word>commencing|beginning|starting|of|ending)|(?P<ends>w/e))\s+(?P<rest>.+)"
)


def read_period(text: str, *, day_first: bool, year_hint: int | None) -> DateSpan | None:
    """Read one period from normalised text; None if it is none that is known.

    ``day_first`` decides what "05/03/2011" is, unless one of the two numbers cannot be a month. ``year_hint`` is the
    year where the text gives none. Raises DateUnreadable where the text is clearly a date, but no possible one.
    """
    if clock := _WITH_CLOCK.fullmatch(text):
        span = _read_plain(clock["rest"], day_first, year_hint)
        return span if span is not None and span.precision == "day" else None
    if week := _WEEK.fullmatch(text):
        span = _read_plain(week["rest"], day_first, year_hint)
        return _week(span, ends=bool(week["ends"]) or week["word"] == "ending") if span else None
    if part := _PART.fullmatch(text):
        span = _read_plain(part["rest"], day_first, year_hint)
        return third(span, _THIRDS[part["part"].lower()]) if span else None
    return _read_plain(text, day_first, year_hint)


def _read_plain(text: str, day_first: bool, year_hint: int | None) -> DateSpan | None:
    if both := _TWO_NUMBERS.fullmatch(text):
        return _numeric_day(int(both["a"]), int(both["b"]), int(both["year"]), day_first)
    for shape, read in _SHAPES:
        if found := shape.fullmatch(text):
            return read(found, year_hint)
    return read_edtf(text.upper())


def _numeric_day(first: int, second: int, year: int, day_first: bool) -> DateSpan:
    day, month = (first, second) if day_first else (second, first)
    if month > 12 >= day:
        day, month = month, day
    if month > 12:
        raise DateUnreadable(
            f"Neither {first} nor {second} can be a month.", 'Write day, month and year, such as "5 March 2011".'
        )
    return day_span(year, month, day)


def _year_of(found: Match, year_hint: int | None) -> int:
    if found["year"]:
        return int(found["year"])
    if year_hint is not None:
        return year_hint
    named = found[0].strip()
    raise DateUnreadable(f'"{named}" gives no year.', f'Write the year too, such as "{named} 2011".')


def _iso_day(found: Match, _: int | None) -> DateSpan:
    return day_span(int(found["year"]), int(found["month"]), int(found["day"]))


def _iso_month(found: Match, _: int | None) -> DateSpan:
    year, month = int(found["year"]), int(found["month"])
    if month in (24, 28, 30):
        return _new_year_season(year)
    if month in _EDTF_SEASONS:
        first, count = _EDTF_SEASONS[month]
        return months_span(year, first, count, "quarter" if count == 3 else "between")
    if month > 12 and month == (year + 1) % 100:
        raise DateUnreadable(
            f"There is no month {month}: months run from 1 to 12.",
            f'For the financial year write "{year}/{month}"; for the calendar years "{year} to {year + 1}".',
        )
    return months_span(year, month)


def _named_day(found: Match, year_hint: int | None) -> DateSpan:
    return day_span(_year_of(found, year_hint), _MONTH_NUMBER[found["month"][:3].lower()], int(found["day"]))


def _named_month(found: Match, year_hint: int | None) -> DateSpan:
    return months_span(_year_of(found, year_hint), _MONTH_NUMBER[found["month"][:3].lower()])


def _two_digits(found: Match, _: int | None) -> DateSpan:
    raise DateUnreadable(
        "The year is missing or has only two digits.",
        'Write the year with four digits, such as "05/03/2011" or "March 2011".',
    )


def _numeric_month(found: Match, _: int | None) -> DateSpan:
    return months_span(int(found["year"]), int(found["month"]))


def _calendar_year(found: Match, _: int | None) -> DateSpan:
    return months_span(int(found["year"]), 1, 12, "year")


def _decade(found: Match, _: int | None) -> DateSpan:
    return months_span(int(found["decade"] + "0"), 1, 120, "between")


def _first_of_two(found: Match) -> int:
    """The first year of "2010/11", having checked that the second follows it."""
    year = int(found["year"])
    second = found["second"]
    if int(second) != (year + 1) % 10 ** len(second):
        month = (
            f'"{year}-{second}" for a month, '
            if second in ("01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12")
            else ""
        )
        raise DateUnreadable(
            f"{year} and {second} are not two years that follow each other.",
            f'Write {month}"{year}/{(year + 1) % 100:02d}" for a financial year, "{year} to {year + 2}" for a period.',
        )
    return year


def _financial_year(found: Match, _: int | None) -> DateSpan:
    """The English public financial year, 1 April to 31 March."""
    return months_span(_first_of_two(found), 4, 12, "year")


def _half_a_financial_year(found: Match, _: int | None) -> DateSpan:
    named = found[0].strip()
    raise DateUnreadable(
        f'"{named}" may be the financial year that begins or the one that ends in that year.',
        'Write both years: "financial year 2010/11".',
    )


def _season(found: Match, year_hint: int | None) -> DateSpan:
    return months_span(_year_of(found, year_hint), _SEASONS[found["season"].lower()], 3, "quarter")


def _winter(found: Match, year_hint: int | None) -> DateSpan:
    if "second" in found.re.groupindex:
        return months_span(_first_of_two(found), 12, 3, "quarter")
    return _new_year_season(_year_of(found, year_hint))


def _new_year_season(year: int) -> DateSpan:
    """A winter with one year: the one that begins in it or the one that ends in it, so the bounds hold both."""
    return hull(months_span(year - 1, 12), months_span(year + 1, 2))


def _quarter(found: Match, year_hint: int | None) -> DateSpan:
    word = found["number"].lower()
    number = _ORDINALS[word] if word in _ORDINALS else int(word)
    if "second" in found.re.groupindex:  # quarters of a financial year begin in April
        year, month = _first_of_two(found), 3 * number + 1
        return months_span(year + month // 13, (month - 1) % 12 + 1, 3, "quarter")
    return months_span(_year_of(found, year_hint), 3 * number - 2, 3, "quarter")


def _half(found: Match, year_hint: int | None) -> DateSpan:
    second = found["number"].lower() in ("2", "second", "2nd", "last")
    return months_span(_year_of(found, year_hint), 7 if second else 1, 6, "between")


def _week(span: DateSpan, *, ends: bool) -> DateSpan:
    """Seven days from a day on, or up to it."""
    if span.precision != "day" or span.date_from is None:
        raise DateUnreadable("A week needs the day on which it begins.", 'Write "week beginning 7 March 2011".')
    number = span.date_from.toordinal()
    first = number - 6 if ends else number
    try:
        start, end = (span.date_from.fromordinal(day) for day in (first, first + 6))
    except (ValueError, OverflowError):
        raise DateUnreadable("This week is outside the calendar.", "Check the year.") from None
    return hull(day_span(start.year, start.month, start.day), day_span(end.year, end.month, end.day))


_QUARTER = r"(?:q(?:uarter)?\s*(?P<number>[1-4]))"
_NTH_QUARTER = r"(?P<number>first|1st|second|2nd|third|3rd|fourth|4th|last)\s+quarter"
_HALF = r"(?:h(?P<number>[12]))"
_NTH_HALF = r"(?P<number>first|1st|second|2nd|last)\s+half"
_IN_YEAR = rf"(?:{_OF}{_YEAR})?"
_IN_FINANCIAL_YEAR = rf"{_OF}(?:{_FINANCIAL}\s*)?{_TWO_YEARS}"

_TWO_NUMBERS = pattern(r"(?P<a>[0-9]{1,2})(?P<sep>[/.-])(?P<b>[0-9]{1,2})(?P=sep)(?P<year>[0-9]{4})")
_SHAPES: list[tuple[re.Pattern[str], Callable[[Match, int | None], DateSpan]]] = [
    (pattern(shape), read)
    for shape, read in [
        (rf"{_YEAR}(?P<sep>[-/.])(?P<month>[0-9]{{1,2}})(?P=sep)(?P<day>[0-9]{{1,2}})", _iso_day),
        (r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})", _iso_day),
        (rf"{_YEAR}-(?P<month>[0-9]{{1,2}})", _iso_month),
        (_YEAR, _calendar_year),
        (rf"{_WEEKDAY}(?:the\s+)?{_DAY}{_SEP}(?:of\s+)?{_MONTH_NAME}(?:{_SEP}{_YEAR})?", _named_day),
        (rf"{_WEEKDAY}{_MONTH_NAME}{_SEP}{_DAY}{_GAP}{_YEAR}", _named_day),
        (rf"{_WEEKDAY}{_MONTH_NAME}\s*(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)(?P<year>)", _named_day),
        (rf"{_YEAR}{_SEP}{_MONTH_NAME}{_SEP}{_DAY}", _named_day),
        (rf"{_YEAR}{_SEP}{_MONTH_NAME}", _named_month),
        (rf"{_MONTH_NAME}(?:{_SEP}(?:(?:of|in)\s+)?{_YEAR})?", _named_month),
        (r"(?P<month>[0-9]{1,2})[/.-](?P<year>[0-9]{4})", _numeric_month),
        (rf"{_WEEKDAY}(?:{_DAY}{_SEP})?{_MONTH_NAME}{_SEP}{_SHORT}", _two_digits),
        (r"[0-9]{1,2}([/.-])[0-9]{1,2}\1[0-9]{2}", _two_digits),
        (rf"{_FINANCIAL}\s*[0-9]{{2}}[/-][0-9]{{2}}", _two_digits),
        (rf"{_FINANCIAL}\s*(?:of\s+)?{_TWO_YEARS}", _financial_year),
        (rf"{_TWO_YEARS}\s+{_FINANCIAL}", _financial_year),
        (r"(?P<year>[0-9]{4})/(?P<second>[0-9]{2})", _financial_year),
        (rf"{_FINANCIAL}\s*[0-9]{{4}}", _half_a_financial_year),
        (r"(?P<decade>[0-9]{3})0'?s", _decade),
        (rf"(?P<season>spring|summer|autumn|fall){_IN_YEAR}", _season),
        (rf"winter{_OF}{_TWO_YEARS}", _winter),
        (rf"winter{_IN_YEAR}", _winter),
        (rf"{_QUARTER}{_IN_FINANCIAL_YEAR}", _quarter),
        (rf"{_NTH_QUARTER}{_IN_FINANCIAL_YEAR}", _quarter),
        (rf"{_YEAR}[\s-]*{_QUARTER}", _quarter),
        (rf"{_QUARTER}{_IN_YEAR}", _quarter),
        (rf"{_NTH_QUARTER}{_IN_YEAR}", _quarter),
        (rf"{_HALF}{_IN_YEAR}", _half),
        (rf"{_NTH_HALF}{_IN_YEAR}", _half),
    ]
]
