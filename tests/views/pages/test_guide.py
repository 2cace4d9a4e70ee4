"""The page of a guided journey in a browser: it is played, walked by keyboard, and printed on two pages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

import journeys
from journeys.analysis.trace.guided import GuidedJourney, GuidedStop, worth_a_stop


@pytest.fixture(scope="module")
def guide(atlas: Path) -> Path:
    return atlas.parent / "guides" / "clinics.html"


def test_one_stop_at_a_time_with_its_mark_in_sight(open_page: Any, guide: Path) -> None:
    for width in (1280, 375):
        with open_page(guide, width) as seen:
            page = seen.page
            assert page.locator(".stops > li:visible").count() == 1
            assert page.get_by_text("Stop 1 of 8").count() == 1
            for _ in range(4):
                page.get_by_role("button", name="Next").click()
            shown = page.locator(".stops > li:visible")
            assert shown.locator("h2").inner_text() == "5. What was missing"
            page.wait_for_timeout(700)
            frame = page.locator(".map-frame:visible, .down-frame:visible").bounding_box()
            marks = page.locator("svg.map:visible a[aria-current]").all()
            assert [re.search("contested|supported", str(mark.text_content()))[0] for mark in marks] == [
                "contested", "supported",
            ]  # fmt: skip
            for mark in marks:
                box = mark.locator(".sign").bounding_box()
                for at, size in (("x", "width"), ("y", "height")):
                    assert 0 <= box[at] + box[size] / 2 - frame[at] <= frame[size]
            # A whole map is shown whole.
            for _ in range(4):
                page.get_by_role("button", name="Back").click()
            shown = page.locator(".map-frame:visible, .down-frame:visible")
            assert shown.evaluate("frame => frame.scrollWidth <= frame.clientWidth + 1")
            seen.assert_fits()
            assert seen.console == []


def test_a_keyboard_walks_to_the_form_cell(open_page: Any, guide: Path) -> None:
    with open_page(guide) as seen:
        page = seen.page
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        assert page.locator(".stops > li:visible h2").inner_text() == "3. Two accounts of who wrote it"
        assert page.evaluate("location.hash") == "#stop-3"
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.get_by_role("link", name=re.compile("int-AN.xlsx > Who did what > A2")).first.click()
        assert "Interview with the analyst" in page.locator("h1").inner_text()


def test_it_plays_by_itself_and_stops_when_asked(browser: Browser, guide: Path) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.clock.install()
        page.goto(guide.as_uri())
        play = page.get_by_role("button", name="Play")
        play.click()
        page.clock.run_for(200_000)
        assert page.get_by_text("Stop 8 of 8").count() == 1
        assert play.get_attribute("aria-pressed") == "false"
        play.click()
        page.get_by_role("button", name="Pause").click()
        page.clock.run_for(200_000)
        assert page.get_by_text("Stop 1 of 8").count() == 1


def test_a_link_leads_to_a_stop_and_the_journey_leads_to_the_guide(open_page: Any, guide: Path, atlas: Path) -> None:
    with open_page(guide) as seen:
        seen.page.goto(f"{guide.as_uri()}#stop-6")
        assert seen.page.locator(".stops > li:visible").get_attribute("id") == "stop-6"
    with open_page(next((atlas.parent / "journeys").glob("*d07.html"))) as seen:
        seen.page.get_by_role("link", name="Guided journey: How an assessment became two clinics").click()
        assert seen.page.locator("h1").inner_text() == "How an assessment became two clinics"


def test_ten_long_stops_are_printed_on_two_pages(browser: Browser, opened_demo: journeys.Study, tmp_path: Path) -> None:
    journey = opened_demo.trace("D07")
    steps = worth_a_stop(journey, 9)
    text = "It came up late in the evening, and few had read it. " * 7  # 371 letters
    stops = tuple(GuidedStop(f"What happened at stop {number}", text, (number,)) for number in steps)
    long = GuidedJourney("long", "A long way", text, journey, (GuidedStop("The whole map", text), *stops)[:10])
    page_file = opened_demo.write(long, tmp_path / "long.html")[0]
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(page_file.as_uri())
        printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 2


def test_a_hostile_text_stays_text(opened_demo: journeys.Study, open_page: Any, tmp_path: Path) -> None:
    evil = "</script><img src=x onerror=alert(1)> \u202e\u2028 " + "x" * 3000
    stop = GuidedStop(evil, evil, (1,))
    told = GuidedJourney("evil", evil, evil, opened_demo.trace("D07"), (stop, GuidedStop("", "a", missing=evil)))
    with open_page(opened_demo.write(told, tmp_path / "evil.html")[0], 375) as seen:
        assert seen.page.locator("img").count() == 0
        seen.assert_fits()
        assert seen.console == []
