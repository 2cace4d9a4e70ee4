"""Search everything that was written: quotations, answers, notes, passages, findings, names and titles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from journeys.analysis.claims.claim import Entity
from journeys.analysis.reading.candidates import Candidate, Candidates, Narrowed, things_within
from journeys.analysis.reading.hits import Hit, hits_of, without_doubles
from journeys.analysis.reading.show import kind_words, known_as, labels_meant
from journeys.instruments.instrument_set import InstrumentSet, shipped_instruments
from journeys.model.identity import folded
from journeys.model.problems import UsageProblem
from journeys.model.result import Result
from journeys.model.schema import Schema
from journeys.model.search_text import Wanted, wanted_words
from journeys.model.suggestions import did_you_mean
from journeys.model.terms import read_term
from journeys.store.connection import Store
from journeys.store.full_text import PASSAGE
from journeys.store.resolve import resolve

SHOWN = 50
"""So many hits are read in full unless more are asked for."""
OTHER_KINDS = ("answer", "passage", "claim")
"""Kinds of hits that are not kinds of things."""
BOTH = "both"


@dataclass(frozen=True, slots=True)
class Choice:
    """The filters of a search as a person writes them: a site and a case study by name, a kind ("answer",
    "passage", "claim", "person" …), a mode, a scope, a code."""

    site: str | None = None
    case: str | None = None
    kind: str | None = None
    mode: str | None = None
    scope: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class SearchResult(Result):
    """The hits of a search, best first, and how many there are of each kind.

    ``wanted`` is how the words were read, ``more`` is True where there were too many of some kind to rank all. Where
    nothing has all the words, ``alone`` says how often each of them is found. ``narrowed`` says to what.
    """

    words: str
    wanted: tuple[Wanted, ...]
    hits: tuple[Hit, ...]
    counts: Mapping[str, int]
    more: bool = False
    alone: Mapping[str, int] = field(default_factory=dict)
    narrowed: Mapping[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<SearchResult for {self.words!r}: {self.total:,} hits, {len(self.hits)} read>"

    def __len__(self) -> int:
        return len(self.hits)

    @property
    def total(self) -> int:
        """The number of hits, including those that were not read in full."""
        return sum(self.counts.values())

    def as_dict(self) -> dict[str, Any]:
        """The result for JSON."""
        return {
            "words": self.words,
            "read_as": [str(each) for each in self.wanted],
            "narrowed": dict(self.narrowed),
            "total": self.total,
            "more": self.more,
            "counts": dict(self.counts),
            "alone": dict(self.alone),
            "hits": [hit.as_dict() for hit in self.hits],
        }


def search(
    store: Store,
    study: str,
    schema: Schema,
    words: str,
    choice: Choice | None = None,
    most: int = SHOWN,
    instruments: InstrumentSet | None = None,
) -> SearchResult:
    """Everything that has all these words, or longer words that begin with them: "words in quotes" whole and together;
    whole words first, then by rank.

    ``instruments`` are the study's, where it has its own, for the wording of their questions.
    The rank is of the kind of BM25 (Robertson and Zaragoza 2009): how often the words occur, less for a longer text.
    Raises UsageProblem for no word and for a choice that does not fit, UnknownReference and AmbiguousReference for a
    site, case study or code.
    """
    wanted = wanted_words(words)
    if not wanted:
        raise UsageProblem(f"There is no word to search for in {words!r}. Write at least one word or number.")
    choice = choice or Choice()
    labels, extracts, claims = _kinds(schema, choice.kind)
    narrowed, said = _narrowed(store, study, schema, choice)
    only_words = narrowed.modes is not None or narrowed.scopes is not None
    candidates = Candidates(store, study, schema, wanted, narrowed)
    found: list[Candidate] = []
    if extracts:
        found += [each for each in candidates.passages() if ("answer" if each.answer else "passage") in extracts]
    if labels and not only_words and narrowed.code is None:
        found += candidates.names(labels)
    if claims and narrowed.code is None:
        found += candidates.claims()
    kept = without_doubles(found)
    kept.sort(key=lambda each: (-round(each.rank, 9), each.id))
    hits = hits_of(store, schema, kept[:most], wanted, (instruments or shipped_instruments()).question_words)
    counts = Counter(_kind(schema, each) for each in kept)
    alone = {} if kept else _alone(store, study, schema, wanted, narrowed)
    return SearchResult(
        words, tuple(wanted), tuple(hits), dict(counts.most_common()), bool(candidates.cut), alone, said
    )


def _kinds(schema: Schema, kind: str | None) -> tuple[list[str], set[str], bool]:
    """What a word for a kind stands for: labels of named things, kinds of passages, and whether claims."""
    every = [label for label in schema.nodes if label != PASSAGE]
    if kind is None:
        return every, {"answer", "passage"}, True
    wanted = folded(kind).removesuffix("s")
    if wanted in ("answer", "passage", "note"):
        return [], {"answer" if wanted == "answer" else "passage"}, False
    if wanted in ("claim", "quote", "row"):
        return [], set(), True
    if folded(kind).replace("_", " ") not in kind_words(schema):
        offered = sorted({*OTHER_KINDS, *(known_as(schema, label) for label in every)})
        raise UsageProblem(
            f"{kind!r} is not a kind of hit.{did_you_mean(wanted, offered)} The kinds are: {', '.join(offered)}."
        )
    return [label for label in labels_meant(schema, kind) if label != PASSAGE], set(), False


def _narrowed(store: Store, study: str, schema: Schema, choice: Choice) -> tuple[Narrowed, dict[str, str]]:
    said: dict[str, str] = {}
    within: dict[str, bool] | None = None
    for what, given, label in (("site", choice.site, "Site"), ("case", choice.case, "CaseStudy")):
        if given is not None:
            place = resolve(store, study, given, (label,))
            there = things_within(store, schema, place.id, label)
            within = there if within is None else {id_: True for id_ in within if id_ in there}
            said[what] = place.name
    modes = scopes = code = None
    if choice.mode is not None:
        modes = [read_term(schema.terms("mode"), choice.mode, "The mode")]
        said["mode"] = schema.terms("mode").words(modes[0])
    if choice.scope is not None:
        scope = read_term(schema.terms("scope"), choice.scope, "The scope")
        scopes = [scope, BOTH] if scope in ("general", "ethnicity_specific") else [scope]
        said["scope"] = schema.terms("scope").words(scope)
    if choice.code is not None:
        meant = resolve(store, study, choice.code, ("Code",))
        code, said["code"] = meant.id, Entity(meant.id, "Code", meant.name).name
    return Narrowed(modes, scopes, within, code), said


def _kind(schema: Schema, candidate: Candidate) -> str:
    if candidate.claim:
        return "claim"
    if candidate.kind == PASSAGE:
        return "answer" if candidate.answer else "passage"
    return schema.nodes[candidate.kind].noun


def _alone(store: Store, study: str, schema: Schema, wanted: Sequence[Wanted], narrowed: Narrowed) -> dict[str, int]:
    """How often each of several words is found by itself."""
    single: list[Wanted] = []
    for each in wanted:
        *whole, last = each.words
        single += [*(Wanted((word,)) for word in whole), Wanted((last,), each.beginning, each.asked, each.singular)]
    single = list(dict.fromkeys(single))
    found = {}
    labels = [label for label in schema.nodes if label != PASSAGE]
    for each in single if len(single) > 1 else ():
        alone = Candidates(store, study, schema, [each], narrowed)
        found[str(each)] = len(without_doubles([*alone.passages(), *alone.names(labels), *alone.claims()]))
    return found
