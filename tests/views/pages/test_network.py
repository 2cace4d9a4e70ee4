"""The network page in a real browser: from a line to the form cell, by mouse and keyboard; filters, search, safety."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

import journeys
from journeys.analysis.actors.site import network_of
from journeys.model.schema import load_schema
from journeys.views.pages.frame import PageFrame
from journeys.views.pages.network import network_page, page_data
from journeys.views.pictures.network import vis_script
from journeys.views.pictures.network_layout import NAME_HIGH, NAME_WIDE, SPACING, positions
from journeys.views.render import COLOURS
from tests.views.hostile_words import HOSTILE

WIDE, NARROW = 1280, 400
MIDDLE_OF = """([from, to, relation]) => {
  const data = JSON.parse(document.getElementById("network-data").textContent);
  const at = data.edges.findIndex((edge, at) =>
    data.relations[edge.relation].name === relation &&
    data.nodes[data.drawing.edges[at].from].name === from && data.nodes[data.drawing.edges[at].to].name === to);
  const edge = network.body.edges[at];
  const { x, y } = network.canvasToDOM(edge.edgeType.getPoint(0.5));
  const box = document.getElementById("picture").getBoundingClientRect();
  return { x: x + box.x, y: y + box.y };
}"""
NODE_AT = """(name) => {
  const data = JSON.parse(document.getElementById("network-data").textContent);
  const { x, y } = network.canvasToDOM(network.getPosition(data.nodes.findIndex((node) => node.name === name)));
  const box = document.getElementById("picture").getBoundingClientRect();
  return { x: x + box.x, y: y + box.y };
}"""


@pytest.fixture(scope="module")
def page(demo_study: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the site Northtown."""
    file = tmp_path_factory.mktemp("page") / "north.html"
    study = journeys.open(demo_study("embedded").folder)
    study.write(study.network("north"), file)
    return file


def tick(seen: Any, name: str, value: str, ticked: bool) -> None:
    seen.page.locator(f'fieldset[data-filter="{name}"] input[value="{value}"]').set_checked(ticked)


def shown(seen: Any) -> str:
    return str(seen.page.locator("#shown").inner_text())


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_from_a_line_and_a_name_to_the_cell_by_click(open_page: Any, page: Path, width: int) -> None:
    with open_page(page, width) as seen:
        # Of the many lines only this one, so that the mouse meets no other.
        for box in seen.page.locator('fieldset[data-filter="relation"] input').all():
            box.set_checked(False)
        tick(seen, "relation", "contests_work_of", ticked=True)
        seen.page.locator("#picture").scroll_into_view_if_needed()
        at = seen.page.evaluate(MIDDLE_OF, ["Sam S.", "South Asian Women's Group", "contests_work_of"])
        seen.page.mouse.click(at["x"], at["y"])
        detail = seen.page.locator("#detail")
        assert "Sam S. contested the work of South Asian Women's Group" in detail.inner_text()
        assert "Testimony of South Asian" in detail.inner_text()
        assert re.search(r"forms/INVENTED \S+ > .+ > \w+", detail.inner_text())
        at = seen.page.evaluate(NODE_AT, "Pat N.")
        seen.page.mouse.click(at["x"], at["y"])
        assert "academic · Northern University · Northtown" in detail.inner_text()
        assert "No visible ties." in detail.inner_text()
        seen.assert_quiet()
        seen.assert_fits()


@pytest.mark.parametrize("width", [WIDE, 861, 700])
@pytest.mark.parametrize("medium", ["screen", "print"])
def test_no_word_of_the_table_is_broken(open_page: Any, page: Path, width: int, medium: str) -> None:
    with open_page(page, width) as seen:
        seen.page.emulate_media(media=medium)
        seen.assert_words_are_whole(".ties-table td, .ties-table th")
        seen.assert_fits()


