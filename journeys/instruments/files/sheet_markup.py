"""What a worksheet's XML says beside its values: formulas, errors, merged and hidden cells, how far it reaches."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from journeys.instruments.files.cells import column_letters, split_reference
from journeys.instruments.files.zip_package import ZipPackage, xml_parser


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, without its equals sign ("" when it is shared with another cell), and whether a result is stored."""

    reference: str
    formula: str
    has_result: bool


@dataclass(slots=True)
class SheetMarkup:
    """What was found. Rows count from 1, columns from 0.

    ``last_row`` and ``last_column`` are those of cells that hold something; ``hidden_columns`` are first and last of
    each run; ``merged`` are areas as written ("A5:C6"); ``errors`` are cells with Excel's word for it ("#N/A");
    ``dates`` and ``styled`` are the cells in one of the styles that were asked for, with that style; ``rules`` are the
    areas of conditional formats, with the number of the look that they give, or with what they do; ``margins`` are page
    headers and footers, with the word for either. ``cells`` is how many cells hold something, ``shared`` how many of
    them name a shared string; ``too_large`` whether reading ended because the sheet holds more than is read.
    """

    last_row: int = 0
    last_column: int = -1
    formulas: list[Formula] = field(default_factory=list)
    errors: list[tuple[str, str]] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    dates: list[tuple[str, str]] = field(default_factory=list)
    styled: list[tuple[str, str]] = field(default_factory=list)
    rules: list[tuple[str, str]] = field(default_factory=list)
    margins: list[tuple[str, str]] = field(default_factory=list)
    cells: int = 0
    shared: int = 0
    too_large: bool = False


MAX_ELEMENTS = 5_000_000
"""Most rows, cells and values of a sheet, those of empty cells too: reading them takes seconds."""


class Allowance:
    """The memory, in bytes, that the sheets of a workbook may take together, by estimate; ``left`` is what is left."""

    def __init__(self, size: int) -> None:
        self.left = size

    def take(self, size: int) -> None:
        """Take some of it. Raises TooLarge when there is not enough; what is left is for the other sheets."""
        if size > self.left:
            raise TooLarge
        self.left -= size


class TooLarge(Exception):
    """A sheet holds more than is read."""


CELL, LAID_OUT, NOTE = 110, 32, 130
"""Bytes that a cell takes that holds something, one that does not and lies between such, and what is noted of a cell
besides its value."""


def read_sheet_markup(
    package: ZipPackage,
    part: str,
    dates: frozenset[str],
    looks: frozenset[str] = frozenset(),
    allowance: Allowance | None = None,
) -> SheetMarkup:
    """Read a worksheet part once, making no object for blank cells. Raises UnreadableFile."""
    reader = _MarkupReader(dates, looks, allowance or Allowance(1 << 40))
    try:
        elements, _ = package.counted(part)
        if elements > MAX_ELEMENTS:
            raise TooLarge
        reader.take(max(0, package.size(part) - elements * _MARKUP))  # texts that stand in the cells themselves
        package.feed(reader.parser, part, without=_BLANK_CELL)
        found = reader.finish()
        reader.take(found.last_row * (found.last_column + 1) * LAID_OUT)
    except TooLarge:
        found = reader.finish()
        found.too_large = True
    return found


_BLANK_CELL = re.compile(
    rb'<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]{1,9}")?(?: t="n")?(?:/>|></c>)(?=<c r="[A-Z]|</row>)', re.ASCII
)
"""A cell that has a format and no value. What follows it says itself where it stands, so that nothing is lost when the
cell is left out; a formatted sheet has many more of these than cells that hold something."""
_OUT_OF_RANGE = 10**9
_MARKUP = 40
"""Bytes that an element of a sheet has in the file at most, but for long texts."""
_MARGINS = {f"{pages}{place}": place.lower() for pages in ("odd", "even", "first") for place in ("Header", "Footer")}
_BARE = frozenset({"iconSet", "dataBar"})
_KNOWN = frozenset({
    "c", "v", "f", "is", "row", "col", "mergeCell", "sheetFormatPr", "conditionalFormatting", "cfRule",
    *_BARE, *_MARGINS,
})  # fmt: skip


class _Tags(dict[str, str]):
    """Tag as written, with any prefix, to the name we know it by; "" for what does not concern us."""

    def __missing__(self, tag: str) -> str:
        local = tag.rpartition(":")[2]
        self[tag] = local if local in _KNOWN else ""
        return self[tag]


