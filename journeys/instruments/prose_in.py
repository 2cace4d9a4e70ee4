"""Reading a form made of running text: what is met under which heading, whatever file format it was met in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from journeys.instruments.answer_checks import checked_answer
from journeys.instruments.answers import Answer, FilledForm, FilledRow, Given
from journeys.instruments.claim_columns import CLAIM_COLUMNS, SHEET
from journeys.instruments.definition import Instrument, Question, Section
from journeys.instruments.prose import PLACE, SCOPE_LABELS, SOURCES, STATUS, title_of
from journeys.instruments.whereabouts import comparable
from journeys.model.problems import Address, Problem, Report, Severity
from journeys.model.schema import Schema

_REMARK = re.compile(rf"\(({STATUS}|{PLACE}|{SOURCES}): (.*)\)\s*", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2}[:.]\d{2})(?:\s*[-–:]\s+|\s+)(?=\S)")
MORE = "More"
"""The column of a Word table that holds what there is no room for: lines of `heading: value`."""


class ProseReader:
    """Collects the answers and rows of a form as a format's reader walks through the file.

    ``enter`` a heading, then hand on what stands below it: ``field`` of the header, ``answer`` of a question, ``row``
    of a table, ``line`` of free text. What has no place is reported, and nothing is dropped in silence.
    """

    def __init__(self, instrument: Instrument, file: str, schema: Schema, report: Report) -> None:
        self._instrument, self._file, self._schema, self._report = instrument, file, schema, report
        self._sections = {comparable(title_of(s)): s for s in instrument.sections}
        self._sections |= {comparable(s.sheet): s for s in instrument.sections}
        self._section: Section | None = None
        self._in_claims = False
        self._question: Question | None = None
        self._header: dict[str, Given] = {}
        self._answers: dict[tuple[str, str | None, str], Answer] = {}
        self._tables: dict[str, list[FilledRow]] = {section.id: [] for section in instrument.tables}
        self._claim_rows: list[FilledRow] = []
        self._seen: set[str] = set()

    @property
    def in_header(self) -> bool:
        """Whether fields of the header are expected."""
        return self._section is self._instrument.header

    @property
    def in_question(self) -> bool:
        """Whether an answer is expected."""
        return self._question is not None

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of the table that is expected here; none where none is."""
        if self._in_claims:
            return (*(column.heading for column in CLAIM_COLUMNS), MORE)
        return tuple(column.title for column in self._section.columns) if self._section else ()

    def knows(self, words: str) -> bool:
        """Whether these words are a heading of the form, from where we are."""
        key = comparable(words)
        return key == comparable(SHEET) or key in self._sections or self._question_of(key) is not None

    def enter(self, words: str) -> bool:
        """Go on to the section or question of this heading; False if there is none."""
        key = comparable(words)
        question = self._question_of(key)
        if key == comparable(SHEET):
            self._section, self._in_claims, self._question = None, True, None
            self._seen.add(SHEET)
        elif question is not None:
            self._question = question
        elif key in self._sections:
            self._section, self._in_claims, self._question = self._sections[key], False, None
            self._seen.add(self._section.id)
        else:
            return False
        return True

    def field(self, label: str, given: Given) -> bool:
        """A field of the header; False if there is none of this label."""
        for field in self._instrument.header.fields:
            if comparable(label) in (comparable(field.wording), comparable(field.id.replace("_", " "))):
                if given.text:
                    self._header[field.id] = given
                return True
        return False

    def scope_of(self, label: str) -> str | None:
        """The scope that a label of a box stands for, if the current question is asked for it."""
        scopes = self._question.field.scopes if self._question else ()
        wanted = comparable(label)
        return next((scope for scope in scopes if wanted == comparable(SCOPE_LABELS[scope])), None)

    def answer(self, scope: str | None, lines: Sequence[str], address: Address) -> None:
        """What stands in a box; ``scope`` None for one that does not say which, taken as the first it can be."""
        question = self._question
        if question is None:
            if any(line.strip() for line in lines):
                self.ignored(address, "This stands under no question")
            return
        remarks: dict[str, Given] = {}
        words = []
        for line in lines:
            match = _REMARK.fullmatch(line)
            if match:
                remarks[match[1].capitalize()] = Given(match[2], address)
            else:
                words.append(line)
        given = Given("\n".join(words).strip(), address)
        scope = scope or question.field.scopes[0]
        status, place, sources = (remarks.get(name) for name in (STATUS, PLACE, SOURCES))
        words_given = given if given.text else None
        found = checked_answer(
            question, scope, words_given, status, place, sources, address, self._schema, self._report
        )
        if found is not None:
            key = (question.field.id, question.ask.id if question.ask else None, scope)
            if key in self._answers:
                message = f"{question.wording[:60]!r} is answered a second time; only the first answer was read."
                self._report(Problem("answered_twice", address, message, "Write both into one box."))
            else:
                self._answers[key] = found

    def row(self, cells: Iterable[tuple[str, Given]], address: Address) -> None:
        """A row of the current table, as (heading, what stands below it)."""
        ids = self._columns()
        values: dict[str, Given] = {}
        for heading, given in cells:
            if not given.text:
                continue
            name = ids.get(comparable(heading))
            if name is not None:
                values[name] = given
            elif comparable(heading) == comparable(MORE):
                values |= self._more(given, ids)
            else:
                self.ignored(given.address, f"{heading!r} is no column of this table")
        self._add(values, address)

    def line(self, given: Given) -> None:
        """A line of free text: a row of a table that takes them, with the time at its beginning."""
        section = self._section
        if section is None or section.main is None:
            self.ignored(given.address, "This stands in no field, box or table")
            return
        values = {section.main: given}
        clock = _CLOCK.match(given.text)
        if clock and any(column.id == "time" for column in section.columns):
            values = {
                "time": Given(clock[1], given.address),
                section.main: Given(given.text[clock.end() :], given.address),
            }
        self._add(values, given.address)

    def ignored(self, address: Address, what: str) -> None:
        """Say that something was passed over."""
        remedy = "Move it into a box, a row or a note of the form."
        self._report(Problem("ignored_text", address, f"{what}; it was not read.", remedy, Severity.WARNING))

    def finish(self, version: int) -> FilledForm:
        """The whole form; sections that are gone and fields that are needed are reported."""
        origin = Address(self._file)
        for section in self._instrument.sections:
            if section.id not in self._seen:
                message = f"The section {title_of(section)[:60]!r} is gone."
                remedy = "Put its heading back as in a blank form (`journeys forms`); nothing was read for it."
                self._report(Problem("missing_section", origin, message, remedy))
        for field in self._instrument.header.fields:
            if field.required and field.id not in self._header and self._instrument.header.id in self._seen:
                message, remedy = f"{field.wording!r} is empty.", "Write it: nothing can be read without it."
                address = Address(self._file, self._instrument.header.sheet)
                self._report(Problem("missing_value", address, message, remedy))
        tables = {s.id: s.without_printed(self._tables[s.id]) for s in self._instrument.tables}
        answers = tuple(self._answers.values())
        rows = tuple(self._claim_rows)
        return FilledForm(self._instrument.instrument, version, self._file, self._header, answers, rows, tables)

    def _question_of(self, key: str) -> Question | None:
        """The question of this heading in the current section; the first inside a box for the heading of the box."""
        if self._section is None or self._section is self._instrument.header:
            return None
        questions = list(self._instrument.questions(self._section))
        here = self._question.field.id if self._question else None
        asked = [q for q in questions if q.ask is not None and comparable(q.wording) == key]
        asked.sort(key=lambda question: question.field.id != here)
        boxes = [q for q in questions if comparable(q.field.wording) == key]
        return next(iter(asked or boxes), None)

    def _columns(self) -> Mapping[str, str]:
        if self._in_claims:
            known = {comparable(column.heading): column.id for column in CLAIM_COLUMNS}
            return known | {comparable(column.id.replace("_", " ")): column.id for column in CLAIM_COLUMNS}
        columns = self._section.columns if self._section else ()
        known = {comparable(column.title): column.id for column in columns}
        return known | {comparable(column.id.replace("_", " ")): column.id for column in columns}

    def _more(self, given: Given, ids: Mapping[str, str]) -> dict[str, Given]:
        found: dict[str, Given] = {}
        last: str | None = None
        for line in given.text.split("\n"):
            label, colon, value = line.partition(":")
            name = ids.get(comparable(label)) if colon else None
            if name is not None:
                last, found[name] = name, Given(value.strip(), given.address)
            elif last is not None:
                found[last] = Given(f"{found[last].text}\n{line}", given.address)
            elif line.strip():
                self.ignored(given.address, f"{line.strip()[:60]!r} does not begin with the heading of a column")
        return {name: value for name, value in found.items() if value.text}

    def _add(self, values: Mapping[str, Given], address: Address) -> None:
        if not values:
            return
        row = FilledRow(values, address)
        if self._in_claims:
            self._claim_rows.append(row)
        elif self._section is not None and self._section.id in self._tables:
            self._tables[self._section.id].append(row)
        else:
            self.ignored(address, "This row is in no table of the form")
