"""The rows of the summary tables with what bears on them, by site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from journeys.analysis.claims.from_store import rows_of
from journeys.instruments.subjects import FORM_KIND
from journeys.instruments.summary_tables import SummaryRow, SummaryTables
from journeys.model.code_keys import key_order
from journeys.store.connection import Store
from journeys.store.queries.library import load_query

Standing = Literal["for", "against", "mixed", "some", "none yet"]
NO_SITE = ""
"""The site of evidence that belongs to none."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage or finding that bears on a row, and who says so."""

    id: str
    words: str
    direction: str | None
    how_sure: str | None
    coder: str | None
    source: str | None
    source_id: str | None
    place: str | None
    speaker: str | None
    mode: str | None
    source_kind: str | None = None

    @property
    def own(self) -> bool:
        """Whether it is the researchers' own account, and so from no source."""
        return self.source_kind == FORM_KIND


@dataclass(frozen=True, slots=True)
class AtSite:
    """How a row stands at a site: the answer, the evidence, and from how many sources its passages are."""

    standing: Standing
    evidence: tuple[Evidence, ...] = ()
    sources: int = 0


@dataclass(frozen=True, slots=True)
class RowStatus:
    """A row of the tables, and how it stands at each site, by the site's id.

    ``decisions`` are those of the team to close or reopen it, in words, the last one last.
    """

    item: str
    table: str
    kind: str
    text: str
    section: str
    row: str
    prompt: str
    at_sites: Mapping[str, AtSite]
    held: Mapping[str, Any] = field(default_factory=dict)
    decisions: tuple[str, ...] = ()

    @property
    def closed(self) -> bool:
        """Whether the last decision closed it."""
        return self.held.get("status") == "closed"


@dataclass(frozen=True, slots=True)
class TableStatus:
    """Every row, table by table; ``titles`` of the tables, ``sites`` the names of the sites by id.

    ``in_graph`` is False where nothing bears on a row, so that the graph has none and the rows are those that forms
    offer.
    """

    titles: Mapping[str, str]
    sites: Mapping[str, str]
    rows: tuple[RowStatus, ...]
    in_graph: bool


def table_status(store: Store, study: str, tables: SummaryTables) -> TableStatus:
    """How each row of the summary tables stands at each site. Raises StoreUnavailable."""
    sites = {row["id"]: row["name"] for row in rows_of(store, "lookup/sites", {"study": study})}
    found = store.read(load_query("summary_tables/rows_by_site").text, {"study": study, "site": None, "table": None})
    if not found:
        none = {site: AtSite("none yet") for site in sites}
        return TableStatus(tables.titles, sites, tuple(_offered(row, none) for row in _shown(tables)), False)
    evidence = _evidence(store, study)
    by_row: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in found:
        by_row[row["item"]].append(row)
    rows = [_status(tables.rows.get(item), each, evidence) for item, each in by_row.items()]
    if any(NO_SITE in row.at_sites for row in rows):
        sites[NO_SITE] = "No site"
    titles = {row.table: tables.titles.get(row.table, "") for row in rows}
    order = {"emerging": 0, "gap": 0, "look_for": 1, "question": 2}
    rows.sort(key=lambda row: (key_order(row.table), order.get(row.kind, 0), key_order(row.item)))
    return TableStatus(dict(sorted(titles.items(), key=lambda each: key_order(each[0]))), sites, tuple(rows), True)


def _shown(tables: SummaryTables) -> Sequence[SummaryRow]:
    return [row for row in tables.in_order if not row.hidden]


def _offered(row: SummaryRow, none: Mapping[str, AtSite]) -> RowStatus:
    return RowStatus(row.id, row.table, row.kind, row.text, row.section, row.topic, row.prompt, none)


def _status(
    known: SummaryRow | None, rows: Sequence[Mapping[str, Any]], evidence: Mapping[str, Sequence[Evidence]]
) -> RowStatus:
    first = rows[0]
    at_sites = {}
    for row in rows:
        wanted = set(row["evidence_ids"])
        here = tuple(each for each in evidence.get(first["item"], ()) if each.id in wanted)
        at_sites[row["site_id"] or NO_SITE] = AtSite(row["answer"], here, row["passages_from"])
    prompt = known.prompt if known is not None else ""
    text, section = first["text"], first["section"] or ""
    return RowStatus(
        first["item"], first["table_number"], first["kind"], text, section, first["row"] or "", prompt, at_sites, first,
        tuple(first["decisions"] or ()),
    )  # fmt: skip


def _evidence(store: Store, study: str) -> Mapping[str, Sequence[Evidence]]:
    found: dict[str, list[Evidence]] = defaultdict(list)
    for row in store.read(load_query("lookup/row_evidence").text, {"study": study, "item": None}):
        found[row["item"]].append(
            Evidence(
                row["evidence_id"], row["words"] or "", row["direction"], row["how_sure"], row["coder"],
                row["source"], row["source_id"], row["place"], row["speaker"], row["mode"],
                row["source_kind"],
            )
        )  # fmt: skip
    return found
