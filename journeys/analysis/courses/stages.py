"""Which stages each document and piece of evidence reached, for comparing journeys across sites and types."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import networkx as nx

from journeys.analysis.claims.dates import span
from journeys.analysis.claims.graph import copy_with_edges, edges_by_id, nodes_by_label
from journeys.analysis.claims.happenings import Happening, happenings
from journeys.analysis.claims.kept import kept
from journeys.analysis.claims.places import place_names
from journeys.analysis.claims.selection import LeftOut, Selection, belonging, select
from journeys.model.dates import DateSpan
from journeys.model.phrases import one_of
from journeys.model.schema import Schema, load_schema

Carrier = Literal["Evidence", "Document"]
"""The labels of things whose journeys are compared."""

ANY_TIME = "contestation"
"""The stage that may come at any point, so it has no place in the order of stages."""

NO_TYPE = "no type recorded"


@dataclass(frozen=True, slots=True)
class StageEvent:
    """One claim about a journey, ``start`` ``type`` ``end`` (ids), and the stage and time it tells of.

    ``denied``: reported not to have happened. ``via``: the document that carries the evidence, where the claim is about
    that document.
    """

    stage: str
    claim: str
    type: str
    start: str
    end: str
    when: DateSpan
    properties: dict[str, Any]
    denied: bool = False
    via: str | None = None

    @property
    def id(self) -> str:
        """The claim's id."""
        return self.claim

    @property
    def derived(self) -> bool:
        """Whether the claim follows from other claims."""
        return self.properties.get("mode") == "derived"


@dataclass(frozen=True, slots=True)
class JourneyCourse:
    """A document or piece of evidence and the claims about its journey.

    ``type`` is the evidence type or the type of document, in words; ``sites`` are names; ``properties`` are the node's;
    ``presents`` are the ids of the evidence that a document presents.
    """

    id: str
    name: str
    label: str
    type: str
    sites: tuple[str, ...]
    properties: dict[str, Any]
    presents: tuple[str, ...]
    everything: tuple[StageEvent, ...]

    def reported(self, *types: str, carried: bool = False) -> list[StageEvent]:
        """Return the claims that are not denials, of these kinds or any; with ``carried`` also those about documents
        that present it."""
        return [
            each
            for each in self.everything
            if not each.denied and (carried or each.via is None) and (not types or each.type in types)
        ]

    def denied(self, *types: str, carried: bool = False) -> list[StageEvent]:
        """Return the denials, likewise."""
        return [
            each
            for each in self.everything
            if each.denied and (carried or each.via is None) and (not types or each.type in types)
        ]

    def happenings(self) -> list[Happening[StageEvent]]:
        """Return the happenings, each once, however many claims report it."""
        return happenings_of(self.reported())

    def stages(self, *, carried: bool = False) -> frozenset[str]:
        """The stages it is said to have reached."""
        return frozenset(each.stage for each in self.reported(carried=carried))

    def reported_not_reached(self, *, carried: bool = False) -> frozenset[str]:
        """The stages it was reported not to reach, and is nowhere said to have reached."""
        return frozenset(each.stage for each in self.denied(carried=carried)) - self.stages(carried=carried)

    def claims(self, *, carried: bool = False) -> tuple[str, ...]:
        """The ids of all claims about it, sorted."""
        return tuple(sorted({each.claim for each in self.everything if carried or each.via is None}))


def happenings_of(events: Iterable[StageEvent]) -> list[Happening[StageEvent]]:
    """Return the happenings that claims report, each once, by kind and ends."""
    return happenings(sorted(events, key=_act), _act, lambda event: event.properties.get("at_meeting"))


def _act(event: StageEvent) -> tuple[str, tuple[str, str, bool]]:
    return event.type, (event.start, event.end, event.denied)


def ordered_stages(schema: Schema) -> tuple[str, ...]:
    """The stages in the order of the vocabulary, without the one that may come at any point."""
    return tuple(stage for stage in schema.terms("stage").terms if stage != ANY_TIME)


def journey_courses(
    graph: nx.MultiDiGraph[str],
    selection: Selection,
    *,
    of: Sequence[Carrier] = ("Evidence",),
    schema: Schema | None = None,
) -> tuple[tuple[JourneyCourse, ...], tuple[LeftOut, ...]]:
    """The journeys of a study's graph that belong to the site or case study, by name; and the claims left out.

    A claim about a thing tells of the stage that the schema gives its kind, a researcher's step of its own. What a
    document cites or appraises, and that it presents evidence, is told of the other's journey and not of its own.
    What was reported not to have happened is not left out here: it is ``denied``.
    """
    schema = schema or load_schema()
    counted, left = select(graph, selection)
    lifted, _ = select(_with_denials_lifted(graph), selection)
    touching = _Touching(counted, lifted)
    places = belonging(graph)
    found = [
        JourneyCourse(
            node,
            held["name"],
            held["label"],
            _type(held, schema),
            place_names(graph, places[node]),
            held,
            tuple(
                sorted({start for start, end, _, claim, no in touching[node] if _presents(end, claim, node) and not no})
            ),
            tuple(_told(node, touching, graph, schema)),
        )
        for node in things_at(graph, selection.case or selection.site, tuple(of))
        for held in [graph.nodes[node]]
    ]
    about = {key for each in found for _, _, key in graph.in_edges(each.id, keys=True)}
    about |= {key for each in found for _, _, key in graph.out_edges(each.id, keys=True)}
    # Those that are denied are told, each with what it denies.
    denials = edges_by_id(lifted)
    about = {each for each in about if each not in denials}
    shown = [LeftOut(each.why, tuple(key for key in each.claims if key in about)) for each in left]
    return tuple(sorted(found, key=lambda each: (each.name, each.id))), tuple(each for each in shown if each.claims)


