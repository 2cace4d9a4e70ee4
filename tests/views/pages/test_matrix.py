"""The page of matrices in a real browser: from a cell to its quotation by mouse and keyboard; safety; size."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

import journeys
from journeys.analysis.actors.site_matrices import matrices_of
from journeys.model.schema import load_schema
from journeys.views.pages.frame import PageFrame
from journeys.views.pages.matrix import BLOCK, matrix_page
from tests.views.hostile_words import HOSTILE

FOCUSED = "document.activeElement.closest('tr').cells[0].title + ' | ' + document.activeElement.innerText"
OVERFLOWING = """() => [...document.querySelectorAll(".matrix thead th span")].filter((span) =>
  span.offsetParent && span.scrollHeight > span.clientHeight + 1).length"""


@pytest.fixture(scope="module")
def page(demo_study: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The matrices of the site Northtown."""
    file = tmp_path_factory.mktemp("page") / "north.html"
    study = journeys.open(demo_study("embedded").folder)
    study.write(study.matrices("north"), file)
    return file


def cell(seen: Any, matrix: str, person: str, thing: str) -> Any:
    """The cell of a person and a column."""
    heads = seen.page.locator(f"#{matrix} thead th").evaluate_all("all => all.map((head) => head.title)")
    row = seen.page.locator(f"#{matrix} tbody tr", has=seen.page.get_by_role("rowheader", name=person, exact=True))
    return row.locator("td").nth(heads.index(thing))


def test_from_a_cell_to_the_form_by_click(open_page: Any, page: Path) -> None:
    with open_page(page) as seen:
        detail = seen.page.locator("#documents-detail")
        cell(seen, "documents", "Lee B.", "Business case for two community clinics").click()
        assert "Business case for two community clinics: contested it" in detail.inner_text()
        assert detail.locator("blockquote").count() >= 1
        assert "forms/INVENTED" in detail.locator(".address").first.inner_text()
        # silent: the claims that say that they were there, and what those meetings are
        cell(seen, "documents", "Pat N.", "Diabetes health needs assessment").click()
        assert "was present when it was dealt with; nothing else is recorded" in detail.inner_text()
        assert "Pat N. attended Redesign Group June 2011" in detail.inner_text()
        cell(seen, "documents", "Kay H.", "Testimony of South Asian patients").click()
        assert "nothing recorded, which is not silence" in detail.inner_text()
        assert detail.locator(".claim").count() == 0
        rui = cell(seen, "meetings", "Rui D.", "Redesign Group April 2011")
        rui.click()
        assert "reported not to have been there" in seen.page.locator("#meetings-detail").inner_text()
        assert "Reported not to have happened" in seen.page.locator("#meetings-detail").inner_text()
        assert seen.page.locator("[id]").evaluate_all("all => new Set(all.map((one) => one.id)).size === all.length")
        seen.assert_quiet()
        seen.assert_fits()


def test_by_keyboard_alone(open_page: Any, page: Path) -> None:
    with open_page(page, 375) as seen:
        keyboard = seen.page.keyboard
        seen.page.locator("#documents [tabindex='0']").focus()
        assert seen.page.locator("#documents [tabindex='0']").count() == 1
        keyboard.press("Home")
        rows = seen.page.locator("#documents tbody tr").count()
        for _ in range(rows + 3):
            keyboard.press("ArrowDown")
        assert "South Asian Women's Group | " in seen.page.evaluate(FOCUSED)
        keyboard.press("Control+Home")
        for key in ("ArrowDown", "ArrowDown", "ArrowDown"):
            keyboard.press(key)
        assert seen.page.evaluate(FOCUSED) == "Sam S. | ◆"
        name = "document.activeElement.firstElementChild.getAttribute('aria-label')"
        assert seen.page.evaluate(name) == "contested"
        keyboard.press("Enter")
        assert seen.page.evaluate("document.activeElement.id") == "documents-detail"
        assert "Sam S. · Testimony of South Asian patients" in seen.page.locator("#documents-detail").inner_text()
        keyboard.press("Escape")
        assert seen.page.evaluate(FOCUSED) == "Sam S. | ◆"
        keyboard.press("ArrowLeft")
        keyboard.press("Enter")
        assert "supported it: 2" in seen.page.locator("#documents-detail").inner_text()
        keyboard.press("Escape")
        keyboard.press("ArrowLeft")
        keyboard.press("End")
        keyboard.press("PageUp")
        # The heads stay in view, and no head or name covers the cell that has the focus.
        frame = seen.page.locator(".matrix-frame").first.bounding_box()
        focus = seen.page.locator("#documents td:focus").bounding_box()
        assert frame is not None
        assert focus is not None
        assert frame["x"] <= focus["x"] <= frame["x"] + frame["width"] - focus["width"] + 1
        seen.assert_quiet()
        seen.assert_fits()


def test_heads_can_be_read_and_words_stand_without_a_script(browser: Any, page: Path) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=False) as context:
        opened = context.new_page()
        opened.goto(page.as_uri())
        assert opened.evaluate(OVERFLOWING) == 0
        assert opened.locator("aside:visible").count() == 0
        opened.locator("summary").first.click()
        assert "forms/INVENTED D07.xlsx" in opened.locator(".cells").first.inner_text()
        signs = opened.locator("#meetings td span").evaluate_all("all => new Set(all.map((one) => one.innerText)).size")
        labels = opened.locator("#meetings td span").evaluate_all(
            "all => new Set(all.map((one) => one.ariaLabel)).size"
        )
        assert signs == labels == 4  # what the colour says the sign says too


