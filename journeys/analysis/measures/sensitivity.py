"""Sensitivity: how far results change if the weakest claims are left out, and which claims those are."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx

from journeys.analysis.claims.graph import copy_with_edges
from journeys.analysis.claims.selection import Selection, belonging, select
from journeys.analysis.claims.statements import Statement, statements
from journeys.analysis.courses.course import TRAVELS
from journeys.analysis.courses.decisions import decisions_of
from journeys.analysis.measures.registry import measure_named
from journeys.analysis.measures.table import MeasureRow, MeasureTable, small_n
from journeys.model.problems import UsageProblem
from journeys.model.schema import Schema

HEADLINES = "headlines"
_GONE = "not there"

_WITHOUT = {
    "interpretive": "researchers' interpretations",
    "low": "claims of low confidence",
    "one_source": "single-source statements",
    "all_three": "any of these",
}

Key = tuple[str, ...]
Cell = tuple[Key, str]


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers and words by what they are about, each with the claims it rests on; ``names`` are for people."""

    values: Mapping[Cell, Any]
    claims: Mapping[Cell, frozenset[str]]
    names: Mapping[Cell, tuple[str, ...]]


def weak_claims(graph: nx.MultiDiGraph[str], selection: Selection) -> dict[str, frozenset[str]]:
    """The ids of the claims that count and that each kind of leaving out would drop."""
    told, _ = statements(graph, selection)
    counts = {key for each in told for key in each.claims}
    held = {key: claim for *_, key, claim in graph.edges(keys=True, data=True) if key in counts}
    interpretive = {key for key, claim in held.items() if claim.get("mode") == "interpretive"}
    low = {key for key, claim in held.items() if claim.get("confidence") == "low"}
    single = {key for each in told if _single(each) for key in each.claims}
    found = {"interpretive": interpretive, "low": low, "one_source": single}
    return {name: frozenset(keys) for name, keys in {**found, "all_three": set().union(*found.values())}.items()}


def without(graph: nx.MultiDiGraph[str], claims: Iterable[str]) -> nx.MultiDiGraph[str]:
    """The graph without these claims; all nodes stay."""
    gone = frozenset(claims)
    made = copy_with_edges(graph, lambda _start, _end, key, claim: None if key in gone else claim)
    nx.freeze(made)  # so that what is worked out of it is worked out once
    return made


def sensitivity(
    graph: nx.MultiDiGraph[str],
    selection: Selection,
    *,
    ref: str | None = None,
    of: str = HEADLINES,
    schema: Schema | None = None,
) -> tuple[MeasureTable, ...]:
    """Each figure with all claims, and without the weakest in four ways; those that move first.

    ``of`` is "headlines" (contests and supports of each thing, who introduces most, post hoc or not), or the name of a
    measure: then every cell of its tables that would move. Raises UsageProblem for a measure that there is not.
    """
    if of != HEADLINES and measure_named(of).name == "sensitivity":
        raise UsageProblem("The sensitivity of sensitivity is not defined. Write the name of another measure.")
    weak = weak_claims(graph, selection)

    def figures(some: nx.MultiDiGraph[str]) -> Figures:
        if of == HEADLINES:
            return headlines(some, selection, ref)
        return of_measure(some, selection, ref, of, schema)

    full = figures(graph)
    variants = {name: figures(without(graph, claims)) for name, claims in weak.items()}
    rows = []
    cells = sorted({*full.values, *(cell for each in variants.values() for cell in each.values)})
    for cell in cells:
        values = [_plain(each.values.get(cell, _GONE)) for each in (full, *variants.values())]
        moves = any(value != values[0] for value in values[1:])
        if moves or of == HEADLINES:
            dropped = full.claims.get(cell, frozenset()) & weak["all_three"]
            names = full.names.get(cell) or next(each.names[cell] for each in variants.values() if cell in each.names)
            rows.append(MeasureRow((*names, *values, moves), tuple(sorted(dropped))))
    # First what a little left out would move.
    rows.sort(key=lambda row: [value == row.values[2] for value in row.values[3:-1]])
    moving = sum(bool(row.values[-1]) for row in rows)
    _, left = select(graph, selection)
    return (
        MeasureTable(
            name="sensitivity",
            title="Sensitivity of results to the weakest claims",
            columns={
                "about": "subject of the figure",
                "figure": "which figure",
                "all": "value with all claims",
                **{f"without_{name}": f"without {words}" for name, words in _WITHOUT.items()},
                "moves": "whether any of these values differs",
            },
            rows=tuple(rows),
            n={
                "figures": len(cells),
                "figures that would change": moving,
                **{f"claims dropped as {words}": len(weak[name]) for name, words in _WITHOUT.items()},
            },
            method="Leave-out analysis: each figure is computed again without the claims in question. A "
            "statement is single-source if all its claims come from one source.",
            left_out=left,
            notes=(
                "Each row lists the weak claims behind the figure.",
                f"'{_GONE}': without those claims the row does not exist.",
                *small_n(len(cells), "figures"),
            ),
        ),
    )


