"""Small studies made at random, and their answers read off slowly and plainly: a second way to what is computed.

Nothing here imports what it checks. A study is a list of claims; dates are days, whole months or missing.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from random import Random

MONTHS = (3, 4, 5)
DAYS = (2, 16)
MODES = ("verbatim", "paraphrase", "interpretive", "derived", "not_stated")
CONFIDENCES = ("high", "low", "not_stated")
SCOPES = ("general", "ethnicity_specific", "both", "not_stated")
TOPICS = {
    "costs": "costs",
    "Costs ": "costs",
    "c\u00f3sts": "costs",
    "siting - north": "siting",
    "Siting\u00a0\u2013 North": "siting",
}
"""Two aspects, written differently by different people: capitals, an accent, spaces, a dash."""
ASPECTS = (None, None, None, *TOPICS)

PEOPLE = ("ann", "bea", "cem", "dov")
PAPERS = ("p1", "p2", "p3", "p4")
FINDINGS = ("e1", "e2")
TYPES = {"e1": "6.6", "e2": "6.7"}
"""What kind of evidence each finding is."""
SOURCES = ("talk", "minutes", "diary")
KINDS = ("INTRODUCED", *2 * ("CONTESTED", "SUPPORTED"), "CHAMPIONED", "CITED", "AUTHORED", "USED", "RECEIVED")

When = tuple[date, date] | None


@dataclass(frozen=True)
class Said:
    """One claim."""

    id: str
    start: str
    kind: str
    end: str
    source: str
    mode: str
    confidence: str
    scope: str
    when: When
    meeting: str | None
    aspect: str | None
    negated: bool
    withdrawn: bool

    @property
    def side(self) -> int:
        return {"CONTESTED": -1, "SUPPORTED": 1, "CHAMPIONED": 1}.get(self.kind, 0)

    @property
    def topic(self) -> str | None:
        return TOPICS[self.aspect] if self.aspect else None


@dataclass(frozen=True)
class Chosen:
    """What counts."""

    site: str | None = None
    scope: str | None = None
    first: date | None = None
    last: date | None = None
    modes: tuple[str, ...] = ("verbatim", "paraphrase", "interpretive", "researcher_comment", "not_stated")
    confidences: tuple[str, ...] = ("high", "medium", "low", "not_judged", "not_stated")


@dataclass(frozen=True)
class RandomStudy:
    """Who belongs to which site, what each meeting's site and day is, and what is said."""

    sites: dict[str, str]
    meetings: dict[str, tuple[str, When]]
    said: tuple[Said, ...]

    def site_of(self, claim: Said) -> str:
        """Where the meeting was, else where the thing belongs."""
        return self.meetings[claim.meeting][0] if claim.meeting else self.sites[claim.end]


def make(seed: int) -> RandomStudy:
    """The study of this seed."""
    dice = Random(seed)
    sites = {thing: dice.choice(("north", "south")) for thing in (*PEOPLE, *PAPERS, *FINDINGS)}
    meetings = {f"m{n}": (dice.choice(("north", "south")), _when(dice)) for n in (1, 2, 3)}
    return RandomStudy(sites, meetings, tuple(_claims(dice, meetings)))


def _when(dice: Random) -> When:
    month = dice.choice(MONTHS)
    roll = dice.random()
    if roll < 0.25:
        return None
    if roll < 0.45:
        return date(2011, month, 1), date(2011, month, calendar.monthrange(2011, month)[1])
    day = date(2011, month, dice.choice(DAYS))
    return day, day


def _claims(dice: Random, meetings: dict[str, tuple[str, When]]) -> Iterator[Said]:
    # A few people, things and kinds of claim at a time, so that claims meet.
    people, things = dice.sample(PEOPLE, 2), [dice.choice(PAPERS), dice.choice(FINDINGS)]
    for number in range(dice.randrange(8, 36)):
        kind = dice.choice(KINDS)
        start = dice.choice(PAPERS if kind == "CITED" else people)
        ends = {"CITED": (*PAPERS, *FINDINGS), "CHAMPIONED": FINDINGS, "AUTHORED": PAPERS, "RECEIVED": PAPERS}
        end = dice.choice([each for each in ends.get(kind, things) if each != start])
        meeting = dice.choice(tuple(meetings)) if kind not in ("CITED", "AUTHORED") and dice.random() < 0.5 else None
        when = _when(dice)
        yield Said(
            id=f"{number + 1:02}",
            start=start,
            kind=kind,
            end=end,
            source=dice.choice(SOURCES),
            mode=dice.choice(MODES),
            confidence=dice.choice(CONFIDENCES),
            scope=dice.choice(SCOPES),
            # A load gives a claim without a date that of its meeting.
            when=when or (meetings[meeting][1] if meeting else None),
            meeting=meeting,
            aspect=dice.choice(ASPECTS) if kind in ("CONTESTED", "SUPPORTED") else None,
            negated=dice.random() < 0.15,
            withdrawn=dice.random() < 0.1,
        )


