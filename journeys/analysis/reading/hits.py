"""Hits of a search: what was found, its words with the matching ones marked, its source, and where it was written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from journeys.analysis.claims.by_id import claims_by_id
from journeys.analysis.claims.claim import ClaimRecord, Entity, address_of
from journeys.analysis.claims.from_store import rows_of
from journeys.analysis.reading.candidates import Candidate
from journeys.analysis.reading.entries import claim_entry, scope_label
from journeys.analysis.reading.lookup import Passage, entity_of, passage_of
from journeys.analysis.reading.record import NOWHERE, Coding
from journeys.model.definitions import PropertyDefinition
from journeys.model.identity import short_id
from journeys.model.problems import Address
from journeys.model.schema import Schema
from journeys.model.search_text import Wanted, matches, searched_names
from journeys.store.connection import Store
from journeys.store.cypher_templates import filled_in
from journeys.store.full_text import PASSAGE
from journeys.store.queries.library import load_query

_BEFORE, _AROUND = 60, 220
"""So many characters of a snippet stand before the first match, and in all."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that has the words.

    ``kind`` is "answer", "passage", "claim" or what sort of thing it is; ``title`` its name, what the claim says, or
    whose words they are. ``text`` has the words, ``field`` says what it is of the thing ("quote", "summary"), and
    ``marks`` are the places of the words in it.
    """

    id: str
    kind: str
    title: str
    text: str
    field: str
    marks: tuple[tuple[int, int], ...]
    rank: float
    about: tuple[Entity, ...] = ()
    sources: tuple[Entity, ...] = ()
    codes: tuple[Coding, ...] = ()
    mode: str | None = None
    scope: str | None = None
    place: str | None = None
    address: Address = NOWHERE
    scope_label: str = ""

    def __repr__(self) -> str:
        return f"<{self.kind} {self.title[:40]!r}: {self.snippet[:40]!r}>"

    @property
    def segments(self) -> list[tuple[str, bool]]:
        """The part of the text round its first match, in pieces; True for those that match."""
        start, end = self._window()
        pieces: list[tuple[str, bool]] = [("…", False)] if start else []
        at = start
        for first, last in self.marks:
            if first < start or last > end:
                continue
            pieces += [(self.text[at:first], False), (self.text[first:last], True)]
            at = last
        pieces.append((self.text[at:end], False))
        if end < len(self.text):
            pieces.append(("…", False))
        return [piece for piece in pieces if piece[0]]

    @property
    def snippet(self) -> str:
        """The part of the text round its first match."""
        return "".join(piece for piece, _ in self.segments)

    def _window(self) -> tuple[int, int]:
        first = self.marks[0][0] if self.marks else 0
        start = 0 if first <= _BEFORE else self.text.rfind(" ", 0, first - _BEFORE // 2) + 1
        if len(self.text) - start <= _AROUND:
            return start, len(self.text)
        end = self.text.rfind(" ", start, start + _AROUND)
        last = self.marks[0][1] if self.marks else 0
        return start, max(end if end > start else start + _AROUND, last)

    def as_dict(self) -> dict[str, Any]:
        """The hit for JSON, with its text whole and marked in it by places."""
        return {
            "id": self.id,
            "kind": self.kind,
            "title": self.title,
            "field": self.field,
            "text": self.text,
            "marks": [list(mark) for mark in self.marks],
            "rank": round(self.rank, 4),
            "about": [entity.as_dict() for entity in self.about],
            "sources": [entity.as_dict() for entity in self.sources],
            "codes": [coding.code for coding in self.codes],
            "mode": self.mode,
            "scope": self.scope,
            "place": self.place,
            "file": self.address.file,
            "sheet": self.address.sheet,
            "cell": self.address.cell,
        }


def hits_of(
    store: Store, schema: Schema, chosen: Sequence[Candidate], wanted: Sequence[Wanted], questions: Mapping[str, str]
) -> list[Hit]:
    """The candidates in full, in their order; ``questions`` are the wordings of the questions of forms."""
    passages = {each.id: each for each in chosen if each.kind == PASSAGE and not each.claim}
    found: dict[str, Hit] = {}
    for row in rows_of(store, "search/passages_by_id", {"ids": list(passages)}) if passages else ():
        passage = passage_of(row, schema)
        found[passage.id] = _of_passage(passage, passages[passage.id], wanted, questions)
    claims = {each.id: each for each in chosen if each.claim}
    for id_, claim in claims_by_id(store, schema, claims).items():
        found[id_] = _of_claim(schema, claim, claims[id_], wanted)
    for label in sorted({each.kind for each in chosen if not each.claim} - {PASSAGE}):
        named = {each.id: each for each in chosen if each.kind == label and not each.claim}
        query = load_query("search/named_by_id")
        rows = store.read(filled_in(schema, query.text, Label=label), query.values({"ids": list(named)}))
        for row in rows:
            found[row["id"]] = _of_thing(schema, label, row, named[row["id"]], wanted)
    return [found[each.id] for each in chosen if each.id in found]


def _of_passage(passage: Passage, candidate: Candidate, wanted: Sequence[Wanted], questions: Mapping[str, str]) -> Hit:
    held = {name: passage.properties.get(name) for name in ("text", "speaker", "locator")}
    name, text, marks = _best(held, wanted)
    asked = questions.get(passage.held("instrument_field") or "", "")
    spoken = passage.held("speaker")
    return Hit(
        passage.id,
        "answer" if candidate.answer else "passage",
        asked if candidate.answer and asked else spoken or (passage.sources[0].name if passage.sources else ""),
        text,
        name,
        marks,
        candidate.rank,
        passage.about,
        passage.sources,
        passage.codes,
        passage.held("mode"),
        passage.held("scope"),
        passage.held("locator"),
        passage.address,
        scope_label(passage.vocabularies, passage.held("scope")),
    )


def _of_claim(schema: Schema, claim: ClaimRecord, candidate: Candidate, wanted: Sequence[Wanted]) -> Hit:
    entry = claim_entry(claim)
    name, text, marks = _best(searched_texts(claim.properties, schema.properties_of_claim(claim.kind.name)), wanted)
    not_so = "reported not to have happened: " if claim.negated else ""
    withdrawn = "withdrawn: " if entry.status == "withdrawn" else ""
    return Hit(
        claim.id,
        "claim",
        f"{withdrawn}{not_so}{entry.heading}",
        text,
        name,
        marks,
        candidate.rank,
        entry.about,
        entry.sources,
        (),
        entry.mode,
        entry.scope,
        entry.place,
        entry.address,
        entry.scope_label,
    )


def _of_thing(
    schema: Schema, label: str, row: Mapping[str, Any], candidate: Candidate, wanted: Sequence[Wanted]
) -> Hit:
    held = row["properties"]
    name, text, marks = _best(searched_texts(held, schema.properties_of_node(label)), wanted)
    thing = entity_of({**row, "label": label})
    return Hit(
        thing.id,
        schema.nodes[label].noun,
        thing.name if label != "Finding" else str(held.get("kind") or "finding").replace("_", " "),
        text,
        name,
        marks,
        candidate.rank,
        (thing,),
        address=address_of(held),
    )


def searched_texts(held: Mapping[str, Any], definitions: Mapping[str, PropertyDefinition]) -> dict[str, Any]:
    """Return those of the properties that are searched: texts and lists that a person wrote, by name."""
    return {name: held[name] for name in searched_names(definitions) if held.get(name) is not None}


def _best(held: Mapping[str, Any], wanted: Sequence[Wanted]) -> tuple[str, str, tuple[tuple[int, int], ...]]:
    """The text that has most of the words, with its name and the places of the words in it; the first of equals."""
    best: tuple[int, str, str, tuple[tuple[int, int], ...]] = (-1, "", "", ())
    for name, value in held.items():
        text = "; ".join(map(str, value)) if isinstance(value, list) else str(value or "")
        marks = tuple(matches(text, wanted))
        fitting = sum(1 for each in wanted if matches(text, [each])) if marks else 0
        if fitting > best[0] and text:
            best = (fitting, name, text, marks)
    return best[1:]


def without_doubles(found: Iterable[Candidate]) -> list[Candidate]:
    """Drop parts of notes where the whole note is a hit too, and sources that are documents among the hits."""
    every = list(found)
    ids = {each.id for each in every}
    documents = {short_id(each.id) for each in every if each.kind == "Document"}
    return [
        each
        for each in every
        if each.whole not in ids and not (each.kind == "DataSource" and short_id(each.id) in documents)
    ]
