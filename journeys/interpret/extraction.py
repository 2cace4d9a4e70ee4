"""A filled-in document extraction form becomes its document, its extracts, and the claims of its answers and rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from journeys.instruments.answers import Answer, FilledForm
from journeys.instruments.definition import Instrument, Question, Yield
from journeys.instruments.files.cells import Cell
from journeys.instruments.researchers import researchers_of
from journeys.interpret.claim_rows import Sources, claims_of_row
from journeys.interpret.context import Context, End
from journeys.interpret.extractors import counted_forms
from journeys.interpret.form_parts import FormParts
from journeys.model.definitions import NOT_STATED, ClaimKind
from journeys.model.identity import node_id, short_id
from journeys.model.phrases import one_of
from journeys.model.problems import Address, Problem, Severity
from journeys.model.records import Claim, Node, Value

_CASE, _NUMBER, _TITLE, _DATE = "case_study_and_site", "document_number", "name_of_document", "date"
_NAMES = ("entity_ref",)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a form is about: its document, and that document as a source."""

    form: FilledForm
    document: End
    source: End
    case: End


def subject_of(context: Context, form: FilledForm) -> Subject | None:
    """The form's document, made known so that every form may name it; None, reported, for a header without one.

    The document's key is its case study and its number, so two forms about one document are about one node. As a source
    it is the one that the registers say is this document, else one of its own.
    """
    case_given, number, title = (form.header.get(name) for name in (_CASE, _NUMBER, _TITLE))
    if case_given is None or number is None or title is None:
        return None
    cases = context.look_up(("CaseStudy",), case_given)
    if len(cases) != 1:
        if cases:
            context.problem("bad_value", case_given, "One form is about one case study.", "Write a form for each.")
        return None
    key = [short_id(cases[0].id), number.text]
    try:
        document = End("Document", node_id(context.study, context.schema.nodes["Document"], key))
        own = End("DataSource", node_id(context.study, context.schema.nodes["DataSource"], key))
    except ValueError:
        context.problem("bad_value", number, f"{number.text!r} is not a document number.", "Write one like D07.")
        return None
    source = _registered(context, document, title) or own
    for end in (document, source):
        context.names.add(end.label, end.id, [title.text, number.text])
    return Subject(form, document, source, cases[0])


def _registered(context: Context, document: End, title: Cell) -> End | None:
    """The source that the registers say is this document, so that it does not count as two; None if they list none."""
    listed = context.ties.coming("OF_DOCUMENT", document.id)
    if len(listed) > 1:
        names = one_of([short_id(each) for each in listed], "and")
        message = f"The registers list {len(listed)} sources that are this document: {names}. They count as different "
        message += f"sources; the form is read as {short_id(listed[0])}."
        remedy = "Keep one of them under *Sources* in the registers, with the names of the others as its aliases."
        context.report(Problem("listed_twice", title.address, message, remedy, Severity.WARNING))
    return End("DataSource", listed[0]) if listed else None


def interpret(context: Context, subject: Subject) -> Iterator[Node | Claim]:
    """All nodes and claims of one form; whatever cannot be used is reported at its cell."""
    yield from _Interpreter(context, subject, context.instruments.get(subject.form.instrument)).everything()


