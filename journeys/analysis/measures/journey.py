"""The journey of a document or piece of evidence, or of all: stages, branches, returns, its end, what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import networkx as nx

from journeys.analysis.claims.dates import dated
from journeys.analysis.claims.selection import LeftOut, Selection, select
from journeys.analysis.courses.course import end_of_data, ending, stages_of
from journeys.analysis.courses.stages import JourneyCourse, journey_courses
from journeys.analysis.measures.journey_tables import (
    EXACT,
    NO_USE_OF_IT,
    PROCESS,
    STATE,
    WHO,
    JourneyData,
    branches_table,
    chain_table,
    decisions_table,
    ending_table,
    intervals_table,
    returns_table,
    stages_table,
    when_data_end,
)
from journeys.analysis.measures.table import MeasureRow, MeasureTable, small_n
from journeys.model.problems import UsageProblem
from journeys.model.schema import Schema, load_schema

QUIET = 90
"""The default number of days without a step after which a journey counts as stalled."""


def journey(
    graph: nx.MultiDiGraph[str],
    selection: Selection,
    *,
    ref: str | None = None,
    stalled_after_days: int = QUIET,
    schema: Schema | None = None,
) -> tuple[MeasureTable, ...]:
    """With ``ref`` (a node) all of one journey; without, a line for each, and their branches, breaks and decisions.

    A journey without a recorded use or impact has stalled if it certainly had no step in the last
    ``stalled_after_days`` days of the data. Raises UsageProblem for a ``ref`` that does not belong to the site or case
    study.
    """
    schema = schema or load_schema()
    found, left = journey_courses(graph, selection, of=("Document", "Evidence"), schema=schema)
    if ref is not None:
        found = tuple(each for each in found if each.id == ref)
        if not found:
            place = selection.case or selection.site or ""
            raise UsageProblem(f"{ref.split(':', 2)[-1]} does not belong to {place.split(':', 2)[-1]}.")
        left = _about(left, graph, found[0])
    counted, _ = select(graph, selection)
    told = JourneyData(
        found,
        graph,
        counted,
        {
            "n": {
                "journeys": len(found),
                "claims": len({claim for each in found for claim in each.claims()}),
                "claims without a date": sum(not dated(each.when) for one in found for each in one.reported()),
            },
            "left_out": left,
        },
    )
    stages = tuple(schema.terms("stage").terms)
    labels = {name: term.label for name, term in schema.terms("stage").terms.items()}
    if ref is None:
        return (
            _overview(told, stages, labels, stalled_after_days),
            branches_table(told),
            returns_table(told),
            chain_table(told, only_broken=True),
            decisions_table(told),
        )
    return (
        stages_table(told, stages, labels),
        intervals_table(told, stages, labels),
        branches_table(told),
        returns_table(told),
        ending_table(told, stalled_after_days),
        chain_table(told, only_broken=False),
        decisions_table(told),
    )


def _overview(
    told: JourneyData, stages: Sequence[str], labels: Mapping[str, str], stalled_after_days: int
) -> MeasureTable:
    data_end = end_of_data(told.graph)
    rows = []
    for each in told.journeys:
        reached = stages_of(each, stages)
        ends = ending(each, data_end, stalled_after_days)
        split, decisions, chain = told.branches(each), told.decisions(each), told.chain(each)
        values = (
            each.name,
            each.id,
            each.sites,
            *(tuple(labels[one.stage] for one in reached if one.reached is how) for how in (True, False, None)),
            len(split["fork"]),
            len(split["merge"]),
            len(told.returns(each)),
            ends.state,
            tuple(sorted({decision.post_hoc for decision in decisions})),
            sum(one.broken for one in chain),
        )
        behind = [*each.claims(), *(claim for decision in decisions for claim in decision.claims)]
        behind += [claim for one in chain for claim in one.claims]
        behind += [claim for ways in split.values() for claims in ways.values() for claim in claims]
        rows.append(MeasureRow(values, tuple(sorted(set(behind)))))
    return MeasureTable(
        name="journeys",
        title="Overview of journeys",
        columns={
            **WHO,
            "sites": "case study or site",
            "reached": "stages with a claim",
            "reported_not_reached": "stages reported not reached",
            "skipped": "stages without any claim",
            "forks": "number of documents and places it went to, if more than one",
            "merges": "number of documents and pieces of evidence it was made from, if more than one",
            "returns": "places it certainly or possibly returned to",
            "state": STATE,
            "post_hoc": "for each linked decision, whether it came after the decision (post hoc)",
            "breaks": "number of breaks in the chain back to its first sources",
        },
        rows=tuple(rows),
        method=f"{PROCESS} {EXACT}",
        notes=(*small_n(len(rows), "journeys"), when_data_end(told, stalled_after_days), NO_USE_OF_IT),
        **told.shared,
    )


def _about(left: Iterable[LeftOut], graph: nx.MultiDiGraph[str], one: JourneyCourse) -> tuple[LeftOut, ...]:
    """What was left out of the claims that touch the one journey."""
    near = {key for *_, key in (*graph.in_edges(one.id, keys=True), *graph.out_edges(one.id, keys=True))}
    kept = [LeftOut(each.why, tuple(claim for claim in each.claims if claim in near)) for each in left]
    return tuple(each for each in kept if each.claims)
