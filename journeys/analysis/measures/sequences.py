"""Similarity of journeys: sequences of dated stages, distances, the medoid, and the typical order."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby, pairwise
from typing import Any, Literal

import networkx as nx
import numpy as np

from journeys.analysis.claims.dates import dated
from journeys.analysis.claims.selection import LeftOut, Selection
from journeys.analysis.courses.stages import Carrier, JourneyCourse, StageEvent, counted_journeys, journey_courses
from journeys.analysis.measures.table import MeasureRow, MeasureTable, small_n
from journeys.analysis.methods.sequences.optimal_matching import (
    Distances,
    Normalisation,
    distances,
    medoid,
    transition_costs,
)
from journeys.analysis.methods.sequences.typical_order import precedences, typical_order
from journeys.model.order import Order, order, sort_key
from journeys.model.phrases import counted
from journeys.model.schema import Schema, load_schema

Costs = Literal["fixed", "transitions"]
MOST_PAIRS = 50_000
"""The most pairs of journeys in the table of distances: more than those of 300 journeys nobody reads."""


@dataclass(frozen=True, slots=True)
class DatedSequence:
    """The stages of a journey in the order of their dates, the same one after itself once.

    ``unsure`` counts the adjacent stages whose order is uncertain; they then stand as ``sort_key`` puts them,
    and of equal dates in the order of the vocabulary.
    """

    journey: JourneyCourse
    stages: tuple[str, ...]
    unsure: int
    claims: tuple[str, ...]


def dated_sequence(journey: JourneyCourse, stages: Sequence[str]) -> DatedSequence:
    """Return the sequence of a journey's dated stages; ``stages`` is the order of the vocabulary."""
    events = sorted(
        (each for each in journey.reported() if dated(each.when)),
        key=lambda each: (sort_key(each.when), stages.index(each.stage), each.claim),
    )
    runs = [(stage, list(run)) for stage, run in groupby(events, key=lambda each: each.stage)]
    return DatedSequence(
        journey,
        tuple(stage for stage, _ in runs),
        sum(not _certain(run, following) for (_, run), (_, following) in pairwise(runs)),
        tuple(sorted({each.claim for each in events})),
    )


def sequences(
    graph: nx.MultiDiGraph[str],
    selection: Selection,
    *,
    of: Sequence[Carrier] = ("Evidence", "Document"),
    costs: Costs = "fixed",
    normalisation: Normalisation = "maxlength",
    schema: Schema | None = None,
) -> tuple[MeasureTable, ...]:
    """The dated sequences of all journeys, how often each stage comes before each, and the distances between them.

    ``costs`` of a replaced stage: 2, or from the data, less the more often the two follow each other.
    """
    schema = schema or load_schema()
    terms = schema.terms("stage").terms
    label = {stage: term.label for stage, term in terms.items()}
    told, left = journey_courses(graph, selection, of=of, schema=schema)
    found = [dated_sequence(each, tuple(terms)) for each in told]
    kept = {each.journey.id: each for each in found if each.stages}
    undated = {each.claim for journey in told for each in journey.reported() if not dated(each.when)}
    nowhere = (LeftOut("no date, so no position in the order", tuple(sorted(undated))),) if undated else ()
    without = [each.journey.name for each in found if not each.stages]
    ways: dict[Hashable, tuple[str, ...]] = {name: each.stages for name, each in kept.items()}
    shared: dict[str, Any] = {
        "n": {"journeys": len(kept), "claims": len({claim for each in kept.values() for claim in each.claims})},
        "left_out": (*left, *nowhere),
        "notes": (
            *((f"Left out, as nothing is dated: {', '.join(without)}.",) if without else ()),
            counted_journeys(graph, selection, of),
            *small_n(len(kept), "journeys"),
        ),
    }
    matrix = distances(ways, substitution=_costs(ways, costs), normalisation=normalisation)
    return (
        _middle(kept, matrix, label, costs, normalisation, shared),
        _orders(kept, label, shared),
        _distances(kept, matrix, costs, normalisation, shared),
    )


def _middle(
    kept: Mapping[str, DatedSequence],
    matrix: Distances,
    label: Mapping[str, str],
    costs: Costs,
    normalisation: Normalisation,
    shared: Mapping[str, Any],
) -> MeasureTable:
    middle = medoid(matrix)
    sums = {str(name): sum(row) for name, row in zip(matrix.names, matrix.rows, strict=True)}
    others = len(kept) - 1
    return MeasureTable(
        name="sequences",
        title="State sequences of the journeys, the most typical first",
        columns={
            "journey": "the document or piece of evidence",
            "journey_id": "its id",
            "type": "its type",
            "stages": "dated stages in date order",
            "unsure": "adjacent stages whose order is uncertain",
            "mean_distance": "mean distance to all others; empty for a single journey",
            "medoid": "whether it is the medoid (nearest to all others)",
        },
        rows=tuple(
            MeasureRow(
                (
                    each.journey.name,
                    name,
                    each.journey.type,
                    " > ".join(label[stage] for stage in each.stages),
                    each.unsure,
                    sums[name] / others if others else None,
                    bool(middle and name in middle.names),
                ),
                each.claims,
            )
            for name, each in sorted(kept.items(), key=lambda held: (sums[held[0]], held[1].journey.name, held[0]))
        ),
        method=f"{_METHODS[costs]} {_DIVIDED[normalisation]} Medoid: Kaufman & Rousseeuw (1990).",
        **shared,
    )


