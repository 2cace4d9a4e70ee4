"""Read the dates in a study's files: the order of day and month, and warnings about doubtful dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal

from journeys.instruments.files.cells import Cell
from journeys.model.date_span import named_day
from journeys.model.dates import DateSpan, DateUnreadable, MeetingLookup, read_date
from journeys.model.order import describe
from journeys.model.problems import Address, Problem, Report, Severity
from journeys.model.study_names import DateOrder

_IN_NUMBERS = re.compile(r"(?<![0-9/.])([0-9]{1,2})([/.-])([0-9]{1,2})\2[0-9]{4}(?![0-9])")
_LONG_AGO = 1800
"""Years before this are more often slips ("1011" for 2011) than dates."""
_ZERO_DAYS = {date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1), date(1904, 1, 1), date(1970, 1, 1)}
"""The days from which spreadsheets and other programs count; an empty date may appear as one of them."""
_SPREADSHEETS = (".xlsx", ".xlsm")


@dataclass(slots=True)
class _Seen:
    """The first dates of a column that show its order, or could be read in either."""

    day_first: Cell | None = None
    month_first: Cell | None = None
    either: Cell | None = None
    readings: int = 0
    """How many could be read in either."""


@dataclass(slots=True)
class _Converted:
    """What stands in one column of a sheet: the first real date, and the first text that is a date in numbers and
    must be one in its order. ``possible`` is whether every real date may be one with day and month exchanged."""

    real: Cell | None = None
    text: Cell | None = None
    possible: bool = True


@dataclass
class DateReader:
    """Reads dates. ``order`` is what study.yaml says of "03/05/2011"; None is day first, as a guess that is said."""

    order: DateOrder | None = None
    _tables: dict[str, DateOrder | None] = field(default_factory=dict)
    _seen: dict[tuple[str | None, ...], _Seen] = field(default_factory=dict)
    _said: set[tuple[object, ...]] = field(default_factory=set)
    _converted: dict[tuple[str | None, ...], _Converted] = field(default_factory=dict)

    def begin_table(self, file: str, order: DateOrder | None) -> None:
        """Read the dates of a table column by column, in the order that its map gives, else in the study's."""
        self._tables[file] = order or self.order

    def read(self, given: Cell, report: Report, meetings: MeetingLookup | None = None) -> DateSpan | None:
        """The date in a cell; None, reported, for what is no date. A doubtful reading is a warning."""
        value = given.value
        self._note_kind(given)
        if isinstance(value, datetime) and value.time() != time():
            value = given.text  # with the time of day
        order = self._order(given.address)
        if isinstance(value, str) and not self._in_order(given, value, order, report):
            return None
        try:
            span = read_date(value, day_first=order != "month_first", meetings=meetings)
        except DateUnreadable as error:
            report(Problem("bad_date", given.address, error.message, error.remedy))
            return None
        for kind, message, remedy in _doubts(span, given):
            where: object = str(given.address)
            if kind == "guessed_century":
                where = given.address.file
            elif kind == "month_or_years" and given.address.file in self._tables:
                where = self._column(given.address)
            if (kind, where) not in self._said:
                self._said.add((kind, where))
                report(Problem(kind, given.address, message, remedy, Severity.WARNING))
        return span

    def finish(self, report: Report) -> None:
        """Refuse columns whose dates stand in both orders; say, once for each file, which order was a guess, and of
        columns that they may be half converted by a spreadsheet."""
        for converted in self._converted.values():
            if converted.real is not None and converted.text is not None and converted.possible:
                report(_half_converted(converted.real, converted.text))
        guessed: set[str | None] = set()
        for column, seen in self._seen.items():
            remedy = f"Write the months as words, or say in {self._where(column[0])} which order is meant: date_order."
            if seen.day_first and seen.month_first:
                one, other = seen.day_first, seen.month_first
                message = f'"{other.text}" has the month first, and "{one.text}" in {one.address} the day.'
                report(Problem("mixed_date_order", other.address, message, remedy))
            elif seen.month_first and seen.either:
                one, other = seen.either, seen.month_first
                message = f'"{other.text}" has the month first, and "{one.text}" in {one.address} was read day first.'
                remedy = f"Write date_order: month_first in {self._where(column[0])}, or the months as words."
                report(Problem("mixed_date_order", other.address, message, remedy))
            elif seen.either and not seen.day_first and column[0] not in guessed:
                guessed.add(column[0])
                day = named_day(read_date(_numbers(seen.either.text)).date_from or date.min)
                others = ", and so were others in this file" if self._readings(column[0]) > 1 else ""
                message = f'"{seen.either.text}" was read day first, as {day}{others}.'
                remedy = (
                    f"If that is right, write date_order: day_first in {self._where(column[0])}; if not, "
                    "date_order: month_first."
                )
                report(Problem("guessed_date_order", seen.either.address, message, remedy, Severity.WARNING))

    def _order(self, address: Address) -> DateOrder | None:
        return self._tables.get(address.file or "", self.order)

    def _in_order(self, given: Cell, text: str, order: DateOrder | None, report: Report) -> bool:
        """Whether dates in numbers fit the order that was declared; without one, note what they show of it."""
        for shown in _orders_shown(text):
            if order is None:
                seen = self._seen.setdefault(self._column(given.address), _Seen())
                if getattr(seen, shown) is None:
                    setattr(seen, shown, given)
                seen.readings += shown == "either"
            elif shown not in ("either", order):
                first = "day" if order == "day_first" else "month"
                message = f'"{given.text}" does not have the {first} first, as date_order says.'
                report(Problem("wrong_date_order", given.address, message, "Correct it, or write the month as a word."))
                return False
        return True

    def _note_kind(self, given: Cell) -> None:
        """Note whether a cell of a workbook holds a real date, or a numeric date stored as text."""
        file, value = given.address.file or "", given.value
        if not file.lower().endswith(_SPREADSHEETS) or not isinstance(value, date | str):
            return
        shown = set(_orders_shown(value)) if isinstance(value, str) else set()
        if isinstance(value, str) and not shown & {"day_first", "month_first"}:
            return
        column = (file, given.address.sheet, (given.address.cell or "").rstrip("0123456789"))
        seen = self._converted.setdefault(column, _Converted())
        if isinstance(value, str):
            seen.text = seen.text or given
        else:
            seen.real = seen.real or given
            seen.possible = seen.possible and value.day <= 12

    def _readings(self, file: str | None) -> int:
        return sum(seen.readings for column, seen in self._seen.items() if column[0] == file)

    def _column(self, address: Address) -> tuple[str | None, ...]:
        """Return the unit with one order of day and month: a column of a table, or a whole form or register."""
        if address.file not in self._tables:
            return (address.file,)
        cell = address.cell or ""
        place = re.sub(r"^line [0-9]+|(?<=[A-Z])[0-9]+$|(?<=\[)[0-9]+(?=\])", "", cell)
        return address.file, address.sheet, place

    def _where(self, file: str | None) -> str:
        return "its map or in study.yaml" if file in self._tables else "study.yaml"


