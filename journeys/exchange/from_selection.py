"""Some claims of a study as a network: those of a site, a case study, a period, or of some modes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import networkx as nx

from journeys.analysis.claims.graph import study_graph
from journeys.analysis.claims.selection import Selection, belonging, select
from journeys.exchange.from_actors import left_out
from journeys.exchange.from_study import claims_as_ties, node_of
from journeys.exchange.network import Network, Types, listed_network
from journeys.model.schema import Schema
from journeys.store.connection import Store
from journeys.store.loaded import refuse_unloaded


def selected_claims(
    store: Store,
    study: str,
    schema: Schema,
    selection: Selection,
    *,
    title: str,
    about: str = "",
    conditions: Mapping[str, str] | None = None,
) -> Network:
    """The network of the claims that ``selection`` counts, and of what belongs to its site or case study.

    Inferred claims are there, with the mode "derived". ``conditions`` say in words what was chosen. Raises
    NothingLoaded.
    """
    graph = study_graph(store, study, schema)
    if not graph:
        refuse_unloaded(store, schema, study)
    chosen, left = select(graph, replace(selection, derived=True))
    place = selection.case or selection.site
    there = {node for node, places in belonging(graph).items() if place in places} if place else set()
    for start, end, claim in chosen.edges(data=True):
        if claim["asserted"]:
            there |= {start, end}
    node_types, tie_types = Types(), Types()
    nodes = [
        node_of({**graph.nodes[node], "id": node}, graph.nodes[node]["label"], node_types) for node in sorted(there)
    ]
    ties = sorted(claims_as_ties(_rows(chosen, there), schema, tie_types), key=lambda tie: tie.id)
    said = "; ".join(f"{name}: {words}" for name, words in (conditions or {}).items())
    return listed_network(
        nodes,
        ties,
        (node_types, tie_types),
        title=f"{title}: {said}" if said else title,
        about=about,
        noun="claim",
        said=left_out(left),
        facts=conditions,
    )


def _rows(graph: nx.MultiDiGraph[str], there: set[str]) -> Iterator[dict[str, Any]]:
    """The claims between these nodes as the store gives them: under their kind, as all of them count."""
    for start, end, claim in graph.edges(data=True):
        if start in there and end in there:
            held = {name: value for name, value in claim.items() if name not in ("type", "asserted")}
            yield {"type": claim["type"], "start": start, "end": end, "properties": held}
