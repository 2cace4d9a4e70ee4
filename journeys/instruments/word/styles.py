"""The styles of a Word document: what they do to words, with all that they take over from the styles below them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from journeys.instruments.files.colours import BLACK, UNKNOWN_COLOUR, WHITE
from journeys.instruments.word.ooxml import is_on, property_value, w

_THEME_COLOURS = {"background1": WHITE, "light1": WHITE, "text1": BLACK, "dark1": BLACK}
_HIGHLIGHTS = {
    "black": BLACK, "white": WHITE, "yellow": "FFFF00", "green": "00FF00", "cyan": "00FFFF", "magenta": "FF00FF",
    "blue": "0000FF", "red": "FF0000", "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000",
    "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """What properties do to words; None where they leave it. Colours are RGB, or "auto"; the size is in half points."""

    hidden: bool | None = None
    struck: bool | None = None
    colour: str | None = None
    fill: str | None = None
    size: float | None = None

    def over(self, below: Look) -> Look:
        """This look, with what it leaves taken from the one below it."""
        pairs = ((getattr(self, name), getattr(below, name)) for name in Look.__slots__)
        return Look(*(mine if mine is not None else theirs for mine, theirs in pairs))


@dataclass(frozen=True, slots=True)
class Style:
    """A style: its name, its look, and of a table's style also those of its parts ("firstRow")."""

    name: str
    look: Look = Look()
    parts: Mapping[str, Look] = field(default_factory=dict)

    @property
    def hidden(self) -> bool:
        """Whether its words are hidden."""
        return bool(self.look.hidden)

    @property
    def struck(self) -> bool:
        """Whether its words are struck out."""
        return bool(self.look.struck)


def read_styles(root: Any) -> dict[str, Style]:
    """The styles by id; under "" the one of paragraphs that name none."""
    found = {each.get(w("styleId")) or "": each for each in root.iter(w("style"))}
    styles = {identity: _style(identity, found) for identity in found}
    usual = [i for i, each in found.items() if each.get(w("default")) and each.get(w("type")) == "paragraph"]
    below = look_of(root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}"))
    look = (styles[usual[0]].look if usual else Look()).over(below)
    return {"": Style("", look)} | styles


def _style(identity: str, found: Mapping[str, Any]) -> Style:
    """A style with what it takes over from those it is based on."""
    name = property_value(found[identity], "name")
    look, parts = Look(), dict[str, Look]()
    met: set[str] = set()
    at: str | None = identity
    while at is not None and at in found and at not in met:
        met.add(at)
        look = look.over(_look_in(found[at]))
        for part in found[at].findall(w("tblStylePr")):
            kind = part.get(w("type")) or ""
            parts[kind] = parts.get(kind, Look()).over(_look_in(part))
        at = property_value(found[at], "basedOn")
    return Style(name or "", look, parts)


def _look_in(style: Any) -> Look:
    """What a style, or its part for some cells of a table, says of words and of what is behind them."""
    look = look_of(style.find(w("rPr")))
    fills = (background(style.find(w(name))) for name in ("tcPr", "tblPr", "pPr"))
    return look.over(Look(fill=next(filter(None, fills), None)))


def look_of(properties: Any) -> Look:
    """What the properties of a run, or of a style, do to words."""
    if properties is None:
        return Look()
    size = property_value(properties, "sz") or ""
    return Look(
        is_on(properties, "vanish", "specVanish"),
        is_on(properties, "strike", "dstrike"),
        _colour(properties),
        _HIGHLIGHTS.get(property_value(properties, "highlight") or "") or background(properties),
        float(size) if size.isdecimal() else None,
    )


def _colour(properties: Any) -> str | None:
    found = properties.find(w("color"))
    if found is None:
        return None
    said = (found.get(w("val")) or "auto").upper()
    return _THEME_COLOURS.get(found.get(w("themeColor")) or "", "auto") if said == "AUTO" else said


def background(properties: Any) -> str | None:
    """The colour that properties put behind words: RGB, "auto" for none, None where they say nothing."""
    shading = properties.find(w("shd")) if properties is not None else None
    if shading is None:
        return None
    pattern = shading.get(w("val")) or "clear"
    if pattern not in ("clear", "nil", "solid"):
        return UNKNOWN_COLOUR
    said = (shading.get(w("color" if pattern == "solid" else "fill")) or "auto").upper()
    if said != "AUTO":
        return said
    return BLACK if pattern == "solid" else "auto"
