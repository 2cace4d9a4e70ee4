"""Every page, whatever its kind, is few clicks away from the words of a source and the cell that they stand in."""

from __future__ import annotations

import re
from pathlib import Path

from tests.views.pages.conftest import ReadPage

CLICKS = 3


def led_to(page: ReadPage, pages: dict[Path, ReadPage]) -> set[Path]:
    """The other pages to which the links of a page lead."""
    targets = ((page.file.parent / href.partition("#")[0]).resolve() for href, _ in page.links if href[:1] != "#")
    return {target for target in targets if target in pages and target != page.file.resolve()}


def shows_cells(page: ReadPage) -> bool:
    """Whether words stand on a page with the cell of the form that they were written in."""
    return any(name.startswith("at-") for name in page.ids) or any(
        words.startswith(("forms/", "registers", "tables/")) for _, words in page.links
    )


def test_from_every_page_to_a_form_cell_in_three_clicks(pages: dict[Path, ReadPage]) -> None:
    near = {file for file, page in pages.items() if shows_cells(page)}
    assert len(near) > len(pages) / 2
    links = {file: led_to(page, pages) for file, page in pages.items()}
    for _ in range(CLICKS - 1):  # the last click opens the claim on the page where its cell stands
        near |= {file for file, targets in links.items() if targets & near}
    assert sorted(file.as_posix() for file in pages.keys() - near) == []


def test_from_every_figure_to_a_form_cell_in_three_clicks(pages: dict[Path, ReadPage], atlas: Path) -> None:
    """A figure is a link that is a number or a mark of a picture; clicking it is the first click."""
    near = {file for file, page in pages.items() if shows_cells(page)}
    links = {file: led_to(page, pages) for file, page in pages.items()}
    for _ in range(CLICKS - 2):
        near |= {file for file, targets in links.items() if targets & near}
    figures: dict[str, int] = {}
    far = []
    for file, page in pages.items():
        kind = file.relative_to(atlas.parent.resolve()).parts[0]
        for href, words in page.links:
            place, _, anchor = href.partition("#")
            if not re.match(r"[\d,]+($|\s)|$", words.strip()) or ":" in place:
                continue
            target = (file.parent / place).resolve() if place else file
            if target in pages:
                figures[kind] = figures.get(kind, 0) + 1
                if target not in near or (anchor and anchor not in pages[target].ids):
                    far.append(f"{file.name}: {words.strip()} {href}")
    assert far == []
    assert {"index.html", "journeys", "across", "measures", "answers", "schema"} <= set(figures)
    assert sum(figures.values()) > 1_000


def test_every_figure_of_the_home_page_leads_to_its_list(atlas: Path, pages: dict[Path, ReadPage]) -> None:
    home = pages[atlas.resolve()]
    figures = [(href, words) for href, words in home.links if words.strip()[:1].isdigit()]
    assert len(figures) >= 5
    for href, _ in figures:
        place, _, anchor = href.partition("#")
        target = pages[(atlas.parent / place).resolve()] if place else home
        assert not anchor or anchor in target.ids


def test_the_number_of_claims_stands_where_the_home_page_leads(atlas: Path, pages: dict[Path, ReadPage]) -> None:
    """It counts those on journeys, and the study has more: the page that it leads to says both."""
    (tile,) = [(href, words) for href, words in pages[atlas.resolve()].links if words.endswith("claims on journeys")]
    href, number = tile[0], tile[1].split()[0]
    assert href == "schema/index.html#claims"
    text = (atlas.parent / "schema" / "index.html").read_text(encoding="utf-8")
    held = re.search(r"The study has ([\d,]+) claims. ([\d,]+) of them stand on journeys", text)
    assert held
    assert held[2] == number
    of_kinds = re.findall(r'id="claim-.*?data-head="In this study">(?:<a [^>]*>)?([\d,]+)', text, re.S)
    assert sum(int(each.replace(",", "")) for each in of_kinds) == int(held[1].replace(",", ""))