def test_search_and_table_by_keyboard(open_page: Any, page: Path) -> None:
    with open_page(page) as seen:
        seen.page.locator("#name").focus()
        seen.page.keyboard.type("LEE")
        assert seen.page.locator("#how-many").inner_text() == "1 found"
        seen.page.keyboard.press("Enter")
        assert seen.page.locator("#detail h3").inner_text() == "Lee B."
        assert seen.page.evaluate("network.getSelectedNodes().length") == 1
        assert seen.page.evaluate("network.getScale()") == pytest.approx(1.2)
        seen.page.locator("#detail .ties button").first.focus()
        seen.page.keyboard.press("Enter")
        assert seen.page.evaluate("document.activeElement.id") == "detail"
        assert "Lee B. contested the work of Ann N." in seen.page.locator("#detail").inner_text()
        row = seen.page.locator("#rows tr", has_text="contested the work of").filter(has_text="Lee B.").first
        row.locator("summary").focus()
        seen.page.keyboard.press("Enter")
        row.get_by_text("forms/INVENTED D07.xlsx > Who did what > A9").first.wait_for()
        assert "aspect: the costs; grounds: small numbers" in row.inner_text()
        seen.page.locator("#name").fill("nobody of this name")
        assert seen.page.locator("#how-many").inner_text() == "no matches"
        seen.assert_quiet()


def test_what_is_hidden_is_counted_and_what_was_chosen_goes_with_it(open_page: Any, page: Path) -> None:
    with open_page(page) as seen:
        assert "Hidden by the filters: 10 names, 62 ties." in shown(seen)
        seen.page.locator("#name").fill("Lee B.")
        seen.page.keyboard.press("Enter")
        seen.page.locator("#detail .ties button", has_text="contested the work of Ann N.").click()
        tick(seen, "mode", "interpretive", ticked=False)
        assert "Lee B. contested the work of Ann N." in seen.page.locator("#detail").inner_text()
        tick(seen, "polarity", "-1", ticked=False)
        assert seen.page.locator("#detail").inner_text() == (
            "Nothing selected. Select a name or a line to see its sources."
        )
        assert seen.page.evaluate("network.getSelectedEdges().length") == 0
        for box in seen.page.locator('fieldset[data-filter="kind"] input').all():
            box.set_checked(False)
        assert "Shown: 0 of 22 names, 0 of 102 ties." in shown(seen)
        assert "Nothing to show. Tick more boxes, or select Reset." in shown(seen)
        assert seen.page.locator("#no-rows").is_visible()
        seen.page.locator("#reset").click()
        assert "Nothing to show" not in shown(seen)
        assert seen.page.locator("#no-rows").is_hidden()
        seen.assert_quiet()


def test_the_picture_comes_nearer_by_keyboard(open_page: Any, page: Path) -> None:
    with open_page(page) as seen:
        seen.page.get_by_role("button", name="Fit").click()
        at_first = seen.page.evaluate("network.getScale()")
        for button, scale in (("Zoom in", 1.4 * at_first), ("Zoom out", at_first), ("Fit", at_first)):
            seen.page.get_by_role("button", name=button).focus()
            seen.page.keyboard.press("Enter")
            assert seen.page.evaluate("network.getScale()") == pytest.approx(scale)


def test_filters_narrow_picture_and_table_alike(open_page: Any, page: Path) -> None:
    with open_page(page) as seen:
        rows = seen.page.locator("#rows tr")
        assert rows.count() == 40
        assert "Shown: 12 of 22 names, 40 of 102 ties." in shown(seen)
        assert "Cass W., Rui D. (2)" in shown(seen)
        tick(seen, "polarity", "-1", ticked=False)
        assert "contested" not in seen.page.locator("#rows").inner_text()
        drawn = "Object.values(network.body.edges).filter((edge) => !edge.options.hidden).length"
        assert seen.page.evaluate(drawn) == rows.count()
        tick(seen, "relation", "introduced", ticked=True)
        assert "Diabetes health needs assessment" in seen.page.locator("#rows").inner_text()
        tick(seen, "organisation", "Northern University", ticked=False)
        assert "Pat N." not in seen.page.locator("#rows").inner_text()
        tick(seen, "kind", "group", ticked=False)
        # a search shows again who is looked for
        seen.page.locator("#name").fill("pat n")
        seen.page.keyboard.press("Enter")
        assert "Pat N." in seen.page.locator("#rows").inner_text()
        seen.page.locator("#reset").click()
        assert rows.count() == 40
        # only what a researcher is sure of: the ties fall of which one leg is not
        tick(seen, "confidence", "not_stated", ticked=False)
        assert rows.count() < 5
        seen.page.locator("#all").click()
        assert "Shown: 22 of 22 names, 102 of 102 ties." in shown(seen)
        assert rows.count() == 100
        seen.page.locator("#more").click()
        assert rows.count() == 102
        assert seen.page.locator("#more").is_hidden()
        seen.assert_quiet()


