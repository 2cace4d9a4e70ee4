"""Codings: which passage of which interview was given which code, by which coder."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations
from typing import Any

import networkx as nx

from journeys.analysis.claims.selection import LeftOut, Selection, belonging
from journeys.interpret.coding_decisions import INSTEAD, REJECTED
from journeys.model.code_keys import NOT_RECOVERED, key_order
from journeys.model.identity import folded

CODING_KINDS = ("CODED_AS", REJECTED)
"""The claim kinds of codings, including rejected ones."""

SHARED_WORDS = 4
"""Passages that share a run of fewer words are the same only where all their words are equal."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What a third person decided about a coding: in words, which code applies instead, by whom, when and why."""

    decision: str
    instead: str | None
    by: str
    on: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Coding:
    """One passage given one code by one coder; all but ``coder`` (as written) and ``code`` (its key) are ids.

    ``key`` names the coding in decisions: the id of its claim, or the one that it had before it was decided against.
    """

    claim: str
    key: str
    interview: str
    passage: str
    code: str
    coder: str
    settled: Settled | None = None


def codings(graph: nx.MultiDiGraph[str], selection: Selection) -> tuple[tuple[Coding, ...], tuple[LeftOut, ...]]:
    """The codings of the selection's site and case study, by claim id, and those that cannot be compared.

    What a third person decided against counts too: coders agree or differ before anybody settles it. Left out is what
    names no coder or no interview.
    """
    place = selection.case or selection.site
    belongs = belonging(graph) if place else {}
    sources = {passage: source for passage, source, claim in graph.edges(data=True) if claim["type"] == "FROM"}
    found: list[Coding] = []
    left: defaultdict[str, list[str]] = defaultdict(list)
    for passage, code, claim_id, claim in graph.edges(keys=True, data=True):
        if claim["type"] not in CODING_KINDS or claim.get("decision") == INSTEAD:
            continue
        if graph.nodes[passage].get("label") == "Finding":
            continue  # a theme form gives its findings the codes of the item; nobody coded a passage
        interview, coder = sources.get(passage), claim.get("coder")
        if place and interview and place not in belongs[interview]:
            continue
        if interview and coder:
            key = str(graph.nodes[code].get("code") or code)
            found.append(
                Coding(claim_id, claim.get("coding") or claim_id, interview, passage, key, coder, _settled(claim))
            )
        else:
            left["names no coder" if interview else "passage of no interview"].append(claim_id)
    reasons = tuple(LeftOut(why, tuple(sorted(ids))) for why, ids in sorted(left.items()))
    return tuple(sorted(found, key=lambda coding: coding.claim)), reasons


def passage_texts(graph: nx.MultiDiGraph[str], found: Iterable[Coding]) -> dict[str, str]:
    """The words of the coded passages by id, in the order of their places."""
    held = {coding.passage: graph.nodes[coding.passage] for coding in found}
    order = sorted(
        held, key=lambda each: (key_order(str(held[each].get("locator") or "")), str(held[each].get("text")))
    )
    return {passage: str(held[passage].get("text") or "") for passage in order}


def code_nodes(graph: nx.MultiDiGraph[str]) -> dict[str, Mapping[str, Any]]:
    """What the graph of a study holds of each code, by its key."""
    return {str(held.get("code")): held for _, held in graph.nodes(data=True) if held.get("label") == "Code"}


def code_label(held: Mapping[str, Any]) -> str:
    """The label of a code, out of its node in the graph of a study."""
    key, name = str(held.get("code") or ""), str(held.get("name") or "")
    return name.removeprefix(key).strip() or NOT_RECOVERED


def coders_of(found: Iterable[Coding]) -> dict[str, set[str]]:
    """Who coded each interview, by its id."""
    coders: defaultdict[str, set[str]] = defaultdict(set)
    for coding in found:
        coders[coding.interview].add(coding.coder)
    return coders


def _settled(claim: Mapping[str, Any]) -> Settled | None:
    if not claim.get("decision"):
        return None
    return Settled(
        decision=claim["decision"],
        instead=claim.get("instead"),
        by=claim["decided_by"],
        on=claim.get("decided_on"),
        reason=claim.get("decision_reason"),
    )


def same_passages(texts: Mapping[str, str]) -> list[tuple[str, ...]]:
    """The passages of one interview, by id, grouped where they are the same stretch of it, in the order given.

    Coders mark a stretch a little differently. Two passages are the same when their words are equal, or when they share
    a run of at least half the words of the shorter one, and at least ``SHARED_WORDS``. A long passage of one coder and
    the shorter ones of another that it holds are one group.
    """
    words = {passage: tuple(re.findall(r"\w+", folded(text))) for passage, text in texts.items()}
    group = {passage: passage for passage in texts}

    def first_of(passage: str) -> str:
        while group[passage] != passage:
            passage = group[passage]
        return passage

    for one, other in _candidates(words):
        if first_of(one) != first_of(other) and _overlap(words[one], words[other]):
            group[first_of(other)] = first_of(one)
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for passage in texts:
        groups[first_of(passage)].append(passage)
    return [tuple(members) for members in groups.values()]


def _candidates(words: Mapping[str, tuple[str, ...]]) -> Iterable[tuple[str, str]]:
    """Pairs that have all words, or a run of SHARED_WORDS, in common; so not every pair has to be compared."""
    holders: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for passage, said in words.items():
        runs = {said[at : at + SHARED_WORDS] for at in range(len(said) - SHARED_WORDS + 1)} or {said}
        for run in sorted(runs | {said}):
            holders[run].append(passage)
    return dict.fromkeys(pair for held in holders.values() for pair in combinations(held, 2))


def _overlap(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if one == other:
        return True
    longest = SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size
    return longest >= max(SHARED_WORDS, min(len(one), len(other)) / 2)
