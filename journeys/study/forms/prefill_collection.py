"""What the graph holds of the sources and documents of a case study: the rows of its data collection summary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from journeys.analysis.claims.from_store import rows_of
from journeys.instruments.subjects import COLLECTED
from journeys.interpret.collected import how_coded, in_words, kept_records
from journeys.interpret.collection_list import KIND_OF, NOT_IN_HAND
from journeys.model.definitions import NOT_STATED
from journeys.model.identity import short_id
from journeys.model.phrases import counted, one_of
from journeys.model.schema import Schema
from journeys.store.connection import Store
from journeys.study.forms.prefill_case import Offered

_NOUNS = {
    "interviews": "interview",
    "documents": "document",
    "observations": "observation",
    "group_discussions": "group discussion",
    "other": "other source",
}


@dataclass(frozen=True, slots=True)
class Collection:
    """The sources and documents of a case study, table by table, as a data collection summary words them.

    ``period`` is when the data were collected, in the registers' words.
    """

    rows: Mapping[str, list[dict[str, str]]]
    period: str

    @property
    def counts(self) -> str:
        """How many of each there are, in words."""
        told = [counted(len(rows), _NOUNS[table]) for table, rows in self.rows.items() if rows]
        return one_of(told, "and") if told else "no sources"


def collection_of(store: Store, schema: Schema, case: str) -> Collection:
    """What was collected for a case study. Raises StoreUnavailable."""
    rows: dict[str, list[dict[str, str]]] = {table: [] for table in COLLECTED}
    tables = {kind: table for table, kind in KIND_OF.items()}
    for source in rows_of(store, "lookup/collected_sources", {"id": case}):
        table = tables.get(source["kind"] or "", "other")
        rows[table].append(_filled(_source(table, source)))
    for document in rows_of(store, "lookup/collected_documents", {"id": case}):
        if document["summarised"] or document["archive_status"] not in NOT_IN_HAND:
            rows["documents"].append(_filled(_document(schema, document)))
    held = rows_of(store, "lookup/case_header", {"id": case})
    return Collection(rows, str(held[0].get("data_period") or "") if held else "")


def offered_collection(collection: Collection) -> Offered:
    """The rows for the tables of a data collection summary, and the lines for its overview."""
    offered = Offered(rows=dict(collection.rows))
    if any(collection.rows.values()):
        offered.add(("overview", "approach", NOT_STATED), f"The study has {collection.counts} of this case study.")
    if collection.period:
        offered.add(("overview", "time_period", NOT_STATED), collection.period)
    return offered


def _source(table: str, held: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "source", short_id(held["id"])
    if table == "interviews":
        yield "designation_role", one_of(held["roles"], "and") if held["roles"] else str(held["description"] or "")
    else:
        yield "description", str(held["description"] or short_id(held["id"]))
    yield "date", str(held["date"] or "")
    known = kept_records(str(held["transcript_status"])) if held["transcript_status"] else None
    yield "transcript", in_words(known) if known is not None else ""
    coded = _how_coded(held)
    if table == "other":
        yield "coded_summarised", "neither" if coded == "no" else "coded"
    else:
        yield "coded", coded


def _how_coded(held: Mapping[str, Any]) -> str:
    """What the registers say of the coding, else what the passages of a source show."""
    said = how_coded(str(held["coding_status"])) if held["coding_status"] else None
    if said is not None:
        return said
    if not held["coded_passages"]:
        return "no"
    return "yes" if held["coded_passages"] == held["passages"] else "partly"


def _document(schema: Schema, held: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "number", str(held["number"] or short_id(held["id"]))
    yield "title", str(held["title"] or "")
    yield "dated_author", "; ".join(filter(None, [str(held["date"] or "n.d."), one_of(held["authors"], "and")]))
    terms = schema.terms("archive_status").terms
    status = held["archive_status"]
    shown = terms[status].label if status in terms else str(status or "")
    yield "copy_archived_url", "; ".join(filter(None, [shown, str(held["url"] or "")]))
    done = {"summarised": held["summarised"], "coded": held["coded_passages"]}
    yield "coded_summarised", in_words(frozenset(name for name, so in done.items() if so))


def _filled(cells: Iterator[tuple[str, str]]) -> dict[str, str]:
    return {name: words for name, words in cells if words}
