"""Supports and barriers: how often they recur, and whether they are general or about ethnicity."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import networkx as nx

from journeys.analysis.claims.places import place_names
from journeys.analysis.claims.selection import LeftOut, Selection, belonging, select
from journeys.analysis.measures.table import MeasureRow, MeasureTable, small_n

SCOPES = ("general", "ethnicity_specific", "both", "not_stated")

_Said = tuple[str, str, str, dict[str, Any]]


def factors(graph: nx.MultiDiGraph[str], selection: Selection) -> tuple[MeasureTable, ...]:
    """Each support and barrier by what it acted on and how it is told of; and the same by kind and domain.

    A factor is general if all claims about it are general, specific if all are about ethnicity; else both.
    """
    counted, left = select(graph, selection)
    places = belonging(graph)
    told: defaultdict[str, list[_Said]] = defaultdict(list)
    for start, end, key, claim in counted.edges(keys=True, data=True):
        if claim["type"] == "ACTED_ON":
            told[start].append((start, end, key, claim))
    acted_on = {key for *_, key, claim in graph.edges(keys=True, data=True) if claim["type"] == "ACTED_ON"}
    shared: dict[str, Any] = {
        "n": {"factors": len(told), "claims": sum(map(len, told.values()))},
        "left_out": tuple(
            LeftOut(each.why, kept) for each in left if (kept := tuple(key for key in each.claims if key in acted_on))
        ),
        "method": "Counts of claims that a factor acted on a case study, a journey or a piece of "
        "evidence, by the scope of the claim.",
        "notes": small_n(len(told), "supports and barriers"),
    }
    each_one = MeasureTable(
        name="factors",
        title="Supports and barriers, most frequent first",
        columns={
            "factor": "the support or barrier",
            "factor_id": "its id",
            "polarity": "support or barrier",
            "domain": "domain",
            "acted_on": "number of case studies, journeys and pieces of evidence affected",
            "sites": "sites of these",
            **{scope: f"claims: {scope.replace('_', ' ')}" for scope in SCOPES},
            "told_as": "general, ethnicity specific, both, or not stated",
        },
        rows=tuple(
            sorted(
                (_factor(graph, places, node, said) for node, said in told.items()),
                key=lambda row: (-row.values[4], str(row.values[2]), row.values[0], row.values[1]),
            )
        ),
        **shared,
    )
    groups: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for node in told:
        held = graph.nodes[node]
        groups[held.get("polarity") or "not recorded", held.get("domain") or "not recorded"].append(node)
    against = MeasureTable(
        name="general_or_specific",
        title="General and ethnicity-specific factors, by kind and domain",
        columns={
            "polarity": "support or barrier",
            "domain": "domain",
            "factors": "number of different factors",
            **{scope: f"of these, {scope.replace('_', ' ')}" for scope in SCOPES},
        },
        rows=tuple(
            MeasureRow(
                (*key, len(nodes), *(sum(_told_as(told[node]) == scope for node in nodes) for scope in SCOPES)),
                tuple(sorted(claim for node in nodes for _, _, claim, _ in told[node])),
            )
            for key, nodes in sorted(groups.items())
        ),
        **shared,
    )
    return each_one, against


def _factor(graph: nx.MultiDiGraph[str], places: Any, node: str, said: list[_Said]) -> MeasureRow:
    held = graph.nodes[node]
    things = {end for _, end, _, _ in said}
    sites = sorted({name for thing in things for name in place_names(graph, places[thing])})
    counts = [sum((claim.get("scope") or "not_stated") == scope for *_, claim in said) for scope in SCOPES]
    cells = (held["name"], node, held.get("polarity"), held.get("domain"), len(things), sites)
    return MeasureRow((*cells, *counts, _told_as(said).replace("_", " ")), tuple(sorted(key for _, _, key, _ in said)))


def _told_as(said: list[_Said]) -> str:
    scopes = {claim.get("scope") or "not_stated" for *_, claim in said} - {"not_stated"}
    if not scopes:
        return "not_stated"
    return next(iter(scopes)) if len(scopes) == 1 else "both"