def test_many_without_a_tie_do_not_make_the_others_small(open_page: Any, tmp_path: Path) -> None:
    """Two who are tied fill the picture, alone or beside 60 who are not, and it is said where those stand."""
    scales = []
    for others in (0, 60):
        graph: nx.MultiDiGraph = nx.MultiDiGraph()
        for number in range(2 + others):
            graph.add_node(f"x:actor:{number}", label="Actor", name=f"Person {number}", kind="person")
        graph.add_edge("x:actor:0", "x:actor:1", key="c", id="c", type="CHALLENGED", asserted=True)
        file = tmp_path / f"{others}.html"
        file.write_text(network_page(network_of(graph, load_schema()), load_schema(), PageFrame("S", "")), "utf-8")
        with open_page(file) as seen:
            scales.append(seen.page.evaluate("network.getScale()"))
            assert ("They are in rows below" in shown(seen)) is bool(others)
    assert scales[0] == pytest.approx(scales[1])


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network of 2,145 ties in four years, every tenth known to a year only."""
    graph: nx.MultiDiGraph = nx.MultiDiGraph(study="x")
    for number in range(66):
        graph.add_node(f"x:actor:{number:02d}", label="Actor", name=f"Person {number} Hostile <b>", kind="person")
    for number, (one, other) in enumerate(combinations(range(66), 2)):
        day = date(2011 + number % 4, 1 + number % 12, 1)
        when = (date(day.year, 1, 1), date(day.year, 12, 31)) if number % 10 == 0 else (day, day)
        held = {"date_from": when[0], "date_to": when[1], "id": f"c{number}"}
        ends = (f"x:actor:{one:02d}", f"x:actor:{other:02d}")
        graph.add_edge(*ends, key=f"c{number}", type="CHALLENGED", asserted=True, **held)
    file = tmp_path_factory.mktemp("many") / "many.html"
    file.write_text(network_page(network_of(graph, load_schema()), load_schema(), PageFrame("S", "")), "utf-8")
    return file


def test_of_thousands_of_ties_those_are_drawn_that_are_counted(open_page: Any, many: Path) -> None:
    drawn = "network.body.edgeIndices.length"
    that = "Object.values(network.body.edges).map((edge) => edge.options).filter((one) => {}).length"
    pale, dashed = that.format("one.color.opacity < 1 && !one.hidden"), that.format("one.dashes")
    with open_page(many) as seen:
        assert seen.page.evaluate(drawn) == seen.page.evaluate("networkView.ties().length") == 2145
        seen.page.evaluate("network.moveTo({ scale: 0.1 })")
        seen.page.wait_for_function(f"() => {dashed} === 0")
        for slider, value in (("period-from", 24), ("period-to", 25)):
            seen.page.locator(f"#{slider}").fill(str(value))
        counted = seen.page.evaluate("networkView.ties().length")
        assert 0 < counted < 1000
        assert seen.page.evaluate(drawn) == counted
        possible = int(re.findall(r"possibly: (\d+) more", shown(seen))[0])
        assert 0 < seen.page.evaluate(pale) == possible
        seen.page.get_by_role("button", name="All of it").click()
        assert seen.page.evaluate(drawn) == 2145
        assert seen.page.evaluate(pale) == 0
        # what is hidden stays hidden when colours change, and when dashes come nearer
        tick(seen, "polarity", "-1", ticked=False)
        assert seen.page.evaluate(drawn) == 0
        seen.page.evaluate("network.moveTo({ scale: 1 })")
        seen.page.wait_for_function(f"() => {dashed} === 2145")
        seen.page.emulate_media(color_scheme="dark")
        assert seen.page.evaluate(drawn) == 0
        seen.assert_quiet()


def test_names_can_be_read_from_afar_and_the_page_says_how_many(open_page: Any, many: Path) -> None:
    with open_page(many) as seen:
        seen.page.evaluate("network.moveTo({ scale: 0.1 })")
        seen.page.wait_for_function("() => document.getElementById('names-drawn').textContent")
        words = seen.page.locator("#names-drawn").inner_text()
        names, of = map(int, re.findall(r"Names drawn: (\d+) of (\d+)", words)[0])
        assert 3 < names < of == 66
        seen.page.locator("#picture").scroll_into_view_if_needed()
        at = seen.page.evaluate(NODE_AT, "Person 7 Hostile <b>")
        seen.page.mouse.move(at["x"], at["y"])
        seen.page.locator(".bubble", has_text="Person 7 Hostile <b>").wait_for()
        seen.page.evaluate("network.moveTo({ scale: 1 })")
        seen.page.wait_for_function("() => !document.getElementById('names-drawn').textContent")
        seen.assert_quiet()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network in which every name and word is an attempt on the page."""
    graph: nx.MultiDiGraph = nx.MultiDiGraph()
    graph.add_node("x:data_source:i", label="DataSource", name=HOSTILE[0], kind="interview")
    graph.add_node("x:document:d", label="Document", name=HOSTILE[0] + HOSTILE[3])
    for number, words in enumerate(HOSTILE):
        person, body = f"x:actor:{number}", f"x:organisation:{number}"
        graph.add_node(person, label="Actor", name=words, kind="person", designation=words)
        graph.add_node(body, label="Organisation", name=words, kind=words)
        graph.add_edge(person, body, key=f"m{number}", type="MEMBER_OF", asserted=True)
        held = {"type": "CONTESTED", "asserted": True, "source": "x:data_source:i", "quote": words, "note": words}
        said = {"place": words, "file": words, "sheet": words, "cell": words, "grounds": words}
        graph.add_edge(person, "x:document:d", key=f"c{number}", id=f"c{number}", **held, **said)
    file = tmp_path_factory.mktemp("hostile") / "hostile.html"
    frame = PageFrame("</title><script>alert(1)</script>", HOSTILE[0])
    file.write_text(network_page(network_of(graph, load_schema()), load_schema(), frame), encoding="utf-8")
    return file


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_on_paper_picture_and_legend_are_on_one_page(open_page: Any, page: Path, width: int) -> None:
    """A4, whatever the screen: light, letters as large as they are drawn, and as it was afterwards."""
    with open_page(page, width) as seen:
        seen.page.emulate_media(color_scheme="dark")
        before = seen.page.evaluate("[network.getScale(), network.getViewPosition().x]")
        ink = "network.body.nodes[0].options.color.border"
        seen.page.wait_for_function(f"() => {ink} != '{COLOURS['ink']}'")
        dark = seen.page.evaluate(ink)
        # All but the picture and its legend goes, so that the number of pages is theirs.
        seen.page.evaluate(
            "document.querySelectorAll('main > :not(.on-one-page), header, footer').forEach((each) => each.remove())"
        )
        printed = seen.page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
        assert b"/Subtype /Image" not in printed  # lines and letters
        seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert seen.page.evaluate(ink) == COLOURS["ink"] != dark
        canvas = seen.page.locator("#picture canvas").evaluate("(one) => [one.clientWidth, one.clientHeight]")
        assert canvas == [1030, 440]
        assert "Names drawn" not in seen.page.locator("#names-drawn").inner_text()
        seen.page.emulate_media(media="print")
        words = seen.page.locator(".on-one-page").inner_text()
        for each in ("Network diagram: Northtown", "Primary care trust", "took the opposite side to", "collectives"):
            assert each in words
        assert "introduced evidence to the group of" not in words  # it is not drawn
        seen.page.emulate_media(media="screen")
        seen.page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert seen.page.evaluate(ink) == dark
        after = seen.page.evaluate("[network.getScale(), network.getViewPosition().x]")
        assert after == pytest.approx(before)


