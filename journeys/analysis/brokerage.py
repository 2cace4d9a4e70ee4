"""Who stands between whom, and between which groups: the five brokerage roles of Gould and Fernandez."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import networkx as nx

from journeys.analysis.centrality_graph import in_order, known, simple

ROLES = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Roles(Generic[T]):
    """A value for each role of a broker v on the way a -> v -> b, named with the groups of a, v, b."""

    coordinator: T
    """w_I, A-A-A: all of one group."""
    itinerant: T
    """w_O, A-B-A, also consultant: an outsider between two of one group."""
    representative: T
    """b_IO, A-A-B: from the own group to another."""
    gatekeeper: T
    """b_OI, A-B-B: from another group into the own."""
    liaison: T
    """b_O, A-B-C: three groups."""
    total: T
    """All five."""


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
    probability d by itself (``null_model``). In an undirected graph ties come in pairs of arcs, which the model does
    not: there its variance is half of what random edges give for coordinator, itinerant, liaison and total, and z is
    too far from 0 by up to the square root of 2.

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
    actors = [_actor(actor, name, found[actor], *nulls[name]) for actor, name in group.items()]
    members: defaultdict[Any, list[ActorBrokerage]] = defaultdict(list)
    for actor in actors:
        members[actor.group].append(actor)
    return Brokerage(
        attribute=attribute,
        actors=tuple(actors),
        groups=tuple(_together(name, members[name]) for name in sorted(members, key=in_order)),
        counts=_roles(lambda role: sum(getattr(actor.counts, role) for actor in actors)),
        arcs=number,
        density=density,
        left_out=tuple(actor for actor in arcs if actor not in group),
        triples_left_out=left_out,
    )


def null_model(sizes: Mapping[Any, int], group: Any, density: float) -> tuple[Roles[float], Roles[float]]:
    """The mean and the variance of the counts of an actor of ``group``, where each arc has the probability ``density``.

    ``sizes`` has the number of actors of every group, that of ``group`` with the actor counted; ``density`` is 0 to 1.

    With d for the density, the pair (a, b) is brokered by v when two arcs are there and one is not: with probability
    p = d^2 (1-d). The mean is p times the number of pairs that make up a role. For the variance, every pair adds
    p (1-p). Two different pairs of one broker depend on each other only if they share an arc, and that is a -> v (the
    same a) or v -> b (the same b), never both, and never a -> b; then both are brokered with probability
    d^3 (1-d)^2, so the covariance is d^3 (1-d)^2 - p^2 = d^3 (1-d)^3. The variance is p (1-p) times the pairs, plus
    that covariance times the ordered couples of different pairs with the same a or the same b. Where a is one of x
    actors and b one of y others, there are x y pairs and x y (y-1) + y x (x-1) couples; where both are of the same x,
    x (x-1) pairs and 2 x (x-1) (x-2) couples.

    SOURCE: Gould & Fernandez (1989); R's sna::brokerage has the same values as ``exp.nli`` and, squared, ``sd.nli``.
    """
    own = sizes[group] - 1
    others = [size for name, size in sizes.items() if name != group]
    outside = sum(others)
    pairs = {
        "coordinator": own * (own - 1),
        "itinerant": sum(size * (size - 1) for size in others),
        "representative": own * outside,
        "gatekeeper": own * outside,
        "liaison": sum(size * (outside - size) for size in others),
        "total": (own + outside) * (own + outside - 1),
    }
    across = own * outside * (own + outside - 2)
    couples = {
        "coordinator": 2 * own * (own - 1) * (own - 2),
        "itinerant": sum(2 * size * (size - 1) * (size - 2) for size in others),
        "representative": across,
        "gatekeeper": across,
        "liaison": sum(2 * size * (outside - size) * (outside - size - 1) for size in others),
        "total": 2 * (own + outside) * (own + outside - 1) * (own + outside - 2),
    }
    chance = density**2 * (1 - density)
    shared = density**3 * (1 - density) ** 3
    return (
        _roles(lambda role: pairs[role] * chance),
        _roles(lambda role: pairs[role] * chance * (1 - chance) + couples[role] * shared),
    )


def _actor(
    actor: Any, group: Any, found: Counter[tuple[str, int]], expected: Roles[float], variance: Roles[float]
) -> ActorBrokerage:
    def pairs(role: str) -> list[tuple[int, int]]:
        """The number of brokers and the number of pairs."""
        return [(brokers, number) for (name, brokers), number in found.items() if role in (name, "total")]

    counts = _roles(lambda role: sum(number for _, number in pairs(role)))
    return ActorBrokerage(
        actor=actor,
        group=group,
        counts=counts,
        partial=_roles(lambda role: math.fsum(number / brokers for brokers, number in pairs(role))),
        expected=expected,
        variance=variance,
        z=_roles(lambda role: _score(getattr(counts, role), getattr(expected, role), getattr(variance, role))),
    )


def _brokered(arcs: nx.Graph[Any], start: Any) -> dict[Any, list[Any]]:
    """Those whom ``start`` reaches over one other and not directly, each with all who stand between."""
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


def _roles(value: Callable[[str], T]) -> Roles[T]:
    return Roles(*(value(role) for role in (*ROLES, "total")))


def _score(count: int, mean: float, variance: float) -> float | None:
    return (count - mean) / math.sqrt(variance) if variance > 0 else None


def _together(name: Any, members: list[ActorBrokerage]) -> GroupBrokerage:
    return GroupBrokerage(
        group=name,
        actors=len(members),
        counts=_roles(lambda role: sum(getattr(actor.counts, role) for actor in members)),
        partial=_roles(lambda role: math.fsum(getattr(actor.partial, role) for actor in members)),
    )
