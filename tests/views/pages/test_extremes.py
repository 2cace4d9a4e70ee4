"""Atlases of studies at the edges: words to harm a page in every place that takes words, and almost nothing at all."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

import journeys
from journeys.analysis.actors.site import network_of
from journeys.analysis.actors.site_matrices import matrices_of
from journeys.model.schema import load_schema
from journeys.study.atlas.pages import write_atlas
from journeys.views.pages import matrix, network
from journeys.views.pages.frame import PageFrame
from tests.commands import run_here
from tests.engines import ONLY_LONG
from tests.extreme_studies import EXTREME, hostile_study, small_study
from tests.hostile.harmless import faults, name_faults
from tests.hostile.words import WORDS

PHONE = 375
SCREENS = 300
"""However much stands on a page, its end is so many screens of a phone away at most."""
HARM = """() => ({
  made: document.querySelectorAll("img, b[onclick], [onclick], [onerror], main script").length,
  led: [...document.links].filter((link) => link.protocol === "javascript:").length,
  turned: /[\\u202a-\\u202e]/.test(document.body.innerText),
  screens: document.documentElement.scrollHeight / innerHeight,
})"""


@pytest.fixture(scope="module")
def extremes(embedded_engine: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The folders of two atlases, of one study after the other in one store."""
    folder, made = tmp_path_factory.mktemp("extremes"), {}
    for name, study in (("small", small_study), ("hostile", hostile_study)):
        shutil.rmtree(folder / "study" / "tables", ignore_errors=True)
        study(folder / "study")
        loaded = run_here(("load", "--allow-removals"), folder / "study", {}, "")
        assert loaded.code == 0, loaded.stdout + loaded.stderr
        made[name] = write_atlas(journeys.open(folder / "study"), folder / name).parent
    return made


def longest(atlas: Path) -> list[Path]:
    """The home page, and of each folder its list and its longest page."""
    folders = [each for each in sorted(atlas.iterdir()) if any(each.glob("*.html"))]
    pages = {max(each.glob("*.html"), key=lambda page: (page.stat().st_size, page.name)) for each in folders}
    return sorted({atlas / "index.html", *pages, *(page for each in folders for page in each.glob("index.html"))})


@pytest.mark.parametrize("name", ["hostile", "small"])
def test_every_kind_of_page_can_be_read_on_a_phone(open_page: Any, extremes: dict[str, Path], name: str) -> None:
    pages = longest(extremes[name])
    assert len(pages) > 15
    with open_page(pages[0], PHONE) as seen:
        for file in pages:
            seen.page.goto(file.as_uri())
            found = seen.page.evaluate(HARM)
            assert (found["made"], found["led"], found["turned"]) == (0, 0, False), file
            assert found["screens"] < SCREENS, file
            assert seen.page.locator("h1").first.inner_text(), file
            seen.assert_fits()
            assert seen.console == [], file
        assert all(url.startswith(("file:", "data:", "blob:")) for url in seen.requests)


def used(seen: Any, file: Path, words: Sequence[str]) -> None:
    """Do with a page what a reader does: type words into each box, point at marks, choose in each list."""
    page = seen.page
    page.goto(file.as_uri())
    for box in page.locator("input[type=search]:visible, input[type=text]:visible").all()[:3]:
        for text in words:
            box.fill(text[:500])
            page.wait_for_timeout(30)
        box.fill("")
    for mark in page.locator("svg [tabindex]:visible, main [title]:visible, summary:visible").all()[:6]:
        mark.hover(force=True)
        mark.focus()
    for choice in page.locator("main select:visible").all()[:3]:
        choice.select_option(index=choice.locator("option").count() - 1)
    found = page.evaluate(HARM)
    assert (found["made"], found["led"], found["turned"]) == (0, 0, False), file
    assert seen.console == [], file
    assert page.url.startswith(file.as_uri()), file


def test_nothing_runs_when_pages_are_used(open_page: Any, extremes: dict[str, Path]) -> None:
    pages = [page for page in longest(extremes["hostile"]) if page.parent.name in ("journeys", "sites", "hostile")]
    with open_page(pages[0]) as seen:
        for file in pages:
            used(seen, file, EXTREME[:4])
        assert all(url.startswith(("file:", "data:", "blob:")) for url in seen.requests)


