"""The page of a storyline in a real browser: by mouse, by keyboard, without scripts, and with hostile words in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from itertools import pairwise, product
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from playwright.sync_api import Browser

import journeys
from journeys.analysis.actors import storyline as storyline_module
from journeys.analysis.actors.storyline import storyline_of
from journeys.model.schema import load_schema
from journeys.views.pages.frame import PageFrame
from journeys.views.pages.storyline import storyline_page, storyline_svg
from journeys.views.pictures.storyline import storyline_picture
from tests.views.hostile_words import HOSTILE


@pytest.fixture(scope="module")
def page(demo_study: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the site Northtown."""
    file = tmp_path_factory.mktemp("page") / "north.html"
    study = journeys.open(demo_study("embedded").folder)
    study.write(study.storyline("north"), file)
    return file


@pytest.mark.parametrize("width", [1280, 375])
def test_from_a_meeting_to_the_cell(open_page: Any, page: Path, width: int) -> None:
    with open_page(page, width) as seen:
        seen.page.locator("svg.storyline a").filter(has_text="Redesign Group June").locator("text").first.click()
        section = seen.page.locator("section.meeting:target")
        assert "Redesign Group June 2011" in section.inner_text()
        section.locator("summary", has_text="Mina V.").click()
        assert "At least people will not need two buses." in section.inner_text()
        assert "forms/INVENTED D07.xlsx > Who did what > A11" in section.inner_text()
        seen.assert_quiet()
        seen.assert_fits()


def test_the_keyboard_leads_to_each_meeting_and_on(open_page: Any, page: Path) -> None:
    with open_page(page) as seen:
        seen.page.locator("svg.storyline a").first.focus()
        for _ in range(2):
            seen.page.keyboard.press("ArrowRight")
        seen.page.keyboard.press("Enter")
        assert "Redesign Group June 2011" in seen.page.locator("section.meeting:target h3").inner_text()
        assert seen.page.locator('svg.storyline a[tabindex="0"]').count() == 1


def test_people_are_brought_out(open_page: Any, page: Path) -> None:
    with open_page(page) as seen:
        seen.page.get_by_role("checkbox", name="Mina V.").check()
        chosen = seen.page.locator("svg.storyline .line.chosen title")
        assert chosen.all_text_contents() == ["Mina V."]
        assert seen.page.locator("section.meeting li.chosen").count() == 2
        seen.page.get_by_role("button", name="Nobody").click()
        assert chosen.count() == 0


def test_all_is_readable_without_scripts(browser: Browser, page: Path) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        opened = context.new_page()
        opened.goto(page.as_uri())
        assert opened.locator("section.meeting").count() == 6
        assert not opened.locator("#people").is_visible()


