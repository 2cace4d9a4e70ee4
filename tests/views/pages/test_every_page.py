"""What holds for every kind of page: people with other eyes, screens, browsers and printers can read it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from journeys.views.pages.frame import PageFrame
from journeys.views.pages.listing import listing_page
from journeys.views.render import write_page
from tests.engines import ONLY_WITH_ALL

KINDS = (
    "index.html",
    "people/index.html",
    "journeys/*d07.html",
    "sites/site-all.html",
    "matrices/site-all.html",
    "sites/compare.html",
    "guides/*.html",
    "storylines/site-all.html",
    "answers/*.html",
    "measures/*.html",
    "across/index.html",
    "across/*.html",
    "answers/index.html",
    "answers/networks-introducers.html",
    "measures/brokerage.html",
    "sources/*d07.html",
    "meetings/*.html",
    "tables/*.html",
    "schema/index.html",
    "schema/*.html",
    "quality/index.html",
)
"""One page of each kind that is written in its own way."""

EYES: tuple[dict[str, Any], ...] = (
    {"color_scheme": "light", "forced_colors": "none"},
    {"color_scheme": "dark", "forced_colors": "none"},
    {"color_scheme": "dark", "forced_colors": "active"},
)


def page_of(atlas: Path, kind: str) -> Path:
    """The first page of a kind."""
    return next(page for page in sorted(atlas.parent.glob(kind)) if kind.endswith("index.html") or page.stem != "index")


@pytest.fixture(scope="module")
def kinds(atlas: Path, demo_study: Any, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A page of each kind, and those that stand by themselves: of a journey, of a network, of a report."""
    import journeys

    alone = tmp_path_factory.mktemp("alone")
    study = journeys.open(demo_study("embedded").folder)
    with study.store():
        study.write(study.trace("D24"), alone / "journey.html")
        study.write(study.network("Westbury"), alone / "network.html")
        study.write(study.report("journey", "D24"), alone / "report.html")
    return [*(page_of(atlas, kind) for kind in KINDS), *sorted(alone.glob("*.html"))]


SHORTENED = """
for (const many of document.querySelectorAll("tbody, ul, ol")) {
  [...many.children].forEach((each, at) => { if (at >= 12 && at % 20) each.remove(); });
}
"""
"""Of many rows and items, written in one way, the first twelve and every twentieth stay: axe looks at each."""


