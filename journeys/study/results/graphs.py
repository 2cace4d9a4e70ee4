"""Results as NetworkX graphs with plain attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from journeys.exchange.from_actors import actor_network
from journeys.exchange.from_study import claims_as_ties
from journeys.exchange.network import Network, Node, Types, listed_network
from journeys.exchange.to_networkx import networkx_graph
from journeys.model.problems import UsageProblem
from journeys.model.schema import Schema, load_schema
from journeys.model.stored_types import stored_type

if TYPE_CHECKING:
    from journeys.analysis.trace.journey import Journey


def graph_of(result: Any) -> Any:
    """The graph of a network, or of the claims of a journey. Raises UsageProblem for anything else."""
    name = type(result).__name__
    if name == "SiteNetwork":
        return networkx_graph(actor_network(result, title=result.place))
    if name == "Journey":
        study = getattr(result, "_study", None)
        return networkx_graph(_of_journey(result, study.schema if study is not None else load_schema()))
    raise UsageProblem(f"{name} is not a graph: a network or a journey is, and the study (study.to_networkx()).")


def _of_journey(journey: Journey, schema: Schema) -> Network:
    """The claims of a journey, and what they join."""
    types = Types(), Types()
    claims = {claim.id: claim for claim in journey.claims}
    ends = {end.id: end for claim in claims.values() for end in (claim.start, claim.end)}
    rows = [
        {
            "type": stored_type(claim.kind, claim.properties),
            "start": claim.start.id,
            "end": claim.end.id,
            "properties": claim.properties,
        }
        for _, claim in sorted(claims.items())
    ]
    nodes = [Node(end.id, end.name, end.label, {}) for _, end in sorted(ends.items())]
    ties = [*claims_as_ties(rows, schema, types[1])]
    return listed_network(nodes, ties, types, title=f"Journey of {journey.subject.entity.name}", noun="claim")
