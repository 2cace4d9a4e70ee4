"""Conditional formats of a worksheet: where they may strike out or hide what cells hold."""

from __future__ import annotations

from dataclasses import replace

from journeys.instruments.files.cell_looks import Look, colour_of, font_with
from journeys.instruments.files.colours import BLACK, UNKNOWN_COLOUR, WHITE, unseen
from journeys.instruments.files.office_package import relationships
from journeys.instruments.files.zip_package import ZipPackage, xml_parser

_NEWER = b"conditionalFormattings"


def looks_of_rules(package: ZipPackage, workbook: str) -> list[str]:
    """What each look that the rules of a workbook can name does to words: "strike out", "hide" or ""."""
    styles = dict(relationships(package, workbook).values()).get("styles", "xl/styles.xml")
    if styles not in package:
        return []
    reader = _RuleReader(within="dxfs")
    package.feed(reader.parser, styles)
    return [does for _, does in reader.found]


def newer_rules(package: ZipPackage, sheet: str) -> list[tuple[str, str]]:
    """Of the rules that Excel keeps beside the older ones (those that look at other sheets are such): the area of each,
    and what its look does to words. Raises UnreadableFile."""
    tail = b""
    for chunk in package.stream(sheet):
        if _NEWER in tail + chunk:
            break
        tail = chunk[-len(_NEWER) :]
    else:
        return []
    reader = _RuleReader(within="conditionalFormattings")
    package.feed(reader.parser, sheet)
    return reader.found


class _RuleReader:
    """Collects the looks inside elements of one name, each with the area that is named behind it ("" for none)."""

    def __init__(self, within: str) -> None:
        self.parser = xml_parser()
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self.found: list[tuple[str, str]] = []
        self._within, self._inside = within, False
        self._look = Look()
        self._colour: str | None = None
        self._fill: str | None = None
        self._of_area: list[str] = []
        self._part = ""
        self._written: list[str] = []

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == self._within:
            self._inside = True
        elif not self._inside:
            return
        elif name == "dxf":
            self._look, self._colour, self._fill = Look(), None, None
        elif name in ("font", "fill", "border"):
            self._part = name
        elif name == "numFmt":
            self._look = replace(self._look, format=attributes.get("formatCode", ""))
        elif name in ("iconSet", "dataBar") and attributes.get("showValue") in ("0", "false"):
            self._of_area.append("hide")
        elif name == "sqref":
            self._written = []
            self.parser.CharacterDataHandler = self._written.append
        elif self._part == "font":
            self._look = font_with(self._look, name, attributes)
            self._colour = colour_of(attributes) if name == "color" else self._colour
        elif self._part == "fill" and name in ("bgColor", "gradientFill"):
            self._fill = (colour_of(attributes) if name == "bgColor" else UNKNOWN_COLOUR) or self._fill

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == self._within:
            self._inside = False
        elif not self._inside:
            return
        elif name == self._part:
            self._part = ""
        elif name == "dxf" and self._within == "dxfs":
            self.found.append(("", self._does()))
        elif name == "dxf":
            self._of_area.append(self._does())
        elif name == "sqref":
            self.found += [("".join(self._written).strip(), does) for does in self._of_area]
            self._of_area = []
            self.parser.CharacterDataHandler = None

    def _does(self) -> str:
        if self._look.struck:
            return "strike out"
        hidden = unseen(self._colour or BLACK, self._fill or WHITE)
        return "hide" if hidden or (self._look.format and not self._look.format.strip("; ")) else ""
