"""An instrument as an Excel workbook: blank, or with what is known already filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from journeys.instruments.answers import Answer, FilledForm, FilledRow
from journeys.instruments.claim_columns import CLAIM_COLUMNS, SHEET
from journeys.instruments.claim_columns import out_columns as claim_out_columns
from journeys.instruments.columns import ONE_COLUMN, rows_offered
from journeys.instruments.definition import FieldDefinition, Instrument, Question, Section
from journeys.instruments.excel.question_columns import (
    ANSWER_OF,
    BEARS_ON_OF,
    CODES_OF,
    PLACE_OF,
    SOURCES_OF,
    STATUS_OF,
    QuestionColumn,
    columns_of,
)
from journeys.instruments.excel.write_sheet import (
    BOLD,
    BOX,
    QUIET,
    SHUT,
    WRAPPED,
    BookOut,
    comment,
    fillable,
    heading,
    spread,
    write,
)
from journeys.instruments.guidance import GUIDANCE, belongs_to_rows, guidance, suggested_codes
from journeys.instruments.table_definition import choices
from journeys.instruments.table_sections import out_columns, shown_rows
from journeys.model.schema import Schema

INSTRUMENT_PROPERTY, VERSION_PROPERTY = "evidence-journeys instrument", "evidence-journeys version"
INSTRUMENT_NAME = "_ej.instrument"

_HEADING_ROW = 4
_LOWEST_ROW = 30.0


def write_excel(
    instrument: Instrument,
    path: Path,
    schema: Schema,
    filled: FilledForm | None,
    known: Mapping[str, Sequence[str]],
    notice: str | None = None,
) -> None:
    """Write the workbook. ``known`` are the names that drop-downs offer, by node label; ``notice`` says what it is.

    Raises JourneysError for a text that Excel cannot hold.
    """
    book = BookOut(notice)
    _header_sheet(book, instrument, schema, filled, known)
    for section in instrument.sections[1:]:
        if section.fields:
            _question_sheet(book, instrument, section, schema, filled, known)
        else:
            _table_sheet(book, section, schema, filled, known)
    rows = book.sheet(SHEET)
    given = [[row.values[c.id].value if c.id in row.values else None for c in CLAIM_COLUMNS] for row in _rows(filled)]
    book.table(rows, claim_out_columns(schema, known), given)
    _guidance(book, instrument, schema)
    book.save(path, {INSTRUMENT_PROPERTY: instrument.instrument, VERSION_PROPERTY: str(instrument.version)})


def _rows(filled: FilledForm | None) -> Sequence[FilledRow]:
    return filled.claim_rows if filled else ()


def _title(book: BookOut, sheet: Worksheet, instrument: Instrument, section: Section) -> None:
    write(sheet.cell(1, 1), instrument.title)
    sheet.cell(1, 1).font = BOLD
    write(sheet.cell(2, 1), f"{instrument.instrument} version {instrument.version}")
    sheet.cell(2, 1).font = QUIET
    if section is instrument.header:
        book.name(INSTRUMENT_NAME, sheet, "$A$2")
    write(sheet.cell(3, 1), section.instruction)
    sheet.cell(3, 1).font = QUIET


def _header_sheet(
    book: BookOut,
    instrument: Instrument,
    schema: Schema,
    filled: FilledForm | None,
    known: Mapping[str, Sequence[str]],
) -> None:
    section = instrument.header
    sheet = book.sheet(section.sheet, landscape=False)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 44, 60
    _title(book, sheet, instrument, section)
    for number, field in enumerate(section.fields, _HEADING_ROW):
        label, box = sheet.cell(number, 1), sheet.cell(number, 2)
        write(label, field.wording + (" *" if field.required else ""))
        label.font, label.alignment, label.border = BOLD, WRAPPED, BOX
        if help_ := help_of(field):
            label.comment = comment(help_)
        fillable(box, as_typed=True)
        book.name(header_name(field), sheet, f"$B${number}")
        book.offer(sheet, f"B{number}", _header_offers(schema, instrument, field, known), strict=False)
        if filled and field.id in filled.header:
            write(box, filled.header[field.id].value)
    sheet.freeze_panes = f"A{_HEADING_ROW}"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = sheet.protection.insertRows = False


def header_name(field: FieldDefinition) -> str:
    """The hidden name of a header field's cell."""
    return f"_ej.header.{field.id}"


def question_name(question: Question) -> str:
    """The hidden name of a question's cell, in whose row the answer stands."""
    return f"_ej.question.{question.name}"


def _header_offers(
    schema: Schema, instrument: Instrument, field: FieldDefinition, known: Mapping[str, Sequence[str]]
) -> tuple[str, ...]:
    offered = [name for label in field.offers for name in known.get(label, ())]
    for made in field.yields:
        if made.property is not None:
            offered += choices(schema, schema.nodes[instrument.about].properties.get(made.property))[0]
        elif made.claim is not None:
            kind = schema.claims[made.claim]
            labels = kind.from_labels if made.answer == "from" else kind.to_labels
            offered += [name for label in labels for name in known.get(label, ())]
    return tuple(dict.fromkeys(offered))


