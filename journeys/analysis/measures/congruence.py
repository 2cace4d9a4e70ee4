"""Congruence and conflict networks of actors, and congruence minus conflict."""

from __future__ import annotations

from functools import partial
from typing import Any

import networkx as nx

from journeys.analysis.actors.stances import amount, stances
from journeys.analysis.claims.selection import Selection
from journeys.analysis.measures.table import MeasureRow, MeasureTable, small_n
from journeys.analysis.methods.discourse.networks import Duplicates, Normalisation, Side, discourse_network

_COUNTED = {
    "actor": "Counted are sides: a thing supported, or a thing contested. Congruence is the number of sides that both "
    "take; a thing that both support and both contest counts twice. Conflict is the number of sides that one takes and "
    "the other opposes. Like is compared with like: where both name an aspect, the same one; who names none may mean "
    "any.",
    "concept": "Counted are sides: an actor in support, or an actor in contest. Congruence is the number of sides "
    "taken on both things; an actor who supports and contests both counts twice. Conflict is the number of sides taken "
    "on one thing and opposed on the other. Aspects of two things are not compared.",
}
_EACH = " Every claim counts: a side counts once for each pair of claims, one of either, that meet on it."
_DIVIDED = {
    "none": "Not normalised.",
    "average": "Divided by the mean number of sides that the two take (average activity).",
    "jaccard": "Divided by the sides that either of the two takes (Jaccard).",
    "cosine": "Divided by the product of the lengths of both vectors of sides (cosine).",
}


def congruence(
    graph: nx.MultiDiGraph[str],
    selection: Selection,
    *,
    normalisation: Normalisation = "none",
    side: Side = "actor",
    duplicates: Duplicates = "once",
) -> tuple[MeasureTable, ...]:
    """Each two actors (or, by ``side`` "concept", documents and pieces of evidence) that meet on something.

    The most congruent come first, those in conflict last.
    """
    found, left = stances(graph, selection)
    built = partial(discourse_network, found, side=side, normalisation=normalisation, duplicates=duplicates)
    network, agreed, opposed = built("subtract"), built("congruence"), built("conflict")
    names: dict[Any, str] = {node: held["name"] for node, held in graph.nodes(data=True)}

    def shared(of: nx.Graph[object], one: object, other: object) -> list[str]:
        held = of.get_edge_data(one, other) or {"shared": ()}
        return sorted(names[thing] for thing in held["shared"])

    rows = [
        MeasureRow(
            (
                names[one],
                one,
                names[other],
                other,
                data["congruence"],
                data["conflict"],
                data["weight"],
                shared(agreed, one, other),
                shared(opposed, one, other),
            ),
            tuple(data["keys"]),
        )
        for a, b, data in network.edges(data=True)
        for one, other in [sorted((str(a), str(b)), key=lambda node: (names[node], node))]
    ]
    alone = sorted(names[node] for node in network if not network.degree(node))
    joined = "people, groups or organisations" if side == "actor" else "documents or pieces of evidence"
    between = "items" if side == "actor" else "actors"
    return (
        MeasureTable(
            name="congruence",
            title="Congruence and conflict networks" if side == "actor" else "Congruence and conflict between items",
            columns={
                "one": f"one of two {joined}",
                "one_id": "its id",
                "other": "the other",
                "other_id": "its id",
                "congruence": "congruence: same side, above 0; at most 1 if normalised and each side counted once",
                "conflict": "conflict: opposite sides, on the same scale",
                "subtract": "congruence minus conflict; negative for opponents",
                "same_side": f"{between} on which they agree",
                "opposite_sides": f"{between} on which they disagree",
            },
            rows=tuple(sorted(rows, key=lambda row: (-row.values[6], -row.values[4], row.values[0], row.values[2]))),
            n=amount(found),
            method=f"Leifeld & Haunss (2012); Leifeld (2017). {_COUNTED[side]}{_EACH if duplicates == 'all' else ''} "
            f"{_DIVIDED[normalisation]}",
            left_out=left,
            notes=(
                *((f"Isolates: {', '.join(alone).removesuffix('.')}.",) if alone else ()),
                *small_n(len(found), "claims of support or contest"),
            ),
        ),
    )
