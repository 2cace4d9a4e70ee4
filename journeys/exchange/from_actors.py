"""The network of a site, or of all sites, as other programs take it: a tie between two for each relation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from journeys.analysis.actors.site import SiteNetwork
from journeys.analysis.claims.dates import iso
from journeys.analysis.claims.selection import LeftOut
from journeys.analysis.claims.withheld import NOT_SHOWN
from journeys.exchange.network import Network, Node, Tie, Types, legible, listed_network
from journeys.model.phrases import counted
from journeys.views.wording import address_words

_OF_A_NODE = ("kind", "designation", "organisation_kind", "sites")


def actor_network(found: SiteNetwork, *, title: str, about: str = "") -> Network:
    """A network of people, groups, organisations, documents and evidence, or of codes.

    A tie holds its ``polarity``, how many ``sources`` it rests on, the ``claims`` (ids), ``quotes``, ``addresses`` of
    form cells, ``modes`` and ``confidences``, and ``about``, the meetings and things of its occasions.
    """
    graph = found.network.graph
    node_types, tie_types = Types(), Types()
    nodes = [_node(node, graph.nodes[node], node_types) for node in sorted(graph)]
    ties = sorted(_ties(found, tie_types), key=lambda tie: tie.id)
    directions = {tie.directed for tie in ties}
    return listed_network(
        nodes,
        ties,
        (node_types, tie_types),
        title=f"{title}: {found.place}",
        about=about,
        noun="tie",
        directed=directions.pop() if len(directions) == 1 else None if directions else True,
        said=(*found.withheld, *left_out(found.network.left_out)),
        facts={
            "place": found.place,
            "relations": "; ".join(
                f"{each.phrase}: {each.definition}" for each in found.network.relations.values() if each.definition
            ),
        },
    )


def left_out(reasons: tuple[LeftOut, ...]) -> tuple[str, ...]:
    """What was left out and why, in sentences."""
    return tuple(f"Left out: {counted(len(each.claims), 'claim')}, {each.why}." for each in reasons)


def _node(node: str, held: Mapping[str, Any], types: Types) -> Node:
    values = [(name, held[name]) for name in _OF_A_NODE]
    values.append(("organisations", [body.name for body in held["organisations"]]))
    return Node(node, legible(held["name"]), held["label"], types.plain(values))


def _ties(found: SiteNetwork, types: Types) -> Iterator[Tie]:
    for start, end, held in found.network.graph.edges(data=True):
        relation = found.network.relations[held["relation"]]
        claims = [found.claims[claim] for claim in held["claims"]]
        about = dict.fromkeys(each for occasion in held["occasions"] for each in occasion.about)
        quotes = dict.fromkeys(str(claim.properties["quote"]) for claim in claims if claim.properties.get("quote"))
        names = dict.fromkeys(claim.source.name for claim in claims if claim.source)
        values = {
            "polarity": held["polarity"],
            "sources": len(held["sources"]),
            "source_names": [*names],
            "modes": held["modes"],
            "confidences": held["confidences"],
            "date_from": held["date_from"],
            "date_to": held["date_to"],
            "about": [found.names[each] for each in about],
            "quotes": [f"“{quote}”" for quote in quotes],
            "claims": held["claims"],
            "addresses": [*dict.fromkeys(address_words(each) for each in claims if each.address.file != NOT_SHOWN)],
        }
        yield Tie(
            id=f"{start} {held['relation']} {end}",
            start=start,
            end=end,
            relation=held["relation"],
            phrase=relation.phrase,
            directed=held["directed"],
            weight=held["weight"],
            first=iso(held["date_from"]),
            last=iso(held["date_to"]),
            values=types.plain(values.items()),
        )