def _orders(kept: Mapping[str, DatedSequence], label: Mapping[str, str], shared: Mapping[str, Any]) -> MeasureTable:
    ways = [each.stages for each in kept.values()]
    best = typical_order(ways)
    found = precedences(ways)
    place = {stage: at for at, stage in enumerate(best.stages, start=1)}
    typical = ", ".join(label[str(stage)] for stage in best.stages)
    other = "" if best.unique else " Another order fits equally well; this is the first alphabetically."
    note = (
        f"Typical order: {typical}. Of {best.agreeing + best.disagreeing} pairs of stages in a journey, "
        f"{best.agreeing} are in this order.{other}"
        if best.stages
        else "No journey has a dated stage, so there is no typical order."
    )
    return MeasureTable(
        name="order",
        title="Precedence of stages",
        columns={
            "first": "a stage",
            "then": "a stage later in the typical order",
            "before": "journeys where the first occurrence precedes that of the other",
            "n": "journeys with both",
            "share": "before by n, 0 to 1; empty where no journey has both",
        },
        rows=tuple(
            MeasureRow(
                (
                    label[str(one)],
                    label[str(then)],
                    found[one, then].before,
                    found[one, then].n,
                    found[one, then].share,
                ),
                tuple(
                    sorted({claim for each in kept.values() if {one, then} <= {*each.stages} for claim in each.claims})
                ),
            )
            for one, then in combinations(sorted(place, key=place.__getitem__), 2)
        ),
        method="The order with the fewest contradictions: Kemeny (1959); Young & Levenglick (1978). "
        "Stages are placed at their first occurrence.",
        **{**shared, "notes": (note, *shared["notes"])},
    )


def _distances(
    kept: Mapping[str, DatedSequence],
    matrix: Distances,
    costs: Costs,
    normalisation: Normalisation,
    shared: Mapping[str, Any],
) -> MeasureTable:
    by_name = sorted(kept, key=lambda name: (kept[name].journey.name, name))
    names = {name: kept[name].journey.name for name in by_name}
    pairs = _nearest(by_name, names, matrix)
    more = len(by_name) * (len(by_name) - 1) // 2 - len(pairs)
    left = (f"{counted(more, 'pair')} of journeys that are further apart not listed.",) if more else ()
    return MeasureTable(
        name="distances",
        title="Distances between journeys, the nearest first",
        columns={
            "one": "a journey",
            "one_id": "its id",
            "other": "another",
            "other_id": "its id",
            "distance": "distance; 0 for identical sequences",
        },
        rows=tuple(
            MeasureRow(
                (names[one], one, names[other], other, matrix.between(one, other)),
                tuple(sorted({*kept[one].claims, *kept[other].claims})),
            )
            for one, other in pairs
        ),
        method=f"{_METHODS[costs]} {_DIVIDED[normalisation]}",
        **{**shared, "notes": (*shared["notes"], *left)},
    )


def _nearest(by_name: Sequence[str], names: Mapping[str, str], matrix: Distances) -> list[tuple[str, str]]:
    """The pairs that are nearest to each other, of equals by the names of both, then by their ids."""
    place = {name: number for number, name in enumerate(matrix.names)}
    order = np.array([place[name] for name in by_name], np.int64)
    between = np.array(matrix.rows, np.float64).reshape(len(order), len(order))[np.ix_(order, order)]
    one, other = np.triu_indices(len(order), 1)
    apart = between[one, other]
    if len(apart) > MOST_PAIRS:
        near = apart <= np.partition(apart, MOST_PAIRS - 1)[MOST_PAIRS - 1]
        one, other, apart = one[near], other[near], apart[near]
    rank = {name: number for number, name in enumerate(dict.fromkeys(names[each] for each in by_name))}
    ranks = np.array([rank[names[each]] for each in by_name], np.int64)
    nearest = np.lexsort((other, one, ranks[other], ranks[one], apart))[:MOST_PAIRS]
    return [(by_name[a], by_name[b]) for a, b in zip(one[nearest].tolist(), other[nearest].tolist(), strict=True)]


_METHODS: dict[Costs, str] = {
    "fixed": "Optimal matching, Abbott & Forrest (1986): insertion and deletion cost 1, replacement 2.",
    "transitions": "Optimal matching, Abbott & Forrest (1986): insertion and deletion cost 1, replacement 2 less the "
    "rates at which the two stages follow each other (Rohwer & Poetter 2005).",
}
_DIVIDED: dict[Normalisation, str] = {
    "none": "Not normalised.",
    "maxlength": "Divided by the longer length (Abbott): 0 to 2.",
    "gower": "Divided by the greatest distance these costs allow (Gabadinho et al. 2011): 0 to 1.",
    "yujianbo": "Normalised after Yujian & Bo (2007): 0 to 1.",
}


def _costs(ways: Mapping[Any, tuple[str, ...]], costs: Costs) -> Any:
    return transition_costs(ways.values()) if costs == "transitions" else 2.0


def _certain(run: Sequence[StageEvent], following: Sequence[StageEvent]) -> bool:
    """Whether something of the one run is certainly before something of the next, and nothing may be after."""
    return all(order(one.when, other.when) is Order.BEFORE for one in run for other in following)
