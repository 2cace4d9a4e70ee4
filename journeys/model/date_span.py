"""A span of days and how exactly it is known: what each date in a form is read as."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta

from journeys.model.calendar import MONTHS

FIRST_YEAR, LAST_YEAR = 1000, 2999

PRECISIONS = ("day", "month", "quarter", "year", "before", "after", "between", "unknown")

_DAY = timedelta(days=1)


class DateUnreadable(ValueError):
    """A date cannot be read. ``message`` says what is wrong, ``remedy`` what to write instead; both are sentences."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}"


@dataclass(frozen=True, slots=True)
class DateRemark:
    """A remark on a date whose reading may not be what was meant. ``kind`` is a short stable word."""

    kind: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date: the words used, and the first and last day that they allow.

    ``date_from`` and ``date_to`` are inclusive days; None is open (or, with both None, unknown). ``precision`` is one
    of ``PRECISIONS``: "before" has only ``date_to``, "after" only ``date_from``, "between" both without being a
    calendar unit, "quarter" is three months (a season too), "year" twelve (a financial year too). ``approximate`` is
    set by words such as "circa" or "?"; the bounds are those of the words, not widened. ``text`` is None where nothing
    was written. Raises ValueError if ``date_from`` is later than ``date_to``.

    ``within`` is the unit that vague words name (2019 for "early 2019"): the date cannot lie outside it. ``clock`` is
    the time of day, if one was written. ``remarks`` list readings that may not be what was meant.
    """

    text: str | None
    date_from: date | None
    date_to: date | None
    precision: str
    approximate: bool = False
    within: tuple[date, date] | None = field(default=None, compare=False)
    clock: time | None = field(default=None, compare=False)
    remarks: tuple[DateRemark, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        if self.date_from is not None and self.date_to is not None and self.date_from > self.date_to:
            raise ValueError(f"a span cannot end ({self.date_to}) before it starts ({self.date_from})")


UNKNOWN = DateSpan(None, None, None, "unknown")


def named_day(day: date) -> str:
    """The day in words: "5 March 2011"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def month_end(year: int, month: int) -> date:
    """The last day of a month (1 to 12)."""
    return date(year, month, monthrange(year, month)[1])


def check_year(year: int) -> int:
    """The year itself; raises DateUnreadable outside 1000 to 2999."""
    if FIRST_YEAR <= year <= LAST_YEAR:
        return year
    raise DateUnreadable(
        f"The year is outside {FIRST_YEAR} to {LAST_YEAR}.",
        'Check the year and write it with four digits, such as "2011".',
    )


def day_span(year: int, month: int, day: int) -> DateSpan:
    """One day. Raises DateUnreadable when the calendar has no such day."""
    whole = months_span(year, month)
    last = month_end(year, month).day
    if not 1 <= day <= last:
        name = f"{MONTHS[month - 1]} {year}"
        raise DateUnreadable(
            f"There is no {day} {name} ({name} has {last} days).",
            f'Write a day from 1 to {last}, or only the month: "{year:04d}-{month:02d}".',
        )
    only = whole.date_from.replace(day=day) if whole.date_from else None
    return DateSpan(None, only, only, "day")


def months_span(year: int, month: int, count: int = 1, precision: str = "month") -> DateSpan:
    """``count`` whole months from a month on. Raises DateUnreadable for a month outside 1 to 12."""
    check_year(year)
    if not 1 <= month <= 12:
        raise DateUnreadable(
            f"There is no month {month}: months run from 1 to 12.",
            'Write the month as a word, such as "5 March 2011", or as year-month-day: "2011-03-05".',
        )
    years, last = divmod(month - 1 + count - 1, 12)
    return DateSpan(None, date(year, month, 1), month_end(check_year(year + years), last + 1), precision)


def hull(first: DateSpan, last: DateSpan) -> DateSpan:
    """From the start of one span to the end of the other. Raises DateUnreadable when that runs backwards."""
    start, end = first.date_from, last.date_to
    if start is not None and end is not None and start > end:
        raise DateUnreadable(
            f"The period ends ({named_day(end)}) before it starts ({named_day(start)}).",
            'Write the earlier date first, and the year with both: "November 2010 to March 2011".',
        )
    within = None
    if start and end and (first.within or last.within) and not (_doubted(first) or _doubted(last)):
        within = (first.within[0] if first.within else start, last.within[1] if last.within else end)
    approximate, remarks = first.approximate or last.approximate, (*first.remarks, *last.remarks)
    return DateSpan(None, start, end, "between", approximate, within, first.clock, remarks)


