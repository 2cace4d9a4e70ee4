"""What every filled-in form becomes, whichever instrument it is of: nodes, structure, passages kept whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from journeys.instruments.answers import Answer, FilledForm, Given
from journeys.instruments.definition import Instrument, Question
from journeys.interpret.context import Context, End
from journeys.interpret.notes import read_notes
from journeys.interpret.values import split_names
from journeys.model.identity import content_hash, folded, node_id
from journeys.model.problems import Address, Problem, Severity
from journeys.model.records import Authority, Claim, Node, Value


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that was kept, by which a quote in *Who did what* is recognised."""

    extract: End
    words: str
    mode: str | None


class FormParts:
    """Makes the nodes and claims of one form. ``passages`` are those it has kept so far."""

    def __init__(self, context: Context, form: FilledForm, instrument: Instrument) -> None:
        self.context, self.form, self.instrument = context, form, instrument
        self.passages: list[Passage] = []

    def node(self, end: End, properties: Mapping[str, Value], address: Address) -> Node:
        """A node as this form describes it."""
        return Node(end.label, end.id, properties, address, Authority.FORM)

    def structure(self, claim_type: str, start: End, end: End, address: Address) -> Claim:
        """A tie that is nobody's word."""
        return self.context.claim(self.context.schema.claims[claim_type], start, end, {}, address)

    def end(self, label: str, key: Sequence[str]) -> End:
        """A node end of the study, by its natural key."""
        return End(label, node_id(self.context.study, self.context.schema.nodes[label], key))

    def names(self, given: Given, labels: Sequence[str]) -> list[End]:
        """Whom or what a cell names."""
        return self.context.look_up(labels, given)

    def extract(
        self, key: Sequence[str], properties: Mapping[str, Value], about: Sequence[End], address: Address
    ) -> Iterator[Node | Claim]:
        """A passage kept whole, about something; empty properties are left out."""
        extract = self.end("Extract", key)
        held = {name: value for name, value in properties.items() if value is not None}
        mode = held.get("mode")
        self.passages.append(Passage(extract, folded(str(held["text"])), str(mode) if mode else None))
        yield self.node(extract, held, address)
        for end in about:
            yield self.structure("ABOUT", extract, end, address)

    def answer_properties(self, question: Question, answer: Answer) -> dict[str, Value]:
        """What is kept of an answer; one without words says which kind of no answer it is."""
        term = self.context.schema.terms("answer_status").terms[answer.status]
        properties: dict[str, Value] = {
            "text": answer.given.text if answer.given else f"[{term.label}]",
            "scope": answer.scope,
            "instrument_field": f"{self.instrument.instrument}.{question.name}",
            "answer_status": answer.status,
        }
        if answer.place is not None:
            properties["locator"] = answer.place.text
        return properties

    def notes(
        self, key: Sequence[str], properties: Mapping[str, Value], given: Given, about: Sequence[End], source: End
    ) -> Iterator[Node | Claim]:
        """Notes: the passage whole, and each of its parts by its marker; one of a single kind is one Extract."""
        notes = read_notes(given.text, self._people)
        for message, remedy in notes.flaws:
            self.context.report(Problem("open_marker", given.address, message, remedy, Severity.WARNING))
        single = len(notes.parts) == 1
        if not single:
            yield from self._kept(key, {**properties, "text": given.text}, about, source, given.address)
        whole = self.end("Extract", key).id
        for part in notes.parts:
            speaker = self._speaker(part.speaker, given) if part.speaker else None
            held: dict[str, Value] = {
                **properties,
                "text": part.text,
                "mode": part.mode,
                **({"speaker": part.speaker} if part.speaker else {}),
                **({"spoken_by": speaker} if speaker else {}),
                **({} if single else {"passage": whole}),
            }
            made_of = content_hash(part.mode, part.speaker or "", part.text)
            yield from self._kept([*key, made_of], held, about, source, given.address)

    def bearing(self, quote: Given, mode: str | None) -> dict[str, Value]:
        """What a quote of *Who did what* owes to the passages of this form that hold its words.

        Words that stand only in square brackets are an interpretation, whatever the row says.
        """
        words = folded(quote.text).strip(' ."\u201c\u201d')
        holding = [passage for passage in self.passages if words and words in passage.words]
        modes = {passage.mode for passage in holding if passage.mode}
        found: dict[str, Value] = {"extract_ids": sorted(p.extract.id for p in holding)} if holding else {}
        if modes == {"interpretive"}:
            if mode not in (None, "interpretive"):
                message = "These words stand in square brackets in the notes: they are an interpretation."
                remedy = "Choose *Interpretive* as the mode; the row is read so."
                self.context.report(Problem("bracketed_quote", quote.address, message, remedy, Severity.WARNING))
            found["mode"] = "interpretive"
        elif len(modes) == 1 and mode is None:
            found["mode"] = modes.pop()
        return found

    def researchers(self, source: End, field: str = "researchers") -> Iterator[Node | Claim]:
        """Who of the team was there, from a field of the header."""
        given = self.form.header.get(field)
        for initials in split_names(given.text) if given else ():
            assert given is not None
            try:
                researcher = self.end("Researcher", [initials])
            except ValueError:
                self.context.problem("bad_value", given, f"{initials!r} are no initials.", "Write letters, like AB.")
                continue
            yield self.node(researcher, {"initials": initials}, given.address)
            yield self.structure("WORKED_ON", researcher, source, given.address)

    def _kept(
        self, key: Sequence[str], properties: Mapping[str, Value], about: Sequence[End], source: End, address: Address
    ) -> Iterator[Node | Claim]:
        yield from self.extract(key, properties, about, address)
        yield self.structure("FROM", self.end("Extract", key), source, address)

    @property
    def _people(self) -> list[str]:
        return self.context.names.written("Actor")

    def _speaker(self, name: str, given: Given) -> str | None:
        """The id of the person a speaker's name stands for; None, with a warning, for nobody the study knows."""
        matches = self.context.names.find(("Actor",), name)
        if len(matches) == 1:
            return matches[0][1]
        if not self.context.names.find(tuple(self.context.schema.nodes), name):
            message = f"{name!r} is quoted as a speaker and is nobody in the registers."
            remedy = "Add the initials there as an alias of the person, or write them as there."
            self.context.report(Problem("unknown_speaker", given.address, message, remedy, Severity.WARNING))
        return None
