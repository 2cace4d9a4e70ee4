"""The pages of questions and measures: what the commands give, each row with its claims, each claim with its cell."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import journeys
from journeys.analysis.measures.registry import MEASURES
from journeys.analysis.questions.answer import refers_to
from tests.views.pages.conftest import ReadPage

PLACE = re.compile(r"^#?c[0-9a-f]{10}$")


def rows_of(page: Path) -> list[list[str]]:
    """The cells of the first table of results, as text, without the column of sources."""
    text = page.read_text(encoding="utf-8").partition('<table class="result">')[2].partition("</table>")[0]
    return [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td><bdi>(.*?)</bdi></td>", row, re.S)]
        for row in text.split("<tr")[2:]
    ]


def test_every_question_that_needs_no_document_has_a_page(atlas: Path, opened_demo: journeys.Study) -> None:
    asked = {
        query.name.replace("/", "-")
        for query in opened_demo.questions().questions
        if not any(one.required and refers_to(query, name) for name, one in query.parameters.items())
    }
    assert {page.stem for page in (atlas.parent / "answers").glob("*.html")} == {*asked, "index"}
    listed = (atlas.parent / "answers" / "index.html").read_text(encoding="utf-8")
    assert "journeys ask origins --param document=…" in listed


def test_every_measure_has_a_page(atlas: Path) -> None:
    pages = {page.stem for page in (atlas.parent / "measures").glob("*.html")}
    listed = ReadPage(atlas.parent / "measures" / "index.html")
    linked = {href.removesuffix(".html") for href, _ in listed.links if "/" not in href and href.endswith(".html")}
    assert pages - {"index"} == linked - {"index"}
    assert {"brokerage", "centrality", "survival"} <= pages <= {*MEASURES, "index"}


@pytest.mark.parametrize("name", ["quality-resting_on_little", "networks-introducers"])
def test_an_answer_is_that_of_the_command(atlas: Path, opened_demo: journeys.Study, name: str) -> None:
    page = atlas.parent / "answers" / f"{name}.html"
    answer = opened_demo.ask(name.replace("-", "/"))
    rows = rows_of(page)
    assert len(rows) == min(len(answer.rows), 200)
    assert any(str(answer.rows_in_words[0][0]) == cell for cell in rows[0])
    assert "MATCH" in page.read_text(encoding="utf-8").partition("<pre")[2]


def test_each_number_of_a_row_leads_to_a_claim_with_its_cell(atlas: Path) -> None:
    for folder in ("answers", "measures"):
        for file in (atlas.parent / folder).glob("*.html"):
            page = ReadPage(file)
            claims = {name for name in page.ids if PLACE.match(name)}
            named = {href.removeprefix("#") for href, _ in page.links if PLACE.match(href)}
            assert named == claims, file
            assert all("> " in page.words[name] for name in claims), file


def test_from_home_to_a_form_cell_by_way_of_a_measure(open_page: Any, atlas: Path) -> None:
    with open_page(atlas) as seen:
        seen.page.get_by_role("link", name="Measures").click()
        seen.page.get_by_role("link", name="brokerage").first.click()
        assert seen.page.locator("h1").inner_text() == "Brokerage"
        assert seen.page.locator(".drawing-frame svg").count() >= 1
        # Three clicks from a figure: its source, the cell, and there it is marked.
        seen.page.locator(".refs a").first.click()
        address = seen.page.locator(".numbered:target .address a")
        address.click()
        seen.page.wait_for_load_state()
        assert seen.page.locator(":target").count() == 1
        assert seen.console == []


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize(
    "name", ["answers/index", "answers/networks-introducers", "measures/brokerage", "measures/uses"]
)
def test_pages_fit(open_page: Any, atlas: Path, name: str, width: int) -> None:
    with open_page(atlas.parent / f"{name}.html", width) as seen:
        assert seen.console == []
        seen.assert_fits()
