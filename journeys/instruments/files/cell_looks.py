"""How a workbook shows its cells: number formats and struck-out words, by style, shared string and run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from journeys.instruments.files.number_formats import BUILT_IN
from journeys.instruments.files.office_package import relationships
from journeys.instruments.files.zip_package import ZipPackage, xml_parser

_PLAIN = ("0", "14", "49")


@dataclass(frozen=True, slots=True)
class Look:
    """What a style does to a cell: its number format ("" for none), and whether its words are struck out."""

    format: str = ""
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Looks:
    """The styles that change what a cell shows, by number, and the parts of shared strings with struck-out words."""

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
    struck: list[bool] = []
    is_struck = False
    position = 0
    for parent, tag, attributes, _ in package.elements(part):
        if tag == "numFmt":
            formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "strike" and parent == "font":
            is_struck = attributes.get("val", "1") not in ("0", "false")
        elif tag == "font" and parent == "fonts":
            struck.append(is_struck)
            is_struck = False
        elif tag == "xf" and parent == "cellXfs":
            font = attributes.get("fontId", "0")
            look = Look(
                "" if attributes.get("numFmtId") in _PLAIN else formats.get(attributes.get("numFmtId", ""), ""),
                font.isdecimal() and int(font) < len(struck) and struck[int(font)],
            )
            if look != Look():
                looks[str(position)] = look
            position += 1
    return looks


def struck_strings(package: ZipPackage, part: str) -> dict[int, tuple[str, str]]:
    """Of the shared strings those with struck-out words, by number: what is left, and what was struck out."""
    if not any(b"strike" in chunk for chunk in package.stream(part)):
        return {}
    reader = _RunReader("si")
    package.feed(reader.parser, part)
    return {number: found for number, (_, found) in enumerate(reader.found) if found[1]}


def struck_cells(package: ZipPackage, part: str, strings: Mapping[int, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """The cells of a sheet with struck-out words among others, by reference: what is left, and what was struck out."""
    if not strings and not any(b"strike" in chunk for chunk in package.stream(part)):
        return {}
    reader = _RunReader("c")
    package.feed(reader.parser, part)
    found = {}
    for attributes, runs in reader.found:
        if attributes.get("t") == "s":
            number = reader.values[attributes.get("r", "")]
            if number.isdecimal() and int(number) in strings:
                found[attributes.get("r", "")] = strings[int(number)]
        elif runs[1]:
            found[attributes.get("r", "")] = runs
    return found


class _RunReader:
    """Collects the runs of text inside each element of one name, those struck out apart from the others."""

    def __init__(self, around: str) -> None:
        self.parser = xml_parser()
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self.parser.CharacterDataHandler = self._characters
        self.found: list[tuple[dict[str, str], tuple[str, str]]] = []
        self.values: dict[str, str] = {}
        self._around = around
        self._attributes: dict[str, str] = {}
        self._runs: tuple[list[str], list[str]] = ([], [])
        self._struck = self._phonetic = False
        self._in: str | None = None

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == self._around:
            self._attributes, self._runs = attributes, ([], [])
            self.values[attributes.get("r", "")] = ""
        elif name == "r":
            self._struck = False
        elif name == "rPh":
            self._phonetic = True
        elif name == "strike":
            self._struck = attributes.get("val", "1") not in ("0", "false")
        elif name in ("t", "v"):
            self._in = name

    def _characters(self, words: str) -> None:
        if self._in == "v":
            self.values[self._attributes.get("r", "")] += words
        elif self._in == "t" and not self._phonetic:
            self._runs[self._struck].append(words)

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == self._around:
            self.found.append((self._attributes, ("".join(self._runs[0]), "".join(self._runs[1]))))
        elif name == "r":
            self._struck = False
        elif name == "rPh":
            self._phonetic = False
        elif name in ("t", "v"):
            self._in = None
