"""Circles of decisions that cannot be drawn without a crossing, and so give a bound."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from journeys.analysis.methods.storyline.relations import Change

HOP = 1e-6
"""What a step of a circle costs beside its change, so that short circles come first: they say more."""
ENOUGH = 1 - 1e-4
AT_ONCE = 64

Cycle = tuple[int, ...]
"""Positions of changes of which at least one must be a crossing, ascending."""


class OddCycles:
    """Finds circles whose changes, were none a crossing, would say of some decision that it is not what it is.

    SOURCE: separation of odd cycles by shortest paths in the doubled graph (Barahona and Mahjoub 1986).
    """

    def __init__(self, changes: Sequence[Change], decisions: int) -> None:
        self._decisions = decisions
        one = np.array([change.one for change in changes], dtype=np.int64)
        other = np.array([change.other for change in changes], dtype=np.int64)
        differ = np.array([not change.same for change in changes], dtype=np.int64)
        # Each decision twice, as it is and turned round; a change links the two kinds where it says "differ".
        self._from = np.concatenate([2 * one, 2 * one + 1])
        self._to = np.concatenate([2 * other + differ, 2 * other + 1 - differ])
        self._number = {
            ends: position % len(changes)
            for position, (a, b) in enumerate(zip(self._from.tolist(), self._to.tolist(), strict=True))
            for ends in ((a, b), (b, a))
        }

    def below_one(self, values: Sequence[float], *, most: int) -> list[Cycle]:
        """Circles whose ``values`` sum to less than 1, at most ``most`` of them and none when there is none.

        ``values`` says how far each change is a crossing, 0 to 1. The same values give the same list.
        """
        lengths = np.maximum(np.array(values), 0.0) + HOP
        nodes = 2 * self._decisions
        ways = csr_array((np.concatenate([lengths, lengths]), (self._from, self._to)), shape=(nodes, nodes))
        found: dict[Cycle, None] = {}
        covered = np.zeros(self._decisions, dtype=bool)
        for first in range(0, self._decisions, AT_ONCE):
            starts = [at for at in range(first, min(first + AT_ONCE, self._decisions)) if not covered[at]]
            if not starts or len(found) >= most:
                continue
            distances, came = dijkstra(
                ways, directed=False, indices=[2 * at for at in starts], limit=ENOUGH, return_predecessors=True
            )
            for row, at in enumerate(starts):
                if distances[row, 2 * at + 1] < ENOUGH and not covered[at]:
                    cycle = self._cycle(came[row], 2 * at, 2 * at + 1)
                    found[cycle] = None
                    for position in cycle:
                        covered[[self._from[position] // 2, self._to[position] // 2]] = True
        return list(found)

    def _cycle(self, came: np.ndarray[tuple[int], np.dtype[np.int32]], start: int, goal: int) -> Cycle:
        """The changes that a way passes an odd number of times."""
        passed: set[int] = set()
        while goal != start:
            before = int(came[goal])
            passed ^= {self._number[before, goal]}
            goal = before
        return tuple(sorted(passed))
