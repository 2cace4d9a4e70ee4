"""Brokerage between actors and groups: the five roles of Gould and Fernandez."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from itertools import permutations
from operator import attrgetter
from typing import Any

import networkx as nx
import numpy as np

from journeys.analysis.methods.arrays import Arcs, Numbers, arcs_of, paths, triangles
from journeys.analysis.methods.brokerage.null_model import (
    EVERY,
    ROLES,
    Moments,
    Roles,
    null_model,
    null_of_groups,
    roles_of,
)
from journeys.analysis.methods.simple_graph import in_order, known


@dataclass(frozen=True, slots=True)
class ActorBrokerage:
    """The brokerage of one actor who has a group."""

    actor: Any
    group: Any
    counts: Roles[int]
    """Pairs (a, b) that the actor brokers."""
    expected: Roles[float]
    """The mean of ``counts`` under the null model."""
    variance: Roles[float]
    """Their variance under the null model."""
    z: Roles[float | None]
    """(count - mean) / standard deviation; None where the null model allows no variation."""
    _number: int = field(repr=False, compare=False)
    _pairs: _Pairs = field(repr=False, compare=False)

    @property
    def partial(self) -> Roles[float]:
        """The same as ``counts``, a pair counting 1 by the number of all its brokers; found when first asked for."""
        return self._pairs.partial[self._number]


@dataclass(frozen=True, slots=True)
class GroupBrokerage:
    """The brokerage of the actors of one group together, as brokers."""

    group: Any
    actors: int
    counts: Roles[int]
    expected: Roles[float]
    """The mean of ``counts`` under the null model."""
    z: Roles[float | None]
    """(count - mean) / standard deviation; None where there is no variation, or the ties have no direction."""
    _members: tuple[ActorBrokerage, ...] = field(repr=False, compare=False)

    @property
    def partial(self) -> Roles[float]:
        """The same as ``counts``, a pair counting 1 by the number of all its brokers; found when first asked for."""
        return roles_of(lambda role: math.fsum(getattr(actor.partial, role) for actor in self._members))


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
    arcs = arcs_of(graph)
    group = {actor: value for actor in arcs.nodes if known(value := graph.nodes[actor].get(attribute))}
    numbers = {name: number for number, name in enumerate(dict.fromkeys(group.values()))}
    pairs = _Pairs(arcs, np.array([numbers[group[each]] if each in group else -1 for each in arcs.nodes], np.int64))
    sizes = Counter(group.values())
    density = pairs.arcs / (len(group) * (len(group) - 1)) if len(group) > 1 else None
    nulls = {name: null_model(sizes, name, density or 0.0) for name in sizes}
    of_groups, of_all = null_of_groups(sizes, density or 0.0)
    actors = [
        ActorBrokerage(
            actor, group[actor], counts, *nulls[group[actor]], _scores(counts, nulls[group[actor]]), at, pairs
        )
        for at, (actor, counts) in enumerate(zip(arcs.nodes, pairs.counts, strict=True))
        if actor in group
    ]
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
        arcs=pairs.arcs,
        density=density,
        left_out=tuple(actor for actor in arcs.nodes if actor not in group),
        triples_left_out=pairs.left_out,
    )


def _scores(counts: Roles[int], null: Moments, *, directed: bool = True) -> Roles[float | None]:
    if not directed:
        return Roles(*[None] * len(EVERY))
    return Roles(
        *[
            (count - mean) / math.sqrt(variance) if variance > 0 else None
            for count, mean, variance in zip(_values(counts), *map(_values, null), strict=True)
        ]
    )


_values = attrgetter(*EVERY)


def _together(name: Any, members: list[ActorBrokerage], null: Moments, *, directed: bool) -> GroupBrokerage:
    counts = roles_of(lambda role: sum(getattr(actor.counts, role) for actor in members))
    return GroupBrokerage(
        group=name,
        actors=len(members),
        counts=counts,
        expected=null[0],
        z=_scores(counts, null, directed=directed),
        _members=tuple(members),
    )


class _Pairs:
    """The pairs that each actor of a network brokers; ``groups`` are numbers, -1 for an actor without a group."""

    def __init__(self, arcs: Arcs, groups: Numbers) -> None:
        self._arcs, self._groups = arcs, groups
        self._known = arcs.chosen((groups[arcs.starts] >= 0) & (groups[arcs.ends] >= 0))

    @property
    def arcs(self) -> int:
        """The number of arcs between actors with a group."""
        return len(self._known.starts)

    @cached_property
    def counts(self) -> list[Roles[int]]:
        """The number of pairs by role, of each actor."""
        return _by_actor(self._known, self._groups)

    @cached_property
    def left_out(self) -> int:
        """The number of pairs that are brokered, but one of the three has no group."""
        if self.arcs == len(self._arcs.starts):
            return 0
        every = _by_actor(self._arcs, np.zeros_like(self._groups))
        return sum(each.total for each in every) - sum(each.total for each in self.counts)

    @cached_property
    def partial(self) -> list[Roles[float]]:
        """The same as ``counts``, a pair counting 1 by the number of all its brokers."""
        arcs, groups, size = self._arcs, self._groups, len(self._arcs.nodes)
        found = np.zeros((len(ROLES), size))
        for first, then in paths(arcs.ends, arcs, together=arcs.first):
            start, broker, end = arcs.starts[first], arcs.ends[first], arcs.ends[then]
            open_ = (start != end) & ~arcs.find(start, end)[1]
            start, broker, end = start[open_], broker[open_], end[open_]
            _, pair, brokers = np.unique(start * size + end, return_inverse=True, return_counts=True)
            share = np.where((groups[start] < 0) | (groups[broker] < 0) | (groups[end] < 0), 0.0, 1 / brokers[pair])
            role = _role(groups[start], groups[broker], groups[end])
            at = np.bincount(role * size + broker, weights=share, minlength=found.size)
            found += at.reshape(found.shape)
        return [Roles(*each) for each in zip(*found.tolist(), found.sum(axis=0).tolist(), strict=True)]


def _by_actor(arcs: Arcs, groups: Numbers) -> list[Roles[int]]:
    """The number of pairs by role: of all ways a -> v -> b less those where a is b, and less those with a -> b."""
    size = len(arcs.nodes)
    alike = groups[arcs.starts] == groups[arcs.ends]

    def number(nodes: Numbers) -> Numbers:
        return np.bincount(nodes, minlength=size)

    in_own, in_other = number(arcs.ends[alike]), number(arcs.ends[~alike])
    out_own, out_other = number(arcs.starts[alike]), number(arcs.starts[~alike])
    returned = arcs.find(arcs.ends, arcs.starts)[1]
    back_own, back_other = number(arcs.starts[returned & alike]), number(arcs.starts[returned & ~alike])
    of_one_group = _in_and_out(arcs.chosen(~alike), groups)
    ways = np.array(
        (
            in_own * out_own - back_own,
            of_one_group - back_other,
            in_own * out_other,
            in_other * out_own,
            in_other * out_other - of_one_group,
        )
    )
    for three in triangles(arcs.both_ways):
        for start, broker, end in permutations(three):
            there = arcs.find(start, broker)[1] & arcs.find(broker, end)[1] & arcs.find(start, end)[1]
            start, broker, end = start[there], broker[there], end[there]
            role = _role(groups[start], groups[broker], groups[end])
            ways -= np.bincount(role * size + broker, minlength=ways.size).reshape(ways.shape)
    return [Roles(*each) for each in zip(*ways.tolist(), ways.sum(axis=0).tolist(), strict=True)]


def _in_and_out(arcs: Arcs, groups: Numbers) -> Numbers:
    """For each node the arcs that come in from a group, times those that go out to it, over all groups."""
    many = int(groups.max(initial=0)) + 1
    into, ins = np.unique(arcs.ends * many + groups[arcs.starts], return_counts=True)
    out, outs = np.unique(arcs.starts * many + groups[arcs.ends], return_counts=True)
    both, here, there = np.intersect1d(into, out, assume_unique=True, return_indices=True)
    found = np.zeros(len(arcs.nodes), np.int64)
    np.add.at(found, both // many, ins[here] * outs[there])
    return found


def _role(start: Numbers, broker: Numbers, end: Numbers) -> Numbers:
    """The place in ``ROLES`` of each role, from the groups of the three."""
    inside, outside = np.where(broker == end, 0, 2), np.where(start == end, 1, 4)
    return np.where(start == broker, inside, np.where(broker == end, 3, outside))