def test_what_sources_disagree_on_is_marked(open_page: Any, page: Path) -> None:
    """Two people are said to have written the assessment; both have ties by it. That Sam S. met Kay H. is sure."""
    with open_page(page) as seen:
        labels = "[...Object.values(network.body.edges)].filter((edge) => edge.options.label === '?').length"
        disputed = seen.page.locator("#rows tr", has=seen.page.locator("summary", has_text="disputed"))
        assert seen.page.evaluate(labels) == 28
        assert 0 < disputed.count() < seen.page.locator("#rows tr").count()
        disputed.first.locator("summary").click()
        assert "Disputed: sources disagree on this." in disputed.first.locator(".claim").first.inner_text()
        assert "sources disagree on something that 28 ties rest on" in seen.page.locator(".legend").first.inner_text()
        sure = seen.page.locator("#rows tr", has_text="Kay H.").first
        assert "disputed" not in sure.inner_text()
        seen.assert_quiet()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_hostile_words_are_words(open_page: Any, hostile: Path, width: int) -> None:
    with open_page(hostile, width) as seen:
        seen.page.locator("#all").click()
        seen.page.locator("#rows summary").evaluate_all("all => all.forEach(each => each.click())")
        seen.page.wait_for_function(
            "() => [...document.querySelectorAll('#rows details')].every((one) => one.children[1])"
        )
        seen.page.locator("#name").fill("onerror")
        seen.page.keyboard.press("Enter")
        seen.page.locator("#detail .ties button").first.click()
        assert seen.page.evaluate("document.querySelectorAll('img, b, [onclick], [onerror]').length") == 0
        assert "<img src=x onerror=alert(1)>" in seen.page.locator("#detail").inner_text()
        words = seen.page.locator("#rows").inner_text()
        assert "javascript:alert(1)" in words
        assert "{{ 7*7 }}" in words
        assert not re.search("[\u202a-\u202e]", words)
        seen.assert_quiet()
        seen.assert_fits()


