"""Tables as csv and json, and values as people read them."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from journeys.model.characters import NOT_SHOWN
from journeys.store.queries.ask import Table
from journeys.views.text import written_out

_FORMULAS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""What a formula begins with; spreadsheets in Japan and China also take the signs that are twice as wide."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, headings, rows, and what a heading means, which becomes its comment."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    meanings: Mapping[str, str] = field(default_factory=dict)


def table_text(table: Table, format_: str) -> str:
    """The answer to a query that a person wrote, as ``csv`` or ``json``.

    In JSON, numbers that JSON does not have are the texts "Infinity", "-Infinity" and "NaN", so that none of them looks
    like the null of a property that is not there.
    """
    if format_ == "csv":
        return csv_text(table.columns, table.rows)
    return json_text([dict(zip(table.columns, map(_spelt_out, row), strict=True)) for row in table.rows])


def csv_text(columns: Sequence[str], rows: Iterable[Iterable[Any]]) -> str:
    """The table as csv, which a spreadsheet can open without running what is in it, and a terminal can show."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    known = cache(_cell)  # in a long table most texts stand in many rows
    writer.writerows(
        [known(value) if type(value) is str else _cell(value) for value in row] for row in (columns, *rows)
    )
    return text.getvalue()


def _cell(value: Any) -> str:
    return safe_cell(written_out(shown(value)))


def json_text(content: Iterable[Mapping[str, Any]] | Mapping[str, Any]) -> str:
    """Rows, or anything made of plain values, as JSON; dates in ISO form."""
    return safe_json(dumped(content, indent=1)) + "\n"


def dumped(content: Any, **how: Any) -> str:
    """Anything made of plain values as JSON, with null for numbers that JSON does not have; ``how`` as for json."""
    how |= {"ensure_ascii": False, "default": _for_json, "allow_nan": False}
    try:
        return json.dumps(content, **how)
    except ValueError:  # such a number; they are rare, and to look for them takes longer than to write
        return json.dumps(finite(content), **how)


def _for_json(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, set | frozenset) else _iso(value)


def safe_json(text: str) -> str:
    """JSON that says the same with escapes for what a terminal obeys: control characters and marks of direction."""
    if text.isascii() and "\x7f" not in text:
        return text
    return NOT_SHOWN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def _spelt_out(content: Any) -> Any:
    if isinstance(content, float) and not math.isfinite(content):
        return "NaN" if math.isnan(content) else "Infinity" if content > 0 else "-Infinity"
    if isinstance(content, Mapping):
        return {name: _spelt_out(value) for name, value in content.items()}
    return [_spelt_out(value) for value in content] if isinstance(content, list | tuple) else content


def finite(content: Any) -> Any:
    """``content`` with None for infinite numbers and those that are none (NaN), which JSON does not have."""
    if isinstance(content, float):
        return content if math.isfinite(content) else None
    if isinstance(content, Mapping):
        return {name: finite(value) for name, value in content.items()}
    return [finite(value) for value in content] if isinstance(content, list | tuple | set | frozenset) else content


def shown(value: Any) -> str:
    """A value as a person reads it: nothing as nothing, lists with semicolons, maps as JSON."""
    if type(value) is str:  # nearly all are
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple) and all(not isinstance(item, dict | list) for item in value):
        return "; ".join(map(shown, value))
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=_iso)
    return _iso(value)


def rounded(value: Any) -> Any:
    """A number as people read it, with at most three decimals; JSON, csv and Excel have it whole. Others stay."""
    return round(value, 3) if isinstance(value, float) else value


def _iso(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def safe_cell(text: str) -> str:
    """Add an apostrophe to text that a spreadsheet would run as a formula."""
    return f"'{text}" if text.startswith(_FORMULAS) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
