"""The coding workbook as running text, for Word and plain text: a section for each sheet, a row for each code.

Its layout is an instrument made of the codebook, which is written and read like any other form.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from journeys.instruments.answers import FilledForm, FilledRow
from journeys.instruments.codebook import Code, Codebook, CodeSheet
from journeys.instruments.coding_workbook import (
    CODED_AT,
    CODER,
    CODINGS,
    INTERVIEWS,
    MARK,
    PASSAGE,
    PASSAGE_HELP,
    PLACE,
    REMARK,
    ROW_COLUMNS,
    SOURCE,
    codes_of,
    coding_instrument,
    sheet_title,
)
from journeys.instruments.definition import Choice, GuidanceItem, GuidancePart, Instrument, Section, TableColumn
from journeys.instruments.excel.locate import comparable
from journeys.instruments.files.cells import Cell
from journeys.model.code_keys import CODING_WORKBOOK, read_codes
from journeys.model.problems import Problem, Report, Severity

CODE, PASSAGES = "code", "passages"
_BESIDE = (SOURCE, CODER, PLACE)
_GUIDANCE = (
    "A section for each sheet of the codebook, a row for each code. Leave the rows of other codes empty.",
    PASSAGE_HELP,
    "A code that several interviews or coders have, or passages with a remark or date of their own: add a row, with "
    "the code's number under Code.",
    "A passage is the same as another if its words and its place are: write both as in the transcript, so that the "
    "codings of two people can be compared.",
    "Name the coder and the interview above, or in each row. A row without its own has those named above.",
    "A code is found by its number; do not change it.",
)


def coding_document(codebook: Codebook, filled: FilledForm | None = None) -> Instrument:
    """The workbook as an instrument of tables; a retired code is there only where it is filled in."""
    workbook, kept = coding_instrument(), codes_of(filled)
    sections = [
        _section(codebook, sheet, codes)
        for sheet in codebook.sheets
        if (codes := codebook.on_sheet(sheet.id, also=kept))
    ]
    items = tuple(GuidanceItem(text=line) for line in (*_GUIDANCE, f"Codebook: {codebook.title} ({codebook.origin})."))
    return workbook.model_copy(
        update={
            "sections": (workbook.header, *sections),
            "guidance": (GuidancePart(title=f"{workbook.title}: how to fill it in", items=items),),
        }
    )


def in_document(filled: FilledForm | None, codebook: Codebook) -> FilledForm | None:
    """The codings of a workbook as rows of the tables of :func:`coding_document`.

    Each code has a row to fill in; where the workbook is for several interviews, one for each.
    """
    if filled is None:
        return None
    by_code: dict[str, list[FilledRow]] = {}
    for row in filled.tables.get(CODINGS, ()):
        values = dict(row.values)
        written = values.pop(PASSAGE, None)
        if written is not None and values[PASSAGES].text.casefold() == MARK:
            values[PASSAGES] = written
        by_code.setdefault(values[CODE].text, []).append(FilledRow(values, row.address))
    interviews = [row.values[SOURCE] for row in filled.tables.get(INTERVIEWS, ())]
    several = interviews if len(interviews) > 1 else []
    tables = {
        _section_id(sheet.id): tuple(
            row
            for code in codebook.on_sheet(sheet.id, also=set(by_code))
            for row in _to_fill_in(code, by_code.get(code.key, []), several)
        )
        for sheet in codebook.sheets
    }
    return FilledForm(filled.instrument, filled.version, filled.file, filled.header, tables=tables)


def _to_fill_in(code: Code, coded: list[FilledRow], interviews: Sequence[Cell]) -> list[FilledRow]:
    """The rows of a code: what is coded so, and an empty one for each other interview."""
    held = {row.values[SOURCE].text for row in coded if SOURCE in row.values}
    number = Cell(code.key, code.address)
    empty = [FilledRow({CODE: number, SOURCE: each}, each.address) for each in interviews if each.text not in held]
    return [*coded, *empty] or [FilledRow({CODE: number})]


def from_document(form: FilledForm, codebook: Codebook, report: Report) -> FilledForm:
    """What was filled in, as a workbook: a row of ``codings`` for each row with passages.

    Reported: rows without a code or with one that does not exist, with a label of another code, on the wrong sheet, and
    what stands in rows without passages.
    """
    rows = [
        row
        for sheet in codebook.sheets
        for given in form.tables.get(_section_id(sheet.id), ())
        for row in _codings(given, sheet, codebook, report)
    ]
    return FilledForm(CODING_WORKBOOK, form.version, form.file, form.header, tables={CODINGS: tuple(rows)})


def _section(codebook: Codebook, sheet: CodeSheet, codes: list[Code]) -> Section:
    helps = {column.id: column for column in ROW_COLUMNS}
    columns = [
        TableColumn(
            id=CODE, title="Code", width=40, printed=True, choices=tuple(Choice(id=c.key, text=c.shown) for c in codes)
        ),
        *(TableColumn(id=name, title=helps[name].heading, width=helps[name].width) for name in _BESIDE),
        TableColumn(id=PASSAGES, title="Passages", width=70),
        *(TableColumn(id=name, title=helps[name].heading, width=helps[name].width) for name in (REMARK, CODED_AT)),
    ]
    return Section(
        id=_section_id(sheet.id),
        sheet=sheet_title(codebook, sheet.id),
        title=sheet.heading,
        instruction=" ".join(_help(codebook, codes)),
        columns=tuple(columns),
    )


def _section_id(sheet: str) -> str:
    return f"sheet_{sheet}"


def _help(codebook: Codebook, codes: list[Code]) -> Iterator[str]:
    """The headings over codes, and their definitions."""
    over: dict[str, list[str]] = {}
    for code in codes:
        if group := codebook.group_label(code):
            over.setdefault(group, []).append(code.key)
    yield from (f"{', '.join(keys)} stand under \u201c{label}\u201d." for label, keys in over.items())
    yield from (f"{code.key}: {code.definition}" for code in codes if code.definition)


def _codings(given: FilledRow, sheet: CodeSheet, codebook: Codebook, report: Report) -> Iterator[FilledRow]:
    values = dict(given.values)
    written, passages = values.pop(CODE, None), values.get(PASSAGES)
    if passages is None:
        for name in (PLACE, REMARK, CODED_AT):
            if name in values:
                message = "The row has no passages, so this was not read."
                remedy = "Write the passages under Passages, or empty this cell."
                report(Problem("not_coded", values[name].address, message, remedy, Severity.WARNING))
        return
    if written is None:
        message, remedy = "The row has passages, but no code.", "Write the number of the code under Code."
        report(Problem("no_code", passages.address, message, remedy))
        return
    for key in _keys(written, codebook, report):
        if codebook.codes[key].sheet != sheet.id:
            where = sheet_title(codebook, codebook.codes[key].sheet)
            message = f"The code {key} belongs in the section {where!r}; what is coded here was read as {key}."
            remedy = "If another code is meant, correct its number."
            report(Problem("wrong_sheet", written.address, message, remedy, Severity.WARNING))
        yield FilledRow({**values, CODE: Cell(key, written.address)}, passages.address)


def _keys(written: Cell, codebook: Codebook, report: Report) -> Iterator[str]:
    """The code of a row: by the number at its beginning, else as codes are written anywhere."""
    key, _, label = written.text.partition(" ")
    if key in codebook.codes:
        _check_label(written, key, label, codebook, report)
        yield key
        return
    for code in read_codes(written.value, codebook.labels):
        if code.message:
            severity = Severity.ERROR if code.key is None else Severity.WARNING
            report(Problem("unknown_code", written.address, code.message, code.remedy, severity))
        if code.key is not None:
            yield code.key


def _check_label(written: Cell, key: str, label: str, codebook: Codebook, report: Report) -> None:
    """Say where beside a number stands the label of another code of the same sheet."""
    words, labels = comparable(label), codebook.labels
    printed = (labels[key], codebook.codes[key].printed)
    if not words or any(comparable(each) == words for each in printed if each):
        return
    for code in codebook.on_sheet(codebook.codes[key].sheet):
        if code.label and comparable(code.label) == words:
            message = f"The row has the number {key} and the label of {code.key} ({code.label})."
            report(Problem("wrong_label", written.address, message, "Put the number before its own label."))
