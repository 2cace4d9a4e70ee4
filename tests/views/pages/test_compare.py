"""The page that compares sites: in a real browser the same scale, ties and figures; and any words stay words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

import journeys
from journeys.analysis.actors.comparison import comparison_of
from journeys.model.schema import load_schema
from journeys.store.resolve import Found
from journeys.views.pages.compare import compare_page
from journeys.views.pages.frame import PageFrame, Targets
from journeys.views.shared_files import SharedFiles
from tests.views.hostile_words import HOSTILE

SCALES = "['left', 'right'].map((side) => compared[side].network.getScale())"
TIES = "['left', 'right'].map((side) => Object.keys(compared[side].network.body.edges).length)"
NODE_AT = """([side, at]) => {
  const { network } = compared[side];
  const { x, y } = network.canvasToDOM(network.getPosition(at));
  const box = document.getElementById(`${side}-picture`).getBoundingClientRect();
  return { x: x + box.x, y: y + box.y };
}"""


@pytest.fixture(scope="module")
def page(demo_study: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The comparison of all three sites."""
    file = tmp_path_factory.mktemp("page") / "three.html"
    study = journeys.open(demo_study("embedded").folder)
    study.write(study.compare_sites(["north", "east", "west"]), file)
    return file


def row(seen: Any, table: int, words: str) -> list[str]:
    cells = seen.page.locator(".figures-table").nth(table).locator("tr", has_text=words).first.locator("td:visible")
    return [str(text) for text in cells.all_inner_texts()]


def test_two_sites_side_by_side(open_page: Any, page: Path, opened_demo: Any) -> None:
    with open_page(page) as seen:
        assert seen.page.locator("h2:visible").all_inner_texts()[:2] == ["Northtown", "Easthaven"]
        one, other = seen.page.evaluate(SCALES)
        assert one == pytest.approx(other)
        assert row(seen, 1, "pairs with at least one tie") == ["11", "6", "-5"]
        seen.page.get_by_label("Right").select_option(label="Westbury")
        west = opened_demo.network("west").network.graph
        ties = [key for *_, key in west.edges(keys=True)]
        shown = seen.page.locator("#ties-shown input:checked").evaluate_all("all => all.map((box) => box.value)")
        assert seen.page.evaluate(TIES)[1] == sum(key in shown for key in ties)
        assert row(seen, 0, "ties of all relations")[1] == str(len(ties))
        seen.page.locator('#ties-shown input[value="contested"]').check()
        assert seen.page.evaluate(TIES)[1] == sum(key in shown or key == "contested" for key in ties)
        seen.page.get_by_role("button", name="Zoom in").click()
        one, other = seen.page.evaluate(SCALES)
        assert one == pytest.approx(other)
        seen.page.get_by_label("Size of the marks").select_option("ties")
        sizes = "['left', 'right'].map((side) => Math.max(...compared[side].nodes.get().map((node) => node.size)))"
        assert max(seen.page.evaluate(sizes)) == 34
        assert min(seen.page.evaluate(sizes)) < 34
        seen.assert_quiet()
        seen.assert_fits()


