"""The relations between two actors: the definition of each, and the occasions that make a tie.

A relation between two people is seldom one claim. "Ann introduces to Lee" rests on a claim that Ann introduced a paper
at a meeting, and on another that Lee was there. An occasion keeps these legs apart, so that every tie can be followed
back to who says what, and falls when nothing is left of one of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, combinations, product

from journeys.analysis.actors.claim_index import ClaimIndex, once
from journeys.model.aspects import aspect_key
from journeys.model.schema import load_schema

Claims = dict[str, None]
"""Ids of claims, each once, in the order in which they were met."""

_Those = Mapping[str, Mapping[str, Claims]]
"""By a thing, those who did something with it or belong to it, each with the claims that say so."""

_Stances = dict[str, str | None]
"""Ids of claims, each with its aspect as aspects are compared, None where it names none."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A kind of tie. ``phrase`` reads between two names; ``definition`` says when two actors have it.

    ``acts`` are the kinds of claim it follows from, ``background`` those that say to whom, or to whose work, an act was
    done. ``polarity`` is 1 for support, -1 for contest and conflict, else 0. ``things`` tells a tie to a document or a
    piece of evidence from one between actors. ``only_if_asked``: another relation shows the same ties.
    """

    name: str
    phrase: str
    definition: str
    acts: tuple[str, ...]
    background: tuple[str, ...] = ()
    directed: bool = True
    polarity: int = 0
    things: bool = False
    only_if_asked: bool = False


@dataclass(frozen=True, slots=True)
class Occasion:
    """One occasion of a tie: ``about`` are the ids of the meeting and the thing that make it, as far as there are any.

    Each of ``legs`` holds the claims (ids, sorted) that say one thing that the tie rests on: while each has a claim
    left, it stands. The first ``dated`` legs say when it was.
    """

    relation: str
    start: str
    end: str
    about: tuple[str, ...]
    legs: tuple[tuple[str, ...], ...]
    dated: int = 1

    @property
    def claims(self) -> tuple[str, ...]:
        """The ids of all claims it rests on, sorted."""
        return tuple(sorted({claim for leg in self.legs for claim in leg}))


MADE_BY = {"Document": "AUTHORED", "Evidence": "GENERATED"}
"""The claim that says whose work a thing is."""

STANCES = {
    kind.name: kind.polarity
    for kind in load_schema().claims.values()
    if kind.polarity and MADE_BY.keys() & set(kind.to_labels)
}
"""The claims by which somebody takes a side on a document or a piece of evidence, with the side."""

REACTIONS = (*STANCES, "APPRAISED", "RECEIVED", "REFERRED_TO", "USED")
"""What somebody at a meeting does with a thing that is introduced there."""

RELATIONS = {
    each.name: each
    for each in (
        Relation(
            "introduces_to",
            "introduced evidence to",
            "One person introduced a document or a piece of evidence at a meeting that the other "
            "attended or where the other did something with it. Each item at each meeting counts once.",
            ("INTRODUCED",),
            ("ATTENDED", *REACTIONS),
        ),
        Relation(
            "introduces_to_group",
            "introduced evidence to the group of",
            "One introduced a document or a piece of evidence to a group, or at a meeting of a group "
            "whose attendance was not recorded; the other is a member of that group. It is not known "
            "whether they were there. Each item at each meeting counts once.",
            ("INTRODUCED",),
            ("MEMBER_OF", "ATTENDED"),
        ),
        Relation(
            "attended_together",
            "was at a meeting with",
            "Both attended the same meeting. Each meeting counts once.",
            ("ATTENDED",),
            directed=False,
        ),
        Relation(
            "agrees",
            "took the same side as",
            "Both supported, or both contested, the same document or piece of evidence, at any time; where both "
            "name an aspect, the same one. Each item counts once.",
            tuple(STANCES),
            directed=False,
            polarity=1,
        ),
        Relation(
            "disagrees",
            "took the opposite side to",
            "One supported and the other contested the same document or piece of evidence, at any time; where both "
            "name an aspect, the same one. Whoever changed side is on both. Each item counts once.",
            tuple(STANCES),
            directed=False,
            polarity=-1,
        ),
        Relation(
            "supports_work_of",
            "supported the work of",
            "One supported a document that the other wrote, or a piece of evidence that the other "
            "generated. Each item counts once.",
            tuple(STANCES),
            tuple(MADE_BY.values()),
            polarity=1,
        ),
        Relation(
            "contests_work_of",
            "contested the work of",
            "One contested a document that the other wrote, or a piece of evidence that the other "
            "generated. Each item counts once.",
            tuple(STANCES),
            tuple(MADE_BY.values()),
            polarity=-1,
        ),
        Relation(
            "challenged",
            "challenged",
            "One challenged the other. Each meeting counts once.",
            ("CHALLENGED",),
            polarity=-1,
        ),
        Relation(
            "sent_to",
            "sent documents to",
            "One is named as the sender of a document that was sent to the other; where no sender is named, one wrote "
            "a document that was sent to the other, or that the other received. Each document counts once. What was "
            "sent to a meeting makes no tie: no source says who there received it.",
            ("SENT_TO", "RECEIVED"),
            ("AUTHORED",),
        ),
        Relation(
            "relates_to",
            "is related to",
            "A claim says that one is related to the other, in this direction; it says how. Each meeting counts once.",
            ("RELATES_TO",),
        ),
        Relation(
            "related",
            "is related to (either way)",
            "A claim says that one of the two is related to the other, whichever of them it names first; it says how. "
            "Each meeting counts once.",
            ("RELATES_TO",),
            directed=False,
            only_if_asked=True,
        ),
    )
}
"""The relations between actors, by name."""


def occasions(relation: str, acts: ClaimIndex, background: ClaimIndex, labels: Mapping[str, str]) -> list[Occasion]:
    """The occasions of a relation of ``RELATIONS``, sorted; without self-ties.

    ``acts`` are the claims that count, ``background`` those that may say of an act to whom it was done; ``labels`` has
    the label of every node. Of an undirected relation the end with the lesser id comes first.
    """
    found = [each for each in _MAKERS[relation](relation, acts, background, labels) if each.start != each.end]
    return sorted(found, key=lambda each: (each.start, each.end, each.about))


def _introductions(relation: str, acts: ClaimIndex, background: ClaimIndex, _: Mapping[str, str]) -> Iterator[Occasion]:
    there, did = _present(background), _reacted(background)
    for (who, what, meeting), claims in _introduced(acts).items():
        if meeting is None:
            continue
        present, reacted = there.get(meeting, {}), did.get((what, meeting), {})
        for other in sorted(present.keys() | reacted.keys()):
            reached = {**present.get(other, {}), **reacted.get(other, {})}
            yield Occasion(relation, who, other, (meeting, what), _legs(claims, reached))


def _introductions_to_groups(
    relation: str, acts: ClaimIndex, background: ClaimIndex, _: Mapping[str, str]
) -> Iterator[Occasion]:
    there, members = _present(background), _members(background)
    arenas = _arenas(background)
    told: defaultdict[tuple[str, str, str | None, str], Claims] = defaultdict(dict)
    for who, what, claim_id, claim in acts.of("INTRODUCED"):
        meeting = claim.get("at_meeting")
        arena = claim.get("to_arena") or arenas.get(meeting or "")
        if arena and not (meeting and there.get(meeting)):
            told[who, what, meeting, arena][claim_id] = None
    for (who, what, meeting, arena), claims in told.items():
        for other, joined in sorted(members.get(arena, {}).items()):
            yield Occasion(relation, who, other, (meeting or arena, what), _legs(claims, joined))


def _meetings(relation: str, acts: ClaimIndex, _: ClaimIndex, __: Mapping[str, str]) -> Iterator[Occasion]:
    for meeting, there in sorted(_present(acts).items()):
        for one, other in combinations(sorted(there), 2):
            yield Occasion(relation, one, other, (meeting,), _legs(there[one], there[other]), dated=2)


def _alignment(relation: str, acts: ClaimIndex, _: ClaimIndex, labels: Mapping[str, str]) -> Iterator[Occasion]:
    wanted = RELATIONS[relation].polarity
    for thing, sides in sorted(_stances(acts, labels).items()):
        for (one, mine), (other, theirs) in product(sorted(sides), repeat=2):
            if one < other and mine * theirs == wanted:
                legs = _of_one_aspect(sides[one, mine], sides[other, theirs])
                if all(legs):
                    yield Occasion(relation, one, other, (thing,), _legs(*legs), dated=2)


def _of_one_aspect(mine: _Stances, theirs: _Stances) -> tuple[list[str], list[str]]:
    """The claims of each that may be on an aspect of one of the other's."""

    def met(one: _Stances, other: _Stances) -> list[str]:
        named = set(other.values())
        return [claim for claim, key in one.items() if key is None or None in named or key in named]

    return met(mine, theirs), met(theirs, mine)


