"""What is odd about the headings and columns of a coding workbook, said where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from journeys.instruments.codebook import Codebook, shipped_codes
from journeys.instruments.coding_workbook import PASSAGE_HELP, sheet_title
from journeys.instruments.excel.coding_workbook_write import identity_line
from journeys.instruments.excel.locate import comparable
from journeys.instruments.files.cells import Value, column_letters, text
from journeys.instruments.files.sheet import Sheet
from journeys.instruments.printed_words import PrintedWords
from journeys.model.code_keys import NOT_RECOVERED, nearest_codes, read_codes
from journeys.model.phrases import counted, were
from journeys.model.problems import Address, Problem, Report, Severity

_SHOWN = 60
_PART_OF_LABEL = 3
"""Letters; what is longer can be a label that somebody shortened."""


@dataclass(slots=True)
class CodeColumns:
    """Where things are on a sheet: the row of the keys and that of the labels, and the column of each."""

    key_row: int
    label_row: int
    codes: dict[int, str]
    before: dict[str, int]


def head_words(codebook: Codebook) -> PrintedWords:
    """What the program writes above the keys: titles, headings over codes, help; also before a study renamed any."""
    books = (codebook, shipped_codes())
    titles = [words for book in books for sheet in book.sheets for words in (sheet.heading, sheet.title or "")]
    groups = [group.label or NOT_RECOVERED for book in books for sheet in book.sheets for group in sheet.groups]
    return PrintedWords((*titles, *groups, PASSAGE_HELP, identity_line()))


def say_changed_keys(sheet: Sheet, row: int, changed: Sequence[tuple[int, str]], report: Report) -> None:
    """Say which headings were not keys, and as which codes they were read: in one warning for a sheet."""
    if not changed:
        return
    first = sheet.row(row).cell(changed[0][0])
    keys = [key for _, key in changed]
    if len(changed) == 1:
        message = f"The heading {first.text!r} was read as the code {keys[0]}."
        remedy = f"Format the cell as text, and write {keys[0]} there again."
    else:
        last = sheet.row(row).cell(changed[-1][0])
        message = (
            f"{counted(len(keys), 'heading')} on this sheet are not keys of codes: {first.text!r} and others up to "
            f"{last.address.cell} ({last.text!r}). They were read, from left to right, as the codes {', '.join(keys)}."
        )
        remedy = "If that is wrong, format these cells as text and write the keys there again."
    report(Problem("changed_key", first.address, message, remedy, Severity.WARNING))


def check_labels(sheet: Sheet, columns: CodeColumns, codebook: Codebook, home: Sequence[str], report: Report) -> None:
    """Say where the label below a key is that of another code of the sheet, or no label that the codebook knows."""
    labels = codebook.labels
    own = list(dict.fromkeys((*columns.codes.values(), *home)))
    for place, key in columns.codes.items():
        cell = sheet.row(columns.label_row).cell(place)
        words, printed = comparable(cell.text), codebook.codes[key].printed
        mine = [comparable(label or NOT_RECOVERED) for label in (labels[key], printed)]
        if not words or words in mine:
            continue
        others = [other for other in own if other != key and comparable(labels[other] or "") == words]
        if others:
            message = f"The column has the key {key} and the label of {others[0]} ({labels[others[0]]})."
            report(Problem("wrong_label", cell.address, message, "Put the key above its own label."))
            continue
        if len(words) > _PART_OF_LABEL and any(words in label for label in mine):
            continue
        message = f"{_short(cell.text)} stands where the label of {key} was. It was not read."
        remedy = "Move a passage to a row below. A new label of a code is given in codebook.yaml."
        report(Problem("changed_label", cell.address, message, remedy, Severity.WARNING))


def say_words_in_head(sheet: Sheet, columns: CodeColumns, printed: PrintedWords, report: Report) -> None:
    """Say what somebody wrote above the labels, where nothing is read."""
    for row in sheet.rows():
        if row.number >= columns.label_row:
            return
        if row.number == columns.key_row:
            continue
        for place, value in enumerate(row.values):
            if text(value) and text(value) not in printed:
                message = f"{_short(text(value))} stands above the codes. It was not read."
                remedy = "Move a passage to a row below the labels, anything else to Remark; or delete it."
                report(Problem("ignored_cell", row.address(place), message, remedy, Severity.WARNING))


def say_unread_columns(
    sheet: Sheet, columns: CodeColumns, codebook: Codebook, home: Sequence[str], report: Report
) -> None:
    """Say which filled columns are of no code, and which codes belong to another sheet."""
    for place, key in columns.codes.items():
        if key not in home:
            where = sheet_title(codebook, codebook.codes[key].sheet)
            message = f"The code {key} belongs on the sheet {where!r}; what is coded here was read as {key}."
            remedy = "If another code is meant, correct the key above the column."
            address = sheet.row(columns.key_row).cell(place).address
            report(Problem("wrong_sheet", address, message, remedy, Severity.WARNING))
    read = {*columns.codes, *columns.before.values()}
    filled: dict[int, int] = {}
    for row in sheet.rows(columns.label_row + 1):
        for place, value in enumerate(row.values):
            if place not in read and text(value):
                filled[place] = filled.get(place, 0) + 1
    left = [key for key in home if key not in columns.codes.values()]
    for place, number in filled.items():
        _say_unread(sheet, columns, place, number, (codebook.labels, left), report)


def _say_unread(
    sheet: Sheet,
    columns: CodeColumns,
    place: int,
    number: int,
    known: tuple[Mapping[str, str | None], Sequence[str]],
    report: Report,
) -> None:
    """Say of one filled column that it was not read, what its heading may mean, and what to do with it."""
    labels, left = known
    above, label = (sheet.row(each).cell(place) for each in (columns.key_row, columns.label_row))
    address = above.address if above.text or not label.text else label.address
    not_read = f"{counted(number, 'filled cell')} {were(number)} not read."
    value = _raw(sheet, columns.key_row, place)
    if value is not None and not isinstance(value, str):
        code = read_codes(value, {key: labels[key] for key in left})[0]
        if code.key is None:
            report(Problem("unknown_code", address, f"{code.message} {not_read}", code.remedy))
            return
    heading = above.text or label.text
    near = nearest_codes(heading, labels) if heading else []
    meant = f"Did you mean {' or '.join(near)}? Then write its key above the column. " if near else ""
    message = (
        f"{_short(heading)} is not a code of the codebook."
        if heading
        else (f"The column {column_letters(place)} has no key.")
    )
    remedy = f"{meant}A new code has to be added to codebook.yaml. Move anything else to Remark."
    report(Problem("unknown_code", address, f"{message} {not_read}", remedy))


def say_no_keys(sheet: Sheet, label_row: int, filled: int, labels: Mapping[str, str | None], report: Report) -> None:
    """Say that nothing was read of a sheet because no key can be made out, and what its numbers may have been."""
    address: Address = sheet.origin
    said = ""
    for row in sheet.rows():
        if row.number > label_row:
            break
        for place, value in enumerate(row.values):
            if value is not None and not isinstance(value, str | bool):
                code = read_codes(value, labels)[0]
                address, said = row.address(place), f" {code.message}" if code.key is None else ""
    message = f"No key of a code can be made out above the columns of this sheet.{said}"
    message = f"{message} {counted(filled, 'filled cell')} {were(filled)} not read."
    report(Problem("no_keys", address, message, "Format the row above the labels as text and write the keys there."))


def _raw(sheet: Sheet, row: int, place: int) -> Value:
    values = sheet.row(row).values
    return values[place] if place < len(values) else None


def _short(words: str) -> str:
    return repr(words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…")