def counted_journeys(graph: nx.MultiDiGraph[str], selection: Selection, of: Sequence[Carrier]) -> str:
    """Which journeys count, documents' or evidence's, and how many others there are that do not, as a sentence."""
    names = {"Document": ("document", "documents"), "Evidence": ("piece of evidence", "pieces of evidence")}
    said = one_of([names[each][1] for each in names if each in of], "and")
    sentence = f"Counted are journeys of {said}."
    for label, (one, more) in names.items():
        number = len(things_at(graph, selection.case or selection.site, (label,))) if label not in of else 0
        if number:
            those = f"that of 1 {one} is" if number == 1 else f"those of {number:,} {more} are"
            sentence = f"{sentence[:-1]}; {those} not (--option of={label} counts them)."
    return sentence


@kept
def things_at(graph: nx.MultiDiGraph[str], place: str | None, labels: tuple[str, ...]) -> tuple[str, ...]:
    """The nodes of these labels that belong to a site or case study, or of the whole study, in its order."""
    if place is None:
        return tuple(node for node, held in graph.nodes(data=True) if held["label"] in labels)
    return tuple(node for node in _by_place(graph).get(place, ()) if graph.nodes[node]["label"] in labels)


@kept
def _by_place(graph: nx.MultiDiGraph[str]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for node, places in belonging(graph).items():
        for place in places:
            found[place].append(node)
    return found


class _Touching:
    """The claims at each node: those that count, then the denials."""

    def __init__(self, counted: nx.MultiDiGraph[str], lifted: nx.MultiDiGraph[str]) -> None:
        self._parts = ((counted, False), (lifted, True))

    def __getitem__(self, node: str) -> list[_Edge]:
        found: dict[tuple[str, bool], _Edge] = {}
        for part, denied in self._parts:
            for edges in (part.in_edges(node, keys=True, data=True), part.out_edges(node, keys=True, data=True)):
                for start, end, key, claim in edges:
                    if not denied or claim.get("asserted", True):
                        found[key, denied] = (start, end, key, claim, denied)
        return list(found.values())


def at_each_site(graph: nx.MultiDiGraph[str], selection: Selection) -> Iterator[tuple[str, Selection]]:
    """The selection at each site, by name; as it is, where it has a site or case study already."""
    place = selection.site or selection.case
    if place:
        yield graph.nodes[place]["name"], selection
        return
    for name, node in sorted((graph.nodes[node]["name"], node) for node in nodes_by_label(graph).get("Site", ())):
        yield name, replace(selection, site=node)


_Edge = tuple[str, str, str, dict[str, Any], bool]


@kept
def _with_denials_lifted(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """The graph of the denials alone, each as if it had happened, to see which ones a selection would count."""

    def lifted(_start: str, _end: str, _key: str, claim: dict[str, Any]) -> dict[str, Any] | None:
        if not claim.get("asserted", True):
            return claim
        return {**claim, "negated": False} if claim.get("negated") else None

    made = copy_with_edges(graph, lifted)
    return nx.freeze(made) if nx.is_frozen(graph) else made


def _told(node: str, touching: _Touching, graph: nx.MultiDiGraph[str], schema: Schema) -> Iterator[StageEvent]:
    yield from _said(node, touching[node], schema, None)
    carriers = {end for start, end, _, claim, denied in touching[node] if _carries(start, claim, node) and not denied}
    for document in sorted(carriers):
        said = (edge for edge in touching[document] if edge[3]["type"] != "PRESENTED_IN")
        yield from _said(document, said, schema, document)
    narratives = [start for start, _, _, claim, _ in touching[node] if claim["type"] == "JOURNEY_OF"]
    for journey in narratives:
        for step, _, key, claim, _ in touching[journey]:
            stage = graph.nodes[step].get("stage")
            if claim["type"] == "STEP_OF" and stage:
                yield StageEvent(stage, key, "STEP_OF", step, journey, span(graph.nodes[step]), claim)


def _said(node: str, edges: Iterable[_Edge], schema: Schema, via: str | None) -> Iterator[StageEvent]:
    for start, end, key, claim, denied in edges:
        kind = schema.claims[claim["type"]]
        if (stage := kind.stage) and kind.asserted and not _of_the_other(node, start, end, claim):
            yield StageEvent(stage, key, claim["type"], start, end, span(claim), claim, denied, via)


def _carries(start: str, claim: dict[str, Any], node: str) -> bool:
    return claim["type"] == "PRESENTED_IN" and start == node


def _presents(end: str, claim: dict[str, Any], node: str) -> bool:
    return claim["type"] == "PRESENTED_IN" and end == node


def _of_the_other(node: str, start: str, end: str, claim: dict[str, Any]) -> bool:
    """Whether a claim is about the other end: what a document cites or appraises, the evidence that it presents."""
    if claim["type"] in ("CITED", "APPRAISED"):
        return start == node
    return _presents(end, claim, node)


def _type(held: dict[str, Any], schema: Schema) -> str:
    name = held.get("evidence_type") if held["label"] == "Evidence" else held.get("doc_type")
    if not name:
        return NO_TYPE
    term = schema.terms("evidence_type" if held["label"] == "Evidence" else "doc_type").terms.get(str(name))
    if held["label"] == "Evidence" and term:
        return f"{name} {term.label}"
    return term.label if term else str(name)
