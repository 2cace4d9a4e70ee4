"""How alike two sequences of stages are: optimal matching, distances between all, the sequence in the middle."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from typing import Literal

import numpy as np

from journeys.analysis.methods.arrays import Numbers, Values

Normalisation = Literal["none", "maxlength", "gower", "yujianbo"]
Costs = Mapping[tuple[Hashable, Hashable], float]

_NORMALISATIONS = ("none", "maxlength", "gower", "yujianbo")


@dataclass(frozen=True)
class Distances:
    """The distance between every two sequences: ``rows[i][j]`` is that of ``names[i]`` and ``names[j]``."""

    names: tuple[Hashable, ...]
    rows: tuple[tuple[float, ...], ...]

    @cached_property
    def _place(self) -> dict[Hashable, int]:
        return {name: number for number, name in enumerate(self.names)}

    def between(self, one: Hashable, other: Hashable) -> float:
        """The distance of two sequences by name. Raises KeyError for an unknown name."""
        return self.rows[self._place[one]][self._place[other]]


@dataclass(frozen=True, slots=True)
class Medoid:
    """The sequences with the least sum of distances to all others: several only if equally near.

    ``mean_distance`` is to the others, None if there is none.
    """

    names: tuple[Hashable, ...]
    mean_distance: float | None


def optimal_matching(
    one: Sequence[Hashable],
    other: Sequence[Hashable],
    *,
    indel: float = 1.0,
    substitution: float | Costs = 2.0,
    normalisation: Normalisation = "none",
) -> float:
    """The least cost to turn one sequence into the other by insertions, deletions and substitutions, at least 0.

    Abbott & Forrest (1986), by the alignment of Needleman & Wunsch (1970). ``indel`` is the cost of an insertion or
    a deletion, ``substitution`` that of a replacement: one number, or a number for each ordered pair of states, as
    ``transition_costs`` gives. Equal states cost nothing. With 1 and 1 this is Levenshtein's distance, with 1 and 2
    the lengths less twice the longest common subsequence. It is a metric if the substitution costs are one.

    ``normalisation`` divides the distance d of sequences of lengths m and n (Gabadinho et al. 2011): "maxlength" by
    the longer length (Abbott), which is at most 1 only for costs of at most 1; "gower" by the greatest distance that
    these costs allow, min(m, n) min(2 indel, dearest substitution) + |m - n| indel, so that it lies in 0 to 1;
    "yujianbo" is 2 d / (indel (m + n) + d) (Yujian & Bo 2007), in 0 to 1 and again a metric. Two empty sequences are
    0 apart.

    Raises ValueError for a negative cost or an unknown normalisation, KeyError for a pair that has no cost.
    """
    _check(indel, substitution, normalisation)
    return _normalised(
        _aligned(one, other, indel, substitution), len(one), len(other), indel, substitution, normalisation
    )


def _normalised(
    distance: float, one: int, other: int, indel: float, substitution: float | Costs, normalisation: Normalisation
) -> float:
    shorter, longer = (one, other) if one < other else (other, one)
    if distance == 0 or normalisation == "none":
        return distance
    if normalisation == "maxlength":
        return distance / longer
    if normalisation == "gower":
        dearest = max(substitution.values(), default=0.0) if isinstance(substitution, Mapping) else substitution
        return distance / (shorter * min(2 * indel, dearest) + (longer - shorter) * indel)
    return 2 * distance / (indel * (shorter + longer) + distance)


def distances(
    sequences: Mapping[Hashable, Sequence[Hashable]],
    *,
    indel: float = 1.0,
    substitution: float | Costs = 2.0,
    normalisation: Normalisation = "none",
) -> Distances:
    """The ``optimal_matching`` of all sequences with each other, by name in text order; errors as there."""
    _check(indel, substitution, normalisation)
    names = tuple(sorted(sequences, key=str))
    # Of many sequences many are alike: the distances of each kind are found once.
    ways = [tuple(sequences[name]) for name in names]
    kinds = list(dict.fromkeys(ways))
    place = {kind: number for number, kind in enumerate(kinds)}
    of_kind = [place[way] for way in ways]
    between = [
        [
            _normalised(distance, len(one), len(other), indel, substitution, normalisation)
            for other, distance in zip(kinds, aligned, strict=True)
        ]
        for one, aligned in zip(kinds, _aligned_with_each(kinds, indel, substitution), strict=True)
    ]
    rows = [tuple([row[kind] for kind in of_kind]) for row in between]
    return Distances(names, tuple(rows[kind] for kind in of_kind))


def medoid(matrix: Distances) -> Medoid | None:
    """The typical sequence (Kaufman & Rousseeuw 1990): the one nearest to all others. None without a sequence."""
    if not matrix.names:
        return None
    sums = [sum(row) for row in matrix.rows]
    least = min(sums)
    # Sums of the same distances in another order may differ in the last digits.
    nearest = tuple(
        name for name, total in zip(matrix.names, sums, strict=True) if total - least <= 1e-9 * max(1.0, least)
    )
    others = len(matrix.names) - 1
    return Medoid(nearest, least / others if others else None)


def transition_rates(sequences: Iterable[Sequence[Hashable]]) -> dict[tuple[Hashable, Hashable], float]:
    """How often a state is followed by another (or itself), 0 to 1, of all times that it is followed by any.

    For every ordered pair of the states that occur; 0 from a state that only ever comes last.
    """
    states: set[Hashable] = set()
    follows: Counter[tuple[Hashable, Hashable]] = Counter()
    for sequence in sequences:
        states.update(sequence)
        follows.update(pairwise(sequence))
    left: dict[Hashable, int] = defaultdict(int)
    for (first, _), number in follows.items():
        left[first] += number
    ordered = sorted(states, key=str)
    return {
        (first, then): follows[first, then] / left[first] if left.get(first) else 0.0
        for first in ordered
        for then in ordered
    }


def transition_costs(
    sequences: Iterable[Sequence[Hashable]], *, highest: float = 2.0
) -> dict[tuple[Hashable, Hashable], float]:
    """Substitution costs from the data: 2 - p(i|j) - p(j|i), 0 on the diagonal (Rohwer & Pötter 2005; TraMineR).

    States that often follow each other are cheap to exchange. For every ordered pair of states that occur, 0 to
    ``highest`` (the 2 of the formula); symmetric. Raises ValueError for a ``highest`` below 2, which could make a
    cost negative.
    """
    if highest < 2:
        raise ValueError("the highest substitution cost is at least 2, as up to 2 is taken off it")
    rates = transition_rates(sequences)
    return {
        (first, then): 0.0 if first == then else highest - (rates[first, then] + rates[then, first])
        for first, then in rates
    }


def _aligned(one: Sequence[Hashable], other: Sequence[Hashable], indel: float, substitution: float | Costs) -> float:
    """Row by row through the table of Needleman & Wunsch; only the row above is needed."""
    above = [column * float(indel) for column in range(len(other) + 1)]
    for row, mine in enumerate(one, start=1):
        current = [row * float(indel)]
        for column, theirs in enumerate(other, start=1):
            change = _cost(mine, theirs, substitution)
            current.append(min(above[column - 1] + change, above[column] + indel, current[-1] + indel))
        above = current
    return above[-1]


def _aligned_with_each(
    ways: Sequence[tuple[Hashable, ...]], indel: float, substitution: float | Costs
) -> list[list[float]]:
    """``_aligned`` of each sequence with every one, these all at once."""
    states = {state: number for number, state in enumerate(dict.fromkeys(chain.from_iterable(ways)))}
    change = np.array([[_cost(mine, theirs, substitution) for theirs in states] for mine in states], dtype=np.float64)
    # Where it costs the same to turn one into the other and back, half of the pairs are enough.
    alike = np.array_equal(change, change.T)
    lengths = np.array([len(way) for way in ways], np.int64)
    codes = np.zeros((len(ways), int(lengths.max(initial=0))), np.int64)
    for at, way in enumerate(ways):
        codes[at, : len(way)] = [states[state] for state in way]
    found = np.zeros((len(ways), len(ways)))
    for at, length in enumerate(lengths.tolist()):
        start = at if alike else 0
        found[at, start:] = _aligned_with(codes[at, :length], codes[start:], lengths[start:], indel, change)
        if alike:
            found[start:, at] = found[at, start:]
    told: list[list[float]] = found.tolist()
    return told


def _aligned_with(own: Numbers, others: Numbers, lengths: Numbers, indel: float, change: Values) -> Values:
    """The table of Needleman & Wunsch for one sequence and each of the others, filled diagonal by diagonal.

    What stands on a diagonal depends on the two before it alone.
    """
    length, longest = len(own), int(lengths.max(initial=0))
    found = np.empty(len(others))
    # For each row of the table a column of these: the values on the diagonal, for each of the other sequences.
    above = last = np.full((len(others), length + 1), np.inf)
    for diagonal in range(length + longest + 1):
        now = np.full((len(others), length + 1), np.inf)
        low, high = max(1, diagonal - longest), min(length, diagonal - 1)
        if diagonal <= longest:
            now[:, 0] = diagonal * float(indel)
        if 0 < diagonal <= length:
            now[:, diagonal] = diagonal * float(indel)
        if low <= high:
            # Rows rise while columns fall.
            columns = others[:, diagonal - high - 1 : diagonal - low][:, ::-1]
            exchanged = above[:, low - 1 : high] + change[own[low - 1 : high], columns]
            added = np.minimum(last[:, low - 1 : high], last[:, low : high + 1]) + indel
            now[:, low : high + 1] = np.minimum(exchanged, added)
        ends = lengths == diagonal - length
        found[ends] = now[ends, length]
        above, last = last, now
    return found


def _cost(mine: Hashable, theirs: Hashable, substitution: float | Costs) -> float:
    if mine == theirs:
        return 0.0
    return substitution[mine, theirs] if isinstance(substitution, Mapping) else substitution


def _check(indel: float, substitution: float | Costs, normalisation: str) -> None:
    if normalisation not in _NORMALISATIONS:
        raise ValueError(f"normalisation is one of {', '.join(_NORMALISATIONS)}, not {normalisation!r}")
    dearest = substitution.values() if isinstance(substitution, Mapping) else (substitution,)
    if indel < 0 or any(cost < 0 for cost in dearest):
        raise ValueError("a cost cannot be negative")
