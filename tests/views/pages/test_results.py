"""The pages of questions and measures: what the commands give, each row with its claims, each claim with its cell."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest

import journeys
from journeys.analysis.measures.registry import MEASURES
from journeys.views.pages.plain_words import SAYS
from tests.views.pages.conftest import ReadPage

PLACE = re.compile(r"^#?c[0-9a-f]{10}$")


def rows_of(page: Path) -> list[list[str]]:
    """The cells of the first table of results, as text, without the column of sources."""
    text = page.read_text(encoding="utf-8").partition('<table class="result stack">')[2].partition("</table>")[0]
    return [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td[^>]*><bdi>(.*?)</bdi></td>", row, re.S)]
        for row in text.split("<tr")[2:]
    ]


def test_every_question_has_a_page(atlas: Path, opened_demo: journeys.Study) -> None:
    asked = {query.name.replace("/", "-") for query in opened_demo.questions().questions}
    assert {page.stem for page in (atlas.parent / "answers").glob("*.html")} == {*asked, "index"}
    numbers = {number for query in opened_demo.questions().questions for number in query.numbers}
    assert numbers == set(range(1, 46))
    listed = (atlas.parent / "answers" / "index.html").read_text(encoding="utf-8")
    assert "journeys ask origins --param document=… asks of another." in listed


def test_a_question_about_one_thing_is_asked_of_the_one_with_most_claims(
    atlas: Path, opened_demo: journeys.Study
) -> None:
    page = next((atlas.parent / "answers").glob("*-origins.html")).read_text(encoding="utf-8")
    assert "asked of the document with the most claims" in page
    claims = {each: len(opened_demo.trace(each).claims) for each in ("D01", "D07", "D24")}
    name = opened_demo.trace(max(claims, key=lambda each: claims[each])).subject.entity.name
    assert name in page.partition('<table class="result stack">')[0]


def test_the_schema_counts_what_the_study_has_and_leads_to_its_claims(
    pages: dict[Path, ReadPage], atlas: Path, opened_demo: journeys.Study
) -> None:
    page = pages[(atlas.parent / "schema" / "index.html").resolve()]
    for kind in opened_demo.schema.claims.values():
        assert f"claim-{kind.name.lower().replace('_', '-')}" in page.ids
    rows = opened_demo.cypher("MATCH ()-[r:CONTESTED {study: $study}]->() RETURN count(r) AS n").rows
    assert ("contested.html", str(rows[0][0])) in page.links
    assert ("../people/index.html", "30") in page.links
    contested = pages[(atlas.parent / "schema" / "contested.html").resolve()]
    cells = [href for href, words in contested.links if words.startswith("forms/")]
    assert len(cells) >= rows[0][0]
    for href in cells:
        file, _, place = href.partition("#")
        assert place in pages[(atlas.parent / "schema" / file).resolve()].ids


def test_the_quality_of_the_data_is_on_one_page(
    pages: dict[Path, ReadPage], atlas: Path, opened_demo: journeys.Study
) -> None:
    page = pages[(atlas.parent / "quality" / "index.html").resolve()]
    text = page.file.read_text(encoding="utf-8")
    headings = [each.words for each in opened_demo.report("quality").blocks if type(each).__name__ == "Heading"]
    assert headings
    assert [heading for heading in headings if heading not in text] == []
    assert sum(words.startswith("forms/") for _, words in page.links) > 20


def test_the_quality_of_the_data_begins_with_what_was_done_and_ends_with_who_belongs_where(atlas: Path) -> None:
    page = atlas.parent / "quality" / "index.html"
    said = [row[1] for row in rows_of(page)]
    assert said
    assert not {"was a member of", "represented", "reports to"} & set(said)
    listed = re.findall(r'<li><a href="#(table-\d+)">([^<]+): [0-9,]+ rows?</a></li>', page.read_text(encoding="utf-8"))
    assert listed[0] == (
        "table-1",
        "Statements based on one source, one kind of source, no named source, or interpretation only",
    )
    assert listed[1] == ("table-2", "Where sources disagree, and no claim has been withdrawn")
    assert "Codes without passages" in listed[-1][1]


def test_every_measure_says_first_how_it_is_read_with_the_term_of_the_field(atlas: Path) -> None:
    assert SAYS.keys() == MEASURES.keys()
    for name, said in SAYS.items():
        text = (atlas.parent / "measures" / f"{name}.html").read_text(encoding="utf-8")
        first = re.search(r"</h1>\s*<p class=\"lead\">(.*?)</p>", text, re.S)
        assert first is not None
        assert html.unescape(first[1]) == said
        assert re.search(r"\([^)]+\)\.$", said)


def test_who_is_central_at_each_site_is_on_a_page_of_its_own(atlas: Path, opened_demo: journeys.Study) -> None:
    for site in ("east", "north", "west"):
        page = atlas.parent / "measures" / f"centrality-site-{site}.html"
        ties = opened_demo.analyse("centrality", site=site).table("ties")
        names = list(ties.columns)
        wanted = [[str(row.values[names.index(name)]) for name in ("actor", "degree")] for row in ties.rows]
        at = [
            names.index(name) - sum(each.endswith("_id") for each in names[: names.index(name)])
            for name in ("actor", "degree")
        ]
        assert [[html.unescape(row[each]) for each in at] for row in rows_of(page)] == wanted
        network = ReadPage(atlas.parent / "sites" / f"site-{site}.html")
        assert (f"../measures/{page.name}", "Who is central (table)") in network.links
    together = ReadPage(atlas.parent / "measures" / "centrality.html")
    assert ("centrality-site-north.html", "Northtown") in together.links


def test_every_measure_has_a_page(atlas: Path) -> None:
    pages = {page.stem for page in (atlas.parent / "measures").glob("*.html")}
    listed = ReadPage(atlas.parent / "measures" / "index.html")
    pages -= {page for page in pages if page.startswith("centrality-")}  # of one site, linked from that of all
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
