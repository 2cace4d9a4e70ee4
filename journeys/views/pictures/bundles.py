"""Marks of a journey map: a step each, or many steps in one where there are more than a map can show."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from journeys.analysis.trace.lanes import Lane
from journeys.analysis.trace.parts import Step
from journeys.model.dates import DateSpan
from journeys.model.order import outer_bounds

MOST_MARKS, MOST_BUNDLES, MOST_LANES, MOST_UNDATED = 120, 300, 24, 12
"""From how many dated marks on they are put together, and into how many at most; how many lanes a map has, and how many
undated marks a lane."""
_BINS = (48, 24, 12, 6, 3, 1)


@dataclass(frozen=True, slots=True)
class Bundle:
    """Steps that one mark stands for, with their numbers; where it stands, and when they happened."""

    numbers: tuple[int, ...]
    steps: tuple[Step, ...]
    lane: Lane
    x: float = 0.0

    @property
    def first(self) -> Step:
        """The first of them."""
        return self.steps[0]

    @property
    def when(self) -> DateSpan:
        """The days of all of them."""
        if len(self.steps) == 1:
            return self.first.when
        days = [outer_bounds(step.when) for step in self.steps]
        starts, ends = [start for start, _ in days], [end for _, end in days]
        first = None if None in starts else min(day for day in starts if day)
        last = None if None in ends else max(day for day in ends if day)
        return DateSpan(None, first, last, "between")


def in_few_lanes(bundles: Sequence[Bundle]) -> list[Bundle]:
    """The same, those of the smallest lanes in one lane where there are too many."""
    sizes = Counter(each.lane for each in bundles)
    if len(sizes) <= MOST_LANES:
        return list(bundles)
    kept = {lane for lane, _ in sizes.most_common(MOST_LANES - 1)}
    rest = Lane("people", "others", f"{len(sizes) - len(kept):,} other places")
    return [each if each.lane in kept else replace(each, lane=rest) for each in bundles]


def few(bundles: Sequence[Bundle], alike: Callable[[Step], object], left: float, right: float) -> list[Bundle]:
    """Bundles in the order of time; neighbours in a lane that are alike together, as far as they are too many."""
    if len(bundles) <= MOST_MARKS:
        return list(bundles)
    for bins in _BINS:
        width = (right - left) / bins
        groups: defaultdict[tuple[object, ...], list[Bundle]] = defaultdict(list)
        for each in bundles:
            place = min(int((each.x - left) / width), bins - 1)
            groups[place, each.lane, alike(each.first)].append(each)
        if len(groups) <= MOST_BUNDLES or bins == _BINS[-1]:
            break
    told = [_together(group, left + (int(str(place)) + 0.5) * width) for (place, *_), group in groups.items()]
    return sorted(told, key=lambda each: (each.x, each.numbers))


def few_undated(bundles: Sequence[Bundle], alike: Callable[[Step], object]) -> Iterator[Bundle]:
    """The undated of one lane; where there are too many, of what is alike the first few, and the rest as one."""
    if len(bundles) <= MOST_UNDATED:
        yield from bundles
        return
    groups: defaultdict[object, list[Bundle]] = defaultdict(list)
    for each in bundles:
        groups[alike(each.first)].append(each)
    single = max(MOST_UNDATED // len(groups) - 1, 0)
    for group in groups.values():
        if len(group) <= single + 1:
            yield from group
        else:
            yield from group[:single]
            yield _together(group[single:], 0.0)


def _together(group: Sequence[Bundle], x: float) -> Bundle:
    if len(group) == 1:
        return group[0]
    x = min(max(x, group[0].x), group[-1].x)
    numbers = tuple(number for each in group for number in each.numbers)
    return Bundle(numbers, tuple(step for each in group for step in each.steps), group[0].lane, round(x, 1))