@ONLY_LONG
def test_nothing_runs_when_any_page_is_used(open_page: Any, extremes: dict[str, Path]) -> None:
    with open_page(extremes["hostile"] / "index.html") as seen:
        # Every seventh of hundreds: of each kind of page, each with other texts in other places.
        for file in sorted(extremes["hostile"].rglob("*.html"))[::7]:
            used(seen, file, (*EXTREME[:4], *WORDS[:40:8]))
        assert all(url.startswith(("file:", "data:", "blob:")) for url in seen.requests)


def test_no_page_has_words_as_markup(extremes: dict[str, Path]) -> None:
    for file in extremes["hostile"].rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"<img|<b onclick|href=.javascript:|[\u202a-\u202e\u2028\u2029]", text), file
        assert faults(file) == []
    assert name_faults(extremes["hostile"]) == []
    said = (extremes["hostile"] / "people" / "number-4.html").read_text(encoding="utf-8")
    assert EXTREME[4] in said  # nothing is cut where it belongs: 10,000 letters scroll in a frame
    assert 'class="long"' in said


def test_almost_nothing_says_what_is_not_known(extremes: dict[str, Path]) -> None:
    atlas = extremes["small"]
    home = (atlas / "index.html").read_text(encoding="utf-8")
    assert "No source gives a date for any of these steps" in home
    journey = (atlas / "journeys" / "document-p1.html").read_text(encoding="utf-8")
    assert "No source says who introduced it." in journey
    assert "It came up at one meeting" in journey


@pytest.fixture(scope="module")
def crowd() -> nx.MultiDiGraph[str]:
    """Nine people who all contest, or support, each of four papers, twice."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(study="x")
    graph.add_node("x:site:n", label="Site", name="North & <b>Town</b>")
    for paper in range(4):
        graph.add_node(f"x:document:{paper}", label="Document", name=f"Paper {paper}")
    for person in range(9):
        graph.add_node(f"x:actor:{person}", label="Actor", name=f"Person {person}", kind="person")
        for act in range(8):
            held = {"type": "CONTESTED" if person % 2 else "SUPPORTED", "asserted": True, "quote": f"Words {act}"}
            key = f"c{person}-{act}"
            graph.add_edge(f"x:actor:{person}", f"x:document:{act % 4}", key=key, id=key, source=f"s{act}", **held)
    return graph


def test_a_network_of_too_many_ties_says_which_are_left_out(
    crowd: nx.MultiDiGraph[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = network_of(crowd, load_schema())
    ties = found.network.graph.number_of_edges()
    whole = network.network_page(found, load_schema(), PageFrame("Many"))
    assert "strongest ties" not in whole
    monkeypatch.setattr(network, "MOST_TIES", 10)
    page = network.network_page(found, load_schema(), PageFrame("Many"))
    assert f"This page shows the 10 strongest ties. {ties - 10} ties that happened less often are left out:" in page
    assert f"{ties} ties" in page
    assert len(page) < len(whole)
    drawn = found.strongest(10)
    assert f"10 of {ties} ties · based on {len(drawn.claims)} claims" in page
    weights = sorted((held["weight"] for *_, held in found.network.graph.edges(data=True)), reverse=True)
    assert sorted((held["weight"] for *_, held in drawn.network.graph.edges(data=True)), reverse=True) == weights[:10]
    assert set(drawn.network.graph) == set(found.network.graph)
    assert set(drawn.claims) == {each for *_, held in drawn.network.graph.edges(data=True) for each in held["claims"]}


def test_a_matrix_of_too_many_claims_says_where_the_others_are(
    crowd: nx.MultiDiGraph[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = matrices_of(crowd, load_schema())
    assert matrix.matrix_page(found, PageFrame("Many")).count('class="claim"') == 72
    monkeypatch.setattr(matrix, "MOST_CARDS", 71)
    monkeypatch.setattr(matrix, "CARDS_OF_MANY", 1)
    page = matrix.matrix_page(found, PageFrame("Many"))
    assert page.count('class="claim"') == page.count("1 more claim is not shown here.") == 36


def test_a_document_tabled_where_nobody_of_the_site_was(crowd: nx.MultiDiGraph[str]) -> None:
    graph = crowd.copy()
    graph.add_node("x:meeting:elsewhere", label="Meeting", name="A meeting elsewhere")
    graph.add_edge("x:document:0", "x:meeting:elsewhere", key="t", id="t", type="TABLED_AT", asserted=True)
    page = matrix.matrix_page(matrices_of(graph, load_schema()), PageFrame("Many"))
    assert "A meeting elsewhere" in page
