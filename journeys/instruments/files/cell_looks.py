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
_LOOKS = (b"strike", b"superscript", b"ingdings", b"Symbol", b"Webdings", b"Marlett", b"Zapf")


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
    """The styles that change what a cell shows, by number, and the shared strings shown otherwise."""

    styles: Mapping[str, Look] = field(default_factory=dict)
    strings: Mapping[int, tuple[str, str]] = field(default_factory=dict)


def read_looks(package: ZipPackage, workbook: str) -> Looks:
    """The looks of a workbook. Raises UnreadableFile."""
    related = dict(relationships(package, workbook).values())
    styles, strings = (related.get(kind, f"xl/{kind}.xml") for kind in ("styles", "sharedStrings"))
    return Looks(
        _styles(package, styles) if styles in package else {},
        struck_strings(package, strings) if strings in package else {},
    )


def _styles(package: ZipPackage, part: str) -> dict[str, Look]:
    formats, looks = dict(BUILT_IN), {}
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
            is_white = chosen.white and not _at(fills, attributes.get("fillId", "0"))
            look = replace(chosen, format=format_, white=is_white)
            if look != Look():
                looks[str(position)] = look
            position += 1
    return looks


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


def struck_strings(package: ZipPackage, part: str) -> dict[int, tuple[str, str]]:
    """Of the shared strings those that are shown otherwise, by number: what is left, and what was struck out."""
    if not _mentions_looks(package, part):
        return {}
    reader = _RunReader("si")
    package.feed(reader.parser, part)
    return {number: found for number, (_, found) in enumerate(reader.found) if found is not None}


def struck_cells(package: ZipPackage, part: str, strings: Mapping[int, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """The cells of which parts are shown otherwise, by reference: what is left, and what was struck out."""
    if not strings and not _mentions_looks(package, part):
        return {}
    reader = _RunReader("c")
    package.feed(reader.parser, part)
    found = {}
    for attributes, runs in reader.found:
        if attributes.get("t") == "s":
            number = reader.values[attributes.get("r", "")]
            if number.isdecimal() and int(number) in strings:
                found[attributes.get("r", "")] = strings[int(number)]
        elif runs is not None:
            found[attributes.get("r", "")] = runs
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
        self.found: list[tuple[dict[str, str], tuple[str, str] | None]] = []
        self.values: dict[str, str] = {}
        self._around = around
        self._attributes: dict[str, str] = {}
        self._runs: tuple[list[str], list[str]] = ([], [])
        self._look, self._phonetic, self._changed = Look(), False, False
        self._in: str | None = None

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == self._around:
            self._attributes, self._runs, self._changed = attributes, ([], []), False
            self.values[attributes.get("r", "")] = ""
        elif name == "r":
            self._look = Look()
        elif name == "rPh":
            self._phonetic = True
        elif name in ("strike", "vertAlign", "rFont"):
            self._look = _with(self._look, name, attributes)
        elif name in ("t", "v"):
            self._in = name

    def _characters(self, words: str) -> None:
        if self._in == "v":
            self.values[self._attributes.get("r", "")] += words
        elif self._in == "t" and not self._phonetic:
            seen = as_seen(words, self._look.font)
            seen = raised(seen) if self._look.raised else seen
            self._changed = self._changed or self._look.struck or seen != words
            self._runs[self._look.struck].append(seen)

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == self._around:
            runs = ("".join(self._runs[0]), "".join(self._runs[1]))
            self.found.append((self._attributes, runs if self._changed else None))
        elif name == "r":
            self._look = Look()
        elif name == "rPh":
            self._phonetic = False
        elif name in ("t", "v"):
            self._in = None
