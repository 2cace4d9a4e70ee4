"""A form that was read as JSON, and back: what was filled in and what is to be reported, with every address."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson

from journeys.instruments.answers import Answer, FilledForm, FilledRow
from journeys.instruments.files.cells import Cell, Value
from journeys.model.problems import Address, Problem, Severity

_AS_THEY_ARE = (str, bool, int, float, type(None))


@dataclass(frozen=True, slots=True)
class ReadForm:
    """What a file is found to hold: the form, None for a file that is none; and what is wrong in it."""

    form: FilledForm | None
    problems: Sequence[Problem]


def to_text(read: ReadForm, name: str) -> bytes | None:
    """The JSON of a form in the file ``name``; None for one that holds what JSON cannot."""
    form = read.form
    try:
        return orjson.dumps([None if form is None else _of_form(form, name), problems_out(read.problems)])
    except TypeError:
        return None


def from_text(text: bytes, name: str) -> ReadForm:
    """The form that ``to_text`` wrote. Raises ValueError, TypeError, KeyError or IndexError for another text."""
    form, problems = orjson.loads(text)
    return ReadForm(None if form is None else _to_form(form, name), problems_in(problems))


def problems_out(problems: Sequence[Problem]) -> list[list[Any]]:
    """Problems as JSON."""
    return [
        [each.kind, [each.address.file, each.address.sheet, each.address.cell], each.message, each.remedy,
         each.severity.value]
        for each in problems
    ]  # fmt: skip


def problems_in(held: Sequence[Sequence[Any]]) -> list[Problem]:
    """Problems from JSON."""
    return [Problem(kind, Address(*at), message, remedy, Severity(how)) for kind, at, message, remedy, how in held]


def _of_form(form: FilledForm, name: str) -> list[Any]:
    def place(address: Address) -> list[Any]:
        at = [address.sheet, address.cell]
        return at if address.file == name else [*at, address.file]

    def cell(given: Cell | None) -> list[Any] | None:
        return None if given is None else [_value_out(given.value), *place(given.address)]

    def row(filled: FilledRow) -> list[Any]:
        return [{column: cell(given) for column, given in filled.values.items()}, place(filled.address)]

    def answer(given: Answer) -> list[Any]:
        cells = (given.given, given.place, given.sources, given.codes, given.bears_on)
        return [given.field, given.ask, given.scope, given.status, *map(cell, cells), place(given.address)]

    return [
        form.instrument,
        form.version,
        form.file,
        {field: cell(given) for field, given in form.header.items()},
        list(map(answer, form.answers)),
        list(map(row, form.claim_rows)),
        {table: list(map(row, rows)) for table, rows in form.tables.items()},
    ]


def _to_form(held: Sequence[Any], name: str) -> FilledForm:
    def cell(given: Sequence[Any] | None) -> Cell | None:
        if given is None:
            return None
        value = given[0] if isinstance(given[0], _AS_THEY_ARE) else _value_in(given[0])
        return Cell(value, Address(name, given[1], given[2]) if len(given) == 3 else Address(given[3], *given[1:3]))

    def some_cell(given: Sequence[Any]) -> Cell:
        found = cell(given)
        if found is None:
            raise ValueError("a row with a column that holds nothing")
        return found

    def place(at: Sequence[Any]) -> Address:
        return Address(name, *at) if len(at) == 2 else Address(at[2], *at[:2])

    def row(filled: Sequence[Any]) -> FilledRow:
        return FilledRow({column: some_cell(given) for column, given in filled[0].items()}, place(filled[1]))

    def answer(given: Sequence[Any]) -> Answer:
        field, ask, scope, status, *cells, address = given
        said, at, sources, codes, bears_on = map(cell, cells)
        return Answer(field, ask, scope, status, said, at, sources, codes, bears_on, place(address))

    instrument, version, file, header, answers, claim_rows, tables = held
    return FilledForm(
        instrument,
        version,
        file,
        _each(header, some_cell),
        tuple(map(answer, answers)),
        tuple(map(row, claim_rows)),
        {table: tuple(map(row, rows)) for table, rows in tables.items()},
    )


def _each(held: Mapping[str, Any], make: Callable[[Any], Cell]) -> dict[str, Cell]:
    return {name: make(each) for name, each in held.items()}


def _value_out(value: Value) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        raise TypeError("JSON has no such number")
    if isinstance(value, datetime):
        return {"time": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return value


def _value_in(held: Mapping[str, str]) -> Value:
    return datetime.fromisoformat(held["time"]) if "time" in held else date.fromisoformat(held["day"])
