"""Whether ties stay inside groups: the E-I index and the assortativity of a node attribute."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import networkx as nx

from journeys.analysis.methods.arrays import arcs_of
from journeys.analysis.methods.simple_graph import in_order, known


@dataclass(frozen=True, slots=True)
class GroupTies:
    """The ties of one group."""

    group: Any
    actors: int
    internal: int
    """Ties between two of the group."""
    external: int
    """Ties between one of the group and one of another group."""
    ei: float | None
    """Their E-I index; None without ties."""


@dataclass(frozen=True, slots=True)
class Homophily:
    """How far ties stay inside the groups that a node attribute makes; each tie (directed: arc) counts once."""

    attribute: str
    directed: bool
    actors: int
    """Actors with the attribute."""
    actors_left_out: int
    """Actors without it (missing, None, blank or NaN)."""
    ties: int
    """Ties between two actors who have it."""
    ties_left_out: int
    """Ties of which an end has none."""
    internal: int
    external: int
    ei: float | None
    """Krackhardt & Stern 1988: (external - internal) / (external + internal), from -1 (all ties inside groups) to 1
    (all between); None without ties."""
    ei_expected: float | None
    """The same over all pairs of these actors, tied or not: what ties blind to the groups would give on average. None
    below two actors."""
    assortativity: float | None
    """Newman 2003: 1 when all ties are inside groups, 0 when they mix as chance would with these degrees, below 0 when
    they avoid their own group. None without ties, and where all ties run from one group to the same one, so that
    nothing could mix."""
    groups: tuple[GroupTies, ...]
    """Every group, sorted by name."""


def homophily(graph: nx.Graph[Any], attribute: str, *, directed: bool | None = None) -> Homophily:
    """Homophily by a node attribute (any hashable value), for any NetworkX graph; weights are ignored.

    Parallel edges count once and self-loops not at all; ``simple`` says what ``directed`` does. Actors without the
    attribute are left out with their ties, and counted.

    SOURCE: Krackhardt, D. & Stern, R. N. (1988), Informal networks and organizational crises; Newman, M. E. J. (2003),
    Mixing patterns in networks, Physical Review E 67, 026126.
    """
    ties = arcs_of(graph, directed=directed)
    group = {actor: value for actor in ties.nodes if known(value := graph.nodes[actor].get(attribute))}
    once = ties if ties.directed else ties.chosen(ties.starts < ties.ends)
    ends = ((ties.nodes[one], ties.nodes[other]) for one, other in once.pairs)
    mixing = Counter((group[one], group[other]) for one, other in ends if one in group and other in group)
    sizes = Counter(group.values())
    within = sum(size * (size - 1) for size in sizes.values())
    pairs = len(group) * (len(group) - 1)
    internal = sum(number for (one, other), number in mixing.items() if one == other)
    external = mixing.total() - internal
    return Homophily(
        attribute=attribute,
        directed=ties.directed,
        actors=len(group),
        actors_left_out=len(ties.nodes) - len(group),
        ties=mixing.total(),
        ties_left_out=ties.ties - mixing.total(),
        internal=internal,
        external=external,
        ei=_ei(internal, external),
        ei_expected=_ei(within, pairs - within),
        assortativity=_assortativity(mixing, ties.directed),
        groups=tuple(_group_ties(name, sizes[name], mixing) for name in sorted(sizes, key=in_order)),
    )


def _group_ties(name: Any, actors: int, mixing: Counter[tuple[Any, Any]]) -> GroupTies:
    internal = mixing[name, name]
    external = sum(number for pair, number in mixing.items() if name in pair) - internal
    return GroupTies(name, actors, internal, external, _ei(internal, external))


def _ei(internal: int, external: int) -> float | None:
    return (external - internal) / (external + internal) if external + internal else None


def _assortativity(mixing: Counter[tuple[Any, Any]], directed: bool) -> float | None:
    """(sum of e_ii - sum of a_i b_i) / (1 - sum of a_i b_i), both times the square of the number of arcs."""
    arcs = mixing if directed else mixing + Counter({(b, a): number for (a, b), number in mixing.items()})
    starts: Counter[Any] = Counter()
    ends: Counter[Any] = Counter()
    for (one, other), number in arcs.items():
        starts[one] += number
        ends[other] += number
    every = arcs.total()
    same = sum(number for (one, other), number in arcs.items() if one == other)
    chance = sum(number * ends[name] for name, number in starts.items())
    return (every * same - chance) / (every * every - chance) if every * every > chance else None
