"""Which of two lines is above the other, as a signed graph: what an exact method decides about a storyline."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from journeys.analysis.methods.storyline.layers import Order, Storyline, blocks

Pair = tuple[int, int]
"""Two lines, the smaller index first."""
Place = tuple[int, Pair]
"""A layer and two of its lines."""


@dataclass(frozen=True, slots=True)
class Change:
    """Two decisions one after the other on the same pairs of lines: whether these change places in between."""

    one: int
    other: int
    same: bool
    """Whether no crossing means that both decisions are alike (else that they differ)."""
    crossings: int
    """How many pairs of lines change places if it is a crossing."""


@dataclass
class Relations:
    """The decisions of a storyline: for a layer and two blocks of it, whether the first is above the second.

    A meeting lies wholly above or below each other line, so one decision stands for all its members (Gronemann et al.
    2016). Two lines that are in no meeting of a layer, or in the same one, need no decision there: their order is free
    to change at any of the layers between two decisions. ``asked`` adds decisions for such places.
    """

    story: Storyline
    asked: Collection[Place] = ()
    decisions: list[tuple[int, int, int]] = field(default_factory=list)
    """Of each decision the layer and a line of either block, as an example."""
    at: dict[Place, tuple[int, bool]] = field(default_factory=dict)
    """The decision about two lines in a layer, and whether it is 1 where the first of them is above."""
    changes: list[Change] = field(default_factory=list)
    triples: list[tuple[tuple[int, bool], tuple[int, bool], tuple[int, bool]]] = field(default_factory=list)
    """Decisions on a above b, b above c and c above a in one layer, which cannot be all 1 or all 0."""

    def __post_init__(self) -> None:
        asked: dict[int, set[Pair]] = {}
        for layer, pair in self.asked:
            asked.setdefault(layer, set()).add(pair)
        before: dict[Pair, tuple[int, bool]] = {}
        found: dict[tuple[int, int, bool], int] = {}
        for layer in range(len(self.story.layers)):
            for pair, decided in self._decide(layer, asked.get(layer, set())).items():
                if pair in before:
                    (one, upright), (other, still) = before[pair], decided
                    key = (one, other, upright == still)
                    found[key] = found.get(key, 0) + 1
                before[pair] = decided
            self._close(layer, asked.get(layer, set()))
        self.changes = [Change(one, other, same, count) for (one, other, same), count in found.items()]

    def _decide(self, layer: int, asked: Collection[Pair]) -> dict[Pair, tuple[int, bool]]:
        block_of = blocks(self.story.layers[layer], self.story.present[layer])
        decided: dict[Pair, tuple[int, bool]] = {}
        numbers: dict[tuple[tuple[int, ...], tuple[int, ...]], int] = {}
        present = self.story.present[layer]
        for place, one in enumerate(present):
            for other in present[place + 1 :]:
                above, below = block_of[one], block_of[other]
                if (one, other) in asked and (above == below or len(above) == len(below) == 1):
                    above, below = (one,), (other,)
                elif above == below or len(above) == len(below) == 1:
                    continue
                upright = above < below
                key = (above, below) if upright else (below, above)
                if key not in numbers:
                    numbers[key] = len(self.decisions)
                    self.decisions.append((layer, key[0][0], key[1][0]))
                decided[one, other] = (numbers[key], upright)
                self.at[layer, (one, other)] = decided[one, other]
        return decided

    def _close(self, layer: int, asked: Collection[Pair]) -> None:
        """No three blocks of a layer may stand in a circle; of free lines, those asked for with whatever is decided."""
        meetings = [min(meeting) for meeting in self.story.layers[layer] if len(meeting) > 1]
        lines = self.story.present[layer]
        corners = {
            tuple(sorted((one, other, third)))
            for place, one in enumerate(meetings)
            for other in meetings[place + 1 :]
            for third in lines
        } | {tuple(sorted((*pair, third))) for pair in asked for third in lines}
        known = set()
        for corner in sorted(corners):
            sides = [self.above(layer, corner[a], corner[b]) for a, b in ((0, 1), (1, 2), (2, 0)) if a != b]
            if len(set(corner)) == 3 and None not in sides and len({side[0] for side in sides if side}) == 3:
                known.add(tuple(side for side in sides if side))
        self.triples.extend(sorted(known))  # type: ignore[arg-type]

    def above(self, layer: int, one: int, other: int) -> tuple[int, bool] | None:
        """The decision on whether a line is above another, and the value that says so; None where there is none."""
        if one == other:
            return None
        number = self.at.get((layer, (min(one, other), max(one, other))))
        return None if number is None else (number[0], number[1] == (one < other))

    def read(self, orders: Sequence[Order]) -> list[int]:
        """The decisions, 0 or 1, that drawn orders amount to."""
        places = [{line: place for place, line in enumerate(order)} for order in orders]
        return [int(places[layer][one] < places[layer][other]) for layer, one, other in self.decisions]
