"""Read Excel workbooks: cells with addresses, hidden names, and warnings about what is not read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from io import BytesIO
from math import isfinite
from pathlib import Path

import python_calamine

from journeys.instruments.files.cell_errors import with_known_errors
from journeys.instruments.files.cell_looks import Look, Looks, read_looks, struck_cells
from journeys.instruments.files.cells import (
    Cell,
    Value,
    column_letters,
    split_reference,
    text,
)
from journeys.instruments.files.conditional_formats import looks_of_rules, newer_rules
from journeys.instruments.files.date_cells import Shown, as_shown, partial_date_styles, years_of_work
from journeys.instruments.files.number_formats import loses_digits, shown_number, shown_text
from journeys.instruments.files.office_package import EXCEL, is_strict, opened, say_kind, usual_package
from journeys.instruments.files.safety import (
    MAX_TEXT,
    ProblemLimiter,
    control_characters,
    is_lock_file,
    read_bytes,
    unreadable,
)
from journeys.instruments.files.sheet import Sheet
from journeys.instruments.files.sheet_extras import report_objects, sheet_comments
from journeys.instruments.files.sheet_markup import LAID_OUT, Allowance, SheetMarkup, read_sheet_markup
from journeys.instruments.files.sheet_reports import report_hidden, report_margins, report_rules
from journeys.instruments.files.symbol_fonts import UNKNOWN, as_seen, raised
from journeys.instruments.files.workbook_parts import (
    Area,
    SheetPart,
    check_shared_strings,
    custom_properties,
    defined_names,
    length_of_strings,
    parse_area,
    sheet_parts,
)
from journeys.instruments.files.zip_package import ZipPackage
from journeys.model.characters import CONTROL_CHARACTERS
from journeys.model.phrases import counted, in_short
from journeys.model.problems import Address, Problem, Report, Severity

MAX_FILE = 50_000_000
MEMORY = 140_000_000
"""Bytes of memory that the cells of a workbook may take, by estimate: over a million of them."""
MAX_CELLS = MEMORY // LAID_OUT
"""Largest rectangle, from A1 to the last cell that holds something, that is laid out in memory."""


@dataclass(slots=True)
class Workbook:
    """A workbook that has been read: closed on disk, all values in memory.

    ``names`` are the defined names (hidden ones too) and the area each points at; ``properties`` are the custom
    document properties.
    """

    file: str
    sheets: tuple[Sheet, ...] = ()
    names: dict[str, Area] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)

    def sheet(self, name: str) -> Sheet | None:
        """The sheet called ``name``, ignoring case as Excel does."""
        wanted = name.casefold()
        return next((sheet for sheet in self.sheets if sheet.name.casefold() == wanted), None)

    def named_cell(self, name: str) -> Cell | None:
        """The first cell of the area that a defined name points at."""
        area = self.names.get(name)
        sheet = self.sheet(area.sheet) if area else None
        return sheet.row(area.top).cell(area.left) if area and sheet else None


def read_workbook(path: Path, *, name: str, report: Report) -> Workbook:
    """Read an .xlsx or .xlsm file; macros are ignored with a warning.

    ``name`` is the file's name for addresses. Reported and read on: formulas, Excel's error values, hidden rows,
    columns and sheets (but not sheets whose names begin with "_", which programs make), texts that are too long,
    control characters, sheets that reach too far. An Excel lock file (``~$...``) is a workbook without sheets. A date
    shown without its day ("Mar-11") is the text "2011-03", one shown without its year is a warning; a time of day is a
    text. Raises UnreadableFile.
    """
    if is_lock_file(path):
        return Workbook(name)
    data = read_bytes(path, name=name, limit=MAX_FILE)
    package, main = opened(data, name=name, wanted=EXCEL)
    if problem := say_kind(main, Address(name)):
        report(problem)
    workbook = main.part
    if "xl/vbaProject.bin" in package:
        message = "the workbook contains macros; they were neither run nor read."
        report(Problem("macros", Address(name), message, "Save it as .xlsx to remove them.", Severity.WARNING))
    styles = partial_date_styles(package)
    looks = replace(read_looks(package, workbook), rules=looks_of_rules(package, workbook))
    parts = sheet_parts(package, workbook)
    strings = check_shared_strings(package, workbook)
    allowance = Allowance(MEMORY - sum(strings) - 2 * len(data))
    if workbook != "xl/workbook.xml" or is_strict(package, workbook):
        data = usual_package(package, workbook)
    data = with_known_errors(package, data, [part.part for part in parts])
    with _calamine(name), python_calamine.load_workbook(BytesIO(data)) as values:
        sheets = tuple(_read_sheet(package, values, part, styles, looks, strings, allowance, report) for part in parts)
    report_margins(sheets, report)
    return Workbook(name, sheets, defined_names(package, workbook), custom_properties(package))


@contextmanager
def _calamine(name: str) -> Iterator[None]:
    """Turn the errors of the value reader about a damaged workbook into UnreadableFile."""
    try:
        yield
    except BaseException as error:
        # A panic in the Rust library arrives as a class of its own, outside Exception, that cannot be imported.
        panic = type(error).__name__ == "PanicException"
        if not panic and not isinstance(error, (python_calamine.CalamineError, OSError, ValueError, OverflowError)):
            raise
        message = "the workbook is damaged: its sheets cannot be read."
        raise unreadable("damaged_file", Address(name), message, "Open it in Excel and save it again.") from error


def _read_sheet(
    package: ZipPackage,
    values: python_calamine.CalamineWorkbook,
    part: SheetPart,
    styles: Mapping[str, Shown],
    looks: Looks,
    strings: Sequence[int],
    allowance: Allowance,
    report: Report,
) -> Sheet:
    origin = Address(package.file, part.name)
    markup = read_sheet_markup(package, part.part, frozenset(styles), frozenset(looks.styles), allowance)
    if not markup.too_large and markup.shared * max(strings, default=0) > allowance.left:
        markup.too_large = length_of_strings(package, part.part, strings) > allowance.left
    if markup.too_large:
        return _not_read(part, markup, origin, report)
    merged = tuple(area for written in markup.merged if (area := parse_area(f"_!{written}")))
    sheet = Sheet(part.name, part.hidden, origin, merged)
    sparing = ProblemLimiter(report, origin)
    if markup.last_row:
        sheet._rows.extend(_clean_rows(values.get_sheet_by_name(part.name), origin, sparing))
    worked_in = years_of_work(package) if markup.dates else frozenset()
    _read_dates_as_shown(sheet, markup, styles, worked_in, sparing)
    show_as_seen(sheet, markup.styled, looks, struck_cells(package, part.part, looks), sparing)
    _empty_covered(sheet, sparing)
    sheet.comments = sheet_comments(package, part.part, origin)
    report_objects(package, part.part, origin, sparing)
    _report_formulas_and_errors(sheet, markup, sparing)
    report_hidden(sheet, markup, sparing)
    report_rules(sheet, [*markup.rules, *newer_rules(package, part.part)], looks.rules, sparing)
    sheet.margins = markup.margins
    sparing.finish()
    return sheet


def _not_read(part: SheetPart, markup: SheetMarkup, origin: Address, report: Report) -> Sheet:
    """Say that a sheet is too large, and return it empty."""
    where = f"{column_letters(min(markup.last_column, 16383))}{min(markup.last_row, 1048576)}"
    message = "the sheet holds more cells, filled or formatted, than are read; it was not read."
    if markup.last_row:
        filled = counted(markup.cells, "filled cell")
        message = f"the sheet reaches as far as {where}, and has {filled} or more; it was not read."
    remedy = "Delete anything far outside the table; or save the sheet as CSV, which has no such limit."
    report(Problem("sheet_too_large", origin, message, remedy))
    return Sheet(part.name, part.hidden, origin)


def _clean_rows(values: python_calamine.CalamineSheet, origin: Address, report: Report) -> list[Sequence[Value]]:
    """The rows of a sheet from row 1 and column A on, each as far as it holds any value, up to the last that does.

    A blank row is the one empty tuple: a formatted sheet may have a million of them.
    """
    if values.start is None:
        return []
    top, left = values.start
    rows: list[Sequence[Value]] = [()] * top
    known: dict[Value, Value] = {}  # words that stand in many cells are kept once
    for number, raw in enumerate(values.to_python(skip_empty_area=True), top + 1):
        cleaned: list[Value] = [None] * left
        if raw.count("") < len(raw):
            cleaned += [_clean(value, number, column, origin, report) for column, value in enumerate(raw, left)]
        while cleaned and cleaned[-1] is None:
            cleaned.pop()
        rows.append([known.setdefault(each, each) if type(each) is str else each for each in cleaned] or ())
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _clean(value: object, number: int, column: int, origin: Address, report: Report) -> Value:
    if isinstance(value, str):
        if len(value) > MAX_TEXT or CONTROL_CHARACTERS.search(value):
            return _clean_text(value, origin.at(f"{column_letters(column)}{number}"), report)
        return value or None
    if isinstance(value, float):
        if not isfinite(value):
            message = "the cell holds a number that is too large."
            report(Problem("bad_number", origin.at(f"{column_letters(column)}{number}"), message, "Write it as text."))
            return None
        if value.is_integer() and abs(value) < 2**53:
            return int(value)
        return float(f"{value:.15g}")  # a spreadsheet shows no more: 0.3 for 0.30000000000000004
    if isinstance(value, time):
        return value.isoformat(timespec="seconds")
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    if isinstance(value, (int, date)):
        return value
    return None


def _clean_text(value: str, address: Address, report: Report) -> str | None:
    if len(value) > MAX_TEXT:
        message = f"the cell holds {len(value):,} characters; more than {MAX_TEXT:,} are not read."
        report(Problem("too_long", address, message, "Shorten it, or keep the long text in a file of its own."))
        return None
    report(control_characters(address))
    return CONTROL_CHARACTERS.sub("", value) or None


def _read_dates_as_shown(
    sheet: Sheet, markup: SheetMarkup, styles: Mapping[str, Shown], worked_in: Collection[int], report: Report
) -> None:
    for reference, style in markup.dates:
        row, column = split_reference(reference) or (0, 0)
        value = sheet.row(row).cell(column).value
        if isinstance(value, date):
            found = as_shown(value, styles[style], sheet.origin.at(reference), worked_in)
            values = sheet._rows[row - 1]
            assert isinstance(values, list)
            values[column] = found.value
            if found.problem:
                report(found.problem)
        elif styles[style] == "minutes" and isinstance(value, str):
            sheet.put(row, column, value.removesuffix(":00") if value.count(":") == 2 else value)


def show_as_seen(
    sheet: Sheet,
    styled: Iterable[tuple[str, str]],
    looks: Looks,
    struck: Mapping[str, tuple[str, str, str]],
    report: Report,
) -> None:
    """Give numbers the text that their format shows, and take out the words that are struck out."""
    for reference, style in styled:
        row, column = split_reference(reference) or (0, 0)
        value, look = sheet.row(row).cell(column).value, looks.styles[style]
        if value is None or isinstance(value, bool):
            continue
        if look.struck and reference not in struck:
            _strike(sheet, row, column, None, text(value), report)
            continue
        if look.unseen and text(value).strip():
            _say_unseen(text(value), sheet.origin.at(reference), report)
        if (look.font or look.raised) and reference not in struck and isinstance(value, str | int):
            _put_as_seen(sheet, row, column, look, report)
        shown = None
        if look.format and isinstance(value, int | float):
            shown = shown_number(value, look.format)
        elif look.format and isinstance(value, str):
            shown = shown_text(value, look.format)
        if shown == "":
            message = f"The cell's format hides what it holds ({text(value)[:80]!r}); it was not read."
            remedy = "Choose another number format to show it, or empty the cell."
            report(Problem("hidden_text", sheet.origin.at(reference), message, remedy, Severity.WARNING))
        elif shown is not None and isinstance(value, int | float) and loses_digits(value, shown):
            message = f"The cell shows '{shown}' and holds {text(value)}; '{shown}' was read."
            remedy = "Show more decimals if they matter."
            report(Problem("rounded", sheet.origin.at(reference), message, remedy, Severity.WARNING))
        if shown is not None:
            sheet.put(row, column, shown or None)
    for reference, (left, gone, hidden) in struck.items():
        row, column = split_reference(reference) or (0, 0)
        if row and sheet.row(row).cell(column).value is not None:
            if hidden:
                _say_unseen(hidden, sheet.origin.at(reference), report)
            if gone.strip():
                _strike(sheet, row, column, " ".join(left.split(" ")) if left.strip() else None, gone, report)
            else:
                sheet.put(row, column, left or None)
            _say_unknown_symbol(left, sheet.origin.at(reference), report)


def _put_as_seen(sheet: Sheet, row: int, column: int, look: Look, report: Report) -> None:
    """Give a cell in a font of symbols, or with raised figures, the characters that are seen."""
    words = text(sheet.row(row).cell(column).value)
    seen = as_seen(words, look.font)
    sheet.put(row, column, raised(seen) if look.raised else seen)
    _say_unknown_symbol(seen, sheet.origin.at(f"{column_letters(column)}{row}"), report)


def _say_unseen(words: str, address: Address, report: Report) -> None:
    message = f"Text in the colour of its background was read: '{words[:80].strip()}'."
    remedy = "Give it another colour to see what is read, or delete it."
    report(Problem("hidden_text", address, message, remedy, Severity.WARNING))


def _say_unknown_symbol(words: str, address: Address, report: Report) -> None:
    if UNKNOWN in words:
        message = f"A symbol of a special font is not known and shown as {UNKNOWN}."
        report(Problem("ignored_text", address, message, "Type it in words.", Severity.WARNING))


def _strike(sheet: Sheet, row: int, column: int, left: str | None, gone: str, report: Report) -> None:
    sheet.put(row, column, re.sub(" {2,}", " ", left) if left else None)
    message = f"Struck-out text is not read: '{gone[:80].strip()}'."
    remedy = "Take the strikethrough off if it should be read."
    address = sheet.origin.at(f"{column_letters(column)}{row}")
    report(Problem("struck_out", address, message, remedy, Severity.WARNING))


def _empty_covered(sheet: Sheet, report: Report) -> None:
    """Take out what cells hold that are covered by the first of a merged area."""
    left = MAX_CELLS  # areas that lie over each other, as no spreadsheet program writes them, would take for ever
    for area in sheet.merged:
        for number in range(area.top, min(area.bottom, sheet.last_row) + 1):
            if (left := left - 1) < 0:
                message = "the merged areas of the sheet lie over each other; not all were looked at."
                report(Problem("merged_cells", sheet.origin, message, "Unmerge them."))
                return
            held = sheet.row(number).values
            for column in range(area.left, min(area.right, len(held) - 1) + 1):
                if (number, column) != (area.top, area.left) and held[column] is not None:
                    words = text(held[column])[:80]
                    message = f"'{words}' lies under a merged cell, where it is not seen; it was not read."
                    place = sheet.origin.at(f"{column_letters(column)}{number}")
                    remedy = "Unmerge the cells to see it, or delete it."
                    report(Problem("hidden_text", place, message, remedy, Severity.WARNING))
                    sheet.put(number, column, None)


def _report_formulas_and_errors(sheet: Sheet, markup: SheetMarkup, report: Report) -> None:
    for formula in markup.formulas:
        address = sheet.origin.at(formula.reference)
        said = f" (={in_short(formula.formula)})" if formula.formula else ""
        if formula.has_result:
            value = sheet.cell(formula.reference).value
            shown = "" if value is None else in_short(str(value))
            message = f"the cell holds a formula{said}; its stored value '{shown}' was read."
            report(Problem("formula", address, message, "Write the value itself to be sure of it.", Severity.WARNING))
        else:
            message = f"the cell holds a formula{said} with no stored value."
            report(Problem("formula_without_value", address, message, "Write the value itself."))
    for reference, error in markup.errors:
        message = f"the cell shows an Excel error ({error or '#VALUE!'})."
        report(
            Problem("excel_error", sheet.origin.at(reference), message, "Write the value itself, or empty the cell.")
        )
