"""How a workbook shows its cells: number formats, struck-out words, fonts of symbols, by style, string and run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from journeys.instruments.files.number_formats import BUILT_IN
from journeys.instruments.files.office_package import relationships
from journeys.instruments.files.symbol_fonts import as_seen, is_symbol_font, raised
from journeys.instruments.files.zip_package import ZipPackage, xml_parser

_PLAIN = ("0", "14", "49")
_LOOKS = (b"strike", b"superscript", b"ingdings", b"Symbol", b"Webdings", b"Marlett", b"Zapf", b'FFFFFF"', b'theme="0"')
_Runs = tuple[str, str, str]
"""What is left of a text, what of it was struck out, and what of the rest is white."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a style does to a cell: its number format ("" for none), whether its words are struck out, white on white or
    raised, and its font, if that is one of symbols."""

    format: str = ""
    struck: bool = False
    white: bool = False
    raised: bool = False
    font: str | None = None


@dataclass(frozen=True, slots=True)
class Looks:
    """The styles that change what a cell shows, by number, the shared strings shown otherwise, the styles with a
    background, and what the looks of conditional formats do to words ("" where they leave them)."""

    styles: Mapping[str, Look] = field(default_factory=dict)
    strings: Mapping[int, _Runs] = field(default_factory=dict)
    filled: frozenset[str] = frozenset()
    rules: Sequence[str] = ()


def read_looks(package: ZipPackage, workbook: str) -> Looks:
    """The looks of a workbook. Raises UnreadableFile."""
    related = dict(relationships(package, workbook).values())
    styles, strings = (related.get(kind, f"xl/{kind}.xml") for kind in ("styles", "sharedStrings"))
    found, filled = _styles(package, styles) if styles in package else ({}, frozenset[str]())
    return Looks(
        found,
        struck_strings(package, strings) if strings in package else {},
        filled,
        _rules(package, styles) if styles in package else (),
    )


def _styles(package: ZipPackage, part: str) -> tuple[dict[str, Look], frozenset[str]]:
    """The styles that change what is shown, and those that have a background."""
    formats, looks, filled = dict(BUILT_IN), {}, []
    fonts: list[Look] = []
    font = Look()
    fills: list[bool] = []
    is_filled = False
    position = 0
    for parent, tag, attributes, _ in package.elements(part):
        if tag == "numFmt":
            formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif parent == "font":
            font = _with(font, tag, attributes)
        elif tag == "font" and parent == "fonts":
            fonts.append(font)
            font = Look()
        elif tag == "patternFill":
            is_filled = attributes.get("patternType", "none") != "none"
        elif tag == "gradientFill":
            is_filled = True
        elif tag == "fill" and parent == "fills":
            fills.append(is_filled)
            is_filled = False
        elif tag == "xf" and parent == "cellXfs":
            chosen = _at(fonts, attributes.get("fontId", "0")) or Look()
            format_ = "" if attributes.get("numFmtId") in _PLAIN else formats.get(attributes.get("numFmtId", ""), "")
            has_fill = bool(_at(fills, attributes.get("fillId", "0")))
            look = replace(chosen, format=format_, white=chosen.white and not has_fill)
            if has_fill:
                filled.append(str(position))
            if look != Look():
                looks[str(position)] = look
            position += 1
    return looks, frozenset(filled)


def _rules(package: ZipPackage, part: str) -> list[str]:
    """What the looks that conditional formats give to cells do: "strike out", "hide" or ""."""
    found: list[str] = []
    look, is_filled = Look(), False
    for parent, tag, attributes, _ in package.elements(part):
        if parent == "font":
            look = _with(look, tag, attributes)
        elif tag == "numFmt" and parent == "dxf":
            look = replace(look, format=attributes.get("formatCode", ""))
        elif tag in ("fgColor", "bgColor"):
            is_filled = is_filled or not _with(Look(), "color", attributes).white
        elif tag == "dxf":
            hides = (look.white and not is_filled) or (look.format and not look.format.strip("; "))
            found.append("strike out" if look.struck else "hide" if hides else "")
        if tag in ("dxf", "font", "fill") and parent in ("dxfs", "fonts", "fills"):
            look, is_filled = Look(), False
    return found


def _with(font: Look, tag: str, attributes: Mapping[str, str]) -> Look:
    """A font with one more of its properties."""
    value = attributes.get("val", "1")
    if tag == "strike":
        return replace(font, struck=value not in ("0", "false"))
    if tag == "vertAlign":
        return replace(font, raised=value == "superscript")
    if tag in ("name", "rFont"):
        return replace(font, font=value if is_symbol_font(value) else None)
    if tag == "color":
        rgb, theme = attributes.get("rgb", "").upper(), attributes.get("theme")
        return replace(font, white=rgb.endswith("FFFFFF") or (theme == "0" and not float(attributes.get("tint", "0"))))
    return font


_Item = TypeVar("_Item")


def _at(items: Sequence[_Item], number: str) -> _Item | None:
    return items[int(number)] if number.isdecimal() and int(number) < len(items) else None


def struck_strings(package: ZipPackage, part: str) -> dict[int, _Runs]:
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
            found[reference] = (*runs[:2], "") if attributes.get("s") in looks.filled else runs
    return found


def _mentions_looks(package: ZipPackage, part: str) -> bool:
    """Whether runs of text in a part may be shown otherwise than they are stored."""
    tail = b""
    for chunk in package.stream(part):
        if any(word in tail + chunk for word in _LOOKS):
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
        self.found: list[tuple[dict[str, str], _Runs | None]] = []
        self.values: dict[str, str] = {}
        self._around = around
        self._attributes: dict[str, str] = {}
        self._runs: tuple[list[str], list[str]] = ([], [])
        self._white: list[str] = []
        self._look, self._phonetic, self._changed = Look(), False, False
        self._in: str | None = None

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == self._around:
            self._attributes, self._runs, self._white, self._changed = attributes, ([], []), [], False
            self.values[attributes.get("r", "")] = ""
        elif name == "r":
            self._look = Look()
        elif name == "rPh":
            self._phonetic = True
        elif name in ("strike", "vertAlign", "rFont", "color"):
            self._look = _with(self._look, name, attributes)
        elif name in ("t", "v"):
            self._in = name

    def _characters(self, words: str) -> None:
        if self._in == "v":
            self.values[self._attributes.get("r", "")] += words
        elif self._in == "t" and not self._phonetic:
            seen = as_seen(words, self._look.font)
            seen = raised(seen) if self._look.raised else seen
            white = self._look.white and not self._look.struck and bool(seen.strip())
            self._white += [seen] if white else []
            self._changed = self._changed or self._look.struck or white or seen != words
            self._runs[self._look.struck].append(seen)

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == self._around:
            runs = ("".join(self._runs[0]), "".join(self._runs[1]), "".join(self._white))
            self.found.append((self._attributes, runs if self._changed else None))
        elif name == "r":
            self._look = Look()
        elif name == "rPh":
            self._phonetic = False
        elif name in ("t", "v"):
            self._in = None
