"""Names and dates as they stand in a sentence: with articles, told apart, and long lists cut short."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from journeys.analysis.claims.claim import ClaimRecord, Entity, MeetingRef, Source
from journeys.analysis.claims.short_ids import short_ids
from journeys.analysis.trace.journey import Journey
from journeys.analysis.trace.summary import Clause
from journeys.model.dates import DateSpan
from journeys.model.identity import folded
from journeys.model.order import describe
from journeys.model.phrases import counted
from journeys.views.text import sanitized, shortened
from journeys.views.wording import aspect_words

NAMES_SHOWN = 6
NAME_LETTERS = 120
_BODIES = frozenset({
    "assembly", "board", "cabinet", "chamber", "commission", "committee", "consortium", "delegation", "department",
    "directorate", "division", "executive", "forum", "group", "network", "office", "panel", "partnership", "service",
    "subcommittee", "team", "trust", "unit",
})  # fmt: skip
"""What the last word of a name is that takes "the": the Trust Board."""
_QUOTED = ("Document", "Evidence", "Action", "Driver", "Factor", "Understanding", "Extract")
_UNSAID = ("not known", "not stated")
_WITHOUT_PREPOSITION = ("before ", "after ", "between ", "roughly ")
_OPEN = {"since ": "on or after ", "up to ": "on or before "}
_ON_ALREADY = ("on ", "about ", "for ", "because ", "as ", "over ")
_WITH_ARTICLE = ("first ", "second ", "third ", "fourth ", "financial ")


def listed(names: Sequence[str], most: int = NAMES_SHOWN, noun: str = "other") -> tuple[str, bool]:
    """ "A, B and C", or "A, B and 7 others" for more than ``most`` and one; and whether names are left out."""
    if len(names) > most + 1:
        return f"{', '.join(names[:most])} and {counted(len(names) - most, noun)}", True
    if len(names) < 2:
        return "".join(names), False
    return f"{', '.join(names[:-1])} and {names[-1]}", False


def in_words(count: int, noun: str) -> str:
    """A count in a sentence: "one source", "three meetings", "12 sources"."""
    number = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    said = counted(count, noun)
    return f"{number[count]} {said.partition(' ')[2]}" if count < len(number) else said


def uncapital(words: str) -> str:
    """Words as they stand within a sentence: "business case", but "GP data"."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def when_words(when: DateSpan) -> str:
    """A date with its preposition: "on 6 April 2011", "in autumn 2010", "before 1 April 2011"."""
    said = describe(when)
    for open_end, instead in _OPEN.items():
        if said.startswith(open_end):
            return f"{instead}{said.removeprefix(open_end)}"
    if said.startswith(_WITHOUT_PREPOSITION):
        return said
    article = "the " if said.startswith(_WITH_ARTICLE) else ""
    return f"{'on' if when.date_from == when.date_to else 'in'} {article}{said}"


