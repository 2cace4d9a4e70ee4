"""Sort what sources say about a document or piece of evidence into the clauses of a summary.

A clause is what sources say of one kind of act, at one meeting or on one date: "Mina V. and Lee B. contested it in
April". It holds every claim it rests on; a view puts it into words. Claims that answer one question differently stand
in clauses of their own, marked ``disputed``, so that a view says which source says what. Inferred claims are nobody's
word and are left out; so are claims that the team has withdrawn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

from journeys.analysis.claims.claim import ClaimRecord, Entity, MeetingRef
from journeys.analysis.claims.dates import certainty_of_order, dated
from journeys.analysis.claims.happenings import HAPPENS_ONCE, accounts, common_days
from journeys.analysis.trace.journey import ORIGIN_STAGES, Journey
from journeys.model.dates import UNKNOWN, DateSpan
from journeys.model.definitions import ClaimKind
from journeys.model.order import sort_key

_BY_STAGE = {
    **dict.fromkeys(ORIGIN_STAGES, "origin"),
    "appraisal": "reception",
    "contestation": "reception",
    "synthesis": "onward",
    "presentation_application": "onward",
    "use": "outcome",
    "impact": "outcome",
}
_BY_KIND = {
    "INTRODUCED": "introduction",
    "MADE_AWARE_OF": "introduction",
    "RECEIVED": "reception",
    "REFERRED_TO": "reception",
    "RECOMMENDS": "outcome",
}
"""Kinds that stand elsewhere than their stage, or have none."""
_CONTENT = ("PRESENTED_IN", "CITED")
"""Of these, what leads into the traced thing is where it came from; what leads on, where it went."""
_NOT_TOLD = ("INTENDED_FOR", "TABLED_AT")
"""What is said of a document's readers is no event; that it was tabled is told with the meetings."""


@dataclass(frozen=True, slots=True)
class Clause:
    """What sources say of one kind of act: who (``starts``) did it to whom (``ends``), at which meeting and when.

    ``negated``: they report that it did not happen. ``disputed``: other sources say otherwise (see ``disagreements``).
    ``via`` is the action or document through which it concerns the traced thing.
    """

    topic: str
    claims: tuple[ClaimRecord, ...]
    starts: tuple[Entity, ...]
    ends: tuple[Entity, ...]
    when: DateSpan
    meeting: MeetingRef | None = None
    disputed: bool = False
    via: Entity | None = None

    @property
    def kind(self) -> ClaimKind:
        """The kind of claim."""
        return self.claims[0].kind

    @property
    def negated(self) -> bool:
        """Whether it is reported not to have happened."""
        return self.claims[0].negated

    @property
    def interpretation(self) -> bool:
        """Whether it rests on a researcher's interpretation alone."""
        return all(claim.mode == "interpretive" for claim in self.claims)

    @property
    def undated(self) -> bool:
        """Whether no source gives it a date."""
        return not dated(self.when)


