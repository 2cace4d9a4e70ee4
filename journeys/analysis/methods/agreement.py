"""Agreement between coders: percent agreement, Cohen's kappa, Krippendorff's alpha."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from fractions import Fraction

Pair = tuple[Hashable, Hashable]


def percent_agreement(pairs: Sequence[Pair]) -> float | None:
    """The share of units, 0 to 1, to which two coders gave the same value; None without a unit."""
    return sum(one == other for one, other in pairs) / len(pairs) if pairs else None


def cohen_kappa(pairs: Sequence[Pair]) -> float | None:
    """Agreement of two coders beyond what their own shares of each value would give by chance, -1 to 1.

    ``pairs`` are the values that the first and the second coder gave to each unit. None without a unit, and where both
    gave one and the same value throughout: chance alone then agrees always (0/0).

    SOURCE: Cohen, J. (1960), A coefficient of agreement for nominal scales, Educational and Psychological Measurement
    20(1), 37-46.
    """
    n = len(pairs)
    if not n:
        return None
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    observed = Fraction(sum(one == other for one, other in pairs), n)
    chance = sum((Fraction(first[value] * second[value], n * n) for value in first), Fraction(0))
    return None if chance == 1 else float((observed - chance) / (1 - chance))


def krippendorff_alpha(units: Iterable[Sequence[Hashable | None]]) -> float | None:
    """Reliability of nominal data by any number of coders: 1 is perfect, 0 is chance, below 0 is systematic conflict.

    ``units`` hold the value that each coder gave, None for a coder who did not judge the unit; units with fewer than
    two values are not counted. None where no two values can be compared, and where there is only one value in all, so
    that nothing varies.

    SOURCE: Krippendorff, K. (2011), Computing Krippendorff's alpha-reliability, section B to D; the coincidence matrix
    of Krippendorff (2004), Content Analysis, chapter 11.
    """
    totals: Counter[Hashable] = Counter()
    matches = Fraction(0)
    for unit in units:
        values = Counter(value for value in unit if value is not None)
        number = values.total()
        if number < 2:
            continue
        totals.update(values)
        matches += Fraction(sum(count * (count - 1) for count in values.values()), number - 1)
    n = totals.total()
    by_chance = sum(count * (count - 1) for count in totals.values())
    if not n or by_chance == n * (n - 1):
        return None
    return float(((n - 1) * matches - by_chance) / (n * (n - 1) - by_chance))