def test_the_policy_names_every_script_and_style_and_nothing_else(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', text)
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    hashes = re.findall("sha256-", policy.partition("style-src")[0])
    assert len(re.findall(r"^<script>", text, flags=re.MULTILINE)) == len(hashes) > 1
    ours = re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL)
    assert not re.search(r"\son\w+=|(?:src|href)=\"(?:https?:)?//|\sstyle=", ours)
    assert "sourceMappingURL" not in text
    assert "The MIT License" in vis_script()


def test_the_same_network_is_the_same_page(demo_study: Any, page: Path, tmp_path: Path, run_cli: Any) -> None:
    folder = demo_study("embedded").folder
    told = run_cli("--study", folder, "network", "Northtown", "-o", tmp_path / "again.html")
    assert (told.code, told.stdout) == (0, ""), told.stderr
    assert (tmp_path / "again.html").read_bytes() == page.read_bytes()


def test_whatever_is_drawn_stands_in_the_data_too(demo_study: Any) -> None:
    found = journeys.open(demo_study("embedded").folder).network("east")
    data = page_data(found, load_schema())
    assert len(data["drawing"]["nodes"]) == len(data["nodes"]) == len(found.network.graph)
    assert len(data["drawing"]["edges"]) == len(data["edges"]) == found.network.graph.number_of_edges()
    assert sorted(data["order"]) == list(range(len(data["edges"])))
    assert not data["drawing"]["options"]["physics"]["enabled"]
    assert not any("title" in node for node in data["drawing"]["nodes"])
    nobody = replace(found, site=None)
    assert page_data(nobody, load_schema()) == data


def test_a_layout_keeps_neighbours_apart_and_strangers_in_sight() -> None:
    ring = [(f"r{number:02d}", f"r{(number + 1) % 12:02d}") for number in range(12)]
    places = positions(
        [*(one for one, _ in ring), "a", "b", *(f"lone{number}" for number in range(5))], [*ring, ("a", "b")]
    )
    assert places == positions(sorted(places, reverse=True), reversed([*ring, ("b", "a")]))
    points = list(places.values())
    assert len(set(points)) == len(points) == 19
    assert all(x == round(x) and y == round(y) for x, y in points)
    apart = [abs(x - u) + abs(y - v) for (x, y) in points for (u, v) in points if (x, y) != (u, v)]
    assert min(apart) > SPACING / 3
    assert max(x for x, _ in points) - min(x for x, _ in points) < 19 * SPACING
    assert positions([], []) == {}
    assert positions(["one"], []) == {"one": positions(["one"], [])["one"]}


