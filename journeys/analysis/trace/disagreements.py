"""Find where sources disagree: a question that sources answer differently.

Only claims with a source are compared, never derived ones; the source is the form where none is named. Two sources
differ on a question with several possible answers when each names one that the other does not: a source that names
fewer is no contradiction. Four questions are asked.

- *who*: who did what is expected to have one answer (``ONE_ANSWER``; ``ONE_ANSWER_AT_A_MEETING`` for each meeting).
  Answers in different declared roles (author, originating group) do not compete.
- *when*: one happening, between the same ends at the same meeting, dated by two sources so that no day is common. For
  what happens once (``HAPPENS_ONCE``), also without a meeting named.
- *whether*: the same between the same ends is reported to have happened and not to have happened, at the same meeting
  or, where the denial names no meeting, at all; not where their dates speak of different times.
- *stance*: one person or group supported it according to one source, and contested it at the same meeting according to
  another.

Like is compared with like: claims that name different aspects (the costs, version B) contradict nobody. One that names
no aspect may be about any, so two sources may then differ on the stance or the day, and the answers show it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, permutations, product

from journeys.analysis.claims.claim import ClaimRecord, Entity
from journeys.analysis.claims.dates import dated, never_on_one_day
from journeys.analysis.claims.happenings import HAPPENS_ONCE
from journeys.analysis.trace.parts import Disagreement, SourceAccount
from journeys.analysis.trace.sentences import names, said_of_claim
from journeys.model.aspects import may_share_scope, same_aspect
from journeys.model.order import describe

ONE_ANSWER: Mapping[str, str | None] = {"AUTHORED": "role", "COMMISSIONED": None, "GENERATED": None}
"""Kinds of claim of which one answer to *who* is expected, each with the property that tells answers apart."""

ONE_ANSWER_AT_A_MEETING = ("INTRODUCED",)

_TERM = re.compile(r"[a-z]+(?:_[a-z]+)+")

_Answers = Mapping[str, Sequence[ClaimRecord]]
"""Source -> its claims."""


def disagreements(claims: Iterable[ClaimRecord], subject: Entity) -> list[Disagreement]:
    """Every question on which the claims of a journey differ, each with the claims that do."""
    stated = [claim for claim in claims if not claim.derived]
    so = [claim for claim in stated if not claim.negated]
    return [*_who(so), *_when(so, subject), *_whether(stated, subject), *_stance(so)]


def _who(claims: Sequence[ClaimRecord]) -> Iterator[Disagreement]:
    direct = [claim for claim in claims if claim.via is None]
    for asked in _grouped(direct, _question_of_who):
        role = ONE_ANSWER.get(asked[0].kind.name)

        def competes(one: ClaimRecord, other: ClaimRecord, role: str | None = role) -> bool:
            roles = [claim.properties.get(role) if role else None for claim in (one, other)]
            return None in roles or roles[0] == roles[1]

        differing = _differing(_by_voice(asked), lambda claim: claim.start.id, competes)
        if differing:
            meeting = asked[0].meeting if asked[0].kind.name in ONE_ANSWER_AT_A_MEETING else None
            where = f" at {meeting.title}" if meeting else ""
            question = f"who {asked[0].kind.phrase} it{where}"
            answers = {voice: names(_unique(claim.start.name for claim in said)) for voice, said in differing.items()}
            yield _disagreement("who", question, differing, answers)


def _question_of_who(claim: ClaimRecord) -> Hashable | None:
    if claim.kind.name in ONE_ANSWER:
        return (claim.kind.name, None)
    if claim.kind.name in ONE_ANSWER_AT_A_MEETING and claim.meeting:
        return (claim.kind.name, claim.meeting.id)
    return None


def _when(claims: Sequence[ClaimRecord], subject: Entity) -> Iterator[Disagreement]:
    told = [claim for claim in claims if dated(claim.when)]
    for ends in _grouped(told, lambda claim: (claim.kind.name, claim.start.id, claim.end.id)):
        meetings = {claim.meeting.id for claim in ends if claim.meeting}
        once = ends[0].kind.name in HAPPENS_ONCE and len(meetings) < 2
        happenings = [ends] if once else _grouped(ends, lambda claim: claim.meeting and claim.meeting.id)
        for same in happenings:
            voices = _by_voice(same)
            differing = set[str]()
            for one, other in combinations(voices, 2):
                alike = [pair for pair in product(voices[one], voices[other]) if _of_one_aspect(*pair)]
                if all(never_on_one_day(mine.when, theirs.when) for mine, theirs in alike):
                    differing |= {claim.id for pair in alike for claim in pair}
            if differing:
                accounts = _by_voice([claim for claim in same if claim.id in differing])
                answers = {
                    voice: names(_unique(describe(claim.when) + _on_aspect(claim) for claim in said))
                    for voice, said in accounts.items()
                }
                yield _disagreement("when", f"when {said_of_claim(same[0], subject)}", accounts, answers)


def _whether(claims: Sequence[ClaimRecord], subject: Entity) -> Iterator[Disagreement]:
    for same in _grouped(claims, lambda claim: (claim.kind.name, claim.start.id, claim.end.id)):
        denials = [claim for claim in same if claim.negated]
        involved = {
            claim.id
            for denial in denials
            for other in same
            if not other.negated and _denies(denial, other)
            for claim in (denial, other)
        }
        if involved:
            accounts = _by_voice([claim for claim in same if claim.id in involved])
            answers = {
                voice: " and ".join(_unique(_happened(claim) + _on_aspect(claim) for claim in said))
                for voice, said in accounts.items()
            }
            yield _disagreement("whether", f"whether {said_of_claim(denials[0], subject)}", accounts, answers)


def _denies(denial: ClaimRecord, other: ClaimRecord) -> bool:
    if denial.meeting is not None and denial.meeting != other.meeting:
        return False
    if denial.aspect is not None and not same_aspect(denial.aspect, other.aspect):
        return False
    if not may_share_scope(denial.properties, other.properties):
        return False
    return not never_on_one_day(denial.when, other.when)


def _stance(claims: Sequence[ClaimRecord]) -> Iterator[Disagreement]:
    taken = [claim for claim in claims if claim.kind.polarity and claim.meeting]
    for asked in _grouped(taken, lambda claim: (claim.start.id, claim.end.id, claim.meeting and claim.meeting.id)):
        differing = _by_voice(_opposed(asked))
        if differing:
            meeting = asked[0].meeting
            question = f"where {asked[0].start.name} stood at {meeting.title if meeting else ''}".rstrip()
            answers = {
                voice: " and ".join(_unique(f"{claim.kind.phrase} it{_on_aspect(claim)}" for claim in said))
                for voice, said in differing.items()
            }
            yield _disagreement("stance", question, differing, answers)


def _opposed(claims: Sequence[ClaimRecord]) -> list[ClaimRecord]:
    """The claims that take, by another voice's word, the opposite side on what may be one aspect.

    A source that reports both sides contradicts nobody; where both claims name the aspect, only if it does so on that
    aspect.
    """
    found = set[str]()
    for one, other in permutations(claims, 2):
        if one.kind.polarity <= other.kind.polarity or one.voice == other.voice or not _of_one_aspect(one, other):
            continue
        if not may_share_scope(one.properties, other.properties):
            continue
        named = one.aspect is not None and other.aspect is not None

        def tells_both(side: ClaimRecord, voice: ClaimRecord, named: bool = named) -> bool:
            return any(
                claim.voice == voice.voice
                and claim.kind.polarity == side.kind.polarity
                and may_share_scope(claim.properties, side.properties)
                and (same_aspect(claim.aspect, side.aspect) if named else _of_one_aspect(claim, side))
                for claim in claims
            )

        if not tells_both(one, other) and not tells_both(other, one):
            found |= {one.id, other.id}
    return [claim for claim in claims if claim.id in found]


def _of_one_aspect(one: ClaimRecord, other: ClaimRecord) -> bool:
    return same_aspect(one.aspect, other.aspect) is not False


def _happened(claim: ClaimRecord) -> str:
    return "reported not to have happened" if claim.negated else "reported to have happened"


def _on_aspect(claim: ClaimRecord) -> str:
    """ " (the costs)"; a term of a vocabulary without its underscores."""
    named = claim.aspect or ""
    return f" ({named.replace('_', ' ') if _TERM.fullmatch(named) else named})" if named else ""


def _differing(
    voices: _Answers,
    answer: Callable[[ClaimRecord], Hashable],
    competes: Callable[[ClaimRecord, ClaimRecord], bool] = lambda one, other: True,
) -> dict[str, Sequence[ClaimRecord]]:
    """The accounts of which each names an answer that another lacks, and the other one that it lacks."""
    found: set[str] = set()
    for one, other in combinations(voices, 2):
        mine, theirs = ({answer(claim) for claim in voices[voice]} for voice in (one, other))
        only_mine = [claim for claim in voices[one] if answer(claim) not in theirs]
        only_theirs = [claim for claim in voices[other] if answer(claim) not in mine]
        if any(competes(claim, against) for claim in only_mine for against in only_theirs):
            found |= {one, other}
    return {voice: said for voice, said in voices.items() if voice in found}


def _disagreement(
    kind: str, question: str, accounts: Mapping[str, Sequence[ClaimRecord]], answers: Mapping[str, str]
) -> Disagreement:
    told = tuple(SourceAccount(_voice_name(said), answers[voice], tuple(said)) for voice, said in accounts.items())
    meetings = {claim.meeting for said in accounts.values() for claim in said}
    meeting = next(iter(meetings)) if len(meetings) == 1 else None
    return Disagreement(kind, question, told, meeting)


def _voice_name(said: Sequence[ClaimRecord]) -> str:
    first = said[0]
    name = first.source.name if first.source else f"no source named, in {first.address.file or 'the store'}"
    only_read_into_it = all(claim.mode == "interpretive" for claim in said)
    return f"{name} (a researcher's interpretation)" if only_read_into_it else name


def _by_voice(claims: Iterable[ClaimRecord]) -> dict[str, list[ClaimRecord]]:
    ordered = sorted(claims, key=lambda claim: (claim.voice, claim.id))
    return {said[0].voice: said for said in _grouped(ordered, lambda claim: claim.voice)}


def _grouped(claims: Iterable[ClaimRecord], question: Callable[[ClaimRecord], Hashable]) -> list[list[ClaimRecord]]:
    """The claims by the question they answer, in order of appearance; those that answer none (None) are left out."""
    groups: defaultdict[Hashable, list[ClaimRecord]] = defaultdict(list)
    for claim in claims:
        groups[question(claim)].append(claim)
    return [group for asked, group in groups.items() if asked is not None]


def _unique(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))
