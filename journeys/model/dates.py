"""Dates in forms: read from a cell or text, kept in the words used, and described in words."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from journeys.model.calendar import MONTHS
from journeys.model.date_phrases import Hints, MeetingLookup, mentions_meeting, normalised, read_phrase
from journeys.model.date_span import (
    FIRST_YEAR,
    LAST_YEAR,
    PRECISIONS,
    UNKNOWN,
    DateSpan,
    DateUnreadable,
    check_year,
    months_span,
    named_day,
    third,
    whole_months,
)

__all__ = ["PRECISIONS", "UNKNOWN", "DateSpan", "DateUnreadable", "MeetingLookup", "describe", "read_date"]

_LONGEST = 200
_THIRD_NAMES = ("early ", "mid-", "late ")
_SEASON_NAMES = {3: "spring", 6: "summer", 9: "autumn"}
_QUARTER_NAMES = {1: "first", 4: "second", 7: "third", 10: "fourth"}
_DAY = timedelta(days=1)
_LAST_DAY = date(LAST_YEAR, 12, 31)
_WRITE = 'Write a date such as "5 March 2011", "2011-03-05", or "n.d." if none is known.'


def read_date(
    value: object,
    *,
    day_first: bool = True,
    year_hint: int | None = None,
    excel_epoch: Literal[1900, 1904] | None = None,
    meetings: MeetingLookup | None = None,
) -> DateSpan:
    """Read a date out of a cell or a text; bounds are inclusive days, ``text`` the words used.

    ``value`` is text, a date or datetime (its day as written, whatever the time zone), a number, or None. None, blank
    text and NaN (how pandas holds an empty cell) give ``UNKNOWN``; "n.d." and the like give an unknown span that keeps
    its text. A whole number is a year (1000 to 2999) or YYYYMMDD, unless ``excel_epoch`` says that numbers are Excel
    serial days of the 1900 or the 1904 date system. ``day_first`` reads "05/03/2011" as 5 March. ``year_hint`` is the
    year for a date without one. ``meetings`` is asked for the date of a meeting named in words that are no date ("June
    meeting"); its exceptions are passed on.

    Text may be ISO 8601 (weeks too), EDTF (levels 0 and 1, and the sets, seasons and masks of level 2) or English: "5
    March 2011", "5 and 7 March 2011", "early March 2011" (days 1-10, 11-20, 21-end), "spring 2011", "winter 2010/11",
    "Q2 2011", "2010/11" (the financial year from 1 April), "academic year 2010/11" (from September), "municipal year
    2010/11" (from May), "autumn term 2010", "year ending March 2011", "Easter 2011", "w/c 7 March 2011", "first week of
    May 2011" (days 1-7), "before June 2011" (ends 31 May), "by May 2011" (ends 31 May), "after 3 June 2011" (starts 4
    June), "March-June 2011", "circa 2011". A hyphen in "2010-11" makes November 2010, as in ISO, with a remark; a dash
    ("2010 - 11" too) and "2010/2011" two calendar years; "winter 2011", which may be either, spans both winters.
    The words of a time of day stay in ``text``; the time is in ``clock``. Doubts (a weekday that does not fit the date)
    are in ``remarks``. Raises DateUnreadable, whatever the type of the value, for a value that is not a date or an
    impossible one.
    """
    if isinstance(value, str):
        if len(value) == 10 and value[4] == value[7] == "-":
            try:
                day = date.fromisoformat(value)
            except ValueError:
                pass  # the slower reader says what is wrong
            else:
                if FIRST_YEAR <= day.year <= LAST_YEAR:
                    return DateSpan(value, day, day, "day")
        return _read_text(value, Hints(day_first, year_hint, meetings))
    if value is None:
        return UNKNOWN
    if isinstance(value, date):
        return _read_day(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _read_number(value, excel_epoch)
    raise DateUnreadable(f"A value of the kind {type(value).__name__} is not a date.", _WRITE)


def describe(span: DateSpan) -> str:
    """Return the span in words, made from its bounds: "5 March 2011", "before 1 June 2011", "about 2011", "undated".

    ``read_date`` reads the words back to the same bounds.
    """
    start, end = span.date_from, span.date_to
    doubt = "about " if span.approximate else ""
    if start is None:
        if end is None:
            return "undated"
        return f"up to {doubt}{named_day(end)}" if end >= _LAST_DAY else f"before {doubt}{named_day(end + _DAY)}"
    if end is None:
        return f"since {doubt}{named_day(start)}" if start.day == 1 else f"after {doubt}{named_day(start - _DAY)}"
    if start == end:
        return f"{doubt}{named_day(start)}"
    if span.approximate and span.precision == "between" and (part := _third_name(start, end)):
        return part
    if unit := _unit_name(start, end, span.precision):
        return f"{doubt}{unit}"
    if whole_months(start, end) and (start.month, end.month) == (1, 12):
        bounds = f"{start.year} and {end.year}"
    elif (start.year, start.month) == (end.year, end.month):
        bounds = f"{start.day} and {named_day(end)}"
    elif start.year == end.year:
        bounds = f"{start.day} {MONTHS[start.month - 1]} and {named_day(end)}"
    else:
        bounds = f"{named_day(start)} and {named_day(end)}"
    return f"{'roughly ' if span.approximate else ''}between {bounds}"


def _unit_name(start: date, end: date, precision: str) -> str | None:
    """Return the name of the calendar unit that the days fill exactly; None if it has no name."""
    count = whole_months(start, end)
    if count == 1:
        return f"{MONTHS[start.month - 1]} {start.year}"
    if count == 3 and precision == "quarter":
        if start.month in _SEASON_NAMES:
            return f"{_SEASON_NAMES[start.month]} {start.year}"
        if start.month == 12:
            return f"winter {_two_years(start.year)}"
        if start.month in _QUARTER_NAMES:
            return f"{_QUARTER_NAMES[start.month]} quarter of {start.year}"
    if count == 12 and start.month == 1:
        return str(start.year)
    if count == 12 and start.month == 4 and precision == "year":
        return f"financial year {_two_years(start.year)}"
    if count == 120 and start.month == 1 and start.year % 10 == 0:
        return f"the {start.year}s"
    return None


def _two_years(first: int) -> str:
    return f"{first}/{(first + 1) % 100:02d}"


def _third_name(start: date, end: date) -> str | None:
    """ "early March 2011", "late 2011", where the days are just those."""
    units = (
        (months_span(start.year, start.month), f"{MONTHS[start.month - 1]} {start.year}"),
        (months_span(start.year, 1, 12, "year"), str(start.year)),
    )
    for unit, name in units:
        for which, word in enumerate(_THIRD_NAMES):
            part = third(unit, which)
            if (part.date_from, part.date_to) == (start, end):
                return f"{word}{name}"
    return None


def _read_text(value: str, hints: Hints) -> DateSpan:
    if len(value) > _LONGEST:
        value = value.strip()
        if len(value) > _LONGEST:
            raise DateUnreadable(f"A text of {len(value):,} characters is not a date.", _WRITE)
    if hints.meetings is None:
        found = _read_cached(value, hints.day_first, hints.year_hint)
    else:
        found = _read_afresh(value, hints)
    if isinstance(found, DateSpan):
        return found
    raise DateUnreadable(*found)


@lru_cache(maxsize=16_384)
def _read_cached(value: str, day_first: bool, year_hint: int | None) -> DateSpan | tuple[str, str]:
    """Return a span, or the message and remedy: repeated mistakes are cached like repeated dates."""
    return _read_once(value, Hints(day_first, year_hint))


def _read_afresh(value: str, hints: Hints) -> DateSpan | tuple[str, str]:
    """Read without the cache where meetings are needed: the result then depends on the study."""
    found = None if mentions_meeting(value) else _read_cached(value, hints.day_first, hints.year_hint)
    return found if isinstance(found, DateSpan) else _read_once(value, hints)


def _read_once(value: str, hints: Hints) -> DateSpan | tuple[str, str]:
    try:
        words = normalised(value)
        if not words:
            return UNKNOWN if not value.split() else replace(UNKNOWN, text=value.strip())
        return replace(read_phrase(words, hints), text=" ".join(value.split()))
    except DateUnreadable as refusal:
        return refusal.message, refusal.remedy


def _read_day(value: date) -> DateSpan:
    if value != value:  # pandas' "not a time" is a datetime that equals nothing, and stands for an empty cell
        return UNKNOWN
    day = date(value.year, value.month, value.day)
    check_year(day.year)
    return DateSpan(day.isoformat(), day, day, "day")


def _read_number(value: int | float, excel_epoch: Literal[1900, 1904] | None) -> DateSpan:
    if isinstance(value, float) and math.isnan(value):
        return UNKNOWN
    if excel_epoch is not None and 0 <= value < 500_000:
        return _read_serial(int(value), excel_epoch)
    if excel_epoch is None and 1000 <= value <= 29_991_231 and value == int(value):
        whole = int(value)
        if whole <= LAST_YEAR or whole >= 10_000_000:
            return _read_text(str(whole), Hints())
        if whole < 100_000:
            raise DateUnreadable(
                f"{whole} is a number, perhaps Excel's number for a day.",
                'Format the cell as a date in Excel, or write the date as text, such as "5 March 2011".',
            )
    raise DateUnreadable("This number is not a date.", _WRITE)


def _read_serial(serial: int, excel_epoch: Literal[1900, 1904]) -> DateSpan:
    """Return day ``serial`` of Excel's calendar. The 1900 system counts a 29 February 1900 (number 60), which did not
    exist."""
    if excel_epoch == 1904:
        return _read_day(date(1904, 1, 1) + serial * _DAY)
    if serial in (0, 60):
        raise DateUnreadable(f"Excel's day number {serial} is not a real day.", _WRITE)
    return _read_day(date(1899, 12, 31 if serial < 60 else 30) + serial * _DAY)
