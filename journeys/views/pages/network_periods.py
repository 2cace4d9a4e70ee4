"""The periods that a reader of a network page can choose: days, months or years, and when each claim may have been."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from journeys.analysis.claims.claim import ClaimRecord
from journeys.model.dates import DateSpan
from journeys.model.order import outer_bounds

_MOST_DAYS, _MOST_MONTHS = 62, 240
"""Up to so many days a step of the slider is a day, up to so many months a month, else a year."""


def iso_bounds(when: DateSpan) -> tuple[str, str] | None:
    """The first and the last possible day as ISO text, "" where it is open; None where nothing is known."""
    first, last = outer_bounds(when)
    if first is None and last is None:
        return None
    return first.isoformat() if first else "", last.isoformat() if last else ""


@dataclass(frozen=True, slots=True)
class Period:
    """A step of the slider: its days, its words, and ``key``, with which the ISO text of each of its days begins.

    Pages hold the key alone: a day on a page is one that a source gives.
    """

    first: date
    last: date
    words: str
    key: str


def periods(claims: Iterable[ClaimRecord]) -> list[Period]:
    """The steps of the slider, in order; none without a date."""
    days = [day for claim in claims for day in outer_bounds(claim.when) if day is not None]
    if not days:
        return []
    first, last = min(days), max(days)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if (last - first).days < _MOST_DAYS:
        starts, pattern, length = list(_days(first, last)), "{0.day} {0:%B} {0.year}", 10
    elif months <= _MOST_MONTHS:
        starts, pattern, length = list(_months(first, last, 1)), "{0:%B} {0.year}", 7
    else:
        starts, pattern, length = list(_months(first.replace(month=1), last, 12)), "{0.year}", 4
    ends = [*(start - timedelta(days=1) for start in starts[1:]), _end(starts[-1], length)]
    return [
        Period(start, end, pattern.format(start), start.isoformat()[:length])
        for start, end in zip(starts, ends, strict=True)
    ]


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _months(first: date, last: date, step: int) -> Iterator[date]:
    month = first.year * 12 + first.month - 1
    while month <= last.year * 12 + last.month - 1:
        yield date(month // 12, month % 12 + 1, 1)
        month += step


def _end(start: date, length: int) -> date:
    """The last day of the step that begins on ``start``, a day, a month or a year long."""
    if length == 10:
        return start
    month = 12 if length == 4 else start.month
    if (start.year, month) == (9999, 12):
        return date.max
    return date(start.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
