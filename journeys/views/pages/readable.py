"""A table of results as people read it: dates in words, one column for a period, and no column that holds nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from journeys.analysis.measures.qca_conditions import condition_words, term_words
from journeys.model.calendar import MONTHS
from journeys.model.dates import DateSpan, describe
from journeys.model.phrases import one_of

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_FROM, _TO = "_from", "_to"
_HEADS = {"arena": "board, team or group", "arenas": "boards, teams and groups", "negated": "reported not to be so"}
"""Names of columns that are words of the program, with those that pages use."""

Column = tuple[str, str]
"""The name of a column, and what it means."""


@dataclass(frozen=True, slots=True)
class Readable:
    """The columns that are shown, the rows, and a sentence on the columns that are left out ("" where none is)."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    note: str


def readable(columns: Sequence[Column], rows: Sequence[Sequence[Any]], most: int | None = None) -> Readable:
    """The table for people: the first and the last possible day in one column, days in words, and what no row has
    left out and named. Of all rows the first ``most`` are given, as words take long."""
    told = rows[:most]
    made = list(_periods(columns, rows, told))
    kept = [(column, values) for column, holds, values in made if holds or not rows]
    gone = [head_words(name) for (name, _), holds, _ in made if rows and not holds]
    heads = tuple((head_words(name), meaning) for (name, meaning), _ in kept)
    in_words = [tuple(cell_in_words(value) for value in values) for _, values in kept]
    note = f"Not recorded in any row: {one_of(gone, 'and')}." if gone else ""
    return Readable(heads, tuple(zip(*in_words, strict=True)) if in_words else tuple(() for _ in told), note)


def cell_in_words(value: Any) -> Any:
    """A value as people read it: a day, a whole number, a term of a truth table; anything else as it is."""
    return term_words(value) if isinstance(value, str) and value.isupper() else date_in_words(whole_number(value))


def date_in_words(value: Any) -> Any:
    """A day or month, alone or in a list, as a person writes it; anything else as it is."""
    if isinstance(value, list | tuple):
        return [date_in_words(each) for each in value]
    if (day := _day(value)) is not None:
        return describe(DateSpan(None, day, day, "day"))
    if isinstance(value, str) and (month := _MONTH.fullmatch(value)):
        return f"{MONTHS[int(month[2]) - 1]} {month[1]}"
    return value


def whole_number(value: Any) -> Any:
    """A number that is whole without decimals: 0 beside 0.122, not 0.0; anything else as it is."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _periods(
    columns: Sequence[Column], rows: Sequence[Sequence[Any]], told: Sequence[Sequence[Any]]
) -> Iterator[tuple[Column, bool, list[Any]]]:
    """Each column with whether any row has something there, and what the rows that are ``told`` have; a first and a
    last possible day are one column."""
    names = [name for name, _ in columns]
    merged: set[str] = set()
    for at, (name, meaning) in enumerate(columns):
        stem = name.removesuffix(_FROM)
        last = names.index(stem + _TO) if stem != name and stem + _TO in names else None
        if name in merged:
            continue
        if last is None or not rows or not all(_is_day_or_none(row[each]) for row in rows for each in (at, last)):
            yield (name, meaning), any(_holds(row[at]) for row in rows), [row[at] for row in told]
            continue
        merged.add(names[last])
        holds = any(_holds(row[each]) for row in rows for each in (at, last))
        spans = [_period(_day(row[at]), _day(row[last])) for row in told]
        about = " to ".join(filter(None, (meaning, columns[last][1])))
        yield ("date" if stem == "date" else f"{stem}, when", about), holds, spans


def _period(first: date | None, last: date | None) -> str:
    backwards = first is not None and last is not None and first > last
    if backwards or (first is None and last is None):
        return " to ".join(date_in_words(each) for each in (first, last) if each)
    return describe(DateSpan(None, first, last, "between"))


def _is_day_or_none(value: Any) -> bool:
    return value in (None, "") or _day(value) is not None


def _day(value: Any) -> date | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return None


def _holds(value: Any) -> bool:
    """Whether there is anything to read in a cell: no and nought are."""
    if isinstance(value, list | tuple):
        return any(map(_holds, value))
    return value is not None and value != ""


def head_words(name: str) -> str:
    """The name of a column as pages write it."""
    return _HEADS.get(name) or condition_words(name)
