"""Candidates for a search: ids of what has the words, with their rank, from an index or by reading everything.

Both engines give the same: an index only says where to look, and each text is compared with the words itself. Only
the passages of an embedded store have an index there; of a word that stands in many of them it is slower than reading,
so a sample decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from journeys.analysis.claims.from_store import rows_of
from journeys.model.schema import Schema
from journeys.model.search_text import Wanted
from journeys.model.stored_types import stored_types
from journeys.store.connection import Row, Store
from journeys.store.cypher_templates import filled_in
from journeys.store.errors import QueryError
from journeys.store.full_text import CLAIMS, NAMES, PASSAGE, passages_index
from journeys.store.queries.library import load_query

MOST = 10_000
"""So many hits of a kind are ranked; of more the rest is counted as "more"."""
_COMMON = 0.08
"""From this share of the passages on, reading all of them is quicker than the embedded engine's index."""
_FEW = 0.01
"""Words that fewer passages have are looked up together; of others the rarest alone, as each costs by its passages."""
_OF_A_NAME = 0.5
"""What is added to the rank of what has a name."""
_SHORTEST = 3
"""A beginning of fewer letters is not looked up in an index."""
_LONGEST = 200
_LATIN_GREEK_CYRILLIC = "\u0530"
"""Words with signs from here on are parted by the embedded engine in its own way."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that has the words: its id, its label or the type of its claim, and how well it fits.

    ``whole`` is the id of the longer passage that it is part of, ``answer`` whether it is an answer of a form.
    """

    id: str
    kind: str
    rank: float
    claim: bool = False
    answer: bool = False
    whole: str | None = None


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The filters of a search: ``within`` are the ids of what is at a site or in a case; None for everything."""

    modes: Sequence[str] | None = None
    scopes: Sequence[str] | None = None
    within: Mapping[str, bool] | None = None
    code: str | None = None


@dataclass(slots=True)
class Candidates:
    """Finds them, of one study; ``cut`` are the groups of which there are more than were ranked."""

    store: Store
    study: str
    schema: Schema
    wanted: Sequence[Wanted]
    narrowed: Narrowed = field(default_factory=Narrowed)
    cut: set[str] = field(default_factory=set)

    def passages(self) -> Iterator[Candidate]:
        """Passages, notes and answers."""
        n = self.narrowed
        given = {"modes": n.modes, "scopes": n.scopes, "within": n.within, "code": n.code}
        looked_up = self._looked_up()
        rows = self._indexed("passages_indexed", passages_index(self.store.engine), given, looked_up)
        if rows is None:
            rows = self._read("passages", {**given, "first": max(self._parts, key=len)})
        for found in self._counted("passages", rows):
            yield Candidate(found.id, PASSAGE, found.rank, answer=found.kind, whole=found.whole or None)

    def names(self, labels: Sequence[str]) -> Iterator[Candidate]:
        """Named things of these labels: documents, people, meetings …"""
        given = {"within": self.narrowed.within}
        rows = self._indexed("names_indexed", NAMES, given, self._on_server())
        if rows is None:
            rows = self._read("names", given, labels)
        for found in self._counted("names", rows):
            if found.kind in labels:
                # A name says more than a passage of as many words.
                named = self.schema.nodes[found.kind].display != "text"
                yield Candidate(found.id, found.kind, found.rank + (_OF_A_NAME if named else 0.0))

    def claims(self) -> Iterator[Candidate]:
        """Claims, by their quotations and details."""
        given = {"modes": self.narrowed.modes, "scopes": self.narrowed.scopes, "within": self.narrowed.within}
        rows = self._indexed("claims_indexed", CLAIMS, given, self._on_server())
        if rows is None and (starting := self._starting()):
            rows = self._read("claims", given, starting)
        for found in self._counted("claims", rows or ()):
            yield Candidate(found.id, found.kind, found.rank, claim=True)

    def _counted(self, group: str, rows: Sequence[Row]) -> Sequence[_Found]:
        """The hits that the rows of a query give; at most as many as are ranked."""
        found = [
            _Found(*each)
            for row in rows
            for each in zip(row["ids"], row["kinds"], row["wholes"], row["ranks"], strict=True)
        ]
        if len(found) > MOST:
            self.cut.add(group)
        return found[:MOST]

    def _starting(self) -> list[str]:
        """The labels at which claims of the store start; few studies have claims that start at a passage."""
        there = {row["name"] for row in rows_of(self.store, "lookup/types_there", {})}
        asserted = [kind for kind in self.schema.claims.values() if kind.asserted]
        held = [kind for kind in asserted if there & set(stored_types(self.schema, [kind]))]
        return sorted({label for kind in held for label in self.schema.labels(kind.from_labels)})

    # -- the two ways

    @property
    def _parts(self) -> list[str]:
        return [each.part for each in self.wanted]

    def _read(self, name: str, given: Mapping[str, object], labels: Sequence[str] = ()) -> list[Row]:
        """The rows of a query; of one that is about a single label, those of each label, in one query."""
        query = load_query(f"search/{name}")
        parts = [filled_in(self.schema, query.text, Label=label) for label in labels] or [query.text]
        wholes = [each.whole for each in self.wanted]
        values = query.values({"study": self.study, "parts": self._parts, "wholes": wholes, **given})
        return self.store.read("\nUNION ALL\n".join(parts), values)

    def _indexed(
        self, name: str, index: str, given: Mapping[str, object], looked_up: Sequence[Term]
    ) -> list[Row] | None:
        """The rows found by an index; None where there is no index, or nothing to look up."""
        if not looked_up:
            return None
        try:
            return self._read(name, {"index": index, "query": as_query(looked_up), **given})
        except QueryError:
            return None

    @property
    def _terms(self) -> list[Term]:
        return list(dict.fromkeys(term for each in self.wanted for term in terms_of(each)))

    def _on_server(self) -> list[Term]:
        """The words, where a server's index takes all of them."""
        terms = self._terms
        return terms if self.store.engine == "neo4j" and all(term.fits_an_index for term in terms) else []

    def _looked_up(self) -> list[Term]:
        """The words to look up in the index of passages; none where it is quicker to read all passages."""
        if self.store.engine == "neo4j":
            return self._on_server()
        terms = [term for term in self._terms if term.fits_an_index and term.is_parted_alike]
        if not terms:
            return []
        parts = [Wanted((term.word,), term.beginning).part for term in terms]
        (row,) = rows_of(self.store, "search/how_common", {"study": self.study, "parts": parts})
        found: list[int] = row["found"]
        if not row["looked"] or min(found) >= _COMMON * row["looked"]:
            return []
        most = max(min(found), _FEW * row["looked"])
        return [term for term, often in zip(terms, found, strict=True) if often <= most]


