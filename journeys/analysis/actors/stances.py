"""Stances from the claims of a study: who takes which side on which document or piece of evidence."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx

from journeys.analysis.actors.relations import MADE_BY, STANCES
from journeys.analysis.claims.dates import dated, span
from journeys.analysis.claims.selection import LeftOut, Selection, select
from journeys.analysis.methods.discourse.networks import Stance
from journeys.model.aspects import aspect_of


def stances(graph: nx.MultiDiGraph[str], selection: Selection) -> tuple[tuple[Stance, ...], tuple[LeftOut, ...]]:
    """A stance for each claim that supports, champions or contests; and the claims left out.

    The actor is the id of a person, group, arena or organisation, the concept that of the document or evidence, the key
    that of the claim. A stance at a meeting has the date of the meeting unless the claim has its own.
    """
    counted, left = select(graph, selection)
    of_sides = {
        key
        for _, end, key, claim in graph.edges(keys=True, data=True)
        if claim["type"] in STANCES and graph.nodes[end]["label"] in MADE_BY
    }
    found = [
        Stance(start, end, STANCES[claim["type"]], when if dated(when := span(claim)) else None, key, aspect_of(claim))
        for start, end, key, claim in counted.edges(keys=True, data=True)
        if key in of_sides
    ]
    return (
        tuple(sorted(found, key=lambda each: str(each.key))),
        tuple(
            LeftOut(each.why, kept) for each in left if (kept := tuple(key for key in each.claims if key in of_sides))
        ),
    )


def amount(found: Iterable[Stance]) -> dict[str, int]:
    """The numbers of actors, things and claims, for the n of a table."""
    held = list(found)
    return {
        "actors": len({each.actor for each in held}),
        "things": len({each.concept for each in held}),
        "claims": len({each.key for each in held}),
    }
