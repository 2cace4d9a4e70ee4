"""The null model of brokerage: means and variances of Gould and Fernandez's counts, by actor and by group.

In the null model the number of actors, their groups and the density d of arcs are kept, and every arc is there with
probability d, by itself. The pair (a, b) is brokered by v when two arcs are there and one is not: with probability
p = d^2 (1-d).

SOURCE: Gould, R. V. & Fernandez, R. M. (1989), Structures of mediation: a formal approach to brokerage in transaction
networks, Sociological Methodology 19, 89-126.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

ROLES = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison")
EVERY = (*ROLES, "total")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Roles(Generic[T]):
    """A value for each role of a broker v on the way a -> v -> b, named with the groups of a, v, b."""

    coordinator: T
    """w_I, A-A-A: all of one group."""
    itinerant: T
    """w_O, A-B-A, also consultant: an outsider between two of one group."""
    representative: T
    """b_IO, A-A-B: from the actor's own group to another (representative)."""
    gatekeeper: T
    """b_OI, A-B-B: from another group into the actor's own (gatekeeper)."""
    liaison: T
    """b_O, A-B-C: three groups."""
    total: T
    """All five."""


Moments = tuple[Roles[float], Roles[float]]
"""A mean and a variance."""

_Numbers = npt.NDArray[np.float64] | np.float64 | float


