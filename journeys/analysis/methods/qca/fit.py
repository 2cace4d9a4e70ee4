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


def calibrate(value: float, *, out: float, crossover: float, full: float, log_odds: float = 3.0) -> float:
    """Membership (0 to 1) of a raw value by the direct method (Ragin 2008, chapter 5).

    ``out``, ``crossover`` and ``full`` are the raw values of full non-membership, of 0.5, and of full membership;
    they run up or down. Distances from the crossover become log odds on the scale in which ``full`` has ``log_odds``
    and ``out`` the opposite; with Ragin's 3 these are memberships of 0.953 and 0.047. R's QCA has log(0.95 / 0.05).

    Raises ValueError if the three anchors do not run in one direction or ``log_odds`` is not positive.
    """
    if not (out < crossover < full or out > crossover > full):
        raise ValueError("the anchors need to run one way: out, crossover, full")
    if log_odds <= 0:
        raise ValueError("log_odds has to be positive")
    inside = (value - crossover) * (full - crossover) >= 0
    odds = log_odds * (value - crossover) / abs((full if inside else out) - crossover)
    if full < out:
        odds = -odds
    # Both forms are the same logistic curve; each is used where its exponential cannot overflow.
    return 1 / (1 + math.exp(-odds)) if odds >= 0 else math.exp(odds) / (1 + math.exp(odds))


def _ratio(part: float, whole: float) -> float | None:
    # Below this a sum of memberships is a rounding error of 0.
    if abs(whole) < 1e-12:
        return None
    return min(1.0, max(0.0, part / whole))
