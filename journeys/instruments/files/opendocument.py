"""OpenDocument spreadsheets (.ods), as LibreOffice saves them: cells with addresses, read as they are shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from journeys.instruments.files.cells import Value, column_letters, text
from journeys.instruments.files.opendocument_cells import Aside, CellReader, OdsCell
from journeys.instruments.files.opendocument_margins import page_margins, report_margins
from journeys.instruments.files.opendocument_properties import custom_properties, years_of_work
from journeys.instruments.files.opendocument_styles import Styles, read_styles
from journeys.instruments.files.safety import (
    ProblemLimiter,
    is_lock_file,
    read_bytes,
    unreadable,
)
from journeys.instruments.files.sheet import Sheet
from journeys.instruments.files.sheet_extras import Comment
from journeys.instruments.files.sheet_markup import CELL, NOTE, Allowance, TooLarge
from journeys.instruments.files.sheet_reports import columns_in
from journeys.instruments.files.workbook import MAX_CELLS, MAX_FILE, MEMORY, Workbook, read_workbook
from journeys.instruments.files.workbook_parts import Area, parse_area
from journeys.instruments.files.zip_package import ZipPackage, xml_parser
from journeys.model.problems import Address, Problem, Report, Severity

_TARGET = re.compile(r"\$?(?:'((?:[^']|'')+)'|([^'.]+))\.([^.:]+)(?::(?:[^.]*\.)?([^.:]+))?")
MAX_ELEMENTS = 2_000_000
_HIDES = "Unhide it to see what is read, or delete it."


def read_ods(path: Path, *, name: str, report: Report) -> Workbook:
    """Read an .ods file; ``name`` is the file's name for addresses.

    Numbers, dates and times are read as they are shown. Struck-out words, words under merged cells, comments, formulas,
    errors, hidden rows, columns and sheets, pictures and recorded changes are said with their place, as those of an
    Excel workbook are. Raises UnreadableFile for what is not such a file, or is locked with a password.
    """
    if is_lock_file(path):
        return Workbook(name)
    package = ZipPackage(read_bytes(path, name=name, limit=MAX_FILE), name=name)
    if any(tag in ("encryption-data", "encrypted-key") for _, tag, _, _ in package.elements("META-INF/manifest.xml")):
        remedy = "Save it without a password."
        raise unreadable("locked_file", Address(name), "the spreadsheet is locked with a password.", remedy)
    if "content.xml" not in package:
        remedy = "Open it in LibreOffice and save it again."
        raise unreadable("bad_ods", Address(name), "this is not an OpenDocument spreadsheet.", remedy)
    try:
        if package.counted("content.xml")[0] > MAX_ELEMENTS:
            raise TooLarge
        reader = _Reader(name, read_styles(package), years_of_work(package), report)
        package.feed(reader.parser, "content.xml")
    except TooLarge:
        message = f"the spreadsheet has more than {MAX_ELEMENTS:,} cells, paragraphs and settings."
        remedy = "Delete anything far outside the tables; or save its sheets as CSV, which has no such limit."
        raise unreadable("too_large", Address(name), message, remedy) from None
    reader.report_changes()
    report_margins(page_margins(package), reader.sheets, Address(name), report)
    return Workbook(name, tuple(reader.sheets), reader.names, custom_properties(package))


def read_spreadsheet(path: Path, *, name: str, report: Report) -> Workbook:
    """Read an .ods, .xlsx or .xlsm file, by its ending; see ``read_ods`` and ``read_workbook``."""
    read = read_ods if path.suffix.lower() == ".ods" else read_workbook
    return read(path, name=name, report=report)


def _area(written: str) -> Area | None:
    """The area of "$'Who did what'.$A$5:.$C$6"; None when it is anything else."""
    match = _TARGET.fullmatch(written.strip())
    if match is None:
        return None
    sheet = f"'{match[1]}'" if match[1] else match[2]
    return parse_area(f"{sheet}!{match[3]}" + (f":{match[4]}" if match[4] else ""))


class _Reader:
    """Reads content.xml from its first to its last sheet."""

    def __init__(self, name: str, styles: Styles, worked_in: frozenset[int], report: Report) -> None:
        self.parser = xml_parser()
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self.parser.CharacterDataHandler = self._characters
        self.sheets: list[Sheet] = []
        self.names: dict[str, Area] = {}
        self._name, self._styles, self._report = name, styles, report
        self._cells = CellReader(styles, worked_in)
        self._take = Allowance(MEMORY).take
        self._skipped = 0
        self._changes = 0
        self._sheet: Sheet | None = None
        self._limiter = ProblemLimiter(report, Address(name))
        self._columns: list[tuple[int, str | None, bool]] = []  # up to which column, its cells' style, whether hidden
        self._row: list[Value] = []
        self._row_repeats, self._row_hidden, self._row_style = 1, False, ""
        self._column = self._rows = self._at = 0
        self._cell: OdsCell | None = None
        self._merged: list[Area] = []
        self._comment: Aside | None = None
        self._drawing: Aside | None = None
        self._drawn_depth = 0
        self._spans: list[tuple[bool | None, bool, str | None]] = []
        self._words: list[str] | None = None

    # -- elements

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:named-range" and self._sheet is None:
            area = _area(attributes.get("table:cell-range-address", ""))
            if area is not None:
                self.names.setdefault(attributes.get("table:name", ""), area)
        if self._skipped or tag in _NOT_SHOWN:
            self._skipped += 1
            self._changes += tag in _CHANGES
        elif tag == "table:table":
            self._begin_sheet(attributes)
        elif self._sheet is None:
            return
        elif tag == "table:table-column":
            self._add_column(attributes)
        elif tag == "table:table-row":
            self._begin_row(attributes)
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            style = attributes.get("table:style-name") or self._row_style or self._column_style()
            self._cell = OdsCell(attributes, style, tag == "table:covered-table-cell")
        elif tag == "office:annotation":
            self._comment = Aside()
        elif tag.startswith("draw:"):
            self._drawn_depth += 1
            if self._drawing is None:
                self._drawing = Aside()
            self._drawing.kind = self._drawing.kind or _DRAWN.get(tag, "")
        elif tag in ("text:p", "text:h"):
            self._begin_paragraph()
        elif tag == "dc:creator" and self._comment is not None:
            self._words = self._comment.author
        elif tag == "text:span":
            name = attributes.get("text:style-name")
            self._take(NOTE)
            self._spans.append((self._styles.struck("text", name), self._styles.hidden("text", name), name))
        elif tag == "text:s":
            count = attributes.get("text:c", "1")
            self._write(" " * min(int(count), 1000) if count.isdecimal() else " ")
        elif tag in ("text:tab", "text:line-break"):
            self._write("\t" if tag == "text:tab" else "\n")

    def _end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif tag == "table:table":
            self._end_sheet()
        elif self._sheet is None:
            return
        elif tag == "table:table-row":
            self._end_row()
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._end_cell()
        elif tag == "office:annotation" and self._comment is not None:
            if self._cell is not None:
                self._cell.comments.append(("".join(self._comment.author).strip(), self._comment.words))
            self._comment = self._words = None
        elif tag.startswith("draw:"):
            self._drawn_depth -= 1
            if not self._drawn_depth:
                self._end_drawing()
        elif tag in ("text:p", "text:h", "dc:creator"):
            self._words = None
        elif tag == "text:span":
            self._spans.pop()

    def _characters(self, data: str) -> None:
        if not self._skipped and self._words is not None:
            words = re.sub(r"[ \t\r\n]+", " ", data)
            self._write(words if self._words and self._words[-1][-1:].strip() else words.lstrip(" "))

    def _begin_paragraph(self) -> None:
        if self._comment is not None:
            self._words = self._comment.paragraphs
        elif self._drawing is not None:
            self._words = self._drawing.paragraphs
        elif self._cell is not None:
            self._words = self._cell.paragraphs
        else:
            return
        self._words.append("")
        self._take(_PARAGRAPH)

    def _write(self, words: str) -> None:
        """Add words to the paragraph, or to what of the cell is not read."""
        if self._words is None:
            return
        if not self._words:
            self._words.append("")
        if self._cell is not None and self._words is self._cell.paragraphs:
            if any(hidden for _, hidden, _ in self._spans):
                self._cell.hidden.append(words)
                return
            said = [struck for struck, _, _ in self._spans if struck is not None]
            if said[-1] if said else self._styles.struck("table-cell", self._cell.style):
                self._cell.gone.append(words)
                return
            if self._styles.unseen(self._cell.style, [name for *_, name in self._spans]):
                self._cell.unseen.append(words)
        self._take(len(words) + len(self._words[-1]) // _COPIED)
        self._words[-1] += words

    # -- sheets, columns, rows

    def _begin_sheet(self, attributes: dict[str, str]) -> None:
        name, style = attributes.get("table:name", ""), attributes.get("table:style-name")
        if self._sheet is not None or name.startswith("'file:") or style == "ta_extref":
            self._skipped = 1  # what LibreOffice remembers of other files, or a table in a cell
            return
        origin = Address(self._name, name)
        self._sheet = Sheet(name, self._styles.hidden("table", style) is True, origin)
        self._limiter = ProblemLimiter(self._report, origin)
        self._columns, self._rows, self._merged = [], 0, []

    def _end_sheet(self) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet is None:
            return
        sheet.merged = tuple(self._merged)
        while sheet._rows and not sheet._rows[-1]:
            sheet._rows.pop()
        if sheet.hidden and sheet.last_row and not sheet.name.startswith("_"):
            self._warn("hidden_sheet", sheet.origin, "the sheet is hidden; it was read.", _HIDES)
        held = {column for row in sheet.rows() for column, value in enumerate(row.values) if value is not None}
        runs = [(first, last - 1) for first, last, hidden in self._runs() if hidden]
        hidden_columns = columns_in(runs, max(held, default=0) + 1)
        for column in sorted(held):
            if hidden_columns[column]:
                letters = column_letters(column)
                place = sheet.origin.at(f"column {letters}")
                self._warn("hidden_column", place, f"column {letters} is hidden; it was read.", _HIDES)
        self._limiter.finish()
        self.sheets.append(sheet)

    def _add_column(self, attributes: dict[str, str]) -> None:
        start = self._columns[-1][0] if self._columns else 0
        hidden = attributes.get("table:visibility", "visible") != "visible"
        style = attributes.get("table:default-cell-style-name")
        self._take(NOTE)
        self._columns.append((start + _count(attributes, "table:number-columns-repeated"), style, hidden))

    def _runs(self) -> Iterator[tuple[int, int, bool]]:
        first = 0
        for end, _, hidden in self._columns:
            yield first, end, hidden
            first = end

    def _column_style(self) -> str | None:
        """The style of the column we are in; the columns are looked through from left to right, once for each row."""
        while self._at < len(self._columns) and self._columns[self._at][0] <= self._column:
            self._at += 1
        return self._columns[self._at][1] if self._at < len(self._columns) else None

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._row, self._column, self._at = [], 0, 0
        self._row_repeats = _count(attributes, "table:number-rows-repeated")
        self._row_hidden = attributes.get("table:visibility", "visible") != "visible"
        self._row_style = attributes.get("table:default-cell-style-name", "")

    def _end_row(self) -> None:
        assert self._sheet is not None
        row = self._row
        while row and row[-1] is None:
            row.pop()
        if row and (self._rows + self._row_repeats) * len(row) > MAX_CELLS:
            where = f"{column_letters(len(row) - 1)}{self._rows + self._row_repeats}"
            message = f"the sheet reaches as far as {where}; it was not read."
            remedy = "Delete anything far outside the table, or save the sheet as CSV."
            self._limiter(Problem("sheet_too_large", self._sheet.origin, message, remedy))
            row, self._sheet._rows = [], []
            self._row_hidden = False
        if row:
            self._take((self._rows - len(self._sheet._rows)) * _SLOT)
            self._take(self._row_repeats * (CELL + len(row) * _SLOT) + len(row) * CELL)
            self._sheet._rows.extend([()] * (self._rows - len(self._sheet._rows)))
            self._sheet._rows.extend(list(row) for _ in range(self._row_repeats))
            for number in range(self._rows + 1, self._rows + self._row_repeats + 1) if self._row_hidden else ():
                message = f"row {number} is hidden, perhaps by a filter; it was read."
                self._warn("hidden_row", self._sheet.origin.at(f"row {number}"), message, _HIDES)
        self._rows += self._row_repeats

    # -- cells

    def _end_cell(self) -> None:
        cell, self._cell = self._cell, None
        if cell is None or self._sheet is None:
            return
        repeats = min(_count(cell.attributes, "table:number-columns-repeated"), _WIDEST - self._column)
        address = self._sheet.origin.at(self._place())
        self._say_what_else(cell, address)
        value = self._cells.read(cell, address, self._limiter)
        if value is not None and cell.covered:
            message = f"'{text(value)[:80]}' lies under a merged cell, where it is not seen; it was not read."
            self._warn("hidden_text", address, message, "Unmerge the cells to see it, or delete it.")
            value = None
        if value is not None:
            self._row.extend([None] * (self._column - len(self._row)))
            self._row.extend([value] * repeats)
            self._merge(cell)
        self._column += repeats

    def _place(self) -> str:
        return f"{column_letters(min(self._column, _WIDEST - 1))}{self._rows + 1}"

    def _end_drawing(self) -> None:
        drawn, self._drawing = self._drawing, None
        if drawn is None or self._sheet is None or not (drawn.kind or drawn.words):
            return
        said = f": '{' '.join(drawn.words.split())[:160]}'" if drawn.words else ""
        address = self._sheet.origin.at(self._place()) if self._cell is not None else self._sheet.origin
        message = f"A {drawn.kind or 'shape'} that lies over the cells is not read{said}."
        self._warn("picture", address, message, "Write what should be kept into a cell.")

    def _merge(self, cell: OdsCell) -> None:
        assert self._sheet is not None
        wide = _count(cell.attributes, "table:number-columns-spanned")
        high = _count(cell.attributes, "table:number-rows-spanned")
        if wide > 1 or high > 1:
            top, left = self._rows + 1, self._column
            area = Area(self._sheet.name, top, left, top + high - 1, left + wide - 1)
            self._take(2 * NOTE)
            self._merged.append(area)

    def _say_what_else(self, cell: OdsCell, address: Address) -> None:
        assert self._sheet is not None
        self._take(4 * NOTE * len(cell.comments))
        self._sheet.comments += [Comment(address, author, words) for author, words in cell.comments]
        if gone := "".join(cell.gone).strip():
            message = f"Struck-out text is not read: '{gone[:80]}'."
            self._warn("struck_out", address, message, "Take the strikethrough off if it should be read.")
        if hidden := "".join(cell.hidden).strip():
            message = f"Hidden text is not read: '{hidden[:80]}'."
            self._warn("hidden_text", address, message, "Show it if it should be read.")
        if unseen := "".join(cell.unseen).strip():
            message = f"Text in the colour of its background was read: '{unseen[:80]}'."
            self._warn("hidden_text", address, message, "Give it another colour to see what is read, or delete it.")

    def report_changes(self) -> None:
        """Say that changes were recorded, if any were."""
        if self._changes:
            message = f"{self._changes} recorded changes were read as accepted."
            if self._changes == 1:
                message = "1 recorded change was read as accepted."
            remedy = "Accept or reject them, and save the file."
            self._report(Problem("tracked_changes", Address(self._name), message, remedy, Severity.WARNING))

    def _warn(self, kind: str, address: Address, message: str, remedy: str) -> None:
        self._limiter(Problem(kind, address, message, remedy, Severity.WARNING))


_CHANGES = ("table:cell-content-change", "table:insertion", "table:deletion", "table:movement")
_NOT_SHOWN = frozenset(
    {
        "table:tracked-changes",
        "table:content-validations",
        "text:ruby-text",
        "office:automatic-styles",
        "office:font-face-decls",
        "office:scripts",
        "table:database-ranges",
        "table:named-expressions",
        "table:scenario",
        "table:data-pilot-tables",
        "svg:title",
        "svg:desc",
    }
)
"""Elements whose words are on no sheet."""
_WIDEST = 16_384
_COPIED = 64
"""Letters that are copied, each time that words are added to a paragraph, in the time that a byte of memory costs."""
_PARAGRAPH, _SLOT = 60, 8
"""Bytes that an empty paragraph takes, and the place of a cell in its row."""
_DRAWN = {
    "draw:image": "picture",
    "draw:object": "chart or other object",
    "draw:custom-shape": "shape",
    "draw:text-box": "text box",
    "draw:control": "form control",
}


def _count(attributes: Mapping[str, str], name: str) -> int:
    """A count out of an attribute, 1 if there is none."""
    said = attributes.get(name, "1")
    return max(int(said), 1) if said.isascii() and said.isdigit() and len(said) < 10 else 1
