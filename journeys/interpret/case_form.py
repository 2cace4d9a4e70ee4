"""A filled-in form about a case study (narrative form, theme form) becomes the researchers' words about it.

What the team writes in such a form is its own account: kept whole, as the researchers' interpretation, and never
counted as a source. What a row says according to an interview, observation or document is that source's word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from journeys.instruments.answers import Answer, FilledForm, FilledRow
from journeys.instruments.definition import Instrument, Question
from journeys.instruments.files.cells import Cell
from journeys.instruments.prefilled_lines import lines_of, mark_for, own_words, row_of
from journeys.instruments.subjects import COLLECTED, FORM_KIND
from journeys.interpret.case_findings import CaseFindings, paragraphs
from journeys.interpret.case_journeys import CaseJourneys
from journeys.interpret.collected import Summary, row_words
from journeys.interpret.context import Context, End
from journeys.interpret.form_parts import FormParts
from journeys.interpret.researchers_form import ResearchersForm, Subject, subject_in
from journeys.model.identity import content_hash, short_id
from journeys.model.phrases import counted
from journeys.model.problems import Address, Problem, Severity
from journeys.model.records import Claim, Node, Value

CASE = "case_study_and_site"
MARKED = {"journey_steps": "happened", "phases": "phase", **COLLECTED}
"""The column of each table in which a line of the program has its mark."""


def subject_of(context: Context, form: FilledForm) -> Subject | None:
    """The case study of a form, and the form made known as a source; None, reported, where the header names none."""
    return subject_in(context, form, form.header.get(CASE), "CaseStudy", called_of(form.instrument))


def called_of(instrument: str) -> str:
    """What an instrument is called in a sentence: "Narrative form"."""
    return instrument.replace("_", " ").capitalize()


def interpret(context: Context, subject: Subject) -> Iterator[Node | Claim]:
    """All nodes and claims of one form; whatever cannot be used is reported at its cell."""
    yield from _Interpreter(context, subject, context.instruments.get(subject.form.instrument)).everything()


class _Interpreter:
    def __init__(self, context: Context, subject: Subject, instrument: Instrument) -> None:
        self._context, self._subject, self._form = context, subject, subject.form
        self._instrument = instrument
        self._parts = FormParts(context, subject.form, instrument)
        self._key = short_id(subject.source.id)
        self._properties: dict[str, Value] = {}
        self._places: dict[str, Address] = {}
        self._unchanged = self._changed = 0
        self._account = ResearchersForm(context, subject.form, self._parts, subject.thing, subject.source)
        self._findings = CaseFindings(context, self._parts, subject.thing, subject.source)

    def everything(self) -> Iterator[Node | Claim]:
        context, case, source = self._context, self._subject.thing, self._subject.source
        address = self._form.header[CASE].address
        yield from self._site()
        questions = [*self._instrument.split_questions(), *self._instrument.questions()]
        asked = {(q.field.id, q.ask.id if q.ask else None): q for q in questions}
        own = (self._own(asked[each.field, each.ask], each) for each in self._form.answers)
        answers = [each for each in own if each is not None]
        self._findings.take_confidence((asked[a.field, a.ask], a) for a in answers)
        for answer in answers:
            yield from self._of_answer(asked[answer.field, answer.ask], answer)
        yield from self._findings.bearings()
        tables = {name: self._own_rows(name, rows) for name, rows in self._form.tables.items()}
        journeys = CaseJourneys(context, self._parts, case, source, self._account.own_claim)
        yield from journeys.phases(tables.get("phases", ()))
        yield from journeys.steps(tables.get("journey_steps", ()))
        yield from self._collected(tables)
        yield self._parts.node(case, self._properties, address, self._places)
        described: dict[str, Value] = {"kind": FORM_KIND, "description": self._subject.called}
        yield self._parts.node(source, described, address)
        yield self._parts.structure("IN_CASE", source, case, address)
        for made in self._parts.researchers(source):
            yield made
            if isinstance(made, Node):
                yield self._parts.structure("WORKED_ON", End(made.label, made.id), case, made.address)
        yield from self._account.rows()
        self._say_lines_of_the_data()

    # -- what is the researchers' own

    def _own(self, question: Question, answer: Answer) -> Answer | None:
        """An answer without the lines that the program wrote; None where nothing else stands in the box.

        A passage of the data in a box for key quotes was put there by somebody: the program offers them for the item.
        """
        if answer.given is None:
            return answer
        quotes = any(made.quotes for made in question.yields)
        if quotes and question.field.id != question.section.fields[0].id:
            words = "\n".join(line.words for line in lines_of(answer.given.text))
            return replace(answer, given=Cell(words, answer.given.address))
        own = own_words(answer.given.text)
        self._unchanged += own.unchanged
        self._changed += own.changed
        for line in own.damaged:
            self._say_damaged(line, mark_for(line), answer.given.address)
        if own.words:
            return replace(answer, given=Cell(own.words, answer.given.address))
        if answer.status != "answered":
            return replace(answer, given=None)
        remedy = "Write what you make of the lines below them; it is then read with that."
        self._parts.beside_no_passage(answer, "Only lines from the data stand in this box", remedy)
        return None

    def _own_rows(self, table: str, rows: tuple[FilledRow, ...]) -> tuple[FilledRow, ...]:
        kept = []
        for each in rows:
            found = row_of(each, MARKED[table])
            self._unchanged += found.unchanged
            self._changed += bool(found.code) and not found.unchanged
            if found.damaged:
                given = each.values[MARKED[table]]
                self._say_damaged(given.text, "", given.address)
            about = {name: cell for name, cell in found.row.values.items() if name == "about"}
            kept.append(replace(found.row, values=about) if found.unchanged else found.row)
        return tuple(kept)

    def _say_damaged(self, line: str, mark: str, address: Address) -> None:
        message = f"The mark at the beginning of {line[:50]!r} is damaged; the line was read as your own words."
        wanted = f"write {mark} at its beginning" if mark else "copy the row back from a new pre-filled form"
        remedy = f"If it is still the program's line, {wanted}; if it is yours, delete what is left of the mark."
        self._context.report(Problem("damaged_mark", address, message, remedy, Severity.WARNING))

    def _say_lines_of_the_data(self) -> None:
        said = []
        if self._unchanged:
            said.append(f"{counted(self._unchanged, 'line')} from the data, not read again")
        if self._changed:
            said.append(f"{counted(self._changed, 'line')} from the data, changed and read as the researchers' words")
        if said:
            self._context.remarks[self._form.file] = "; ".join(said)

    # -- the header

    def _site(self) -> Iterator[Claim]:
        """The site that a form names, where the registers have none for the case study; another one is reported."""
        given = self._form.header.get("site")
        if given is None:
            return
        listed = self._context.ties.leading("AT_SITE", self._subject.thing.id)
        for site in self._context.look_up(("Site",), given):
            if not listed:
                yield self._parts.structure("AT_SITE", self._subject.thing, site, given.address)
            elif site.id not in listed:
                there = " and ".join(map(self._context.names.shown, listed))
                case = self._context.names.shown(self._subject.thing.id)
                message = f"The registers say that {case} is at {there}; this form says {given.text}."
                self._context.problem("other_site", given, message, "Correct one of the two.")

    # -- the tables of a data collection summary

    def _collected(self, tables: Mapping[str, tuple[FilledRow, ...]]) -> Iterator[Node | Claim]:
        """The researchers' own rows, kept in words; whether they fit the registers is compared when all is read."""
        listed = [section for section in self._instrument.tables if section.id in COLLECTED]
        if not listed:
            return
        titles = {f"{table.id}.{column.id}": column.title for table in listed for column in table.columns}
        titles |= {table.id: table.sheet for table in listed}
        case, source = self._subject.thing, self._subject.source
        self._context.summaries.append(Summary(case.id, source.id, self._form, titles))
        for table in listed:
            columns = [column.id for column in table.columns]
            for row in tables.get(table.id, ()):
                cells = [row.values[name] for name in columns if name in row.values]
                if not cells:
                    continue
                words = row_words(cells)
                key = [self._key, table.id, content_hash(words)]
                held: dict[str, Value] = {
                    "text": words,
                    "mode": "researcher_comment",
                    "instrument_field": f"{self._instrument.instrument}.{table.id}",
                }
                yield from self._parts.kept(key, held, [case], source, cells[0].address)

    # -- answers

    def _of_answer(self, question: Question, answer: Answer) -> Iterator[Node | Claim]:
        if answer.given is not None and answer.status == "answered":
            for made in question.yields:
                if made.property is not None:
                    definition = self._context.schema.properties_of_node("CaseStudy")[made.property]
                    self._properties |= self._context.values.read(definition, answer.given)
                    self._places[made.property] = answer.given.address
                elif made.action is not None:
                    yield from self._actions(made.action, made.claim, answer)
            yield from self._findings.of_answer(question, answer)
        if not any(made.quotes or made.confidence for made in question.yields):
            mode = next((made.extract for made in question.yields if made.extract), "interpretive")
            yield from self._account.answer(question, answer, mode)

    def _actions(self, kind: str, claim: str | None, answer: Answer) -> Iterator[Node | Claim]:
        """An action for each paragraph: learning and sharing, outcomes."""
        assert answer.given is not None
        case = self._subject.thing
        for words in paragraphs(answer.given.text):
            action = self._parts.end("Action", [self._key, kind, content_hash(words)])
            properties: dict[str, Value] = {"title": words, "kind": kind}
            measured = self._measured if claim == "RESULTED_IN" else None
            if measured is not None:
                properties["measured_how"] = measured.text
            yield self._parts.node(action, properties, answer.given.address)
            yield self._parts.structure("IN_CASE", action, case, answer.given.address)
            if claim is not None:
                said: dict[str, Value] = {"scope": answer.scope}
                if measured is not None:
                    said["measured_how"] = measured.text
                made = self._context.claim(self._context.schema.claims[claim], case, action, said, answer.given.address)
                yield self._account.own_claim(made)

    @property
    def _measured(self) -> Cell | None:
        """How the outcomes were measured, in the researchers' own words."""
        for answer in self._form.answers:
            if answer.ask == "measured_how" and (own := self._own_text(answer)):
                return own
        return None

    @staticmethod
    def _own_text(answer: Answer) -> Cell | None:
        words = own_words(answer.given.text).words if answer.given and answer.status == "answered" else ""
        return Cell(words, answer.address) if words else None
