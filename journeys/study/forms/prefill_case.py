"""Lines from the graph for a pre-filled narrative or theme form about a case study."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from journeys.analysis.claims.claim import ClaimRecord, Entity
from journeys.analysis.claims.dates import dated
from journeys.analysis.reading.entries import by_date, in_place
from journeys.analysis.reading.lookup import Library, Passage
from journeys.analysis.reading.parts import stated
from journeys.instruments.codebook import Codebook
from journeys.instruments.definition import Instrument
from journeys.instruments.subjects import FORM_KIND
from journeys.model.dates import DateSpan
from journeys.model.definitions import NOT_STATED
from journeys.model.identity import node_id, short_id
from journeys.model.lens import GENERAL, SPECIFIC
from journeys.model.order import describe
from journeys.views.wording import details_words

Box = tuple[str, str | None, str]
"""A field, a question inside it, and a scope."""
_CARRIERS = ("Document", "Evidence")
_LONGEST_QUOTE = 600


@dataclass(slots=True)
class Offered:
    """What a form is offered: the lines of each box, and the rows of each table, in words."""

    lines: dict[Box, list[str]] = field(default_factory=dict)
    rows: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    def add(self, box: Box, line: str) -> None:
        """Offer a line for a box, once."""
        held = self.lines.setdefault(box, [])
        if line not in held:
            held.append(line)


def offered_for(library: Library, case: Entity, instrument: Instrument, codebook: Codebook) -> Offered:
    """The lines and rows that the data have for a form about a case study; nothing for a form that asks for none."""
    data = _CaseData.read(library, case)
    offered = Offered()
    fields = {each.id for each in instrument.fields()}
    if {"n4", "n5"} <= fields:
        _narrative(data, offered, instrument)
    _quotes(data, offered, instrument, codebook)
    return offered


@dataclass(frozen=True, slots=True)
class _CaseData:
    """What the graph holds of one case study, but for what the team wrote in forms about it."""

    library: Library
    things: Sequence[Entity]
    claims: Sequence[ClaimRecord]
    sources: frozenset[str]

    @classmethod
    def read(cls, library: Library, case: Entity) -> _CaseData:
        touching = library.touching(case)
        inside = [claim.start for claim in touching if claim.kind.name == "IN_CASE"]
        kinds = {each.id: library.properties(each).get("kind") for each in inside if each.label == "DataSource"}
        things = {each.id: each for each in inside if each.label in _CARRIERS}
        found = list(touching)
        for thing in list(things.values()):
            near = library.touching(thing)
            found += near
            for claim in near:
                if claim.kind.name == "PRESENTED_IN" and claim.start.id not in things:
                    things[claim.start.id] = claim.start
                    found += library.touching(claim.start)
        own = {f"{short_id(case.id)}.{each.instrument}" for each in library.instruments.about(case.label)}
        files = {
            passage.address.file
            for each in inside
            if each.label == "DataSource" and short_id(each.id) in own
            for passage in library.passages_from(each.id)
        }
        claims = [
            claim
            for claim in stated(found)
            if claim.address.file not in files and claim.properties.get("status") != "withdrawn"
        ]
        sources = frozenset(each for each, kind in kinds.items() if kind != FORM_KIND)
        ordered = sorted(things.values(), key=lambda each: (each.label, each.name, each.id))
        return cls(library, ordered, sorted(claims, key=_in_time), sources)

    def of_kinds(self, *kinds: str) -> list[ClaimRecord]:
        """The claims of these kinds."""
        return [claim for claim in self.claims if claim.kind.name in kinds]

    def about(self, thing: Entity) -> list[ClaimRecord]:
        """The claims that touch a thing."""
        return [claim for claim in self.claims if thing.id in (claim.start.id, claim.end.id)]


def _in_time(claim: ClaimRecord) -> tuple[object, ...]:
    return (by_date(_when(claim)), in_place(claim.address), claim.id)


def _when(claim: ClaimRecord) -> DateSpan:
    return claim.meeting.when if claim.meeting and not dated(claim.when) else claim.when


# -- the narrative form


def _narrative(data: _CaseData, offered: Offered, instrument: Instrument) -> None:
    for line in _together(data.of_kinds("PROMPTED")):
        offered.add(("n4", None, NOT_STATED), line)
    for line in _people(data):
        offered.add(("n5", "contributions", NOT_STATED), line)
    for line in _together(claim for claim in data.of_kinds("INVOLVED_IN") if claim.negated):
        offered.add(("n5", "absent", NOT_STATED), line)
    for factor, claims in _by_start(data.of_kinds("ACTED_ON")):
        support = data.library.properties(factor).get("polarity") == "support"
        for claim in claims:
            specific = claim.properties.get("scope") == SPECIFIC
            name = "n10" if support else "n7_3" if specific else "n11"
            offered.add((name, None, NOT_STATED), next(_together([claim])))
    asked = [(code, each.id) for each in instrument.fields() for code in each.suggested_codes if code.startswith("6.")]
    topics = {data.library.schema.lens.strand} - {None}
    types = dict(reversed(asked))  # a type that two questions ask for stands under the first
    for thing in data.things:
        held = data.library.properties(thing)
        box = types.get(str(held.get("evidence_type")))
        if thing.label == "Evidence" and box is not None:
            claims = data.about(thing)
            scope = SPECIFIC if held.get("equality_strand") in topics else GENERAL
            told = "; ".join(_together(claims, of=thing)) or "no source says what was done with it"
            offered.add((box, None, scope), f"{thing.name}: {told}.")
    offered.rows["journey_steps"] = [row for thing in data.things for row in _steps(data, thing)]


def _people(data: _CaseData) -> Iterator[str]:
    """A line for each person or group who did something in the case study."""
    told = [claim for claim in data.claims if claim.start.label in ("Actor", "Arena", "Organisation")]
    for person, claims in _by_start(told):
        held = data.library.properties(person)
        who = f"{person.name}, {held['designation']}" if held.get("designation") else person.name
        yield f"{who}: {'; '.join(_together(claims, of=person))}."


def _by_start(claims: Iterable[ClaimRecord]) -> list[tuple[Entity, list[ClaimRecord]]]:
    found: dict[str, tuple[Entity, list[ClaimRecord]]] = {}
    for claim in claims:
        found.setdefault(claim.start.id, (claim.start, []))[1].append(claim)
    return sorted(found.values(), key=lambda each: (each[0].name, each[0].id))


def _together(claims: Iterable[ClaimRecord], of: Entity | None = None) -> Iterator[str]:
    """Claims in words, those that say the same as one, each with its sources; ``of``: not naming this thing again."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for claim in claims:
        said = _source_words(claim)
        known = found[_sentence(claim, of)]
        if said not in known:
            known.append(said)
    for words, sources in found.items():
        yield f"{words} ({'; '.join(sources)})"


