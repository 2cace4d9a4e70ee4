"""Journeys that are larger than a map: marks and lanes are put together, and the page says so."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from journeys.analysis.trace.journey import Journey
from journeys.analysis.trace.line import junctions
from journeys.model.dates import read_date
from journeys.model.order import Order, order, sort_key
from journeys.views.pages.frame import PageFrame
from journeys.views.pages.journey import journey_page
from journeys.views.pages.journey_picture import caption
from journeys.views.pictures.bundles import MOST_BUNDLES, MOST_LANES, MOST_MARKS, MOST_UNDATED
from journeys.views.pictures.journey_map import journey_map
from journeys.views.pictures.journey_map_down import every_number, journey_map_down
from tests.journeys_by_hand import by_hand, many, said, thing
from tests.views.pictures.test_journey_line import WHENS


def large(number: int, lanes: int = 1) -> Journey:
    first = date(2005, 1, 1)
    return by_hand(
        *(
            said(
                thing(f"Group {n % lanes}", "Arena"),
                "SUPPORTED" if n % 3 else "CONTESTED",
                when=(first + timedelta(days=n)).isoformat() if n % 5 else "",
                note=str(n),
                source=f"Interview {n % 40}",
            )
            for n in range(number)
        )
    )


def test_five_thousand_steps_are_put_together_and_it_is_said() -> None:
    journey = large(5000, lanes=60)
    begun = perf_counter()
    laid_out, turned = journey_map(journey), journey_map_down(journey)
    assert perf_counter() - begun < 20
    assert len(laid_out.marks) <= MOST_BUNDLES
    assert len(laid_out.lanes) <= MOST_LANES
    assert len(laid_out.tray) <= MOST_LANES * MOST_UNDATED
    every = [number for mark in (*laid_out.marks, *laid_out.tray) for number in mark.numbers]
    steps = (*journey.steps, *journey.unplaced)
    assert sorted(every) == list(range(1, len(steps) + 1)) == sorted(every_number(turned))
    assert f"{laid_out.folded:,} steps share marks" in caption(journey, laid_out)[1]
    assert laid_out.folded > len(steps) / 2


def test_four_hundred_without_a_date_are_put_together_side_by_side() -> None:
    journey = by_hand(*many(400, "SUPPORTED"), *many(30, "CONTESTED"))
    tray = journey_map(journey).tray
    assert len(tray) <= MOST_UNDATED
    for mark in tray:
        steps = [journey.unplaced[number - 1] for number in mark.numbers]
        assert len({step.kind.name for step in steps}) == 1
    assert {mark.label.words for mark in tray if len(mark.numbers) > 1} == {
        "395 steps supporting it",
        "25 steps contesting it",
    }


def test_the_table_of_a_long_journey_is_folded_and_a_link_opens_it(browser: Any, tmp_path: Path) -> None:
    journey = large(1500)
    page = tmp_path / "long.html"
    page.write_text(journey_page(journey, journey_map(journey), PageFrame("Long")), encoding="utf-8")
    with browser.new_context(java_script_enabled=False) as context:
        seen = context.new_page()
        seen.goto(page.as_uri())
        parts = seen.locator("details.rows").all()
        assert len(parts) == -(-len((*journey.steps, *journey.unplaced)) // 200)
        assert "Steps 201 to 400: " in parts[1].locator("summary").first.inner_text()
        assert not seen.locator("#step-300").is_visible()
        seen.goto(page.as_uri() + "#step-300")
        assert seen.locator("#step-300").is_visible()


def test_a_journey_that_fits_has_a_mark_for_each_step() -> None:
    journey = large(MOST_MARKS)
    assert journey_map(journey).folded <= len(journey.unplaced)
    assert all(len(mark.numbers) == 1 for mark in journey_map(journey).marks)


@given(st.lists(WHENS, min_size=1, max_size=9))
def test_the_line_joins_what_is_certainly_in_order_and_nothing_else(whens: list[str]) -> None:
    spans = sorted((read_date(when) for when in whens), key=sort_key)
    found = junctions(spans)
    joined = {(one, other) for each in found if each.certain for one in each.before for other in each.after}
    reached = set(joined)
    for middle in range(len(spans)):
        reached |= {(a, d) for a, b in reached for c, d in reached if b == c == middle}
    sure = {
        (one, other)
        for one in range(len(spans))
        for other in range(len(spans))
        if order(spans[one], spans[other]) is Order.BEFORE
    }
    assert reached == sure
    for one, other in joined:  # nothing is certainly between two that are joined
        assert not any((one, each) in sure and (each, other) in sure for each in range(len(spans)))