def test_names_are_not_drawn_over_each_other_where_many_know_all() -> None:
    crowd = [f"c{number:02d}" for number in range(20)]
    known = list(combinations(crowd, 2))
    known += [(f"far{number}", crowd[number % 3]) for number in range(40)]
    for nodes in (
        crowd,
        [*crowd, *(f"far{number}" for number in range(40)), *(f"more{number}" for number in range(40))],
    ):
        points = positions(nodes, [pair for pair in known if set(pair) <= set(nodes)]).values()
        for (x, y), (u, v) in combinations(points, 2):
            assert abs(x - u) > NAME_WIDE - 20 or abs(y - v) > NAME_HIGH - 8


def test_a_few_components_stand_side_by_side_as_a_screen_is_wide() -> None:
    ties = [(f"{part}{one}", f"{part}{other}") for part in "abc" for one, other in combinations(range(10), 2)]
    points = positions({node for tie in ties for node in tie}, ties).values()
    wide, high = (max(values) - min(values) for values in zip(*points, strict=True))
    assert 1 < wide / high < 3


def test_a_large_layout_has_every_node_once() -> None:
    ties = [(f"n{number}", f"n{number * 7 % 300}") for number in range(300)]
    places = positions([f"n{number}" for number in range(300)], ties)
    assert len(places) == 300
    assert len(set(places.values())) > 290


def test_a_flat_component_is_made_higher_and_no_other() -> None:
    """A chain of triangles, six times as wide as high if left as it is, has a frame that is little wider than high."""
    ladder = [*combinations("abc", 2), *combinations("cde", 2), *combinations("efg", 2), *combinations("ghi", 2)]
    points = positions({node for tie in ladder for node in tie}, ladder).values()
    wide, high = (max(each) - min(each) for each in zip(*points, strict=True))
    assert 1.4 < wide / high < 3.5


def test_without_what_is_disputed(open_page: Any, page: Path) -> None:
    with open_page(page) as seen:
        before = shown(seen)
        tick(seen, "agreement", "disputed", ticked=False)
        left = seen.page.evaluate(
            """() => {
              const data = JSON.parse(document.getElementById("network-data").textContent);
              const agreed = (leg) => leg.some((claim) => !data.claims[claim].disputed);
              return data.edges.filter((edge) => edge.occasions.some(({ legs }) => legs.every(agreed))).length;
            }"""
        )
        assert shown(seen) != before
        seen.page.get_by_role("button", name="Show all").click()
        tick(seen, "agreement", "disputed", ticked=False)
        assert f"{left} of " in shown(seen)
        seen.assert_quiet()


def test_kinds_of_organisation_that_a_study_adds_have_colours_and_words(open_page: Any, tmp_path: Path) -> None:
    """The key of colours names them, and beyond the colours says which kinds share the grey."""
    added = {f"kind{number}": f"Kind {number}" for number in range(7)}
    schema = load_schema().widened({"organisation_kind": added})
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(study="x")
    for number, kind in enumerate(["pct", *added]):
        person, body = f"x:actor:{number}", f"x:organisation:{number}"
        graph.add_node(person, label="Actor", name=f"P{number}", kind="person")
        graph.add_node(body, label="Organisation", name=f"Body {number}", kind=kind)
        graph.add_edge(person, body, key=kind, id=kind, type="MEMBER_OF", asserted=True)
    file = tmp_path / "page.html"
    file.write_text(network_page(network_of(graph, schema), schema, PageFrame("x")), encoding="utf-8")
    with open_page(file) as seen:
        entries = seen.page.get_by_role("list", name="Colour key").locator("li:has(rect)")
        words = [each.strip() for each in entries.all_inner_texts()]
        assert words == ["Primary care trust", *(f"Kind {number}" for number in range(5)), "Kind 5, Kind 6"]
        colours = entries.locator("rect").evaluate_all("all => all.map((each) => each.getAttribute('fill'))")
        drawn = "data => [...new Set(JSON.parse(data.textContent).drawing.nodes.map((each) => each.color.background))]"
        assert sorted(colours) == sorted(seen.page.locator("#network-data").evaluate(drawn))
        assert len(set(colours)) == 7


