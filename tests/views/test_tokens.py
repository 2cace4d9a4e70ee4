"""The design tokens: readable in light and in dark, and the only place where a page takes its colours from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from journeys.views import tokens
from journeys.views.render import COLOURS, asset

GROUNDS = ("ground", "surface", "band", "marked", "chosen")
WORDS = ("ink", "soft", "quiet", "link", "support", "contest", "step", "result", "focus")
LINES = ("edge", "faint", "line")
TEMPLATES = Path(tokens.__file__).parent / "templates"


def luminance(colour: str) -> float:
    """Relative luminance of a colour #rrggbb (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("side", [tokens.light, tokens.dark])
def test_words_can_be_read_on_every_ground_and_signs_be_seen(side: object) -> None:
    values = side()  # type: ignore[operator]
    for ground in GROUNDS:
        for word in WORDS:
            assert contrast(values[word], values[ground]) >= 4.5, (word, ground)
    for line in LINES:
        assert contrast(values[line], values["surface"]) >= 3, line


def test_a_page_takes_colours_and_letter_sizes_from_the_tokens_alone() -> None:
    for sheet in TEMPLATES.glob("*.css"):
        if sheet.name == "tokens.css":
            continue
        text = re.sub(r"/\*.*?\*/", "", asset(sheet.name), flags=re.S)
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{}]*;)", text) == [], sheet.name
        sizes = re.findall(r"font-size:\s*([^;}]+)", text)
        assert [each for each in sizes if not re.fullmatch(r"var\(.*\)|\d+pt|[\d.]+%", each)] == [], sheet.name
        for used in re.findall(r"var\(--([a-z0-9-]+)\)", text):
            assert used in tokens.light(), f"{sheet.name} uses --{used}, which is no token"


def test_every_token_is_explained_in_the_docs() -> None:
    docs = (Path(__file__).parents[2] / "docs" / "design.md").read_text(encoding="utf-8")
    for name in tokens.light():
        family = re.sub(r"-\d$", "", name)
        assert f"`--{name}`" in docs or f"`--{family}-1`" in docs, name


def test_a_picture_on_a_page_has_a_rule_for_each_of_its_colours() -> None:
    styles = tokens.token_styles()
    for colour in COLOURS.values():
        assert f'[fill="{colour}"]' in styles
    assert "light-dark" not in styles
    assert styles.index("data-theme=dark") < styles.index("forced-colors")
