"""The journeys and phases that a narrative form tells step by step: each row a step, and what somebody did in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from journeys.instruments.answers import FilledRow
from journeys.instruments.files.cells import Cell
from journeys.interpret.claim_rows import Sources, claims_of_row
from journeys.interpret.context import Context, End
from journeys.interpret.form_parts import FormParts
from journeys.model.definitions import ClaimKind
from journeys.model.identity import content_hash, short_id
from journeys.model.problems import Problem, Severity
from journeys.model.records import Claim, Node, Value

_SAME_IN_CLAIMS = {
    "when": "when", "purpose": "aspect_or_purpose", "according_to": "source", "place": "place", "quote": "quote",
    "mode": "mode", "confidence": "confidence", "did_what": "did_what",
}  # fmt: skip
"""The columns of the journey table, and those of *Who did what* that hold the same."""


@dataclass(slots=True)
class _Told:
    """A journey as far as it was told: its subject, its node, its last step, and how many steps it has."""

    subject: End
    journey: End
    last: End | None = None
    steps: int = 0


class CaseJourneys:
    """The steps of one form; ``own_claim`` makes a claim that no source states the researchers' own."""

    def __init__(
        self, context: Context, parts: FormParts, case: End, source: End, own_claim: Callable[[Claim], Claim]
    ) -> None:
        self._context, self._parts, self._case, self._source = context, parts, case, source
        self._own_claim = own_claim
        self._key = short_id(source.id)
        self._told: dict[str, _Told] = {}

    def phases(self, rows: Sequence[FilledRow]) -> Iterator[Node | Claim]:
        """The phases of the work: steps of the case study itself."""
        last: End | None = None
        order = 0
        for row in rows:
            if not row.values:
                continue
            given = row.values.get("phase")
            if given is None:
                message, remedy = "The row does not say what happened.", "Write it under *Phase*, or clear the row."
                self._context.report(Problem("missing_value", row.address, message, remedy))
                continue
            order += 1
            step = self._parts.end("Step", [self._key, "phases", content_hash(*_words(row))])
            properties: dict[str, Value] = {"title": given.text, "order_hint": order}
            if "when" in row.values:
                properties |= self._context.values.date(row.values["when"])
            before = self._context.values.yes_or_no(row.values["before"]) if "before" in row.values else None
            if before is not None:
                properties["before_data_collection"] = before
            yield self._parts.node(step, properties, given.address)
            yield self._parts.structure("STEP_OF", step, self._case, row.address)
            if last is not None and last != step:
                yield self._parts.structure("NEXT_STEP", last, step, row.address)
            last = step
            when = [row.values["when"].text] if "when" in row.values else []
            when += {True: ["before data collection"], False: ["during data collection"], None: []}[before]
            yield from self._kept("phases", row, given, [self._case], place=", ".join(when))

    def steps(self, rows: Sequence[FilledRow]) -> Iterator[Node | Claim]:
        """The steps of journeys of documents and evidence, in the order of the rows."""
        about: Cell | None = None
        for row in rows:
            about = row.values.get("about", about)
            if not set(row.values) - {"about"}:
                continue
            if about is None:
                message = "The row does not say which evidence or document it is about."
                remedy = "Write its name or number as in the registers."
                self._context.report(Problem("missing_value", row.address, message, remedy))
                continue
            for subject in self._context.look_up(("Document", "Evidence"), about):
                yield from self._step(row, subject, about)

    def _step(self, row: FilledRow, subject: End, about: Cell) -> Iterator[Node | Claim]:
        told = self._told.get(subject.id)
        if told is None:
            journey = self._parts.end("Journey", [self._key, short_id(subject.id)])
            told = self._told[subject.id] = _Told(subject, journey)
            title: dict[str, Value] = {"title": f"Journey of {self._context.names.shown(subject.id)}"}
            yield self._parts.node(journey, title, about.address)
            yield self._parts.structure("JOURNEY_OF", journey, subject, about.address)
            yield self._parts.structure("IN_CASE", journey, self._case, about.address)
        told.steps += 1
        claims: list[Claim] = []
        places = self._places(row)
        if "did_what" in row.values:
            for made in self._claims(row, subject, places):
                if isinstance(made, Claim):
                    claims.append(made)
                yield made
        step = self._parts.end("Step", [self._key, short_id(subject.id), content_hash(*_words(row))])
        properties: dict[str, Value] = {"title": self._title(row, claims), "order_hint": told.steps}
        if stage := self._stage(row, claims):
            properties["stage"] = stage
        if "when" in row.values:
            properties |= self._context.values.date(row.values["when"])
        if claims:
            properties["assertion_ids"] = [claim.id for claim in claims]
        told_in = row.values.get("happened")  # its words are what the page of the form shows of the row
        yield self._parts.node(step, properties, told_in.address if told_in else row.address)
        yield self._parts.structure("STEP_OF", step, told.journey, row.address)
        for place in places:
            yield self._parts.structure("AT", step, place, row.values["where"].address)
        if told.last is not None and told.last != step:
            yield self._parts.structure("NEXT_STEP", told.last, step, row.address)
        told.last = step
        if (given := row.values.get("happened")) is not None:
            yield from self._kept("journey_steps", row, given, [self._case, subject])
        if "quote" in row.values and not claims:
            yield from self._quoted(row, subject)

    def _stage(self, row: FilledRow, claims: Sequence[Claim]) -> str | None:
        """The stage that the row names; else that of what somebody did in it."""
        if "stage" in row.values:
            return self._context.values.term("stage", row.values["stage"])
        return self._context.schema.claims[claims[0].type].stage if claims else None

    def _places(self, row: FilledRow) -> list[End]:
        return self._context.look_up(("Meeting", "Arena"), row.values["where"]) if "where" in row.values else []

    def _title(self, row: FilledRow, claims: Sequence[Claim]) -> str:
        if "happened" in row.values:
            return row.values["happened"].text
        if claims:
            first, names = claims[0], self._context.names
            phrase = self._context.schema.claims[first.type].phrase
            return f"{names.shown(first.from_id)} {phrase} {names.shown(first.to_id)}"
        return (
            "; ".join(row.values[name].text for name in ("who", "purpose", "quote") if name in row.values) or "[step]"
        )

    # -- what somebody did

    def _claims(self, row: FilledRow, subject: End, places: Sequence[End]) -> Iterator[Node | Claim]:
        """The claims of a step: what is told is one end, and who or where the other."""
        values = {there: row.values[here] for here, there in _SAME_IN_CLAIMS.items() if here in row.values}
        shown = Cell(short_id(subject.id), row.values["did_what"].address)
        kind = self._context.schema.claim_kind(row.values["did_what"].text)
        who, where = row.values.get("who"), row.values.get("where")
        if kind is not None and self._is_start(kind, subject, who):
            values["who"] = shown
            if who is not None:
                values["to_what"] = who
        else:
            values["to_what"] = shown
            if who is not None:
                values["who"] = who
        meetings = [place for place in places if place.label == "Meeting"]
        if where is not None and len(meetings) == len(places) == 1:
            values["at_meeting"] = where
        elif where is not None and "to_what" not in values:
            values["to_what"] = where
        sources = Sources(self._context, None, {})
        shared: Mapping[str, Value] = {}
        made = claims_of_row(self._context, FilledRow(values, row.address), None, sources, shared)
        for each in made:
            yield self._own_claim(each) if isinstance(each, Claim) else each

    @staticmethod
    def _is_start(kind: ClaimKind, subject: End, who: Cell | None) -> bool:
        """Whether what is told is what a verb begins with ("was tabled at"), not what somebody did something to."""
        can_start = subject.label in kind.from_labels
        can_end = subject.label in kind.to_labels
        return can_start and (who is None or not can_end)

    # -- what is kept in full

    def _kept(
        self, table: str, row: FilledRow, given: Cell, about: Sequence[End], place: str = ""
    ) -> Iterator[Node | Claim]:
        """The words of a row, as the researchers'; those of a phase from the source that it names, too."""
        key = [self._key, table, content_hash(*(short_id(end.id) for end in about), *_words(row))]
        properties: dict[str, Value] = {
            "text": given.text,
            "mode": "interpretive",
            "instrument_field": f"{self._parts.instrument.instrument}.{table}",
        }
        if place:
            properties["locator"] = place
        yield from self._parts.kept(key, properties, about, self._source, given.address)
        if table == "phases" and (named := row.values.get("according_to")) is not None:
            for source in self._context.look_up(("DataSource",), named):
                yield self._parts.structure("FROM", self._parts.end("Extract", key), source, named.address)

    def _quoted(self, row: FilledRow, subject: End) -> Iterator[Node | Claim]:
        """A quotation of a row that is no claim: a passage from the source that the row names."""
        given = row.values["quote"]
        named = row.values.get("according_to")
        sources = self._context.look_up(("DataSource",), named) if named else []
        mode = self._context.values.term("mode", row.values["mode"]) if "mode" in row.values else "verbatim"
        key = [self._key, "journey_steps", "quote", content_hash(short_id(subject.id), *_words(row))]
        properties: dict[str, Value] = {
            "text": given.text,
            "instrument_field": f"{self._parts.instrument.instrument}.journey_steps",
        }
        if mode is not None:
            properties["mode"] = mode
        if "place" in row.values:
            properties["locator"] = row.values["place"].text
        yield from self._parts.extract(key, properties, [subject], given.address)
        for source in sources or [self._source]:
            yield self._parts.structure("FROM", self._parts.end("Extract", key), source, given.address)
        if not sources:
            message = "The quotation names no source."
            remedy = "Write the interview, observation or document that it is from under *According to*."
            self._context.report(Problem("no_source", given.address, message, remedy, Severity.WARNING))


def _words(row: FilledRow) -> list[str]:
    """What a row says, column by column: the row keeps its place in the graph wherever it stands in the table."""
    return [f"{name}={row.values[name].text}" for name in sorted(row.values)]
