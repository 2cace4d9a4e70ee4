"""Changes of side on a concept, and actors on both sides at once, as far as the dates tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Literal

from journeys.analysis.methods.discourse.networks import Stance, in_text_order
from journeys.model.aspects import same_aspect
from journeys.model.dates import UNKNOWN
from journeys.model.order import Order, order

Certainty = Literal["certain", "possible"]


@dataclass(frozen=True, slots=True)
class SideChange:
    """An actor that first took one side on a concept and later the other, on the same aspect of it.

    ``earlier`` and ``later`` are +1 or -1. "certain": by the dates, at least one statement of the earlier polarity
    came before one of the later on the same aspect; "possible": the dates allow it and no more, or only one of the
    two names an aspect. The keys are those of the statements
    that are so ordered, in text order.
    """

    actor: Hashable
    concept: Hashable
    earlier: int
    later: int
    certainty: Certainty
    earlier_keys: tuple[Hashable, ...]
    later_keys: tuple[Hashable, ...]


@dataclass(frozen=True, slots=True)
class Ambivalence:
    """An actor that supported and contested the same aspect of a concept at one time.

    "certain": on the same known day; "possible": the dates allow one day for both and no more is known, or only one of
    the two names an aspect.
    """

    actor: Hashable
    concept: Hashable
    certainty: Certainty
    positive_keys: tuple[Hashable, ...]
    negative_keys: tuple[Hashable, ...]


_Pair = tuple[Stance, Stance]


def side_changes(stances: Iterable[Stance]) -> tuple[SideChange, ...]:
    """Every change of side on one aspect, sorted by actor, concept and direction (from support first).

    One result for each direction: who went over and came back has two. Statements of overlapping or unknown dates may
    have come in either order, so both directions are possible; the same day on both sides is no change but
    ``ambivalent``. Statements that name different aspects are never compared: to contest the costs and support the
    rest is no change. Statements of polarity 0 are ignored: to stop taking a side is not a change of side.
    """
    found = []
    for (actor, concept), pairs in _both_sides(stances):
        for sign, certainly in ((1, Order.BEFORE), (-1, Order.AFTER)):
            certain = [pair for pair, lies, alike in pairs if lies is certainly and alike]
            allowing = (certainly, Order.OVERLAP, Order.NOT_KNOWN)
            ordered = certain or [pair for pair, lies, _ in pairs if lies in allowing]
            if ordered:
                positive, negative = _keys(ordered)
                earlier_keys, later_keys = (positive, negative) if sign == 1 else (negative, positive)
                certainty: Certainty = "certain" if certain else "possible"
                found.append(SideChange(actor, concept, sign, -sign, certainty, earlier_keys, later_keys))
    return tuple(found)


def ambivalent(stances: Iterable[Stance]) -> tuple[Ambivalence, ...]:
    """Every actor and concept with both stances at once, certainly or possibly, sorted by actor and concept."""
    found = []
    for (actor, concept), pairs in _both_sides(stances):
        certain = [pair for pair, lies, alike in pairs if lies is Order.SAME_DAY and alike]
        allowing = (Order.SAME_DAY, Order.OVERLAP, Order.NOT_KNOWN)
        together = certain or [pair for pair, lies, _ in pairs if lies in allowing]
        if together:
            found.append(Ambivalence(actor, concept, "certain" if certain else "possible", *_keys(together)))
    return tuple(found)


def _both_sides(
    stances: Iterable[Stance],
) -> list[tuple[tuple[Hashable, Hashable], list[tuple[_Pair, Order, bool]]]]:
    """For each actor and concept with both stances: its pairs of a supporting and a contesting one that may be on one
    aspect, their order, and whether the aspect is certainly the same."""
    held: dict[tuple[Hashable, Hashable], dict[int, list[Stance]]] = defaultdict(lambda: {1: [], 0: [], -1: []})
    for stance in stances:
        held[stance.actor, stance.concept][stance.polarity].append(stance)
    return [
        (
            who,
            [
                ((one, other), order(one.when or UNKNOWN, other.when or UNKNOWN), bool(alike))
                for one in held[who][1]
                for other in held[who][-1]
                if (alike := same_aspect(one.aspect, other.aspect)) is not False
            ],
        )
        for who in sorted(held, key=lambda pair: (str(pair[0]), str(pair[1])))
        if held[who][1] and held[who][-1]
    ]


def _keys(pairs: Iterable[_Pair]) -> tuple[tuple[Hashable, ...], tuple[Hashable, ...]]:
    pairs = list(pairs)
    return in_text_order(one.key for one, _ in pairs), in_text_order(other.key for _, other in pairs)
