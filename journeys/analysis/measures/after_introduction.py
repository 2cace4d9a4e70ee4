"""What followed the first introduction of each journey, and after how many days: journeys aligned at one moment.

SOURCE: intervals between uncertain dates as the least and the most days, Allen, J. F. (1983), Maintaining knowledge
about temporal intervals, Communications of the ACM 26; small multiples on one scale, Tufte, E. R. (1983), The Visual
Display of Quantitative Information.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx

from journeys.analysis.claims.dates import dated
from journeys.analysis.claims.day_ranges import days_between, first_of
from journeys.analysis.claims.happenings import Happening
from journeys.analysis.claims.selection import Selection
from journeys.analysis.courses.stages import Carrier, JourneyCourse, StageEvent, counted_journeys, journey_courses
from journeys.analysis.measures.gap_map import NO_SITE
from journeys.analysis.measures.table import MeasureRow, MeasureTable, small_n
from journeys.model.dates import DateSpan, describe
from journeys.model.phrases import counted, one_of
from journeys.model.schema import Schema, load_schema

FIRST, SUPPORTED, CONTESTED, USED, RESULT, STEP = (
    "first introduced", "supported", "contested", "used", "result", "other step",
)  # fmt: skip
"""What an event was for a journey."""

_NAMED = 12
"""So many journeys that are left out are named; how many more there are is said."""


@dataclass(frozen=True, slots=True)
class _Aligned:
    """A journey with the days of its first introduction, the claims on that, and all that happened else."""

    journey: JourneyCourse
    first: DateSpan
    claims: tuple[str, ...]
    others: tuple[Happening[StageEvent], ...]


def after_introduction(
    graph: nx.MultiDiGraph[str],
    selection: Selection,
    *,
    of: Sequence[Carrier] = ("Evidence", "Document"),
    schema: Schema | None = None,
) -> tuple[MeasureTable, ...]:
    """Each dated event of each journey, with the least and the most days from the first introduction to it.

    A negative number lies before it; empty is not known, as with "since March". The second table says for each journey
    when it was first introduced and how many of its events have no date. ``of`` are the labels of what travels.
    """
    schema = schema or load_schema()
    found, left = journey_courses(graph, selection, of=of, schema=schema)
    aligned = sorted(filter(None, map(_aligned, found)), key=lambda one: (_site(one.journey), one.journey.name))
    lacking = [each.name for each in found if each.id not in {one.journey.id for one in aligned}]
    shared: dict[str, Any] = {
        "n": {
            "journeys": len(aligned),
            "events": sum(len(one.others) + 1 for one in aligned),
            "claims": len({claim for one in aligned for claim in one.journey.claims()}),
        },
        "left_out": left,
        "method": "Days between dates as the least and the most that the sources allow (intervals: Allen 1983).",
        "notes": (*_notes(lacking), counted_journeys(graph, selection, of), *small_n(len(aligned), "journeys")),
    }
    events = MeasureTable(
        name="events",
        title="Journeys from their first introduction",
        columns={
            "site": "its sites",
            "journey": "the document or piece of evidence",
            "journey_id": "its id",
            "event": one_of((FIRST, SUPPORTED, CONTESTED, USED, RESULT, STEP)),
            "what": "what happened",
            "date": "its date",
            "least_days": "least days from the first introduction to it; empty where not known",
            "most_days": "most days",
        },
        rows=tuple(row for one in aligned for row in _events(one, graph, schema)),
        **shared,
    )
    starts = MeasureTable(
        name="introductions",
        title="First introduction of each journey",
        columns={
            "site": "its sites",
            "journey": "the document or piece of evidence",
            "journey_id": "its id",
            "introduced": "the days on which the first introduction may have been",
            "dated": "events with a date, without that introduction",
            "undated": "events without a date, which no figure shows",
        },
        rows=tuple(
            MeasureRow(
                (
                    _site(one.journey),
                    one.journey.name,
                    one.journey.id,
                    describe(one.first),
                    sum(dated(each.when) for each in one.others),
                    sum(not dated(each.when) for each in one.others),
                ),
                one.claims,
            )
            for one in aligned
        ),
        **shared,
    )
    return events, starts


def _aligned(journey: JourneyCourse) -> _Aligned | None:
    """The journey from its first introduction; None where no source dates one."""
    happenings = journey.happenings()
    introduced = [each for each in happenings if each.claims[0].type == "INTRODUCED"]
    first = first_of(each.when for each in introduced)
    if not dated(first):
        return None
    # Those that may have been the first stand for it; the others are events of their own.
    may_be = [each for each in introduced if dated(each.when) and _may_be_first(each.when, first)]
    claims = tuple(sorted({claim.id for each in may_be for claim in each.claims}))
    return _Aligned(journey, first, claims, tuple(each for each in happenings if each not in may_be))


def _may_be_first(when: DateSpan, first: DateSpan) -> bool:
    after = days_between(first, when).least
    return after is None or after <= 0


def _events(one: _Aligned, graph: nx.MultiDiGraph[str], schema: Schema) -> Iterator[MeasureRow]:
    who = _site(one.journey), one.journey.name, one.journey.id
    yield MeasureRow((*who, FIRST, "", describe(one.first), 0, 0), one.claims)
    told = []
    for each in one.others:
        if dated(each.when):
            days = days_between(one.first, each.when)
            claim = each.claims[0]
            values = (_event(claim, schema), _words(claim, graph, schema), describe(each.when), days.least, days.most)
            told.append((values, tuple(sorted({said.id for said in each.claims}))))
    far = 10**9
    for values, claims in sorted(
        told, key=lambda row: (row[0][3] if row[0][3] is not None else -far, row[0][4] or far, row[0][:3])
    ):
        yield MeasureRow((*who, *values), claims)


def _event(claim: StageEvent, schema: Schema) -> str:
    kind = schema.claims[claim.type]
    if kind.polarity:
        return SUPPORTED if kind.polarity > 0 else CONTESTED
    return {"use": USED, "impact": RESULT}.get(claim.stage, STEP)


def _words(claim: StageEvent, graph: nx.MultiDiGraph[str], schema: Schema) -> str:
    names = [str(graph.nodes[node].get("name") or "") for node in (claim.start, claim.end)]
    return names[0] if claim.type == "STEP_OF" else f"{names[0]} {schema.claims[claim.type].phrase} {names[1]}"


def _site(journey: JourneyCourse) -> str:
    return one_of(journey.sites, "and") or NO_SITE


def _notes(lacking: Sequence[str]) -> Iterator[str]:
    yield (
        "Day 0 is the first introduction that a source dates. Where its days or those of an event are known only "
        "within bounds, an event has the least and the most days."
    )
    if lacking:
        more = len(lacking) - _NAMED
        named = [*lacking[:_NAMED], *([counted(more, "more") if more == 1 else f"{more:,} more"] if more > 0 else [])]
        yield f"Left out, as no source dates an introduction: {'; '.join(named)}."
