"""Support and contestation by actor and item: the matrix of actors by documents and evidence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

import networkx as nx

from journeys.analysis.actors.stances import amount, stances
from journeys.analysis.claims.selection import Selection
from journeys.analysis.claims.short_ids import short_ids
from journeys.analysis.measures.table import MeasureRow, MeasureTable, small_n
from journeys.analysis.methods.discourse.networks import Duplicates, affiliation_network

_SIDES = {(True, False): "supports", (False, True): "contests", (True, True): "both"}
_APART = "both, on different aspects"


def polarity(
    graph: nx.MultiDiGraph[str], selection: Selection, *, duplicates: Duplicates = "once"
) -> tuple[MeasureTable, ...]:
    """Each actor's side on each thing, and the same as a matrix: 1 supports, -1 contests, 0 both, empty neither.

    An actor who contests one aspect and supports another is marked so: that is not a change of side.

    With ``duplicates`` "all" the cells count claims for less claims against.
    """
    found, left = stances(graph, selection)
    matrix = affiliation_network(found, duplicates=duplicates)
    names: dict[Any, str] = {node: held["name"] for node, held in graph.nodes(data=True)}
    actors, things = (
        sorted(
            (str(node) for node, held in matrix.nodes(data=True) if held["bipartite"] == which), key=names.__getitem__
        )
        for which in (0, 1)
    )
    heading = short_ids(things)
    aspects: defaultdict[tuple[str, str, int], set[str]] = defaultdict(set)
    for each in found:
        if each.aspect:
            aspects[str(each.actor), str(each.concept), each.polarity].add(each.aspect)
    said = Counter((str(each.actor), str(each.concept), each.polarity) for each in found)
    cells = {(actor, str(thing)): matrix.edges[actor, thing] for actor in actors for thing in matrix[actor]}
    shared: dict[str, Any] = {
        "n": amount(found),
        "left_out": left,
        "method": "Signed affiliations after Leifeld (2017). "
        + (
            "Claims of one side by one actor on one item count once, whichever source reports them."
            if duplicates == "once"
            else "Every claim counts, so an event reported by several sources counts several times."
        ),
        "notes": (*_apart(cells, names), *small_n(len(found), "claims of support or contest")),
    }
    told = MeasureTable(
        name="sides",
        title="Support and contestation by actor and item",
        columns={
            "actor": "person, group, arena or organisation",
            "actor_id": "its id",
            "about": "the document or piece of evidence",
            "about_id": "its id",
            "side": f"supports, contests, both (what may be the same aspect), or {_APART}",
            "supporting": "claims that it supports or champions it",
            "contesting": "claims that it contests it",
            "supported": "the aspects it supports, as far as they are named",
            "contested": "the aspects it contests, as far as they are named",
        },
        rows=tuple(
            MeasureRow(
                (
                    names[actor],
                    actor,
                    names[thing],
                    thing,
                    _APART if cell["different_aspects"] else _SIDES[cell["positive"] > 0, cell["negative"] > 0],
                    said[actor, thing, 1],
                    said[actor, thing, -1],
                    sorted(aspects[actor, thing, 1]),
                    sorted(aspects[actor, thing, -1]),
                ),
                tuple(cell["keys"]),
            )
            for actor in actors
            for thing in things
            if (cell := cells.get((actor, thing)))
        ),
        **shared,
    )
    wide = MeasureTable(
        name="matrix",
        title="Affiliation matrix (two-mode): actors by documents and evidence",
        columns={"actor": "who", **{heading[thing]: f"{names[thing]} ({thing})" for thing in things}},
        rows=tuple(
            MeasureRow(
                (
                    names[actor],
                    *(cells[actor, thing]["weight"] if (actor, thing) in cells else None for thing in things),
                ),
                tuple(sorted(key for thing in matrix[actor] for key in matrix.edges[actor, thing]["keys"])),
            )
            for actor in actors
        ),
        **shared,
    )
    return told, wide


def _apart(cells: Mapping[tuple[str, str], Mapping[str, Any]], names: Mapping[Any, str]) -> tuple[str, ...]:
    """Who supports one aspect of a thing and contests another: in the matrix that is 0 too."""
    who = [f"{names[actor]} ({names[thing]})" for (actor, thing), cell in cells.items() if cell["different_aspects"]]
    if not who:
        return ()
    return (f"On both sides, but on different aspects, which is not a change of side: {'; '.join(sorted(who))}.",)
