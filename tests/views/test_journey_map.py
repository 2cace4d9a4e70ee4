"""The layout of the journey map: nothing covers anything else, everything is inside, uncertain dates are bars."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest

import journeys
from journeys.analysis.journey_places import places_of
from journeys.views.journey_map import HEAD, PLOT, ROW, JourneyMap, Mark, journey_map

TRACED = ["D07", "D08", "D23", "D24", "D33", "demo:evidence:ward-census", "demo:evidence:testimony"]
LETTER = 6.1


@pytest.fixture(scope="module")
def maps(demo_study: Callable[..., Any]) -> dict[str, JourneyMap]:
    study = journeys.open(demo_study("embedded").folder)
    with study.store() as store:
        traced = {ref: study.trace(ref) for ref in TRACED}
        return {ref: journey_map(journey, places_of(store, journey)) for ref, journey in traced.items()}


def extent(mark: Mark) -> tuple[float, float]:
    words = len(mark.label) * LETTER
    label = (mark.label_x - words, mark.label_x) if mark.label_end else (mark.label_x, mark.label_x + words)
    bar = mark.bar or (mark.x, mark.x)
    return min(mark.x - 8, label[0], bar[0]), max(mark.x + 8, label[1], bar[1])


@pytest.mark.parametrize("ref", TRACED)
def test_nothing_covers_anything_else(maps: dict[str, JourneyMap], ref: str) -> None:
    laid_out = maps[ref]
    for one, other in combinations((*laid_out.marks, *laid_out.tray), 2):
        (left, right), (other_left, other_right) = extent(one), extent(other)
        assert abs(one.y - other.y) >= ROW or right <= other_left or other_right <= left, (one.label, other.label)


@pytest.mark.parametrize("ref", TRACED)
def test_every_mark_is_in_its_lane_and_beside_the_heads(maps: dict[str, JourneyMap], ref: str) -> None:
    laid_out = maps[ref]
    for mark in laid_out.marks:
        assert any(band.y <= mark.y - ROW / 2 and mark.y + ROW / 2 <= band.y + band.height for band in laid_out.lanes)
        left, right = extent(mark)
        assert left + 10 >= HEAD
        assert right <= HEAD + PLOT + 10
    bottoms = [band.y + band.height for band in laid_out.lanes]
    assert [band.y for band in laid_out.lanes][1:] == pytest.approx(bottoms[:-1])


def test_a_day_is_a_mark_and_uncertain_dates_are_bars(maps: dict[str, JourneyMap]) -> None:
    marks = {mark.step.kind.name: mark for mark in maps["D07"].marks}
    assert marks["CONTESTED"].bar is None
    wrote = marks["AUTHORED"]
    assert wrote.bar is not None
    assert (wrote.open, wrote.x) == (
        (True, False),
        wrote.bar[1],
    )  # before April 2011: at the last day, open to the left
    commissioned = marks["COMMISSIONED"]
    assert commissioned.bar is not None
    assert commissioned.open == (False, False)
    assert commissioned.bar[0] < commissioned.x < commissioned.bar[1]
    assert {mark.step.when.date_from for mark in maps["D07"].tray} == {None}


def test_signs_tell_sides_and_how_it_is_known(maps: dict[str, JourneyMap]) -> None:
    marks = (*maps["D07"].marks, *maps["D07"].tray)
    assert {mark.shape for mark in marks if mark.step.kind.name == "CONTESTED"} == {"contest"}
    assert {mark.style for mark in marks if mark.step.negated} == {"negated"}
    assert {mark.style for mark in marks if mark.step.derived} == {"derived"}
    assert any(mark.style == "interpretive" for mark in marks)
    assert any(stretch.certain for stretch in maps["D07"].way)
    assert any(not stretch.certain for stretch in maps["D07"].way)