def _sentence(claim: ClaimRecord, of: Entity | None = None) -> str:
    if of is not None and of.id == claim.start.id:
        words = f"{claim.kind.phrase} {claim.end.name}"
    elif of is not None and of.id == claim.end.id:
        words = f"{claim.kind.passive} {claim.start.name}"
    else:
        words = f"{claim.start.name} {claim.kind.phrase} {claim.end.name}"
    details = details_words(claim)
    parts = [f"{words} [{details}]" if details else words]
    if claim.meeting is not None:
        parts.append(f"at {claim.meeting.title}")
    elif dated(claim.when):
        parts.append(describe(claim.when))
    said = ", ".join(parts)
    return f"reported not to have happened: {said}" if claim.negated else said


def _source_words(claim: ClaimRecord) -> str:
    source = short_id(claim.source.id) if claim.source else "no source named"
    place = claim.properties.get("place")
    return f"{source}, {place}" if place else source


# -- the journey table of item 9


def _steps(data: _CaseData, thing: Entity) -> Iterator[dict[str, str]]:
    for claim in data.about(thing):
        stage = claim.kind.stage
        if stage is None:
            continue
        other = claim.end if claim.start.id == thing.id else claim.start
        held = claim.properties
        terms = claim.vocabularies
        row = {
            "about": thing.name,
            "when": str(held.get("date_text") or "") or (describe(_when(claim)) if dated(_when(claim)) else ""),
            "stage": terms["stage"].terms[stage].label if "stage" in terms else "",
            "happened": _sentence(claim)[:1].upper() + _sentence(claim)[1:],
            "where": claim.meeting.title if claim.meeting else other.name if other.label == "Meeting" else "",
            "according_to": short_id(claim.source.id) if claim.source else "",
            "place": str(held.get("place") or ""),
            "quote": str(held.get("quote") or ""),
            "mode": _label(claim, "mode", held.get("mode")),
            "confidence": _label(claim, "confidence", held.get("confidence")),
        }
        if not claim.negated and other.label != "Meeting":
            row |= {"who": other.name, "did_what": claim.kind.phrase}
            row["purpose"] = str(held.get("aspect") or held.get("purpose") or "")
        yield {name: words for name, words in row.items() if words}


def _label(claim: ClaimRecord, vocabulary: str, term: object) -> str:
    known = claim.vocabularies.get(vocabulary)
    if term is None or term == NOT_STATED or known is None or str(term) not in known.terms:
        return ""
    return known.terms[str(term)].label


# -- quotations by the linked codes


def _quotes(data: _CaseData, offered: Offered, instrument: Instrument, codebook: Codebook) -> None:
    for section in instrument.question_sections:
        first = section.fields[0]
        ask = next((ask for ask in first.asks if any(made.quotes for made in ask.yields)), None)
        if ask is None or not first.links:
            continue
        seen: dict[str, tuple[Passage, list[str]]] = {}
        for key in codebook.linked(first.suggested_codes, first.linked_sheets):
            code = node_id(data.library.study, data.library.schema.nodes["Code"], [codebook.current(key).key])
            for passage in data.library.passages_coded(code):
                if any(source.id in data.sources for source in passage.sources):
                    codes = seen.setdefault(passage.id, (passage, []))[1]
                    codes += [codebook.current(key).key] if codebook.current(key).key not in codes else []
        for passage, codes in sorted(seen.values(), key=lambda each: (in_place(each[0].address), each[0].id)):
            scope = SPECIFIC if passage.held("scope") == SPECIFIC else GENERAL
            offered.add((first.id, ask.id, scope if first.scope_split else NOT_STATED), _quote(passage, codes))


def _quote(passage: Passage, codes: Sequence[str]) -> str:
    words = " ".join((passage.held("text") or "").split())
    words = words if len(words) <= _LONGEST_QUOTE else f"{words[: _LONGEST_QUOTE - 1]}\u2026"
    said = words if passage.held("mode") not in (None, "verbatim") else f"\u201c{words}\u201d"
    source = next(iter(passage.sources))
    parts = [passage.held("speaker"), short_id(source.id), passage.held("locator")]
    return f"{said} ({', '.join(filter(None, parts))}; coded {', '.join(codes)})"