def hostile_graph() -> nx.MultiDiGraph[str]:
    """A meeting for each hostile word, at which everybody is, under such a name, and introduces and contests it all."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(study="x")
    for number, words in enumerate(HOSTILE):
        day = date(2011, 1, 1 + number)
        graph.add_node(f"x:meeting:{number}", label="Meeting", name=words, date_from=day, date_to=day)
        graph.add_node(f"x:actor:{number}", label="Actor", name=words, kind="person")
        graph.add_node(f"x:document:{number}", label="Document", name=words)
    for meeting, person in product(range(len(HOSTILE)), repeat=2):
        for kind in ("INTRODUCED", "CONTESTED"):
            key = f"{kind}{meeting}{person}"
            held = {"id": key, "type": kind, "asserted": True, "at_meeting": f"x:meeting:{meeting}"}
            said = dict.fromkeys(("quote", "note", "file", "sheet", "cell", "place", "grounds"), HOSTILE[person])
            graph.add_edge(f"x:actor:{person}", f"x:document:{meeting}", key=key, **held, **said)
    return graph


@pytest.mark.parametrize("width", [1280, 400])
def test_hostile_words_are_words(open_page: Any, tmp_path: Path, width: int) -> None:
    found = storyline_of(hostile_graph(), load_schema())
    file = tmp_path / "page.html"
    frame = PageFrame("</title><script>alert(1)</script>", HOSTILE[0])
    file.write_text(storyline_page(found, load_schema(), frame), encoding="utf-8")
    with open_page(file, width) as seen:
        seen.page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
        assert seen.page.evaluate("document.querySelectorAll('img, b, [onclick], [onerror]').length") == 0
        assert "<img src=x onerror=alert(1)>" in seen.page.locator("main").inner_text()
        seen.assert_quiet()
        seen.assert_fits()
    ElementTree.fromstring(storyline_svg(found))


def test_on_paper_the_drawing_is_on_the_page_of_its_legend(open_page: Any, atlas: Path) -> None:
    """All that follows goes, so that the number of pages is that of the title, the legend and the drawing."""
    with open_page(atlas.parent / "storylines" / "site-north.html") as seen:
        gone = "#meetings, .meeting, #not-shown, #not-shown ~ *, footer"
        seen.page.evaluate(f"document.querySelectorAll('{gone}').forEach((each) => each.remove())")
        assert seen.page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1


def test_a_saved_drawing_says_what_its_colours_stand_for(opened_demo: journeys.Study) -> None:
    for place in (None, "north"):
        found = opened_demo.storyline(place)
        drawing = ElementTree.fromstring(storyline_svg(found))
        caption = next(each for each in drawing.iter() if each.get("class") == "caption")
        words = ["".join(each.itertext()).strip() for each in caption]
        page = storyline_page(found, opened_demo.schema, PageFrame("S"))
        legend = page.partition('aria-label="Signs of the storyline"')[2].partition("</ul>")[0]
        bands = re.findall(r'<path d="M0 6H26"[^>]*></svg> ([^<]+)</li>', legend.replace("/>", ">"))
        assert len(bands) > 1
        kinds = "|".join(re.escape(term.label) for term in opened_demo.schema.terms("organisation_kind").terms.values())
        assert {re.sub(rf" \((?:{kinds})\)$", "", unescape(each)) for each in bands} <= set(words)
        uncertain = not all(column.exact for column in storyline_picture(found).columns)
        assert ("known only within this stretch" in words) == uncertain
        assert ("known only within this stretch" in legend) == uncertain
        right = float(drawing.get("viewBox", "").split()[2])
        at = [float(each.get("transform", "")[10:].split()[0]) for each in caption if each.get("transform")]
        assert max(at) < right


def test_lines_keep_their_distance(opened_demo: journeys.Study) -> None:
    """At each meeting nobody stands nearer to another than the signs are high, and those there stand together."""
    picture = storyline_picture(opened_demo.storyline())
    for column in picture.columns:
        heights = [sign.y for sign in column.signs]
        assert all(below - above >= 19.9 for above, below in pairwise(heights))
        assert column.top < heights[0] <= heights[-1] < column.bottom
    assert all(line.y > 0 for line in picture.lines)


def test_a_storyline_that_is_not_whole_says_so_at_its_head(
    open_page: Any, opened_demo: journeys.Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of how many, with a link to who is left out; the page has a card for each claim that it says it is based on."""
    monkeypatch.setattr(storyline_module, "MOST_PEOPLE", 3)
    monkeypatch.setattr(storyline_module, "MOST_MEETINGS", 4)
    file = tmp_path / "page.html"
    found = opened_demo.storyline("north")
    opened_demo.write(found, file)
    with open_page(file) as seen:
        facts = seen.page.locator("h1 + .facts").inner_text()
        assert facts.startswith("3 of 7 people · 4 of 6 meetings · based on ")
        assert f"based on {len(found.claims)} claims" in facts
        assert seen.page.locator("section.meeting .claim").count() == len(found.claims)
        seen.page.locator("h1 + .facts a").click()
        assert seen.page.locator("#not-shown").evaluate("each => each.getBoundingClientRect().top < innerHeight")
        seen.assert_quiet()
    assert "3 of 7 people, 4 of 6 meetings" in storyline_svg(found)