def invented(people: int, things: int) -> nx.MultiDiGraph:
    graph: nx.MultiDiGraph = nx.MultiDiGraph(study="x")
    for number in range(people):
        graph.add_node(f"x:actor:{number:03d}", label="Actor", name=f"Person {number}", kind="person")
    for number in range(things):
        graph.add_node(f"x:document:{number:03d}", label="Document", name=f"Report {number} on a matter")
        for other in range(number % 7 + 1):
            key, kind = f"{number}-{other}", ("SUPPORTED", "CONTESTED")[other % 2]
            person = f"x:actor:{(number * 3 + other) % people:03d}"
            graph.add_edge(person, f"x:document:{number:03d}", key=key, id=key, type=kind, asserted=True)
    return graph


def test_a_large_matrix_says_what_it_leaves_out_and_prints_in_blocks(open_page: Any, tmp_path: Path) -> None:
    graph = invented(230, 230)
    file = tmp_path / "large.html"
    file.write_text(matrix_page(matrices_of(graph, load_schema()), PageFrame("S")), encoding="utf-8")
    with open_page(file) as seen:
        assert seen.page.locator("#documents tbody tr").count() == 200
        columns = seen.page.locator("#documents thead th").count()
        assert 160 < columns <= 200
        assert "Not shown: 30 people and groups with fewer entries." in seen.page.locator("main").inner_text()
        seen.page.emulate_media(media="print")
        blocks = seen.page.locator("table.for-paper")
        assert blocks.count() == -(-columns // BLOCK)
        paper = 273 / 25.4 * 96  # A4 landscape without its margins, in pixels
        widths = blocks.evaluate_all("all => all.map((one) => one.getBoundingClientRect().width)")
        assert max(widths) < paper, widths
        assert not seen.page.locator("#documents").is_visible()
        seen.assert_quiet()


@pytest.mark.parametrize("width", [1280, 375])
def test_hostile_words_are_words(open_page: Any, tmp_path: Path, width: int) -> None:
    graph: nx.MultiDiGraph = nx.MultiDiGraph(study="x")
    graph.add_node("x:data_source:i", label="DataSource", name=HOSTILE[0], kind="interview")
    for number, words in enumerate(HOSTILE):
        graph.add_node(f"x:actor:{number}", label="Actor", name=words, kind="person")
        graph.add_node(f"x:document:{number}", label="Document", name=words)
        graph.add_node(f"x:meeting:{number}", label="Meeting", name=words)
        held = {"asserted": True, "source": "x:data_source:i", "quote": words, "file": words, "cell": words}
        for kind, end in (("CONTESTED", "document"), ("ATTENDED", "meeting")):
            key = f"{kind}{number}"
            graph.add_edge(f"x:actor:{number}", f"x:{end}:{number}", key=key, id=key, type=kind, **held)
    file = tmp_path / "hostile.html"
    file.write_text(matrix_page(matrices_of(graph, load_schema()), PageFrame(HOSTILE[0], HOSTILE[5])), encoding="utf-8")
    with open_page(file, width) as seen:
        for place in seen.page.locator("#documents td.contest").all():
            place.click()
            assert seen.page.locator("#documents-detail blockquote").count() == 1
        assert seen.page.evaluate("document.querySelectorAll('img, b, [onclick], [onerror]').length") == 0
        assert "{{ 7*7 }}" in seen.page.locator("main").inner_text()
        seen.assert_quiet()
        seen.assert_fits()


def test_meetings_stand_in_time_or_alike_as_the_reader_chooses(open_page: Any, page: Path) -> None:
    with open_page(page) as seen:
        heads = seen.page.locator("#meetings thead th")
        titles = "all => all.map((head) => head.title)"
        in_time = heads.evaluate_all(titles)
        redesign = [title for title in in_time if title.startswith("Redesign Group")]
        assert redesign == [f"Redesign Group {month} 2011" for month in ("April", "June", "September", "October")]
        row = seen.page.locator("#meetings tbody tr", has=seen.page.get_by_role("rowheader", name="Rui D.", exact=True))
        before = dict(zip(in_time, row.locator("td").all_inner_texts(), strict=True))
        seen.page.get_by_label("Order of the meetings").select_option("alike")
        alike = heads.evaluate_all(titles)
        assert sorted(alike) == sorted(in_time)
        assert dict(zip(alike, row.locator("td").all_inner_texts(), strict=True)) == before
        cell(seen, "meetings", "Rui D.", "Redesign Group April 2011").click()
        assert "Redesign Group April 2011" in seen.page.locator("#meetings-detail h3").inner_text()
        seen.page.get_by_label("Order of the meetings").select_option("time")
        assert heads.evaluate_all(titles) == in_time
        seen.assert_quiet()


def test_on_paper_a_matrix_is_on_the_page_of_its_legend(open_page: Any, page: Path) -> None:
    """All that follows the first matrix goes, so that the number of pages is that of the title, legend and matrix."""
    with open_page(page) as seen:
        gone = "details.cells, details.cells ~ *, footer"
        seen.page.evaluate(f"document.querySelectorAll('{gone}').forEach((each) => each.remove())")
        assert seen.page.locator("#documents").count() == 1
        assert seen.page.locator("#meetings").count() == 0
        assert seen.page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1
