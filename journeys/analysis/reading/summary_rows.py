"""The summary tables as a person reads them: a record of each table, with its rows and what bears on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from journeys.analysis.claims.claim import Entity
from journeys.analysis.reading.parts import passages_in_place
from journeys.analysis.reading.record import Entry, Record, Section
from journeys.analysis.reading.whole import WholeStudy
from journeys.instruments.columns import ROWS_OF_TABLES
from journeys.instruments.summary_tables import QUESTION
from journeys.model.code_keys import key_order
from journeys.model.phrases import counted

TABLE = "SummaryTable"
"""The label of a table as the subject of a record; it is no node of the graph."""
_PARTS = {
    "emerging": "Findings and gaps",
    "gap": "Findings and gaps",
    "look_for": "Look for and ask about",
    QUESTION: "Research questions",
}
_OTHER = "Other rows"
_Held = Mapping[str, Any]


def is_row(held: _Held) -> bool:
    """Whether what the store holds of a finding or question is a row of the summary tables.

    Somebody else's table may give a row without its table, or a kind of finding that our tables do not have.
    """
    return held.get("row_id") is not None and held.get("table") is not None


def is_borne_on(whole: WholeStudy, row: Entity) -> bool:
    """Whether a passage or finding bears on a row."""
    return bool(whole.passages_bearing(row)) or any(tie.kind.name == "BEARS_ON" for tie in whole.touching(row))


def table_records(whole: WholeStudy, titles: Mapping[str, str]) -> Iterator[tuple[Record, list[str]]]:
    """A record for each table that the graph has, with the ids of its rows; ``titles`` of the tables by their ids."""
    tables: dict[str, list[tuple[Entity, _Held]]] = {}
    for label in ROWS_OF_TABLES:
        for row in whole.things(label):
            held = whole.properties(row)
            if is_row(held):
                tables.setdefault(str(held["table"]), []).append((row, held))
    for table, rows in sorted(tables.items(), key=lambda each: key_order(each[0])):
        rows.sort(key=lambda each: key_order(str(each[1]["row_id"])))
        yield _record(whole, table, titles.get(table, ""), rows), [row.id for row, _ in rows]


def _record(whole: WholeStudy, table: str, title: str, rows: list[tuple[Entity, _Held]]) -> Record:
    sections: dict[str, list[Entry]] = {}
    borne_on = 0
    for row, held in rows:
        entry = _entry(whole, row, held)
        borne_on += bool(entry.entries)
        part = _PARTS.get(str(held.get("kind") or QUESTION), _OTHER)
        sections.setdefault(part, []).append(entry)
    told = "is evidence on 1 row" if borne_on == 1 else f"is evidence on {borne_on} rows"
    names = dict.fromkeys((*_PARTS.values(), _OTHER))
    ordered = [Section(name, tuple(sections[name])) for name in names if name in sections]
    return Record(
        Entity(f"{whole.study}:summary_table:{table}", TABLE, title or table),
        "Summary table",
        f"[{table}]  {title}" if title else f"[{table}]",
        (Entry("fact", "Rows", f"{counted(len(rows), 'row')}; there {told}"),),
        tuple(ordered),
        {"table": table},
    )


def _entry(whole: WholeStudy, row: Entity, held: _Held) -> Entry:
    decisions = list(held.get("decisions") or ())
    bearing = passages_in_place(whole.passages_bearing(row))
    status = [Entry("fact", "Decided by the team", "; ".join(decisions))] if decisions else []
    return Entry(
        "passage",
        text=f"{held['row_id']} {held.get('text') or ''}".strip(),
        heading=str(held.get("row") or ""),
        id=row.id,
        about=(row,) if is_borne_on(whole, row) else (),
        entries=(*status, *bearing),
    )