def headlines(graph: nx.MultiDiGraph[str], selection: Selection, ref: str | None) -> Figures:
    """Contests and supports of each thing (who, at which meeting), things introduced with rank, post hoc by dates."""
    counted, _ = select(graph, selection)
    place = selection.case or selection.site
    places = belonging(graph) if place and not ref else {}
    told: defaultdict[Cell, dict[Key, set[str]]] = defaultdict(dict)
    values: dict[Cell, Any] = {}
    claims: dict[Cell, frozenset[str]] = {}
    names: dict[Cell, tuple[str, ...]] = {}
    for node, held in graph.nodes(data=True):
        here = node == ref if ref else place is None or place in places[node]
        if held.get("label") in TRAVELS and here:
            for figure in ("contested", "supported"):
                told[(node,), figure] = {}
            for decision in decisions_of(counted, node):
                verdict: Cell = (node, decision.action), "post hoc"
                values[verdict], claims[verdict] = decision.post_hoc, frozenset(decision.claims)
                names[verdict] = (f"{held['name']}: {graph.nodes[decision.action]['name']}", "post hoc")
    for start, end, key, claim in counted.edges(keys=True, data=True):
        if claim["type"] in ("CONTESTED", "SUPPORTED") and ((end,), claim["type"].lower()) in told:
            occasion = (start, claim.get("at_meeting") or "")
            told[(end,), claim["type"].lower()].setdefault(occasion, set()).add(key)
        elif claim["type"] == "INTRODUCED" and (ref is None or end == ref):
            told[(start,), "things introduced"].setdefault((end,), set()).add(key)
    for cell, occasions in told.items():
        values[cell] = len(occasions)
        claims[cell] = frozenset(key for keys in occasions.values() for key in keys)
        names[cell] = (graph.nodes[cell[0][0]]["name"], cell[1])
    introduced = {cell: count for cell, count in values.items() if cell[1] == "things introduced"}
    counts = sorted(introduced.values())
    for (who, _), count in introduced.items():
        rank: Cell = who, "rank as an introducer"
        values[rank] = 1 + len(counts) - bisect_right(counts, count)
        claims[rank] = claims[who, "things introduced"]
        names[rank] = (graph.nodes[who[0]]["name"], "rank as an introducer")
    return Figures(values, claims, names)


def of_measure(
    graph: nx.MultiDiGraph[str], selection: Selection, ref: str | None, name: str, schema: Schema | None
) -> Figures:
    """Every cell of the tables of a measure; a row is known by its ids, else by its words."""
    measure = measure_named(name)
    values: dict[Cell, Any] = {}
    claims: dict[Cell, frozenset[str]] = {}
    names: dict[Cell, tuple[str, ...]] = {}
    for table in measure.run(graph, selection, ref=ref, schema=schema):
        columns = list(table.columns)
        ids = [at for at, column in enumerate(columns) if column.endswith("_id")]
        words = [at for at in range(len(columns)) if at not in ids and _is_label(columns, at, table)]
        times: Counter[Key] = Counter()
        for row in table.rows:
            known: Key = (table.name, *(str(row.values[at]) for at in ids or words))
            times[known] += 1
            known = (*known, f"{times[known]:05}")
            for at, column in enumerate(columns):
                if at in ids or at in words:
                    continue
                cell: Cell = known, column
                values[cell], claims[cell] = row.values[at], frozenset(row.claims)
                label = ", ".join(str(row.values[word]) for word in words if row.values[word] is not None)
                names[cell] = (f"{table.title}: {label}" if label else table.title, column.replace("_", " "))
    return Figures(values, claims, names)


def _is_label(columns: list[str], at: int, table: MeasureTable) -> bool:
    """The name beside an id; where a table has no ids, its first column and the texts that follow it at once."""
    if any(column.endswith("_id") for column in columns):
        return f"{columns[at]}_id" in columns
    texts = [all(isinstance(row.values[n], str) for row in table.rows) for n in range(at + 1)]
    return all(texts)


def _single(statement: Statement) -> bool:
    return "one_source" in statement.weaknesses


def _plain(value: Any) -> Any:
    """Differences from the order of adding floats do not count."""
    return round(value, 6) if isinstance(value, float) else value
