"""Reading tables that people filled in: columns are found by their hidden names, then by their headings."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from rapidfuzz import process

from journeys.instruments.answers import FilledRow
from journeys.instruments.columns import InColumn
from journeys.instruments.excel.locate import Wanted, comparable, locate
from journeys.instruments.files.cells import Cell, Row, column_letters, text
from journeys.instruments.files.sheet import Sheet
from journeys.instruments.files.workbook import Workbook
from journeys.model.phrases import counted, were
from journeys.model.problems import Problem, Report, Severity

_HEADINGS = 3
"""A row of at least so many words that are all headings of other tables is taken for the head of one."""


def read_table(
    book: Workbook,
    sheet: Sheet,
    columns: Sequence[InColumn],
    report: Report,
    other_headings: Collection[str] = (),
) -> Iterator[FilledRow]:
    """The filled rows of the table on ``sheet``, from top to bottom.

    ``other_headings`` are those of the tables of all forms, comparable: from a row of such words on, another table was
    pasted in, which is reported and not read.

    Reported as well: rows that repeat the headings, columns that are missing, unknown columns that hold something,
    columns that were moved without their hidden names, what stands above the heading, merged cells below it. A table
    whose heading cannot be found is reported and has no rows.
    """
    heading, places = _places(book, sheet, columns, report)
    if heading is None:
        wanted = ", ".join(repr(column.heading) for column in columns[:4])
        message = "The heading row of the table is missing."
        remedy = f"Put it back ({wanted}, …), or copy the rows into a new blank form."
        report(Problem("missing_heading", sheet.origin, message, remedy))
        return
    for problem in sheet.merged_below(heading):
        report(problem)
    _report_missing(sheet, columns, places, heading, report)
    by_place = {place: column for column, place in places.items()}
    for row in sheet.rows():
        if row.number < heading:
            message = "This cell is above the headings of the table; it was not read."
            remedy = "Move anything that should be read below the headings."
            report(Problem("ignored_cell", row.address(), message, remedy, Severity.WARNING))
    strangers: dict[int, int] = {}
    headings = {place: set(map(comparable, column.wordings)) for column in columns for place in _at(places, column)}
    for row in sheet.rows(heading + 1):
        written_at = {place: words for place, value in enumerate(row.values) if (words := text(value))}
        written = {place: comparable(words) for place, words in written_at.items()}
        if len(written) > 1 and all(words in headings.get(place, ()) for place, words in written.items()):
            message, remedy = "This row repeats the headings; it was not read.", "Delete it."
            report(Problem("repeated_heading", row.address(), message, remedy, Severity.WARNING))
            continue
        if len(written) >= _HEADINGS and all(words in other_headings for words in written.values()):
            _report_other_table(sheet, row, report)
            break
        values: dict[str, Cell] = {}
        for place in written_at:
            if place in by_place:
                values[by_place[place]] = row.cell(place)
            else:
                strangers[place] = strangers.get(place, 0) + 1
        if values:
            first = min(places[column] for column in values)
            yield FilledRow(values, row.address(first))
    _report_strangers(sheet.row(heading), columns, strangers, report)


def _at(places: Mapping[str, int], column: InColumn) -> Iterator[int]:
    if column.id in places:
        yield places[column.id]


def _report_other_table(sheet: Sheet, heading: Row, report: Report) -> None:
    rows = sum(1 for _ in sheet.rows(heading.number + 1))
    words = [text(value) for value in heading.values if text(value)]
    named = ", ".join(map(repr, words[:_HEADINGS]))
    message = f"Here begins another table ({named}, …); its {counted(rows, 'row')} {were(rows)} not read."
    remedy = "Put it into the form it belongs to, or copy what belongs here under the headings above."
    report(Problem("pasted_form", heading.address(), message, remedy, Severity.WARNING))


def _places(
    book: Workbook, sheet: Sheet, columns: Sequence[InColumn], report: Report
) -> tuple[int | None, Mapping[str, int]]:
    """The number of the heading row, and the place of each column that was found."""
    wanted: list[Wanted] = []
    heading = heading_by_words(sheet, columns)
    for column in columns:
        area = book.names.get(column.name)
        if area is not None and area.sheet.casefold() != sheet.name.casefold():
            area = None
        if area is not None and heading is None:
            heading = area.top
        wanted.append(Wanted(column.id, area.left if area else None, column.wordings))
    if heading is None:
        return None, {}
    found = locate(wanted, {place: text(value) for place, value in enumerate(sheet.row(heading).values)})
    if problem := found.stale_names(sheet.origin.at(f"row {heading}"), "columns"):
        report(problem)
    return heading, found.places


def heading_by_words(sheet: Sheet, columns: Sequence[InColumn]) -> int | None:
    """The number of the row in which at least two of the headings stand as they were printed."""
    known_words = {comparable(words) for column in columns for words in column.wordings}
    for row in sheet.rows():
        if row.number > 50:
            break
        known = sum(comparable(text(value)) in known_words for value in row.values if text(value))
        if known >= min(2, len(columns)):
            return row.number
    return None


def _report_missing(
    sheet: Sheet, columns: Sequence[InColumn], places: Mapping[str, int], heading: int, report: Report
) -> None:
    for column in columns:
        if column.id not in places and not column.optional:
            report(
                Problem(
                    "missing_column",
                    sheet.origin.at(f"row {heading}"),
                    f"The column {column.heading!r} is missing.",
                    f"Put it back with the heading {column.heading!r}, or copy the rows into a new blank form.",
                    Severity.ERROR if column.needed else Severity.WARNING,
                )
            )


def _report_strangers(heading: Row, columns: Sequence[InColumn], strangers: Mapping[int, int], report: Report) -> None:
    for place, number in strangers.items():
        written = heading.cell(place).text or f"column {column_letters(place)}"
        near = process.extractOne(written, [column.heading for column in columns], score_cutoff=75)
        meant = f"If it should be {near[0]!r}, write that as its heading. " if near else ""
        report(
            Problem(
                "ignored_column",
                heading.address(place),
                f"{written!r} is not a column of this form. {counted(number, 'filled cell')} {were(number)} ignored.",
                f"{meant}To keep {'it' if number == 1 else 'them'}, move {'it' if number == 1 else 'them'} to *Note*.",
                Severity.WARNING,
            )
        )
