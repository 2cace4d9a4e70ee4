"""What forms have in common that hold the team's own account of something: a case study, or anything in the registers.

Such an account is kept whole, as the researchers' interpretation, and never counted as a source. What a row says
according to an interview, observation or document is that source's word.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from journeys.instruments.answers import Answer, FilledForm
from journeys.instruments.definition import Question
from journeys.instruments.files.cells import Cell
from journeys.interpret.claim_rows import Sources, claims_of_row
from journeys.interpret.context import Context, End
from journeys.interpret.form_parts import FormParts
from journeys.interpret.property_values import split_names
from journeys.model.definitions import NOT_STATED
from journeys.model.identity import node_id, short_id
from journeys.model.records import Claim, Node, Value


@dataclass(frozen=True, slots=True)
class Subject:
    """What a form is about, and the form itself as a source; ``called`` is the name of that source."""

    form: FilledForm
    thing: End
    source: End
    called: str


def subject_in(context: Context, form: FilledForm, given: Cell | None, label: str, title: str) -> Subject | None:
    """What a form of this title is about, as a cell of its header names it; the form is made known as a source.

    None, reported, where the cell names nothing of the label, or several, or where another file of the same form is
    about it.
    """
    if given is None:
        return None
    found = context.look_up((label,), given)
    if len(found) != 1:
        if found:
            noun = context.schema.nodes[label].noun
            context.problem("bad_value", given, f"One form is about one {noun}.", "Write a form for each.")
        return None
    key = [short_id(found[0].id), form.instrument]
    source = End("DataSource", node_id(context.study, context.schema.nodes["DataSource"], key))
    name = context.names.shown(found[0].id)
    other = context.sheets.setdefault(source.id, form.file)
    if other != form.file:
        form_of = title[:1].lower() + title[1:] if title[1:2].islower() else title
        message = f"{other} is already the {form_of} of {name}; this one was not read."
        remedy = (
            "Keep one of the two: move what only one of them says into the other, and move the copy or older version "
            "out of the study folder."
        )
        context.problem("same_form", given, message, remedy)
        return None
    called = f"{title}: {name}"
    context.names.add("DataSource", source.id, [called])
    return Subject(form, found[0], source, called)


@dataclass(frozen=True, slots=True)
class ResearchersForm:
    """One form about a ``thing``; ``source`` is the form itself, listed as a source."""

    context: Context
    form: FilledForm
    parts: FormParts
    thing: End
    source: End

    def answer(self, question: Question, answer: Answer, mode: str = "interpretive") -> Iterator[Node | Claim]:
        """The answer kept whole, from the form and from the sources that it names."""
        parts = self.parts
        key = [short_id(self.source.id), *question.name.split("."), answer.scope]
        properties = parts.answer_properties(question, answer)
        if answer.scope == NOT_STATED:
            properties["scope"] = question.field.scope
        if answer.status == "answered":
            properties["mode"] = mode
        yield from parts.kept(key, properties, [self.thing], self.source, answer.address)
        yield from parts.coded(key, answer.codes)
        yield from parts.answer_bears_on(key, answer)
        for source in self.context.look_up(("DataSource",), answer.sources) if answer.sources else ():
            yield parts.structure("FROM", parts.end("Extract", key), source, answer.address)

    def rows(self) -> Iterator[Node | Claim]:
        """The nodes and claims of *Who did what*."""
        shared: dict[str, Value] = {}
        if researchers := self.form.header.get("researchers"):
            shared["recorded_by"] = "; ".join(split_names(researchers.text))
        sources = Sources(self.context, None, {})
        for row in self.form.claim_rows:
            found = claims_of_row(self.context, row, self.thing, sources, shared, bearing=self.parts.bearing)
            yield from (self.own_claim(made) if isinstance(made, Claim) else made for made in found)
            yield from self.parts.quote_bears_on(row, self.source)

    def own_claim(self, claim: Claim) -> Claim:
        """A claim as the researchers', unless a source says it."""
        kind = self.context.schema.claims[claim.type]
        if not kind.asserted or "source" in claim.properties:
            return claim
        own = {"mode": "interpretive", **claim.properties, "claimed_by": "researcher"}
        return self.context.restated(claim, own)