class _Interpreter:
    def __init__(self, context: Context, subject: Subject, instrument: Instrument) -> None:
        self._context, self._subject, self._form = context, subject, subject.form
        self._instrument = instrument
        self._kinds = {subject.source.id: "document"}
        self._sources = Sources(context, subject.source, self._kinds)
        self._parts = FormParts(context, subject.form, instrument)
        self._properties: dict[str, Value] = {}
        self._places: dict[str, Address] = {}

    def everything(self) -> Iterator[Node | Claim]:
        header = self._instrument.header
        for field in header.fields:
            given = self._form.header.get(field.id)
            if given is not None:
                for made in field.yields:
                    yield from self._yielded(made, given, None, self._header_date)
        asked = (*self._instrument.split_questions(), *self._instrument.questions())
        questions = {(q.field.id, q.ask.id if q.ask else None): q for q in asked}
        for answer in self._form.answers:
            yield from self._of_answer(questions[answer.field, answer.ask], answer)
        title = self._form.header[_TITLE]
        self._properties |= self._in_hand(title)
        yield self._parts.node(self._subject.document, self._properties, title.address, self._places)
        described: dict[str, Value] = {"kind": "document", "not_asked": self._not_asked()}
        if not self._context.ties.coming("OF_DOCUMENT", self._subject.document.id):
            described["description"] = title.text
        if self._subject.source.id not in self._context.source_dates:
            described |= self._header_date
        yield self._parts.node(self._subject.source, described, title.address)
        yield self._parts.structure("OF_DOCUMENT", self._subject.source, self._subject.document, title.address)
        yield self._parts.structure("IN_CASE", self._subject.source, self._subject.case, title.address)
        yield from self._parts.researchers(self._subject.source)
        for row in self._form.claim_rows:
            yield from claims_of_row(self._context, row, self._subject.document, self._sources, {})
            yield from self._parts.quote_bears_on(row, self._subject.source)

    @cached_property
    def _written_by(self) -> list[str]:
        """The initials of who filled the form in, where somebody else's form about the document counts beside it."""
        several = len(counted_forms(self._context, self._subject.document.id, self._form.instrument)) > 1
        return ["by", *researchers_of(self._form)] if several else []

    def _not_asked(self) -> list[str]:
        """The questions with an empty box in each form that counts: "document_extraction_template.title general".

        Of a question that came later nobody knows whether a form had a box for it.
        """
        mine = self._subject.document.id
        kinds = [kind for kind in self._context.instruments if (mine, kind.instrument) in self._context.extractions]
        return [question for kind in kinds for question in self._not_asked_by(kind)]

    def _not_asked_by(self, instrument: Instrument) -> list[str]:
        forms = counted_forms(self._context, self._subject.document.id, instrument.instrument)
        written = {(answer.field, answer.ask, answer.scope) for form in forms for answer in form.answers}
        return [
            f"{instrument.instrument}.{question.name} {scope}"
            for question in instrument.questions()
            if not (question.hidden or question.field.later)
            for scope in question.field.scopes
            if not any(
                (question.field.id, ask, said) in written
                for ask in {question.ask.id if question.ask else None, None}
                for said in {scope, NOT_STATED}
            )
        ]

    def _in_hand(self, title: Cell) -> dict[str, Value]:
        """The document was at hand when its form was filled in; what the registers say of the copy counts, though."""
        status, address = self._context.archived.get(self._subject.document.id, (None, None))
        if status is None:
            return {"archive_status": "obtained"}
        if status != "obtained":
            terms = self._context.schema.terms("archive_status").terms
            shown = terms[status].label if status in terms else status
            message = f"The registers say {shown!r} of this document ({address}), and this form was filled in from it."
            remedy = f"If a copy is there by now, write {terms['obtained'].label!r} in the registers."
            self._context.report(Problem("not_in_hand", title.address, message, remedy, Severity.WARNING))
        return {}

    @cached_property
    def _header_date(self) -> dict[str, Value]:
        """The document's date is also when it was written, as far as the form says."""
        given = self._form.header.get(_DATE)
        return self._context.values.date(given) if given is not None else {}

    def _of_answer(self, question: Question, answer: Answer) -> Iterator[Node | Claim]:
        named = question.answer_kind in _NAMES and any(made.claim for made in question.yields)
        if answer.given is not None and answer.status == "answered":
            for made in question.yields:
                yield from self._yielded(made, answer.given, answer, {})
        if not named or answer.status != "answered":
            yield from self._extract(question, answer)
        else:
            remedy = "Write it beside the answer in words to another part of the question."
            self._parts.beside_no_passage(answer, "An answer of names is not kept as a passage", remedy)

    def _yielded(
        self, made: Yield, given: Cell, answer: Answer | None, dated: Mapping[str, Value]
    ) -> Iterator[Node | Claim]:
        context = self._context
        if made.property is not None:
            definition = context.schema.properties_of_node(self._instrument.about)[made.property]
            self._places[definition.name] = given.address
            is_date = answer is None and definition.name == _DATE
            self._properties |= self._header_date if is_date else context.values.read(definition, given)
        elif made.claim is not None:
            kind = context.schema.claims[made.claim]
            properties: dict[str, Value] = dict(dated) if kind.name == "AUTHORED" else {}
            if kind.asserted:
                properties["scope"] = answer.scope if answer else NOT_STATED
                if answer is not None and answer.place is not None:
                    properties["place"] = answer.place.text
            for end, new in self._named(made, kind, given):
                if new is not None:
                    yield new
                start, stop = self._subject.document, end
                if made.answer == "from":
                    start, stop = stop, start
                for said_by in self._said_by(answer) if kind.asserted else [{}]:
                    yield context.claim(kind, start, stop, {**properties, **said_by}, given.address)

    def _named(self, made: Yield, kind: ClaimKind, given: Cell) -> Iterator[tuple[End, Node | None]]:
        labels = self._context.schema.labels(kind.from_labels if made.answer == "from" else kind.to_labels)
        yield from self._context.look_up_or_new(labels, given, also_new=made.new)

    def _said_by(self, answer: Answer | None) -> list[dict[str, Value]]:
        """The sources of an answer: those it names, else the document; none for a journey answer that names nobody."""
        if answer is None or answer.sources is not None or not self._needs_sources(answer):
            return self._sources.named(answer.sources if answer else None)
        self._report_no_source(answer)
        return [{"claimed_by": "researcher"}]

    def _needs_sources(self, answer: Answer) -> bool:
        return any(
            section.needs_sources and any(field.id == answer.field for field in section.fields)
            for section in self._instrument.sections
        )

    def _report_no_source(self, answer: Answer) -> None:
        message = "The answer names no source."
        remedy = "Name the interviews, observations or documents that it is based on under *Sources*."
        self._context.report(Problem("no_source", answer.address, message, remedy, Severity.WARNING))

    def _extract(self, question: Question, answer: Answer) -> Iterator[Node | Claim]:
        """The answer kept whole."""
        parts, document = self._parts, self._subject.document
        key = [short_id(document.id), *question.name.split("."), answer.scope, *self._written_by]
        properties = parts.answer_properties(question, answer)
        mode = next((made.extract for made in question.yields if made.extract), None)
        if mode is not None and answer.status == "answered":
            properties["mode"] = mode
        yield from parts.extract(key, properties, [document], answer.address)
        yield from parts.coded(key, answer.codes)
        yield from parts.answer_bears_on(key, answer)
        unnamed = answer.sources is None and self._needs_sources(answer)
        for said_by in [] if unnamed else self._sources.named(answer.sources):
            source = End("DataSource", str(said_by["source"]))
            yield parts.structure("FROM", parts.end("Extract", key), source, answer.address)
