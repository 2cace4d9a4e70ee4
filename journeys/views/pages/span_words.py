"""The sentence on the time that dated steps cover, in the units that sources state: never a month out of a year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from journeys.model.calendar import MONTHS
from journeys.model.date_span import month_end, named_day
from journeys.model.dates import DateSpan, describe
from journeys.model.periods import Grain, finest

_DAY = timedelta(days=1)
_PRECISION = {1: "month", 3: "quarter", 12: "year"}


@dataclass(frozen=True, slots=True, order=True)
class _Unit:
    """A month, quarter, year or other unit that a source names: its days, and its words."""

    first: date
    last: date
    words: str


def dated_words(dates: Iterable[DateSpan]) -> str:
    """From which to which time the dates run, as a sentence; "" where none is known.

    A day is told by its month; a year stays a year, and what is open stays open.
    """
    known = [when for when in dates if when.date_from or when.date_to]
    grain = finest(known)
    start = min((_unit(when, when.date_from, grain) for when in known if when.date_from and when.date_to), default=None)
    end = max(
        (_unit(when, when.date_to, grain) for when in known if when.date_from and when.date_to),
        key=lambda unit: (unit.last, unit.first),
        default=None,
    )
    # What is open says where the time begins or ends only where nothing that is known reaches as far.
    opens = min((when.date_to for when in known if when.date_from is None and when.date_to), default=None)
    closes = max((when.date_from for when in known if when.date_to is None and when.date_from), default=None)
    before = opens and (start is None or opens < start.first) and f"before {_first_day_words(opens + _DAY)}"
    after = closes and (end is None or closes > end.last) and f"{_first_day_words(closes)} or later"
    if start is None or end is None:
        only = [words for words in (before, after and f"in {after}") if words]
        # Of two open ends it may not be known which comes first.
        return f"All dated steps lie {only[0]}." if len(only) == 1 else ""
    if not before and not after:
        for one, other in ((start, end), (end, start)):
            if one.first <= other.first and other.last <= one.last:
                return f"All dated steps lie in {one.words}."
    return f"Dated steps run from {before or start.words} to {after or end.words}."


def _unit(when: DateSpan, bound: date | None, grain: Grain) -> _Unit:
    """The unit in which one bound of a date is stated: what the date names, else a month, quarter or year."""
    first, last = when.date_from, when.date_to
    if first is None or last is None or bound is None:
        raise ValueError("a date that is open has no unit")
    named = describe(when)
    if "between " not in named and (first.year, first.month) != (last.year, last.month):
        return _Unit(first, last, _with_article(named))
    whole_years = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    months = 12 if whole_years else 3 if grain in ("quarter", "year") else 1
    month = (bound.month - 1) // months * months + 1
    unit = DateSpan(
        None,
        date(bound.year, month, 1),
        month_end(bound.year, month + months - 1),
        _PRECISION[months],
        when.approximate,
    )
    return _Unit(unit.date_from or bound, unit.date_to or bound, _with_article(describe(unit)))


def _with_article(unit: str) -> str:
    """The words as they stand in a sentence: "the first quarter of 2011", "the financial year 2010/11"."""
    return f"the {unit}" if " quarter of " in unit or unit.startswith("financial year") else unit


def _first_day_words(day: date) -> str:
    """A day by the longest unit that begins with it: 2019 for 1 January 2019, April 2019 for 1 April 2019."""
    if day.day > 1:
        return named_day(day)
    return str(day.year) if day.month == 1 else f"{MONTHS[day.month - 1]} {day.year}"
