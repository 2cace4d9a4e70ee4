"""Tables as DataFrames of pandas and polars, with columns of the right types."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from importlib import import_module
from typing import Any

from journeys.model.problems import UsageProblem
from journeys.study.results.tabular import Tabular


def pandas_frame(table: Tabular) -> Any:
    """A pandas DataFrame: whole numbers with gaps are Int64, yes and no boolean, days datetime64, lists stay lists."""
    pandas = _library("pandas")
    made = {}
    for name, values in _columns(table):
        kind = _kind(values)
        dtype = {bool: "boolean", int: "Int64", float: "Float64", date: "datetime64[s]", str: "string"}.get(kind)
        if kind is int and None not in values:
            dtype = "int64"
        elif kind is float and None not in values:
            dtype = "float64"
        made[name] = pandas.Series(list(values), dtype=dtype if dtype else "object")
    return pandas.DataFrame(made, columns=list(made))


def polars_frame(table: Tabular) -> Any:
    """A polars DataFrame: Int64, Float64, Boolean, Date, String, and lists of texts."""
    polars = _library("polars")
    types = {
        bool: polars.Boolean,
        int: polars.Int64,
        float: polars.Float64,
        date: polars.Date,
        str: polars.String,
        list: polars.List(polars.String),
    }
    made = []
    for name, values in _columns(table):
        kind = _kind(values)
        if kind is list:
            values = [None if value is None else [str(item) for item in value] for value in values]
        elif kind is object:
            values = [None if value is None else str(value) for value in values]
        made.append(polars.Series(name, values, dtype=types.get(kind, polars.String)))
    return polars.DataFrame(made)


def _columns(table: Tabular) -> list[tuple[str, list[Any]]]:
    """The columns by name; a name that is there twice is numbered."""
    found: dict[str, list[Any]] = {}
    for place, name in enumerate(table.columns):
        unique, number = name, 1
        while unique in found:
            number += 1
            unique = f"{name}_{number}"
        found[unique] = [row[place] for row in table.rows]
    return [*found.items()]


def _kind(values: Sequence[Any]) -> type:
    """What all values of a column are, None apart: str for a column of nothing, object for a mixture."""
    kinds = {_kind_of(value) for value in values if value is not None}
    if not kinds:
        return str
    if kinds == {int, float}:
        return float
    return kinds.pop() if len(kinds) == 1 else object


def _kind_of(value: Any) -> type:
    if isinstance(value, list | tuple | set | frozenset):
        return list
    for kind in (bool, int, float, str):
        if isinstance(value, kind):
            return kind
    return date if isinstance(value, date) and not isinstance(value, datetime) else object


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        raise UsageProblem(
            f"{name} is not installed. Install it, or the extra that brings it: pip install "
            f'"evidence-journeys[{name}]".'
        ) from None
