"""Days that a person gives to a command or a method: in the words that forms may use, or as a date."""

from __future__ import annotations

from datetime import date

from journeys.model.dates import DateUnreadable, describe, read_date
from journeys.model.problems import UsageProblem


def first_day(text: str | date | None, option: str) -> date | None:
    """Return the first day that the words allow; None for None. Raises UsageProblem, which names the ``option``."""
    return _day(text, option, "first")


def last_day(text: str | date | None, option: str) -> date | None:
    """Return the last day that the words allow; None for None. Raises UsageProblem, which names the ``option``."""
    return _day(text, option, "last")


def _day(text: str | date | None, option: str, which: str) -> date | None:
    if text is None or isinstance(text, date):
        return text
    try:
        when = read_date(text)
    except DateUnreadable as unreadable:
        raise UsageProblem(f"{option}: {unreadable}") from None
    day = when.date_from if which == "first" else when.date_to
    if day is None:
        raise UsageProblem(f"{option}: {describe(when)} has no {which} day. Write a day, month or year.")
    return day
