"""Read a study from the store as one NetworkX graph, the input of all measures."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, MutableMapping, Sequence
from typing import Any

import networkx as nx

from journeys.analysis.claims.kept import kept
from journeys.model.definitions import ClaimKind
from journeys.model.identity import short_id
from journeys.model.lens import Lens
from journeys.model.schema import CLAIM_KIND, Schema
from journeys.model.search_text import SEARCH_WORDS
from journeys.model.stored_types import kind_stored, stored_types
from journeys.store.connection import Store
from journeys.store.cypher_templates import statement

Edge = tuple[str, str, str, dict[str, Any]]
"""An edge: start, end, the claim's id and its properties."""

_OTHER_STRAND = "other"
"""The equality strand of what is on another equality issue."""

_NOT_ITS_OWN = frozenset((CLAIM_KIND, SEARCH_WORDS))
"""Properties that are kept for the program's own sake; the words to search by are nearly half of a claim."""

STRUCTURE = ("IN_CASE", "AT_SITE", "OF_ARENA", "OF_MEETING", "MEMBER_OF", "REPRESENTED")
"""The structural claim kinds: to which site, arena and organisation something belongs."""


def study_graph(
    store: Store,
    study: str,
    schema: Schema,
    types: Iterable[str] | None = None,
    properties: Collection[str] | None = None,
) -> nx.MultiDiGraph[str]:
    """Everything, or the claims of the kinds ``types``, that the store holds of a study.

    A node is an id, with ``label``, ``name`` and its stored properties. An edge is a claim: its key is the claim's id,
    with ``type`` (its kind, whatever it is stored under), ``asserted`` (false for structure, which is nobody's word)
    and its stored properties (dates as ``datetime.date``; ``negated`` and ``status`` tell what was reported not to have
    happened and what the team has withdrawn; the words to search by are left out); the edge runs as the claim does. All
    nodes of every label that a wanted kind may join are there, also those that no claim touches; nodes and edges are in
    the order of their ids. With ``properties`` claims have these and no others, which is read in half the time. Raises
    KeyError for a type that the schema does not have, StoreUnavailable.
    """
    kinds = [schema.claims[name] for name in types] if types is not None else list(schema.claims.values())
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(study=study, strand=schema.lens.strand)
    labels = [label for label in schema.nodes if any(_touches(kind, label) for kind in kinds)]
    for label in labels:
        for held in sorted(stored_nodes(store, study, schema, label), key=lambda held: str(held["id"])):
            graph.add_node(held["id"], **{**held, "label": label, "name": held.get("name") or short_id(held["id"])})
    add_claims(graph, sorted(_edges(store, study, schema, kinds, labels, properties), key=lambda edge: edge[2]))
    return graph


def _edges(
    store: Store,
    study: str,
    schema: Schema,
    kinds: Collection[ClaimKind],
    labels: Iterable[str],
    properties: Collection[str] | None,
) -> Iterator[Edge]:
    wanted = {kind.name for kind in kinds}
    words: dict[str, str] = {}
    """Each word once: a study of a hundred thousand claims says most of them thousands of times."""
    for row in stored_claims(store, study, schema, kinds, labels, properties):
        held = row["properties"]
        kind = kind_stored(schema, row["type"], held)
        if kind is not None and kind.name in wanted:
            told = {
                name: words.setdefault(value, value) if type(value) is str else value
                for name, value in held.items()
                if name not in _NOT_ITS_OWN
            }
            told |= {"type": kind.name, "asserted": kind.asserted}
            start, end = row["start"], row["end"]
            yield words.setdefault(start, start), words.setdefault(end, end), str(told["id"]), told


def on_topic(graph: nx.MultiDiGraph[str], strand: str | None) -> bool | None:
    """Whether evidence with this equality strand is on the topic of the study's lens; None where that is not known.

    A strand in a study's own words is not compared.
    """
    if strand is not None and strand == graph.graph.get("strand", Lens().strand):
        return True
    return False if strand == _OTHER_STRAND else None


def add_claims(graph: nx.MultiDiGraph[str], claims: Iterable[Edge]) -> None:
    """Add claims, none of which is there yet."""
    # Adding edges one by one takes NetworkX several times as long as anything that is done with them.
    held: Any = graph
    after, before = held._succ, held._pred
    for start, end, claim_id, claim in claims:
        if start not in after or end not in after:
            graph.add_nodes_from((start, end))
        between = after[start].get(end)
        if between is None:
            between = after[start][end] = before[end][start] = {}
        between[claim_id] = claim


