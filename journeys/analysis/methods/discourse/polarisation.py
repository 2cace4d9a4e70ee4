"""How divided opinion was on each concept in each period."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from journeys.analysis.methods.discourse.networks import Duplicates, Stance, in_text_order
from journeys.model.aspects import same_aspect
from journeys.model.dates import UNKNOWN, DateSpan
from journeys.model.periods import lies_in


@dataclass(frozen=True, slots=True)
class Polarisation:
    """How far one concept divided opinion in one period.

    ``n`` is the number of statements counted: ``supporting``, ``contesting`` and ``neutral`` together.
    ``share_contesting`` is contesting out of those that take a side, 0 to 1, None if none does. ``agreement`` is van
    der Eijk's A: 1 all alike, 0 evenly spread over the three answers, -1 half for and half against; None without a
    statement. ``keys`` are the statements that certainly fall in the period, ``possible`` those that only may, which
    are not counted. ``opposed`` is the number of pairs of stances, one for and one against, that may be on one
    aspect: where there is none, those for and those against speak of different things, and neither the share nor the
    agreement is defined.
    """

    concept: Hashable
    period: DateSpan
    supporting: int
    contesting: int
    neutral: int
    share_contesting: float | None
    agreement: float | None
    keys: tuple[Hashable, ...]
    possible: tuple[Hashable, ...]
    opposed: int = 0

    @property
    def n(self) -> int:
        """The number of statements counted."""
        return self.supporting + self.contesting + self.neutral


def polarisation(
    stances: Iterable[Stance], periods: Sequence[DateSpan], *, duplicates: Duplicates = "once"
) -> tuple[Polarisation, ...]:
    """The division over each concept in each period, by concept and then in the order of ``periods``.

    The measure is van der Eijk's agreement A (2001) over the ordered answers contest, neither, support. It is used
    rather than a variance, because it is made for ordered answers, keeps its range of -1 to 1 whatever the number of
    statements, and tells a split (-1) from indifference (0), which a mean cannot.

    A period is a span of inclusive days; an open bound reaches for ever. A statement falls in it certainly if every
    day its date allows does (approximate dates widened), possibly if some does or nothing is known. With
    ``duplicates="once"`` a statement of one actor with one polarity counts once for a concept and period. Raises
    ValueError for an unknown ``duplicates``.
    """
    if duplicates not in ("once", "all"):
        raise ValueError(f"duplicates is one of once, all, not {duplicates!r}")
    by_concept: dict[Hashable, list[Stance]] = defaultdict(list)
    for stance in stances:
        by_concept[stance.concept].append(stance)
    return tuple(
        _divided(concept, period, by_concept[concept], duplicates)
        for concept in in_text_order(by_concept)
        for period in periods
    )


def agreement(counts: Sequence[int]) -> float | None:
    """Van der Eijk's agreement A (2001) in an ordered scale, from the number of answers in each category.

    The answers are taken apart into layers, each spread evenly over the categories it fills; A is the mean of the
    layers' agreement, weighted by their share of the answers. A layer that fills S of K categories has agreement
    U (1 - (S - 1) / (K - 1)), where U = ((K - 2) TU - (K - 1) TDU) / ((K - 2) (TU + TDU)), TU counts the triples of
    categories filled in a one-peaked way (110, 011), TDU those with a gap (101), and U is 1 if there are neither.
    From -1 (half at each end) over 0 (even spread) to 1 (all in one); None without an answer. Raises ValueError for
    fewer than three categories or a negative count.
    """
    if len(counts) < 3 or min(counts) < 0:
        raise ValueError("agreement needs at least three categories and no negative count")
    total = sum(counts)
    if total == 0:
        return None
    left = list(counts)
    weighted = 0.0
    while any(left):
        filled = [count > 0 for count in left]
        depth = min(count for count in left if count)
        weighted += depth * sum(filled) / total * _layer_agreement(filled)
        left = [count - depth if count else 0 for count in left]
    return weighted


def _layer_agreement(filled: Sequence[bool]) -> float:
    size = len(filled)
    triples = Counter(combinations(filled, 3))
    one_peaked = triples[True, True, False] + triples[False, True, True]
    gapped = triples[True, False, True]
    unimodal = 1.0
    if one_peaked + gapped:
        unimodal = ((size - 2) * one_peaked - (size - 1) * gapped) / ((size - 2) * (one_peaked + gapped))
    return unimodal * (1 - (sum(filled) - 1) / (size - 1))


def _divided(concept: Hashable, period: DateSpan, stances: Sequence[Stance], duplicates: Duplicates) -> Polarisation:
    lies = [(stance, lies_in(stance.when or UNKNOWN, period)) for stance in stances]
    certain = [stance for stance, within in lies if within == "certainly"]
    said = Counter((stance.actor, stance.polarity) for stance in certain)
    counts = Counter[int]()
    for (_, polarity), number in said.items():
        counts[polarity] += 1 if duplicates == "once" else number
    sided = counts[1] + counts[-1]
    sides = ({(stance.actor, stance.aspect) for stance in certain if stance.polarity == sign} for sign in (1, -1))
    opposed = sum(same_aspect(one, other) is not False for (_, one), (_, other) in product(*sides))
    alike = opposed > 0 or not (counts[1] and counts[-1])
    return Polarisation(
        concept,
        period,
        supporting=counts[1],
        contesting=counts[-1],
        neutral=counts[0],
        share_contesting=counts[-1] / sided if sided and alike else None,
        agreement=agreement((counts[-1], counts[0], counts[1])) if alike else None,
        keys=in_text_order(stance.key for stance in certain),
        possible=in_text_order(stance.key for stance, within in lies if within == "possibly"),
        opposed=opposed,
    )
