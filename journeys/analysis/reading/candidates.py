"""What in the store has the words that somebody searches: ids with their rank, from an index or by reading on.

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
_COMMON = 0.05
"""From this share of the passages on, reading all of them is quicker than the embedded engine's index."""
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
    """What a search is narrowed to: ``within`` are the ids of what is at a site or in a case; None for everything."""

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
        rows = self._indexed("passages_indexed", passages_index(self.store.engine), given) if self._rare() else None
        if rows is None:
            rows = self._read("passages", given)
        for row in self._counted("passages", rows):
            yield Candidate(row["id"], PASSAGE, row["rank"], answer=row["kind"], whole=row["whole"])

    def names(self, labels: Sequence[str]) -> Iterator[Candidate]:
        """What has a name: documents, people, meetings … of these labels."""
        given = {"within": self.narrowed.within}
        rows = self._indexed("names_indexed", NAMES, given) if self._on_server() else None
        if rows is None:
            rows = self._read("names", given, labels)
        for row in self._counted("names", rows):
            if row["kind"] in labels:
                # A name says more than a passage of as many words.
                named = self.schema.nodes[row["kind"]].display != "text"
                yield Candidate(row["id"], row["kind"], row["rank"] + (_OF_A_NAME if named else 0.0))

    def claims(self) -> Iterator[Candidate]:
        """Claims, by their quotations and details."""
        given = {"modes": self.narrowed.modes, "scopes": self.narrowed.scopes, "within": self.narrowed.within}
        rows = self._indexed("claims_indexed", CLAIMS, given) if self._on_server() else None
        if rows is None and (starting := self._starting()):
            rows = self._read("claims", given, starting)
        for row in self._counted("claims", rows or ()):
            yield Candidate(row["id"], row["kind"], row["rank"], claim=True)

    def _counted(self, group: str, rows: Sequence[Row]) -> Sequence[Row]:
        if len(rows) > MOST:
            self.cut.add(group)
        return rows[:MOST]

    def _starting(self) -> list[str]:
        """The labels at which claims start that the store has; few studies have claims that start at a passage."""
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
        values = query.values({"study": self.study, "parts": self._parts, **given})
        return self.store.read("\nUNION ALL\n".join(parts), values)

    def _indexed(self, name: str, index: str, given: Mapping[str, object]) -> list[Row] | None:
        """The rows that an index leads to; None where it is not there."""
        try:
            return self._read(name, {"index": index, "query": as_query(self.wanted), **given})
        except QueryError:
            return None

    def _fits_an_index(self) -> bool:
        return all(
            len(word) <= _LONGEST and (not each.beginning or word != each.words[-1] or len(word) >= _SHORTEST)
            for each in self.wanted
            for word in each.words
        )

    def _on_server(self) -> bool:
        return self.store.engine == "neo4j" and self._fits_an_index()

    def _rare(self) -> bool:
        """Whether to look into the index of passages."""
        if self.store.engine == "neo4j" or not self._fits_an_index():
            return self._on_server()
        if any(sign >= _LATIN_GREEK_CYRILLIC for each in self.wanted for word in each.words for sign in word):
            return False
        single = [f" {word}" for each in self.wanted for word in each.words]
        (row,) = rows_of(self.store, "search/how_common", {"study": self.study, "parts": single})
        return bool(row["looked"]) and sum(row["found"]) < _COMMON * row["looked"]


def as_query(wanted: Sequence[Wanted]) -> str:
    """The words as Lucene reads them, each of them required: the words have no sign that means something to it."""
    return " ".join(
        f"+{word}{'*' if each.beginning and word == each.words[-1] else ''}" for each in wanted for word in each.words
    )


def things_within(store: Store, schema: Schema, place: str, label: str) -> dict[str, bool]:
    """The ids of a site or case study and of all that is there."""
    query = load_query("search/within")
    rows: list[dict[str, Any]] = store.read(filled_in(schema, query.text, Label=label), query.values({"id": place}))
    return {place: True, **{row["id"]: True for row in rows}}