def copy_with_edges(
    graph: nx.MultiDiGraph[str], change: Callable[[str, str, str, dict[str, Any]], Mapping[str, Any] | None]
) -> nx.MultiDiGraph[str]:
    """A graph with the same nodes, and of each claim what ``change`` gives; None leaves it out.

    ``change`` is called with the claim's start, end, id and properties. The input is untouched; what ``change`` gives
    back as it was, both graphs share: read it only.
    """
    made: Any = nx.MultiDiGraph(**graph.graph)
    # Adding nodes and edges one by one takes NetworkX several times as long as anything that is done with them.
    held: Any = graph
    made._node.update((node, dict(properties)) for node, properties in held._node.items())
    after, before = made._succ, made._pred
    after.update((node, {}) for node in held._node)
    before.update((node, {}) for node in held._node)
    for start, ends in held._succ.items():
        mine = after[start]
        for end, claims in ends.items():
            kept: dict[str, Any] = {}
            for claim_id, claim in claims.items():
                changed = change(start, end, claim_id, claim)
                if changed is not None:
                    kept[claim_id] = changed if isinstance(changed, dict) else dict(changed)
            if kept:
                mine[end] = before[end][start] = kept
    found: nx.MultiDiGraph[str] = made
    return found


def with_claims(structure: nx.MultiDiGraph[str], claims: Sequence[Edge]) -> nx.MultiDiGraph[str]:
    """A graph with the nodes and edges of a frozen one and these claims besides, as quick as there are few of them.

    What the claims do not touch, both graphs share, as they share the properties of nodes and edges: read them only.
    """
    # NetworkX can share nothing between graphs but by views, which are slow; these are its own dictionaries.
    held: Any = structure
    made: Any = nx.MultiDiGraph(**structure.graph)
    after: dict[str, dict[str, dict[str, dict[str, Any]]]] = dict(held._succ)
    before: dict[str, dict[str, dict[str, dict[str, Any]]]] = dict(held._pred)
    for start in {start for start, *_ in claims}:
        after[start] = dict(after[start])
    for end in {end for _, end, *_ in claims}:
        before[end] = dict(before[end])
    own = set[tuple[str, str]]()
    for start, end, claim_id, claim in claims:
        if (start, end) not in own:
            own.add((start, end))
            after[start][end] = before[end][start] = dict(after[start].get(end, ()))
        after[start][end][claim_id] = claim
    made._node, made._adj, made._pred = held._node, after, before
    made.parts = (structure, claims)
    found: nx.MultiDiGraph[str] = made
    return found


def parts_of(graph: nx.MultiDiGraph[str]) -> tuple[nx.MultiDiGraph[str], Sequence[Edge]] | None:
    """The structure and the claims that a graph was made of by ``with_claims``; None if it was not."""
    found: tuple[nx.MultiDiGraph[str], Sequence[Edge]] | None = graph.__dict__.get("parts")
    return found


@kept
def edges_by_id(graph: nx.MultiDiGraph[str]) -> MutableMapping[str, Edge]:
    """The edges of a graph by the ids of the claims, in its order."""
    if parts := parts_of(graph):
        structure, claims = parts
        return ChainMap({edge[2]: edge for edge in claims}, edges_by_id(structure))
    return {
        claim_id: (start, end, claim_id, claim) for start, end, claim_id, claim in graph.edges(keys=True, data=True)
    }


@kept
def nodes_by_label(graph: nx.MultiDiGraph[str]) -> Mapping[str, list[str]]:
    """The nodes of each label, in the order of the graph."""
    found: dict[str, list[str]] = {}
    for node, held in graph.nodes(data=True):
        found.setdefault(held["label"], []).append(node)
    return found


def stored_nodes(store: Store, study: str, schema: Schema, label: str) -> Iterator[dict[str, Any]]:
    """What the store holds of each node of a study with this label."""
    rows = store.stream(statement(schema, "study_nodes", label=label), {"study": study})
    return (row["properties"] for row in rows)


def stored_claims(
    store: Store,
    study: str,
    schema: Schema,
    kinds: Collection[ClaimKind],
    labels: Iterable[str],
    properties: Collection[str] | None = None,
) -> Iterator[dict[str, Any]]:
    """The claims of these kinds that start at these labels, each a row with its ``type``, ends (``start``, ``end``) and
    ``properties``; with ``properties`` only these, the id, and the kind of one that was withdrawn.
    """
    for label in labels:
        wanted = stored_types(schema, (kind for kind in kinds if _starts(kind, label)))
        if wanted and properties is None:
            text = statement(schema, "study_claims", label=label)
            yield from store.stream(text, {"study": study, "types": list(wanted)})
        elif wanted and properties is not None:
            names = list(dict.fromkeys(("id", CLAIM_KIND, *properties)))
            text = statement(schema, "study_claims_in_part", label=label)
            for row in store.stream(text, {"study": study, "types": list(wanted), "names": names}):
                for type_, end, values in row["claims"]:
                    held = {name: value for name, value in zip(names, values, strict=True) if value is not None}
                    yield {"type": type_, "start": row["start"], "end": end, "properties": held}


def _starts(kind: ClaimKind, label: str) -> bool:
    return label in kind.from_labels or "any" in kind.from_labels


def _touches(kind: ClaimKind, label: str) -> bool:
    return _starts(kind, label) or label in kind.to_labels or "any" in kind.to_labels
