"""Pictures saved from pages: every mark, line and word in them is seen, in the file and not only in its text."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

import journeys

DRAWN = "svg text, svg .sign, svg path:not(.sign *, [stroke-opacity])"
PLACES = """(drawn) => [...document.querySelectorAll(drawn)].flatMap((each) => {
  const {fill, stroke} = getComputedStyle(each);
  const colours = [fill, stroke].map((one) => one.match(/\\d+/g)?.map(Number)).filter(Boolean);
  const ink = colours.find((one) => one.some((part) => part < 255));
  const {x, y, width, height} = each.getBoundingClientRect();
  return ink ? [{what: each.textContent.trim() || each.outerHTML, ink, box: [x, y, width, height]}] : [];
})"""
"""What is drawn in a picture, in which colour, and where: words, signs and lines."""

UNSEEN = """async ([source, places, whole]) => {
  const picture = new Image();
  picture.src = source;
  await picture.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [picture.naturalWidth, picture.naturalHeight];
  const pen = canvas.getContext("2d", {willReadFrequently: true});
  pen.drawImage(picture, 0, 0);
  const scale = canvas.width / whole;
  return places.filter(({ink, box}) => {
    const [x, y, width, height] = box.map((one) => Math.round(one * scale));
    const {data} = pen.getImageData(x - 2, y - 2, width + 4, height + 4);
    for (let at = 0; at < data.length; at += 4)
      if (ink.every((one, part) => Math.abs(one - data[at + part]) < 60)) return false;
    return true;
  }).map(({what}) => what);
}"""
"""What is not seen of it in a picture of pixels: no pixel at its place has its colour."""


@dataclass
class Drawn:
    """What a saved SVG draws, and a page on which pictures are looked at."""

    looked_at: Any
    places: list[dict[str, Any]]
    width: float

    def unseen(self, picture: bytes, kind: str) -> list[str]:
        """What is not to be seen in ``picture``, which shows the same."""
        source = f"data:{kind};base64,{base64.b64encode(picture).decode()}"
        found: list[str] = self.looked_at.evaluate(UNSEEN, [source, self.places, self.width])
        return found


@pytest.fixture
def drawn(browser: Browser) -> Any:
    """``drawn(svg)``: what a saved picture draws."""
    with browser.new_context(viewport={"width": 1600, "height": 900}) as context:
        page = context.new_page()

        def reading(svg: bytes) -> Drawn:
            page.set_content(f"<style>body {{ margin: 0 }}</style>{svg.decode().partition('?>')[2] or svg.decode()}")
            width = page.locator("svg").first.evaluate("each => each.getBoundingClientRect().width")
            return Drawn(page, page.evaluate(PLACES, DRAWN), width)

        yield reading


def saved(seen: Any, button: str, to: Path) -> bytes:
    with seen.page.expect_download() as download:
        seen.page.get_by_role("button", name=button).click()
    download.value.save_as(to)
    return to.read_bytes()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_the_figure_of_a_journey_shows_all_that_is_drawn(
    open_page: Any, drawn: Callable[[bytes], Drawn], atlas: Path, tmp_path: Path, scheme: str, width: int
) -> None:
    for name in ("document-north.diabetes.d07", "evidence-ward-census"):
        file = atlas.parent / "journeys" / f"{name}.html"
        with open_page(file, width) as seen:
            seen.page.emulate_media(color_scheme=scheme)
            svg = saved(seen, "Download SVG", tmp_path / "saved.svg")
            png = saved(seen, "Download PNG", tmp_path / "saved.png")
            seen.page.evaluate("window.print = () => {}")
            seen.page.get_by_role("button", name="Download PDF").click()
            seen.page.emulate_media(media="print", color_scheme=scheme)
            seen.page.set_viewport_size({"width": 1600, "height": 900})  # the sheet is as wide as its page
            sheet = seen.page.locator("#sheet svg").screenshot()
        picture = drawn(svg)
        assert len([place for place in picture.places if place["box"][0] > 180]) > 10
        assert picture.unseen(svg, "image/svg+xml") == []
        assert picture.unseen(png, "image/png") == []
        assert picture.unseen(sheet, "image/png") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_saved_storyline_shows_all_that_is_drawn(
    open_page: Any, drawn: Callable[[bytes], Drawn], atlas: Path, tmp_path: Path, scheme: str
) -> None:
    with open_page(atlas.parent / "storylines" / "site-north.html") as seen:
        seen.page.emulate_media(color_scheme=scheme)
        seen.page.get_by_role("checkbox", name="Mina V.").check()
        svg = saved(seen, "Download SVG", tmp_path / "saved.svg")
    picture = drawn(svg)
    assert len(picture.places) > 30
    assert picture.unseen(svg, "image/svg+xml") == []


def test_the_map_written_by_the_command_shows_all_that_is_drawn(
    drawn: Callable[[bytes], Drawn], opened_demo: journeys.Study, tmp_path: Path
) -> None:
    journey = opened_demo.trace("D07")
    for ending in ("svg", "png"):
        opened_demo.write(journey, tmp_path / f"D07.{ending}")
    svg = (tmp_path / "D07.svg").read_bytes()
    picture = drawn(svg)
    assert picture.unseen(svg, "image/svg+xml") == []
    assert picture.unseen((tmp_path / "D07.png").read_bytes(), "image/png") == []
