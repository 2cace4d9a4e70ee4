"""The network of a site as a person asks for it: by the site's name, out of the store, with what each tie rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import networkx as nx

from journeys.analysis.actors.codes import CODE_RELATIONS, code_network, is_of_codes, with_interviews
from journeys.analysis.actors.network import EVERYTHING, PROPERTIES, ActorNetwork, actor_network, direct_relations
from journeys.analysis.actors.relations import RELATIONS, Relation
from journeys.analysis.claims.claim import ACTING, ClaimRecord
from journeys.analysis.claims.dates import iso
from journeys.analysis.claims.from_graph import claims_in_graph
from journeys.analysis.claims.graph import STRUCTURE, edges_by_id, study_graph
from journeys.analysis.claims.kept import kept
from journeys.analysis.claims.selection import Selection
from journeys.model.identity import short_id
from journeys.model.result import Result
from journeys.model.schema import Schema
from journeys.store.connection import Store
from journeys.store.loaded import refuse_unloaded
from journeys.store.resolve import Found, resolve


@dataclass(frozen=True, slots=True, repr=False)
class SiteNetwork(Result):
    """The network of a site, or of all sites if ``site`` is None.

    ``claims`` are all that a tie rests on, by id; ``names`` has the name of each meeting, group, document and piece of
    evidence that an occasion is about; ``disputed`` are the claims on which sources disagree. One that was asked for
    without sources has neither claims nor disputed ones. ``withheld`` are sentences on what is left out of it for whom
    it is shown to.
    """

    site: Found | None
    network: ActorNetwork
    claims: Mapping[str, ClaimRecord]
    names: Mapping[str, str]
    disputed: frozenset[str] = frozenset()
    withheld: tuple[str, ...] = ()

    @property
    def of_codes(self) -> bool:
        """Whether its nodes are codes."""
        return is_of_codes(self.network.relations)

    @property
    def noun(self) -> str:
        """The word for its nodes, apart from documents and evidence: "actor" or "code"."""
        return "code" if self.of_codes else "actor"

    @property
    def place(self) -> str:
        """The site's name."""
        return self.site.name if self.site else "All sites"

    @property
    def from_elsewhere(self) -> tuple[str, ...]:
        """The names of the people and groups that are not of the site, and have a tie there."""
        graph = self.network.graph
        return tuple(sorted(str(graph.nodes[each]["name"]) for each in self.network.from_elsewhere))

    def strongest(self, most: int) -> SiteNetwork:
        """The network of its ``most`` strongest ties: those that happened most often, then those of most sources.

        Every node stays, and only the claims of those ties. ``left_out`` stays what the claims say, not the ties.
        """
        graph = self.network.graph
        if graph.number_of_edges() <= most:
            return self
        ties = list(graph.edges(keys=True, data=True))
        ranked = sorted(range(len(ties)), key=lambda at: (-ties[at][3]["weight"], -len(ties[at][3]["sources"]), at))
        return self.with_ties([ties[at] for at in sorted(ranked[:most])])

    def with_ties(self, kept: Sequence[tuple[str, str, str, dict[str, Any]]]) -> SiteNetwork:
        """The network of these of its ties (start, end, key and what it holds), with all its nodes."""
        graph = self.network.graph
        drawn: nx.MultiDiGraph[str] = nx.MultiDiGraph(**graph.graph)
        drawn.add_nodes_from(graph.nodes(data=True))
        for start, end, key, held in kept:
            drawn.add_edge(start, end, key=key, **held)
        claims = {claim for *_, held in kept for claim in held["claims"]}
        return replace(
            self,
            network=replace(self.network, graph=drawn),
            claims={each: claim for each, claim in self.claims.items() if each in claims},
            disputed=self.disputed & claims,
        )

    def as_dict(self) -> dict[str, Any]:
        """All of it for JSON: nodes, edges with their occasions, the claims by id, and what was left out."""
        graph = self.network.graph
        return {
            "site": {"id": self.site.id, "name": self.site.name} if self.site else None,
            "relations": {
                each.name: {
                    "phrase": each.phrase,
                    "definition": each.definition,
                    "directed": each.directed,
                    "polarity": each.polarity,
                }
                for each in self.network.relations.values()
            },
            "nodes": [
                {
                    "id": node,
                    **held,
                    "organisations": [
                        {"id": body.id, "name": body.name, "kind": body.kind} for body in held["organisations"]
                    ],
                    "sites": list(held["sites"]),
                }
                for node, held in graph.nodes(data=True)
            ],
            "edges": [
                {
                    "from": start,
                    "to": end,
                    **{name: list(value) if isinstance(value, tuple) else iso(value) for name, value in held.items()},
                    "occasions": [
                        {
                            "about": [{"id": each, "name": self.names[each]} for each in occasion.about],
                            "legs": [list(leg) for leg in occasion.legs],
                        }
                        for occasion in held["occasions"]
                    ],
                }
                for start, end, held in graph.edges(data=True)
            ],
            "claims": {claim_id: claim.as_dict() for claim_id, claim in self.claims.items()},
            "left_out": [each.as_dict() for each in self.network.left_out],
            **({"withheld": list(self.withheld)} if self.withheld else {}),
        }


