"""The networks of sites side by side: the same figures of each, and who and what is at more than one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import networkx as nx

from journeys.analysis.actors.network import EVERYTHING, THINGS
from journeys.analysis.actors.one_mode import INTRODUCES, RelationNetwork, relation_network
from journeys.analysis.actors.relations import RELATIONS
from journeys.analysis.actors.site import SiteNetwork, network_of
from journeys.analysis.claims.graph import study_graph
from journeys.analysis.claims.selection import Selection
from journeys.analysis.methods.brokerage.roles import brokerage
from journeys.analysis.methods.centrality.network import network_measures
from journeys.model.problems import UsageProblem
from journeys.model.result import Result
from journeys.model.schema import Schema
from journeys.store.connection import Store
from journeys.store.loaded import refuse_unloaded
from journeys.store.resolve import Found, resolve

FIGURES = {
    "actors": "people and groups of the site, isolates included, and others with such a tie there",
    "ties": "pairs with at least one tie",
    "occasions": "occasions behind the ties",
    "isolates": "actors without a tie",
    "density": "ties divided by possible pairs, 0 to 1",
    "components": "components; an isolate counts as one",
    "largest": "actors in the largest component",
    "reciprocity": "share of ties returned, 0 to 1",
    "degree": "degree centralisation (Freeman), 0 to 1",
    "in_degree": "in-degree centralisation, 0 to 1",
    "out_degree": "out-degree centralisation, 0 to 1",
    "betweenness": "betweenness centralisation, 0 to 1",
    "closeness": "closeness centralisation, 0 to 1",
    "brokers": "actors with a brokerage role between organisations (Gould & Fernandez)",
    "brokered": "pairs that they broker, all roles",
    "top_brokers": "who brokers most",
}
"""The figures of one relation, as ``analyse network`` and ``analyse brokerage`` have them, and what each means."""

_TOP = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of the table: a figure of a relation (None for the network as a whole), and its value at each site."""

    relation: str | None
    name: str
    meaning: str
    values: tuple[Any, ...]

    @property
    def difference(self) -> float | int | None:
        """The second value less the first; None where one is missing or no number, or there are not two."""
        if len(self.values) != 2 or not all(isinstance(each, int | float) for each in self.values):
            return None
        found: float | int = self.values[1] - self.values[0]
        return found if isinstance(found, int) else round(found, 6)