def two_councils(number: int = 2) -> nx.MultiDiGraph[str]:
    """A meeting of a person from each of so many councils, one kind of organisation, and of one who is of two."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(study="x")
    day = date(2011, 1, 1)
    graph.add_node("x:meeting:1", label="Meeting", name="Hearing", date_from=day, date_to=day)
    people = {**{f"P{at:02}": [at] for at in range(number)}, "Q": [0, 1], "R": []}
    for at in range(number):
        graph.add_node(f"x:organisation:{at:02}", label="Organisation", name=f"Council {at:02}", kind="la")
    for person, bodies in people.items():
        graph.add_node(f"x:actor:{person}", label="Actor", name=person, kind="person")
        for end in ["x:meeting:1", *(f"x:organisation:{at:02}" for at in bodies)]:
            kind = "ATTENDED" if "meeting" in end else "MEMBER_OF"
            held = {"id": f"{person}{end}", "type": kind, "asserted": True}
            graph.add_edge(f"x:actor:{person}", end, key=held["id"], **held)
    return graph


def test_each_organisation_has_a_band_of_its_own(open_page: Any, tmp_path: Path) -> None:
    """Two of one kind can be told apart, by colour and by letter, on the page and in the picture that is saved."""
    file = tmp_path / "page.html"
    found = storyline_of(two_councils(), load_schema())
    file.write_text(storyline_page(found, load_schema(), PageFrame("x")), encoding="utf-8")
    with open_page(file) as seen:
        key = seen.page.locator("ul.legend li").all_inner_texts()
        assert {"A Council 00 (Local authority)", "B Council 01 (Local authority)"} <= {each.strip() for each in key}
        assert "several organisations, none recorded" in {each.strip() for each in key}
        names = {each.strip() for each in seen.page.locator("svg.storyline .name").all_text_contents()}
        assert names == {"P00 A", "P01 B", "Q A, B", "R"}
        seen.assert_quiet()
    picture = storyline_picture(found)
    colours = {line.person.entity.name: line.colour for line in picture.lines}
    assert len({colours["P00"], colours["P01"], colours["R"]}) == 3
    assert colours["Q"] == colours["R"]
    assert "B Council 01" in storyline_svg(found)


def test_organisations_beyond_the_palette_share_a_grey_that_names_them(open_page: Any, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    found = storyline_of(two_councils(18), load_schema())
    file.write_text(storyline_page(found, load_schema(), PageFrame("x")), encoding="utf-8")
    with open_page(file) as seen:
        key = [each.strip() for each in seen.page.locator("ul.legend li").all_inner_texts()]
        assert "Q Council 16, R Council 17, several organisations, none recorded" in key
        seen.assert_fits()
    lines = [line for line in storyline_picture(found).lines if line.person.entity.name < "P16"]
    assert len({(line.colour, line.dashes) for line in lines}) == len(lines) == 16


CROSSED = """() => {
  const paths = [...document.querySelectorAll("svg.storyline .line path:last-child")];
  const points = paths.flatMap((path) => {
    const long = path.getTotalLength();
    return Array.from({ length: Math.ceil(long / 2) }, (_, at) => path.getPointAtLength(at * 2));
  });
  const words = [...document.querySelectorAll("svg.storyline .name text, svg.storyline a text[fill='#00694c']")];
  return words
    .filter((each) => {
      const { x: left, y: top, width, height } = each.getBBox();
      return points.some(({ x, y }) => x > left && x < left + width && y > top + 2 && y < top + height - 2);
    })
    .map((each) => each.textContent);
}"""


@pytest.mark.parametrize("site", ["north", "west", "east", None])
def test_no_line_runs_through_words(
    open_page: Any, opened_demo: journeys.Study, tmp_path: Path, site: str | None
) -> None:
    file = tmp_path / "page.html"
    opened_demo.write(opened_demo.storyline(site), file)
    with open_page(file) as seen:
        assert seen.page.evaluate(CROSSED) == []


def test_titles_are_whole_where_there_is_room(open_page: Any, opened_demo: journeys.Study, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    opened_demo.write(opened_demo.storyline("west"), file)
    with open_page(file) as seen:
        written = seen.page.locator("svg.storyline a text").all_text_contents()
        assert "What mothers told the link worker" in written
        assert not any(words.endswith("…") for words in written)


def test_who_did_nothing_else_was_there(open_page: Any, page: Path) -> None:
    with open_page(page) as seen:
        told = seen.page.locator("section.meeting summary").all_inner_texts()
        assert "Sam S.: was there" in told
        assert all(": " in each and not each.endswith(": ") for each in told)
