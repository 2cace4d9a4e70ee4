"""Days that have a name: Easter and the feasts that move with it, Christmas, bank holidays, quarter days."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateutil.easter import easter

from journeys.model.date_shapes import IN_YEAR, OF, YEAR, Match, Pattern, Shapes, year_of
from journeys.model.date_span import DateSpan, check_year, days_span

# Days from Easter Sunday, first and last.
_WITH_EASTER: dict[str, tuple[int, int]] = {
    r"shrove tuesday|pancake day": (-47, -47),
    r"ash wednesday": (-46, -46),
    r"palm sunday": (-7, -7),
    r"holy week": (-7, -1),
    r"maundy thursday": (-3, -3),
    r"good friday": (-2, -2),
    r"easter(?:tide)?|easter (?:weekend|bank holidays?)": (-2, 1),
    r"easter sunday|easter day": (0, 0),
    r"easter monday": (1, 1),
    r"ascension(?: day)?": (39, 39),
    r"whitsun(?:tide|day)?|pentecost": (49, 50),
    r"whit sunday|pentecost sunday": (49, 49),
    r"whit monday": (50, 50),
    r"trinity sunday": (56, 56),
    r"corpus christi": (60, 60),
}
# First and last as month and day; a last month before the first is in the next year.
_FIXED: dict[str, tuple[int, int, int, int]] = {
    r"new year'?s day": (1, 1, 1, 1),
    r"twelfth night|epiphany": (1, 6, 1, 6),
    r"valentine'?s day": (2, 14, 2, 14),
    r"lady day": (3, 25, 3, 25),
    r"may day": (5, 1, 5, 1),
    r"midsummer(?:'?s)? day": (6, 24, 6, 24),
    r"michaelmas(?: day)?": (9, 29, 9, 29),
    r"hallowe'?en": (10, 31, 10, 31),
    r"all saints'?(?: day)?": (11, 1, 11, 1),
    r"bonfire night|guy fawkes(?: night)?": (11, 5, 11, 5),
    r"armistice day": (11, 11, 11, 11),
    r"christmas|xmas": (12, 24, 12, 26),
    r"christmas eve|xmas eve": (12, 24, 12, 24),
    r"christmas day|xmas day": (12, 25, 12, 25),
    r"boxing day|st\.? stephen'?s day": (12, 26, 12, 26),
    r"new year'?s eve|hogmanay": (12, 31, 12, 31),
}
# Bank holidays of England and Wales on a Monday: month, which Monday (-1 the last), and the years that moved it.
_MONDAYS: dict[str, tuple[int, int, dict[int, date]]] = {
    r"(?:early\s+)?may (?:day )?bank holiday(?: monday)?": (5, 1, {1995: date(1995, 5, 8), 2020: date(2020, 5, 8)}),
    r"(?:late\s+may|spring|whitsun) bank holiday(?: monday)?": (
        5, -1, {2002: date(2002, 6, 4), 2012: date(2012, 6, 4), 2022: date(2022, 6, 2)},
    ),
    r"(?:(?:late\s+)?(?:august|summer)) bank holiday(?: monday)?": (8, -1, {}),
}  # fmt: skip


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The nth weekday of a month (Monday is 0; -1 is the last), or None where the month has no fifth."""
    if nth == -1:
        last = date(year, month, 28)
        days = [last + timedelta(more) for more in range(4) if (last + timedelta(more)).month == month]
        days = [date(year, month, day) for day in range(22, 29)] + days[1:]
        return next(day for day in reversed(days) if day.weekday() == weekday)
    first = date(year, month, 1)
    day = first + timedelta((weekday - first.weekday()) % 7 + 7 * (nth - 1))
    return day if day.month == month else None


def _read(found: Match, year_hint: int | None) -> DateSpan:
    year = check_year(year_of(found, year_hint))
    name = " ".join(found["name"].lower().replace("-", " ").split())
    first, last = _days(name, year)
    return days_span(first, last, "day" if first == last else "between")


def _days(name: str, year: int) -> tuple[date, date]:
    for words, (first, last) in _WITH_EASTER.items():
        if re.fullmatch(words, name):
            sunday = easter(year)
            return sunday + timedelta(first), sunday + timedelta(last)
    for words, (month, day, last_month, last_day) in _FIXED.items():
        if re.fullmatch(words, name):
            return date(year, month, day), date(year, last_month, last_day)
    for words, (month, nth, moved) in _MONDAYS.items():
        if re.fullmatch(words, name):
            monday = moved.get(year) or nth_weekday(year, month, 0, nth)
            assert monday is not None
            return monday, monday
    raise AssertionError(name)


_NAMES = "|".join(words.replace(" ", r"[\s-]+") for words in (*_WITH_EASTER, *_FIXED, *_MONDAYS))
_NAME = rf"(?P<name>{_NAMES})"

OCCASIONS: Shapes = [
    (Pattern(rf"{_NAME}{IN_YEAR}"), _read),
    (Pattern(rf"{YEAR}{OF}{_NAME}"), _read),
]
