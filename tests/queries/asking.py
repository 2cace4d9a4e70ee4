"""Asks the query library as a person would, and writes the answers as the hand-made ones are written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pytest
import yaml

from journeys.store.connection import Store
from journeys.store.queries.library import load_query
from journeys.store.resolve import resolve

HERE = Path(__file__).parent
LABELS = {"document": ["Document", "Evidence"], "site": ["Site"], "case": ["CaseStudy"]}
"""Parameters that name something, and what."""

_ID = re.compile(r"[^:]+:[a-z_]+:(.+)")
_DOCUMENT = re.compile(r".+\.(D\d+)")

Row = dict[str, Any]
Claims = Mapping[str, Mapping[str, Any]]


class Asked:
    """A study in a store, and the library to ask it."""

    def __init__(self, store: Store, study: str) -> None:
        self.store, self.study = store, study

    def rows(self, name: str, given: Mapping[str, Any] | None = None) -> list[Row]:
        """The rows of a query; documents, evidence, sites and case studies are named as a person would."""
        query = load_query(name)
        known = {parameter: self._id(parameter, value) for parameter, value in (given or {}).items()}
        return self.store.read(query.text, query.values({"study": self.study, **known}))

    def _id(self, parameter: str, value: Any) -> Any:
        if parameter not in LABELS:
            return value
        return resolve(self.store, self.study, str(value), LABELS[parameter]).id

    @cached_property
    def claims(self) -> dict[str, Row]:
        """Every claim of the study by its id, as they are when first asked for."""
        rows = self.store.read("MATCH ()-[r]->() WHERE r.study = $study RETURN r {.*} AS claim", {"study": self.study})
        return {row["claim"]["id"]: row["claim"] for row in rows}


def answers(file: str) -> list[Any]:
    """The hand-made answers of a file: query, what is asked, columns, rows; each for one test."""
    return [
        pytest.param(query, case["ask"], case["columns"], case["rows"], id=f"{query}-{_named(case['ask'])}")
        for query, cases in written_answers(file).items()
        for case in cases
    ]


@cache
def written_answers(file: str) -> dict[str, list[Row]]:
    """What stands in a file of hand-made answers, by query."""
    # The reader in C, where it is installed, takes a tenth of the time, in each worker.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    held: dict[str, list[Row]] = yaml.load((HERE / file).read_text(encoding="utf-8"), Loader=loader)
    return held


def _named(ask: Mapping[str, Any]) -> str:
    return ",".join(f"{name}={value}" for name, value in ask.items() if not isinstance(value, list)) or "all"


def expected(rows: Sequence[Sequence[Any]], columns: Sequence[str]) -> list[list[Any]]:
    """Hand-made rows with their lists in text order: in which order a list comes is told by no answer."""
    for row in rows:
        assert len(row) == len(columns), f"{row} has not as many columns as {columns}"
    return [[sorted(value, key=str) if isinstance(value, list) else value for value in row] for row in rows]


def in_short(rows: Sequence[Row], columns: Sequence[str], claims: Claims) -> list[list[Any]]:
    """Rows as the hand-made ones are written: short ids, lists in text order, claims counted by who says so."""
    return [[_short(name, row[name], claims) for name in columns] for row in rows]


def _short(name: str, value: Any, claims: Claims) -> Any:
    if name == "claims":
        return dict(Counter(short_id(claims[claim].get("source")) or "nobody" for claim in value))
    if isinstance(value, list):
        return sorted(value, key=str)
    if isinstance(value, float):
        return round(value, 4)
    return short_id(value) if name.endswith("_id") and not isinstance(value, date) else value


def short_id(node_id: str | None) -> str | None:
    """An id without study and kind; of a document its number."""
    if node_id is None:
        return None
    match = _ID.fullmatch(node_id)
    short = match[1] if match else node_id
    document = _DOCUMENT.fullmatch(short)
    return document[1] if document else short
