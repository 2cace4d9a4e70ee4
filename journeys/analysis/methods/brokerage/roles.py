"""Brokerage between actors and groups: the five roles of Gould and Fernandez."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

import networkx as nx

from journeys.analysis.methods.brokerage.null_model import Moments, Roles, null_model, null_of_groups, roles_of
from journeys.analysis.methods.simple_graph import in_order, known, simple


@dataclass(frozen=True, slots=True)
class ActorBrokerage:
    """The brokerage of one actor who has a group."""

    actor: Any
    group: Any
    counts: Roles[int]
    """Pairs (a, b) that the actor brokers."""
    partial: Roles[float]
    """The same, a pair counting 1 by the number of all its brokers."""
    expected: Roles[float]
    """The mean of ``counts`` under the null model."""
    variance: Roles[float]
    """Their variance under the null model."""
    z: Roles[float | None]
    """(count - mean) / standard deviation; None where the null model allows no variation."""


@dataclass(frozen=True, slots=True)
class GroupBrokerage:
    """The brokerage of the actors of one group together, as brokers."""

    group: Any
    actors: int
    counts: Roles[int]
    partial: Roles[float]
    expected: Roles[float]
    """The mean of ``counts`` under the null model."""
    z: Roles[float | None]
    """(count - mean) / standard deviation; None where there is no variation, or the ties have no direction."""


@dataclass(frozen=True, slots=True)
class Brokerage:
    """The brokerage in a network whose actors have groups."""

    attribute: str
    actors: tuple[ActorBrokerage, ...]
    """Those with a group, sorted by name."""
    groups: tuple[GroupBrokerage, ...]
    """Sorted by name."""
    counts: Roles[int]
    """Of all actors together."""
    expected: Roles[float]
    """The mean of ``counts`` under the null model."""
    z: Roles[float | None]
    """As those of the groups."""
    arcs: int
    """Arcs between actors with a group (an undirected edge is two)."""
    density: float | None
    """``arcs`` by the ordered pairs of actors with a group, the d of the null model; None below two."""
    left_out: tuple[Any, ...]
    """Actors without a group (missing, None, blank or NaN), sorted by name: neither a, v nor b in any count."""
    triples_left_out: int
    """The ways a -> v -> b without a -> b that are not counted because one of the three has no group."""


def brokerage(graph: nx.Graph[Any], attribute: str) -> Brokerage:
    """The roles of every actor, for any NetworkX graph and a node attribute (any hashable value) that gives the group.

    v brokers the pair (a, b) when a -> v and v -> b but not a -> b, and the three are different. An undirected edge
    is two arcs, so each pair is met twice, and representative equals gatekeeper. Parallel edges count once, self-loops
    and weights not at all.

    The null model keeps the number of actors, the groups and the density d of arcs, and draws every arc with
    probability d by itself (``null_model``, ``null_of_groups``). In an undirected graph ties come in pairs of arcs,
    which the model does not: there its variance is half of what random edges give for coordinator, itinerant, liaison
    and total, and the z of an actor is too far from 0 by up to the square root of 2; groups have none.

    SOURCE: Gould, R. V. & Fernandez, R. M. (1989), Structures of mediation: a formal approach to brokerage in
    transaction networks, Sociological Methodology 19, 89-126; there also partial brokerage.
    """
    arcs = simple(graph, directed=True, weight=None)
    group = {actor: data[attribute] for actor, data in arcs.nodes(data=True) if known(data.get(attribute))}
    # by broker: how many pairs by their role and the number of their brokers
    found: defaultdict[Any, Counter[tuple[str, int]]] = defaultdict(Counter)
    left_out = 0
    for start in arcs:
        for end, brokers in _brokered(arcs, start).items():
            for broker in brokers:
                if start in group and broker in group and end in group:
                    found[broker][_role(group[start], group[broker], group[end]), len(brokers)] += 1
                else:
                    left_out += 1
    sizes = Counter(group.values())
    number = sum(1 for one, other in arcs.edges if one in group and other in group)
    density = number / (len(group) * (len(group) - 1)) if len(group) > 1 else None
    nulls = {name: null_model(sizes, name, density or 0.0) for name in sizes}
    of_groups, of_all = null_of_groups(sizes, density or 0.0)
    actors = [_actor(actor, name, found[actor], *nulls[name]) for actor, name in group.items()]
    members: defaultdict[Any, list[ActorBrokerage]] = defaultdict(list)
    for actor in actors:
        members[actor.group].append(actor)
    counts = roles_of(lambda role: sum(getattr(actor.counts, role) for actor in actors))
    return Brokerage(
        attribute=attribute,
        actors=tuple(actors),
        groups=tuple(
            _together(name, members[name], of_groups[name], directed=graph.is_directed())
            for name in sorted(members, key=in_order)
        ),
        counts=counts,
        expected=of_all[0],
        z=_scores(counts, of_all, directed=graph.is_directed()),
        arcs=number,
        density=density,
        left_out=tuple(actor for actor in arcs if actor not in group),
        triples_left_out=left_out,
    )


def _actor(
    actor: Any, group: Any, found: Counter[tuple[str, int]], expected: Roles[float], variance: Roles[float]
) -> ActorBrokerage:
    def pairs(role: str) -> list[tuple[int, int]]:
        """The number of brokers and the number of pairs."""
        return [(brokers, number) for (name, brokers), number in found.items() if role in (name, "total")]

    counts = roles_of(lambda role: sum(number for _, number in pairs(role)))
    return ActorBrokerage(
        actor=actor,
        group=group,
        counts=counts,
        partial=roles_of(lambda role: math.fsum(number / brokers for brokers, number in pairs(role))),
        expected=expected,
        variance=variance,
        z=_scores(counts, (expected, variance)),
    )


def _brokered(arcs: nx.Graph[Any], start: Any) -> dict[Any, list[Any]]:
    """The nodes that ``start`` reaches through one other and not directly, each with all nodes between."""
    found: defaultdict[Any, list[Any]] = defaultdict(list)
    for broker in arcs[start]:
        for end in arcs[broker]:
            if end != start and end not in arcs[start]:
                found[end].append(broker)
    return found


def _role(start: Any, broker: Any, end: Any) -> str:
    if start == broker:
        return "coordinator" if broker == end else "representative"
    if broker == end:
        return "gatekeeper"
    return "itinerant" if start == end else "liaison"


def _scores(counts: Roles[int], null: Moments, *, directed: bool = True) -> Roles[float | None]:
    def score(role: str) -> float | None:
        variance = getattr(null[1], role)
        return (
            (getattr(counts, role) - getattr(null[0], role)) / math.sqrt(variance)
            if directed and variance > 0
            else None
        )

    return roles_of(score)


def _together(name: Any, members: list[ActorBrokerage], null: Moments, *, directed: bool) -> GroupBrokerage:
    counts = roles_of(lambda role: sum(getattr(actor.counts, role) for actor in members))
    return GroupBrokerage(
        group=name,
        actors=len(members),
        counts=counts,
        partial=roles_of(lambda role: math.fsum(getattr(actor.partial, role) for actor in members)),
        expected=null[0],
        z=_scores(counts, null, directed=directed),
    )
