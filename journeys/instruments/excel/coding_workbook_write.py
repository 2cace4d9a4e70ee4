"""The interview coding workbook in Excel: the sheets of the codebook as printed, a row for each interview."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path

from openpyxl.styles import Alignment, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from journeys.instruments.answers import FilledForm
from journeys.instruments.codebook import Code, Codebook, CodeSheet
from journeys.instruments.coding_workbook import (
    BEFORE_CODES,
    GUIDANCE,
    PASSAGE_HELP,
    ROW_COLUMNS,
    SOURCE,
    TITLE,
    by_row,
    codes_of,
    coding_instrument,
    empty_rows,
    sheet_title,
)
from journeys.instruments.columns import ONE_COLUMN
from journeys.instruments.excel.write import (
    INSTRUMENT_NAME,
    INSTRUMENT_PROPERTY,
    VERSION_PROPERTY,
    header_name,
)
from journeys.instruments.excel.write_sheet import (
    BOLD,
    BOX,
    QUIET,
    WRAPPED,
    BookOut,
    comment,
    fillable,
    fillable_column,
    heading,
    write,
)
from journeys.instruments.files.cells import Cell as Given
from journeys.instruments.guidance import GUIDANCE as GUIDANCE_SHEET
from journeys.model.code_keys import CODING_WORKBOOK, NOT_RECOVERED

GROUP_ROW, KEY_ROW, LABEL_ROW = 4, 5, 6
_CODE_WIDTH = 30
_PREPARED_ROWS = 40
_GROUP_FILL = PatternFill("solid", fgColor="D9E5E8")


def code_name(key: str) -> str:
    """The hidden name of the cell that holds a code's key."""
    return "_ej.code." + "".join(sign if sign.isalnum() or sign == "." else "_" for sign in key)


def identity_line() -> str:
    """What each sheet says under its title: the instrument and its version."""
    return f"{CODING_WORKBOOK} version {coding_instrument().version}"


def write_coding_workbook(
    path: Path,
    codebook: Codebook,
    filled: FilledForm | None = None,
    known: Mapping[str, Sequence[str]] | None = None,
    notice: str | None = None,
) -> None:
    """Write the workbook; ``known`` are the names that drop-downs offer, by node label.

    Raises JourneysError for a text that a cell cannot hold.
    """
    book = BookOut(notice)
    sources = tuple((known or {}).get("DataSource", ()))
    _header_sheet(book, codebook, filled, sources)
    rows, kept = [*by_row(filled), *empty_rows(filled)], codes_of(filled)
    for sheet in codebook.sheets:
        codes = codebook.on_sheet(sheet.id, also=kept)
        if codes:
            _code_sheet(book, codebook, sheet, codes, rows, sources)
    _guidance(book, codebook)
    version = str(coding_instrument().version)
    book.save(path, {INSTRUMENT_PROPERTY: CODING_WORKBOOK, VERSION_PROPERTY: version})


def _identity(book: BookOut, sheet: Worksheet) -> None:
    write(sheet.cell(2, 1), identity_line())
    sheet.cell(2, 1).font = QUIET


def _header_sheet(book: BookOut, codebook: Codebook, filled: FilledForm | None, sources: tuple[str, ...]) -> None:
    section = coding_instrument().header
    sheet = book.sheet(section.sheet, landscape=False)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 44, 60
    write(sheet.cell(1, 1), TITLE)
    sheet.cell(1, 1).font = BOLD
    _identity(book, sheet)
    book.name(INSTRUMENT_NAME, sheet, "$A$2")
    for number, field in enumerate(section.fields, 4):
        label, box = sheet.cell(number, 1), sheet.cell(number, 2)
        write(label, field.wording)
        label.font, label.alignment, label.border, label.comment = BOLD, WRAPPED, BOX, comment(field.note)
        fillable(box, as_typed=True)
        book.name(header_name(field), sheet, f"$B${number}")
        if field.id == SOURCE:
            book.offer(sheet, f"B{number}", sources, strict=False)
        if filled and field.id in filled.header:
            write(box, filled.header[field.id].text)
    book.book.active = 0


