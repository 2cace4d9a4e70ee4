"""A filled-in form of a study's own about anything in its registers: an organisation, a group, a piece of evidence.

Like a form about a case study, it is the team's own account: its answers are kept whole as the researchers'
interpretation, its rows are the word of the sources that they name, and it is counted nowhere as a source.
"""

from __future__ import annotations

from collections.abc import Iterator

from journeys.instruments.answers import Answer, FilledForm
from journeys.instruments.definition import Instrument, Question, Yield
from journeys.instruments.files.cells import Cell
from journeys.instruments.subjects import ABOUT, FORM_KIND
from journeys.interpret.claim_rows import Sources
from journeys.interpret.context import Context
from journeys.interpret.form_parts import FormParts
from journeys.interpret.researchers_form import ResearchersForm, Subject, subject_in
from journeys.model.definitions import NOT_STATED
from journeys.model.problems import Address
from journeys.model.records import Claim, Node, Value


def subject_of(context: Context, form: FilledForm) -> Subject | None:
    """What a form is about, and the form made known as a source; None, reported, where its header does not say it."""
    instrument = context.instruments.get(form.instrument)
    return subject_in(context, form, form.header.get(ABOUT), instrument.about, instrument.title)


def interpret(context: Context, subject: Subject) -> Iterator[Node | Claim]:
    """All nodes and claims of one form; whatever cannot be used is reported at its cell."""
    yield from _Interpreter(context, subject, context.instruments.get(subject.form.instrument)).everything()


class _Interpreter:
    def __init__(self, context: Context, subject: Subject, instrument: Instrument) -> None:
        self._context, self._subject, self._form = context, subject, subject.form
        self._instrument = instrument
        self._parts = FormParts(context, subject.form, instrument)
        self._account = ResearchersForm(context, subject.form, self._parts, subject.thing, subject.source)
        self._sources = Sources(context, None, {})
        self._properties: dict[str, Value] = {}
        self._places: dict[str, Address] = {}

    def everything(self) -> Iterator[Node | Claim]:
        thing, source = self._subject.thing, self._subject.source
        address = self._form.header[ABOUT].address
        for field in self._instrument.header.fields:
            if (given := self._form.header.get(field.id)) is not None:
                for made in field.yields:
                    yield from self._yielded(made, given, None)
        questions = [*self._instrument.split_questions(), *self._instrument.questions()]
        asked = {(q.field.id, q.ask.id if q.ask else None): q for q in questions}
        for answer in self._form.answers:
            yield from self._of_answer(asked[answer.field, answer.ask], answer)
        yield self._parts.node(thing, self._properties, address, self._places)
        described: dict[str, Value] = {"kind": FORM_KIND, "description": self._subject.called}
        yield self._parts.node(source, described, address)
        yield from self._parts.researchers(source)
        yield from self._account.rows()

    def _of_answer(self, question: Question, answer: Answer) -> Iterator[Node | Claim]:
        if answer.given is not None and answer.status == "answered":
            for made in question.yields:
                yield from self._yielded(made, answer.given, answer)
        mode = next((made.extract for made in question.yields if made.extract), "interpretive")
        yield from self._account.answer(question, answer, mode)

    def _yielded(self, made: Yield, given: Cell, answer: Answer | None) -> Iterator[Node | Claim]:
        context, thing = self._context, self._subject.thing
        if made.property is not None:
            definition = context.schema.properties_of_node(self._instrument.about)[made.property]
            self._properties |= context.values.read(definition, given)
            self._places[made.property] = given.address
        elif made.claim is not None:
            kind = context.schema.claims[made.claim]
            labels = context.schema.labels(kind.from_labels if made.answer == "from" else kind.to_labels)
            scope: dict[str, Value] = {"scope": answer.scope if answer else NOT_STATED} if kind.asserted else {}
            said = self._sources.named(answer.sources) if kind.asserted and answer and answer.sources else [{}]
            for end, new in context.look_up_or_new(labels, given, also_new=made.new):
                if new is not None:
                    yield new
                ends = (end, thing) if made.answer == "from" else (thing, end)
                for source in said:
                    yield self._account.own_claim(context.claim(kind, *ends, {**scope, **source}, given.address))
