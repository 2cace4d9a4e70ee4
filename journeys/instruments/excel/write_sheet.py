"""Write workbooks for people to fill in: headings, drop-downs, comments, widths, hidden names, paper size."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from copy import copy
from datetime import datetime, time
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.numbers import FORMAT_TEXT
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from journeys.instruments.columns import ONE_COLUMN, OutColumn
from journeys.instruments.files.cells import Value
from journeys.model.characters import NOT_IN_XML
from journeys.model.problems import JourneysError

LONGEST_TEXT = 32_767
"""Excel's own limit for a cell."""

_LONGEST_HEADER = 250
"""Excel takes 255 characters as the head of a page, codes included; a file with more is called damaged."""

_LIKE_AN_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""Excel reads _x0041_ as the letter A; the underscore itself is _x005F_."""

_LINE_HEIGHT, _HIGHEST = 14.0, 400.0
"""In points; Excel allows rows of at most 409."""

_LONG, _WIDEST, _STEP = 500, 240, 10
"""From how many characters on a text may need a wider column, up to which width, and in which steps."""

KIND_NAME = "evidence-journeys"
"""The document property that says what kind of workbook of this program a file is."""
LISTS = "_lists"
NOTICE = "Notice"
"""The sheet that says what the whole file is (invented, say)."""
PREPARED_ROWS = 200

_PAGE_OF_TABLE = 190
"""Characters across a page on its side that can still be read; a wider table is printed on two."""

_FONT, _SIZE = "Calibri", 11
HEADING = Font(_FONT, _SIZE, bold=True, color="FFFFFF")
HEADING_FILL = PatternFill("solid", fgColor="1F4E5F")
QUIET = Font(_FONT, _SIZE, italic=True, color="555555")
BOLD = Font(_FONT, _SIZE, bold=True)
SHUT = PatternFill("solid", fgColor="E7E6E6")
_LINE = Side(style="thin", color="BFBFBF")
BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
WRAPPED = Alignment(wrap_text=True, vertical="top")
OPEN = Protection(locked=False)


class BookOut:
    """A workbook being written; ``notice`` is printed on every page and says what the file is."""

    def __init__(self, notice: str | None = None) -> None:
        self.book = Workbook()
        self._notice = NOT_IN_XML.sub("", notice or "")[:LONGEST_TEXT]
        for sheet in self.book.worksheets:
            self.book.remove(sheet)
        self._lists: dict[tuple[str, ...], str] = {}

    def sheet(self, title: str, *, landscape: bool = True) -> Worksheet:
        """A new sheet, set for A4 and as wide as one page."""
        sheet: Worksheet = self.book.create_sheet(title)
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.orientation = "landscape" if landscape else "portrait"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_margins = PageMargins(left=0.5, right=0.5, top=0.75, bottom=0.75)
        if self._notice:
            sheet.oddHeader = HeaderFooterItem(center=_HeaderFooterPart(text=_in_a_header(self._notice)))
        sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(text="&A, page &P of &N"))
        return sheet

    def table(
        self, sheet: Worksheet, columns: Sequence[OutColumn], rows: Iterable[Sequence[Value]], *, at: int = 1
    ) -> None:
        """A heading row in row ``at``, the rows below it, and prepared rows to be filled in."""
        for number, column in enumerate(columns, 1):
            heading(sheet.cell(at, number), column.heading, column.comment)
            sheet.column_dimensions[get_column_letter(number)].width = column.width
            self.name(column.name, sheet, f"${get_column_letter(number)}${at}")
        last = at
        for last, row in enumerate(rows, at + 1):
            for number, value in enumerate(row, 1):
                write(sheet.cell(last, number), value)
        last = max(last, at) + PREPARED_ROWS
        for number, column in enumerate(columns, 1):
            letter = get_column_letter(number)
            self.offer(sheet, f"{letter}{at + 1}:{letter}{last}", column.offers, strict=column.strict)
            fillable_column(sheet, number, range(at + 1, last + 1), as_typed=column.as_typed)
        sheet.freeze_panes = f"A{at + 1}"
        sheet.print_title_rows = f"{at}:{at}"
        spread(sheet, [column.width for column in columns])

    def offer(self, sheet: Worksheet, area: str, offers: tuple[str, ...], *, strict: bool) -> None:
        """A drop-down; the words stand on a hidden sheet, since Excel allows 255 characters of them in place."""
        if not offers:
            return
        validation = DataValidation(type="list", formula1=self._list(offers), allow_blank=True, showErrorMessage=strict)
        validation.errorTitle, validation.error = "Not on the list", "Choose a word from the list."
        sheet.add_data_validation(validation)
        validation.add(area)

    def name(self, name: str, sheet: Worksheet, reference: str) -> None:
        """A hidden name for a cell: it moves with the cell, whatever people rename or insert."""
        self.book.defined_names[name] = DefinedName(
            name, attr_text=f"{quote_sheetname(sheet.title)}!{reference}", hidden=True
        )

    def save(self, file: Path | IO[bytes], properties: dict[str, str]) -> None:
        """Write the file, and its folder, with custom document properties."""
        for name, value in properties.items():
            self.book.custom_doc_props.append(StringProperty(name=name, value=value))  # type: ignore[attr-defined]
        if self._notice:
            sheet = self.sheet(NOTICE)
            write(sheet.cell(1, 1), self._notice)
            sheet.cell(1, 1).font, sheet.column_dimensions["A"].width = BOLD, ONE_COLUMN
            self.book.move_sheet(sheet, 1 - len(self.book.worksheets))
            self.book.active = 1
            self.book.properties.title = self._notice[:_LONGEST_HEADER]
        for sheet in self.book.worksheets:
            _fit_rows(sheet)
        if isinstance(file, Path):
            file.parent.mkdir(parents=True, exist_ok=True)
        self.book.save(file)

    def _list(self, offers: tuple[str, ...]) -> str:
        if offers not in self._lists:
            sheet = self.book[LISTS] if LISTS in self.book.sheetnames else self.book.create_sheet(LISTS)
            sheet.sheet_state = "hidden"
            number = len(self._lists) + 1
            for row, word in enumerate(offers, 1):
                write(sheet.cell(row, number), word)
            letter = get_column_letter(number)
            self._lists[offers] = f"{LISTS}!${letter}$1:${letter}${len(offers)}"
        return self._lists[offers]


def _in_a_header(words: str) -> str:
    """Words for the head of printed pages, where & begins a code and little has room."""
    words, most = " ".join(words.split()), _LONGEST_HEADER
    while len(shown := words[:most].replace("&", "&&")) > _LONGEST_HEADER:
        most -= 1
    return shown


def _fit_rows(sheet: Worksheet) -> None:
    """Make every row as high as its words need: not every program does that by itself on opening a file."""
    if sheet.sheet_state != "visible":
        return
    widened = [_widen(sheet, column) for column in sheet.iter_cols()]
    if any(widened):
        spread(sheet, [sheet.column_dimensions[get_column_letter(n)].width for n in range(1, sheet.max_column + 1)])
    for number, row in enumerate(sheet.iter_rows(), 1):
        lines = max((_lines(sheet, cell) for cell in row if cell.value is not None), default=1)
        wanted = _LINE_HEIGHT * lines + 2
        if lines > 1 and wanted > (sheet.row_dimensions[number].height or 0):
            sheet.row_dimensions[number].height = min(wanted, _HIGHEST)


def _widen(sheet: Worksheet, column: Sequence[Cell | MergedCell]) -> bool:
    """Make a column wider where a text in it would need a higher row than there can be, and would be cut."""
    if not any(len(str(cell.value)) > _LONG for cell in column if cell.value is not None):
        return False
    before = sheet.column_dimensions[get_column_letter(column[0].column or 1)].width
    dimensions = sheet.column_dimensions[get_column_letter(column[0].column or 1)]
    while dimensions.width < _WIDEST and any(
        _LINE_HEIGHT * _lines(sheet, cell) > _HIGHEST for cell in column if cell.value is not None
    ):
        dimensions.width += _STEP
    return bool(dimensions.width > before)


def spread(sheet: Worksheet, widths: Sequence[float]) -> None:
    """Print a sheet that is too wide for one page on as many side by side as can be read, its first column on each."""
    if (pages := round(sum(widths) / _PAGE_OF_TABLE)) > 1:
        sheet.page_setup.fitToWidth = pages
        sheet.print_title_cols = "A:A"


def _lines(sheet: Worksheet, cell: Cell | MergedCell) -> int:
    """How many lines the words of a wrapped cell take in its column."""
    if not cell.alignment.wrap_text:
        return 1
    width = sheet.column_dimensions[get_column_letter(cell.column or 1)].width * (0.85 if cell.font.bold else 1)
    return sum(max(1, math.ceil(len(line) / width)) for line in str(cell.value).split("\n"))


def heading(cell: Cell | MergedCell, words: str, help_: str) -> None:
    """Make a cell the head of a column, with a comment that says what to write below it."""
    write(cell, in_excel(words))
    cell.font, cell.fill, cell.alignment, cell.border = HEADING, HEADING_FILL, WRAPPED, BOX
    if help_:
        cell.comment = comment(help_)


def fillable(box: Cell | MergedCell, *, as_typed: bool = False) -> None:
    """Make a cell one to write in; see ``OutColumn.as_typed``."""
    box.alignment, box.border, box.protection = WRAPPED, BOX, OPEN
    if as_typed and (box.value is None or isinstance(box.value, str)):
        box.number_format = FORMAT_TEXT


def fillable_column(sheet: Worksheet, column: int, rows: Iterable[int], *, as_typed: bool = False) -> None:
    """Make the cells of a column ones to write in.

    Empty ones take over the style of the first: to look a style up takes openpyxl most of the time of a whole workbook.
    """
    empty = None
    for row in rows:
        # The type stubs of openpyxl do not know the style itself.
        box: Any = sheet.cell(row, column)
        if empty is None or box.value is not None or box.has_style:
            fillable(box, as_typed=as_typed)
        else:
            box._style = copy(empty)
        if empty is None and box.value is None:
            empty = box._style


def write(cell: Cell | MergedCell, value: Value) -> None:
    """Put a value into a cell; text is text, whatever it looks like.

    Raises JourneysError for what Excel cannot hold: control characters, and more than 32,767 characters.
    """
    if not isinstance(value, str):
        cell.value = value.date() if isinstance(value, datetime) and value.time() == time() else value
        return
    if len(value) > LONGEST_TEXT:
        raise JourneysError(
            f"A text of {len(value):,} characters does not fit into an Excel cell, which holds {LONGEST_TEXT:,}. "
            "Use the YAML form for it."
        )
    if found := NOT_IN_XML.search(value):
        raise JourneysError(
            f"Excel cannot hold the character U+{ord(found[0]):04X}, which is in a text that begins "
            f"{value[:40]!r}. Take it out, or use the YAML form."
        )
    cell.value = _LIKE_AN_ESCAPE.sub("_x005F_", value)
    if isinstance(cell, Cell):
        cell.data_type = "s"
        # Without it, Excel makes a formula of "=1+1" or "- no" when somebody only looks into the cell and leaves it.
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))


def in_excel(value: Value) -> Value:
    """A value to be shown, not filled in: a text without control characters, and no longer than a cell."""
    if not isinstance(value, str):
        return value
    text = NOT_IN_XML.sub("", value)
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def comment(words: str) -> Comment:
    """A comment as large as its words need."""
    made = Comment(NOT_IN_XML.sub("", words)[:LONGEST_TEXT], "evidence-journeys")
    made.width, made.height = 320, 40 + 18 * (len(words) // 45 + words.count("\n") + 1)
    return made
