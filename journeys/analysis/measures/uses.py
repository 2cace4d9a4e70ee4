"""What uses were made of which types of evidence and documents, at which site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import networkx as nx

from journeys.analysis.claims.graph import on_topic
from journeys.analysis.claims.selection import Selection
from journeys.analysis.courses.stages import (
    Carrier,
    JourneyCourse,
    StageEvent,
    at_each_site,
    counted_journeys,
    journey_courses,
)
from journeys.analysis.measures.table import MeasureRow, MeasureTable, small_n
from journeys.model.definitions import NOT_STATED
from journeys.model.schema import Schema, load_schema

ALL_SITES = "all sites"


def uses(
    graph: nx.MultiDiGraph[str],
    selection: Selection,
    *,
    of: Sequence[Carrier] = ("Evidence", "Document"),
    schema: Schema | None = None,
) -> tuple[MeasureTable, ...]:
    """For each site and type: how many pieces, the uses by their type, and what was reported not to be used.

    A use is who used what at which meeting, however many sources tell of it.
    """
    schema = schema or load_schema()
    kinds = [*schema.terms("use_type").terms, NOT_STATED]
    labels = {kind: term.label for kind, term in schema.terms("use_type").terms.items()} | {NOT_STATED: "Not stated"}
    found, left = journey_courses(graph, selection, of=of, schema=schema)
    places = {name: journey_courses(graph, at, of=of, schema=schema)[0] for name, at in at_each_site(graph, selection)}
    if not (selection.site or selection.case):
        places[ALL_SITES] = found
    claims = {each.claim for journey in found for each in journey.reported("USED") + journey.denied("USED")}
    number = sum(len(_uses(journey)) for journey in found)
    shared: dict[str, Any] = {
        "n": {"pieces": len(found), "uses": number, "claims": len(claims)},
        "left_out": left,
        "notes": (
            counted_journeys(graph, selection, of),
            (
                "Use types are those of the codebook, 8.8. For most items no source reports a use or the "
                "absence of one: that is not the same as not used."
            ),
            *small_n(number, "uses"),
        ),
    }
    by_type = MeasureTable(
        name="uses",
        title="Types of use by type of evidence or document",
        columns={
            "site": "the site",
            "kind": "evidence or document",
            "type": "its type",
            "pieces": "number of items",
            "used": "of these, reported as used",
            **{kind: f"uses: {labels[kind]}" for kind in kinds},
            "on_ethnicity": "uses about ethnicity, or of evidence about ethnicity",
            "reported_not_used": "items reported not used",
        },
        rows=tuple(
            _row(graph, site, key, journeys, kinds)
            for site, all_of in places.items()
            for key, journeys in sorted(_by_type(all_of).items())
        ),
        method="Counts of who used what at which meeting.",
        **shared,
    )
    totals = MeasureTable(
        name="use_types",
        title="Types of use at each site",
        columns={
            "site": "the site",
            "use_type": "the type of use",
            "uses": "how many",
            "share": "share of all uses at the site, 0 to 1; empty without any",
            "on_ethnicity": "of these, about ethnicity or of evidence about ethnicity",
        },
        rows=tuple(
            _total(graph, site, kind, labels[kind], all_of) for site, all_of in places.items() for kind in kinds
        ),
        method="Counts of who used what at which meeting.",
        **shared,
    )
    return totals, by_type


_Use = tuple[str, str, str]


def _uses(journey: JourneyCourse) -> dict[_Use, list[StageEvent]]:
    """The claims of each use: by who, at which meeting, and of which type."""
    found: defaultdict[_Use, list[StageEvent]] = defaultdict(list)
    for each in journey.reported("USED"):
        kind = each.properties.get("use_type") or NOT_STATED
        found[each.start, each.properties.get("at_meeting") or "", kind].append(each)
    return dict(found)


def _by_type(journeys: Sequence[JourneyCourse]) -> dict[tuple[str, str], list[JourneyCourse]]:
    found: defaultdict[tuple[str, str], list[JourneyCourse]] = defaultdict(list)
    for journey in journeys:
        found[journey.label, journey.type].append(journey)
    return dict(found)


def _row(
    graph: nx.MultiDiGraph[str],
    site: str,
    key: tuple[str, str],
    journeys: Sequence[JourneyCourse],
    kinds: Sequence[str],
) -> MeasureRow:
    made = [(journey, use, told) for journey in journeys for use, told in _uses(journey).items()]
    denied = [journey for journey in journeys if journey.denied("USED") and not _uses(journey)]
    counts = [sum(use[2] == kind for _, use, _ in made) for kind in kinds]
    on_it = sum(_on_topic(graph, journey, told) for journey, _, told in made)
    claims = {each.claim for _, _, told in made for each in told}
    claims |= {each.claim for journey in journeys for each in journey.denied("USED")}
    used = len({journey.id for journey, _, _ in made})
    kind = "evidence" if key[0] == "Evidence" else "document"
    values = (site, kind, key[1], len(journeys), used, *counts, on_it, len(denied))
    return MeasureRow(values, tuple(sorted(claims)))


def _total(
    graph: nx.MultiDiGraph[str], site: str, kind: str, label: str, journeys: Sequence[JourneyCourse]
) -> MeasureRow:
    made = [(journey, use, told) for journey in journeys for use, told in _uses(journey).items()]
    these = [(journey, told) for journey, use, told in made if use[2] == kind]
    claims = {each.claim for _, told in these for each in told}
    on_it = sum(_on_topic(graph, journey, told) for journey, told in these)
    share = len(these) / len(made) if made else None
    return MeasureRow((site, label, len(these), share, on_it), tuple(sorted(claims)))


def _on_topic(graph: nx.MultiDiGraph[str], journey: JourneyCourse, told: Sequence[StageEvent]) -> bool:
    """Whether a use is said to be about the topic of the study's lens (ethnicity), or is of evidence that is."""
    return on_topic(graph, journey.properties.get("equality_strand")) is True or any(
        each.properties.get("scope") in ("ethnicity_specific", "both") for each in told
    )
