"""The figures across cases: each with its caption and table, each mark leading to the words that say so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from journeys.views.pages.across import FIGURES
from tests.views.pages.conftest import ReadPage


@pytest.fixture(scope="module")
def across(atlas: Path) -> Path:
    return atlas.parent / "across" / "index.html"


def test_three_clicks_from_the_gap_map_to_a_form_cell(open_page: Any, atlas: Path) -> None:
    """The indicators were found not to be used at Easthaven: an empty cell with a source."""
    with open_page(atlas) as seen:
        seen.page.get_by_role("link", name="Across cases").click()
        seen.page.get_by_label("6.5 Population data, Easthaven, Use: reported not to have happened").click()
        assert seen.page.locator("h1").inner_text() == "6.5 Population data"
        assert seen.page.locator(":target").inner_text() == "Use (reported not to have happened)"
        part = seen.page.locator("h3:target + .piece")
        assert "Observatory indicator set" in part.inner_text()
        part.locator(".address a").first.click()
        seen.page.wait_for_load_state()
        assert seen.page.locator(":target").count() == 1
        assert seen.console == []


def test_a_bubble_can_be_followed_by_keyboard(open_page: Any, across: Path) -> None:
    with open_page(across) as seen:
        mark = seen.page.get_by_label(
            "6.14 National or international research (primary studies; syntheses), Northtown, Use"
        )
        mark.focus()
        seen.page.keyboard.press("Enter")
        seen.page.wait_for_load_state()
        assert seen.page.locator(":target").inner_text() == "Use (1 journey)"
        assert "National prevalence model" in seen.page.locator("h3:target + .piece").inner_text()


def test_every_figure_has_a_caption_with_n_a_table_and_links_that_lead_somewhere(
    across: Path, pages: dict[Path, ReadPage]
) -> None:
    page, text = pages[across.resolve()], across.read_text(encoding="utf-8")
    for figure in FIGURES:
        section = text.partition(f'id="{figure.anchor}"')[2].partition("</section>")[0]
        picture, _, caption = section.partition("<figcaption>")
        assert "<desc>" in picture, figure
        assert caption.partition("</figcaption>")[0].count("<p>") >= 3, figure
        assert "<p>n: " in caption, figure
        assert "Left out: " in caption, figure
        assert "<p>Method: " in caption, figure
        assert '<table class="result stack">' in caption, figure
        assert ' href="' in picture.partition("<svg")[2], figure
    for file, seen in [
        (across, page),
        *((file, pages[file.resolve()]) for file in across.parent.glob("gap-map-*.html")),
    ]:
        for href, _ in seen.links:
            path, _, anchor = href.partition("#")
            target = pages[(file.parent / path).resolve() if path else file.resolve()]
            assert not anchor or anchor in target.ids, f"{file.name}: {href}"


def test_the_picture_follows_the_colours_of_the_page(open_page: Any, across: Path) -> None:
    """Every colour of a figure has a rule for dark pages: none stays as it is on paper."""
    fills = "all => [...new Set(all.map((each) => getComputedStyle(each).fill))]"
    with open_page(across) as seen:
        light = seen.page.locator("svg[aria-label] text").evaluate_all(fills)
        seen.page.emulate_media(color_scheme="dark")
        dark = seen.page.locator("svg[aria-label] text").evaluate_all(fills)
        assert not set(light) & set(dark)


def test_on_a_telephone_the_gap_map_is_a_list_and_figures_keep_the_size_of_their_words(
    open_page: Any, across: Path
) -> None:
    with open_page(across, 375) as seen:
        assert not seen.page.locator("section:has(#gap-map) .drawing-frame").is_visible()
        told = seen.page.locator("section:has(#gap-map) .list-of-map")
        assert "Use: reported not to have happened" in told.inner_text()
        assert "None of this type at Northtown and Westbury." in told.inner_text()
        drawn = "document.querySelectorAll('.across:not(.has-list) .drawing-frame svg')"
        smaller = f"[...{drawn}].filter(each => each.getBoundingClientRect().width < each.viewBox.baseVal.width - 1)"
        assert seen.page.evaluate(f"{smaller}.length") == 0
        told.get_by_role("link", name="Use", exact=True).first.click()
        seen.page.wait_for_load_state()
        assert seen.page.locator(":target").inner_text().startswith("Use (")
    with open_page(across, 1280) as seen:
        assert not seen.page.locator(".list-of-map").first.is_visible()
