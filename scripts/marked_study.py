"""A study with a mark in every place of every form, to see where each of them arrives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from _marked_places import STUDY, Place, Value, cell, code_of, named, supporting

from journeys.instruments.answers import Answer, FilledForm, FilledRow
from journeys.instruments.claim_columns import CLAIM_COLUMNS, SHEET
from journeys.instruments.codebook import Codebook, shipped_codebook
from journeys.instruments.columns import ROWS_OF_TABLES
from journeys.instruments.definition import Instrument, Question, Section, TableColumn, Yield
from journeys.instruments.files.cells import Cell
from journeys.instruments.forms import write_form
from journeys.instruments.instrument_set import shipped_instruments
from journeys.instruments.registers import write_registers
from journeys.instruments.summary_tables import SummaryRow, shipped_summary_tables
from journeys.model.code_keys import CODING_WORKBOOK
from journeys.model.definitions import PropertyType
from journeys.model.schema import Schema

COLLECTION = "data_collection_summary"
COMPARED = "compared"
"""The note of a place that is compared with the registers: what is written there is listed where the two differ."""
REGISTERED = "registered"
"""The note of a place that says again what the registers say, by which a row without an id is found."""
_KINDS = {"interviews": "Interview", "observations": "Observation", "group_discussions": "Group discussion",
          "other": "Other"}  # fmt: skip
_SHEETS = {
    "Actor": "people", "Arena": "arenas", "Organisation": "organisations", "Document": "documents",
    "Evidence": "evidence", "Meeting": "meetings", "DataSource": "sources",
}  # fmt: skip
_KNOWN = {
    "case_study_and_site": "Marked case", "case_study": "Marked case", "site": "Marked site",
    "name_of_document": "Marked document",
    "document_number": "D01", "meeting_group_name": "Marked meeting", "interviewee": "Marked person",
    "about": "Marked document",
}  # fmt: skip
"""What a header names: the one thing that the form is about."""
_SOURCES = {"interview_sheet": "int-1", "observation_guide": "obs-1"}
_TITLES = {"arenas": "name", "documents": "title", "evidence": "title", "meetings": "title", "sources": "description"}


@dataclass
class MarkedStudy:
    """The forms of the study, what is in its registers, and every place."""

    schema: Schema
    forms: dict[str, FilledForm] = field(default_factory=dict)
    registers: list[Mapping[str, str]] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    codings: str = ""
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.registers += [
            {"sheet": "sites", "id": "north", "pseudonym": "Marked site"},
            {"sheet": "case_studies", "id": "c1", "title": "Marked case"},
            {"sheet": "arenas", "id": "g0", "name": "Marked group", "case": "c1"},
            {"sheet": "people", "id": "p0", "pseudonym": "Marked person"},
            {"sheet": "organisations", "id": "o0", "pseudonym": "Marked organisation"},
            {"sheet": "meetings", "id": "m0", "title": "Marked meeting", "date": "2011-04-06", "arena": "g0",
             "case": "c1"},
            {"sheet": "documents", "doc_number": "D01", "title": "Marked document", "case": "c1"},
            {"sheet": "evidence", "id": "e0", "title": "Marked evidence", "case": "c1"},
            {"sheet": "sources", "id": "int-1", "kind": "Interview", "case": "c1", "with_whom": "p0"},
            {"sheet": "sources", "id": "obs-1", "kind": "Observation", "case": "c1", "of_meeting": "m0"},
        ]  # fmt: skip
        for instrument in shipped_instruments():
            self.forms[instrument.instrument] = self._form(instrument)
        self._summary_rows()
        self.codings = self._codings(shipped_codebook())

    def write(self, folder: Path) -> None:
        """Write the study into a folder: each form as the first of its formats."""
        (folder / "forms").mkdir(parents=True)
        (folder / "study.yaml").write_text(f"id: {STUDY}\ntitle: Marked study\n", encoding="utf-8")
        write_registers(folder / "registers.yaml", self.schema, self.registers)
        for name, form in self.forms.items():
            instrument = shipped_instruments().get(name)
            write_form(instrument, folder / "forms" / f"{name}.xlsx", self.schema, filled=form)
        (folder / "forms" / f"{CODING_WORKBOOK}.yaml").write_text(self.codings, encoding="utf-8")

    # -- one form

    def _form(self, instrument: Instrument) -> FilledForm:
        header = {each.id: self._header(instrument, each.id) for each in instrument.header.fields}
        answers = [self._answer(q, scope) for q in instrument.questions() for scope in q.field.scopes]
        rows_of = self._collected if instrument.instrument == COLLECTION else self._rows
        tables = {section.id: tuple(rows_of(instrument, section)) for section in instrument.tables}
        rows = (self._claim_row(instrument),) if instrument.has_claim_rows else ()
        looked_for = self._looked_for(instrument) if rows else []
        return FilledForm(
            instrument.instrument, instrument.version, "", header, tuple(answers), (*rows, *looked_for), tables
        )

    def _header(self, instrument: Instrument, name: str) -> Cell:
        each = next(each for each in instrument.header.fields if each.id == name)
        if name == "source":
            value = named(_SOURCES[instrument.instrument])
        elif name in _KNOWN and not (instrument.about == "CaseStudy" and name == "about"):
            value = named(_KNOWN[name]) if name != "document_number" else Value("D01", ("D01",), "D01")
        elif instrument.about == "Meeting" and name == "date":
            value = Value("2011-04-06", ("2011-04-06",), "6 April 2011")
        elif name == "researchers":
            initials = f"Q{chr(ord('A') + len(self.forms))}"
            value = Value(initials, (initials,), initials)
        else:
            value = self._yielded(instrument, each.yields) or self._words()
        self._place(instrument, instrument.header.title or "", each.wording, ("header", name), value)
        return cell(value.text)

    def _answer(self, question: Question, scope: str) -> Answer:
        instrument = next(each for each in shipped_instruments() if question.section in each.sections)
        value = self._yielded(instrument, question.yields) or self._words()
        inside = question.ask.id if question.ask else None
        key = ("answer", question.field.id, inside or "", scope)
        over = f"{question.field.wording}: {question.wording}" if question.ask else question.wording
        words = over if scope == "not_stated" else f"{over} ({self.schema.lens.headings[scope].lower()})"
        self._place(instrument, question.section.title or "", words, key, value)
        free = not any(each.claim or each.quotes or each.confidence for each in question.yields)
        parts: dict[str, Cell] = {}
        beside = f"{question.section.title}: beside an answer"
        if free and beside not in {each.part for each in self.places if each.instrument == instrument.instrument}:
            more = {"codes": code_of("6.7"), "bears_on": supporting("T1-02")}
            if question.section.has_pages:
                more["place"] = self._words()
            if question.section.needs_sources:
                more["sources"] = self._thing("DataSource")
            for part, held in more.items():
                self._place(instrument, beside, part.replace("_", " ").capitalize(), (*key, part), held, row=value.text)
                parts[part] = cell(held.text)
        elif question.section.needs_sources:
            parts["sources"] = cell("int-1")
        return Answer(question.field.id, inside, scope, "answered", cell(value.text), **parts)  # type: ignore[arg-type]

    def _rows(self, instrument: Instrument, section: Section) -> Iterator[FilledRow]:
        printed = section.printed_column
        for number, choice in enumerate(printed.choices if printed else (None,)):
            mark = self._words()
            main = section.main or next(
                c.id for c in section.columns if c.id in ("entry", "happened", "phase", "passage", "role_remit")
            )
            values: dict[str, Cell] = {}
            for column in section.columns:
                if choice is not None and printed is column:
                    value = Value(choice.text, (mark.text,), mark.text)
                elif column.id == main:
                    value = mark
                elif choice is not None and column.id == "about" and choice.id == "observer_effect":
                    continue
                else:
                    value = self._column(column)
                values[column.id] = cell(value.text)
                if number == 0 or column is printed:
                    words = value.text if column is printed else column.title
                    key = ("table", section.id, str(number), column.id)
                    row = "" if column.id == main else mark.text
                    self._place(instrument, section.title or section.sheet, words, key, value, row=row)
            yield FilledRow(values)

    def _collected(self, instrument: Instrument, section: Section) -> Iterator[FilledRow]:
        """A row about something of which the registers say as little as they can."""
        number = next(self._numbers)
        name = f"Marked thing {number:04d}"
        if section.id == "documents":
            self.registers.append({"sheet": "documents", "doc_number": f"x{number}", "title": name, "case": "c1"})
        else:
            person = {"sheet": "people", "id": f"p{number}", "pseudonym": f"Person {number}", "designation": "Manager"}
            entry = {"sheet": "sources", "id": f"x{number}", "kind": _KINDS[section.id], "description": name}
            self.registers += [person, {**entry, "case": "c1", "with_whom": f"p{number}"}]
        date, mark = self._date(), self._words()
        url = f"https://example.org/{mark.text}"
        known = {
            "source": Value(f"x{number}", (f"={name}",), name),
            "number": Value(f"x{number}", (f"={name}",), name),
            "date": date,
            "dated_author": date,
            "copy_archived_url": Value(url, (url,), url),
            "transcript": Value("transcript", ("transcript",), "transcript"),
            "coded": Value("yes", ("coded", "yes"), "coded"),
        }  # fmt: skip
        values: dict[str, Cell] = {}
        for column in section.columns:
            value = known.get(column.id)
            if column.id == "description":
                value = Value(name, (name,), name)
            elif value is None:
                text = column.choices[0].text if column.choices else mark.text
                value = Value(text, (), text)
            values[column.id] = cell(value.text)
            key = ("table", section.id, "0", column.id)
            note = "" if column.id in known else REGISTERED if column.id == "description" else COMPARED
            self._place(instrument, section.title or section.sheet, column.title, key, value, note=note)
        yield FilledRow(values)

    def _column(self, column: TableColumn) -> Value:
        if column.vocabulary is not None:
            return self._term(column.vocabulary)
        if column.verbs:
            return Value("contested", ("CONTESTED",), "contested")
        if column.choices:
            return Value(column.choices[0].text, (True, column.choices[0].id), column.choices[0].text)
        if column.offers == ROWS_OF_TABLES:
            return supporting("T1-02")
        if column.offers:
            return self._thing(*column.offers)
        if column.id == "codes":
            return code_of("6.7")
        return self._date() if column.id == "when" else self._words()

    def _claim_row(self, instrument: Instrument) -> FilledRow:
        quote = self._words()
        values: dict[str, Cell] = {}
        for column in CLAIM_COLUMNS:
            if column.id == "quote":
                value = quote
            elif column.id == "did_what":
                value = Value("contested", ("NOT_CONTESTED", "CONTESTED"), "contested")
            elif column.id == "not_so":
                value = Value("yes", ("NOT_CONTESTED", True), "reported not to have happened")
            elif column.id == "details":
                mark = self._words()
                value = Value(f"outcome = {mark.text}", mark.expected, mark.shown)
            elif column.id == "when":
                value = self._date()
            elif column.vocabulary is not None:
                value = self._term(column.vocabulary)
            elif column.id == "bears_on":
                value = supporting("T1-02")
            else:
                value = self._thing(column.offers_labels[0]) if column.offers_labels else self._words()
            if column.id == "to_what":
                value = self._thing("Document")
            values[column.id] = cell(value.text)
            row = "" if column.id == "quote" else quote.text
            self._place(instrument, SHEET, column.heading, ("rows", "0", column.id), value, row=row)
        return FilledRow(values)

    def _looked_for(self, instrument: Instrument) -> list[FilledRow]:
        """A row of *Who did what* for each thing that the guidance says to look for, where rows say it."""
        rows = []
        for part in instrument.guidance:
            for item in part.items:
                if not item.rows:
                    continue
                kind = self.schema.claims[item.rows[0]]
                mark = self._words()
                values = {
                    "who": self._end(self.schema.labels(kind.from_labels)), "did_what": kind.phrase,
                    "to_what": self._end(self.schema.labels(kind.to_labels)), "quote": mark.text,
                }  # fmt: skip
                rows.append(FilledRow({name: cell(text) for name, text in values.items()}))
                key = ("rows", str(len(rows)), "quote")
                self._place(instrument, part.title, item.text or "", key, mark)
        return rows

    def _end(self, labels: tuple[str, ...]) -> str:
        label = next((each for each in labels if each in _SHEETS), labels[0])
        return self._thing(label).text

    # -- what the tables and the codebook hold

    def _summary_rows(self) -> None:
        """A passage of the interview that bears on each row of the summary tables."""
        form = self.forms["interview_sheet"]
        rows = list(form.tables["passages"])
        for row in shipped_summary_tables().in_order:
            mark = self._words()
            how = "" if row.kind in ("gap", "look_for", "question") else "supports "
            rows.append(FilledRow({"passage": cell(mark.text), "bears_on": cell(f"{how}{row.id}")}))
            self.places.append(_place_of_row(row, mark, len(rows) - 1))
        self.forms["interview_sheet"] = FilledForm(
            form.instrument, form.version, "", form.header, form.answers, form.claim_rows, {"passages": tuple(rows)}
        )

    def _codings(self, codebook: Codebook) -> str:
        lines = ["form: coding_workbook", "version: 1", "header: {coder: QZ}", "codings:", "  - source: int-1"]
        lines.append("    codes:")
        for code in codebook.codes.values():
            mark = self._words()
            lines.append(f'      "{code.key}": "[p. 1] {mark.text}"')
            sheet = next(each for each in codebook.sheets if each.id == code.sheet)
            place = Place(
                CODING_WORKBOOK, f"{sheet.id} {sheet.title or '[title not recovered]'}", code.shown,
                ("code", code.key), (mark.text,), mark.text,
            )  # fmt: skip
            self.places.append(place)
        return "\n".join(lines) + "\n"

    # -- values

    def _words(self) -> Value:
        text = f"marked{next(self._numbers):04d}"
        return Value(text, (text,), text)

    def _date(self) -> Value:
        number = next(self._numbers)
        text = f"{number % 27 + 1} March {1900 + number // 27 % 100}"
        return Value(text, (text,), text)

    def _term(self, vocabulary: str) -> Value:
        term = next(each for each in self.schema.terms(vocabulary).terms.values() if each.name != "derived")
        return Value(term.label, (term.name,), term.label)

    def _thing(self, *labels: str) -> Value:
        """Something of one of these kinds, new in the registers; of a kind without a register, its name."""
        number = next(self._numbers)
        label = next((each for each in labels if each in _SHEETS), labels[0])
        if label == "CaseStudy":
            return named("Marked case")
        if label not in _SHEETS:
            text = f"marked{number:04d}"
            noun = self.schema.nodes[label].slug.replace("_", " ")
            return Value(f"{noun[:1].upper()}{noun[1:]}: {text}", (f"={text}",), text)
        name, sheet = f"Marked thing {number:04d}", _SHEETS[label]
        entry = {"sheet": sheet, _TITLES.get(sheet, "pseudonym"): name}
        entry["doc_number" if sheet == "documents" else "id"] = f"x{number}"
        if sheet in ("documents", "meetings", "sources", "evidence", "arenas"):
            entry["case"] = "c1"
        if sheet == "sources":
            entry |= {"kind": "Interview", "with_whom": "p0"}
        self.registers.append(entry)
        return named(name)

    def _yielded(self, instrument: Instrument, yields: tuple[Yield, ...]) -> Value | None:
        """A value of the kind that an answer must be; None for words."""
        for made in yields:
            if made.confidence:
                return self._term("confidence")
            if made.quotes:
                mark = self._words()
                return Value(f'"{mark.text}" (Marked person, int-1, p. 3)', mark.expected, mark.shown)
            if made.property is not None:
                definition = self.schema.properties_of_node(instrument.about)[made.property]
                if definition.type is PropertyType.DATE:
                    return self._date()
                if definition.type is PropertyType.BOOLEAN:
                    return Value("yes", (True,), "yes")
                if definition.vocabulary is not None:
                    return self._term(definition.vocabulary)
            if made.claim is not None and made.action is None:
                kind = self.schema.claims[made.claim]
                return self._thing(*self.schema.labels(kind.from_labels if made.answer == "from" else kind.to_labels))
        return None

    def _place(
        self,
        instrument: Instrument,
        part: str,
        words: str,
        key: tuple[str, ...],
        value: Value,
        row: str = "",
        note: str = "",
    ) -> None:
        self.places.append(Place(instrument.instrument, part, words, key, value.expected, value.shown, row, note))


def _place_of_row(row: SummaryRow, mark: Value, number: int) -> Place:
    part = f"[{row.table}] {'Research questions' if row.kind == 'question' else row.topic}"
    return Place(
        "summary_tables", part, f"{row.id} {row.text}", ("table", "passages", str(number), "passage"),
        mark.expected, mark.shown, row.id,
    )  # fmt: skip
