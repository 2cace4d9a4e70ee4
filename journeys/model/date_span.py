"""A stretch of days, and how exactly it is known: the value every date in a form becomes."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

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
class DateSpan:
    """When something was: the words used, and what they allow.

    ``date_from`` and ``date_to`` are inclusive days; None is open (or, with both None, unknown). ``precision`` is one
    of ``PRECISIONS``: "before" has only ``date_to``, "after" only ``date_from``, "between" both without being a
    calendar unit, "quarter" is three months (a season too), "year" twelve (a financial year too). ``approximate``
    says that the words themselves were unsure ("circa", "?"): the bounds are then those of the words, not wider.
    ``text`` is None where nothing was written. Raises ValueError if ``date_from`` is later than ``date_to``.
    """

    text: str | None
    date_from: date | None
    date_to: date | None
    precision: str
    approximate: bool = False

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
    return DateSpan(None, start, end, "between", first.approximate or last.approximate)


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
    """The early (0), middle (1) or late (2) third, as people mean it, and so approximate.

    A month is cut into days 1-10, 11-20 and 21 to its end; a season, a year or a decade into equal numbers of months.
    Raises DateUnreadable for anything else ("early 5 March 2011").
    """
    start, end = span.date_from, span.date_to
    count = whole_months(start, end) if start and end else None
    if start and end and count == 1:
        first = start.replace(day=1 + 10 * which)
        last = end if which == 2 else start.replace(day=10 + 10 * which)
        return DateSpan(None, first, last, "between", True)
    if start and count and count % 3 == 0:
        size = count // 3
        years, month = divmod(start.month - 1 + size * which, 12)
        part = months_span(start.year + years, month + 1, size, "between")
        return DateSpan(None, part.date_from, part.date_to, "between", True)
    raise DateUnreadable(
        "Only a month, a season, a year or a decade has an early, a middle and a late part.",
        'Write for example "early March 2011", or both ends: "1 March 2011 to 10 March 2011".',
    )


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