@dataclass(frozen=True, slots=True)
class _Found:
    """One hit, as the queries give it."""

    id: str
    kind: Any
    whole: str
    rank: float


@dataclass(frozen=True, slots=True)
class Term:
    """One word to look up in an index; ``beginning`` if longer words that begin with it count too."""

    word: str
    beginning: bool = False

    @property
    def fits_an_index(self) -> bool:
        """Whether an index can look it up: not longer than indexes keep, and not the beginning of too many words."""
        return len(self.word) <= _LONGEST and (not self.beginning or len(self.word) >= _SHORTEST)

    @property
    def is_parted_alike(self) -> bool:
        """Whether the embedded engine, too, treats it as one word."""
        return all(sign < _LATIN_GREEK_CYRILLIC for sign in self.word)


def terms_of(wanted: Wanted) -> list[Term]:
    """The single words that a search asks for."""
    return [*map(Term, wanted.words[:-1]), Term(wanted.last, wanted.beginning)]


def as_query(terms: Sequence[Term]) -> str:
    """The words as a Lucene query that requires each of them; they hold no sign that means something to Lucene."""
    return " ".join(f"+{term.word}{'*' if term.beginning else ''}" for term in terms)


def things_within(store: Store, schema: Schema, place: str, label: str) -> dict[str, bool]:
    """The ids of a site or case study and of all that is there."""
    query = load_query("search/within")
    rows: list[dict[str, Any]] = store.read(filled_in(schema, query.text, Label=label), query.values({"id": place}))
    return {place: True, **{row["id"]: True for row in rows}}
