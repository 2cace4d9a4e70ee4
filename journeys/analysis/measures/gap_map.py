"""The evidence-journey gap map: which types of evidence reached which stage at which site, and where nothing is known.

SOURCE: evidence gap maps show evidence by type and outcome, and make empty cells findings: Snilstveit, B., Vojtkova,
M., Bhavsar, A., Stevenson, J. & Gaarder, M. (2016), Evidence & Gap Maps: a tool for promoting evidence informed policy
and strategic research agendas, Journal of Clinical Epidemiology 79. Here the outcomes are the stages of a journey.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import networkx as nx

from journeys.analysis.claims.selection import Selection
from journeys.analysis.courses.stages import (
    Carrier,
    JourneyCourse,
    StageEvent,
    at_each_site,
    counted_journeys,
    journey_courses,
)
from journeys.analysis.courses.stages import ordered_stages as stages_of
from journeys.analysis.measures.table import MeasureRow, MeasureTable, small_n
from journeys.model.schema import Schema, load_schema

NO_SITE = "no site recorded"
REACHED, NOT_REACHED = "reached", "reported not to have happened"
NO_SOURCE, NONE_RECORDED = "no source", "none of this type"
"""What a cell says: the first where there is any journey, then, without one, the first that is so."""

SIDES = {"supported": "supported", "contested": "contested", "both": "supported and contested", "neither": "neither"}
"""The columns that divide the journeys of a cell, each with its word."""


def gap_map(
    graph: nx.MultiDiGraph[str],
    selection: Selection,
    *,
    of: Sequence[Carrier] = ("Evidence",),
    carried: bool = False,
    schema: Schema | None = None,
) -> tuple[MeasureTable, ...]:
    """For each type, site and stage: how many journeys reached it, how many of these were supported and contested.

    A cell without a journey says why: a source reports that it did not happen, no source says so, or nothing of the
    type is recorded at the site. The first table is the map in words, the second has a row for each cell, the third the
    journeys of each cell. ``of`` are the labels of what travels; with ``carried`` evidence also reaches the stages of
    the documents that present it.
    """
    schema = schema or load_schema()
    terms = schema.terms("stage").terms
    found, left = journey_courses(graph, selection, of=of, schema=schema)
    sites = [(name, journey_courses(graph, at, of=of, schema=schema)[0]) for name, at in at_each_site(graph, selection)]
    if nowhere := tuple(each for each in found if not each.sites):
        sites.append((NO_SITE, nowhere))
    types = sorted({each.type for each in found}, key=type_order)
    at = [(type_, site, _of_type(all_of, type_)) for type_ in types for site, all_of in sites]
    read = _Reading(schema, carried)
    shared: dict[str, Any] = {
        "n": {
            "journeys": len(found),
            "sites": len([name for name, _ in sites if name != NO_SITE]),
            "claims": len({claim for each in found for claim in each.claims(carried=carried)}),
        },
        "left_out": left,
        "method": "Counts of journeys in an evidence gap map, Snilstveit et al. (2016), with the stages as outcomes.",
        "notes": (
            *_notes(schema, of, types, carried),
            counted_journeys(graph, selection, of),
            *small_n(len(found), "journeys"),
        ),
    }
    cells = MeasureTable(
        name="cells",
        title="Journeys by type, stage reached and site",
        columns={
            "type": "type of evidence or document",
            "site": "the site",
            "stage": "the stage, in vocabulary order",
            "state": f"{REACHED}; or, without any journey, {NOT_REACHED}, {NO_SOURCE} (there are journeys of the type "
            f"at the site), {NONE_RECORDED} (nothing of the type is recorded there)",
            "journeys": "journeys that a source says reached the stage",
            "supported": "of these, supported by anybody at any stage, and not contested",
            "contested": "of these, contested and not supported",
            "both": "of these, supported and contested",
            "neither": "of these, no source says that anybody supported or contested it",
            "reported_not": "journeys reported not to have reached it",
            "pieces": "journeys of the type at the site",
        },
        rows=tuple(read.cell(*place, stage, terms[stage].label) for place in at for stage in stages_of(schema)),
        **shared,
    )
    journeys = MeasureTable(
        name="journeys",
        title="The journeys of each cell",
        columns={
            "type": "type of evidence or document",
            "site": "the site",
            "stage": "the stage",
            "state": f"{REACHED} or {NOT_REACHED}",
            "journey": "the document or piece of evidence",
            "journey_id": "its id",
            "side": "supported, contested, both or neither, at any stage",
        },
        rows=tuple(row for place in at for stage in stages_of(schema) for row in read.journeys(*place, stage)),
        **shared,
    )
    return _pivoted(cells, stages_of(schema), [terms[stage].label for stage in stages_of(schema)]), cells, journeys


def _pivoted(cells: MeasureTable, stages: Sequence[str], labels: Sequence[str]) -> MeasureTable:
    """The cells with a column a stage, in words, as people read a map."""
    columns = list(cells.columns)
    # By their order and not by their names: two sites may be called alike.
    places = [cells.rows[first : first + len(stages)] for first in range(0, len(cells.rows), len(stages))]
    return replace(
        cells,
        name="map",
        title="Gap map: journeys by type, stage reached and site",
        columns={
            "type": cells.columns["type"],
            "site": cells.columns["site"],
            **{
                stage: f"journeys that reached {label.lower()}, and their sides; or why there are none"
                for stage, label in zip(stages, labels, strict=True)
            },
        },
        rows=tuple(
            MeasureRow(
                (*rows[0].values[:2], *(_in_words(dict(zip(columns, row.values, strict=True))) for row in rows)),
                tuple(sorted({claim for row in rows for claim in row.claims})),
            )
            for rows in places
        ),
    )


def _in_words(cell: Mapping[str, Any]) -> str:
    if cell["state"] != REACHED:
        return str(cell["state"])
    sides = [f"{cell[name]} {words}" for name, words in SIDES.items() if cell[name]]
    return f"{cell['journeys']}: {', '.join(sides)}"


class _Reading:
    """What the journeys of a type at a site say of a stage."""

    def __init__(self, schema: Schema, carried: bool) -> None:
        self._schema, self._carried = schema, carried

    def cell(self, type_: str, site: str, all_of: Sequence[JourneyCourse], stage: str, label: str) -> MeasureRow:
        there = [each for each in all_of if self._at(each, stage)]
        denied = [each for each in all_of if not self._at(each, stage) and self._denied(each, stage)]
        sides = [self._side(each)[0] for each in there]
        state = REACHED if there else NOT_REACHED if denied else NO_SOURCE if all_of else NONE_RECORDED
        counts = (sides.count(side) for side in SIDES)
        claims = {
            event.id
            for each in (*there, *denied)
            for event in (*self._at(each, stage), *self._denied(each, stage), *self._side(each)[1])
        }
        values = (type_, site, label, state, len(there), *counts, len(denied), len(all_of))
        return MeasureRow(values, tuple(sorted(claims)))

    def journeys(self, type_: str, site: str, all_of: Sequence[JourneyCourse], stage: str) -> Iterator[MeasureRow]:
        """Those that reached the stage, then those reported not to have."""
        label = self._schema.terms("stage").terms[stage].label
        told = [(each, self._at(each, stage), self._denied(each, stage)) for each in all_of]
        for state in (REACHED, NOT_REACHED):
            for each, there, denied in told:
                if there if state == REACHED else denied and not there:
                    side, said = self._side(each)
                    claims = {event.id for event in (*there, *denied, *said)}
                    yield MeasureRow((type_, site, label, state, each.name, each.id, side), tuple(sorted(claims)))

    def _at(self, journey: JourneyCourse, stage: str) -> list[StageEvent]:
        return [each for each in journey.reported(carried=self._carried) if each.stage == stage]

    def _denied(self, journey: JourneyCourse, stage: str) -> list[StageEvent]:
        return [each for each in journey.denied(carried=self._carried) if each.stage == stage]

    def _side(self, journey: JourneyCourse) -> tuple[str, list[StageEvent]]:
        """Whether it was supported, contested, both or neither, and the claims that say so."""
        told = [
            (polarity, each)
            for each in journey.reported(carried=self._carried)
            if (polarity := self._schema.claims[each.type].polarity)
        ]
        taken = {polarity for polarity, _ in told}
        side = "both" if len(taken) == 2 else "neither" if not taken else "supported" if 1 in taken else "contested"
        return side, [each for _, each in told]


def _of_type(journeys: Sequence[JourneyCourse], type_: str) -> list[JourneyCourse]:
    return [each for each in journeys if each.type == type_]


def type_order(type_: str) -> tuple[tuple[int, ...], str]:
    """By the number that a type begins with, so that 6.10 stands after 6.9; without one by its words, at the end."""
    parts = type_.split(" ")[0].split(".")
    numbers = all(part.isdecimal() for part in parts)
    return (tuple(map(int, parts)) if numbers else (10**9,)), type_


def _notes(schema: Schema, of: Sequence[Carrier], types: Sequence[str], carried: bool) -> Iterator[str]:
    yield (
        f"Empty cells are of three kinds. {NOT_REACHED.capitalize()}: a source says so. {NO_SOURCE.capitalize()}: "
        "something of the type is recorded at the site, and no source says that it reached the stage; that is not the "
        f"same as not reached. {NONE_RECORDED.capitalize()}: nothing of the type is recorded at the site."
    )
    yield (
        "A journey counts at each stage that a source says it reached, and at each site that it belongs to. "
        "Contestation and support can come at any point: they split the numbers, and are not counted as a stage here."
    )
    if tuple(of) == ("Evidence",):
        terms = schema.terms("evidence_type").terms
        missing = [f"{name} {term.label}" for name, term in terms.items() if f"{name} {term.label}" not in types]
        if missing:
            yield f"Not shown, as nothing of the type is recorded: {'; '.join(missing)}."
    if carried:
        yield "Evidence counts as having reached the stages of any document that presents it."