def counting(study: RandomStudy, chosen: Chosen, *, undated: bool = True) -> list[Said]:
    """The claims that count, denials among them; ``undated``: whether what has no date may lie in a period."""
    return [claim for claim in study.said if _counts(study, claim, chosen, undated)]


def _counts(study: RandomStudy, claim: Said, chosen: Chosen, undated: bool) -> bool:
    if claim.withdrawn or claim.mode not in chosen.modes or claim.confidence not in chosen.confidences:
        return False
    if chosen.scope and claim.scope not in (chosen.scope, "both"):
        return False
    if chosen.site and study.site_of(claim) != chosen.site:
        return False
    if chosen.first is None and chosen.last is None:
        return True
    if claim.when is None:
        return undated
    return not (chosen.first and claim.when[1] < chosen.first) and not (chosen.last and claim.when[0] > chosen.last)


def introduced(claims: Iterable[Said], *, negated: bool = False) -> dict[str, int]:
    """How many different things each introduced."""
    pairs = {(c.start, c.end) for c in claims if c.kind == "INTRODUCED" and c.negated == negated}
    return {who: sum(one == who for one, _ in pairs) for who, _ in pairs}


def sides(claims: Iterable[Said]) -> dict[tuple[str, str], tuple[int, int]]:
    """Of each person and thing, how many claims support it and how many contest it."""
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for claim in claims:
        if claim.side and not claim.negated:
            for_, against = found.get((claim.start, claim.end), (0, 0))
            found[claim.start, claim.end] = (for_ + (claim.side > 0), against + (claim.side < 0))
    return found


def contests_by_type(claims: Iterable[Said]) -> dict[str, tuple[int, int, int, int]]:
    """Of each type of evidence, how many pieces were contested, supported and reported not to be contested, and by how
    many people they were contested."""
    told = list(claims)
    found = {}
    for thing, kind in TYPES.items():
        against = {claim.start for claim in told if claim.end == thing and claim.side < 0 and not claim.negated}
        backed = any(claim.end == thing and claim.side > 0 and not claim.negated for claim in told)
        denied = any(claim.end == thing and claim.side < 0 and claim.negated for claim in told)
        found[kind] = (int(bool(against)), int(backed), int(denied), len(against))
    return {kind: counts for kind, counts in found.items() if any(counts)}


def changes(claims: Iterable[Said]) -> set[tuple[str, str, str]]:
    """Who, of what, in which order, contested and supported what may be one aspect."""
    found = set()
    stances = [claim for claim in claims if claim.side and not claim.negated]
    for no, yes in product(stances, stances):
        if (no.start, no.end) == (yes.start, yes.end) and no.side < 0 < yes.side:
            found.add((no.start, no.end, _order(no, yes) if may_be_one(no, yes) else "no change: different aspects"))
    return found


def _order(no: Said, yes: Said) -> str:
    if no.when is None or yes.when is None:
        return "order not known"
    if no.when[1] < yes.when[0]:
        return "contested, then supported"
    if yes.when[1] < no.when[0]:
        return "supported, then contested"
    return "both on the same day" if no.when == yes.when and no.when[0] == no.when[1] else "order not known"


def may_be_one(one: Said, other: Said) -> bool:
    """Whether two claims may speak of one aspect."""
    return one.topic is None or other.topic is None or one.topic == other.topic


def one_scope(one: Said, other: Said) -> bool:
    """Whether two claims may speak of one scope: of ethnicity only and in general are two."""
    return (one.scope, other.scope) not in (("general", "ethnicity_specific"), ("ethnicity_specific", "general"))


def cited(claims: Iterable[Said], paper: str, *, backwards: bool = False) -> dict[str, int]:
    """What a paper cites, or is cited by, at any remove, with the fewest steps."""
    links = {(c.start, c.end) for c in claims if c.kind == "CITED" and not c.negated}
    if backwards:
        links = {(end, start) for start, end in links}
    found, steps = {paper: 0}, 0
    while True:
        steps += 1
        new = {end for start, end in links if found.get(start) == steps - 1 and end not in found}
        if not new:
            return {thing: n for thing, n in found.items() if n}
        found |= dict.fromkeys(new, steps)


def steps(claims: Iterable[Said], thing: str) -> set[frozenset[str]]:
    """The claims of each step of a journey.

    One step is what is alike but for its date: a stand at a meeting for all who took it. Claims of one day are one
    step. Where no day is named a month is; a month with one day belongs to it, with several to none. What has no date
    belongs to the only step there is.
    """
    alike: dict[object, list[Said]] = {}
    for claim in claims:
        if thing in (claim.start, claim.end):
            together = claim.meeting and (claim.side or claim.kind == "RECEIVED")
            key = (claim.kind, None if together else claim.start, claim.end, claim.meeting, claim.negated)
            alike.setdefault(key, []).append(claim)
    return {step for told in alike.values() for step in _by_date(told)}


