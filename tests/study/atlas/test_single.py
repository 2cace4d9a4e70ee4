"""The whole atlas in one file: every link leads to a place in it, with and without scripts."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

import journeys
from tests.engines import ONLY_WITH_ALL

SHOWN_HEADS = "[...document.querySelectorAll('h1')].filter((each) => each.offsetParent).map((each) => each.innerText)"
"""The headings that can be seen; playwright's own way takes seconds, because there is one on each of 400 pages."""


@pytest.fixture(scope="module")
def file(demo_study: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The atlas of the demo as one file."""
    study = journeys.open(demo_study("embedded").folder)
    return study.atlas(tmp_path_factory.mktemp("single") / "atlas.html", single=True)


def test_ids_are_unique_and_every_link_leads_to_one(file: Path) -> None:
    text = re.sub(r"<(script|style)>.*?</\1>", "", file.read_text(encoding="utf-8"), flags=re.S)
    ids = Counter(re.findall(r' id="([^"]+)"', text))
    assert [each for each, number in ids.items() if number > 1] == []
    links = set(re.findall(r' href="([^"]*)"', text))
    assert len(links) > 1000
    assert [link for link in links if not link.startswith("#") or link[1:] not in ids] == []
    for names in re.findall(r' aria-(?:labelledby|describedby)="([^"]+)"', text):
        assert set(names.split()) <= set(ids), names
    assert "Data as loaded on" in text
    assert "those of networks, search and the home page are in it" in text
    assert "file:" not in text.partition("Content-Security-Policy")[2].partition(">")[0]


def test_one_page_is_shown_at_a_time_with_and_without_scripts(file: Path, chromium: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium), args=["--no-sandbox", "--disable-gpu"])
        for scripts in (True, False):
            with browser.new_context(java_script_enabled=scripts) as context:
                page, said = context.new_page(), list[str]()
                page.on("console", lambda message, said=said: said.append(message.text))
                page.on("pageerror", lambda error, said=said: said.append(str(error)))
                page.goto(file.as_uri())
                assert page.evaluate(SHOWN_HEADS) == ["Three sites (invented)"]
                page.locator(".journey-name a", has_text="D07").click()
                assert page.evaluate(SHOWN_HEADS) == ["D07 · Diabetes health needs assessment"]
                assert "journeys/" in page.url
                page.locator("article:target .crumbs a").first.click()
                assert page.evaluate(SHOWN_HEADS) == ["Three sites (invented)"]
                if scripts:
                    page.keyboard.press("/")
                    page.get_by_role("combobox", name="Search").fill("Diabetes health needs")
                    page.locator("#find-hits .hit").first.wait_for()
                    page.keyboard.press("ArrowDown")
                    page.keyboard.press("Enter")
                    assert page.evaluate(SHOWN_HEADS) == ["D07 · Diabetes health needs assessment"]
                    page.locator("article:target .crumbs a").first.click()
                    page.get_by_label("Sort by").select_option("-claims")
                    assert "D07" in page.locator(".journey-name:visible").first.inner_text()
                assert said == []
        browser.close()


@ONLY_WITH_ALL
def test_networks_are_drawn_when_their_page_is_shown(file: Path, chromium: Path) -> None:
    at = '[id="page:sites/site-{}:{}"]'
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium), args=["--no-sandbox", "--disable-gpu"])
        with browser.new_page() as page:
            said = list[str]()
            page.on("console", lambda message: said.append(message.text))
            page.on("pageerror", lambda error: said.append(str(error)))
            for site in ("north", "east"):  # in either, names lead to what is on its own page
                page.goto(f"{file.as_uri()}#page:sites/site-{site}")
                page.locator(at.format(site, "picture")).locator("canvas").wait_for()
                assert page.locator("canvas:visible").count() == 1
                rows = page.locator(at.format(site, "rows")).locator("tr")
                ties = rows.count()
                page.locator("article:target fieldset[data-filter=polarity] input").first.uncheck()
                assert 0 < rows.count() < ties
                page.locator(at.format(site, "name")).fill("a")
                page.locator(at.format(site, "found")).locator("button").first.click()
                page.locator(at.format(site, "detail")).locator("a", has_text="All about").click()
                assert page.url.partition("#")[2].startswith("page:people/")
                assert page.locator("canvas:visible").count() == 0
            page.goto(f"{file.as_uri()}#page:sites/compare")
            page.locator("article:target canvas").nth(1).wait_for()
            page.locator("article:target").get_by_label("Right").select_option(label="Westbury")
            assert page.locator("article:target h2").nth(1).inner_text() == "Westbury"
            assert said == []
        with browser.new_context(java_script_enabled=False) as context:
            page = context.new_page()
            page.goto(f"{file.as_uri()}#page:sites/site-north")
            notices = page.locator("article:target .not-drawn:visible").all_inner_texts()
            assert notices == ["The diagrams, and the table of all ties, need JavaScript."]
            assert page.locator("article:target :is(canvas, button, input, table):visible").count() == 0
            assert page.get_by_role("heading", name="Definitions of the relations").is_visible()
        browser.close()


def test_it_stands_by_itself_and_needs_a_file(demo_study: Any, run_cli: Any, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    told = run_cli("--study", demo_study("embedded").folder, "atlas", "--single", "-o", "folder")
    assert told.code == 2
    assert "folder is a folder. Name another place after -o." in told.stderr
    told = run_cli("--study", demo_study("embedded").folder, "atlas", "--single", "--watch")
    assert told.code == 2
