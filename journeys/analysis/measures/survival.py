"""Which types of evidence survive from impetus to impact, and where the others stop: survival curves over stages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx

from journeys.analysis.claims.selection import Selection
from journeys.analysis.courses.stages import (
    Carrier,
    JourneyCourse,
    at_each_site,
    counted_journeys,
    journey_courses,
    ordered_stages,
)
from journeys.analysis.measures.table import MeasureRow, MeasureTable, small_n
from journeys.analysis.methods.survival import GroupSurvival, Reached, stage_survival
from journeys.model.schema import Schema, load_schema

ALL = "all"


def survival(
    graph: nx.MultiDiGraph[str],
    selection: Selection,
    *,
    of: Sequence[Carrier] = ("Evidence",),
    carried: bool = False,
    censored: bool = False,
    schema: Schema | None = None,
) -> tuple[MeasureTable, ...]:
    """For each stage the share of journeys that came to it or beyond: of all, by type, and by site.

    ``of`` are the labels of what travels. With ``carried`` evidence also gets as far as the documents that present it.
    With ``censored`` a journey without a recorded end counts only as far as it is known: it has ended if it came to the
    last stage or was reported not to have come to one after its furthest.
    """
    schema = schema or load_schema()
    order, terms = ordered_stages(schema), schema.terms("stage").terms
    told, left = journey_courses(graph, selection, of=of, schema=schema)
    sites = {name: journey_courses(graph, at, of=of, schema=schema)[0] for name, at in at_each_site(graph, selection)}
    by_type = [(each, group) for each in told for group in (ALL, each.type)]
    by_site = [(each, name) for name, found in sites.items() for each in found]
    shared: dict[str, Any] = {
        "n": {"journeys": len(told), "claims": len({claim for each in told for claim in each.claims(carried=carried)})},
        "left_out": left,
        "method": _method(censored),
        "notes": (*_notes(schema, carried), counted_journeys(graph, selection, of), *small_n(len(told), "journeys")),
    }

    def table(name: str, title: str, what: str, curves: Sequence[_Curve]) -> MeasureTable:
        stages = {stage: f"reached {terms[stage].label.lower()} or a later stage" for stage in order}
        columns = {"group": what, "n": "journeys of the group", **stages}
        return MeasureTable(name=name, title=title, columns=columns, rows=tuple(map(_line, curves)), **shared)

    types, places = (_curves(grouped, order, carried, censored) for grouped in (by_type, by_site))
    return (
        table("by_type", "Survival by type", "the type of evidence or document", types),
        table("by_site", "Survival by site", "the site", places),
        MeasureTable(
            name="stops",
            title="Survival curve by stage",
            columns=_COLUMNS,
            rows=tuple(row for curve in (*types, *places) for row in _rows(curve, schema, carried)),
            **shared,
        ),
    )


@dataclass(frozen=True, slots=True)
class _Curve:
    survival: GroupSurvival
    journeys: Mapping[str, JourneyCourse]

    told: frozenset[str]


def _curves(
    grouped: Sequence[tuple[JourneyCourse, str]], order: Sequence[str], carried: bool, censored: bool
) -> list[_Curve]:
    reached = [
        Reached(each.id, group, each.stages(carried=carried), _ended(each, order, carried) or not censored)
        for each, group in grouped
    ]
    return [
        _Curve(curve, held, frozenset(claim for each in held.values() for claim in each.claims(carried=carried)))
        for curve in stage_survival(reached, order, censored=censored)
        for held in [{each.id: each for each, group in grouped if group == curve.group}]
    ]


def _line(curve: _Curve) -> MeasureRow:
    found = curve.survival
    return MeasureRow((found.group, found.n, *(point.reached for point in found.points)), tuple(sorted(curve.told)))


_COLUMNS = {
    "group": "the type or the site",
    "n": "journeys of the group",
    "stage": "the stage, in vocabulary order",
    "reached": "journeys that reached it or a later one",
    "recorded": "journeys with a claim at this stage",
    "share": "survival: share that reached it or a later stage, 0 to 1",
    "low": "lower end of the 95 % interval",
    "high": "its upper end",
    "stopped": "journeys whose furthest recorded stage this is",
    "reported_no_further": "of these, reported not to have reached a later stage",
}


def _rows(curve: _Curve, schema: Schema, carried: bool) -> list[MeasureRow]:
    order = ordered_stages(schema)
    terms = schema.terms("stage").terms
    rows = []
    for place, point in enumerate(curve.survival.points):
        here = [curve.journeys[str(name)] for name in (*point.stopped, *point.going)]
        denied = [each for each in here if each.reported_not_reached(carried=carried) & set(order[place + 1 :])]
        rests_on = {
            one.claim
            for each in curve.journeys.values()
            for one in each.reported(carried=carried)
            if one.stage in order and order.index(one.stage) >= place
        } | {one.claim for each in denied for one in each.denied(carried=carried)}
        values = point.reached, point.recorded, point.survived, point.low, point.high
        names = sorted(each.name for each in here), sorted(each.name for each in denied)
        rows.append(
            MeasureRow(
                (curve.survival.group, curve.survival.n, terms[point.stage].label, *values, *names),
                tuple(sorted(rests_on)),
            )
        )
    return rows


def _ended(journey: JourneyCourse, order: Sequence[str], carried: bool) -> bool:
    places = [order.index(stage) for stage in journey.stages(carried=carried) if stage in order]
    furthest = max(places, default=-1)
    later = set(order[furthest + 1 :])
    return not later or bool(journey.reported_not_reached(carried=carried) & later)


def _method(censored: bool) -> str:
    if censored:
        return (
            "Kaplan & Meier (1958) with stages for times; a journey with no recorded end is censored at "
            "its furthest stage. Intervals: log-log, Kalbfleisch & Prentice (1980), on Greenwood's variance."
        )
    return "Share of all journeys of the group, by the furthest stage recorded. Intervals: Wilson (1927)."


def _notes(schema: Schema, carried: bool) -> tuple[str, ...]:
    stages = ", ".join(schema.terms("stage").terms[stage].label for stage in ordered_stages(schema))
    return (
        (
            f"A journey that reached a stage counts as having passed the stages before it: {stages}. "
            "Contestation and support can come at any point and are not counted as a stage here."
        ),
        "Unrecorded steps are missing: a short journey may be one that little is known about.",
        *(("Evidence counts as having reached the stages of any document that presents it.",) if carried else ()),
    )