@dataclass(frozen=True, slots=True)
class Visit:
    """A meeting that the traced thing came to, or a document that presents it (``via``); the claims that say so."""

    meeting: MeetingRef
    when: DateSpan
    claims: tuple[ClaimRecord, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The clauses of a journey's summary by topic, the meetings it came to, and what no source says.

    Topics are "origin", "introduction", "reception", "onward" and "outcome". ``first_is_certain``: that the first
    clause of "introduction" came before the others. ``led_to``: whether a source says that anything came of it.
    """

    journey: Journey
    clauses: Mapping[str, tuple[Clause, ...]]
    meetings: tuple[Visit, ...]
    carried: tuple[Visit, ...]
    first_is_certain: bool
    used: bool
    led_to: bool

    def of(self, topic: str) -> tuple[Clause, ...]:
        """The clauses of a topic, in the order of time; the undated last."""
        return self.clauses.get(topic, ())

    def is_before_introduction(self, clause: Clause) -> bool:
        """Whether what a clause tells certainly happened before anybody introduced the thing that is traced."""
        told = _introductions(self.of("introduction"))
        return bool(told) and all(certainty_of_order(clause.when, each.when) == "certainly" for each in told)


def summary_of(journey: Journey) -> Summary:
    """Sort the stated claims of a journey into the clauses of its summary."""
    subject = journey.subject.entity
    stated = [claim for claim in journey.claims if not claim.derived]
    disputed = {claim.id for each in journey.disagreements for claim in each.claims}
    by_topic: defaultdict[str, list[ClaimRecord]] = defaultdict(list)
    for claim in stated:
        if topic := _topic(claim, subject):
            by_topic[topic].append(claim)
    clauses = {topic: tuple(_clauses(topic, told, disputed)) for topic, told in by_topic.items()}
    outcome = [clause for clause in clauses.get("outcome", ()) if not clause.negated]
    held = [claim for claim in stated if not claim.negated]
    return Summary(
        journey,
        clauses,
        tuple(_visits(claim for claim in held if claim.via is None)),
        tuple(_visits(claim for claim in held if claim.via is not None and claim.via.label == "Document")),
        _first_is_certain(_introductions(clauses.get("introduction", ()))),
        used=any(clause.kind.stage == "use" and clause.kind.is_event(clause.starts[0].label) for clause in outcome),
        led_to=any(clause.kind.stage == "impact" for clause in outcome),
    )


def _topic(claim: ClaimRecord, subject: Entity) -> str | None:
    kind = claim.kind
    if claim.via is not None:
        return "outcome" if claim.via.label == "Action" else None
    if kind.name in _NOT_TOLD:
        return None
    if kind.name in _CONTENT:
        into = (claim.end.id == subject.id) == (kind.name == "PRESENTED_IN")
        return "origin" if into else "onward"
    if kind.stage == "appraisal" and claim.start.id == subject.id:
        return None
    return _BY_KIND.get(kind.name) or _BY_STAGE.get(kind.stage or "")


def _introductions(clauses: Iterable[Clause]) -> list[Clause]:
    """The introductions among clauses.

    What names neither day nor meeting is none, where the same people are said to have introduced it elsewhere.
    """
    told = [clause for clause in clauses if clause.kind.name == "INTRODUCED" and not clause.negated]
    return [each for each in told if not _repeats(each, told)]


def _clauses(topic: str, claims: Sequence[ClaimRecord], disputed: set[str]) -> list[Clause]:
    acts: defaultdict[Hashable, list[ClaimRecord]] = defaultdict(list)
    for claim in claims:
        via = claim.via.id if claim.via else None
        acts[claim.kind.name, claim.start.id, claim.end.id, claim.negated, via].append(claim)
    told = [each for act in acts.values() for each in _accounts(act, disputed)]
    together: defaultdict[Hashable, list[_Account]] = defaultdict(list)
    for each in told:
        together[_alike(each, disputed)].append(each)
    found = [_clause(topic, alike, disputed) for alike in together.values()]
    order = {claim.id: number for number, claim in enumerate(claims)}
    return sorted(found, key=lambda clause: (*sort_key(clause.when), min(order[claim.id] for claim in clause.claims)))


_Account = tuple[DateSpan, list[ClaimRecord]]


def _accounts(act: Sequence[ClaimRecord], disputed: set[str]) -> list[_Account]:
    """The dated accounts of one act at each meeting; what names neither day nor meeting adds none where there is one.

    What happens once is one act with or without a meeting named. Where sources disagree on the accounts, a claim that
    names neither day nor meeting takes no side: it stands with what its source says besides, else by itself.
    """
    vague = [claim for claim in act if not dated(claim.when) and claim.meeting is None]
    exact = [claim for claim in act if dated(claim.when) or claim.meeting is not None]
    meetings = {claim.meeting.id for claim in exact if claim.meeting}
    once = act[0].kind.name in HAPPENS_ONCE and len(meetings) == 1
    found = accounts(exact, lambda claim: None if once else claim.meeting and claim.meeting.id)
    told = [(account.when, list(account.claims)) for account in found]
    if not told:
        return [(UNKNOWN, vague)] if vague else []
    if len(told) < 2 or not any(claim.id in disputed for claim in exact):
        told[0][1].extend(vague)
        return told
    alone: list[ClaimRecord] = []
    for claim in vague:
        own = (claims for _, claims in told if any(other.voice == claim.voice for other in claims))
        next(own, alone).append(claim)
    if alone:
        told.append((UNKNOWN, alone))
    return told


def _alike(account: _Account, disputed: set[str]) -> Hashable:
    """What accounts have in common that are told in one clause."""
    when, claims = account
    first = claims[0]
    meeting = _meeting(claims)
    date = None if meeting else (when.date_from, when.date_to, when.approximate)
    via = first.via.id if first.via else None
    interpretation = all(claim.mode == "interpretive" for claim in claims)
    # Who wrote it is told once for all authors; an act that is disputed is told by itself, with who says so.
    by_itself = first.id if any(claim.id in disputed for claim in claims) else None
    return (first.kind.name, meeting and meeting.id, date, first.negated, via, interpretation, by_itself)


def _clause(topic: str, alike: Sequence[_Account], disputed: set[str]) -> Clause:
    claims = tuple(claim for _, told in alike for claim in told)
    starts = {claim.start.id: claim.start for claim in claims}
    ends = {claim.end.id: claim.end for claim in claims}
    when = reduce(common_days, (when for when, _ in alike if dated(when)), UNKNOWN)
    return Clause(
        topic,
        claims,
        tuple(starts.values()),
        tuple(ends.values()),
        when,
        _meeting(claims),
        any(claim.id in disputed for claim in claims),
        claims[0].via,
    )


def _meeting(claims: Iterable[ClaimRecord]) -> MeetingRef | None:
    return next((claim.meeting for claim in claims if claim.meeting), None)


def _visits(claims: Iterable[ClaimRecord]) -> list[Visit]:
    """The meetings that claims name, in the order of time."""
    at: defaultdict[str, list[ClaimRecord]] = defaultdict(list)
    meetings: dict[str, MeetingRef] = {}
    for claim in claims:
        met = claim.meeting
        if met is None and claim.end.label == "Meeting":
            met = MeetingRef(claim.end.id, claim.end.name, claim.when)
        if met is not None:
            at[met.id].append(claim)
            meetings[met.id] = met if met.id not in meetings or dated(met.when) else meetings[met.id]
    found = [Visit(meetings[each], _day_of(meetings[each], told), tuple(told)) for each, told in at.items()]
    return sorted(found, key=lambda visit: (*sort_key(visit.when), visit.meeting.title, visit.meeting.id))


def _day_of(meeting: MeetingRef, claims: Sequence[ClaimRecord]) -> DateSpan:
    """The meeting's own date, else what the claims agree on."""
    if dated(meeting.when):
        return meeting.when
    return reduce(common_days, (claim.when for claim in claims if dated(claim.when)), UNKNOWN)


def _first_is_certain(told: Sequence[Clause]) -> bool:
    """Whether the first introduction certainly came before every other, or there is no other."""
    if len(told) < 2:
        return True
    if all(certainty_of_order(told[0].when, other.when) == "certainly" for other in told[1:]):
        return True
    return all(one.meeting == other.meeting and one.meeting is not None for one, other in pairwise(told))


def _repeats(clause: Clause, others: Sequence[Clause]) -> bool:
    vague = clause.undated and clause.meeting is None
    return vague and any(each is not clause and set(clause.starts) <= set(each.starts) for each in others)
