"""What differs between a table of the graph in an archive and what the forms say: each value with its place."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from journeys.exchange.graph_tables import NODES, GraphTable
from journeys.model.problems import UsageProblem

Texts = dict[str, str]
"""A row as csv has it, without what is not stated."""

_LONGEST = 300
_NOT_COMPARED = ("id",)
"""Follows from the rest, which is named instead."""


def read_rows(table: GraphTable, path: Path) -> dict[str, Texts]:
    """The rows of a csv file by their ids. Raises UsageProblem for a file that is not a table of the graph."""
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = [_stated(row) for row in csv.DictReader(file, strict=True)]
    except FileNotFoundError:
        return {}
    except (csv.Error, UnicodeDecodeError) as error:
        raise UsageProblem(f"{path.name} cannot be read as csv: {error}.") from error
    return {row.get("id", f"row {number}"): row for number, row in enumerate(rows, 2)}


def read_parquet(table: GraphTable, path: Path) -> dict[str, Texts]:
    """The rows of a Parquet file by their ids, as csv has them. Raises MissingExtra, UsageProblem."""
    from journeys.exchange.extras import needed

    with needed("archive", "pyarrow"):
        import pyarrow as arrow
        import pyarrow.parquet as parquet

    try:
        rows = parquet.read_table(path).to_pylist()
    except FileNotFoundError:
        return {}
    except (arrow.ArrowException, OSError) as error:
        raise UsageProblem(f"{path.name} cannot be read as Parquet: {error}.") from error
    return {str(row.get("id")): table.as_text(row) for row in rows}


def _stated(row: Mapping[str, Any]) -> Texts:
    """The values of a row that are stated and have a column."""
    return {name: text for name, text in row.items() if name and isinstance(text, str) and text}


def differences(
    table: GraphTable, said: Mapping[str, Texts], found: Mapping[str, Texts], file: str, names: Mapping[str, str]
) -> Iterator[str]:
    """In sentences, how ``said``, the rows of an archive's ``file``, differ from ``found``, what its forms give.

    ``names`` are those of the nodes by their ids. Rows whose ids differ are taken for the same where they say something
    of the same kind, about the same, at the same place.
    """
    pairs = [(said[identity], found[identity]) for identity in said.keys() & found.keys()]
    pairs.sort(key=lambda pair: pair[0]["id"])
    alone, new = _paired(
        [said[identity] for identity in sorted(said.keys() - found.keys())],
        [found[identity] for identity in sorted(found.keys() - said.keys())],
        pairs,
    )
    for one, other in pairs:
        for column in table.columns:
            here, there = one.get(column, ""), other.get(column, "")
            if here != there and column not in _NOT_COMPARED:
                yield (
                    f"{_called(table, other, names)}: {column} is {_shown(here)} in {file}, "
                    f"and {_shown(there)} by the forms."
                )
    for row in alone:
        yield f"{_called(table, row, names)} is in {file}, but the forms do not say it."
    for row in new:
        yield f"{_called(table, row, names)} is in the forms, but not in {file}."


def _paired(said: list[Texts], found: list[Texts], pairs: list[tuple[Texts, Texts]]) -> tuple[list[Texts], list[Texts]]:
    """Add the pairs among rows whose ids differ; returns the rows that are left."""
    for columns in (
        ("type", "label", "from_id", "to_id", "file", "sheet", "cell"),
        ("type", "label", "file", "sheet", "cell"),
    ):
        waiting: dict[tuple[Any, ...], list[Texts]] = {}
        for row in found:
            waiting.setdefault(tuple(map(row.get, columns)), []).append(row)
        left: list[Texts] = []
        for row in said:
            if others := waiting.get(tuple(map(row.get, columns))):
                pairs.append((row, others.pop(0)))
            else:
                left.append(row)
        said, found = left, [row for rows in waiting.values() for row in rows]
    return said, found


def _called(table: GraphTable, row: Texts, names: Mapping[str, str]) -> str:
    """A row as people know it: what it is, and where it is written."""
    if table.name == NODES:
        what = f"The {row.get('label', 'node')} {_shown(row.get('name', row.get('id', '')))}"
    else:
        ends = [names.get(row.get(end, ""), row.get(end, "")) for end in ("from_id", "to_id")]
        what = f"The claim {ends[0]} {row.get('type', '')} {ends[1]}"
    places: Iterable[str | None] = (row.get("file"), row.get("sheet"), row.get("cell"))
    where = ", ".join(place for place in places if place)
    return f"{what} ({where})" if where else what


def _shown(text: str) -> str:
    if not text:
        return "not stated"
    return f"“{text if len(text) <= _LONGEST else f'{text[:_LONGEST]}…'}”"