def _by_date(told: list[Said]) -> Iterator[frozenset[str]]:
    days: dict[When, set[str]] = {}
    months: dict[When, set[str]] = {}
    for claim in told:
        if claim.when and claim.when[0] == claim.when[1]:
            days.setdefault(claim.when, set()).add(claim.id)
    apart = []
    for claim in told:
        if claim.when and claim.when[0] < claim.when[1]:
            within = [day for day in days if day and claim.when[0] <= day[0] <= claim.when[1]]
            if len(within) == 1:
                days[within[0]].add(claim.id)
            else:
                months.setdefault(claim.when, set()).add(claim.id)
                if within:
                    apart.append(claim.when)
    whole = [*days.values(), *(ids for month, ids in months.items() if month not in apart)]
    undated = {claim.id for claim in told if claim.when is None}
    if len(whole) == 1:
        whole[0] |= undated
    elif undated:
        yield frozenset(undated)
    yield from map(frozenset, whole)
    yield from (frozenset(months[month]) for month in set(apart))


def apart(one: Said, other: Said) -> bool:
    """Whether no day is allowed by both."""
    return bool(one.when and other.when) and not (one.when[0] <= other.when[1] and other.when[0] <= one.when[1])


def differing(claims: Iterable[Said], thing: str) -> dict[str, set[str]]:
    """The claims about a thing on which sources differ: on who, when, whether, and on which side somebody stood."""
    told = [claim for claim in claims if thing in (claim.start, claim.end)]
    found: dict[str, set[str]] = {"who": set(), "when": set(), "whether": set(), "stance": set()}
    so = [claim for claim in told if not claim.negated]
    _who([claim for claim in so if claim.end == thing], found["who"])
    _when_differs(so, found["when"])
    for no, yes in product([claim for claim in told if claim.negated], so):
        if (no.kind, no.start, no.end) == (yes.kind, yes.start, yes.end):
            one_meeting = no.meeting is None or no.meeting == yes.meeting
            one_topic = no.topic is None or no.topic == yes.topic
            if one_meeting and one_topic and one_scope(no, yes) and not apart(no, yes):
                found["whether"] |= {no.id, yes.id}
    _stance(so, found["stance"])
    return {name: ids for name, ids in found.items() if ids}


def _who(so: list[Said], found: set[str]) -> None:
    asked = [c for c in so if c.kind == "AUTHORED" or (c.kind == "INTRODUCED" and c.meeting)]
    for question in {(c.kind, c.meeting) for c in asked}:
        same = [c for c in asked if (c.kind, c.meeting) == question]
        named = {source: {c.start for c in same if c.source == source} for source in {c.source for c in same}}
        for one, other in product(named, named):
            if named[one] - named[other] and named[other] - named[one]:
                found |= {c.id for c in same if c.source in (one, other)}


def _when_differs(so: list[Said], found: set[str]) -> None:
    dated = [claim for claim in so if claim.when]
    for act in {(c.kind, c.start, c.end) for c in dated}:
        told = [c for c in dated if (c.kind, c.start, c.end) == act]
        once = act[0] in ("AUTHORED", "INTRODUCED") and len({c.meeting for c in told if c.meeting}) < 2
        for meeting in {None} if once else {c.meeting for c in told if c.meeting}:
            same = told if once else [c for c in told if c.meeting == meeting]
            for one, other in product({c.source for c in same}, {c.source for c in same}):
                pairs = [
                    (a, b) for a in same for b in same if (a.source, b.source) == (one, other) and may_be_one(a, b)
                ]
                if one != other and all(apart(a, b) for a, b in pairs):
                    found |= {claim.id for pair in pairs for claim in pair}


def _stance(so: list[Said], found: set[str]) -> None:
    taken = [claim for claim in so if claim.side and claim.meeting]
    for yes, no in product(taken, taken):
        if (yes.start, yes.end, yes.meeting) != (no.start, no.end, no.meeting) or not yes.side > 0 > no.side:
            continue
        if yes.source != no.source and may_be_one(yes, no) and one_scope(yes, no) and not _tells_both(taken, yes, no):
            found |= {yes.id, no.id}


def _tells_both(taken: list[Said], yes: Said, no: Said) -> bool:
    both_named = yes.topic is not None and no.topic is not None

    def told_by(source: str, like: Said) -> bool:
        return any(
            claim.source == source
            and (claim.start, claim.end, claim.meeting, claim.side) == (like.start, like.end, like.meeting, like.side)
            and one_scope(claim, like)
            and (claim.topic == like.topic if both_named else may_be_one(claim, like))
            for claim in taken
        )

    return told_by(no.source, yes) or told_by(yes.source, no)


def selections(seed: int) -> list[Chosen]:
    """Everything, and some selections at random."""
    dice = Random(-seed - 1)
    day = date(2011, dice.choice(MONTHS), dice.choice((1, 9, 20)))
    every = Chosen()
    modes = tuple(sorted(dice.sample([mode for mode in MODES if mode != "derived"], 2)))
    return [
        every,
        Chosen(site=dice.choice(("north", "south"))),
        Chosen(scope=dice.choice(("general", "ethnicity_specific")), modes=modes),
        replace(every, first=day),
        Chosen(site="north", last=day, confidences=dice.choice((("high",), ("low", "not_stated")))),
    ]
