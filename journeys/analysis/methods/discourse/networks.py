"""Signed affiliations of actors and concepts, and the discourse networks derived from them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import networkx as nx

from journeys.model.dates import DateSpan
from journeys.model.identity import folded

Kind = Literal["congruence", "conflict", "subtract"]
Side = Literal["actor", "concept"]
Normalisation = Literal["none", "average", "jaccard", "cosine"]
Duplicates = Literal["once", "all"]

_KINDS = ("congruence", "conflict", "subtract")
_SIDES = ("actor", "concept")
_NORMALISATIONS = ("none", "average", "jaccard", "cosine")
_DUPLICATES = ("once", "all")


@dataclass(frozen=True, slots=True)
class Stance:
    """One statement: an actor supports (+1), contests (-1) or does neither (0) with a concept, at a time.

    ``concept`` is what the stance is about (a document, a piece of evidence, an argument). ``key`` names the
    statement, so that every figure can be led back to it. ``when`` is None where nothing is known of the time.
    ``aspect`` is the part of the concept that the statement names (the costs), None where it names none.
    Raises ValueError for any other polarity.
    """

    actor: Hashable
    concept: Hashable
    polarity: int
    when: DateSpan | None
    key: Hashable
    aspect: str | None = None

    def __post_init__(self) -> None:
        if self.polarity not in (-1, 0, 1):
            raise ValueError(f"a polarity is -1, 0 or 1, not {self.polarity!r}")


def in_text_order(values: Iterable[Hashable]) -> tuple[Hashable, ...]:
    """The distinct values, sorted as text, so that no result depends on the order of the input."""
    return tuple(sorted(set(values), key=lambda value: (str(value), type(value).__name__)))


def affiliation_network(stances: Iterable[Stance], *, duplicates: Duplicates = "once") -> nx.Graph[Hashable]:
    """The signed actor x concept matrix as a bipartite graph (Leifeld 2017).

    Nodes are the actors (``bipartite`` 0) and the concepts (``bipartite`` 1). An edge joins an actor to each concept
    it said anything about; ``positive``, ``negative`` and ``neutral`` are counts of statements, ``weight`` is positive
    minus negative, ``keys`` the statements; ``different_aspects`` is whether it is on both sides and none of what it
    supports may be what it contests. With ``duplicates="once"`` a statement repeated by the same actor on the
    same concept with the same polarity counts once (its keys are all kept); with "all" each counts.

    Raises ValueError if a value is an actor and a concept at once, or for an unknown ``duplicates``.
    """
    _check("duplicates", duplicates, _DUPLICATES)
    counted = list(stances)
    actors = in_text_order(stance.actor for stance in counted)
    concepts = in_text_order(stance.concept for stance in counted)
    if both := set(actors) & set(concepts):
        raise ValueError(f"{in_text_order(both)[0]!r} is an actor and a concept")
    cells: dict[tuple[Hashable, Hashable], dict[int, _Said]] = defaultdict(lambda: defaultdict(dict))
    for stance in counted:
        _add(cells[stance.actor, stance.concept][stance.polarity], stance)
    graph: nx.Graph[Hashable] = nx.Graph()
    graph.add_nodes_from(actors, bipartite=0)
    graph.add_nodes_from(concepts, bipartite=1)
    for actor, concept in sorted(cells, key=lambda cell: (str(cell[0]), str(cell[1]))):
        said = cells[actor, concept]
        positive, negative, neutral = (_count(said.get(sign, {}), duplicates) for sign in (1, -1, 0))
        graph.add_edge(
            actor,
            concept,
            weight=positive - negative,
            positive=positive,
            negative=negative,
            neutral=neutral,
            different_aspects=bool(positive and negative) and not _meeting(said[1], said[-1]),
            keys=in_text_order(key for by_aspect in said.values() for group in by_aspect.values() for key in group),
        )
    return graph


def discourse_network(
    stances: Iterable[Stance],
    kind: Kind = "congruence",
    *,
    side: Side = "actor",
    normalisation: Normalisation = "none",
    duplicates: Duplicates = "once",
) -> nx.Graph[Hashable]:
    """A one-mode discourse network (Leifeld & Haunss 2012; Leifeld 2012, 2017), as "Discourse Network Analyzer" has it.

    With x the number of statements of an actor on a concept with a polarity: two actors' **congruence** is the sum,
    over concepts and polarities, of the product of their x with the *same* polarity; their **conflict** is that sum
    over *opposite* polarities; **subtract** is congruence minus conflict, each normalised first. ``side="concept"``
    joins concepts by the actors that take the same (opposite) side on both. Statements of polarity 0 take no side and
    count nowhere.

    Like is compared with like: two actors meet on a concept only by statements that may be on one aspect of it, that is
    on the same aspect, or of which one names none. Aspects of two concepts are not compared.

    ``duplicates="once"`` counts a repeated statement once for each actor, concept and polarity, so that x is 0 or 1;
    "all" counts each pair of statements that meet. ``normalisation`` divides by

    - "average" (average activity): the mean of the two actors' sums of x. Counted once and without an actor on both
      sides of one concept, that is the mean of their numbers of different concepts;
    - "jaccard": their union, that is the x of claims (concept and polarity) that only one makes, plus what both make as
      congruence counts it;
    - "cosine": the product of the Euclidean lengths of their vectors of x. (The program divides by the product of the
      sums of x, which is not the cosine; here the definition is followed.)

    Nodes are all actors (concepts), isolates too. An edge stands where the two share at least one claim of the kind
    (of either kind for "subtract", so that its weight may be 0), with ``weight`` (float), ``congruence`` and
    ``conflict`` (floats, normalised), ``shared`` (the concepts, or actors, that join them) and ``keys`` (all
    statements of both behind it). Raises ValueError for an unknown option.
    """
    _check("kind", kind, _KINDS)
    _check("side", side, _SIDES)
    _check("normalisation", normalisation, _NORMALISATIONS)
    _check("duplicates", duplicates, _DUPLICATES)
    claims: dict[Hashable, dict[_Claim, _Said]] = {}
    nodes: list[Hashable] = []
    for stance in stances:
        node, other = (stance.actor, stance.concept) if side == "actor" else (stance.concept, stance.actor)
        nodes.append(node)
        if stance.polarity:
            _add(claims.setdefault(node, {}).setdefault((other, stance.polarity), {}), stance, alike=side == "concept")
    graph: nx.Graph[Hashable] = nx.Graph()
    graph.add_nodes_from(in_text_order(nodes))
    for one, two in _with_a_thing_in_common([node for node in graph if node in claims], claims):
        agreed = _matching(claims[one], claims[two], 1)
        opposed = _matching(claims[one], claims[two], -1)
        meeting = {"congruence": [agreed], "conflict": [opposed], "subtract": [agreed, opposed]}[kind]
        if not any(meeting):
            continue
        norm = _norm(claims[one], claims[two], agreed, normalisation, duplicates)
        congruence, conflict = _weight(agreed, duplicates) / norm, _weight(opposed, duplicates) / norm
        graph.add_edge(
            one,
            two,
            weight={"congruence": congruence, "conflict": conflict, "subtract": congruence - conflict}[kind],
            congruence=congruence,
            conflict=conflict,
            shared=in_text_order(thing for found in meeting for thing, _ in found),
            keys=in_text_order(
                key
                for found in meeting
                for pairs in found.values()
                for mine, theirs in pairs
                for key in (*mine, *theirs)
            ),
        )
    return graph


_Claim = tuple[Hashable, int]
"""A concept (or actor) and a polarity."""

_Said = dict[str | None, list[Hashable]]
"""The keys of statements by the aspect that they name, as aspects are compared; None for those that name none."""

_Pairs = list[tuple[list[Hashable], list[Hashable]]]


def _with_a_thing_in_common(
    nodes: Sequence[Hashable], claims: Mapping[Hashable, Iterable[_Claim]]
) -> Iterator[tuple[Hashable, Hashable]]:
    """The pairs of nodes whose claims are about one thing, in the order of ``combinations``."""
    places: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place, node in enumerate(nodes):
        for thing in {thing for thing, _ in claims[node]}:
            places[thing].append(place)
    for one, two in sorted({pair for of_one in places.values() for pair in combinations(of_one, 2)}):
        yield nodes[one], nodes[two]


def _add(said: _Said, stance: Stance, *, alike: bool = False) -> None:
    aspect = None if alike or stance.aspect is None else folded(stance.aspect)
    said.setdefault(aspect, []).append(stance.key)


def _meeting(one: _Said, two: _Said) -> _Pairs:
    """The groups of statements of each actor that may be about the same aspect."""
    return [(mine, theirs) for a, mine in one.items() for b, theirs in two.items() if a is None or b is None or a == b]


def _matching(one: Mapping[_Claim, _Said], two: Mapping[_Claim, _Said], sign: Literal[1, -1]) -> dict[_Claim, _Pairs]:
    """The claims of ``one`` that meet claims of ``two`` on one thing, of the same (1) or the opposite (-1) polarity."""
    meeting = {}
    for (thing, polarity), said in one.items():
        theirs = two.get((thing, polarity * sign))
        if theirs and (pairs := _meeting(said, theirs)):
            meeting[thing, polarity] = pairs
    return meeting


def _weight(meeting: Mapping[_Claim, _Pairs], duplicates: Duplicates) -> int:
    if duplicates == "once":
        return len(meeting)
    return sum(len(mine) * len(theirs) for pairs in meeting.values() for mine, theirs in pairs)


def _norm(
    one: Mapping[_Claim, _Said],
    two: Mapping[_Claim, _Said],
    agreed: Mapping[_Claim, _Pairs],
    normalisation: Normalisation,
    duplicates: Duplicates,
) -> float:
    """The divisor of a weight; never 0, as both make at least one claim."""
    if normalisation == "none":
        return 1.0
    mine, theirs = ({claim: _count(said, duplicates) for claim, said in own.items()} for own in (one, two))
    if normalisation == "average":
        return (sum(mine.values()) + sum(theirs.values())) / 2
    if normalisation == "jaccard":
        alone = sum(count for own in (mine, theirs) for claim, count in own.items() if claim not in agreed)
        return float(alone + _weight(agreed, duplicates))
    return math.hypot(*mine.values()) * math.hypot(*theirs.values())


def _count(said: _Said, duplicates: Duplicates) -> int:
    number = sum(map(len, said.values()))
    return min(number, 1) if duplicates == "once" else number


def _check(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise ValueError(f"{name} is one of {', '.join(allowed)}, not {value!r}")
