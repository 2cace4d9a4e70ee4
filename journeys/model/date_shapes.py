"""Building blocks of the date patterns: years, months, days and separators."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property

from journeys.model.calendar import MONTHS
from journeys.model.date_span import DateSpan, DateUnreadable

Match = re.Match[str]
Reader = Callable[[Match, int | None], DateSpan]
"""Turns a match into a span; the second argument is the year to use where the words give none."""


class Pattern:
    """A pattern without regard to case, ASCII only (the text is normalised before), that is compiled when it is first
    used: of more than a hundred, a command that reads no dates needs none."""

    def __init__(self, text: str) -> None:
        self.pattern = text

    @cached_property
    def fullmatch(self) -> Callable[[str], Match | None]:
        """The match of a whole text."""
        return self._compiled.fullmatch

    @cached_property
    def search(self) -> Callable[[str], Match | None]:
        """The first match in a text."""
        return self._compiled.search

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, re.ASCII | re.IGNORECASE)


Shapes = list[tuple[Pattern, Reader]]

MONTH_NAME = (
    r"(?P<month>jan(?:uary)?|febr?(?:uary)?|mar(?:ch)?|mch|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
DAY = r"(?P<day>[0-9]{1,2})(?:\s?(?:st|nd|rd|th))?"
YEAR = r"(?P<year>[0-9]{4})"
TWO_YEARS = r"(?P<year>[0-9]{4})\s?[/-]\s?(?P<second>[0-9]{4}|[0-9]{2})"
OF = r"\s*[,/-]?\s*(?:(?:of|in)\s+)?(?:the\s+(?:year\s+)?)?"
IN_YEAR = rf"(?:{OF}{YEAR})?"
SEP = r"[\s,./-]*"
GAP = r"[\s,./-]+"

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKDAY = r"(?P<weekday>mon|tues?|wed(?:nes|s)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"

_MONTH_NUMBER = {name[:3].lower(): number for number, name in enumerate(MONTHS, start=1)} | {"mch": 3}
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1, "final": -1,
}  # fmt: skip
NTH = r"(?P<nth>first|second|third|fourth|fifth|last|final|[1-5](?:st|nd|rd|th))"


def shapes(*pairs: tuple[str, Reader]) -> Shapes:
    """Patterns with their readers, ready for use; the first that fits a whole text counts."""
    return [(Pattern(text), read) for text, read in pairs]


def read_shape(table: Sequence[tuple[Pattern, Reader]], text: str, year_hint: int | None) -> DateSpan | None:
    """Return the span that the first matching pattern reads; None if none matches."""
    for shape, read in table:
        if found := shape.fullmatch(text):
            return read(found, year_hint)
    return None


def month_number(name: str) -> int:
    """The number of a month from its English name, whole or short."""
    return _MONTH_NUMBER[name[:3].lower()]


def weekday_number(name: str) -> int:
    """The number of a weekday (Monday is 0) from its English name, whole or short."""
    return next(number for number, day in enumerate(WEEKDAYS) if day[:3].lower() == name[:3].lower())


def nth_number(word: str) -> int:
    """The number of an ordinal: 1 for "first" and "1st", -1 for "last"."""
    return _ORDINALS.get(word.lower()) or int(word[0])


def year_of(found: Match, year_hint: int | None) -> int:
    """The year that a match gives, else the year meant. Raises DateUnreadable where there is neither."""
    if found["year"]:
        return int(found["year"])
    if year_hint is not None:
        return year_hint
    named = found[0].strip()
    raise DateUnreadable(f'"{named}" gives no year.', f'Write the year too, such as "{named} 2011".')


def first_of_two(found: Match) -> int:
    """The first year of "2010/11". Raises DateUnreadable unless the second follows it."""
    year = int(found["year"])
    second = found["second"]
    if int(second) != (year + 1) % 10 ** len(second):
        month = f'"{year}-{second}" for a month, ' if len(second) == 2 and 1 <= int(second) <= 12 else ""
        raise DateUnreadable(
            f"{year} and {second} are not two years that follow each other.",
            f'Write {month}"{year}/{(year + 1) % 100:02d}" for a financial year, "{year} to {year + 2}" for a period.',
        )
    return year
