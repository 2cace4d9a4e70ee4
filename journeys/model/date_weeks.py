"""Dates given by week: week commencing, ISO weeks, the first week of a month, the first Monday."""

from __future__ import annotations

from datetime import date, timedelta

from journeys.model.calendar import MONTHS
from journeys.model.date_occasions import nth_weekday
from journeys.model.date_shapes import (
    IN_YEAR,
    MONTH_NAME,
    NTH,
    OF,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    Match,
    Pattern,
    Shapes,
    month_number,
    nth_number,
    shapes,
    weekday_number,
    year_of,
)
from journeys.model.date_span import (
    DateRemark,
    DateSpan,
    DateUnreadable,
    day_span,
    days_span,
    month_end,
    months_span,
    named_day,
)

WEEK = Pattern(
    r"(?:the\s+)?(?:w\s?[/.]\s?(?:b(?:eg)?|c(?:omm?)?)|w[bc]|(?P<weeks>week|wk|fortnight|two\s+weeks)\.?\s+"
    r"(?P<word>commencing|comm?|beginning|beg|starting|from|of|ending|to|ended)|(?P<ends>w\s?[/.]\s?e|we))"
    r"[.:]?\s+(?:the\s+|on\s+)?(?P<rest>.+)"
)
WEEKEND = Pattern(r"(?:the\s+)?weekend\s+of\s+(?:the\s+)?(?P<rest>.+)")


def read_week(found: Match, start: DateSpan) -> DateSpan:
    """The seven (or fourteen) days from a day on, or up to it, as the words of ``WEEK`` say."""
    if start.precision != "day" or start.date_from is None:
        raise DateUnreadable("A week needs the day on which it begins.", 'Write "week beginning 7 March 2011".')
    words, word = (found["weeks"] or "").lower(), (found["word"] or "").lower()
    length = 14 if words not in ("", "week", "wk") else 7
    ends = bool(found["ends"]) or word in ("ending", "ended", "to")
    number = start.date_from.toordinal() - (length - 1 if ends else 0)
    if word == "of" and length == 7:  # the week in which that day lies
        number -= start.date_from.weekday()
    remarks = start.remarks if word in ("from", "to", "of") else (*start.remarks, *_odd_end(start.date_from, ends))
    try:
        first, last = (date.fromordinal(day) for day in (number, number + length - 1))
    except (ValueError, OverflowError):
        raise DateUnreadable("This week is outside the calendar.", "Check the year.") from None
    week = days_span(first, last)
    return DateSpan(None, week.date_from, week.date_to, "between", start.approximate, remarks=remarks)


def _odd_end(day: date, ends: bool) -> list[DateRemark]:
    """What is said of a week that begins or ends on a day on which weeks seldom do."""
    if day.weekday() in ((4, 5, 6) if ends else (0, 6)):
        return []
    message = f"{named_day(day)} was a {WEEKDAYS[day.weekday()]}, on which few weeks {'end' if ends else 'begin'}."
    return [DateRemark("wrong_weekday", message, "Check the day, the month and the year.")]


def read_weekend(day: DateSpan) -> DateSpan:
    """The Saturday and Sunday of which ``day`` is one. Raises DateUnreadable for another weekday."""
    if day.date_from and day.date_to and (day.date_from.weekday(), (day.date_to - day.date_from).days) == (5, 1):
        return day
    if day.precision != "day" or day.date_from is None or day.date_from.weekday() < 5:
        raise DateUnreadable("This is not a Saturday or a Sunday.", 'Write the days, such as "5 to 6 March 2011".')
    saturday = day.date_from - timedelta(day.date_from.weekday() - 5)
    return days_span(saturday, saturday + timedelta(1))


def _iso_week(found: Match, _: int | None) -> DateSpan:
    year, week = int(found["year"]), int(found["week"])
    day = int(found["weekday_number"]) if found["weekday_number"] else None
    try:
        first = date.fromisocalendar(year, week, day or 1)
        last = date.fromisocalendar(year, week, day or 7)
    except ValueError:
        raise DateUnreadable(
            f"There is no week {week} in {year}.", 'Write the first day of the week: "week beginning 7 March 2011".'
        ) from None
    return days_span(first, last, "day" if day else "between")


def _week_of_month(found: Match, year_hint: int | None) -> DateSpan:
    """Days 1-7, 8-14, 15-21, 22-28; the last seven days; the fifth from day 29 to the end of the month."""
    year, month = year_of(found, year_hint), month_number(found["month"])
    end = months_span(year, month).date_to or month_end(year, month)
    nth = nth_number(found["nth"])
    first = end.day - 6 if nth == -1 else 7 * nth - 6
    if first > end.day:
        name = f"{MONTHS[month - 1]} {year}"
        raise DateUnreadable(f"There is no fifth week in {name}.", f'Write "last week of {name}".')
    return days_span(end.replace(day=first), end.replace(day=min(first + 6, end.day)))


def _weekday_of_month(found: Match, year_hint: int | None) -> DateSpan:
    year, month = year_of(found, year_hint), month_number(found["month"])
    months_span(year, month)
    weekday = weekday_number(found["weekday"])
    day = nth_weekday(year, month, weekday, nth_number(found["nth"]))
    if day is None:
        name = f"{WEEKDAYS[weekday]} in {MONTHS[month - 1]} {year}"
        raise DateUnreadable(f"There is no fifth {name}.", f'Write "last {name}".')
    return day_span(day.year, day.month, day.day)


_DAY_OF_WEEK = r"(?:-?(?P<weekday_number>[1-7]))?"

WEEKS: Shapes = shapes(
    (rf"{YEAR}[\s-]?w(?P<week>[0-9]{{2}}){_DAY_OF_WEEK}", _iso_week),
    (rf"(?:w|week|wk)\.?\s*(?P<week>[0-9]{{1,2}}){OF}{YEAR}(?P<weekday_number>)", _iso_week),
    (rf"{YEAR}\s*[,/-]?\s*(?:week|wk)\.?\s*(?P<week>[0-9]{{1,2}})(?P<weekday_number>)", _iso_week),
    (rf"(?:the\s+)?{NTH}\s+week(?:\s+(?:of|in))?(?:\s+the)?\s+{MONTH_NAME}{IN_YEAR}", _week_of_month),
    (rf"(?:the\s+)?{NTH}\s+{WEEKDAY}(?:\s+(?:of|in))?\s+{MONTH_NAME}{IN_YEAR}", _weekday_of_month),
)