def site_network(
    store: Store,
    study: str,
    schema: Schema,
    site: str | None = None,
    *,
    relations: Iterable[str] | None = None,
    selection: Selection | None = None,
    sources: bool = True,
) -> SiteNetwork:
    """The network of people, groups and organisations at a site (its name, id or a beginning), or at all sites.

    ``relations`` as in ``actor_network``; by default all between actors, and all of actors to documents and evidence.
    ``selection`` may narrow it further: case study, period, scope, modes, confidences. Without ``sources`` it has the
    ids of claims alone: ``claims`` and ``disputed`` are empty. Raises UnknownReference, which
    names the sites that there are, AmbiguousReference, UsageProblem for a relation that there is not, and NothingLoaded
    when the store has nothing of the study.
    """
    found = resolve(store, study, site, ("Site",)) if site is not None else None
    known = {**RELATIONS, **CODE_RELATIONS, **direct_relations(schema)}
    wanted = list(relations) if relations else _usual(known)
    kinds = {kind for name in wanted if name in known for kind in (*known[name].acts, *known[name].background)}
    kinds |= {*STRUCTURE, "ATTENDED", "INVOLVED_IN", "SITS_IN", *(["ABOUT"] if is_of_codes(wanted) else [])}
    graph = study_graph(store, study, schema, types=sorted(kinds), properties=None if sources else PROPERTIES)
    if not graph:
        refuse_unloaded(store, schema, study)
    counted = selection or EVERYTHING
    counted = replace(counted, site=found.id) if found else counted
    return network_of(nx.freeze(graph), schema, counted, relations=wanted, site=found, sources=sources)


def _usual(known: Mapping[str, Relation]) -> list[str]:
    return [name for name, relation in known.items() if not relation.only_if_asked]


def network_of(
    graph: nx.MultiDiGraph[str],
    schema: Schema,
    selection: Selection = EVERYTHING,
    *,
    relations: Iterable[str] | None = None,
    site: Found | None = None,
    sources: bool = True,
) -> SiteNetwork:
    """The network of a site, made from a graph that has been read; ``site`` is what ``selection`` names."""
    wanted = list(relations) if relations else _usual({**RELATIONS, **direct_relations(schema)})
    if is_of_codes(wanted):
        graph = with_interviews(graph)
        network = code_network(graph, selection)
    else:
        network = actor_network(graph, selection, relations=wanted, actors=ACTING, schema=schema)
    ties = [held for _, _, held in network.graph.edges(data=True)]
    rest_on = {claim for held in ties for claim in held["claims"]}
    about = {each for held in ties for occasion in held["occasions"] for each in occasion.about}
    return SiteNetwork(
        site=site,
        network=network,
        claims=claims_in_graph(graph, schema, rest_on) if sources else {},
        names={each: graph.nodes[each]["name"] if each in graph else short_id(each) for each in sorted(about)},
        disputed=disputed(graph, rest_on) if sources else frozenset(),
    )


def disputed(graph: nx.MultiDiGraph[str], claims: Iterable[str]) -> frozenset[str]:
    """Those of these claims of which a source reports that it did not happen: the same of the same, and at the same
    meeting where both name one. What the team has withdrawn disputes nothing."""
    denied = _denied(graph)
    edges = edges_by_id(graph) if denied else {}
    found = set()
    for claim in claims:
        start, end, _, held = edges.get(claim, ("", "", "", {}))
        meetings = denied.get((held.get("type", ""), start, end))
        if meetings and (None in meetings or (held.get("at_meeting") or None) in {None, *meetings}):
            found.add(claim)
    return frozenset(found)


@kept
def _denied(graph: nx.MultiDiGraph[str]) -> Mapping[tuple[str, str, str], set[str | None]]:
    """The meetings at which something is reported not to have happened, by kind of claim and ends; None: no meeting."""
    found: dict[tuple[str, str, str], set[str | None]] = {}
    for start, end, held in graph.edges(data=True):
        if held.get("negated") and held.get("status") != "withdrawn":
            found.setdefault((held["type"], start, end), set()).add(held.get("at_meeting"))
    return found