def test_large_networks_lie_beside_the_page_of_an_atlas(
    open_page: Any, opened_demo: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("journeys.views.pages.compare.MOST_INSIDE", 1000)
    found = opened_demo.compare_sites(["north", "east", "west"])
    shared = SharedFiles()
    around = PageFrame("Study", search="../search/", shared=shared, targets=Targets(up="../"))
    files = {"sites/compare.html": compare_page(found, opened_demo.schema, around)}
    files |= shared.files
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    with open_page(tmp_path / "sites/compare.html") as seen:
        seen.page.wait_for_function("() => window.compared?.right")
        assert "Lee B." not in seen.page.locator("#compare-data").text_content()
        assert seen.page.evaluate(TIES)[0] > 0
        read = "() => document.head.querySelectorAll('script[src]').length"
        assert seen.page.evaluate(read) == 2
        seen.page.get_by_label("Right").select_option(label="Westbury")
        seen.page.wait_for_function("() => document.getElementById('right-head').textContent === 'Westbury'")
        assert seen.page.evaluate(read) == 3
        seen.assert_quiet()
    for name in shared.files:
        if "comparedSite(" in shared.files[name]:
            (tmp_path / name).unlink()
    with open_page(tmp_path / "sites/compare.html") as seen:
        seen.page.locator("#not-beside", has_text="Open the page inside the folder of its atlas.").wait_for()


@pytest.mark.parametrize("width", [1280, 375])
def test_from_a_name_to_the_form_cell(open_page: Any, page: Path, width: int) -> None:
    with open_page(page, width) as seen:
        seen.page.locator("#left-picture").scroll_into_view_if_needed()
        nodes = seen.page.evaluate(
            "JSON.parse(document.getElementById('compare-data').textContent).sites[0].nodes.map((node) => node.name)"
        )
        at = seen.page.evaluate(NODE_AT, ["left", nodes.index("Lee B.")])
        seen.page.mouse.click(at["x"], at["y"])
        detail = seen.page.locator("#detail")
        assert detail.locator("h3").inner_text() == "Lee B."
        detail.locator("button", has_text="contested the work of Ann N.").click()
        assert "forms/INVENTED" in detail.locator(".address").first.inner_text()
        assert seen.page.evaluate("document.activeElement.id") == "detail"
        seen.assert_quiet()
        seen.assert_fits()


def test_the_figures_of_all_sites_stand_without_a_script(browser: Any, page: Path) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        opened = context.new_page()
        opened.goto(page.as_uri())
        assert opened.locator(".needs-script:visible").count() == 0
        assert opened.locator(".figures-table").first.locator("thead th:visible").count() == 4


def test_one_period_is_chosen_for_both_sites(open_page: Any, page: Path) -> None:
    """The ties of the period are those that the network of each site counts for it."""
    with open_page(page) as seen:
        whole = seen.page.evaluate(TIES)
        doubts = "Object.values(compared.left.network.body.edges).filter((edge) => edge.options.label === '?').length"
        assert 0 < seen.page.evaluate(doubts) < whole[0]
        assert "sources disagree" in seen.page.get_by_label("Colour key").inner_text()
        steps = seen.page.evaluate("networkPeriod && document.getElementById('period-to').max")
        seen.page.locator("#period-to").evaluate(
            "(slider) => { slider.value = 12; slider.dispatchEvent(new Event('input', { bubbles: true })); }"
        )
        early = seen.page.evaluate(TIES)
        assert int(steps) > 12
        assert sum(early) < sum(whole)
        said = [seen.page.locator(f"#{side}-shown").inner_text() for side in ("left", "right")]
        for number, words in zip(early, said, strict=True):
            assert f"{number} tie" in words
            assert "Certainly in this period:" in words
        seen.page.get_by_role("button", name="All of it").click()
        assert seen.page.evaluate(TIES) == whole
        seen.assert_quiet()


def test_hostile_words_are_words(open_page: Any, tmp_path: Path) -> None:
    graph: nx.MultiDiGraph = nx.MultiDiGraph(study="x")
    for site in (0, 1):
        graph.add_node(f"x:site:{site}", label="Site", name=HOSTILE[site * 5])
    for number, words in enumerate(HOSTILE):
        person = f"x:actor:{number}"
        graph.add_node(person, label="Actor", name=words, kind="person")
        for site in (0, 1):
            graph.add_edge(person, f"x:site:{site}", key=f"s{number}{site}", type="AT_SITE", asserted=False)
    graph.add_edge("x:actor:0", "x:actor:1", key="c", id="c", type="CHALLENGED", asserted=True, quote=HOSTILE[0])
    sites = [Found(f"x:site:{site}", "Site", HOSTILE[site * 5]) for site in (0, 1)]
    file = tmp_path / "hostile.html"
    found = comparison_of(graph, load_schema(), sites)
    assert len(found.shared) == len(HOSTILE)
    file.write_text(compare_page(found, load_schema(), PageFrame(HOSTILE[0])), encoding="utf-8")
    with open_page(file, 375) as seen:
        assert seen.page.evaluate("document.querySelectorAll('img, b, [onclick], [onerror]').length") == 0
        assert "javascript:alert(1)" in seen.page.locator("#shared-table").inner_text()
        seen.assert_quiet()
        seen.assert_fits()
