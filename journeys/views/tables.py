"""Tables for people and for programs: a terminal table, csv, json."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from journeys.model.problems import UsageProblem
from journeys.store.adhoc import Table


def parameters(given: Iterable[str]) -> dict[str, Any]:
    """``name=value`` pairs: a value that is JSON (a number, true, a list) is that, an ISO day a date, else a text.

    Raises UsageProblem for a pair without a name.
    """
    found: dict[str, Any] = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise UsageProblem(f"{pair!r} is no parameter. Write it as name=value.")
        found[name.strip().removeprefix("$")] = _value(value)
    return found


def _value(text: str) -> Any:
    for read in (json.loads, date.fromisoformat):
        try:
            return read(text)
        except ValueError:
            continue
    return text


def write_table(table: Table, format_: str, console: Console) -> None:
    """Write a table to stdout as ``table``, ``csv`` or ``json``."""
    if format_ == "json":
        rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1, default=_iso) + "\n")
    elif format_ == "csv":
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(table.columns)
        writer.writerows([_harmless(shown(value)) for value in row] for row in table.rows)
        sys.stdout.write(text.getvalue())
    else:
        console.print(rich_table(table.columns, table.rows))


def rich_table(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> RichTable:
    """A terminal table; whatever is in a cell is shown as text."""
    made = RichTable(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        made.add_column(Text(column), overflow="fold")
    for row in rows:
        made.add_row(*(Text(shown(value)) for value in row))
    return made


def shown(value: Any) -> str:
    """A value as a person reads it: nothing as nothing, lists with semicolons, maps as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and all(not isinstance(item, dict | list) for item in value):
        return "; ".join(map(shown, value))
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=_iso)
    return _iso(value) if isinstance(value, date | datetime) else str(value)


def _iso(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _harmless(text: str) -> str:
    """A spreadsheet runs a cell that begins like a formula; with an apostrophe it shows it."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") and not _is_number(text) else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