def _stances_on_work(
    relation: str, acts: ClaimIndex, background: ClaimIndex, labels: Mapping[str, str]
) -> Iterator[Occasion]:
    makers = _makers_of(background)
    for thing, sides in sorted(_stances(acts, labels).items()):
        for who, side in sorted(sides):
            if side == RELATIONS[relation].polarity:
                for maker, made in sorted(makers.get(thing, {}).items()):
                    yield Occasion(relation, who, maker, (thing,), _legs(sides[who, side], made))


def _correspondence(
    relation: str, acts: ClaimIndex, background: ClaimIndex, _: Mapping[str, str]
) -> Iterator[Occasion]:
    authors = _authors(background)
    by_sender: defaultdict[tuple[str, str, str], Claims] = defaultdict(dict)
    by_author: defaultdict[tuple[str, str], Claims] = defaultdict(dict)
    received = ((document, to, claim_id, claim) for to, document, claim_id, claim in acts.of("RECEIVED"))
    for document, to, claim_id, claim in chain(acts.of("SENT_TO"), received):
        sender = acts.named(str(claim.get("sent_by") or ""))
        if sender is not None:
            by_sender[sender, to, document][claim_id] = None
        elif not claim.get("sent_by"):
            by_author[to, document][claim_id] = None
    for (sender, to, document), claims in by_sender.items():
        yield Occasion(relation, sender, to, (document,), _legs(claims))
    for (to, document), claims in by_author.items():
        for author, wrote in sorted(authors.get(document, {}).items()):
            if (author, to, document) not in by_sender:
                yield Occasion(relation, author, to, (document,), _legs(claims, wrote))


