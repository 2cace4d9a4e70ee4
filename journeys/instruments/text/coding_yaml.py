"""The interview coding workbook as YAML: an entry for each interview, its passages under their codes."""

from __future__ import annotations

from collections.abc import Iterator

from journeys.instruments.answers import FilledForm, FilledRow
from journeys.instruments.codebook import Codebook
from journeys.instruments.coding_workbook import (
    CODINGS,
    GUIDANCE,
    MARK,
    ROW_COLUMNS,
    SOURCE,
    TITLE,
    by_row,
    coding_instrument,
    empty_rows,
)
from journeys.instruments.files.cells import Cell
from journeys.instruments.files.yamlfile import YamlNode
from journeys.instruments.text.read_yaml_form import given, listed, named
from journeys.instruments.text.yaml_forms import FORM, VERSION
from journeys.instruments.text.yaml_text import commented, dumped
from journeys.model.code_keys import CODING_WORKBOOK, read_codes
from journeys.model.problems import Problem, Report, Severity

CODES = "codes"
_BEFORE = tuple(column.id for column in ROW_COLUMNS)


def coding_yaml(codebook: Codebook, filled: FilledForm | None = None) -> str:
    """The workbook as text: blank, or with what is coded already."""
    return "\n".join(_lines(codebook, filled)) + "\n"


def _lines(codebook: Codebook, filled: FilledForm | None) -> Iterator[str]:
    instrument = coding_instrument()
    yield from commented("\n".join((TITLE, *GUIDANCE[1:4])))
    yield from commented(
        "An entry can have: source (the interview), coder, place, remark, coded_at (when), and codes: under each code "
        "the passages coded so, one a line or as a list. Or: passage, and codes as a list of the codes it has."
    )
    yield from dumped({FORM: CODING_WORKBOOK, VERSION: instrument.version})
    yield ""
    yield f"{instrument.header.id}:"
    for field in instrument.header.fields:
        yield from commented(f"{field.wording}. {field.note}", "  ")
        held = filled.header[field.id].text if filled and field.id in filled.header else None
        yield from (f"  {line}" for line in dumped({field.id: held}) if held) if held else (f"  {field.id}:",)
    yield ""
    entries: list[dict[str, object]] = []
    for before, cells in by_row(filled):
        entry: dict[str, object] = {name: cell.text for name, cell in before.items()}
        passages = {key: cell.text.split("\n") for key, cell in cells.items()}
        marked = [key for key, texts in passages.items() if [text.casefold() for text in texts] == [MARK]]
        entry[CODES] = marked if len(marked) == len(passages) else passages
        entries.append(entry)
    coded = {entry.get(SOURCE) for entry in entries}
    empty = [before[SOURCE].text for before, _ in empty_rows(filled)]
    entries += [{SOURCE: source, CODES: {}} for source in empty if len(empty) > 1 and source not in coded]
    yield from dumped({CODINGS: entries})
    yield ""
    yield from commented(f"The codes of the codebook ({codebook.origin}):")
    for sheet in codebook.sheets:
        if codes := codebook.on_sheet(sheet.id):
            yield "#"
            yield from commented(sheet.heading)
            for code in codes:
                group = codebook.group_label(code)
                yield from commented(f"  {code.shown}" + (f" (under: {group})" if group else ""))


def read_coding_yaml(root: YamlNode, version: int, codebook: Codebook, report: Report) -> FilledForm:
    """What was filled in; what means nothing or has another shape is reported."""
    instrument = coding_instrument()
    parts = dict(named(root, (FORM, VERSION, instrument.header.id, CODINGS), report))
    fields = [field.id for field in instrument.header.fields]
    header = {
        name: cell
        for name, node in named(parts.get(instrument.header.id), fields, report)
        if (cell := given(node, report)) is not None
    }
    entries = parts.get(CODINGS)
    if entries is not None and entries.value is not None and not isinstance(entries.value, list):
        list(listed(entries, (*_BEFORE, CODES), report))  # says what is wrong with it
        entries = None
    rows = tuple(row for entry in entries or () for row in _entry(entry, codebook, report))
    return FilledForm(CODING_WORKBOOK, version, root.file, header, tables={CODINGS: rows})


def _entry(entry: YamlNode, codebook: Codebook, report: Report) -> Iterator[FilledRow]:
    parts = dict(named(entry, (*_BEFORE, CODES), report))
    before = {name: cell for name in _BEFORE if (cell := given(parts.get(name), report)) is not None}
    codes = parts.get(CODES)
    if codes is None or codes.value is None:
        if "passage" in before:
            message, remedy = "The passage has no code.", "Write its codes below it, under `codes:`."
            report(Problem("not_coded", before["passage"].address, message, remedy, Severity.WARNING))
        return
    if not isinstance(codes.value, dict):
        # Codes alone: the passage of the entry has each of them.
        for node in [codes] if isinstance(codes.value, str) else codes:
            if (cell := given(node, report)) is not None:
                for key in _read(cell, codebook, report):
                    code = Cell(key, cell.address)
                    yield FilledRow({**before, "code": code, "passages": Cell(MARK, cell.address)}, cell.address)
        return
    for written, node in codes.items():
        for key in _read(Cell(written, node.address), codebook, report):
            for passages in _passages(node, report):
                code = Cell(key, node.address)
                yield FilledRow({**before, "code": code, "passages": passages}, passages.address)


def _passages(node: YamlNode, report: Report) -> Iterator[Cell]:
    """What stands under a code: a text as in a cell of a workbook, or a list with a passage in each entry."""
    if isinstance(node.value, list):
        for item in node:
            if (cell := given(item, report)) is not None:
                yield Cell(" ".join(cell.text.split()), cell.address)
    elif (cell := given(node, report)) is not None:
        yield cell


def _read(cell: Cell, codebook: Codebook, report: Report) -> Iterator[str]:
    for code in read_codes(cell.value, codebook.labels):
        if code.message:
            severity = Severity.ERROR if code.key is None else Severity.WARNING
            report(Problem("unknown_code", cell.address, code.message, code.remedy, severity))
        if code.key is not None:
            yield code.key