def help_of(field: FieldDefinition) -> str:
    """What the comment beside a field says."""
    hints = [field.note]
    if "…]" in field.wording:
        hints.append("[…] stands for words that are lost in the original form.")
    if field.answer_kind == "entity_ref":
        hints.append("Names, ids or aliases from the registers; separate several with semicolons.")
    if field.answer_kind == "date":
        hints.append("2011-03-05, March 2011, spring 2011, before June 2011, n.d.")
    if field.worth_noting:
        hints.append(f"Worth noting: {', '.join(field.worth_noting)}.")
    if field.answer_kind == "notes":
        hints.append(
            '"word for word"; SS said in your words; [your interpretation]; everything else is your own comment.'
        )
    if field.rows:
        hints.append(belongs_to_rows(field.rows))
    hints.append(suggested_codes(field))
    return "\n".join(filter(None, hints))


def _question_sheet(
    book: BookOut,
    instrument: Instrument,
    section: Section,
    schema: Schema,
    filled: FilledForm | None,
    known: Mapping[str, Sequence[str]],
) -> None:
    sheet = book.sheet(section.sheet)
    _title(book, sheet, instrument, section)
    columns = columns_of(section, schema.lens)
    for number, column in enumerate(columns, 1):
        heading(sheet.cell(_HEADING_ROW, number), column.heading, column.help)
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = column.width
        book.name(column.name(section), sheet, f"${letter}${_HEADING_ROW}")
    number = _HEADING_ROW
    for question in _in_order(instrument, section):
        number += 1
        _question_row(book, sheet, number, columns, question, schema)
        for answer in filled.answers if filled else ():
            if (answer.field, answer.ask) == (question.field.id, question.ask.id if question.ask else None):
                _fill(sheet, number, columns, answer, schema)
        if not all(_is_shut(column, question) for column in columns[1:]):
            sheet.row_dimensions[number].height = _LOWEST_ROW
    for place, column in enumerate(columns, 1):
        if column.id in BEARS_ON_OF.values():
            letter = get_column_letter(place)
            book.offer(sheet, f"{letter}{_HEADING_ROW + 1}:{letter}{number}", rows_offered(known), strict=False)
    sheet.freeze_panes = f"B{_HEADING_ROW + 1}"
    sheet.print_title_rows = f"{_HEADING_ROW}:{_HEADING_ROW}"
    spread(sheet, [column.width for column in columns])


def _in_order(instrument: Instrument, section: Section) -> Iterator[Question]:
    """The questions row by row; above those inside a box the printed question itself."""
    wholes = {question.field.id: question for question in instrument.split_questions(section)}
    for question in instrument.questions(section):
        if (whole := wholes.pop(question.field.id, None)) is not None:
            yield whole
        yield question


def _question_row(
    book: BookOut,
    sheet: Worksheet,
    number: int,
    columns: Sequence[QuestionColumn],
    question: Question,
    schema: Schema,
) -> None:
    statuses = tuple(term.label for term in schema.terms("answer_status").terms.values())
    for place, column in enumerate(columns, 1):
        box = sheet.cell(number, place)
        fillable(box, as_typed=column.as_typed)
        if place > 1 and _is_shut(column, question):
            box.fill = SHUT
        elif column.id in STATUS_OF.values():
            book.offer(sheet, box.coordinate, statuses, strict=True)
    asked = sheet.cell(number, 1)
    book.name(question_name(question), sheet, f"$A${number}")
    if question.ask is None:
        _wording(asked, question.field)
    else:
        write(asked, f"    {question.wording}")
        if question.ask.worth_noting:
            asked.comment = comment(f"Worth noting: {', '.join(question.ask.worth_noting)}.")


def _is_shut(column: QuestionColumn, question: Question) -> bool:
    """Whether nothing is to be written there: a scope that is not asked, or a question only asked piece by piece."""
    only_in_pieces = bool(question.field.asks) and question.ask is None and not question.field.whole
    return only_in_pieces or (column.specific and not question.field.scope_split)


def _wording(cell: Cell | MergedCell, field: FieldDefinition) -> None:
    write(cell, field.wording)
    cell.font, cell.alignment = BOLD, WRAPPED
    if help_ := help_of(field):
        cell.comment = comment(help_)


def _fill(sheet: Worksheet, number: int, columns: Sequence[QuestionColumn], answer: Answer, schema: Schema) -> None:
    places = {column.id: place for place, column in enumerate(columns, 1)}
    label = schema.terms("answer_status").terms[answer.status].label
    write(sheet.cell(number, places[STATUS_OF[answer.scope]]), label)
    parts_of = (ANSWER_OF, PLACE_OF, SOURCES_OF, CODES_OF, BEARS_ON_OF)
    written = (answer.given, answer.place, answer.sources, answer.codes, answer.bears_on)
    for parts, given in zip(parts_of, written, strict=True):
        if given is not None and parts[answer.scope] in places:
            write(sheet.cell(number, places[parts[answer.scope]]), given.value)


def _table_sheet(
    book: BookOut,
    section: Section,
    schema: Schema,
    filled: FilledForm | None,
    known: Mapping[str, Sequence[str]],
) -> None:
    rows = [[row.get(column.id) for column in section.columns] for row in shown_rows(section, filled)]
    book.table(book.sheet(section.sheet), out_columns(section, schema, known), rows)


def _guidance(book: BookOut, instrument: Instrument, schema: Schema) -> None:
    sheet = book.sheet(GUIDANCE)
    sheet.column_dimensions["A"].width = ONE_COLUMN
    number = 0
    for title, lines in guidance(instrument, schema, "xlsx"):
        number += 1
        write(sheet.cell(number, 1), title)
        sheet.cell(number, 1).font = BOLD
        for line in lines:
            number += 1
            write(sheet.cell(number, 1), line.strip())
            further_in = 2 if line.startswith(" ") else 0
            sheet.cell(number, 1).alignment = Alignment(wrap_text=True, vertical="top", indent=further_in)
