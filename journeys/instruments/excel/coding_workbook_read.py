"""Read a filled-in coding workbook, also after its sheets, columns or headings were moved or renamed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from journeys.instruments.answers import FilledForm, FilledRow
from journeys.instruments.codebook import Codebook
from journeys.instruments.coding_workbook import (
    CODED_AT,
    CODINGS,
    PLACE,
    REMARK,
    ROW_COLUMNS,
    SOURCE,
    coding_instrument,
    sheet_title,
)
from journeys.instruments.excel.coding_workbook_heads import (
    CodeColumns,
    check_labels,
    head_words,
    say_changed_keys,
    say_no_keys,
    say_unread_columns,
    say_words_in_head,
)
from journeys.instruments.excel.coding_workbook_write import LABEL_ROW, code_help, code_name
from journeys.instruments.excel.locate import Wanted, comparable, locate
from journeys.instruments.excel.write import header_name
from journeys.instruments.excel.write_sheet import LISTS, NOTICE
from journeys.instruments.files.cells import Cell, Value, text
from journeys.instruments.files.sheet import Sheet
from journeys.instruments.files.sheet_extras import report_comments
from journeys.instruments.files.workbook import Workbook
from journeys.instruments.guidance import GUIDANCE
from journeys.instruments.printed_words import PrintedWords, former_help
from journeys.model.code_keys import CODING_WORKBOOK, repaired_keys
from journeys.model.phrases import counted, were
from journeys.model.problems import Address, Problem, Report, Severity

_SAID_IF_ALONE = [column for column in ROW_COLUMNS if column.id in (PLACE, REMARK, CODED_AT)]
_LOOKED_THROUGH = 30
"""Rows at the head of a sheet among which its codes stand."""


def read_coding_workbook(book: Workbook, version: int, codebook: Codebook, report: Report) -> FilledForm:
    """What was filled in: the header, and a row of ``codings`` for each filled cell of a code.

    Reported: sheets and columns that are missing, moved, renamed or unknown, keys that a spreadsheet changed, and every
    filled cell that was not read.
    """
    reader = _Reader(book, codebook, report)
    header = reader.header()
    rows = [row for sheet in reader.code_sheets() for row in reader.codings(sheet)]
    reader.report_missing()
    reader.report_ignored_sheets()
    report_comments([comment for sheet in book.sheets for comment in sheet.comments], _comments(codebook), report)
    return FilledForm(CODING_WORKBOOK, version, book.file, header, tables={CODINGS: tuple(rows)})


def _comments(codebook: Codebook) -> PrintedWords:
    """What the program writes into the comments of the workbook."""
    helps = [code_help(codebook, code) for code in codebook.codes.values()]
    helps += [sheet.note for sheet in codebook.sheets] + [g.note for sheet in codebook.sheets for g in sheet.groups]
    helps += [column.help for column in ROW_COLUMNS]
    helps += [field.note for field in coding_instrument().header.fields]
    lines = [line for each in helps for line in each.split("\n")]
    return PrintedWords((*helps, *lines, *former_help()))


class _Reader:
    def __init__(self, book: Workbook, codebook: Codebook, report: Report) -> None:
        self._book, self._codebook, self._report = book, codebook, report
        self._header_sheet: Sheet | None = None
        self._read: set[str] = set()
        self._found: set[str] = set()
        self._filled: dict[str, Address] = {}
        self._printed = head_words(codebook)

    def header(self) -> dict[str, Cell]:
        """The fields of the first sheet, by their hidden names, else beside their wordings."""
        section = coding_instrument().header
        areas = {field.id: self._book.names.get(header_name(field)) for field in section.fields}
        named = next((found for area in areas.values() if area and (found := self._book.sheet(area.sheet))), None)
        sheet = named or self._book.sheet(section.sheet) or self._with_wordings()
        if sheet is None:
            message = f"The sheet {section.sheet!r} is missing, so the workbook does not name its coder."
            self._warn("missing_sheet", Address(self._book.file), message, "Name the coder in each row.")
            return {}
        self._header_sheet = sheet
        self._read.add(sheet.name.casefold())
        wordings = {row.number: row.cell(0).text for row in sheet.rows() if row.cell(0).text}
        wanted = [
            Wanted(f.id, area.top if (area := areas[f.id]) and area.sheet == sheet.name else None, (f.wording,))
            for f in section.fields
        ]
        places = locate(wanted, wordings).places
        for row in sheet.rows(min(places.values(), default=1)):
            for place, value in enumerate(row.values):
                read = place <= 1 and row.number in places.values()
                if text(value) and not read:
                    message = "This cell is outside the boxes of the form; it was not read."
                    self._warn("ignored_cell", row.address(place), message, "Move it under Remarks, or delete it.")
        cells = {name: sheet.row(number).cell(1) for name, number in places.items()}
        return {name: cell for name, cell in cells.items() if cell.text}

    def _with_wordings(self) -> Sheet | None:
        """The sheet with most of the wordings of the first sheet, where that was renamed; None where none has two."""
        wordings = {comparable(field.wording) for field in coding_instrument().header.fields}
        found = {
            number: sum(
                comparable(row.cell(0).text) in wordings for row in sheet.rows() if row.number < _LOOKED_THROUGH
            )
            for number, sheet in enumerate(self._book.sheets)
        }
        best = max(found, key=lambda number: found[number], default=None)
        return self._book.sheets[best] if best is not None and found[best] > 1 else None

    def code_sheets(self) -> Iterator[Sheet]:
        """The sheets with codes, whatever they are called: those on which keys stand."""
        for sheet in self._book.sheets:
            if sheet is not self._header_sheet and sheet.name.casefold() not in _OTHER_SHEETS:
                yield sheet

    def codings(self, sheet: Sheet) -> Iterator[FilledRow]:
        """The filled cells of the codes on a sheet."""
        columns = self._columns(sheet)
        if columns is None:
            self._refuse(sheet)
            return
        self._read.add(sheet.name.casefold())
        for problem in sheet.merged_below(columns.label_row):
            self._report(problem)
        self._say_odd(sheet, columns)
        places = {place: name for name, place in columns.before.items()}
        for row in sheet.rows(columns.label_row + 1):
            cells = [row.cell(place) for place in range(len(row.values))]
            before = {places[n]: cell for n, cell in enumerate(cells) if n in places and cell.text}
            coded = [(n, cell) for n, cell in enumerate(cells) if n in columns.codes and cell.text]
            for place, cell in coded:
                key = columns.codes[place]
                code = Cell(key, sheet.row(columns.key_row).cell(place).address)
                yield FilledRow({**before, "code": code, "passages": cell}, cell.address)
            if not coded and "passage" in before:
                message = "The passage of this row has no code."
                self._warn("not_coded", before["passage"].address, message, "Write x under each of its codes.")
            for column in () if coded else _SAID_IF_ALONE:
                if column.id in before:
                    message = f"This row has no coding, so what is written under {column.heading} was not read."
                    self._warn("not_coded", before[column.id].address, message, "Move it to a row with a coding.")

    def _say_odd(self, sheet: Sheet, columns: CodeColumns) -> None:
        """Say what is odd about the headings and columns of a sheet, and remember where each code was found."""
        home = self._expected(sheet, [], list(columns.codes.values()))
        check_labels(sheet, columns, self._codebook, home, self._report)
        say_words_in_head(sheet, columns, self._printed, self._report)
        say_unread_columns(sheet, columns, self._codebook, home, self._report)
        filled = {place for row in sheet.rows(columns.label_row + 1) for place, v in enumerate(row.values) if text(v)}
        for place, key in columns.codes.items():
            address = sheet.row(columns.key_row).cell(place).address
            if key in self._filled and place in filled:
                message = f"The code {key} has a column already, at {self._filled[key]}; both were read."
                self._warn("twice", address, message, "Keep one of the two columns.")
            if place in filled:
                self._filled.setdefault(key, address)
            self._found.add(key)

    def _refuse(self, sheet: Sheet) -> None:
        """Say of a sheet with the heading *Interview* or a name of the codebook's that no key can be made out on it."""
        expected = self._expected(sheet, [], [])
        label_row, before = self._headings(sheet, 1, _LOOKED_THROUGH)
        if SOURCE not in before and not expected:
            return
        below = label_row if SOURCE in before else LABEL_ROW
        filled = sum(bool(text(value)) for row in sheet.rows(below + 1) for value in row.values)
        if filled:
            self._read.add(sheet.name.casefold())
            labels = {key: self._codebook.labels[key] for key in expected or self._codebook.codes}
            say_no_keys(sheet, below, filled, labels, self._report)

    def _columns(self, sheet: Sheet) -> CodeColumns | None:
        """Where the codes stand on a sheet; None where it has none."""
        names = {key: area for key in self._codebook.codes if (area := self._book.names.get(code_name(key)))}
        named = {key: area for key, area in names.items() if area.sheet.casefold() == sheet.name.casefold()}
        key_row = self._key_row(sheet, [area.top for area in named.values()])
        if key_row is None:
            return None
        written = list(sheet.row(key_row).values)
        expected = self._expected(sheet, written, list(named))
        codes = self._keys(sheet, key_row, written, expected, {area.left: key for key, area in named.items()})
        if not codes:
            return None
        label_row, before = self._before(sheet, key_row, min(codes))
        return CodeColumns(key_row, label_row, codes, before)

    def _key_row(self, sheet: Sheet, named: Sequence[int]) -> int | None:
        """The row of the keys: the one with most of them as text, else the one of the hidden names; else, on a sheet
        with the name of one of the codebook's, the one whose numbers or dates can be made out as its keys."""
        best, most = None, 0
        for row in sheet.rows():
            if row.number > _LOOKED_THROUGH:
                break
            known = sum(isinstance(v, str) and v.strip() in self._codebook.codes for v in row.values)
            if known > most:
                best, most = row.number, known
        if most >= 2 or (best is not None and not named):
            return best
        if named:
            return max(set(named), key=list(named).count)
        expected = self._expected(sheet, [], [])
        for row in sheet.rows():
            made_out = [key for key in repaired_keys(row.values, expected) if key is not None]
            if row.number <= _LOOKED_THROUGH and len(made_out) > max(most, 1):
                best, most = row.number, len(made_out)
        return best

    def _expected(self, sheet: Sheet, written: Sequence[object], named: Sequence[str]) -> list[str]:
        """The codes of the sheet of the codebook that this sheet is: by its hidden names, its keys, or its name."""
        keys = [*named, *(value.strip() for value in written if isinstance(value, str))]
        votes = [self._codebook.codes[key].sheet for key in keys if key in self._codebook.codes]
        titles = {comparable(sheet_title(self._codebook, each.id)): each.id for each in self._codebook.sheets}
        fallback = titles.get(comparable(sheet.name))
        chosen = max(set(votes), key=votes.count) if votes else fallback
        return [code.key for code in self._codebook.codes.values() if code.sheet == chosen]

    def _keys(
        self, sheet: Sheet, row: int, written: Sequence[Value], expected: list[str], named: Mapping[int, str]
    ) -> dict[int, str]:
        """The key of each column; what a spreadsheet changed is put right by hidden names, labels and neighbours."""
        known = self._codebook.codes
        codes = {n: v.strip() for n, v in enumerate(written) if isinstance(v, str) and v.strip() in known}
        labels = self._labels_below(sheet, row)
        unique = {label: key for key in expected if (label := self._codebook.codes[key].label)}
        by_neighbours = dict(enumerate(repaired_keys(written, expected)))
        changed: list[tuple[int, str]] = []
        width = max(len(written), max(named, default=-1) + 1)
        for place in range(width):
            value = written[place] if place < len(written) else None
            if place in codes:
                continue
            label = labels.get(place, "")
            own = next((key for words, key in unique.items() if comparable(words) == comparable(label)), None)
            if isinstance(value, str) and value.strip():
                key = named.get(place) or own  # a heading that somebody wrote over
            else:
                key = named.get(place) or own or by_neighbours.get(place)
            if key is not None and key not in codes.values():
                codes[place] = key
                if value is not None:
                    changed.append((place, key))
        say_changed_keys(sheet, row, changed, self._report)
        return dict(sorted(codes.items()))

    def _labels_below(self, sheet: Sheet, row: int) -> dict[int, str]:
        return {place: text(value) for place, value in enumerate(sheet.row(row + 1).values) if text(value)}

    def _before(self, sheet: Sheet, key_row: int, first: int) -> tuple[int, dict[str, int]]:
        """The row of the labels, and the columns before the codes: by their headings, else by their usual places."""
        label_row, best = self._headings(sheet, key_row, key_row + 2)
        label_row = label_row if best else key_row + 1
        areas = {column.id: self._named_column(sheet, column.name) for column in ROW_COLUMNS}
        for name, place in areas.items():
            if name not in best and place is not None and place not in best.values():
                best[name] = place
        if "source" not in best:
            message = "The column 'Interview' is missing."
            remedy = "Put it back with this heading, or name the interview on the first sheet."
            self._warn("missing_column", sheet.origin.at(f"row {label_row}"), message, remedy)
        return label_row, best

    def _headings(self, sheet: Sheet, first: int, last: int) -> tuple[int, dict[str, int]]:
        """The row among these with the most headings of the columns beside the codes, and the place of each."""
        words = {comparable(each): column.id for column in ROW_COLUMNS for each in (column.heading, *column.former)}
        best: dict[str, int] = {}
        best_row = first
        for number in range(first, last + 1):
            written = {place: text(value) for place, value in enumerate(sheet.row(number).values)}
            found = {words[comparable(w)]: place for place, w in written.items() if comparable(w) in words}
            if len(found) > len(best):
                best, best_row = found, number
        return best_row, best

    def _named_column(self, sheet: Sheet, name: str) -> int | None:
        areas = (area for each, area in self._book.names.items() if each.startswith(f"{name}."))
        return next((area.left for area in areas if area.sheet.casefold() == sheet.name.casefold()), None)

    def report_missing(self) -> None:
        """Say which codes have no column, sheet by sheet."""
        for sheet in self._codebook.sheets:
            codes = [code.key for code in self._codebook.on_sheet(sheet.id)]
            missing = [key for key in codes if key not in self._found]
            if not missing or (sheet.imported and len(missing) == len(codes)):
                continue  # a workbook that is older than the import lacks nothing
            title = sheet_title(self._codebook, sheet.id)
            if len(missing) == len(codes):
                message = f"The sheet {title!r} is missing; nothing was read for its {counted(len(codes), 'code')}."
            else:
                message = f"The sheet {title!r} has no column for {', '.join(missing)}; nothing was read for them."
            remedy = "If something is to be coded so, make a new workbook with `journeys forms coding_workbook`."
            self._warn("missing_column", Address(self._book.file), message, remedy)

    def report_ignored_sheets(self) -> None:
        """Say which sheets hold something that was not read, and how much."""
        for sheet in self._book.sheets:
            cells = sum(bool(text(value)) for row in sheet.rows() for value in row.values)
            if cells and sheet.name.casefold() not in self._read | _OTHER_SHEETS:
                message = f"No code stands on this sheet; {counted(cells, 'filled cell')} {were(cells)} ignored."
                remedy = "Move anything that should be read to the sheets of the codes."
                self._warn("ignored_sheet", sheet.origin, message, remedy)

    def _warn(self, kind: str, address: Address, message: str, remedy: str) -> None:
        self._report(Problem(kind, address, message, remedy, Severity.WARNING))


_OTHER_SHEETS = {name.casefold() for name in (GUIDANCE, LISTS, NOTICE)}