def null_model(sizes: Mapping[Any, int], group: Any, density: float) -> Moments:
    """The mean and the variance of the counts of an actor of ``group``, where each arc has the probability ``density``.

    ``sizes`` has the number of actors of every group, that of ``group`` with the actor counted; ``density`` is 0 to 1.

    The mean is p times the number of pairs that make up a role. For the variance, every pair adds
    p (1-p). Two different pairs of one broker depend on each other only if they share an arc, and that is a -> v (the
    same a) or v -> b (the same b), never both, and never a -> b; then both are brokered with probability
    d^3 (1-d)^2, so the covariance is d^3 (1-d)^2 - p^2 = d^3 (1-d)^3. The variance is p (1-p) times the pairs, plus
    that covariance times the ordered couples of different pairs with the same a or the same b. Where a is one of x
    actors and b one of y others, there are x y pairs and x y (y-1) + y x (x-1) couples; where both are of the same x,
    x (x-1) pairs and 2 x (x-1) (x-2) couples.

    R's sna::brokerage has the same values as ``exp.nli`` and, squared, ``sd.nli``.
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
    chance = _chance(density)
    shared = density**3 * (1 - density) ** 3
    return (
        roles_of(lambda role: pairs[role] * chance),
        roles_of(lambda role: pairs[role] * chance * (1 - chance) + couples[role] * shared),
    )


def null_of_groups(sizes: Mapping[Hashable, int], density: float) -> tuple[dict[Hashable, Moments], Moments]:
    """The mean and the variance of the counts of the actors of each group together, and of all together.

    Every triple (a, v, b) of a role adds p (1-p). Two of them depend on each other only where they share an arc. If it
    has to be there for both, they are brokered together with probability d^3 (1-d)^2, so the covariance is
    d^3 (1-d)^3; if it has to be missing for both, with d^4 (1-d), so it is d^5 (1-d); if it has to be there for the one
    and missing for the other, never, so it is -p^2. The last is so whatever else they share; two triples of the same
    three actors can contradict each other in two arcs, and are still one couple. (R's sna::brokerage 2.7 has the same
    means as ``exp.gli``; its ``sd.gli`` differs for coordinator, representative, gatekeeper and total, from what all
    digraphs of four actors give, too.)

    The couples are counted by the arcs they share: for those from one group to another, how many triples need such an
    arc, and how many its absence. Time grows with the square of the number of groups.
    """
    number = np.array(list(sizes.values()), dtype=float)
    by_group = {
        name: _moments(_of_group(number[place], np.delete(number, place)), density) for place, name in enumerate(sizes)
    }
    return by_group, _moments(_of_all(number), density)


@dataclass(frozen=True, slots=True)
class _Needs:
    """The conditions on the triples of one role.

    ``arcs`` has, for arcs that are alike, how many there are, how many triples need such an arc, and how many its
    absence. ``contrary`` counts the ordered couples of triples that contradict each other in two arcs: (a, v, b) with
    (v, a, b), in the arcs vb and ab, and with (a, b, v), in ab and av.
    """

    triples: float
    arcs: tuple[tuple[_Numbers, _Numbers, _Numbers], ...]
    contrary: float

    def variance(self, density: float) -> float:
        """The variance of the number of them."""
        both_there, both_missing, contradicting = 0.0, 0.0, -self.contrary
        for number, present, absent in self.arcs:
            both_there += np.sum(number * present * (present - 1))
            both_missing += np.sum(number * absent * (absent - 1))
            contradicting += np.sum(2 * number * present * absent)
        chance = _chance(density)
        return float(
            self.triples * chance * (1 - chance)
            + both_there * density**3 * (1 - density) ** 3
            + both_missing * density**5 * (1 - density)
            - contradicting * chance**2
        )


def _of_group(own: float, others: npt.NDArray[np.float64]) -> dict[str, _Needs]:
    """The needs of the triples whose broker is one of ``own`` actors of a group; ``others`` are the other groups."""
    outside, everyone = others.sum(), own + others.sum()
    within, across, alike = own * (own - 1), own * others, others * (others - 1)
    unlike = outside**2 - np.sum(others**2)
    coordinated, onward = within * (own - 2), within * outside
    return {
        "coordinator": _Needs(coordinated, ((within, 2 * (own - 2), own - 2),), 2 * coordinated),
        "itinerant": _Needs(own * alike.sum(), ((2 * across, others - 1, 0.0), (alike, 0.0, own)), 0.0),
        "representative": _Needs(onward, ((within, outside, 0.0), (across, own - 1, own - 1)), onward),
        "gatekeeper": _Needs(onward, ((within, outside, 0.0), (across, own - 1, own - 1)), onward),
        "liaison": _Needs(own * unlike, ((2 * across, outside - others, 0.0), (unlike, 0.0, own)), 0.0),
        "total": _Needs(
            own * (everyone - 1) * (everyone - 2),
            (
                (within, 2 * (everyone - 2), own - 2),
                (2 * across, everyone - 2, own - 1),
                (alike.sum() + unlike, 0.0, own),
            ),
            2 * within * (everyone - 2),
        ),
    }


def _of_all(number: npt.NDArray[np.float64]) -> dict[str, _Needs]:
    """The needs of all triples; ``number`` has the actors of each group."""
    everyone = number.sum()
    start, end = number[:, None], number[None, :]
    within, across = number * (number - 1), start * end * (1 - np.eye(len(number)))
    outside, elsewhere = everyone - number, everyone - start - end
    coordinated, onward = np.sum(within * (number - 2)), np.sum(within * outside)
    apart, triples = np.sum(across * elsewhere), everyone * (everyone - 1) * (everyone - 2)
    return {
        "coordinator": _Needs(coordinated, ((within, 2 * (number - 2), number - 2),), 2 * coordinated),
        "itinerant": _Needs(onward, ((across, start + end - 2, 0.0), (within, 0.0, outside)), 0.0),
        "representative": _Needs(onward, ((within, outside, 0.0), (across, start - 1, start - 1)), onward),
        "gatekeeper": _Needs(onward, ((within, outside, 0.0), (across, end - 1, end - 1)), onward),
        "liaison": _Needs(apart, ((across, 2 * elsewhere, elsewhere),), 2 * apart),
        "total": _Needs(triples, ((everyone * (everyone - 1), 2 * (everyone - 2), everyone - 2),), 2 * triples),
    }


def _moments(needs: Mapping[str, _Needs], density: float) -> Moments:
    return (
        roles_of(lambda role: float(needs[role].triples * _chance(density))),
        roles_of(lambda role: needs[role].variance(density)),
    )


def _chance(density: float) -> float:
    """The probability that two arcs are present and a third is absent."""
    return density**2 * (1 - density)


def roles_of(value: Callable[[str], T]) -> Roles[T]:
    """The value of every role, and of all together."""
    return Roles(*map(value, EVERY))
