"""Read a form made of running text: the answers under each heading, whatever the file format."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from journeys.instruments.answer_checks import checked_answer, unscoped
from journeys.instruments.answers import FilledForm, FilledRow
from journeys.instruments.claim_columns import SHEET
from journeys.instruments.definition import FieldDefinition, Instrument, Question, Section
from journeys.instruments.excel.locate import comparable
from journeys.instruments.files.cells import Cell
from journeys.instruments.guidance import GUIDANCE
from journeys.instruments.text.document import BEARS_ON, CODES, PLACE, SOURCES, STATUS, title_of
from journeys.instruments.text.document_tables import MORE, DocumentTable, labelled, table_of, table_of_claims
from journeys.model.definitions import NOT_STATED
from journeys.model.lens import Lens
from journeys.model.problems import Address, Problem, Report, Severity
from journeys.model.schema import Schema

_CLOCK = re.compile(r"(\d{1,2}[:.]\d{2})(?:\s*[-–:]\s+|\s+)(?=\S)")
REMARKS = (STATUS, PLACE, SOURCES, CODES, BEARS_ON)

_Key = tuple[str, str | None, str]


@dataclass(slots=True)
class _Box:
    """A place to write in, as far as it was met."""

    question: Question
    address: Address
    words: list[str] = field(default_factory=list)
    remarks: Mapping[str, Cell] = field(default_factory=dict)
    loose: bool = False
    """Whether only words outside its box were met so far."""


class DocumentFormReader:
    """Collects the answers and rows of a form as a format's reader walks through the file.

    ``enter`` a heading, then hand on what stands below it: ``field`` of the header, ``box`` of a question, ``row`` of a
    table, ``line`` of free text. Text that has no place in the form is reported.
    """

    def __init__(self, instrument: Instrument, file: str, schema: Schema, report: Report) -> None:
        self._instrument, self._file, self._schema, self._report = instrument, file, schema, report
        self._titles = {comparable(title_of(section)): section for section in instrument.sections}
        self._sections = self._titles | {comparable(section.sheet): section for section in instrument.sections}
        self._tables = {section.id: table_of(section) for section in instrument.tables}
        self._tables[SHEET] = table_of_claims(schema)
        self._section: Section | None = None
        self._table: DocumentTable | None = None
        self._question: Question | None = None
        self._header: dict[str, Cell] = {}
        self._boxes: dict[_Key, _Box] = {}
        self._seen: set[str] = set()
        self._asked: set[str] = set()
        self._labels: set[str] = set()
        self._misplaced = False

    @property
    def here(self) -> str | None:
        """The section we are in, by the name that addresses have for it."""
        return SHEET if self._table is self._tables[SHEET] else self._section.sheet if self._section else None

    @property
    def table_name(self) -> str:
        """The id of the section whose table we are in, "" for none."""
        return next((name for name, table in self._tables.items() if table is self._table), "")

    @property
    def in_header(self) -> bool:
        """Whether fields of the header are expected."""
        return self._section is self._instrument.header

    @property
    def question(self) -> Question | None:
        """The question whose answer is expected."""
        return self._question

    @property
    def scope_headings(self) -> Mapping[str, str]:
        """What stands above the box for each scope of an answer."""
        return self._schema.lens.headings

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of the table that is expected here; none where none is."""
        return self._table.headings if self._table else ()

    @property
    def column_names(self) -> Collection[str]:
        """The comparable names of the columns of the table that is expected here, former headings too."""
        return self._table.ids.keys() if self._table else ()

    @property
    def takes_lines(self) -> bool:
        """Whether the table that is expected takes lines of free text."""
        return self._main is not None

    def knows(self, words: str) -> bool:
        """Whether these words are a heading of the form, from where we are."""
        key = comparable(words)
        return (
            key in (comparable(SHEET), comparable(GUIDANCE))
            or key in self._sections
            or self._question_of(key) is not None
        )

    def is_next_title(self, words: str) -> bool:
        """Whether these words are the title of a section that was not met yet."""
        key = comparable(words)
        if key in (comparable(SHEET), comparable(GUIDANCE)):
            return key == comparable(GUIDANCE) or SHEET not in self._seen
        return key in self._titles and self._titles[key].id not in self._seen

    def is_list(self, heading: str) -> bool:
        """Whether a column of the table we are in takes words from a list."""
        return self._table is not None and comparable(heading) in self._table.lists

    def enter(self, words: str) -> bool:
        """Go on to the section or question of this heading; False if there is none."""
        key = comparable(words)
        question = self._question_of(key)
        if key == comparable(SHEET):
            self._go_to(None, self._tables[SHEET])
        elif key == comparable(GUIDANCE):
            self._section = self._table = self._question = None
        elif question is not None:
            self._question = question
            self._asked.add(question.name)
        elif key in self._sections:
            section = self._sections[key]
            self._go_to(section, self._tables.get(section.id))
        else:
            return False
        return True

    def enter_table(self, cells: Sequence[str]) -> bool:
        """Whether these are the headings of a table; the reader is in it then, whatever heading stands above it."""
        written = {comparable(cell) for cell in cells if cell.strip()} - {comparable(MORE)}
        if len(written) < 2:
            return False
        here = [self._table] if self._table else []
        for table in (*here, *self._tables.values()):
            known = len(written & table.ids.keys())
            if known == len(written) or (table is self._table and known >= 2):
                if table is not self._table:
                    self._go_to(table.section, table)
                return True
        return False

    def field(self, label: str, given: Cell) -> bool:
        """A field of the header; False if there is none of this label."""
        each = self._field_called(label)
        if each is None:
            return False
        if given.text and each.id in self._header:
            message = f"{each.wording!r} is filled in twice; only the first was read."
            self._report(Problem("answered_twice", given.address, message, "Put both into one place."))
        elif given.text:
            self._header[each.id] = given
        self._labels.add(each.id)
        return True

    def is_field(self, label: str) -> bool:
        """Whether a field of the header has this label."""
        return self._field_called(label) is not None

    def _field_called(self, label: str) -> FieldDefinition | None:
        wanted = comparable(label)
        for each in self._instrument.header.fields:
            if wanted in map(comparable, (*each.wordings, each.id.replace("_", " "))):
                return each
        return None

    def scope_of(self, label: str) -> str | None:
        """The scope that a label of a box stands for, if the current question is asked for it."""
        scopes = self._question.field.scopes if self._question else ()
        wanted = comparable(label)
        headings = [lens.headings for lens in (self._schema.lens, Lens())]
        return next((scope for scope in scopes if wanted in (comparable(each[scope]) for each in headings)), None)

    def box(self, scope: str, words: str, remarks: Mapping[str, Cell], address: Address) -> None:
        """What stands in the box of the current question and this scope."""
        question = self._question
        assert question is not None
        key = (question.field.id, question.ask.id if question.ask else None, scope)
        known = self._boxes.get(key)
        if known is None:
            self._boxes[key] = _Box(question, address, [words] if words.strip() else [], remarks)
        elif known.loose:
            known.words += [words] if words.strip() else []
            known.remarks, known.loose = remarks, False
        elif words.strip() or remarks:
            heading = self.scope_headings[scope]
            label = f"{question.wording[:60]} ({heading.lower()})" if scope != NOT_STATED else question.wording
            message = f"There is a second box for {label!r}; it was not read."
            remedy = "Put both into one box; or put back the heading that belongs above this one."
            self._report(Problem("answered_twice", address, message, remedy))

    def row(self, cells: Iterable[tuple[str, Cell]], address: Address) -> None:
        """A row of the current table, as (heading, what stands below it)."""
        ids = self._table.ids if self._table else {}
        values: dict[str, Cell] = {}
        for heading, given in cells:
            if not given.text:
                continue
            name = ids.get(comparable(heading))
            if name is not None:
                values[name] = given
            elif comparable(heading) == comparable(MORE):
                values |= self._more(given, ids)
            else:
                self.ignored(given.address, f"{heading!r} is not a column of this table")
        self._add(values, address)

    def line(self, given: Cell) -> None:
        """A line of free text: a row of a table that takes them, with the time at its beginning; or an answer that
        stands outside its box."""
        if self._question is not None:
            self._outside(self._question, given)
            return
        main = self._main
        if main is None:
            self.ignored(given.address, f"{given.text[:60]!r} is not in a field, box or table")
            return
        values = {main: given}
        clock = _CLOCK.match(given.text)
        if clock and self._table and "time" in self._table.ids.values():
            values = {"time": Cell(clock[1], given.address), main: Cell(given.text[clock.end() :], given.address)}
        self._add(values, given.address)

    def unknown_heading(self, words: str, address: Address) -> None:
        """Say that a heading is none of the form's, and which it may be meant to be."""
        titles = [title_of(section) for section in self._instrument.sections] + [SHEET]
        if self._section and not self.in_header:
            titles += [question.wording for question in self._instrument.questions(self._section)]
        near = process.extractOne(words, titles, scorer=fuzz.ratio, processor=comparable, score_cutoff=55)
        remedy = (
            f"Did you mean {near[0]!r}? Correct the heading." if near else "Delete it, or make it a plain line of text."
        )
        message = f"{words[:60]!r} is not a heading of the form."
        self._report(Problem("unknown_heading", address, message, remedy, Severity.WARNING))
        self._misplaced = True

    def ignored(self, address: Address, what: str) -> None:
        """Report text that was not read."""
        self._misplaced = True
        remedy = "Move it to a box, a row or a note of the form."
        self._report(Problem("ignored_text", address, f"{what}; it was not read.", remedy, Severity.WARNING))

    def report_without_boxes(self, boxes: Collection[str], tables: Collection[str]) -> None:
        """Say which headings of a document have lost the box or table that belongs below them.

        ``boxes`` are the names of the questions, ``tables`` the sections whose own were met. Of a question that was
        answered outside a box, or a table that has rows, nothing is said.
        """
        answered = {box.question.name for box in self._boxes.values()}
        # Forms of earlier versions have no box for a printed question above its parts.
        wholes = {each.name for each in self._instrument.split_questions() if each.field.whole}
        printed = wholes if wholes & set(boxes) else set()
        for section in self._instrument.question_sections:
            own = [each for each in self._instrument.split_questions(section) if each.name in printed]
            gone = [
                repr(each.wording[:60])
                for each in (*own, *self._instrument.questions(section))
                if each.name in self._asked and each.name not in boxes and each.name not in answered
            ]
            if gone:
                what = "The box below this heading is" if len(gone) == 1 else "The boxes below these headings are"
                message = (
                    f"{what} missing: {', '.join(gone)}; nothing was read for {'it' if len(gone) == 1 else 'them'}."
                )
                self._report_gone("missing_question", section.sheet, message)
        for name, table in self._tables.items():
            if name in self._seen and name not in tables and not table.rows:
                sheet = table.section.sheet if table.section else SHEET
                self._report_gone(
                    "missing_table", sheet, "The table of this section is missing; nothing was read for it."
                )

    def _report_gone(self, kind: str, sheet: str, message: str) -> None:
        remedy = "Copy it back from a blank form if you have anything to write there."
        self._report(Problem(kind, Address(self._file, sheet), message, remedy, Severity.WARNING))

    def finish(self, version: int) -> FilledForm:
        """The whole form; what is gone of it, and fields that are needed and empty, are reported."""
        self._report_missing()
        answers = []
        for (_, _, scope), box in self._boxes.items():
            words = Cell("\n".join(box.words), box.address)
            given = words if words.text else None
            status, place, sources, codes, bears_on = (box.remarks.get(name) for name in REMARKS)
            found = checked_answer(
                box.question,
                scope,
                given,
                status,
                place,
                sources,
                codes,
                bears_on,
                box.address,
                self._schema,
                self._report,
            )
            if found is not None:
                answers.append(found)
        tables = {s.id: s.without_printed(self._tables[s.id].rows) for s in self._instrument.tables}
        rows = tuple(self._tables[SHEET].rows)
        return FilledForm(self._instrument.instrument, version, self._file, self._header, tuple(answers), rows, tables)

    def _report_missing(self) -> None:
        origin = Address(self._file)
        titles = {section.id: title_of(section) for section in self._instrument.sections}
        titles |= {SHEET: SHEET} if self._instrument.has_claim_rows else {}
        for name, title in titles.items():
            if name not in self._seen:
                message = f"The section {title[:60]!r} is missing; nothing was read for it."
                remedy = "Put its heading back as in a blank form (`journeys forms`)."
                # Whoever had nothing to write below a heading may take it out; but what belongs there may stand below a
                # misspelt heading, or the one before.
                needed = name == self._instrument.header.id or self._misplaced
                severity = Severity.ERROR if needed else Severity.WARNING
                self._report(Problem("missing_section", origin, message, remedy, severity))
        for section in self._instrument.question_sections:
            questions = self._instrument.questions(section) if section.id in self._seen else ()
            gone = [
                repr(question.wording)
                for question in questions
                if not (question.hidden or question.field.later or question.name in self._asked)
            ]
            if gone:
                message = f"Headings of this section are missing: {', '.join(gone)}; nothing was read for them."
                remedy = "Put them back as in a blank form if you have anything to write below them."
                address = Address(self._file, section.sheet)
                self._report(Problem("missing_question", address, message, remedy, Severity.WARNING))
        header = self._instrument.header
        for each in header.fields if header.id in self._seen else ():
            if each.required and each.id not in self._header:
                kind, message = "missing_value", f"{each.wording!r} is empty."
                remedy = "Fill it in; the form cannot be read without it."
                if each.id not in self._labels:
                    kind, message = "missing_field", f"The field {each.wording!r} is missing."
                    remedy = "Put it back as in a blank form (`journeys forms`), and fill it in."
                self._report(Problem(kind, Address(self._file, header.sheet), message, remedy))

    def _go_to(self, section: Section | None, table: DocumentTable | None) -> None:
        self._section, self._table, self._question = section, table, None
        self._seen.add(section.id if section else SHEET)

    @property
    def _main(self) -> str | None:
        return self._section.main if self._section and self._table and not self._question else None

    def _question_of(self, key: str) -> Question | None:
        """The question of this heading in the current section; above its parts the printed question as a whole."""
        if self._section is None or self.in_header:
            return None
        questions = list(self._instrument.questions(self._section))
        here = self._question.field.id if self._question else None
        asked = [q for q in questions if q.ask is not None and key in map(comparable, q.wordings)]
        asked.sort(key=lambda question: question.field.id != here)
        printed = [q for q in questions if q.ask is None] + list(self._instrument.split_questions(self._section))
        boxes = [q for q in printed if key in map(comparable, q.wordings)]
        return next(iter(asked or boxes), None)

    def _outside(self, question: Question, given: Cell) -> None:
        """An answer beside its boxes. Of several boxes nobody said which is meant: it is read without a scope."""
        self._misplaced = True
        scopes = question.field.scopes
        scope = scopes[0] if len(scopes) == 1 else NOT_STATED
        key = (question.field.id, question.ask.id if question.ask else None, scope)
        box = self._boxes.setdefault(key, _Box(question, given.address, loose=True))
        if scope not in scopes and not box.words:
            self._report(unscoped(given, question, self._schema.lens))
        box.words.append(given.text)

    def _more(self, given: Cell, ids: Mapping[str, str]) -> dict[str, Cell]:
        found, rest = labelled(given.text.split("\n"), ids)
        if rest:
            self.ignored(given.address, f"{rest[:60]!r} does not start with a column heading")
        return {name: Cell(words, given.address) for name, words in found.items() if words}

    def _add(self, values: Mapping[str, Cell], address: Address) -> None:
        if not values:
            return
        if self._table is None:
            self.ignored(address, "This row is not in a table of the form")
        else:
            self._table.rows.append(FilledRow(values, address))
