"""What is wrong with an instrument that no single entry shows: names used twice, yields that the graph does not know,
parts that no interpreter would read.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from journeys.instruments.definition import Instrument, Section, Yield
from journeys.instruments.subjects import subject_for, subject_labels
from journeys.model.schema import Schema
from journeys.model.yaml_with_lines import Location

_NO_NODE_KIND = "there is no node kind {!r}."
_NO_STATED_KIND = "{!r} is not a claim kind that can be used in a form."


def flaws(instrument: Instrument, schema: Schema) -> Iterator[tuple[Location, str]]:
    """Each flaw of an instrument, with its place in the definition."""
    yield from chain(_contradictions(instrument, schema), _uninterpretable(instrument))


def _contradictions(instrument: Instrument, schema: Schema) -> Iterator[tuple[Location, str]]:
    """Yield contradictions between entries: names used twice, and yields that the schema does not have."""
    if subject_for(instrument.about) is None:
        known = ", ".join(subject_labels())
        yield ("about",), f"a form about {instrument.about} cannot be interpreted. Write one of {known}."
        return
    seen: set[str] = set()
    for part_number, part in enumerate(instrument.guidance):
        for number, item in enumerate(part.items):
            for kind in item.rows:
                if kind not in schema.claims or not schema.claims[kind].asserted:
                    yield ("guidance", part_number, "items", number, "rows"), _NO_STATED_KIND.format(kind)
    for section_number, section in enumerate(instrument.sections):
        yield from _table_contradictions(section, section_number, schema)
        for number, field in enumerate(section.fields):
            here: Location = ("sections", section_number, "fields", number)
            asks = [(ask, (*here, "asks", place)) for place, ask in enumerate(field.asks)]
            for name, where in [(field.id, here), *((f"{field.id}.{ask.id}", place) for ask, place in asks)]:
                if name in seen:
                    yield (*where, "id"), f"{name!r} appears twice."
                seen.add(name)
            if field.asks and field.yields:
                yield (
                    (*here, "yields"),
                    "a field with asks cannot yield anything itself; write `yields` under one of its asks.",
                )
            yield from ((here, _NO_NODE_KIND.format(label)) for label in field.offers if label not in schema.nodes)
            for kind in field.rows:
                if kind not in schema.claims or not schema.claims[kind].asserted:
                    yield (*here, "rows"), _NO_STATED_KIND.format(kind)
            yields = [(field.yields, here), *((ask.yields, where) for ask, where in asks)]
            for all_made, where in yields:
                for place, made in enumerate(all_made):
                    if message := _cannot_yield(made, instrument.about, schema):
                        yield (*where, "yields", place), message


def _table_contradictions(section: Section, number: int, schema: Schema) -> Iterator[tuple[Location, str]]:
    here: Location = ("sections", number)
    if bool(section.fields) == bool(section.columns):
        yield here, "a section must have either fields or columns, not both."
    if section.main is not None and section.main not in [column.id for column in section.columns]:
        yield (*here, "main"), f"there is no column {section.main!r}."
    for place, column in enumerate(section.columns):
        where = (*here, "columns", place)
        if column.vocabulary is not None and column.vocabulary not in schema.vocabularies:
            yield where, f"there is no vocabulary {column.vocabulary!r}."
        yield from ((where, _NO_NODE_KIND.format(label)) for label in column.offers if label not in schema.nodes)


def _uninterpretable(instrument: Instrument) -> Iterator[tuple[Location, str]]:
    """Yield the parts of an instrument that no interpreter reads: the place in its file, and what is wrong."""
    subject = subject_for(instrument.about)
    if subject is None:
        return
    present = {field.id for field in instrument.header.fields}
    for name in subject.header:
        if name not in present:
            yield ("sections", 0), f"the header of a form about {instrument.about} needs a field {name!r}."
    for number, section in enumerate(instrument.sections[1:], start=1):
        here: Location = ("sections", number)
        if section.columns and section.id not in subject.tables:
            known = ", ".join(subject.tables) or "none"
            yield here, f"a table {section.id!r} of a form about {instrument.about} is not read. Tables: {known}."
        if section.fields and not subject.questions:
            yield here, f"a form about {instrument.about} has no questions after its header; they would not be read."
        for place, field in enumerate(section.fields):
            if field.asks and not subject.asks:
                where: Location = (*here, "fields", place, "asks")
                yield where, f"questions inside a box are not read in a form about {instrument.about}."


def _cannot_yield(made: Yield, about: str, schema: Schema) -> str | None:
    claim = None if made.action else made.claim
    parts = (made.property, claim, made.extract, made.finding, made.action, made.quotes or made.confidence or None)
    if sum(part is not None for part in parts) != 1:
        return "write exactly one of property, claim, extract, finding, action, quotes and confidence."
    if made.property is not None and made.property not in schema.properties_of_node(about):
        return f"{about} has no property {made.property!r}."
    if made.extract is not None and made.extract not in schema.terms("mode").terms:
        return f"{made.extract!r} is not a mode."
    for vocabulary, term in (("finding_kind", made.finding), ("action_kind", made.action)):
        if term is not None and term not in schema.terms(vocabulary).terms:
            return f"{term!r} is not a term of {vocabulary}."
    if made.claim is None:
        return None
    kind = schema.claims.get(made.claim)
    if kind is None or made.answer is None:
        return f"{made.claim} is not a claim kind, or `answer: from` or `answer: to` is missing."
    answers, subjects = kind.from_labels, kind.to_labels
    if made.answer == "to":
        answers, subjects = subjects, answers
    if about not in schema.labels(subjects):
        return f"{about} cannot be the other end of {made.claim}."
    if made.new is not None and made.new not in schema.labels(answers):
        return f"{made.claim} does not take a new {made.new}."
    return None
