"""The flow of evidence through the stages: how many journeys go from one state at a stage to which at the next.

SOURCE: alluvial diagrams, Rosvall, M. & Bergstrom, C. T. (2010), Mapping change in large networks, PLoS ONE 5(1); of
categories side by side, Kosara, R., Bendix, F. & Hauser, H. (2006), Parallel sets, IEEE Trans. Visualization and
Computer Graphics 12(4).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import networkx as nx

from journeys.analysis.claims.selection import Selection
from journeys.analysis.courses.stages import Carrier, JourneyCourse, counted_journeys, journey_courses, ordered_stages
from journeys.analysis.measures.gap_map import NO_SITE, NO_SOURCE, NOT_REACHED, REACHED, type_order
from journeys.analysis.measures.table import MeasureRow, MeasureTable, small_n
from journeys.model.phrases import one_of
from journeys.model.schema import Schema, load_schema

STATES = (REACHED, NO_SOURCE, NOT_REACHED)
"""What is known of a journey at a stage."""


@dataclass(frozen=True, slots=True)
class _Way:
    """A journey, and what stands for it in each column: its site, its type, and its state at each stage."""

    journey: JourneyCourse
    values: tuple[str, ...]
    claims: tuple[tuple[str, ...], ...]


def flow(
    graph: nx.MultiDiGraph[str],
    selection: Selection,
    *,
    of: Sequence[Carrier] = ("Evidence",),
    carried: bool = False,
    schema: Schema | None = None,
) -> tuple[MeasureTable, ...]:
    """How many journeys go from each site to each type, from there to each state at the first stage, and so on: a row
    for each type, that it can be followed.

    The states at a stage are reached, no source, and reported not to have happened. The second table has the states of
    each journey. ``of`` are the labels of what travels; with ``carried`` evidence also reaches the stages of the
    documents that present it.
    """
    schema = schema or load_schema()
    stages, terms = ordered_stages(schema), schema.terms("stage").terms
    found, left = journey_courses(graph, selection, of=of, schema=schema)
    ways = [_way(each, stages, carried) for each in found]
    columns = ("site", "type", *(terms[stage].label for stage in stages))
    shared: dict[str, Any] = {
        "n": {"journeys": len(found), "claims": len({each for way in ways for told in way.claims for each in told})},
        "left_out": left,
        "method": "Alluvial diagram, Rosvall & Bergstrom (2010), of categories in columns, Kosara et al. (2006).",
        "notes": (
            counted_journeys(graph, selection, of),
            "A journey counts once in each column. At a stage it was reached, or a source reports that it was not, or "
            "no source says so: that is not the same as not reached.",
            "The stages stand in the order of the vocabulary; a journey need not have gone through them in this order. "
            "Contestation and support can come at any point and are not a column.",
            *small_n(len(found), "journeys"),
        ),
    }
    flows = MeasureTable(
        name="flows",
        title="Flow of journeys through the stages, by site and type",
        columns={
            "from_column": "site, type or stage",
            "from": "the site, the type, or the state at the stage",
            "to_column": "the column after it",
            "to": "the type, or the state at the stage",
            "journeys": "number of journeys that have both",
            "which": "these journeys",
            "of_type": "their type: each type has a row of its own, so that it can be followed through the stages",
        },
        rows=tuple(_flows(ways, columns)),
        **shared,
    )
    states = MeasureTable(
        name="states",
        title="What is known of each journey at each stage",
        columns={
            "site": "its sites",
            "type": "its type",
            "journey": "the document or piece of evidence",
            "journey_id": "its id",
            **{stage: f"at {terms[stage].label.lower()}: {one_of(STATES)}" for stage in stages},
        },
        rows=tuple(
            MeasureRow(
                (*way.values[:2], way.journey.name, way.journey.id, *way.values[2:]),
                tuple(sorted({claim for told in way.claims for claim in told})),
            )
            for way in ways
        ),
        **shared,
    )
    return flows, states


def _way(journey: JourneyCourse, stages: Sequence[str], carried: bool) -> _Way:
    reported, denied = journey.reported(carried=carried), journey.denied(carried=carried)
    values = [one_of(journey.sites, "and") or NO_SITE, journey.type]
    told: list[tuple[str, ...]] = [(), ()]
    for stage in stages:
        there, not_there = ([each.id for each in events if each.stage == stage] for events in (reported, denied))
        values.append(REACHED if there else NOT_REACHED if not_there else NO_SOURCE)
        told.append(tuple(there or not_there))
    return _Way(journey, tuple(values), tuple(told))


def _flows(ways: Sequence[_Way], columns: Sequence[str]) -> Iterator[MeasureRow]:
    for at, (column, following) in enumerate(pairwise(columns)):
        found = {(way.values[at], way.values[at + 1], way.values[1]) for way in ways}
        for start, end, kind in sorted(
            found, key=lambda each: (*_order(at, each[0]), *_order(at + 1, each[1]), type_order(each[2]))
        ):
            these = [way for way in ways if (*way.values[at : at + 2], way.values[1]) == (start, end, kind)]
            claims = {claim for way in these for told in way.claims[at : at + 2] for claim in told}
            names = [way.journey.name for way in these]
            yield MeasureRow((column, start, following, end, len(these), names, kind), tuple(sorted(claims)))


def _order(column: int, value: str) -> tuple[Any, ...]:
    """Sites by name, types by their number, states as they are listed."""
    if column == 0:
        return value == NO_SITE, value
    return type_order(value) if column == 1 else (STATES.index(value), value)
