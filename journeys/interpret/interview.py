"""Turn a filled-in interview sheet into its source, its passages, and the claims of the interviewee."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from journeys.instruments.answers import FilledForm, FilledRow
from journeys.interpret.claim_rows import RESEARCHERS_OWN, Sources, claims_of_row
from journeys.interpret.codes_in_use import passage_key
from journeys.interpret.context import Context, End
from journeys.interpret.form_parts import FormParts
from journeys.interpret.property_values import split_names
from journeys.interpret.registered_dates import say_difference
from journeys.model.identity import folded, node_id, short_id
from journeys.model.problems import Address, Problem
from journeys.model.records import Claim, Node, Value

_INTERVIEWER = {"i", "int", "int.", "interviewer", "researcher"}


@dataclass(frozen=True, slots=True)
class Subject:
    """The interview as a source; ``registered`` says whether the registers list it."""

    form: FilledForm
    source: End
    registered: bool


def subject_of(context: Context, form: FilledForm) -> Subject | None:
    """The interview of a sheet, made known; None, reported, for a header that does not say which it is."""
    given = form.header.get("source")
    if given is None:
        return None
    if context.names.find(("DataSource",), given.text):
        found = context.look_up(("DataSource",), given)
        return Subject(form, found[0], True) if len(found) == 1 and _is_with(context, form, found[0]) else None
    try:
        end = End("DataSource", node_id(context.study, context.schema.nodes["DataSource"], [given.text]))
    except ValueError:
        context.problem("bad_value", given, f"{given.text!r} is not an id.", "Write one like int-SS.")
        return None
    interviewee = form.header.get("interviewee")
    context.names.add("DataSource", end.id, [f"Interview with {interviewee.text}" if interviewee else given.text])
    return Subject(form, end, False)


def _is_with(context: Context, form: FilledForm, source: End) -> bool:
    """Whether the registers do not say that an interview was with somebody else; reported if they do."""
    with_whom, given = context.ties.leading("WITH_ACTOR", source.id), form.header.get("interviewee")
    names = split_names(given.text) if given else []
    named = {identity for name in names for _, identity in context.names.find(("Actor",), name)}
    if given is None or not with_whom or not named or named & set(with_whom):
        return True
    short, there = short_id(source.id), " and ".join(context.names.shown(each) for each in with_whom)
    message = f"The registers say that {short} was held with {there}; this sheet says {given.text}."
    context.problem("other_interviewee", given, message, "Correct one of the two, or name a different interview above.")
    return False


def interpret(context: Context, subject: Subject) -> Iterator[Node | Claim]:
    """All nodes and claims of one sheet; whatever cannot be used is reported at its cell."""
    yield from _Interpreter(context, subject).everything()


class _Interpreter:
    def __init__(self, context: Context, subject: Subject) -> None:
        self._context, self._form, self._source = context, subject.form, subject.source
        self._registered = subject.registered
        self._instrument = context.instruments.get(subject.form.instrument)
        self._parts = FormParts(context, subject.form, self._instrument)
        given = subject.form.header.get("interviewee")
        self._interviewees = context.look_up(("Actor",), given) if given else []

    def everything(self) -> Iterator[Node | Claim]:
        header, parts = self._form.header, self._parts
        address = header["source"].address
        definitions = self._context.schema.properties_of_node("DataSource")
        properties: dict[str, Value] = {"kind": "interview"}
        places: dict[str, Address] = {}
        if not self._registered:
            properties["description"] = self._context.names.shown(self._source.id)
        for field in self._instrument.header.fields:
            for made in field.yields:
                if made.property is not None and field.id in header and not (field.id == "date" and self._dated()):
                    properties |= self._context.values.read(definitions[made.property], header[field.id])
                    places[made.property] = header[field.id].address
        yield parts.node(self._source, properties, address, places)
        for actor in self._interviewees:
            yield parts.structure("WITH_ACTOR", self._source, actor, address)
        for case in self._context.look_up(("CaseStudy",), header["case_study"]) if "case_study" in header else ():
            yield parts.structure("IN_CASE", self._source, case, address)
        yield from parts.researchers(self._source)
        for row in self._form.tables.get("passages", ()):
            yield from self._passage(row)
        yield from self._claims()

    def _dated(self) -> bool:
        """Whether the registers say when the interview was; a date of the sheet that differs is reported."""
        registered, given = self._context.source_dates.get(self._source.id), self._form.header["date"]
        when = self._context.values.span(given)
        if when is None:
            return True
        say_difference(self._context, registered, given, when, "interview")
        return registered is not None

    def _passage(self, row: FilledRow) -> Iterator[Node | Claim]:
        context, values, given = self._context, row.values, row.values.get("passage")
        if given is None:
            message, remedy = "The row has no passage.", "Write what was said, or clear the row."
            context.report(Problem("missing_value", row.address, message, remedy))
            return
        mode = context.values.term("mode", values["mode"]) if "mode" in values else "verbatim"
        properties: dict[str, Value] = {"text": given.text, "instrument_field": "interview_sheet.passages"}
        if mode is not None:
            properties["mode"] = mode
        if "place" in values:
            properties["locator"] = values["place"].text
        if "scope" in values and (scope := context.values.term("scope", values["scope"])):
            properties["scope"] = scope
        if mode not in RESEARCHERS_OWN:
            properties |= self._speaker(row)
        about = context.look_up(self._offered("about"), values["about"]) if "about" in values else []
        place = values["place"].text if "place" in values else None
        key = passage_key(short_id(self._source.id), place, given.text)
        yield from self._parts.kept(key, properties, about, self._source, given.address)
        yield from self._parts.coded(key, values.get("codes"))
        yield from self._parts.bears_on(key, values)
        if mode not in RESEARCHERS_OWN:
            yield from self._parts.bracketed(key, properties, given, about, self._source)

    def _offered(self, column: str) -> tuple[str, ...]:
        """The kinds of things that a column of the passages takes."""
        columns = (c for section in self._instrument.tables if section.id == "passages" for c in section.columns)
        return next(each.offers for each in columns if each.id == column)

    def _speaker(self, row: FilledRow) -> dict[str, Value]:
        given = row.values.get("speaker")
        if given is not None and folded(given.text) in _INTERVIEWER:
            return {"speaker": "Interviewer"}
        speakers = self._context.look_up(("Actor",), given) if given else self._interviewees
        if len(speakers) != 1:
            return {"speaker": given.text} if given else {}
        return {"speaker": self._context.names.shown(speakers[0].id), "spoken_by": speakers[0].id}

    def _claims(self) -> Iterator[Node | Claim]:
        sources = Sources(self._context, self._source, {self._source.id: "interview"})
        shared: dict[str, Value] = {}
        if "researchers" in self._form.header:
            shared["recorded_by"] = self._form.header["researchers"].text
        for row in self._form.claim_rows:
            for made in claims_of_row(self._context, row, None, sources, shared, bearing=self._parts.bearing):
                yield self._in_their_words(made) if isinstance(made, Claim) else made
            yield from self._parts.quote_bears_on(row, self._source)

    def _in_their_words(self, claim: Claim) -> Claim:
        """The claim as the interviewee's, unless another source says it, or only the researcher."""
        of_this = claim.properties.get("source") == self._source.id and "claimed_by" not in claim.properties
        one = self._interviewees[0].id if len(self._interviewees) == 1 else None
        return self._context.said_by(claim, one if of_this else None)
