"""How a workbook shows its cells: number formats, struck-out words, fonts of symbols, by style, string and run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from journeys.instruments.files.colours import BLACK, UNKNOWN_COLOUR, WHITE, unseen
from journeys.instruments.files.number_formats import BUILT_IN
from journeys.instruments.files.office_package import relationships
from journeys.instruments.files.symbol_fonts import as_seen, is_symbol_font, raised
from journeys.instruments.files.zip_package import ZipPackage, xml_parser

_PLAIN = ("0", "14", "49")
_LOOKS = (b"strike", b"superscript", b"ingdings", b"Symbol", b"Webdings", b"Marlett", b"Zapf", b"color ")
_Runs = tuple[str, str, str]
"""What is left of a text, what of it was struck out, and what of the rest has the colour of its background."""
_Coloured = tuple[str, str, Sequence[tuple[str, str]]]
"""What is left of a text, what of it was struck out, and words of the rest that have a colour, each behind it."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a style does to a cell: its number format ("" for none), whether its words are struck out, not seen on their
    background or raised, and its font, if that is one of symbols."""

    format: str = ""
    struck: bool = False
    unseen: bool = False
    raised: bool = False
    font: str | None = None


@dataclass(frozen=True, slots=True)
class Looks:
    """The styles that change what a cell shows, by number, the shared strings shown otherwise, the colours behind the
    words of styles that have any, and what the looks of conditional formats do to words ("" where they leave them)."""

    styles: Mapping[str, Look] = field(default_factory=dict)
    strings: Mapping[int, _Coloured] = field(default_factory=dict)
    fills: Mapping[str, str] = field(default_factory=dict)
    rules: Sequence[str] = ()


def read_looks(package: ZipPackage, workbook: str) -> Looks:
    """The looks of a workbook. Raises UnreadableFile."""
    related = dict(relationships(package, workbook).values())
    styles, strings = (related.get(kind, f"xl/{kind}.xml") for kind in ("styles", "sharedStrings"))
    found, fills = _styles(package, styles) if styles in package else ({}, {})
    return Looks(found, struck_strings(package, strings) if strings in package else {}, fills)


def _styles(package: ZipPackage, part: str) -> tuple[dict[str, Look], dict[str, str]]:
    """The styles that change what is shown, and the colours behind the words of those that have any."""
    formats, looks, backgrounds = dict(BUILT_IN), {}, {}
    fonts: list[tuple[Look, str]] = []
    fills: list[str] = []
    font, colour, fill = Look(), BLACK, WHITE
    position = 0
    for parent, tag, attributes, _ in package.elements(part):
        if tag == "numFmt":
            formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif parent == "font":
            font = font_with(font, tag, attributes)
            colour = (colour_of(attributes) or BLACK) if tag == "color" else colour
        elif tag == "font" and parent == "fonts":
            fonts.append((font, colour))
            font, colour = Look(), BLACK
        elif tag == "fgColor":
            fill = colour_of(attributes) or UNKNOWN_COLOUR
        elif tag in ("patternFill", "gradientFill"):
            pattern = attributes.get("patternType", "none") if tag == "patternFill" else "gradient"
            fill = {"none": WHITE, "solid": fill}.get(pattern, UNKNOWN_COLOUR)
        elif tag == "fill" and parent == "fills":
            fills.append(fill)
            fill = WHITE
        elif tag == "xf" and parent == "cellXfs":
            chosen, ink = _at(fonts, attributes.get("fontId", "0")) or (Look(), BLACK)
            format_ = "" if attributes.get("numFmtId") in _PLAIN else formats.get(attributes.get("numFmtId", ""), "")
            behind = _at(fills, attributes.get("fillId", "0")) or WHITE
            look = replace(chosen, format=format_, unseen=unseen(ink, behind))
            if behind != WHITE:
                backgrounds[str(position)] = behind
            if look != Look():
                looks[str(position)] = look
            position += 1
    return looks, backgrounds


def font_with(font: Look, tag: str, attributes: Mapping[str, str]) -> Look:
    """A font with one more of its properties."""
    value = attributes.get("val", "1")
    if tag == "strike":
        return replace(font, struck=value not in ("0", "false"))
    if tag == "vertAlign":
        return replace(font, raised=value == "superscript")
    if tag in ("name", "rFont"):
        return replace(font, font=value if is_symbol_font(value) else None)
    return font


_OF_INDEX = {"0": BLACK, "1": WHITE, "8": BLACK, "9": WHITE, "65": WHITE}


def colour_of(attributes: Mapping[str, str]) -> str | None:
    """A colour as RGB, or, where the workbook's theme decides, as a name of its own; None for the automatic one."""
    if rgb := attributes.get("rgb"):
        return rgb[-6:].upper()
    if index := attributes.get("indexed"):
        return _OF_INDEX.get(index, None if index == "64" else f"index {index}")
    theme = attributes.get("theme")
    if theme is None:
        return None
    try:
        tint = float(attributes.get("tint", "0"))
    except ValueError:
        return UNKNOWN_COLOUR
    if theme in ("0", "1"):
        grey = round(255 * (min(1 + tint, 1) if theme == "0" else max(tint, 0)))
        return f"{grey:02X}" * 3
    return f"theme {theme} {tint:.3f}"


