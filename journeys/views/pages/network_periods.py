"""The periods that a reader of a network page can choose: days, months, quarters or years, and when each claim may have
been."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from journeys.analysis.claims.claim import ClaimRecord
from journeys.model.calendar import MONTHS
from journeys.model.date_span import month_end, named_day
from journeys.model.dates import DateSpan
from journeys.model.order import outer_bounds
from journeys.model.periods import finest

_MOST_DAYS, _MOST_MONTHS = 62, 240
"""Up to so many days a step of the slider is a day, up to so many months a month, else a year; but never less than the
finest unit in which a date is stated."""
_QUARTERS = ("First", "Second", "Third", "Fourth")


def iso_bounds(when: DateSpan) -> tuple[str, str] | None:
    """The first and the last possible day as ISO text, "" where it is open; None where nothing is known."""
    first, last = outer_bounds(when)
    if first is None and last is None:
        return None
    return first.isoformat() if first else "", last.isoformat() if last else ""


@dataclass(frozen=True, slots=True)
class Period:
    """A step of the slider: its days, its words, and two keys: ISO texts of its days are not before ``key``, and begin
    with ``until`` or are before it.

    Pages hold the keys alone: a day on a page is one that a source gives.
    """

    first: date
    last: date
    words: str
    key: str
    until: str


def periods(claims: Iterable[ClaimRecord]) -> list[Period]:
    """The steps of the slider, in order; none without a date."""
    spans = [DateSpan(None, *outer_bounds(claim.when), "between") for claim in claims]
    days = [day for when in spans for day in (when.date_from, when.date_to) if day is not None]
    if not days:
        return []
    first, last = min(days), max(days)
    grain = finest(spans)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if grain == "day" and (last - first).days < _MOST_DAYS:
        made = [Period(day, day, named_day(day), day.isoformat(), day.isoformat()) for day in _days(first, last)]
    elif months > _MOST_MONTHS or grain == "year":
        made = list(_months(first, last, 12))
    else:
        made = list(_months(first, last, 3 if grain == "quarter" else 1))
    return _open_ends(made, spans)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _months(first: date, last: date, length: int) -> Iterator[Period]:
    """Months, quarters or years: ``length`` is theirs in months."""
    month = (first.year * 12 + first.month - 1) // length * length
    while month <= last.year * 12 + last.month - 1:
        year, begins = month // 12, month % 12 + 1
        start, end = date(year, begins, 1), month_end(year, begins + length - 1)
        words = {
            1: f"{MONTHS[begins - 1]} {year}",
            3: f"{_QUARTERS[(begins - 1) // 3]} quarter of {year}",
            12: str(year),
        }[length]
        width = 4 if length == 12 else 7
        yield Period(start, end, words, start.isoformat()[:width], end.isoformat()[:width])
        month += length


def _open_ends(made: list[Period], spans: Sequence[DateSpan]) -> list[Period]:
    """The steps; a claim of which only the last possible day is known reaches back before the first of them."""
    opens = any(when.date_from is None and when.date_to and when.date_to <= made[0].last for when in spans)
    closes = any(when.date_to is None and when.date_from and when.date_from >= made[-1].first for when in spans)
    if opens:
        made[0] = replace(made[0], words=f"{made[0].words} or earlier")
    if closes:
        made[-1] = replace(made[-1], words=f"{made[-1].words} or later")
    return made