@dataclass(frozen=True, slots=True)
class NamesInWords:
    """How the things and sources of one journey are called; two that bear one name are told apart by their ids."""

    apart: Mapping[str, str]
    """The short ids of those things and sources whose name another one of their kind bears."""

    @classmethod
    def of(cls, journey: Journey) -> Self:
        """The names of a journey."""
        named: dict[str, str] = {journey.subject.entity.id: journey.subject.entity.name}
        for claim in journey.claims:
            named |= {entity.id: entity.name for entity in (claim.start, claim.end)}
            named |= {claim.source.id: claim.source.name} if claim.source else {}
        bearers: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for node_id, name in named.items():
            kind = node_id.split(":")[1] if ":" in node_id else ""
            bearers[kind, folded(name)].append(node_id)
        return cls(short_ids([each for ids in bearers.values() if len(ids) > 1 for each in ids]))

    def thing(self, entity: Entity) -> str:
        """What a thing is called in a sentence: "the Trust Board", "Ann N.", "‘Two community clinics’"."""
        name = shortened(sanitized(entity.name), NAME_LETTERS)
        if entity.label in _QUOTED:
            name = f"‘{name}’"
        elif entity.label != "Actor" or " " in name:
            last = name.rsplit(" ", 1)[-1].casefold()
            name = f"the {name}" if last in _BODIES and not name.casefold().startswith(("the ", "our ")) else name
        return self._apart(entity.id, name)

    def title(self, meeting: MeetingRef) -> str:
        """What a meeting is called."""
        return shortened(sanitized(meeting.title), NAME_LETTERS)

    def source(self, source: Source) -> str:
        """What a source is called."""
        return self._apart(source.id, shortened(sanitized(source.name), NAME_LETTERS))

    def _apart(self, node_id: str, name: str) -> str:
        return f"{name} ({self.apart[node_id]})" if node_id in self.apart else name

    def of_side(
        self, clause: Clause, side: Sequence[Entity], *, details: bool = True, most: int = NAMES_SHOWN
    ) -> tuple[str, tuple[str, ...]]:
        """The things at one side of a clause, each with what its claims name in particular (aspect, purpose); and all
        of them where only some are named, as there are more than ``most`` and one."""
        particular = {entity.id: _particulars(clause.claims, entity) if details else "" for entity in side}
        shared = set(particular.values()) if len(side) > 1 else set()
        names = [
            f"{self.thing(entity)}{f' ({said})' if (said := particular[entity.id]) and len(shared) != 1 else ''}"
            for entity in side
        ]
        words, left_out = listed(names, most)
        after = f" ({next(iter(shared))})" if len(shared) == 1 and any(shared) else ""
        return f"{words}{after}", tuple(names) if left_out else ()


def _particulars(claims: Iterable[ClaimRecord], entity: Entity) -> str:
    """What the claims at one end name in particular, each once."""
    said = [
        _on(words) if claim.kind.polarity else words
        for claim in claims
        if entity in (claim.start, claim.end)
        for words in aspect_words(claim)
        if words not in claim.kind.passive and words not in _UNSAID
    ]
    return "; ".join(dict.fromkeys(said))


def _on(aspect: str) -> str:
    """What a side was taken on: "on the costs", "on the point that numbers show bias"."""
    if aspect.startswith(_ON_ALREADY):
        return aspect
    if aspect.startswith("that "):
        return f"on the point {aspect}"
    return f"on the point that {aspect}" if _is_sentence(aspect) else f"on {aspect}"


def _is_sentence(words: str) -> bool:
    """Whether words say something by themselves: "they are old", but not "the costs" or "who was asked"."""
    verb = _FINITE.search(words)
    return verb is not None and not _OF_A_NOUN.search(words[: verb.start()])


_FINITE = re.compile(
    r"(?<=\s)(?:is|are|was|were|has|have|had|do|does|did|can|cannot|could|will|would|should|must|may)\b|n[’']t\b"
)
_OF_A_NOUN = re.compile(r"\b(?:who|whom|whose|that|which|where|when|why|how|what|whether|if)\b", re.I)
"""Words after which a verb belongs to a noun, or to a question."""

_BE = re.compile(r"(was|were|is|are)\b")


def with_adverb(verb: str, adverb: str) -> str:
    """ "was first introduced by" for "was introduced by"."""
    found = _BE.match(verb)
    return f"{found[0]} {adverb}{verb[found.end() :].lstrip()}" if adverb and found else verb


def denied(verb: str) -> str | None:
    """ "was not sent to" for "was sent to"; None for a verb that is denied in another way."""
    found = _BE.match(verb)
    return f"{found[0]} not{verb[found.end() :]}" if found else None


def agreeing(verb: str, number: int) -> str:
    """ "were sent to" for "was sent to", of several."""
    found = _BE.match(verb)
    if number < 2 or not found:
        return verb
    return f"{({'was': 'were', 'is': 'are'}).get(found[0], found[0])}{verb[found.end() :]}"
