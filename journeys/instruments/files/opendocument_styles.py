"""How an OpenDocument spreadsheet shows its cells: struck-out words, hidden sheets, and what formats show of dates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from journeys.instruments.files.colours import BLACK, UNKNOWN_COLOUR, WHITE, unseen
from journeys.instruments.files.date_cells import Shown
from journeys.instruments.files.zip_package import ZipPackage, xml_parser

DateLook = Shown | Literal["words"]
"""What a format shows of a date; "words" for what is no part of a day's name: a quarter, a week."""

_DATE_PARTS = ("day", "month", "year", "era", "hours", "quarter", "week-of-year", "day-of-week")


@dataclass(slots=True)
class _Style:
    parent: str | None = None
    struck: bool | None = None
    hidden: bool | None = None
    format: str | None = None
    colour: str | None = None
    fill: str | None = None


@dataclass(slots=True)
class Styles:
    """The styles of one file, by family and name."""

    _styles: dict[tuple[str, str], _Style] = field(default_factory=dict)
    _dates: dict[str, tuple[DateLook | None, bool]] = field(default_factory=dict)

    def struck(self, family: str, name: str | None) -> bool | None:
        """Whether words in a style are struck out; None where the style does not say."""
        found = self._of(family, name, "struck")
        return found if isinstance(found, bool) else None

    def hidden(self, family: str, name: str | None) -> bool:
        """Whether a style hides a table, or the words that are set in it."""
        return self._of(family, name, "hidden") is True

    def unseen(self, cell: str | None, spans: Iterable[str | None] = ()) -> bool:
        """Whether words in a cell of this style, within spans of these styles, have the colour of the cell."""
        inner = [colour for name in spans if (colour := self._of("text", name, "colour"))]
        colour = inner[-1] if inner else self._of("table-cell", cell, "colour")
        return unseen(str(colour or BLACK), str(self._of("table-cell", cell, "fill") or WHITE))

    def date_look(self, name: str | None) -> tuple[DateLook | None, bool]:
        """What the cells of a style show of a date, None for the whole of it; and whether they show the time of day."""
        return self._dates.get(str(self._of("table-cell", name, "format")), (None, True))

    def _of(self, family: str, name: str | None, what: str) -> bool | str | None:
        seen: set[str] = set()
        while name is not None and name not in seen:
            seen.add(name)
            style = self._styles.get((family, name))
            if style is None:
                return None
            found: bool | str | None = getattr(style, what)
            if found is not None:
                return found
            name = style.parent
        return None


def read_styles(package: ZipPackage) -> Styles:
    """The styles of a spreadsheet: those that it shares, and those of its own cells. Raises UnreadableFile."""
    styles = Styles()
    for part in ("styles.xml", "content.xml"):
        if part in package:
            reader = _Reader(styles)
            package.feed(reader.parser, part)
    return styles


class _Reader:
    """Reads the style elements of one part."""

    def __init__(self, styles: Styles) -> None:
        self.parser = xml_parser()
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self._styles, self._dates = styles._styles, styles._dates
        self._style = _Style()
        self._date: str | None = None
        self._shown: dict[str, bool] = {}

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "style:style":
            self._style = _Style(attributes.get("style:parent-style-name"))
            self._style.format = attributes.get("style:data-style-name")
            self._styles[attributes.get("style:family", ""), attributes.get("style:name", "")] = self._style
        elif tag == "style:default-style":
            self._style = _Style()
        elif tag == "style:text-properties":
            self._text(attributes)
        elif tag == "style:table-cell-properties" and (fill := attributes.get("fo:background-color")):
            self._style.fill = WHITE if fill == "transparent" else fill.removeprefix("#").upper()
        elif tag == "style:table-properties" and "table:display" in attributes:
            self._style.hidden = attributes["table:display"] == "false"
        elif tag == "number:date-style":
            self._date, self._shown = attributes.get("style:name", ""), {}
        elif self._date is not None and tag.startswith("number:") and tag[7:] in _DATE_PARTS:
            self._shown[tag[7:]] = attributes.get("number:style") == "long"
        elif tag == "style:map" and self._date is not None:
            self._shown.clear()  # what is shown depends on the value: the words decide

    def _text(self, attributes: dict[str, str]) -> None:
        if colour := attributes.get("fo:color"):
            self._style.colour = colour.removeprefix("#").upper()
        if attributes.get("style:use-window-font-color") == "true":
            self._style.colour = UNKNOWN_COLOUR  # black on light, white on dark
        names = [f"style:text-line-through-{part}" for part in ("style", "type")]
        lines = [attributes[name] for name in names if name in attributes]
        if lines:
            self._style.struck = "none" not in lines
        if "text:display" in attributes:
            self._style.hidden = attributes["text:display"] == "none"

    def _end(self, tag: str) -> None:
        if tag == "number:date-style" and self._date is not None:
            if self._shown:
                self._dates[self._date] = (_look(self._shown), "hours" in self._shown)
            self._date = None


def _look(shown: dict[str, bool]) -> DateLook | None:
    if "quarter" in shown or "week-of-year" in shown:
        return "words"
    if "year" in shown or "era" in shown:
        if "day" in shown:
            return None if shown.get("year", True) else "short year"
        return "month" if "month" in shown else "year" if "hours" not in shown else None
    return "no year" if "day" in shown or "month" in shown else "words" if shown else None