@dataclass(frozen=True, slots=True, repr=False)
class Comparison(Result):
    """The networks of some sites, the table of figures, and who and what is in more than one of them.

    ``shared`` has the id, label and name of each, with the places of its sites among ``networks``.
    """

    networks: tuple[SiteNetwork, ...]
    figures: tuple[Figure, ...]
    shared: tuple[tuple[str, str, str, tuple[int, ...]], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the sites."""
        return tuple(each.place for each in self.networks)

    def phrase(self, relation: str) -> str:
        """A relation in words."""
        return self.networks[0].network.relations[relation].phrase

    def as_dict(self) -> dict[str, Any]:
        """All of it for JSON, the networks as ``SiteNetwork`` has them."""
        return {
            "sites": list(self.names),
            "figures": [
                {
                    "relation": each.relation,
                    "figure": each.name,
                    "meaning": each.meaning,
                    "values": list(each.values),
                    "difference": each.difference,
                }
                for each in self.figures
            ],
            "shared": [
                {"id": node, "label": label, "name": name, "sites": [self.names[at] for at in sites]}
                for node, label, name, sites in self.shared
            ],
            "networks": [each.as_dict() for each in self.networks],
        }


def compare_sites(
    store: Store,
    study: str,
    schema: Schema,
    sites: Sequence[str],
    *,
    relations: Iterable[str] | None = None,
    selection: Selection | None = None,
) -> Comparison:
    """The comparison of sites (names, ids or beginnings). ``relations`` and ``selection`` as in ``site_network``.

    Raises UsageProblem for fewer than two sites, for one that comes twice and for a relation that there is not,
    UnknownReference, AmbiguousReference, and NothingLoaded when the store has nothing of the study.
    """
    found = [resolve(store, study, site, ("Site",)) for site in sites]
    if twice := [site.name for site, times in Counter(found).items() if times > 1]:
        raise UsageProblem(f"{twice[0]} is named twice. Name two different sites.")
    if len(found) < 2:
        raise UsageProblem("Name two sites to compare.")
    graph = study_graph(store, study, schema)
    if not graph:
        refuse_unloaded(store, schema, study)
    return comparison_of(nx.freeze(graph), schema, found, relations=relations, selection=selection or EVERYTHING)


def comparison_of(
    graph: nx.MultiDiGraph[str],
    schema: Schema,
    sites: Sequence[Found],
    *,
    relations: Iterable[str] | None = None,
    selection: Selection = EVERYTHING,
    networks: Sequence[SiteNetwork] | None = None,
) -> Comparison:
    """The comparison of sites in a graph that has been read; ``networks`` are theirs, if they have been made."""
    wanted = list(relations) if relations else None
    chosen = [replace(selection, site=site.id) for site in sites]
    nets = networks or [
        network_of(graph, schema, one, relations=wanted, site=site) for one, site in zip(chosen, sites, strict=True)
    ]
    ties = [Counter(key for _, _, key in net.network.graph.edges(keys=True)) for net in nets]
    known = [name for name in nets[0].network.relations if any(each[name] for each in ties)]
    measured = [name for name in known if name in RELATIONS]
    for name in reversed(INTRODUCES):
        if name in nets[0].network.relations:
            measured = [name, *(each for each in measured if each != name)]
    # Site by site: what is found out about one is kept for its next relation, and not for long.
    figures = [{name: _measured(relation_network(graph, one, (name,))) for name in measured} for one in chosen]
    return Comparison(
        tuple(nets),
        (
            *_whole(nets, known, ties),
            *(row for name in measured for row in _figures(name, [each[name] for each in figures])),
        ),
        tuple(_shared(nets)),
    )


def _whole(nets: Sequence[SiteNetwork], relations: Sequence[str], ties: Sequence[Counter[str]]) -> Iterator[Figure]:
    labels = [[held["label"] for _, held in net.network.graph.nodes(data=True)] for net in nets]
    acting = tuple(sum(label not in THINGS for label in each) for each in labels)
    yield Figure(
        None, "nodes", "people, groups, organisations and boards of the site, and others with any tie there", acting
    )
    things = tuple(sum(label in THINGS for label in each) for each in labels)
    yield Figure(None, "things", "documents and pieces of evidence with a tie", things)
    yield Figure(None, "all_ties", "ties of all relations", tuple(each.total() for each in ties))
    yield Figure(None, "claims", "claims behind the ties", tuple(len(net.claims) for net in nets))
    for name in relations:
        phrase = nets[0].network.relations[name].phrase
        yield Figure(None, f"ties_{name}", f"ties: {phrase}", tuple(each[name] for each in ties))


def _figures(relation: str, values: Sequence[Mapping[str, Any]]) -> Iterator[Figure]:
    """The figures of one relation that some site has; ``values`` are those of each site."""
    for name, meaning in FIGURES.items():
        row = tuple(each[name] for each in values)
        if any(value is not None for value in row):
            yield Figure(relation, name, meaning, row)


def _measured(net: RelationNetwork) -> Mapping[str, Any]:
    whole = network_measures(net.graph)
    spread = whole.centralisation
    brokers = [each for each in brokerage(net.graph, "organisation").actors if each.counts.total]
    brokers.sort(key=lambda each: (-each.counts.total, net.name(each.actor), each.actor))
    return {
        "actors": whole.actors,
        "ties": whole.ties,
        "occasions": net.occasions,
        "isolates": whole.isolates,
        "density": whole.density,
        "components": whole.components,
        "largest": whole.largest_component,
        "reciprocity": whole.reciprocity,
        "degree": spread.degree,
        "in_degree": spread.in_degree,
        "out_degree": spread.out_degree,
        "betweenness": spread.betweenness,
        "closeness": spread.closeness,
        "brokers": len(brokers),
        "brokered": sum(each.counts.total for each in brokers),
        "top_brokers": ", ".join(f"{net.name(each.actor)} ({each.counts.total})" for each in brokers[:_TOP]) or None,
    }


def _shared(nets: Sequence[SiteNetwork]) -> Iterator[tuple[str, str, str, tuple[int, ...]]]:
    at: dict[str, list[int]] = {}
    held: dict[str, Mapping[str, Any]] = {}
    for place, net in enumerate(nets):
        for node, data in net.network.graph.nodes(data=True):
            at.setdefault(node, []).append(place)
            held[node] = data
    for node in sorted(at, key=lambda node: (held[node]["label"], held[node]["name"], node)):
        if len(at[node]) > 1:
            yield node, held[node]["label"], held[node]["name"], tuple(at[node])
