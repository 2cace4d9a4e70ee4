"""The study's registers, out and in: registers.xlsx and its twin in YAML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from journeys.instruments.columns import InColumn, OutColumn
from journeys.instruments.excel.read_table import read_table
from journeys.instruments.excel.write_sheet import KIND_NAME, LISTS, NOTICE, BookOut
from journeys.instruments.files.cells import Cell, text
from journeys.instruments.files.opendocument import read_spreadsheet
from journeys.instruments.files.sheet import Sheet
from journeys.instruments.files.sheet_extras import report_comments
from journeys.instruments.files.workbook import Workbook
from journeys.instruments.files.yamlfile import YamlNode, read_yaml
from journeys.instruments.printed_words import PrintedWords, former_help
from journeys.instruments.table_definition import ALIASES, ID, RegisterColumn, RegisterSheet, choices, register_sheets
from journeys.instruments.text.read_yaml_form import listed, named
from journeys.instruments.text.yaml_text import commented, dumped
from journeys.model.definitions import PropertyDefinition
from journeys.model.identity import folded
from journeys.model.phrases import counted, were
from journeys.model.problems import Address, Problem, Report, Severity
from journeys.model.schema import Schema
from journeys.model.unfinished import aside, write_whole
from journeys.model.version import UPDATE

_YAML = (".yaml", ".yml")
_KIND = "registers"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a register: which sheet, which kind of node, and what was written in each column."""

    sheet: str
    label: str
    values: Mapping[str, Cell]
    address: Address


def write_registers(
    path: Path, schema: Schema, entries: Iterable[Mapping[str, str]] = (), *, title: str = "", notice: str | None = None
) -> None:
    """Write the registers, as a workbook or (by the suffix) as YAML; blank, or with ``entries``.

    An entry is a mapping of column ids to words, with the sheet's id under "sheet". ``notice`` says, in the file, what
    it is.
    """
    rows = list(entries)
    if path.suffix.lower() in _YAML:
        write_whole(path, "\n".join(_yaml(schema, rows, notice or title)) + "\n")
        return
    book = BookOut(notice)
    for sheet in register_sheets():
        made = book.sheet(sheet.title)
        columns = [_out_column(schema, sheet, column) for column in sheet.columns]
        own = (row for row in rows if row["sheet"] == sheet.id)
        book.table(made, columns, ([row.get(column.id) for column in sheet.columns] for row in own))
    with aside(path) as (part,):
        book.save(part, {KIND_NAME: _KIND})


def read_registers(path: Path, schema: Schema, *, name: str, report: Report) -> list[Entry]:
    """The entries of a registers file, as written.

    Reported: sheets and columns that are missing or unknown. Raises UnreadableFile for a file that cannot be read.
    """
    if path.suffix.lower() in _YAML:
        return list(_from_yaml(read_yaml(path, name=name, report=report), report))
    book = read_spreadsheet(path, name=name, report=report)
    report_comments([comment for page in book.sheets for comment in page.comments], _comments(schema), report)
    return list(_from_book(book, report))


def _from_book(book: Workbook, report: Report) -> Iterator[Entry]:
    known = {folded(sheet.title): sheet for sheet in register_sheets()}
    found: set[str] = set()
    for page in book.sheets:
        sheet = _register_of(book, page.name) or known.get(folded(page.name))
        if sheet is None:
            if page.name not in (LISTS, NOTICE) and page.last_row:
                report(_ignored_sheet(page))
            continue
        found.add(sheet.id)
        columns = [InColumn(column.id, _name(sheet, column), column.heading) for column in sheet.columns]
        for row in read_table(book, page, columns, report):
            yield Entry(sheet.id, sheet.node, row.values, row.address)
    for sheet in register_sheets():
        if sheet.id not in found and book.sheets:
            message = f"The sheet {sheet.title!r} is missing; nothing was read for it."
            remedy = "Put it back if it held entries."
            report(Problem("missing_sheet", Address(book.file), message, remedy, Severity.WARNING))


def _comments(schema: Schema) -> PrintedWords:
    """What the program itself writes into the comments of the headings."""
    columns = ((sheet, column) for sheet in register_sheets() for column in sheet.columns)
    helps = (
        _help(column, schema.properties_of_node(sheet.node).get(column.property or "")) for sheet, column in columns
    )
    return PrintedWords((*helps, *former_help()))


