"""The typical order of stages: which mostly comes before which, and the one order that fits the journeys best."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

_MOST_STAGES = 15


@dataclass(frozen=True, slots=True)
class Precedence:
    """Of the ``n`` journeys with both stages, the number in which ``first`` comes before ``then``."""

    first: Hashable
    then: Hashable
    before: int
    n: int

    @property
    def share(self) -> float | None:
        """``before`` out of ``n``, 0 to 1; None where no journey has both."""
        return self.before / self.n if self.n else None


@dataclass(frozen=True, slots=True)
class TypicalOrder:
    """An order of stages, and how the journeys agree with it.

    Counted over every two stages and every journey that has both: ``agreeing`` have them in this order,
    ``disagreeing`` in the other. ``unique`` is False if another order does equally well.
    """

    stages: tuple[Hashable, ...]
    agreeing: int
    disagreeing: int
    unique: bool


def precedences(sequences: Iterable[Sequence[Hashable]]) -> dict[tuple[Hashable, Hashable], Precedence]:
    """For every ordered pair of different stages that occur: how often the one comes before the other.

    A stage stands where it first occurs: a journey that returns to it had reached it before. In text order.
    """
    firsts = [_first_places(sequence) for sequence in sequences]
    stages = sorted({stage for places in firsts for stage in places}, key=str)
    found = {}
    for one in stages:
        for other in stages:
            if one != other:
                having = [places for places in firsts if one in places and other in places]
                before = sum(places[one] < places[other] for places in having)
                found[one, other] = Precedence(one, other, before, len(having))
    return found


def typical_order(sequences: Iterable[Sequence[Hashable]]) -> TypicalOrder:
    """The order of stages that contradicts the journeys least (Kemeny 1959; Young & Levenglick 1978).

    Found exactly, by taking the best order of every subset of the stages; of several best orders the first in text
    order is given and ``unique`` is False. Without a stage it is empty. Raises ValueError for more than 15 stages.
    """
    return kemeny_order({pair: found.before for pair, found in precedences(sequences).items()})


def kemeny_order(preferred: Mapping[tuple[Hashable, Hashable], int]) -> TypicalOrder:
    """The same from counts: ``preferred[a, b]`` is how many put a before b; a pair that is not given counts 0.

    Raises ValueError for more than 15 stages or a negative count.
    """
    if any(count < 0 for count in preferred.values()):
        raise ValueError("a count cannot be negative")
    stages = sorted({stage for pair in preferred for stage in pair}, key=str)
    if len(stages) > _MOST_STAGES:
        raise ValueError(f"an exact order is found for at most {_MOST_STAGES} stages, not {len(stages)}")
    wins = [[preferred.get((one, other), 0) if one != other else 0 for other in stages] for one in stages]
    best, ways = _best_by_subset(wins)
    order = []
    left = len(best) - 1
    while left:
        index = next(first for first in _members(left) if best[left] == _with_first(first, left, wins, best))
        order.append(stages[index])
        left ^= 1 << index
    total = sum(wins[one][two] + wins[two][one] for one, two in combinations(range(len(stages)), 2))
    return TypicalOrder(tuple(order), best[-1], total - best[-1], ways[-1] == 1)


def _best_by_subset(wins: Sequence[Sequence[int]]) -> tuple[list[int], list[int]]:
    """For each set of stages (as bits), the most agreement any order of it has, and how many orders have that."""
    best, ways = [0], [1]
    for members in range(1, 1 << len(wins)):
        scores = [(_with_first(first, members, wins, best), first) for first in _members(members)]
        most = max(score for score, _ in scores)
        best.append(most)
        ways.append(sum(ways[members ^ (1 << first)] for score, first in scores if score == most))
    return best, ways


def _with_first(first: int, members: int, wins: Sequence[Sequence[int]], best: Sequence[int]) -> int:
    rest = members ^ (1 << first)
    return best[rest] + sum(wins[first][other] for other in _members(rest))


def _members(bits: int) -> list[int]:
    return [index for index in range(bits.bit_length()) if bits >> index & 1]


def _first_places(sequence: Sequence[Hashable]) -> dict[Hashable, int]:
    places: dict[Hashable, int] = {}
    for place, stage in enumerate(sequence):
        places.setdefault(stage, place)
    return places