def _told_of(kind: str) -> Callable[[str, ClaimIndex, ClaimIndex, Mapping[str, str]], Iterator[Occasion]]:
    """A function that finds the occasions of relations that single claims of one kind report."""

    def made(relation: str, acts: ClaimIndex, _: ClaimIndex, __: Mapping[str, str]) -> Iterator[Occasion]:
        return direct(relation, acts, kind, directed=RELATIONS[relation].directed)

    return made


def direct(relation: str, acts: ClaimIndex, kind: str, *, directed: bool = True) -> Iterator[Occasion]:
    """The occasions of a tie that single claims of one kind tell of, those of one meeting together."""
    told: defaultdict[tuple[str, str, str | None], Claims] = defaultdict(dict)
    for start, end, claim_id, claim in acts.of(kind):
        one, other = (start, end) if directed or start < end else (end, start)
        told[one, other, claim.get("at_meeting")][claim_id] = None
    for (one, other, meeting), claims in told.items():
        yield Occasion(relation, one, other, (meeting,) if meeting else (), _legs(claims))


@once
def _present(claims: ClaimIndex) -> _Those:
    """Who is reported to have attended each meeting, with the claims."""
    return _by_end(claims, "ATTENDED")


@once
def _members(claims: ClaimIndex) -> _Those:
    """The members of each body, with the claims."""
    return _by_end(claims, "MEMBER_OF")


@once
def _authors(claims: ClaimIndex) -> _Those:
    """The authors of each document, with the claims."""
    return _by_end(claims, "AUTHORED")


@once
def _makers_of(claims: ClaimIndex) -> _Those:
    """Who made each document and piece of evidence, with the claims."""
    return _by_end(claims, *sorted(MADE_BY.values()))


def _by_end(claims: ClaimIndex, *kinds: str) -> _Those:
    found: defaultdict[str, dict[str, Claims]] = defaultdict(dict)
    for start, end, claim_id, _ in claims.of(*kinds):
        found[end].setdefault(start, {})[claim_id] = None
    return dict(found)


@once
def _arenas(claims: ClaimIndex) -> Mapping[str, str]:
    """The arena of each meeting."""
    return {meeting: arena for meeting, arena, _, _ in claims.of("OF_ARENA")}


@once
def _reacted(claims: ClaimIndex) -> Mapping[tuple[str, str], Mapping[str, Claims]]:
    """Who reacted to each thing at each meeting, with the claims."""
    found: defaultdict[tuple[str, str], dict[str, Claims]] = defaultdict(dict)
    for who, what, claim_id, claim in claims.of(*REACTIONS):
        if claim.get("at_meeting"):
            found[what, claim["at_meeting"]].setdefault(who, {})[claim_id] = None
    return dict(found)


@once
def _introduced(acts: ClaimIndex) -> dict[tuple[str, str, str | None], Claims]:
    """The claims of INTRODUCED by actor, thing and meeting."""
    found: defaultdict[tuple[str, str, str | None], Claims] = defaultdict(dict)
    for who, what, claim_id, claim in acts.of("INTRODUCED"):
        found[who, what, claim.get("at_meeting")][claim_id] = None
    return dict(found)


@once
def _stances(acts: ClaimIndex, labels: Mapping[str, str]) -> dict[str, dict[tuple[str, int], _Stances]]:
    """By document or piece of evidence: the claims of each actor who took each side, with their aspects."""
    sides: defaultdict[str, defaultdict[tuple[str, int], _Stances]] = defaultdict(lambda: defaultdict(dict))
    for kind, side in STANCES.items():
        for who, what, claim_id, claim in acts.of(kind):
            if labels.get(what) in MADE_BY:
                sides[what][who, side][claim_id] = aspect_key(claim)
    return {thing: dict(held) for thing, held in sides.items()}


def _legs(*legs: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(sorted(leg)) for leg in legs)


_MAKERS: Mapping[str, Callable[[str, ClaimIndex, ClaimIndex, Mapping[str, str]], Iterator[Occasion]]] = {
    "introduces_to": _introductions,
    "introduces_to_group": _introductions_to_groups,
    "attended_together": _meetings,
    "agrees": _alignment,
    "disagrees": _alignment,
    "supports_work_of": _stances_on_work,
    "contests_work_of": _stances_on_work,
    "challenged": _told_of("CHALLENGED"),
    "sent_to": _correspondence,
    "relates_to": _told_of("RELATES_TO"),
    "related": _told_of("RELATES_TO"),
}