class _MarkupReader:
    def __init__(self, styles: frozenset[str], looks: frozenset[str], allowance: Allowance) -> None:
        self.take = allowance.take
        self.parser: expat.XMLParserType = xml_parser()
        self.parser.StartElementHandler = self._start
        self._found = SheetMarkup()
        self._styles, self._looks = styles, looks
        self._tags = _Tags()
        self._row = 0
        self._zero_height = False
        self._cell: dict[str, str] = {}
        self._reference = ""
        self._columns: set[str] = set()
        self._captured: list[str] = []
        self._formula: str | None = None
        self._area = ""

    def finish(self) -> SheetMarkup:
        for letters in self._columns:
            place = split_reference(letters + "1")
            self._found.last_column = max(self._found.last_column, place[1] if place else _OUT_OF_RANGE)
        return self._found

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = self._tags[tag]
        if kind == "c":
            self._cell = attributes
            reference = attributes.get("r")
            self._reference = self._next_reference() if reference is None else reference
        elif kind == "v" or kind == "is":
            self._value()
        elif kind == "row":
            self._begin_row(attributes)
        elif kind == "f":
            self._holds_something()
            self._capture()
        elif kind == "col":
            if _true(attributes.get("hidden")) or _is_nothing(attributes.get("width")):
                run = (_number(attributes.get("min")) - 1, _number(attributes.get("max")) - 1)
                self._found.hidden_columns.append(run)
                self.take(NOTE)
        elif kind == "sheetFormatPr":
            self._zero_height = _true(attributes.get("zeroHeight"))
        elif kind == "mergeCell":
            self._found.merged.append(attributes.get("ref", ""))
            self.take(2 * NOTE)  # it becomes an area
        elif kind:
            self._beside(kind, attributes)

    def _beside(self, kind: str, attributes: dict[str, str]) -> None:
        """What stands after the cells: conditional formats, page headers and footers."""
        if kind == "conditionalFormatting":
            self._area = attributes.get("sqref", "")
            self.take(NOTE + len(self._area))
        elif kind == "cfRule" and "dxfId" in attributes:
            self._found.rules.append((self._area, attributes["dxfId"]))
        elif kind in _BARE and attributes.get("showValue") in ("0", "false"):
            self._found.rules.append((self._area, "hide"))
        elif kind in _MARGINS:
            self._capture()

    def _begin_row(self, attributes: dict[str, str]) -> None:
        said = attributes.get("r")
        self._row = self._row + 1 if said is None else _number(said)
        self._reference = ""
        hidden = attributes.get("hidden", "1" if self._zero_height else None)
        if _true(hidden) or _is_nothing(attributes.get("ht")):
            self._found.hidden_rows.append(self._row)
            self.take(NOTE // 2)

    def _next_reference(self) -> str:
        """A cell that does not say where it stands stands right of the one before it."""
        before = split_reference(self._reference)
        return f"{column_letters(before[1] + 1 if before else 0)}{self._row}"

    def _holds_something(self) -> None:
        letters = self._reference.rstrip("0123456789")
        self._columns.add(letters)
        row = _number(self._reference[len(letters) :])
        if row > self._found.last_row:
            self._found.last_row = row

    def _value(self) -> None:
        self._holds_something()
        self._found.cells += 1
        self.take(CELL)
        if self._cell.get("t") == "s":
            self._found.shared += 1
        if self._cell.get("t") == "e":
            self._capture()
            return
        style = self._cell.get("s")
        if style in self._styles:
            self._found.dates.append((self._reference, self._cell["s"]))
            self.take(NOTE)
        if style in self._looks:
            self._found.styled.append((self._reference, self._cell["s"]))
            self.take(NOTE)

    def _capture(self) -> None:
        """Collect the text of the element just begun; only then is it worth listening for text and ends."""
        self._captured = []
        self.parser.CharacterDataHandler = self._captured.append
        self.parser.EndElementHandler = self._end

    def _end(self, tag: str) -> None:
        kind = self._tags[tag]
        written = "".join(self._captured)
        if kind == "f":
            self._formula = written
            self._captured = []
            self.parser.CharacterDataHandler = self._captured.append
        elif kind == "v":
            if self._cell.get("t") == "e":
                self._found.errors.append((self._reference, written))
                self.take(NOTE + len(written))
            self.parser.CharacterDataHandler = None
        elif kind == "c":
            if self._formula is not None:
                has_result = bool(written.strip()) or self._cell.get("t") == "str"
                self._found.formulas.append(Formula(self._reference, self._formula, has_result))
                self.take(2 * NOTE + len(self._formula))
            self._formula = None
            self.parser.CharacterDataHandler = None
            self.parser.EndElementHandler = None
        elif kind in _MARGINS:
            self._found.margins.append((_MARGINS[kind], written))
            self.parser.CharacterDataHandler = None
            self.parser.EndElementHandler = None


def _true(said: str | None) -> bool:
    return said in ("1", "true")


def _is_nothing(measure: str | None) -> bool:
    """Whether a width or height is so small that nothing is seen."""
    try:
        return measure is not None and float(measure) < 0.1
    except ValueError:
        return False


def _number(said: str | None) -> int:
    """A count out of an attribute; what is no count is out of every range."""
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 10 else _OUT_OF_RANGE
