"""Set relations between conditions and an outcome: membership, calibration, consistency and coverage."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

Cases = Mapping[Hashable, Mapping[str, float | None]]
"""Each case's values by name: 0 or 1 (crisp), between (fuzzy), None for not known."""


@dataclass(frozen=True, slots=True)
class Sufficiency:
    """How far a condition is a subset of the outcome; each 0 to 1, None where the definition divides by 0.

    ``pri`` is the proportional reduction in inconsistency.
    """

    consistency: float | None
    coverage: float | None
    pri: float | None


@dataclass(frozen=True, slots=True)
class Necessity:
    """How far a condition is a superset of the outcome; each 0 to 1, None where the definition divides by 0.

    ``relevance`` is low for a condition that nearly every case has, and that is necessary trivially.
    """

    consistency: float | None
    coverage: float | None
    relevance: float | None


def sufficiency(condition: Sequence[float], outcome: Sequence[float]) -> Sufficiency:
    """Sufficiency of membership x in a condition for membership y in the outcome, case by case (Ragin 2006, 2008).

    Consistency is sum min(x, y) / sum x, coverage sum min(x, y) / sum y, PRI (sum min(x, y) - m) / (sum x - m) with
    m = sum min(x, y, 1 - y). Raises ValueError if the two differ in length.
    """
    pairs = list(zip(condition, outcome, strict=True))
    both = math.fsum(min(pair) for pair in pairs)
    either_way = math.fsum(min(x, y, 1 - y) for x, y in pairs)
    in_condition, in_outcome = math.fsum(condition), math.fsum(outcome)
    return Sufficiency(
        _ratio(both, in_condition),
        _ratio(both, in_outcome),
        _ratio(both - either_way, in_condition - either_way),
    )


def necessity(condition: Sequence[float], outcome: Sequence[float]) -> Necessity:
    """Necessity of membership x in a condition for membership y in the outcome, case by case (Ragin 2006).

    Consistency is sum min(x, y) / sum y, coverage sum min(x, y) / sum x, relevance
    sum (1 - x) / sum (1 - min(x, y)) (RoN, Schneider & Wagemann 2012). Raises ValueError if the two differ in length.
    """
    pairs = list(zip(condition, outcome, strict=True))
    both = math.fsum(min(pair) for pair in pairs)
    outside = math.fsum(1 - x for x in condition)
    return Necessity(
        _ratio(both, math.fsum(outcome)),
        _ratio(both, math.fsum(condition)),
        _ratio(outside, math.fsum(1 - min(pair) for pair in pairs)),
    )


def membership(cases: Cases, expression: str) -> dict[Hashable, float | None]:
    """Each case's membership in a sum of products such as "DEV*~URB + LIT", in the order of ``cases``.

    "~" is 1 minus, "*" the least and "+" the greatest (Zadeh 1965); brackets are not read. None for a case that lacks
    a value. Raises ValueError for an empty term or a value outside 0 to 1.
    """
    terms = [[name.strip() for name in term.split("*")] for term in expression.split("+")]
    if any(not name.removeprefix("~").strip() for term in terms for name in term):
        raise ValueError(f"{expression!r} has an empty term")
    found: dict[Hashable, float | None] = {}
    for case, values in cases.items():
        looked_up = [[membership_of(case, values, name) for name in term] for term in terms]
        known = [[value for value in term if value is not None] for term in looked_up]
        complete = all(len(one) == len(other) for one, other in zip(known, looked_up, strict=True))
        found[case] = max(min(term) for term in known) if complete else None
    return found


def membership_of(case: Hashable, values: Mapping[str, float | None], name: str) -> float | None:
    """A case's value by name, negated after "~"; None if it is None, NaN or absent.

    Raises ValueError for a value outside 0 to 1.
    """
    bare = name.removeprefix("~").strip()
    value = values.get(bare)
    if value is None or math.isnan(value):
        return None
    if not 0 <= value <= 1:
        raise ValueError(f"{bare} of {case} is {value}: a membership lies between 0 and 1")
    return float(1 - value if name.startswith("~") else value)


def _ratio(part: float, whole: float) -> float | None:
    # Below this a sum of memberships is a rounding error of 0.
    if abs(whole) < 1e-12:
        return None
    return min(1.0, max(0.0, part / whole))