def _half_converted(real: Cell, text: Cell) -> Problem:
    """The warning that day and month of the real dates of a column may be exchanged: of dates in an order that it does
    not expect, a spreadsheet makes real ones where the day can be a month, and leaves the others as text."""
    day = real.value
    assert isinstance(day, date)
    message = f'The cell holds the day {named_day(day)}, but "{text.text}" in {text.address} stayed a text.'
    remedy = (
        "A spreadsheet that expects another order makes such a column, and exchanges day and month in the dates that "
        "it can read: compare both with the original, and write the months as words."
    )
    return Problem("half_converted", real.address, message, remedy, Severity.WARNING)


def _numbers(text: str) -> str:
    found = _IN_NUMBERS.search(text)
    return found[0] if found else text


def _orders_shown(text: str) -> Iterator[Literal["day_first", "month_first", "either"]]:
    """What each date in numbers shows: "25/03/2011" day first, "03/25/2011" month first, "03/05/2011" either."""
    for found in _IN_NUMBERS.finditer(text):
        first, second = int(found[1]), int(found[3])
        if first > 12 >= second:
            yield "day_first"
        elif second > 12 >= first:
            yield "month_first"
        elif first != second and found[2] != ".":  # with full stops the day comes first wherever they are in use
            yield "either"


def _doubts(span: DateSpan, given: Cell) -> Iterator[tuple[str, str, str]]:
    """What may not be meant: kind, message, remedy."""
    for remark in span.remarks:
        yield remark.kind, remark.message, remark.remedy
    start = span.date_from
    if start is not None and start > date.today():
        yield "future_date", f"The date, {describe(span)}, is after today.", "Check the year, or correct the date."
    end = span.date_to
    if end is not None and end.year < _LONG_AGO and span.precision in ("day", "month", "year"):
        message = f"The date, {describe(span)}, is before {_LONG_AGO}."
        yield "ancient_date", message, "Check the year, or correct the date."
    if start == span.date_to and start in _ZERO_DAYS:
        message = f"{named_day(start)} is a day from which programs count: an empty date may have become it."
        yield "zero_date", message, 'If no date is known, write "n.d."; else check it.'
    in_spreadsheet = isinstance(given.value, date) and (given.address.file or "").lower().endswith(_SPREADSHEETS)
    if in_spreadsheet and start is not None and start.day == 1 and start not in _ZERO_DAYS:
        month = describe(span).partition(" ")[2]
        message = f'The cell holds the day {describe(span)}; a spreadsheet makes this of "{month}" too.'
        yield "first_of_month", message, f'If only the month is known, format the cell as text and write "{month}".'
