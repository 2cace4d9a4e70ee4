"""Places that repeat what another place says: all are counted, the first are named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from journeys.model.problems import Address

NAMED = 10
_KEPT = 200


@dataclass(frozen=True, slots=True)
class Repetition:
    """Two places that share ``claims`` equal claims."""

    place: Address
    first: Address
    claims: int

    def __str__(self) -> str:
        if self.place == self.first:
            return f"{self.place} says the same twice"
        return f"{self.place} says the same as {self.first}"


@dataclass(slots=True)
class Repetitions:
    """Counts the claims that repeat another; keeps the pairs of places that come first, however many there are."""

    claims: int = 0
    keep: int = _KEPT
    cut: bool = False
    """Whether there are more pairs than are kept."""
    _pairs: dict[tuple[Address, Address], int] = field(default_factory=dict)

    def add(self, place: Address, first: Address) -> None:
        """Count a claim in ``place`` that repeats one in ``first``."""
        self.claims += 1
        self._pairs[place, first] = self._pairs.get((place, first), 0) + 1
        if len(self._pairs) > self.keep:
            # A pair among the first is never cut, so that its number is right.
            self._pairs, self.cut = dict(sorted(self._pairs.items(), key=_order)[:NAMED]), True

    def named(self) -> tuple[Repetition, ...]:
        """The first pairs by file, sheet and cell, at most ``NAMED``."""
        found = sorted(self._pairs.items(), key=_order)[:NAMED]
        return tuple(Repetition(place, first, claims) for (place, first), claims in found)

    def named_after(self, last: Sequence[Repetition], before: Repetitions) -> tuple[Repetition, ...] | None:
        """The first pairs of a study of which ``last`` were the first, when a part of it has these repetitions and had
        those ``before``; None where that does not tell."""
        if self == before:
            return tuple(last)
        if self.cut or before.cut:
            return None
        pairs = {(each.place, each.first): each.claims for each in last}
        all_known = len(last) < NAMED
        end = [] if all_known else max(map(_order, pairs.items()))
        for pair in self._pairs.keys() | before._pairs.keys():
            more = self._pairs.get(pair, 0) - before._pairs.get(pair, 0)
            if all_known or _order((pair, 0)) <= end:
                pairs[pair] = pairs.get(pair, 0) + more
        found = Repetitions(_pairs={pair: claims for pair, claims in pairs.items() if claims}).named()
        return found if all_known or len(found) == NAMED else None


def _order(pair: tuple[tuple[Address, Address], int]) -> list[tuple[str, str, int, str]]:
    """By the places of a pair, the first one first; A9 comes before A10."""
    (place, first), _ = pair
    return [(each.file or "", each.sheet or "", len(each.cell or ""), each.cell or "") for each in (first, place)]
