"""How far journeys get: for each group, the share that reached a stage or a later one, and where they stopped."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from statistics import NormalDist


@dataclass(frozen=True, slots=True)
class Reached:
    """The stages a journey reached, and its group (evidence type, site). ``ended`` False: still going, or not known."""

    journey: Hashable
    group: Hashable
    stages: frozenset[str]
    ended: bool = True


@dataclass(frozen=True, slots=True)
class StageSurvival:
    """One point of a curve.

    ``reached`` journeys reached this stage or a later one; ``recorded`` have this very stage. ``survived`` is the
    share (0 to 1) of all that got here, ``low`` and ``high`` its interval; ``stopped`` are the journeys whose furthest
    stage this is and that ended, ``going`` those that are still going, both in text order.
    """

    stage: str
    reached: int
    recorded: int
    survived: float
    low: float
    high: float
    stopped: tuple[Hashable, ...]
    going: tuple[Hashable, ...]


@dataclass(frozen=True, slots=True)
class GroupSurvival:
    """The curve of one group of ``n`` journeys.

    ``never`` ended without reaching any stage of the order, ``not_started`` are still going and reached none.
    """

    group: Hashable
    n: int
    points: tuple[StageSurvival, ...]
    never: tuple[Hashable, ...]
    not_started: tuple[Hashable, ...]


@dataclass(frozen=True, slots=True)
class SurvivalStep:
    """One time at which something ended: how many were ``at_risk`` and ended then, and the survival after it.

    ``error`` is Greenwood's standard error of ``survival``; None where nothing survives.
    """

    time: float
    at_risk: int
    events: int
    survival: float
    error: float | None


def stage_survival(
    journeys: Iterable[Reached],
    order: Sequence[str],
    *,
    censored: bool = False,
    confidence: float = 0.95,
) -> tuple[GroupSurvival, ...]:
    """For each group and stage, the share of journeys that reached that stage or any later one in ``order``.

    A journey's place is its furthest stage: one that skipped a stage counts as having come past it. Stages that are
    not in ``order`` are left aside, so that one that may come at any point, such as contestation, is left out by
    leaving it out of the order.

    Without ``censored`` every journey counts with what it has reached so far, and the interval is Wilson's (1927).
    With it, a journey that has not ended is right-censored at its furthest stage: it counts for the stages up to
    there and is out of the reckoning afterwards (Kaplan & Meier 1958, the stages being the times); the interval is
    the log-minus-log one (Kalbfleisch & Prentice 1980) on Greenwood's variance, and 0 to 1 where that is undefined
    (survival 0 or 1). If no journey is censored, the shares of both are equal.

    Groups come in text order. Raises ValueError if ``order`` is empty or repeats a stage, if a journey comes twice in
    a group, or for a ``confidence`` outside 0 to 1.
    """
    if not order or len(set(order)) < len(order):
        raise ValueError("the order needs at least one stage and each only once")
    z = _z(confidence)
    groups: dict[Hashable, list[Reached]] = defaultdict(list)
    for journey in journeys:
        groups[journey.group].append(journey)
    return tuple(_curve(group, groups[group], order, censored, z) for group in sorted(groups, key=str))


def kaplan_meier(times: Sequence[float], ended: Sequence[bool]) -> tuple[SurvivalStep, ...]:
    """The product-limit estimate (Kaplan & Meier 1958) with Greenwood's (1926) standard error.

    ``ended[i]`` says whether the i-th ended at ``times[i]``, or was only followed until then (censored, and at risk
    at that very time). One step for each time at which any ended; none without one. Raises ValueError if the two
    differ in length.
    """
    events = Counter(time for time, end in zip(times, ended, strict=True) if end)
    steps = []
    survival, variance = 1.0, 0.0
    for time in sorted(events):
        at_risk = sum(1 for other in times if other >= time)
        left = at_risk - events[time]
        survival *= left / at_risk
        variance = variance + events[time] / (at_risk * left) if left else math.inf
        steps.append(
            SurvivalStep(time, at_risk, events[time], survival, survival * math.sqrt(variance) if left else None)
        )
    return tuple(steps)


def _curve(
    group: Hashable, journeys: Sequence[Reached], order: Sequence[str], censored: bool, z: float
) -> GroupSurvival:
    if len({journey.journey for journey in journeys}) < len(journeys):
        raise ValueError(f"a journey comes twice in the group {group!r}")
    place = {stage: index for index, stage in enumerate(order)}
    furthest = [max((place[stage] for stage in journey.stages if stage in place), default=-1) for journey in journeys]
    # Having stopped at the last stage is no loss: the curve has no point after it.
    steps = kaplan_meier(furthest, [journey.ended for journey in journeys])

    def at(index: int, ended: bool) -> tuple[Hashable, ...]:
        names = (
            journey.journey
            for journey, reached in zip(journeys, furthest, strict=True)
            if reached == index and journey.ended is ended
        )
        return tuple(sorted(names, key=str))

    points = []
    for index, stage in enumerate(order):
        reached = sum(far >= index for far in furthest)
        if censored:
            survived, low, high = _surviving(steps, index, z)
        else:
            survived = reached / len(journeys)
            low, high = _wilson(reached, len(journeys), z)
        recorded = sum(stage in journey.stages for journey in journeys)
        points.append(StageSurvival(stage, reached, recorded, survived, low, high, at(index, True), at(index, False)))
    return GroupSurvival(group, len(journeys), tuple(points), at(-1, True), at(-1, False))


def _surviving(steps: Sequence[SurvivalStep], index: int, z: float) -> tuple[float, float, float]:
    """What survives the stops before a stage, with the interval."""
    earlier = [step for step in steps if step.time < index]
    if not earlier:
        return 1.0, 0.0, 1.0
    last = earlier[-1]
    if last.error is None or last.error == 0:
        return last.survival, 0.0, 1.0
    spread = math.exp(z * last.error / (last.survival * abs(math.log(last.survival))))
    return last.survival, last.survival**spread, last.survival ** (1 / spread)


def _wilson(successes: int, n: int, z: float) -> tuple[float, float]:
    if n == 0:
        return math.nan, math.nan
    share = successes / n
    centre = share + z * z / (2 * n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    # At the ends the root is exact in theory only.
    low = 0.0 if successes == 0 else (centre - half) / scale
    high = 1.0 if successes == n else (centre + half) / scale
    return low, high


def _z(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise ValueError("a confidence lies between 0 and 1")
    return NormalDist().inv_cdf((1 + confidence) / 2)