@ONLY_WITH_ALL
def test_axe_finds_nothing_at_any_level_in_light_dark_and_forced_colours(browser: Browser, kinds: list[Path]) -> None:
    axe = Axe()
    every: dict[str, Any] = {"resultTypes": ["violations"]}  # axe describes in full only what is wrong
    # All other rules look at what is the same in every light.
    of_colours = {**every, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
    # Without motion: colours would still be on their way when axe looks.
    with browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce") as context:
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        for file in kinds:
            page.goto(file.as_uri())
            page.evaluate(SHORTENED)
            for eyes in EYES:
                page.emulate_media(**eyes)
                found = axe.run(page, options=every if eyes == EYES[0] else of_colours)
                assert not found.violations_count, f"{file.name}, {eyes}: {found.generate_report()}"
            page.emulate_media(**EYES[0])
        assert said == []


def test_no_page_scrolls_sideways(open_page: Any, kinds: list[Path]) -> None:
    with open_page(kinds[0], 320) as seen:
        for file in kinds:
            seen.page.goto(file.as_uri())
            for width in (320, 700, 3840):
                seen.page.set_viewport_size({"width": width, "height": 900})
                seen.assert_fits()
        assert seen.console == []


def test_without_scripts_everything_but_the_network_can_be_read(browser: Browser, kinds: list[Path]) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        drawn_by_script: list[str] = []
        for file in kinds:
            page.goto(file.as_uri())
            assert page.locator("h1").count() == 1, file
            words = page.locator("main").inner_text()
            if "need JavaScript" in words:
                drawn_by_script.append(file.relative_to(file.parents[1]).as_posix())
            else:
                assert len(words.split()) > 25, file
                assert page.locator("tbody:empty:visible").count() == 0, file
            # What only a script can do is not offered.
            assert page.locator("#find:visible, #colours:visible, #choose:visible").count() == 0, file
        # Pictures of networks; that two sites are compared in figures can be read all the same.
        assert sorted(each.rpartition("/")[2] for each in drawn_by_script) == [
            "compare.html",
            "network.html",
            "site-all.html",
        ]
        page.goto(kinds[0].as_uri())
        assert page.locator(".journey:visible").count() == 25
        page.locator(".journey-name a", has_text="D07").click()
        assert "Diabetes health needs assessment" in page.locator("h1").inner_text()


def test_every_page_leads_back_up(kinds: list[Path], open_page: Any, atlas: Path) -> None:
    with open_page(kinds[0]) as seen:
        for file in kinds[1 : len(KINDS)]:
            seen.page.goto(file.as_uri())
            ways = seen.page.get_by_role("navigation", name="Breadcrumbs").get_by_role("link")
            assert ways.first.inner_text() == "Home", file
            ways.last.click()
            assert seen.page.locator("h1").count() == 1
            if target := seen.page.evaluate("location.hash"):
                assert seen.page.locator(target).count() == 1, file


def test_on_paper_nothing_is_folded_away(open_page: Any, kinds: list[Path]) -> None:
    journey = next(file for file in kinds if "d07" in file.name)
    with open_page(journey) as seen:
        folded = seen.page.locator("details:not([open])")
        before = folded.count()
        assert before
        seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert folded.count() == 0
        seen.page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert folded.count() == before
        for file in kinds:
            seen.page.goto(file.as_uri())
            seen.page.emulate_media(media="print", color_scheme="dark")
            ground = "getComputedStyle(document.querySelector('main')).color"
            assert seen.page.evaluate(ground) == "rgb(27, 31, 36)", file  # dark words, whatever the screen has


def test_a_live_page_is_shown_anew_when_there_is_a_newer_version(open_page: Any, tmp_path: Path) -> None:
    frame = PageFrame("A study", search="search/", live=True)
    page, version = tmp_path / "index.html", tmp_path / "live" / "version.js"
    write_page(page, listing_page("People", [], frame))
    write_page(version, 'journeysLive("1", "");\n')
    with open_page(page) as seen:
        seen.page.wait_for_function("() => window.journeysLive && document.getElementById('live').hidden")
        write_page(page, listing_page("People and groups", [], frame))
        write_page(version, 'journeysLive("2", "The forms have 1 problem.");\n')
        seen.page.get_by_role("heading", name="People and groups").wait_for(timeout=10_000)
        seen.page.get_by_text("The forms have 1 problem.").wait_for(timeout=10_000)
        assert seen.console == []
        assert all(url.startswith("file:") for url in seen.requests)


def test_names_of_files_stay_when_the_atlas_is_made_again(atlas: Path, pages: dict[Path, Any]) -> None:
    names = {page.relative_to(atlas.parent.resolve()).as_posix() for page in pages}
    assert {"journeys/document-north.diabetes.d07.html", "people/mv.html", "sources/north.diabetes.d07.html"} <= names


def test_a_form_cell_is_few_keys_away_from_home(open_page: Any, atlas: Path) -> None:
    with open_page(atlas) as seen:
        keyboard, keys = seen.page.keyboard, ["/", *"d07", "ArrowDown", "ArrowDown", "Enter"]
        keyboard.press(keys[0])
        for key in keys[1:4]:
            keyboard.press(key)
        seen.page.locator("#find-hits .hit").first.wait_for()
        for key in keys[4:-1]:  # the first hit is the journey, the second what is written in and about it
            keyboard.press(key)
        with seen.page.expect_navigation():
            keyboard.press(keys[-1])
        assert len(keys) <= 12
        assert "Diabetes health needs assessment" in seen.page.locator("h1").inner_text()
        assert seen.page.locator(".address a, .address").first.inner_text().startswith("forms/INVENTED D07.xlsx")
        assert seen.page.locator("footer").inner_text().startswith("Data as loaded on ")
        assert seen.console == []


WALK = ("Tab", "Enter", "Tab", "Tab", "Enter", "Tab", "Enter", "Tab", "Tab", "Enter", "Tab", "Enter")
"""Skip to the content; from the second figure, the sources, to their list; past its filter to the first; into it."""


def test_tab_and_enter_alone_lead_from_home_to_a_form_cell(open_page: Any, atlas: Path) -> None:
    assert len(WALK) <= 12
    with open_page(atlas) as seen:
        passed = []
        for key in WALK:
            if key == "Enter":  # each is on a link
                with seen.page.expect_navigation():
                    seen.page.keyboard.press(key)
            else:
                seen.page.keyboard.press(key)
            passed.append(seen.page.evaluate("document.activeElement.innerText.split('\\n')[0]"))
        assert passed[0] == passed[5] == passed[10] == "Skip to content"
        assert passed[3].startswith("34")
        assert passed[8] == "D01 · Joint strategic needs assessment"
        cells = "[...document.activeElement.querySelectorAll('.address')].map((each) => each.innerText)"
        assert seen.page.evaluate("document.activeElement.id") == "content"
        assert any(cell.startswith("forms/INVENTED D01.xlsx") for cell in seen.page.evaluate(cells))
        assert seen.console == []


def test_pages_that_stand_alone_say_when_their_data_were_loaded(kinds: list[Path]) -> None:
    for file in kinds:
        if file.name in ("journey.html", "network.html"):
            assert "Data as loaded on " in file.read_text(encoding="utf-8")
