"""Run a measure on a study: read the choices as written, compute the tables, read the claims behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import networkx as nx

from journeys.analysis.claims.by_id import claims_by_id
from journeys.analysis.claims.claim import ClaimRecord
from journeys.analysis.claims.from_graph import claims_in_graph
from journeys.analysis.claims.graph import study_graph
from journeys.analysis.claims.selection import Selection
from journeys.analysis.measures.registry import Measure, measure_named
from journeys.analysis.measures.table import MeasureTable
from journeys.model.definitions import Vocabulary
from journeys.model.given_days import first_day, last_day
from journeys.model.problems import UsageProblem
from journeys.model.result import Result
from journeys.model.schema import Schema
from journeys.model.suggestions import did_you_mean
from journeys.model.terms import read_terms
from journeys.store.connection import Store
from journeys.store.loaded import refuse_unloaded
from journeys.store.resolve import resolve


@dataclass(frozen=True, slots=True)
class Choice:
    """The choice of claims as a person writes it; None, or an empty choice, takes everything.

    ``site`` and ``case`` are names or ids, ``start`` and ``end`` dates in any words that forms may use.
    """

    site: str | None = None
    case: str | None = None
    start: str | date | None = None
    end: str | date | None = None
    scope: str | None = None
    modes: Iterable[str] = ()
    confidences: Iterable[str] = ()
    without_interpretive: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Analysis(Result):
    """The answer of one measure: ``conditions`` say in words what was chosen; ``claims`` are there if asked for."""

    measure: Measure
    tables: tuple[MeasureTable, ...]
    conditions: Mapping[str, str]
    claims: Mapping[str, ClaimRecord] = field(default_factory=dict)

    def table(self, name: str) -> MeasureTable:
        """The table of this name. Raises UsageProblem, with the names there are, for another."""
        for table in self.tables:
            if table.name == name:
                return table
        names = [table.name for table in self.tables]
        meant = did_you_mean(name, names)
        raise UsageProblem(f"{self.measure.name} has no table {name!r}.{meant} Its tables are: {', '.join(names)}.")

    def as_dict(self) -> dict[str, Any]:
        """All of it for JSON."""
        told: dict[str, Any] = {
            "measure": self.measure.name,
            "answers": self.measure.answers,
            "conditions": dict(self.conditions),
            "tables": [table.as_dict() for table in self.tables],
        }
        return told | ({"claims": {key: claim.as_dict() for key, claim in self.claims.items()}} if self.claims else {})


def run_measure(
    store: Store,
    study: str,
    schema: Schema,
    measure: str,
    ref: str | None = None,
    choice: Choice | None = None,
    options: Mapping[str, Any] | None = None,
    *,
    sources: bool = False,
    graph: nx.MultiDiGraph[str] | None = None,
    smallest: int = 1,
) -> Analysis:
    """Run one measure on the study with this id; on ``graph`` where the whole study has been read already.

    ``smallest`` is the number of claims below which a cell of a matrix is left out.

    Raises UsageProblem for an unknown name, option or value, NothingLoaded when the store has nothing of the study.
    """
    wanted = measure_named(measure)
    selection, conditions = chosen(store, study, schema, choice or Choice())
    about = None
    if ref is not None:
        found = resolve(store, study, ref)
        about, conditions["about"] = found.id, f"{found.name} ({found.short_id})"
    read = graph is not None
    # What is found out about a graph that cannot change any more is kept.
    graph = nx.freeze(study_graph(store, study, schema)) if graph is None else graph
    if not graph:
        refuse_unloaded(store, schema, study)
    found_tables = wanted.run(graph, selection, ref=about, schema=schema, options=options, smallest=smallest)
    tables = tuple(table.worded(schema.lens) for table in found_tables)
    ids = {claim for table in tables for claim in table.claims}
    ids |= {claim for table in tables for left in table.left_out for claim in left.claims}
    claims = (claims_in_graph(graph, schema, ids) if read else claims_by_id(store, schema, ids)) if sources else {}
    conditions.update({name: str(value) for name, value in (options or {}).items()})
    return Analysis(wanted.worded(schema.lens), tables, conditions, claims)


def chosen(store: Store, study: str, schema: Schema, choice: Choice) -> tuple[Selection, dict[str, str]]:
    """Return the selection that a choice means, and its conditions in words."""
    found = {
        name: resolve(store, study, text, [label])
        for name, text, label in (("site", choice.site, "Site"), ("case", choice.case, "CaseStudy"))
        if text is not None
    }
    said = {name: each.name for name, each in found.items()}
    start, end = first_day(choice.start, "--from"), last_day(choice.end, "--to")
    if start and end and start > end:
        raise UsageProblem(f"The period ends ({end}) before it starts ({start}). Write the earlier day at --from.")
    modes = _terms(schema, "mode", choice.modes, but=("derived",))
    if choice.without_interpretive:
        modes = (modes or frozenset(schema.terms("mode").terms) - {"derived"}) - {"interpretive"}
    scopes = _terms(schema, "scope", [choice.scope] if choice.scope else (), but=("both",))
    confidences = _terms(schema, "confidence", choice.confidences)
    shown: dict[str, str | None] = {
        "from": start.isoformat() if start else None,
        "to": end.isoformat() if end else None,
        "scope": _labels(schema, "scope", scopes),
        "mode": _labels(schema, "mode", modes if choice.modes else None),
        "without": "researchers' interpretations" if choice.without_interpretive else None,
        "confidence": _labels(schema, "confidence", confidences),
    }
    selection = Selection(
        site=found["site"].id if "site" in found else None,
        case=found["case"].id if "case" in found else None,
        start=start,
        end=end,
        scope=next(iter(scopes), None) if scopes else None,
        modes=modes,
        confidences=confidences,
    )
    return selection, said | {name: words for name, words in shown.items() if words is not None}


def _terms(schema: Schema, vocabulary: str, given: Iterable[str], *, but: Iterable[str] = ()) -> frozenset[str] | None:
    """The terms of a vocabulary that were written, by name or label, with commas between them; None for none."""
    terms = {name: term for name, term in schema.terms(vocabulary).terms.items() if name not in but}
    offered = Vocabulary(name=vocabulary, terms=terms)
    return frozenset(term for text in given for term in read_terms(offered, text, f"The {vocabulary}")) or None


def _labels(schema: Schema, vocabulary: str, chosen: Iterable[str] | None) -> str | None:
    terms = schema.terms(vocabulary)
    return ", ".join(sorted(terms.words(name) for name in chosen)) if chosen else None