def _code_sheet(
    book: BookOut,
    codebook: Codebook,
    printed: CodeSheet,
    codes: Sequence[Code],
    rows: Sequence[tuple[Mapping[str, Given], Mapping[str, Given]]],
    sources: tuple[str, ...],
) -> None:
    sheet = book.sheet(sheet_title(codebook, printed.id))
    write(sheet.cell(1, 1), printed.heading)
    sheet.cell(1, 1).font = BOLD
    if printed.note:
        sheet.cell(1, 1).comment = comment(printed.note)
    _identity(book, sheet)
    write(sheet.cell(3, 1), PASSAGE_HELP)
    sheet.cell(3, 1).font = QUIET
    first = len(BEFORE_CODES) + 1
    beside = {column: number for number, column in enumerate(BEFORE_CODES, 1)}
    behind = [column for column in ROW_COLUMNS if column not in beside]
    beside |= {column: number for number, column in enumerate(behind, first + len(codes))}
    for column, number in beside.items():
        heading(sheet.cell(LABEL_ROW, number), column.heading, column.help)
        sheet.column_dimensions[get_column_letter(number)].width = column.width
        book.name(f"{column.name}.{code_name(printed.id)}", sheet, f"${get_column_letter(number)}${LABEL_ROW}")
    for number, code in enumerate(codes, first):
        letter = get_column_letter(number)
        above, label = sheet.cell(KEY_ROW, number), sheet.cell(LABEL_ROW, number)
        heading(above, code.key, "")
        above.number_format = "@"
        heading(label, code.label or NOT_RECOVERED, code_help(codebook, code))
        sheet.column_dimensions[letter].width = _CODE_WIDTH
        book.name(code_name(code.key), sheet, f"${letter}${KEY_ROW}")
    _groups(sheet, codebook, codes, first)
    places = {code.key: number for number, code in enumerate(codes, first)}
    last = LABEL_ROW
    shown: set[str] = set()
    for before, cells in rows:
        source = before[SOURCE].text if SOURCE in before else ""
        if not any(key in places for key in cells) and (cells or source in shown):
            continue
        shown.add(source)
        last += 1
        for column, number in beside.items():
            if column.id in before:
                write(sheet.cell(last, number), before[column.id].text)
        for key, given in cells.items():
            if key in places:
                write(sheet.cell(last, places[key]), given.text)
    last += _PREPARED_ROWS
    for number in range(1, first + len(codes) + len(ROW_COLUMNS) - len(BEFORE_CODES)):
        fillable_column(sheet, number, range(LABEL_ROW + 1, last + 1), as_typed=True)
    book.offer(sheet, f"A{LABEL_ROW + 1}:A{last}", sources, strict=False)
    sheet.freeze_panes = f"B{LABEL_ROW + 1}"
    sheet.print_title_rows, sheet.print_title_cols = f"{GROUP_ROW}:{LABEL_ROW}", "A:A"
    sheet.page_setup.fitToWidth = max(1, round(len(codes) / 6))


def _groups(sheet: Worksheet, codebook: Codebook, codes: Sequence[Code], first: int) -> None:
    """The headings over several codes, above those that stand side by side."""
    numbered = list(enumerate(codes, first))
    for label, run in groupby(numbered, key=lambda each: codebook.group_of(each[1])):
        if label is None:
            continue
        places = [number for number, _ in run]
        cell = sheet.cell(GROUP_ROW, places[0])
        write(cell, label.label or NOT_RECOVERED)
        cell.font, cell.fill, cell.border = BOLD, _GROUP_FILL, BOX
        cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="center")
        if label.note:
            cell.comment = comment(label.note)
        if len(places) > 1:
            sheet.merge_cells(start_row=GROUP_ROW, end_row=GROUP_ROW, start_column=places[0], end_column=places[-1])


def code_help(codebook: Codebook, code: Code) -> str:
    """What the comment on a code says: its heading, its definition, how sure its label is, where it is suggested."""
    group, suggested = codebook.group_label(code), codebook.suggested_for.get(code.key, ())
    lines = [
        code.shown,
        f"Under: {group}" if group else "",
        code.definition,
        f"As printed: {code.printed or NOT_RECOVERED}" if code.reading is None and code.printed != code.label else "",
        f"The label is {code.reading} from a damaged printout." if code.reading in ("repaired", "uncertain") else "",
        code.note,
        "Retired: no longer offered for new coding." if code.retired else "",
        f"Suggested for: {'; '.join(each.words for each in suggested)}." if suggested else "",
    ]
    return "\n".join(filter(None, lines))


def _guidance(book: BookOut, codebook: Codebook) -> None:
    sheet = book.sheet(GUIDANCE_SHEET)
    sheet.column_dimensions["A"].width = ONE_COLUMN
    lines = (f"{TITLE}: how to fill it in", *GUIDANCE, f"Codebook: {codebook.title} ({codebook.origin}).")
    for number, line in enumerate(lines, 1):
        write(sheet.cell(number, 1), line)
        sheet.cell(number, 1).alignment = WRAPPED
    sheet.cell(1, 1).font = BOLD
