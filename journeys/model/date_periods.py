"""Single periods as people and ISO 8601 write them: a day, a month, a season, a quarter, a year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from journeys.model.date_clock import with_clock
from journeys.model.date_edtf import read_edtf
from journeys.model.date_occasions import OCCASIONS
from journeys.model.date_shapes import (
    DAY,
    GAP,
    IN_YEAR,
    MONTH_NAME,
    OF,
    SEP,
    TWO_YEARS,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    Match,
    Pattern,
    Shapes,
    first_of_two,
    month_number,
    read_shape,
    shapes,
    weekday_number,
    year_of,
)
from journeys.model.date_span import (
    DateRemark,
    DateSpan,
    DateUnreadable,
    day_span,
    half,
    hull,
    joined,
    months_span,
    named_day,
    third,
)
from journeys.model.date_weeks import WEEK, WEEKEND, WEEKS, read_week, read_weekend
from journeys.model.date_years import BEGINNING, ENDING, FINANCIAL, YEARS, read_beginning, read_ending

# First month and number of months of each season (English, meteorological).
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9}
_ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "latter": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4,
}  # fmt: skip
_THIRDS = {
    "early": 0, "beginning": 0, "start": 0, "mid": 1, "middle": 1, "late": 2, "end": 2, "close": 2,
}  # fmt: skip

# EDTF writes seasons and quarters as month numbers above 12: first month, number of months. Seasons that cross the new
# year (24, 28 and the southern summer 30) are handled by _new_year_season.
_EDTF_SEASONS = {
    21: (3, 3), 22: (6, 3), 23: (9, 3), 25: (3, 3), 26: (6, 3), 27: (9, 3), 29: (9, 3), 31: (3, 3), 32: (6, 3),
    33: (1, 3), 34: (4, 3), 35: (7, 3), 36: (10, 3), 37: (1, 4), 38: (5, 4), 39: (9, 4), 40: (1, 6), 41: (7, 6),
}  # fmt: skip

_PART_WORD = r"early|beginning|start|mid|middle|late|end|close"
_PART = Pattern(
    r"(?:the\s+|very\s+|towards?\s+the\s+|towards?\s+)?"
    rf"(?P<part>{_PART_WORD})(?:(?:\s+to\s+|\s+or\s+|\s*[-/]\s*)(?P<other>{_PART_WORD}))?"
    r"(?:\s+on)?(?:\s+(?:of|in))?[\s-]+(?:the\s+)?(?P<rest>.+)"
)
_HALF_OF = Pattern(
    r"(?:the\s+)?(?P<number>first|1st|second|2nd|last|latter)\s+half\s*,?\s+(?:(?:of|in)\s+)?(?:the\s+)?(?P<rest>.+)"
)
_WINTER_WITH_ONE_YEAR = Pattern(rf"winter{IN_YEAR}")
_WEEKDAY_FIRST = Pattern(rf"{WEEKDAY}\.?,?\s+(?P<rest>.+)")
_WEEKDAY_LAST = Pattern(rf"(?P<rest>.+?),?\s+\(?{WEEKDAY}\.?\)?")


def read_period(text: str, *, day_first: bool, year_hint: int | None) -> DateSpan | None:
    """Read one period from normalised text; return None if it is not one.

    ``day_first`` decides what "05/03/2011" is, unless one of the two numbers cannot be a month. ``year_hint`` is the
    year where the text gives none. Raises DateUnreadable where the text is clearly a date, but an impossible one.
    """

    def read(words: str) -> DateSpan | None:
        return read_period(words, day_first=day_first, year_hint=year_hint)

    if (plain := _read_plain(text, day_first, year_hint)) is not None:
        return plain
    if timed := with_clock(text):
        span = read(timed.rest)
        return replace(span, clock=timed.clock) if span is not None and span.precision == "day" else None
    if week := WEEK.fullmatch(text):
        span = read(week["rest"])
        return read_week(week, span) if span else None
    if weekend := WEEKEND.fullmatch(text):
        span = read(weekend["rest"])
        return read_weekend(span) if span else None
    if part := _PART.fullmatch(text):
        return _read_part(part, read(part["rest"]), year_hint)
    if (ending := ENDING.fullmatch(text)) and (last := read(ending["rest"])):
        return read_ending(ending, last)
    if (beginning := BEGINNING.fullmatch(text)) and (first := read(beginning["rest"])):
        return read_beginning(beginning, first)
    if half_of := _HALF_OF.fullmatch(text):
        span = read(half_of["rest"])
        return half(span, _ORDINALS[half_of["number"].lower()] > 1) if span else None
    if named := _WEEKDAY_FIRST.fullmatch(text) or _WEEKDAY_LAST.fullmatch(text):
        span = read(named["rest"])
        return _checked_weekday(span, named["weekday"]) if span and span.precision == "day" else None
    return None


def _read_part(part: Match, whole: DateSpan | None, year_hint: int | None) -> DateSpan | None:
    """ "Early", "mid to late": that part of a period; of a winter with one year that part of either winter."""
    if whole is None:
        return None
    units = [whole]
    if winter := _WINTER_WITH_ONE_YEAR.fullmatch(part["rest"]):
        year = year_of(winter, year_hint)
        units = [months_span(year - 1, 12, 3, "quarter"), months_span(year, 12, 3, "quarter")]
    words = [part["part"], *([part["other"]] if part["other"] else [])]
    parts = [third(unit, _THIRDS[word.lower()]) for unit in units for word in words]
    return joined(parts) if len(parts) > 1 else parts[0]


def _checked_weekday(span: DateSpan, name: str) -> DateSpan:
    """The day, with a remark if it was not the weekday that is written with it."""
    day = span.date_from
    if day is None or day.weekday() == weekday_number(name):
        return span
    written, was = WEEKDAYS[weekday_number(name)], WEEKDAYS[day.weekday()]
    remark = DateRemark(
        "wrong_weekday",
        f"{named_day(day)} was a {was}, not a {written}.",
        "Check the day, the month and the year, or correct the weekday.",
    )
    return replace(span, remarks=(*span.remarks, remark))


def _read_plain(text: str, day_first: bool, year_hint: int | None) -> DateSpan | None:
    if both := _TWO_NUMBERS.fullmatch(text):
        return _numeric_day(both, day_first)
    return read_shape(_SHAPES, text, year_hint) or read_edtf(text.upper())


def _numeric_day(found: Match, day_first: bool) -> DateSpan:
    first, second, year = int(found["a"]), int(found["b"]), int(found["year"])
    day, month = (first, second) if day_first else (second, first)
    if month > 12 >= day:
        day, month = month, day
    if month > 12:
        raise DateUnreadable(
            f"Neither {first} nor {second} can be a month.", 'Write day, month and year, such as "5 March 2011".'
        )
    return day_span(year, month, day)


def _iso_day(found: Match, _: int | None) -> DateSpan:
    return day_span(int(found["year"]), int(found["month"]), int(found["day"]))


def _iso_month(found: Match, _: int | None) -> DateSpan:
    year, month = int(found["year"]), int(found["month"])
    if month in (24, 28, 30):
        span = _new_year_season(year)
    elif month in _EDTF_SEASONS:
        first, count = _EDTF_SEASONS[month]
        span = months_span(year, first, count, "quarter" if count == 3 else "between")
    elif len(found["month"]) == 2 and not 1 <= month <= 12 and (month > year % 100 or month == (year + 1) % 100):
        return _two_years_by_hyphen(found[0], year, year - year % 100 + month + (100 if month <= year % 100 else 0))
    else:
        span = months_span(year, month)
    if month <= year % (100 if len(found["month"]) == 2 else 10):
        return span
    last = year - year % 100 + month if len(found["month"]) == 2 else year - year % 10 + month
    remark = DateRemark(
        "month_or_years",
        f'"{found[0]}" was read as {_shown(span)}; it may mean {year} to {last}.',
        f'Write "{_shown(span)}" for that, or "{year} to {last}" for the years.',
    )
    return replace(span, remarks=(remark,))


def _two_years_by_hyphen(written: str, first: int, last: int) -> DateSpan:
    """ "2012-13" cannot be a month, so it is read as two years, which also contain the financial year."""
    if last - first > 50:
        raise DateUnreadable(
            f"There is no month {last % 100}: months run from 1 to 12.", f'Write both years: "{first} to {last}".'
        )
    financial = f', or "{first}/{last % 100:02d}" for the financial year' if last == first + 1 else ""
    remark = DateRemark(
        "month_or_years",
        f'"{written}" was read as the years {first} to {last}, as there is no month {last % 100}.',
        f'Write "{first} to {last}" for that{financial}.',
    )
    return replace(hull(months_span(first, 1, 12, "year"), months_span(last, 1, 12, "year")), remarks=(remark,))


def _shown(span: DateSpan) -> str:
    """Return a span of whole months in words that are read back as the same span."""
    start, end = span.date_from, span.date_to
    assert start is not None
    assert end is not None
    first, last = (named_day(day).partition(" ")[2] for day in (start, end))
    return first if first == last else f"{first} to {last}"


def _named_day(found: Match, year_hint: int | None) -> DateSpan:
    return day_span(year_of(found, year_hint), month_number(found["month"]), int(found["day"]))


def _named_month(found: Match, year_hint: int | None) -> DateSpan:
    return months_span(year_of(found, year_hint), month_number(found["month"]))


def _short_year(found: Match, _: int | None) -> DateSpan:
    """Read a year of two digits after an apostrophe ("March '11"), or one that cannot be a day ("5 March 99")."""
    short = int(found["short"])
    year, month = (2000 if short < 70 else 1900) + short, month_number(found["month"])
    return day_span(year, month, int(found["day"])) if found["day"] else months_span(year, month)


def _guessed_century(found: Match, year_hint: int | None) -> DateSpan:
    """Read "5-Mar-11" or "Mar-11", as spreadsheets show dates; the century is guessed, with a remark."""
    span = _short_year(found, year_hint)
    shown = named_day(span.date_from or date.min)
    words = shown if found["day"] else shown.partition(" ")[2]
    remark = DateRemark(
        "guessed_century",
        f'"{found[0]}" was read as {words}.',
        "If that is not meant, write the year with four digits.",
    )
    return replace(span, remarks=(remark,))


def _short_season(found: Match, _: int | None) -> DateSpan:
    short = int(found["short"])
    return months_span((2000 if short < 70 else 1900) + short, _SEASONS[found["season"].lower()], 3, "quarter")


def _short_quarter(found: Match, _: int | None) -> DateSpan:
    short = int(found["short"])
    return months_span((2000 if short < 70 else 1900) + short, 3 * int(found["number"]) - 2, 3, "quarter")


def _two_digits(found: Match, _: int | None) -> DateSpan:
    raise DateUnreadable(
        f'"{found[0]}" has no year, or only two digits of it.',
        'Write the year with four digits, such as "05/03/2011" or "March 2011".',
    )


def _numeric_month(found: Match, _: int | None) -> DateSpan:
    return months_span(int(found["year"]), int(found["month"]))


def _roman_day(found: Match, _: int | None) -> DateSpan:
    return day_span(int(found["year"]), _ROMAN.index(found["month"].lower()) + 1, int(found["day"]))


def _calendar_year(found: Match, _: int | None) -> DateSpan:
    return months_span(int(found["year"]), 1, 12, "year")


def _season(found: Match, year_hint: int | None) -> DateSpan:
    return months_span(year_of(found, year_hint), _SEASONS[found["season"].lower()], 3, "quarter")


def _winter(found: Match, year_hint: int | None) -> DateSpan:
    if "second" in found.re.groupindex:
        return months_span(first_of_two(found), 12, 3, "quarter")
    return _new_year_season(year_of(found, year_hint))


def _new_year_season(year: int) -> DateSpan:
    """A winter with one year: the one that begins in it or the one that ends in it, so the bounds hold both."""
    return hull(months_span(year - 1, 12), months_span(year + 1, 2))


def _quarter(found: Match, year_hint: int | None) -> DateSpan:
    word = found["number"].lower()
    number = _ORDINALS[word] if word in _ORDINALS else int(word)
    if "second" in found.re.groupindex:  # quarters of a financial year begin in April
        year, month = first_of_two(found), 3 * number + 1
        return months_span(year + month // 13, (month - 1) % 12 + 1, 3, "quarter")
    return months_span(year_of(found, year_hint), 3 * number - 2, 3, "quarter")


def _short_financial_quarter(found: Match, _: int | None) -> DateSpan:
    """ "Q1 FY10/11": a quarter of a financial year with two digits a year."""
    whole, month = read_shape(YEARS, f"fy{found['years']}", None), 3 * int(found["number"]) + 1
    assert whole is not None
    assert whole.date_from is not None
    return months_span(whole.date_from.year + month // 13, (month - 1) % 12 + 1, 3, "quarter")


def _half(found: Match, year_hint: int | None) -> DateSpan:
    return months_span(year_of(found, year_hint), 7 if found["number"] == "2" else 1, 6, "between")


_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_SHORT = r"'?[0-9]{2}"
_QUARTER = r"(?:q(?:uarter|tr)?\.?\s*(?P<number>[1-4]))"
_QUARTER_BEHIND = r"(?P<number>[1-4])q"
_NTH_QUARTER = r"(?:the\s+)?(?P<number>first|1st|second|2nd|third|3rd|fourth|4th|last)\s+quarter"
_HALF = r"(?:h(?P<number>[12]))"
_SEASON = r"(?P<season>spring|summer|autumn|fall)(?:[\s-]?time)?"
_IN_FINANCIAL_YEAR = rf"{OF}(?:{FINANCIAL}\s*)?{TWO_YEARS}"

_TWO_NUMBERS = Pattern(r"(?P<a>[0-9]{1,2})(?P<sep>[/.-])(?P<b>[0-9]{1,2})(?P=sep)(?P<year>[0-9]{4})")
_SHAPES: Shapes = [
    *shapes(
        (rf"{YEAR}(?P<sep>[-/.])(?P<month>[0-9]{{1,2}})(?P=sep)(?P<day>[0-9]{{1,2}})", _iso_day),
        (r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})", _iso_day),
        (rf"{YEAR}-(?P<month>[0-9]{{1,2}})", _iso_month),
        (YEAR, _calendar_year),
        (rf"(?:calendar\s+year|cy|the\s+year|year)\s*{YEAR}", _calendar_year),
        (rf"(?:the\s+)?{DAY}{SEP}(?:(?:day\s+)?of\s+)?{MONTH_NAME}(?:{SEP}{YEAR})?", _named_day),
        (rf"{MONTH_NAME}{SEP}(?:the\s+)?{DAY}{GAP}{YEAR}", _named_day),
        (rf"{MONTH_NAME}\s*(?:the\s+)?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)(?P<year>)", _named_day),
        (rf"{YEAR}{SEP}{MONTH_NAME}{SEP}{DAY}", _named_day),
        (rf"{YEAR}{SEP}{DAY}\s+{MONTH_NAME}", _named_day),
        (rf"{YEAR}{SEP}{MONTH_NAME}", _named_month),
        (rf"(?:the\s+)?(?:month\s+of\s+)?{MONTH_NAME}(?:{SEP}(?:(?:of|in)\s+)?{YEAR})?", _named_month),
        (r"(?P<month>[0-9]{1,2})[/.-](?P<year>[0-9]{4})", _numeric_month),
        (rf"(?P<day>[0-9]{{1,2}})(?P<sep>[/. -])(?P<month>{'|'.join(_ROMAN)})(?P=sep){YEAR}", _roman_day),
        (rf"(?:{DAY}{SEP})?{MONTH_NAME}\s*,?\s*(?:'(?P<short>[0-9]{{2}}))", _short_year),
        (rf"{DAY}{SEP}{MONTH_NAME}{SEP}(?P<short>3[2-9]|[4-9][0-9])", _short_year),
        (rf"{_SEASON}\s*'(?P<short>[0-9]{{2}})", _short_season),
        (rf"{_QUARTER}\s*'(?P<short>[0-9]{{2}})", _short_quarter),
        (rf"{DAY}(?P<sep>[ /.-]|){MONTH_NAME}(?P=sep)(?P<short>[0-9]{{2}})", _guessed_century),
        (rf"(?P<day>){MONTH_NAME}[/-](?P<short>[0-9]{{2}})", _guessed_century),
        (rf"(?:{DAY}{SEP})?{MONTH_NAME}{SEP}{_SHORT}", _two_digits),
        (r"[0-9]{1,2}([/.-])[0-9]{1,2}\1[0-9]{2}", _two_digits),
        (rf"{_SEASON}{IN_YEAR}", _season),
        (rf"{YEAR}{OF}{_SEASON}", _season),
        (rf"winter{OF}{TWO_YEARS}", _winter),
        (rf"winter{IN_YEAR}", _winter),
        (rf"{YEAR}{OF}winter", _winter),
        (rf"{TWO_YEARS}{OF}winter", _winter),
        (rf"{_QUARTER}{_IN_FINANCIAL_YEAR}", _quarter),
        (rf"{_NTH_QUARTER}{_IN_FINANCIAL_YEAR}", _quarter),
        (rf"{_QUARTER}{OF}{FINANCIAL}\s*(?P<years>[0-9]{{2}}[/-][0-9]{{2}})", _short_financial_quarter),
        (rf"{FINANCIAL}\s*(?P<years>[0-9]{{2}}[/-][0-9]{{2}}){OF}{_QUARTER}", _short_financial_quarter),
        (rf"(?:{FINANCIAL}\s*)?{TWO_YEARS}{OF}{_QUARTER}", _quarter),
        (rf"{YEAR}{OF}{_QUARTER}", _quarter),
        (rf"{YEAR}{OF}{_NTH_QUARTER}", _quarter),
        (rf"{_QUARTER}{IN_YEAR}", _quarter),
        (rf"{_QUARTER_BEHIND}{OF}{YEAR}", _quarter),
        (rf"{_NTH_QUARTER}{IN_YEAR}", _quarter),
        (rf"{_HALF}{IN_YEAR}", _half),
        (rf"{YEAR}{OF}{_HALF}", _half),
    ),
    *YEARS,
    *WEEKS,
    *OCCASIONS,
]
