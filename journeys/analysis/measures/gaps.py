"""Quality of the evidence in a study: weak statements, open conflicts, unanswered questions, uncertain orders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx

from journeys.analysis.claims.claim import Entity
from journeys.analysis.claims.dates import dated
from journeys.analysis.claims.from_graph import claims_in_graph
from journeys.analysis.claims.happenings import Happening
from journeys.analysis.claims.selection import Selection
from journeys.analysis.claims.statements import WEAKNESSES, Statement, Weakness, statements, with_denials
from journeys.analysis.courses.stages import JourneyCourse, StageEvent, journey_courses
from journeys.analysis.courses.unanswered_questions import STATUSES, answer_statuses
from journeys.analysis.courses.uncertain_orders import orders
from journeys.analysis.measures.table import MeasureRow, MeasureTable, small_n
from journeys.analysis.trace.disagreements import disagreements
from journeys.model.order import describe
from journeys.model.schema import Schema, load_schema

_WORST: tuple[Weakness, ...] = ("interpretive_only", "low_confidence_only")
_THING = {"journey": "the document or piece of evidence", "journey_id": "its id"}


@dataclass(frozen=True, slots=True)
class _Study:
    """What the tables are made of, with what they all say."""

    graph: nx.MultiDiGraph[str]
    schema: Schema
    ref: str | None
    shared: Mapping[str, Any]

    def name(self, node: str | None) -> str | None:
        return None if node is None else str(self.graph.nodes[node]["name"]) if node in self.graph else node


def gaps(
    graph: nx.MultiDiGraph[str], selection: Selection, *, ref: str | None = None, schema: Schema | None = None
) -> tuple[MeasureTable, ...]:
    """Return tables of weak statements, disagreements of sources, open questions of forms, and orders that depend on
    uncertain dates.

    With ``ref`` (a node) of one document or piece of evidence, and then every weak statement and open order by itself.
    """
    schema = schema or load_schema()
    told, left = statements(graph, selection)
    found = [each for each in told if ref is None or ref in (each.start, each.end)]
    journeys, _ = journey_courses(graph, selection, of=("Document", "Evidence"), schema=schema)
    journeys = tuple(each for each in journeys if ref is None or each.id == ref)
    about = {key for each in found for key in each.claims}
    study = _Study(
        graph,
        schema,
        ref,
        {
            "n": {"statements": len(found), "claims": len(about), "journeys": len(journeys)},
            "left_out": left if ref is None else (),
        },
    )
    tables = [
        _basis(study, found),
        _weak(study, found),
        _conflicts(study, selection, journeys),
        _unanswered(study, journeys),
        _orders(study, journeys),
    ]
    return (*tables, _open_orders(study, journeys)) if ref else tuple(tables)


def _basis(study: _Study, found: Sequence[Statement]) -> MeasureTable:
    by_kind: defaultdict[str, list[Statement]] = defaultdict(list)
    for each in found:
        by_kind[each.type].append(each)
    parts = [("all", list(found))] + [(study.schema.claims[kind].phrase, by_kind[kind]) for kind in sorted(by_kind)]
    return MeasureTable(
        name="basis",
        title="Support for statements by sources",
        columns={
            "statement": "the kind of statement; all",
            "statements": "number of statements, each counted once",
            **{name: f"number of statements where: {meaning}" for name, meaning in WEAKNESSES.items()},
            "share_one_source": "share of statements with only one source (0 to 1)",
        },
        rows=tuple(
            MeasureRow(
                (
                    words,
                    len(some),
                    *(sum(weakness in each.weaknesses for each in some) for weakness in WEAKNESSES),
                    sum("one_source" in each.weaknesses for each in some) / len(some) if some else None,
                ),
                tuple(sorted({key for each in some if each.weaknesses for key in each.claims})),
            )
            for words, some in parts
        ),
        method="A statement says who did what with which item, or which aspect of it, at which meeting, or that it "
        "did not happen. Claims that say the same make one statement; their sources are its basis.",
        notes=(
            "Statements from the registers alone (such as membership) have no source.",
            *small_n(len(found), "statements"),
        ),
        **study.shared,
    )


def _weak(study: _Study, found: Sequence[Statement]) -> MeasureTable:
    wanted = [each for each in found if (each.weaknesses if study.ref else set(each.weaknesses) & set(_WORST))]
    wanted.sort(key=lambda each: [weakness not in each.weaknesses for weakness in WEAKNESSES])
    return MeasureTable(
        name="weak",
        title="Weakest statements" if study.ref is None else "Weakly supported statements",
        columns={
            "who": "subject of the statement",
            "did": "what is said",
            "what": "object of the statement",
            "meeting": "the meeting",
            "aspect": "the aspect of the item; claims on different aspects are different statements",
            "negated": "whether it was reported not to have happened",
            "weaknesses": "; ".join(f"{name}: {meaning}" for name, meaning in WEAKNESSES.items()),
            "sources": "number of sources",
        },
        rows=tuple(
            MeasureRow(
                (
                    study.name(each.start),
                    study.schema.claims[each.type].phrase,
                    study.name(each.end),
                    study.name(each.meeting),
                    each.aspect,
                    each.negated,
                    tuple(weakness.replace("_", " ") for weakness in each.weaknesses),
                    len(each.sources),
                ),
                each.claims,
            )
            for each in wanted
        ),
        method="As above."
        if study.ref
        else (
            "Lists statements that are only interpretation or low confidence. Single-source statements "
            "are counted above, and listed when you name a document or piece of evidence."
        ),
        **study.shared,
    )


def _conflicts(study: _Study, selection: Selection, journeys: Sequence[JourneyCourse]) -> MeasureTable:
    counted, _ = with_denials(study.graph, selection)
    ids = {each.id: _touching(counted, each.id) for each in journeys}
    claims = claims_in_graph(study.graph, study.schema, frozenset().union(*ids.values()))
    rows = []
    for each in journeys:
        own = [claims[key] for key in sorted(ids[each.id])]
        for one in disagreements(own, Entity(each.id, each.label, each.name)):
            behind = tuple(sorted(claim.id for claim in one.claims))
            rows.append(MeasureRow((each.name, each.id, one.kind, one.sentence), behind))
    return MeasureTable(
        name="conflicts",
        title="Unresolved disagreements between sources",
        columns={**_THING, "about": "who, when, whether, or which stance", "accounts": "what each source says"},
        rows=tuple(rows),
        method="Two sources disagree on a question with several answers when each gives one that the other does not.",
        notes=("A disagreement is resolved when the wrong claim is withdrawn.",),
        **study.shared,
    )


def _touching(counted: nx.MultiDiGraph[str], node: str) -> frozenset[str]:
    """What somebody says of a thing."""
    edges = [*counted.in_edges(node, keys=True, data=True), *counted.out_edges(node, keys=True, data=True)]
    return frozenset(key for _, _, key, claim in edges if claim.get("asserted", True))


def _unanswered(study: _Study, journeys: Iterable[JourneyCourse]) -> MeasureTable:
    rows = []
    for each in journeys:
        if each.label != "Document":
            continue
        found = answer_statuses(study.graph, each.id)
        numbers = [len(found.by_status[status]) for status in STATUSES]
        open_ = found.by_status["not_known_yet"] + (found.by_status["not_asked"] if study.ref else ())
        rows.append(MeasureRow((each.name, each.id, found.has_form, *numbers, open_), found.claims))
    return MeasureTable(
        name="unanswered",
        title="Questions on the document form",
        columns={
            **_THING,
            "form": "whether a form about it was filled in",
            "answered": "questions with an answer in words; one that became only claims is not counted",
            "nothing_found": "looked for and not found (this counts as an answer)",
            "not_known_yet": "asked, not known yet",
            "not_asked": "not asked, or the box is empty",
            "open_questions": "questions not known yet; for a single document also those not asked",
        },
        rows=tuple(rows),
        method="The four answer statuses are counted separately. A question asked both in general and "
        "about ethnicity counts twice.",
        notes=("Form answers are not claims, so a period, mode or confidence does not narrow them.",),
        **study.shared,
    )


def _orders(study: _Study, journeys: Iterable[JourneyCourse]) -> MeasureTable:
    rows = []
    for each in journeys:
        found = orders(each)
        unsure = {event.claim for one in found.unsure for event in one.claims}
        undated = {event.claim for one in found.happenings if not dated(one.when) for event in one.claims}
        pairs = found.certain + found.same_day + found.overlapping + found.unknown
        share = found.certain / pairs if pairs else None
        values = (
            each.name,
            each.id,
            len(found.happenings),
            pairs,
            found.certain,
            found.same_day,
            found.overlapping,
            found.unknown,
            share,
        )
        rows.append(MeasureRow(values, tuple(sorted(unsure | undated))))
    return MeasureTable(
        name="orders",
        title="Orders that depend on uncertain dates",
        columns={
            **_THING,
            "happenings": "events recorded, each counted once",
            "pairs": "pairs of events",
            "certain": "pairs with a certain order",
            "same_day": "pairs on the same day, order within the day not recorded",
            "open": "pairs with overlapping dates, where either may have come first",
            "unknown": "pairs where one has no date",
            "share_certain": "share of pairs with a certain order (0 to 1)",
        },
        rows=tuple(rows),
        method="Two events are in a certain order if every day allowed by one date is before every day "
        "allowed by the other. Approximate dates are widened.",
        notes=("Each row lists the claims with open or missing dates: dating them would settle the order.",),
        **study.shared,
    )


def _open_orders(study: _Study, journeys: Iterable[JourneyCourse]) -> MeasureTable:
    def words(happening: Happening[StageEvent]) -> str:
        one = happening.claims[0]
        return f"{study.name(one.start)} {study.schema.claims[one.type].phrase} {study.name(one.end)}"

    return MeasureTable(
        name="open_orders",
        title="Pairs of events in uncertain order",
        columns={"one": "an event", "when": "when", "other": "the other", "other_when": "when"},
        rows=tuple(
            MeasureRow(
                (words(one), describe(one.when), words(other), describe(other.when)),
                tuple(sorted({event.claim for event in (*one.claims, *other.claims)})),
            )
            for each in journeys
            for one, other in orders(each).open
        ),
        method="As above.",
        **study.shared,
    )