def joined(spans: Sequence[DateSpan]) -> DateSpan:
    """From the earliest start to the latest end of several spans with both bounds, in any order."""
    starts = min(spans, key=lambda span: span.date_from or date.max)
    ends = max(spans, key=lambda span: span.date_to or date.min)
    remarks = tuple(dict.fromkeys(remark for span in spans for remark in span.remarks))
    return replace(hull(starts, ends), approximate=any(span.approximate for span in spans), remarks=remarks)


def up_to(end: date | None, *, exclusive: bool, approximate: bool) -> DateSpan:
    """Everything up to a day; ``exclusive`` leaves that day itself out."""
    return _half_open(None, _moved(end, -1 if exclusive else 0), "before", approximate)


def onwards(start: date | None, *, exclusive: bool, approximate: bool) -> DateSpan:
    """Everything from a day on; ``exclusive`` leaves that day itself out."""
    return _half_open(_moved(start, 1 if exclusive else 0), None, "after", approximate)


def whole_months(start: date, end: date) -> int | None:
    """How many whole calendar months the inclusive days make, or None if they do not make whole ones."""
    if start.day != 1 or end != month_end(end.year, end.month):
        return None
    return (end.year - start.year) * 12 + end.month - start.month + 1


def third(span: DateSpan, which: int) -> DateSpan:
    """The early (0), middle (1) or late (2) third, as people mean it, and so approximate, but inside the unit.

    A month is cut into days 1-10, 11-20 and 21 to its end; a season, a year, a decade or a century into equal numbers
    of months. Raises DateUnreadable for anything else ("early 5 March 2011").
    """
    start, end = span.date_from, span.date_to
    count = whole_months(start, end) if start and end else None
    if start and end and count == 1:
        first = start.replace(day=1 + 10 * which)
        last = end if which == 2 else start.replace(day=10 + 10 * which)
        return DateSpan(None, first, last, "between", True, (start, end), remarks=span.remarks)
    if start and end and count and count % 3 == 0:
        part = _months_of(start, count // 3 * which, count // 3)
        return replace(part, approximate=True, within=(start, end), remarks=span.remarks)
    raise DateUnreadable(
        "Only a month, a season, a year, a decade or a century has an early, a middle and a late part.",
        'Write for example "early March 2011", or both ends: "1 March 2011 to 10 March 2011".',
    )


def half(span: DateSpan, which: int) -> DateSpan:
    """The first (0) or second (1) half; of a month days 1-15 and 16 to its end. Raises DateUnreadable as ``third``."""
    start, end = span.date_from, span.date_to
    count = whole_months(start, end) if start and end else None
    if start and end and count == 1:
        first, last = (start.replace(day=16), end) if which else (start, start.replace(day=15))
        return DateSpan(None, first, last, "between", span.approximate, remarks=span.remarks)
    if start and count and count % 2 == 0:
        part = _months_of(start, count // 2 * which, count // 2)
        return replace(part, approximate=span.approximate, remarks=span.remarks)
    raise DateUnreadable(
        "Only a month, a year, a decade or a century has two halves.",
        'Write for example "first half of 2011", or both ends: "1 January 2011 to 30 June 2011".',
    )


def days_span(start: date, end: date, precision: str = "between") -> DateSpan:
    """The days from one to another. Raises DateUnreadable outside the years that are read."""
    check_year(start.year)
    check_year(end.year)
    return DateSpan(None, start, end, precision)


def _months_of(start: date, skipped: int, count: int) -> DateSpan:
    years, month = divmod(start.month - 1 + skipped, 12)
    return months_span(start.year + years, month + 1, count, "between")


def _doubted(span: DateSpan) -> bool:
    return span.approximate and span.within is None


def _moved(day: date | None, days: int) -> date | None:
    if day is None:
        return None
    moved = day + days * _DAY
    check_year(moved.year)
    return moved


def _half_open(start: date | None, end: date | None, precision: str, approximate: bool) -> DateSpan:
    if start is None and end is None:
        raise DateUnreadable(
            "This has neither a start nor an end.",
            'Write at least one date, such as "before June 2011", or "n.d." if none is known.',
        )
    return DateSpan(None, start, end, precision, approximate)
