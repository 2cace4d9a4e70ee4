"""The interview coding workbook, whatever its format: its header, its columns, and the codings that it holds.

A filled-in workbook is a ``FilledForm`` whose table ``codings`` has a row for each filled cell of a code: the source,
the code, the passages in the cell, and the coder, place and passage of the row as far as they are given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from journeys.instruments.answers import FilledForm, FilledRow
from journeys.instruments.codebook import Codebook
from journeys.instruments.coded_passages import Passage, can_stand_before, cells_of
from journeys.instruments.definition import FieldDefinition, Instrument, Section
from journeys.instruments.files.cells import Cell
from journeys.model.code_keys import CODING_WORKBOOK
from journeys.model.problems import Address

CODINGS, INTERVIEWS = "codings", "interviews"
REMARKS = "remarks"
"""The header field for what is kept with every coding."""
MARK = "x"
"""In a code's cell: the passage of the row is coded so."""


@dataclass(frozen=True, slots=True)
class RowColumn:
    """A column beside the codes: its id, heading, width and help."""

    id: str
    heading: str
    width: int
    help: str
    former: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its hidden name in workbooks; with the number of the sheet behind it."""
        return f"_ej.coding.{self.id}"


SOURCE, CODER, PLACE, PASSAGE, REMARK, CODED_AT = "source", "coder", "place", "passage", "remark", "coded_at"
BEFORE_CODES = (
    RowColumn(
        SOURCE, "Interview", 14, "The interview's id in the register of sources. A row for each interview, or several."
    ),
    RowColumn(CODER, "Coder", 8, "Initials. If empty: the coder named on the first sheet."),
    RowColumn(PLACE, "Place", 10, "Page, line or time of the row's passages that have none of their own."),
    RowColumn(
        PASSAGE,
        "Passage",
        40,
        f"To code one passage in several ways, write it here and {MARK} under each code. Otherwise leave it empty.",
    ),
)
ROW_COLUMNS = (
    *BEFORE_CODES,
    RowColumn(REMARK, "Remark", 30, "Kept with each coding of the row. If empty: the remarks on the first sheet."),
    RowColumn(CODED_AT, "Coded (when)", 16, "If empty: the date on the first sheet.", ("Coded",)),
)
"""The columns beside the codes; those of the remark and the date come after them."""

PASSAGE_HELP = (
    "Write the passages coded so: one a line, or separated by blank lines. Before each its place, in square "
    "brackets or with a colon: [12:30] words, or p. 4: words."
)
TITLE = "Interview coding workbook"
GUIDANCE = (
    "A sheet for each sheet of the codebook, a column for each code, a row for each interview. Several rows may name "
    "one interview.",
    PASSAGE_HELP,
    f"To code one passage in several ways, give it a row: write it under Passage, and {MARK} under each code.",
    "A passage is the same as another if its words and its place are: write both as in the transcript, so that the "
    "codings of two people can be compared.",
    "Name the coder on the first sheet. Where several people share a workbook, name the coder in each row.",
    "Two people who code one interview use a workbook each, or rows of their own.",
    "Columns can be moved, hidden or deleted. A code is found by its number; do not change it.",
)


@dataclass(frozen=True, slots=True)
class Coding:
    """A passage of a source with a code, as it is written into a workbook."""

    source: str
    coder: str | None
    code: str
    passage: Passage
    coded_at: str | None = None
    remark: str | None = None


@cache
def coding_instrument() -> Instrument:
    """The workbook as an instrument: what it is about, its formats, and its header; the codes are the codebook's."""
    fields = (
        _field("coder", "Coder (initials)", "Initials as in study.yaml. Several people: name each in their rows."),
        _field(CODED_AT, "Coded (when)", "A date or a time, as you write it."),
        _field("source", "Interview (if the workbook is about one)", "Rows without an interview are about this one."),
        _field(REMARKS, "Remarks", "Kept with each coding that has no remark of its own."),
    )
    header = Section(id="header", sheet="Coding", title="Coding", fields=fields)
    return Instrument(
        instrument=CODING_WORKBOOK,
        version=1,
        title=TITLE,
        about="DataSource",
        one_for="one interview or several",
        formats=("xlsx", "docx", "yaml", "txt"),
        sections=(header,),
    )