def test_the_colour_key_has_the_colours_of_the_marks_in_the_dark(open_page: Any, page: Path) -> None:
    with open_page(page) as seen:
        seen.page.emulate_media(color_scheme="dark")
        painted = "all => all.map((each) => [each.getAttribute('fill'), getComputedStyle(each).fill])"
        for written, shown in seen.page.locator("ul[aria-label='Colour key'] rect").evaluate_all(painted):
            assert shown == f"rgb({', '.join(str(int(written[at : at + 2], 16)) for at in (1, 3, 5))})"


def test_a_line_is_as_thick_as_its_sources_are_many(open_page: Any, tmp_path: Path) -> None:
    """Not by how often it happened: one says six times what four say once. The key and the panel say the same, and a
    filter that leaves fewer sources makes the line thinner."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(study="x")
    for person in "ABC":
        graph.add_node(f"x:actor:{person}", label="Actor", name=person, kind="person")
    for number in range(6):
        graph.add_node(f"x:meeting:{number}", label="Meeting", name=f"M{number}")
    for person in "BC":
        graph.add_node(f"x:document:{person}", label="Document", name=f"Of {person}")
    told = [("B", f"x:meeting:{number}", "s", "high") for number in range(6)]
    told += [("C", None, f"s{number}", "low" if number else "high") for number in range(4)]
    for number, (person, meeting, source, sure) in enumerate(told):
        held = {"id": f"c{number}", "type": "CONTESTED", "asserted": True, "source": source, "confidence": sure}
        held |= {"at_meeting": meeting} if meeting else {}
        graph.add_edge(f"x:actor:{person}", f"x:document:{person}", key=held["id"], **held)
    file = tmp_path / "page.html"
    found = network_of(graph, load_schema())
    file.write_text(network_page(found, load_schema(), PageFrame("x")), encoding="utf-8")
    thick = "() => Object.fromEntries(network.body.data.edges.get().map((each) => [each.from, each.width]))"
    with open_page(file) as seen:
        names = list(found.network.graph)
        often, many = (str(names.index(f"x:actor:{person}")) for person in "BC")
        drawn = seen.page.evaluate(thick)
        assert drawn[often] < drawn[many]
        key = seen.page.locator("li[data-sources]")
        assert [each.strip() for each in key.all_inner_texts()] == ["1 source", "2 sources", "4 sources"]
        in_key = key.locator("line").evaluate_all("all => all.map((each) => Number(each.getAttribute('stroke-width')))")
        assert (in_key[0], in_key[-1]) == (drawn[often], drawn[many])
        tick(seen, "confidence", "low", ticked=False)
        assert seen.page.evaluate(thick)[many] == in_key[0]
        assert "Thicker lines have more sources" in seen.page.locator("main").inner_text()
        seen.assert_quiet()


def test_a_name_stands_where_fewer_lines_leave(open_page: Any, page: Path) -> None:
    """Above the mark where more ties go down than up, so that they do not run through the name."""
    data = "data => JSON.parse(data.textContent).drawing"
    with open_page(page) as seen:
        drawing = seen.page.locator("#network-data").evaluate(data)
    places = {node["id"]: (node["x"], node["y"]) for node in drawing["nodes"]}
    ends = [(edge["from"], edge["to"]) for edge in drawing["edges"]]
    steep = {node: [0, 0] for node in places}
    for one, other in [*ends, *((other, one) for one, other in ends)]:
        across, down = (b - a for a, b in zip(places[one], places[other], strict=True))
        if abs(across) < 1.2 * abs(down):
            steep[one][down > 0] += 1
    above = {node["id"] for node in drawing["nodes"] if node.get("font", {}).get("vadjust", 0) < 0}
    assert above == {node for node, (up, down) in steep.items() if down > up} != set()


def test_boxes_of_a_filter_are_whole_or_say_that_there_is_more(open_page: Any, page: Path) -> None:
    with open_page(page) as seen:
        boxes = seen.page.locator("fieldset[data-filter]")
        cut = "all => all.filter((each) => each.scrollHeight > each.clientHeight + 1).length"
        assert boxes.evaluate_all(cut) == 0, "those of the invented study have room"
        shadow = "all => all.every((each) => getComputedStyle(each).backgroundAttachment.includes('local'))"
        assert boxes.evaluate_all(shadow)
        seen.assert_fits()
