"""Changes of side on a document or piece of evidence, and actors on both sides at once, by the dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import networkx as nx

from journeys.analysis.actors.stances import amount, stances
from journeys.analysis.claims.dates import dated
from journeys.analysis.claims.selection import Selection
from journeys.analysis.measures.table import MeasureRow, MeasureTable, small_n
from journeys.analysis.methods.discourse.networks import Stance
from journeys.analysis.methods.discourse.side_changes import ambivalent, side_changes
from journeys.model.dates import UNKNOWN, DateSpan, describe
from journeys.model.order import sort_key

_SIDE = {1: "support", -1: "contest"}


def sides(graph: nx.MultiDiGraph[str], selection: Selection) -> tuple[MeasureTable, ...]:
    """Every change of side, certain or possible, every actor on both sides at one time, and all stances of those who
    both supported and contested something.

    Compared are stances that may be on one aspect: to contest the costs and support the rest is no change of side.
    Two sources that differ on what somebody did at one meeting are no change of side: they are in the second table.
    """
    found, left = stances(graph, selection)
    names: dict[Any, str] = {node: held["name"] for node, held in graph.nodes(data=True)}
    held = {each.key: each for each in found}
    shared: dict[str, Any] = {
        "n": amount(found),
        "left_out": left,
        "notes": small_n(len(found), "claims of support or contest"),
    }
    changes = MeasureTable(
        name="changes",
        title="Changes of side",
        columns={
            **_WHO,
            "first": "the first side",
            "first_when": "possible dates",
            "then": "the later side",
            "then_when": "possible dates",
            "aspects": "on which aspects; empty where the claims name none",
            "certainty": "certain: same aspect, and no other order of dates; possible: dates and aspects allow it",
        },
        rows=tuple(
            MeasureRow(
                (
                    *_who(names, each.actor, each.concept),
                    _SIDE[each.earlier],
                    _when(held, each.earlier_keys),
                    _SIDE[each.later],
                    _when(held, each.later_keys),
                    _aspects(held, (*each.earlier_keys, *each.later_keys)),
                    each.certainty,
                ),
                tuple(sorted(map(str, (*each.earlier_keys, *each.later_keys)))),
            )
            for each in side_changes(found)
        ),
        method="Dates are compared by the days they allow (three-valued order). Where dates overlap or are missing, "
        "both directions are possible and both are listed. Claims that name different aspects are not compared; where "
        "only one of two names an aspect, a change is possible, not certain.",
        **shared,
    )
    both = MeasureTable(
        name="both_sides",
        title="On both sides at once",
        columns={
            **_WHO,
            "one_day": "certain: the same known day and aspect; possible: dates and aspects allow it",
            "aspects": "on which aspects; empty where the claims name none",
            "support_when": "possible dates",
            "contest_when": "possible dates",
        },
        rows=tuple(
            MeasureRow(
                (
                    *_who(names, each.actor, each.concept),
                    each.certainty,
                    _aspects(held, (*each.positive_keys, *each.negative_keys)),
                    _when(held, each.positive_keys),
                    _when(held, each.negative_keys),
                ),
                tuple(sorted(map(str, (*each.positive_keys, *each.negative_keys)))),
            )
            for each in ambivalent(found)
        ),
        method="Support and contest of one thing by one actor on one day, not on different aspects of it. Where two "
        "sources report one act differently, neither may be right: check the claims.",
        **shared,
    )
    return changes, both, _in_order(names, found, shared)


def _in_order(names: Mapping[Any, str], found: Sequence[Stance], shared: Mapping[str, Any]) -> MeasureTable:
    """Each stance of those who supported and contested something, whatever the aspect, in the order of time."""
    signs: defaultdict[tuple[Any, Any], set[int]] = defaultdict(set)
    for each in found:
        signs[each.actor, each.concept].add(each.polarity)
    taken: defaultdict[tuple[Any, Any, int, DateSpan, str], set[str]] = defaultdict(set)
    for each in found:
        if {1, -1} <= signs[each.actor, each.concept]:
            taken[each.actor, each.concept, each.polarity, each.when or UNKNOWN, each.aspect or ""].add(str(each.key))
    return MeasureTable(
        name="stances",
        title="Stances of those who both supported and contested something",
        columns={
            **_WHO,
            "side": "the side taken",
            "aspect": "on which aspect; empty where the claim names none",
            "when": "possible dates",
            "from": "earliest of those days; empty where open",
            "to": "latest of those days",
        },
        rows=tuple(
            MeasureRow(
                (
                    *_who(names, actor, concept),
                    _SIDE[sign],
                    aspect or None,
                    describe(when),
                    when.date_from,
                    when.date_to,
                ),
                tuple(sorted(keys)),
            )
            for (actor, concept, sign, when, aspect), keys in sorted(
                taken.items(),
                key=lambda one: (*_who(names, *one[0][:2]), not dated(one[0][3]), sort_key(one[0][3]), *one[0][2::2]),
            )
        ),
        method="All recorded stances. An act that two sources report differently is listed twice.",
        **shared,
    )


_WHO = {
    "actor": "person, group, arena or organisation",
    "actor_id": "its id",
    "about": "the document or piece of evidence",
    "about_id": "its id",
}


def _who(names: Mapping[str, str], actor: Any, concept: Any) -> tuple[str, ...]:
    return names[actor], actor, names[concept], concept


def _aspects(held: Mapping[Any, Stance], keys: tuple[Any, ...]) -> list[str]:
    return sorted({aspect for key in keys if (aspect := held[key].aspect)})


def _when(held: Mapping[Any, Stance], keys: tuple[Any, ...]) -> str:
    return "; ".join(sorted({describe(held[key].when or UNKNOWN) for key in keys}))
