"""Provenance as PROV-JSON (W3C PROV-DM, Moreau and Missier 2013), through the library ``prov``.

Every claim is an entity, derived from the source that says it and attributed to who said it. What a claim reports is
stated besides, where PROV has a relation that means it: who made a document (attribution), who was at a meeting
(association), what was brought to it (usage), what something was made from (derivation), what influenced something
(influence); anything else that somebody did with a document or piece of evidence is an activity with both. Claims that
were reported not to have happened, or that the team has withdrawn, are there as claims alone. A day is not a time, and
sources often know less: dates are attributes with their bounds, not the times of activities.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import networkx as nx

from journeys.exchange.extras import needed
from journeys.exchange.network import legible
from journeys.model.schema import Schema
from journeys.views.tables import safe_json

if TYPE_CHECKING:
    from prov.model import ProvDocument

_NAMES = "urn:evidence-journeys:"
"""Names, not addresses: nothing can be fetched there."""

_PEOPLE, _GROUPS = ("Actor", "Researcher"), ("Organisation", "Arena")
_AGENTS = (*_PEOPLE, *_GROUPS)
_ACTIVITIES = ("Meeting",)

_MADE = ("AUTHORED", "CONTRIBUTED_TO", "GENERATED")
"""Who made something: the thing is attributed to them."""
_MADE_FROM = ("PRESENTED_IN",)
"""What something was made from: the end is derived from the start."""
_INFLUENCED = ("INFLUENCED", "PROMPTED", "USED_TO_JUSTIFY", "ACTED_ON", "RESULTED_IN")
"""What influenced something: the end by the start."""
_INFLUENCED_BY = ("CITED",)
"""What something refers to: the start by the end."""

_OF_CLAIMS = ("study", "content_hash", "search_words", "files", "type", "asserted")
_OF_NODES = ("study", "content_hash", "search_words", "files", "label", "name", "id")
"""Properties that are not written, or written in another way."""

Held = Mapping[str, Any]


def prov_json(graph: nx.MultiDiGraph[str], schema: Schema, about: str | None = None) -> tuple[str, int]:
    """The provenance that a graph of a study holds (``analysis.claims.graph.study_graph``) as PROV-JSON, and of how
    many claims.

    With ``about``, the id of a node, only of the claims that touch it. Raises MissingExtra without the library.
    """
    with needed("archive", "prov"):
        from prov.model import ProvDocument

    made = ProvDocument()
    for prefix in ("schema", "study", "claim", "done"):
        made.add_namespace(_prefixed(prefix), f"{_NAMES}{prefix}:")
    claims = [each for each in _claims(graph) if about is None or about in each[:2] or each[3].get("about") == about]
    for node in sorted(_touched(graph, claims, about)):
        _add_node(made, node, graph.nodes[node])
    for start, end, identity, held in claims:
        _add_claim(made, graph, schema, start, end, identity, held)
    # In the order in which things were added, which follows from their ids: the same graph gives the same text.
    text = json.dumps(json.loads(str(made.serialize(format="json"))), ensure_ascii=False, indent=1)
    return safe_json(text) + "\n", len(claims)


def _prefixed(name: str) -> str:
    return f"ej{name}"


def _claims(graph: nx.MultiDiGraph[str]) -> Iterator[tuple[str, str, str, Held]]:
    """Everything that a source says, by its id."""
    every = graph.edges(keys=True, data=True)
    yield from sorted((each for each in every if each[3].get("asserted")), key=lambda each: each[2])


def _touched(graph: nx.MultiDiGraph[str], claims: Iterable[tuple[str, str, str, Held]], about: str | None) -> set[str]:
    """The nodes that are written: of one thing, those that its claims name; else all."""
    if about is None:
        return set(graph)
    found = {about}
    for start, end, _, held in claims:
        found |= {start, end, *filter(None, (held.get(name) for name in ("source", "at_meeting", "claimed_by")))}
    return found & set(graph)


def _name(prefix: str, identity: str) -> str:
    """A qualified name that every reader of PROV takes: what may not stand in one is written as %3A is."""
    return f"{_prefixed(prefix)}:{quote(identity, safe='-._~')}"


def _thing(identity: str) -> str:
    return _name("study", identity)


def _add_node(made: ProvDocument, node: str, held: Held) -> None:
    label = held["label"]
    said = [
        ("prov:label", legible(str(held["name"]))),
        ("prov:type", _kind(made, label)),
        *_attributes(held, _OF_NODES),
    ]
    if label in _AGENTS:
        of_group = label in _GROUPS or held.get("kind") == "group"
        said.append(("prov:type", made.valid_qualified_name("prov:Organization" if of_group else "prov:Person")))
        made.agent(_thing(node), said)
    elif label in _ACTIVITIES:
        made.activity(_thing(node), other_attributes=said)
    else:
        made.entity(_thing(node), said)


def _kind(made: ProvDocument, name: str) -> Any:
    return made.valid_qualified_name(_name("schema", name))


def _attributes(held: Held, left_out: tuple[str, ...]) -> list[tuple[str, Any]]:
    """What else is held, under names of the schema; each item of a list by itself."""
    made: list[tuple[str, Any]] = []
    for name in sorted(held.keys() - set(left_out)):
        values = held[name] if isinstance(held[name], list | tuple) else [held[name]]
        made += [(_name("schema", name), _plain(value)) for value in values if value is not None]
    return made


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return legible(value) if isinstance(value, str) else value


def _add_claim(
    made: ProvDocument, graph: nx.MultiDiGraph[str], schema: Schema, start: str, end: str, identity: str, held: Held
) -> None:
    claim = _name("claim", identity.removeprefix("claim:"))
    names = [graph.nodes[node]["name"] if node in graph else node for node in (start, end)]
    kind = schema.claims[held["type"]]
    said: list[tuple[str, Any]] = [
        ("prov:label", legible(f"{names[0]} {kind.phrase} {names[1]}")),
        ("prov:type", _kind(made, "Claim")),
        ("prov:type", _kind(made, held["type"])),
        (_name("schema", "from"), made.valid_qualified_name(_thing(start))),
        (_name("schema", "to"), made.valid_qualified_name(_thing(end))),
        *_attributes(held, (*_OF_CLAIMS, "quote", "id")),
    ]
    if held.get("quote"):
        said.append(("prov:value", legible(held["quote"])))
    made.entity(claim, said)
    source, by = str(held.get("source")), str(held.get("claimed_by"))
    if source in graph:
        made.wasDerivedFrom(claim, _thing(source))
    if by in graph and graph.nodes[by]["label"] in _AGENTS:
        made.wasAttributedTo(claim, _thing(by))
    if not held.get("negated") and held.get("status") != "withdrawn":
        _add_reported(made, graph, start, end, identity, held, said[0])


def _add_reported(
    made: ProvDocument,
    graph: nx.MultiDiGraph[str],
    start: str,
    end: str,
    identity: str,
    held: Held,
    label: tuple[str, Any],
) -> None:
    """State what a claim reports to have happened, where PROV has a relation for it."""
    kind, ends = held["type"], [_category(graph, node) for node in (start, end)]
    one, other = _thing(start), _thing(end)
    because = [(_name("schema", "claim"), made.valid_qualified_name(_name("claim", identity.removeprefix("claim:"))))]
    if kind in _MADE and ends == ["agent", "entity"]:
        made.wasAttributedTo(other, one, other_attributes=because)
    elif kind in _MADE_FROM and ends == ["entity", "entity"]:
        made.wasDerivedFrom(other, one, other_attributes=because)
    elif kind in _INFLUENCED:
        made.wasInfluencedBy(other, one, other_attributes=because)
    elif kind in _INFLUENCED_BY:
        made.wasInfluencedBy(one, other, other_attributes=because)
    elif ends == ["agent", "activity"]:
        made.wasAssociatedWith(other, one, other_attributes=because)
    elif ends == ["entity", "activity"]:
        made.used(other, one, other_attributes=because)
    elif ends == ["agent", "entity"] and held.get("mode") is not None:
        done = _name("done", identity.removeprefix("claim:"))
        made.activity(done, other_attributes=[label, ("prov:type", _kind(made, kind)), *because])
        made.wasAssociatedWith(done, one)
        made.used(done, other)


def _category(graph: nx.MultiDiGraph[str], node: str) -> str:
    label = graph.nodes[node]["label"]
    return "agent" if label in _AGENTS else "activity" if label in _ACTIVITIES else "entity"