def _field(name: str, question: str, note: str) -> FieldDefinition:
    return FieldDefinition(id=name, question=question, reading="clear", ours=True, note=note, answer_kind="identifier")


def filled_workbook(codings: Iterable[Coding], header: Mapping[str, str], interviews: Iterable[str] = ()) -> FilledForm:
    """A workbook with these codings, as if it had been read; ``interviews`` get a row on each sheet."""
    here = Address()
    rows = [
        FilledRow({name: Cell(text, here) for name, text in values.items()}, here)
        for values in _rows(list(codings), header)
    ]
    cells = {name: Cell(text, here) for name, text in header.items()}
    empty = tuple(FilledRow({SOURCE: Cell(each, here)}, here) for each in interviews)
    tables = {CODINGS: tuple(rows), INTERVIEWS: empty}
    return FilledForm(CODING_WORKBOOK, coding_instrument().version, "", cells, tables=tables)


def _rows(codings: list[Coding], header: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """A cell for each interview, coder, code, remark and date; a row apart for a passage whose place has to stand in
    its column. What the header says of all of them is not repeated."""
    together: dict[tuple[str, str | None, str, str, str, str], list[Passage]] = {}
    for coding in codings:
        place = coding.passage.place or ""
        apart = "" if can_stand_before(place) else place
        passage = Passage(coding.passage.text) if apart else coding.passage
        remark = coding.remark if coding.remark and coding.remark != header.get(REMARKS) else ""
        when = coding.coded_at if coding.coded_at and coding.coded_at != header.get(CODED_AT) else ""
        held = together.setdefault((coding.source, coding.coder, coding.code, apart, remark, when), [])
        if passage not in held:
            held.append(passage)
    for (source, by, code, place, remark, when), passages in together.items():
        own = by if by and by != header.get(CODER) else ""
        values = {SOURCE: source, "code": code, PLACE: place, CODER: own, REMARK: remark, CODED_AT: when}
        for cell in cells_of(passages):
            yield {name: text for name, text in {**values, "passages": cell}.items() if text}


def by_row(form: FilledForm | None) -> list[tuple[Mapping[str, Cell], dict[str, Cell]]]:
    """The codings of a form as the rows of a workbook: what stands before the codes, and a cell for each code.

    Two cells of one interview, coder and code stand in two rows.
    """
    rows: list[tuple[Mapping[str, Cell], dict[str, Cell]]] = []
    for filled in form.tables.get(CODINGS, ()) if form else ():
        before = {column.id: filled.values[column.id] for column in ROW_COLUMNS if column.id in filled.values}
        code, cell = filled.values["code"].text, filled.values["passages"]
        row = next((cells for held, cells in rows if _same(held, before) and code not in cells), None)
        if row is None:
            row = {}
            rows.append((before, row))
        row[code] = cell
    return rows


def empty_rows(form: FilledForm | None) -> list[tuple[Mapping[str, Cell], dict[str, Cell]]]:
    """The rows of interviews that a workbook is to have, coded or not."""
    return [(row.values, {}) for row in form.tables.get(INTERVIEWS, ())] if form else []


def _same(one: Mapping[str, Cell], other: Mapping[str, Cell]) -> bool:
    return {name: cell.text for name, cell in one.items()} == {name: cell.text for name, cell in other.items()}


def codes_of(form: FilledForm | None) -> set[str]:
    """The keys that are filled in."""
    return {row.values["code"].text for row in form.tables.get(CODINGS, ())} if form else set()


def sheet_title(codebook: Codebook, sheet: str) -> str:
    """The name of a code sheet in a workbook: its number and as much of its title as Excel allows."""
    held = next(each for each in codebook.sheets if each.id == sheet)
    words = f"{held.id}) {held.title or ''}".strip()
    kept = "".join(sign for sign in words if sign not in "[]:*?/\\")
    return " ".join(kept.split())[:31].strip().strip("'")