def _register_of(book: Workbook, page: str) -> RegisterSheet | None:
    """The register whose hidden names point at this sheet, whatever the sheet is called now."""
    for sheet in register_sheets():
        areas = (book.names.get(_name(sheet, column)) for column in sheet.columns)
        if any(area is not None and area.sheet.casefold() == page.casefold() for area in areas):
            return sheet
    return None


def _from_yaml(root: YamlNode, report: Report) -> Iterator[Entry]:
    known = {sheet.id: sheet for sheet in register_sheets()}
    for name, node in named(root, [*known, _KIND], report):
        if name == _KIND:
            if node.value != "1":
                message = f"These are registers of version {node.value!r}; this program reads version 1."
                newer = str(node.value).isdecimal() and str(node.value) != "0"
                remedy = f"{UPDATE} if a newer one wrote them; otherwise write" if newer else "Write"
                report(Problem("wrong_version", node.address, message, f"{remedy} `{_KIND}: 1`."))
        else:
            sheet = known[name]
            for values, address in listed(node, [column.id for column in sheet.columns], report):
                yield Entry(sheet.id, sheet.node, values, address)


def _ignored_sheet(page: Sheet) -> Problem:
    cells = sum(bool(text(value)) for row in page.rows() for value in row.values)
    message = f"This sheet is not a register; {counted(cells, 'filled cell')} {were(cells)} ignored."
    remedy = f"Move its entries to a register: {', '.join(sheet.title for sheet in register_sheets())}."
    return Problem("ignored_sheet", page.origin, message, remedy, Severity.WARNING)


def _name(sheet: RegisterSheet, column: RegisterColumn) -> str:
    return f"_ej.registers.{sheet.id}.{column.id}"


def _out_column(schema: Schema, sheet: RegisterSheet, column: RegisterColumn) -> OutColumn:
    definition = schema.properties_of_node(sheet.node).get(column.property or "")
    offers, open_ = choices(schema, definition)
    width = 14 if column.id == ID else 40 if column.id in ("title", "description", "note", "business") else 22
    kind = schema.nodes[sheet.node]
    names = column.property in (None, *kind.key, kind.display)
    as_typed = names or (definition is not None and (bool(definition.vocabulary) or definition.type == "date"))
    help_ = _help(column, definition)
    return OutColumn(_name(sheet, column), column.heading, help_, width, tuple(offers), not open_, as_typed)


def _help(column: RegisterColumn, definition: PropertyDefinition | None) -> str:
    if column.id == ID:
        return "A short name to write in forms, such as North or SS. Left empty, it is made from the name."
    if column.id == ALIASES:
        return "Other names used for it in forms and tables, separated by semicolons."
    if column.edge is not None:
        return "Its name or id in the other register; separate several with semicolons."
    if definition is None:
        return ""
    hints = [f"{definition.description}." if definition.description else ""]
    hints += ["Needed."] if definition.required else []
    hints += ["Sensitive: leave it empty unless the study needs it."] if definition.sensitive else []
    hints += ["2011-03-05, March 2011, spring 2011, before June 2011, n.d."] if definition.type == "date" else []
    hints += ["Choose from the list, or write your own."] if definition.vocabulary and definition.open else []
    return " ".join(filter(None, hints))


def _yaml(schema: Schema, rows: Sequence[Mapping[str, str]], title: str) -> Iterator[str]:
    yield from commented(
        f"The registers of the study{f' {title}' if title else ''}: everything that forms can name. Fill "
        "in the lists below; "
        "several names in one place are separated by semicolons."
    )
    yield f"{_KIND}: 1"
    for sheet in register_sheets():
        yield ""
        yield f"# {sheet.title}"
        for column in sheet.columns:
            definition = schema.properties_of_node(sheet.node).get(column.property or "")
            offers, _ = choices(schema, definition)
            hint = " ".join(
                filter(None, [_help(column, definition), f"One of: {', '.join(offers)}." if offers else ""])
            )
            yield from commented(f"  {column.id}: {hint}".rstrip(": "))
        own = [{k: v for k, v in row.items() if k != "sheet" and v} for row in rows if row["sheet"] == sheet.id]
        yield from dumped({sheet.id: own})
