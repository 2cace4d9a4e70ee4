"""Nodes, structure and passages that every filled-in form yields, whatever its instrument."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from journeys.instruments.answers import Answer, FilledForm, FilledRow
from journeys.instruments.definition import Instrument, Question
from journeys.instruments.files.cells import Cell
from journeys.instruments.researchers import RESEARCHERS, initials_in, researchers_of
from journeys.interpret.bearings import BEARS_ON, SURE, bearings
from journeys.interpret.code_ties import code_passage
from journeys.interpret.codes_in_use import passage_key
from journeys.interpret.context import Context, End
from journeys.interpret.note_marks import Flaw, segments
from journeys.interpret.notes import read_notes
from journeys.model.identity import content_hash, folded, node_id, short_id
from journeys.model.problems import Address, Problem, Severity
from journeys.model.records import Authority, Claim, Node, Value

_PUNCTUATION = {
    **dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u00ab\u00bb"), '"'),
    **dict.fromkeys(map(ord, "\u2018\u2019\u201a\u2032"), "'"),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014"), "-"),
    ord("\u2026"): "...",
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A stored passage, with which quotes in *Who did what* are compared."""

    extract: End
    words: str
    mode: str | None


class FormParts:
    """Makes the nodes and claims of one form.

    ``passages`` are those it has kept so far; ``present`` the ids of people known to be where the notes were taken.
    """

    def __init__(self, context: Context, form: FilledForm, instrument: Instrument) -> None:
        self.context, self.form, self.instrument = context, form, instrument
        self.passages: list[Passage] = []
        self.present: set[str] = set()

    def node(
        self, end: End, properties: Mapping[str, Value], address: Address, places: Mapping[str, Address] | None = None
    ) -> Node:
        """A node as this form describes it; ``places`` has where its properties are written."""
        return Node(end.label, end.id, properties, address, Authority.FORM, places or {})

    def structure(self, claim_type: str, start: End, end: End, address: Address) -> Claim:
        """Return a structural tie, which has no source."""
        return self.context.claim(self.context.schema.claims[claim_type], start, end, {}, address)

    def end(self, label: str, key: Sequence[str]) -> End:
        """A node end of the study, by its natural key."""
        return End(label, node_id(self.context.study, self.context.schema.nodes[label], key))

    def extract(
        self, key: Sequence[str], properties: Mapping[str, Value], about: Sequence[End], address: Address
    ) -> Iterator[Node | Claim]:
        """A passage kept whole, about something; empty properties are left out."""
        extract = self.end("Extract", key)
        held = {name: value for name, value in properties.items() if value is not None}
        mode = held.get("mode")
        self.context.codes.passages.add(extract.id)
        self.passages.append(Passage(extract, _as_spoken(str(held["text"])), str(mode) if mode else None))
        yield self.node(extract, held, address)
        for end in about:
            yield self.structure("ABOUT", extract, end, address)

    def kept(
        self, key: Sequence[str], properties: Mapping[str, Value], about: Sequence[End], source: End, address: Address
    ) -> Iterator[Node | Claim]:
        """A passage kept whole, about something and from a source."""
        yield from self.extract(key, properties, about, address)
        yield self.structure("FROM", self.end("Extract", key), source, address)

    def answer_properties(self, question: Question, answer: Answer) -> dict[str, Value]:
        """Return the stored properties of an answer; one without words has its status."""
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
        self, key: Sequence[str], properties: Mapping[str, Value], given: Cell, about: Sequence[End], source: End
    ) -> Iterator[Node | Claim]:
        """Notes: each of their parts by its marker, and the passage whole unless one part is all of it."""
        notes = read_notes(given.text, self._people)
        self._report_flaws(notes.flaws, given)
        single = len(notes.parts) == 1 and _unmarked(given.text) == notes.parts[0].text
        if not single:
            yield from self.kept(key, {**properties, "text": given.text}, about, source, given.address)
        whole = self.end("Extract", key).id
        for part in notes.parts:
            speaker = self._speaker(part.speaker, given) if part.speaker else None
            held: dict[str, Value] = {
                **properties,
                "text": part.text,
                "mode": part.mode,
                **({"locator": part.place} if part.place else {}),
                **({"speaker": part.speaker} if part.speaker else {}),
                **({"spoken_by": speaker} if speaker else {}),
                **({} if single else {"passage": whole}),
            }
            made_of = content_hash(part.mode, part.speaker or "", part.text)
            yield from self.kept(key if single else [*key, made_of], held, about, source, given.address)

    def bracketed(
        self, key: Sequence[str], properties: Mapping[str, Value], given: Cell, about: Sequence[End], source: End
    ) -> Iterator[Node | Claim]:
        """Yield what is in square brackets in a passage of somebody's words: it is the researcher's interpretation."""
        found, flaws = segments(given.text)
        self._report_flaws([flaw for flaw in flaws if flaw.mark == "bracket"], given)
        remark = {name: value for name, value in properties.items() if name not in ("speaker", "spoken_by")}
        for segment in found:
            if segment.kind == "bracket" and any(map(str.isalnum, segment.text)):
                held = {**remark, "text": segment.text, "mode": "interpretive", "passage": self.end("Extract", key).id}
                part = [*key, content_hash("interpretive", "", segment.text)]
                yield from self.kept(part, held, about, source, given.address)

    def coded(self, key: Sequence[str], given: Cell | None) -> Iterator[Claim]:
        """The codes of a passage that was kept, given by the researchers whom the form names."""
        if given is None:
            return
        for code in self.context.codes.read(given, self.context.report):
            yield from code_passage(self.context, self.end("Extract", key), code, [self._coder], {}, given.address)

    def bears_on(self, key: Sequence[str], given: Mapping[str, Cell]) -> Iterator[Claim]:
        """What a passage that was kept bears on, as the researchers say whom the form names."""
        yield from bearings(self.context, self.end("Extract", key), given, [self._coder])

    def answer_bears_on(self, key: Sequence[str], answer: Answer) -> Iterator[Claim]:
        """What an answer that was kept bears on, as its box says."""
        if answer.bears_on is not None:
            yield from self.bears_on(key, {BEARS_ON: answer.bears_on})

    def beside_no_passage(self, answer: Answer, why: str, remedy: str) -> None:
        """Report codes and rows that are written beside an answer that is not kept as a passage."""
        for given in (answer.codes, answer.bears_on):
            if given is not None:
                message = f"{why}; {given.text!r} was not read."
                self.context.report(Problem("ignored_cell", given.address, message, remedy, Severity.WARNING))

    def quote_bears_on(self, row: FilledRow, own: End) -> Iterator[Node | Claim]:
        """What the quote of a row of *Who did what* bears on: as a passage of this form that holds its words, else as a
        passage of its own, from the source that the row names or the form's ``own``."""
        given, quote = row.values.get(BEARS_ON), row.values.get("quote")
        if given is None:
            return
        if quote is None:
            message = "The row bears on something and has no quote, so there is no passage that does."
            remedy = "Write the words under Quote, or say in the notes or passages what they bear on."
            self.context.report(Problem("missing_value", given.address, message, remedy))
            return
        held = {BEARS_ON: given, **({SURE: row.values["confidence"]} if "confidence" in row.values else {})}
        holding = [passage.extract for passage in self._holding(quote)]
        if not holding:
            named = row.values.get("source")
            sources = self.context.look_up(("DataSource",), named) if named is not None else [own]
            place = row.values["place"].text if "place" in row.values else None
            mode = self.context.values.term("mode", row.values["mode"]) if "mode" in row.values else None
            for source in sources:
                key = passage_key(short_id(source.id), place, quote.text)
                holding.append(self.end("Extract", key))
                field = f"{self.instrument.instrument}.who_did_what"
                words = {"text": quote.text, "locator": place, "mode": mode, "instrument_field": field}
                known: dict[str, Value] = {name: value for name, value in words.items() if value is not None}
                yield self.node(holding[-1], known, quote.address)
                yield self.structure("FROM", holding[-1], source, quote.address)
        for extract in holding:
            yield from bearings(self.context, extract, held, [self._coder])

    def _holding(self, quote: Cell) -> list[Passage]:
        """The passages of this form that hold the words of a quote."""
        words = _as_spoken(quote.text)
        whole_words = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
        return [passage for passage in self.passages if words and whole_words.search(passage.words)]

    @property
    def _coder(self) -> str:
        """The researchers whom the form names, as they are kept with what they judged."""
        return "; ".join(researchers_of(self.form))

    def bearing(self, quote: Cell, mode: str | None) -> dict[str, Value]:
        """Return the properties that a quote in *Who did what* takes from the passages of this form that contain it.
        Words that are only found in square brackets are an interpretation, whatever the row says.
        """
        holding = self._holding(quote)
        modes = {passage.mode for passage in holding if passage.mode}
        found: dict[str, Value] = {"extract_ids": sorted(p.extract.id for p in holding)} if holding else {}
        if modes == {"interpretive"}:
            if mode not in (None, "interpretive"):
                message = "These words are in square brackets in the notes, so they are an interpretation."
                remedy = "Choose *Interpretive* as the mode; the row was read as interpretive."
                self.context.report(Problem("bracketed_quote", quote.address, message, remedy, Severity.WARNING))
            found["mode"] = "interpretive"
        elif len(modes) == 1 and mode is None:
            found["mode"] = modes.pop()
        return found

    def researchers(self, source: End, field: str = RESEARCHERS) -> Iterator[Node | Claim]:
        """Who of the team was there, from a field of the header."""
        given = self.form.header.get(field)
        if given is None:
            return
        self.context.codes.report_divided(given, self.context.report)
        for initials in initials_in(given.text):
            try:
                researcher = self.end("Researcher", [initials])
            except ValueError:
                self.context.problem("bad_value", given, f"{initials!r} are not initials.", "Write letters, like AB.")
                continue
            yield self.node(researcher, {"initials": initials}, given.address)
            yield self.structure("WORKED_ON", researcher, source, given.address)

    @cached_property
    def _people(self) -> list[str]:
        return self.context.names.written("Actor")

    def _speaker(self, name: str, given: Cell) -> str | None:
        """The id of the person a speaker's name stands for: of several, the one who was present. None, with a warning,
        for a name that is not registered or fits several people."""
        names = self.context.names
        spellings = (name, re.sub(r"[.\s]", "", name))
        matches = next(filter(None, (names.find(("Actor",), each) for each in spellings)), [])
        present = [match for match in matches if match[1] in self.present]
        matches = present or matches
        if len(matches) == 1:
            return matches[0][1]
        if matches:
            ids = " or ".join(short_id(identity) for _, identity in matches)
            message = f"{name!r} is quoted as a speaker but matches {len(matches)} people; none was chosen."
            self._warn("ambiguous_speaker", given, message, f"Write {ids} instead.")
        elif _several(name):
            for each in _several(name):
                self._speaker(each, given)
        elif not names.find(tuple(self.context.schema.nodes), name):
            message = f"{name!r} is quoted as a speaker but is not in the People and groups register."
            self._warn(
                "unknown_speaker",
                given,
                message,
                "Add it there as an alias of the person, or write the name as it is there.",
            )
        return None

    def _report_flaws(self, flaws: Sequence[Flaw], given: Cell) -> None:
        for flaw in flaws:
            self._warn("open_marker", given, flaw.message, flaw.remedy)

    def _warn(self, kind: str, given: Cell, message: str, remedy: str) -> None:
        self.context.report(Problem(kind, given.address, message, remedy, Severity.WARNING))


def _several(name: str) -> list[str]:
    """The names in "MV and AN"; none where it is one name."""
    names = re.split(r"\s*(?:,|&|/|\band\b)\s*", name)
    return names if len(names) > 1 else []


def _unmarked(text: str) -> str:
    """The words of a passage that is all quoted or all in brackets, without these marks."""
    words = text.strip()
    for first, last in ("[]", '""', "\u201c\u201d"):
        if len(words) > 1 and words[0] == first and words[-1] == last and words[1:-1].count(last) == 0:
            return words[1:-1].strip()
    return words


def _as_spoken(words: str) -> str:
    """Return words in the form in which quotes and passages are compared: without differences of quotation marks,
    apostrophes and dashes, and without a researcher's remarks in square brackets."""
    spoken = re.sub(r"(?<=.)\[[^\[\]]*\](?=.)", "[...]", words.strip().translate(_PUNCTUATION))
    return folded(spoken).strip(' ."[]')