_Item = TypeVar("_Item")


def _at(items: Sequence[_Item], number: str) -> _Item | None:
    return items[int(number)] if number.isdecimal() and int(number) < len(items) else None


def struck_strings(package: ZipPackage, part: str) -> dict[int, _Coloured]:
    """Of the shared strings those that are shown otherwise, by number."""
    if not _mentions_looks(package, part):
        return {}
    reader = _RunReader("si")
    package.feed(reader.parser, part)
    return {number: found for number, (_, found) in enumerate(reader.found) if found is not None}


def struck_cells(package: ZipPackage, part: str, looks: Looks) -> dict[str, _Runs]:
    """The cells of which parts are shown otherwise, by reference."""
    strings = looks.strings
    if not strings and not _mentions_looks(package, part):
        return {}
    reader = _RunReader("c")
    package.feed(reader.parser, part)
    found = {}
    for attributes, runs in reader.found:
        reference = attributes.get("r", "")
        if attributes.get("t") == "s":
            number = reader.values[reference]
            runs = strings.get(int(number)) if number.isdecimal() else None
        if runs is not None:
            behind = looks.fills.get(attributes.get("s", "0"), WHITE)
            found[reference] = (*runs[:2], "".join(words for ink, words in runs[2] if unseen(ink, behind)))
    return found


def _mentions_looks(package: ZipPackage, part: str) -> bool:
    """Whether runs of text in a part may be shown otherwise than they are stored."""
    tail = b""
    for chunk in package.stream(part):
        window = tail + chunk
        if b"rPr" in window and any(word in window for word in _LOOKS):
            return True
        tail = chunk[-20:]
    return False


class _RunReader:
    """Collects the runs of text inside each element of one name, as they are seen, those struck out apart.

    None for text that is all seen as it is stored.
    """

    def __init__(self, around: str) -> None:
        self.parser = xml_parser()
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self.parser.CharacterDataHandler = self._characters
        self.found: list[tuple[dict[str, str], _Coloured | None]] = []
        self.values: dict[str, str] = {}
        self._around = around
        self._attributes: dict[str, str] = {}
        self._runs: tuple[list[str], list[str]] = ([], [])
        self._coloured: list[tuple[str, str]] = []
        self._ink: str | None = None
        self._look, self._phonetic, self._changed = Look(), False, False
        self._in: str | None = None

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == self._around:
            self._attributes, self._runs, self._coloured, self._changed = attributes, ([], []), [], False
            self.values[attributes.get("r", "")] = ""
        elif name == "r":
            self._look, self._ink = Look(), None
        elif name == "rPh":
            self._phonetic = True
        elif name in ("strike", "vertAlign", "rFont"):
            self._look = font_with(self._look, name, attributes)
        elif name == "color":
            self._ink = colour_of(attributes) or BLACK
        elif name in ("t", "v"):
            self._in = name

    def _characters(self, words: str) -> None:
        if self._in == "v":
            self.values[self._attributes.get("r", "")] += words
        elif self._in == "t" and not self._phonetic:
            seen = as_seen(words, self._look.font)
            seen = raised(seen) if self._look.raised else seen
            coloured = bool(self._ink) and not self._look.struck and bool(seen.strip())
            self._coloured += [(self._ink or BLACK, seen)] if coloured else []
            self._changed = self._changed or self._look.struck or coloured or seen != words
            self._runs[self._look.struck].append(seen)

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == self._around:
            runs = ("".join(self._runs[0]), "".join(self._runs[1]), tuple(self._coloured))
            self.found.append((self._attributes, runs if self._changed else None))
        elif name == "r":
            self._look, self._ink = Look(), None
        elif name == "rPh":
            self._phonetic = False
        elif name in ("t", "v"):
            self._in = None
