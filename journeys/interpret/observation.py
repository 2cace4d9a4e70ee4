"""A filled-in observation sheet becomes its meeting, its source, who was there, extracts, findings and claims."""

from __future__ import annotations

from collections.abc import Iterator

from journeys.instruments.answers import FilledRow
from journeys.instruments.definition import TableColumn
from journeys.interpret.claim_rows import Sources, claims_of_row
from journeys.interpret.context import Context, End
from journeys.interpret.form_parts import FormParts
from journeys.interpret.observation_subject import Subject
from journeys.model.identity import content_hash, short_id
from journeys.model.problems import Address, Problem, Severity
from journeys.model.records import Claim, Node, Value

_FINDING_KINDS = {
    "common_themes": "theme",
    "persisting_gaps": "gap",
    "confusions": "confusion",
    "follow_up": "follow_up",
    "issues_taken_outside": "follow_up",
}


def interpret(context: Context, subject: Subject) -> Iterator[Node | Claim]:
    """All nodes and claims of one sheet; whatever cannot be used is reported at its cell."""
    yield from _Interpreter(context, subject).everything()


class _Interpreter:
    def __init__(self, context: Context, subject: Subject) -> None:
        self._context, self._subject, self._form = context, subject, subject.form
        self._instrument = context.instruments.get(subject.form.instrument)
        self._parts = FormParts(context, subject.form, self._instrument)
        self._key = short_id(subject.source.id)
        self._said: dict[str, Value] = {"source": subject.source.id, "source_kind": "observation"}
        if "researchers" in subject.form.header:
            self._said["recorded_by"] = subject.form.header["researchers"].text

    def everything(self) -> Iterator[Node | Claim]:
        yield from self._meeting()
        yield from self._source()
        for row in self._form.tables.get("people_present", ()):
            yield from self._present(row)
        questions = {q.name: q for q in self._instrument.questions()}
        meeting, source = self._subject.meeting, self._subject.source
        for answer in self._form.answers:
            question = questions[answer.field]
            key = [self._key, answer.field, answer.scope]
            properties = self._parts.answer_properties(question, answer)
            if answer.given is not None:
                yield from self._parts.notes(key, properties, answer.given, [meeting], source)
            else:
                yield from self._parts.extract(key, properties, [meeting], answer.address)
                yield self._parts.structure("FROM", self._parts.end("Extract", key), source, answer.address)
            yield from self._parts.coded(key, answer.codes)
            yield from self._parts.answer_bears_on(key, answer)
        for row in self._form.tables.get("notes", ()):
            yield from self._note(row)
        for row in self._form.tables.get("reflection", ()):
            yield from self._reflection(row)
        yield from self._claims()

    def _meeting(self) -> Iterator[Node | Claim]:
        context, meeting, header = self._context, self._subject.meeting, self._form.header
        definitions = context.schema.properties_of_node("Meeting")
        properties: dict[str, Value] = {"observed": True}
        places: dict[str, Address] = {}
        for field in self._instrument.header.fields:
            for made in field.yields:
                if made.property is None or field.id not in header or (field.id == "date" and self._subject.dated):
                    continue
                properties |= context.values.read(definitions[made.property], header[field.id])
                places[made.property] = header[field.id].address
        address = header["meeting_group_name"].address
        if not self._subject.registered:
            properties["title"] = context.names.shown(meeting.id)
            for arena in context.ties.leading("OF_ARENA", meeting.id):
                yield self._parts.structure("OF_ARENA", meeting, End("Arena", arena), address)
        yield self._parts.node(meeting, properties, address, places)
        yield self._parts.structure("IN_CASE", meeting, self._subject.case, header["case_study"].address)

    def _source(self) -> Iterator[Node | Claim]:
        source, address = self._subject.source, self._form.header["meeting_group_name"].address
        properties: dict[str, Value] = {"kind": "observation"}
        if effects := list(self._observer_effects()):
            properties["observer_effect_note"] = "\n".join(effects)
        if not self._context.ties.coming("OF_MEETING", self._subject.meeting.id):
            properties["description"] = self._context.names.shown(source.id)
            properties |= self._context.values.date(self._form.header["date"])
        yield self._parts.node(source, properties, address)
        yield self._parts.structure("OF_MEETING", source, self._subject.meeting, address)
        yield self._parts.structure("IN_CASE", source, self._subject.case, address)
        yield from self._parts.researchers(source)

    def _observer_effects(self) -> Iterator[str]:
        """What the sheet says of the observer's influence; such an entry is about the observation and nothing else."""
        for row in self._form.tables.get("reflection", ()):
            if "prompt" in row.values and self._prompt(row) == "observer_effect":
                yield from (row.values[column].text for column in ("entry", "plan") if column in row.values)
                if "about" in row.values:
                    given = row.values["about"]
                    message = f"{given.text!r} was not read: this point is about the observation as a whole."
                    remedy = "Say in the entry who it concerns."
                    problem = Problem("ignored_cell", given.address, message, remedy, Severity.WARNING)
                    self._context.report(problem)

    def _present(self, row: FilledRow) -> Iterator[Node | Claim]:
        context = self._context
        person = row.values.get("person")
        if person is None:
            message, remedy = "The row does not name anybody.", "Name the person, or clear the row."
            context.report(Problem("missing_value", row.address, message, remedy))
            return
        attended = {**self._said, **self._texts(row, {"role_remit": "role", "participation": "participation"})}
        bodies = context.look_up(("Organisation",), row.values["represents"]) if "represents" in row.values else []
        for actor in context.look_up(("Actor",), person):
            self._parts.present.add(actor.id)
            kind = context.schema.claims["ATTENDED"]
            yield context.claim(kind, actor, self._subject.meeting, attended, row.address)
            for body in bodies:
                represented: dict[str, Value] = {**self._said, "at_meeting": self._subject.meeting.id}
                yield context.claim(context.schema.claims["REPRESENTED"], actor, body, represented, row.address)

    @staticmethod
    def _texts(row: FilledRow, wanted: dict[str, str]) -> dict[str, Value]:
        return {name: row.values[column].text for column, name in wanted.items() if column in row.values}

    def _note(self, row: FilledRow) -> Iterator[Node | Claim]:
        given = row.values.get("note")
        if given is None:
            self._empty(row, "note")
            return
        properties: dict[str, Value] = {"instrument_field": "observation_guide.notes"}
        if "time" in row.values:
            properties["locator"] = row.values["time"].text
        if "scope" in row.values and (scope := self._context.values.term("scope", row.values["scope"])):
            properties["scope"] = scope
        key = [self._key, "notes", content_hash(str(properties.get("locator", "")), given.text)]
        yield from self._parts.notes(key, properties, given, [self._subject.meeting], self._subject.source)
        yield from self._parts.coded(key, row.values.get("codes"))
        yield from self._parts.bears_on(key, row.values)

    def _reflection(self, row: FilledRow) -> Iterator[Node | Claim]:
        context, entry = self._context, row.values.get("entry")
        if "prompt" not in row.values:
            self._empty(row, "point")
            return
        prompt = self._prompt(row)
        if prompt is None:
            given, column = row.values["prompt"], self._column("reflection", "prompt")
            offered = "; ".join(choice.text for choice in column.choices)
            context.problem("unknown_term", given, f"{given.text!r} is not a point of the form.", f"One of: {offered}.")
            return
        if prompt == "observer_effect":
            return
        if entry is None:
            self._empty(row, "entry")
            return
        about = (
            context.look_up(self._column("reflection", "about").offers, row.values["about"])
            if "about" in row.values
            else []
        )
        if prompt == "issues_taken_outside":
            action = context.new_node("Action", entry.text, entry.address)
            if action is None:
                return
            yield self._parts.node(End("Action", action.id), {**action.properties, "kind": "task"}, entry.address)
            own: dict[str, Value] = {"mode": "researcher_comment", "claimed_by": "researcher"}
            arises = {**self._said, **own, "status": "to_follow_up"}
            kind = context.schema.claims["ARISES_FROM"]
            yield context.claim(kind, End("Action", action.id), self._subject.meeting, arises, entry.address)
            about = [*about, End("Action", action.id)]
        finding = self._parts.end("Finding", [self._key, prompt, content_hash(entry.text)])
        kind_of = _FINDING_KINDS[prompt]
        properties: dict[str, Value] = {"text": entry.text, "kind": kind_of, "status": "open"}
        yield self._parts.node(finding, {**properties, **self._texts(row, {"plan": "plan"})}, entry.address)
        yield self._parts.structure("IN_CASE", finding, self._subject.case, entry.address)
        for end in about or [self._subject.meeting]:
            yield self._parts.structure("ABOUT", finding, end, entry.address)

    def _prompt(self, row: FilledRow) -> str | None:
        choice = self._column("reflection", "prompt").choice(row.values["prompt"].text)
        return choice.id if choice else None

    def _column(self, section: str, name: str) -> TableColumn:
        found = (c for s in self._instrument.tables if s.id == section for c in s.columns if c.id == name)
        return next(found)

    def _empty(self, row: FilledRow, column: str) -> None:
        message, remedy = f"The row has no {column}.", "Fill it in, or clear the row."
        self._context.report(Problem("missing_value", row.address, message, remedy))

    def _claims(self) -> Iterator[Node | Claim]:
        meeting, source = self._subject.meeting, self._subject.source
        sources = Sources(self._context, source, {source.id: "observation"})
        shared = {name: value for name, value in self._said.items() if name == "recorded_by"}
        for row in self._form.claim_rows:
            yield from claims_of_row(
                self._context, row, meeting, sources, shared, here=meeting, bearing=self._parts.bearing
            )
            yield from self._parts.quote_bears_on(row, source)
