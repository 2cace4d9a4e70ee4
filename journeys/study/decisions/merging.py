"""Entries of a study that may be the same, and what the team decides about them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from journeys.instruments.excel.decision_book import DECIDED_BY, DECIDED_ON, REASON
from journeys.instruments.excel.merge_decisions import (
    DECISION,
    KEPT,
    KEPT_NAME,
    KIND,
    KINDS,
    MERGE_DECISIONS,
    OTHER,
    OTHER_NAME,
    WHY,
    MergeDecision,
    Verdict,
    read_merge_decisions,
    verdict_of,
)
from journeys.instruments.files.workbook import read_workbook
from journeys.interpret.merges import Merges
from journeys.interpret.read_study import read_study
from journeys.model.date_span import named_day
from journeys.model.identity import folded, short_id
from journeys.model.likeness import organisations_alike, people_alike, words_of
from journeys.model.phrases import counted, one_of
from journeys.model.problems import Address, Problem, UsageProblem
from journeys.model.progress import Progress
from journeys.staging.database import Staging
from journeys.store.queries.ask import Table
from journeys.study.access import StudyAccess
from journeys.study.decisions.books import Line, existing_book, write_book, written_rows

FILE = "decisions/merges.xlsx"
_TYPED = (DECISION, DECIDED_BY, DECIDED_ON, REASON)
_WORTH_ASKING = 0.8
_SAME_ORGANISATION, _SAME_ROLE, _OTHER_ROLE, _TOGETHER = 0.08, 0.06, -0.04, -0.12
"""What the context adds to the likeness of two names, or takes away: two who were at one meeting are two people."""
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two entries that may be the same: the one that would be kept first, how alike they are, and why."""

    kind: str
    kept: str
    kept_name: str
    other: str
    other_name: str
    score: float
    why: str

    def as_dict(self) -> dict[str, Any]:
        """For JSON and tables."""
        return asdict(self)


@dataclass(slots=True)
class _Known:
    """What is known of an entry: all its names as words, its organisations, its role, its meetings."""

    id: str
    name: str
    group: bool
    names: list[list[str]]
    role: str = ""
    organisations: set[str] = field(default_factory=set)
    meetings: set[str] = field(default_factory=set)
    claims: int = 0


def candidates(study: StudyAccess, progress: Progress | None = None) -> list[Candidate]:
    """The entries of the study's files that may be the same, about which nothing is decided, the likeliest first."""
    decided = {_pair_in(line) for line in decided_lines(study)}
    with read_study(study.folder, progress) as (staging, _, _):
        titles = dict(staging.database.execute("SELECT id, json_extract(properties, '$.name') FROM node"))
        found = [each for kind, label in KINDS.items() for each in _among(kind, _known(staging, label), titles)]
    new = [each for each in found if _pair(each) not in decided]
    return sorted(new, key=lambda each: (-each.score, each.kind, each.kept, each.other))


def _known(staging: Staging, label: str) -> list[_Known]:
    made: dict[str, _Known] = {}
    for node, text in staging.database.execute("SELECT id, properties FROM node WHERE label = ? ORDER BY id", (label,)):
        held = json.loads(text)
        names = [str(held.get("name") or short_id(node)), *map(str, held.get("aliases") or [])]
        words = [each for each in map(words_of, names) if each]
        group = held.get("kind") == "collective"
        made[node] = _Known(node, names[0], group, words, str(held.get("designation") or ""))
    rows = staging.database.execute(
        "SELECT type, from_id, to_id, to_label, json_extract(properties, '$.at_meeting') FROM claim "
        "WHERE from_label = ?",
        (label,),
    )
    for claim_type, start, end, end_label, meeting in rows:
        if start not in made:
            continue
        known = made[start]
        known.claims += 1
        if claim_type == "MEMBER_OF" and end_label == "Organisation":
            known.organisations.add(end)
        if end_label == "Meeting" or meeting:
            known.meetings.add(end if end_label == "Meeting" else meeting)
    return list(made.values())


def _among(kind: str, known: Sequence[_Known], titles: dict[str, str]) -> Iterator[Candidate]:
    """The pairs worth asking about, among those that share a beginning of a word of a name."""
    alike = people_alike if kind == "person" else organisations_alike
    blocks: defaultdict[str, set[int]] = defaultdict(set)
    for number, each in enumerate(known):
        for words in each.names:
            for word in (*words, "".join(word[0] for word in words)):
                blocks[word[:1]].add(number)
    pairs = {pair for block in blocks.values() for pair in combinations(sorted(block), 2)}
    for one, other in ((known[a], known[b]) for a, b in sorted(pairs)):
        names = one.names, other.names
        plain = max((alike(a, b) for a in names[0] for b in names[1]), default=0.0)
        if plain < _WORTH_ASKING or one.group != other.group:
            continue
        score, why = _with_context(one, other, plain, titles)
        if score >= _WORTH_ASKING:
            kept, rest = sorted((one, other), key=lambda each: (-each.claims, each.id))
            yield Candidate(
                kind, short_id(kept.id), kept.name, short_id(rest.id), rest.name, round(min(score, 1.0), 2), why
            )


def _with_context(one: _Known, other: _Known, plain: float, titles: dict[str, str]) -> tuple[float, str]:
    """The likeness of two entries with all that is known of them, and the reasons in words."""
    score, why = plain, [f"names alike ({plain:.0%})"]
    if shared := sorted(one.organisations & other.organisations):
        score += _SAME_ORGANISATION
        why.append(f"both of {one_of([str(titles.get(each)) for each in shared[:_SHOWN]], 'and')}")
    elif one.organisations and other.organisations:
        score -= _SAME_ORGANISATION
        why.append("of different organisations")
    if one.role and other.role:
        same = fuzz.token_sort_ratio(folded(one.role), folded(other.role)) >= 85
        score += _SAME_ROLE if same else _OTHER_ROLE
        why.append(f"same role ({one.role})" if same else f"roles differ ({one.role}; {other.role})")
    if together := sorted(one.meetings & other.meetings):
        score += _TOGETHER
        named = one_of([str(titles.get(each)) for each in together[:_SHOWN]], "and")
        why.append(f"both at {counted(len(together), 'meeting')}: {named}")
    return score, "; ".join(why)


def decided_lines(study: StudyAccess) -> list[Line]:
    """The lines of the workbook of merges in which somebody wrote. Raises UsageProblem where it cannot be read."""
    path = existing_book(study, MERGE_DECISIONS)
    if path is None:
        return []
    columns = (KIND, KEPT, KEPT_NAME, OTHER, OTHER_NAME, WHY, *_TYPED)
    rows = written_rows(study, MERGE_DECISIONS, path, _TYPED)
    return [{name: row.values[name].text if name in row.values else "" for name in columns} for row in rows]


def decide(
    study: StudyAccess, pairs: Sequence[Candidate], verdict: str, *, by: str, reason: str, on: date | None = None
) -> Path:
    """Note a decision about pairs of entries in the workbook of merges; returns the file.

    An earlier decision about the same pair stays there; the last counts. Raises UsageProblem for words that are no
    verdict, without initials or a reason, for what contradicts other decisions, or where the workbook cannot be read.
    """
    said = verdict_of(verdict)
    if said is None:
        raise UsageProblem(f"{verdict!r} is not a decision. Write same, not the same or undecided.")
    if said != "undecided" and not (by.strip() and reason.strip()):
        raise UsageProblem("Say who decides (initials) and why.")
    _refuse_contradiction(study, pairs, said)
    told = {DECISION: said, DECIDED_BY: by.strip(), REASON: reason.strip(), DECIDED_ON: named_day(on or date.today())}
    return _write(study, [*decided_lines(study), *({**_line(each), **told} for each in pairs)])


def _refuse_contradiction(study: StudyAccess, pairs: Sequence[Candidate], said: Verdict) -> None:
    """Raise UsageProblem where others of the study's decisions say otherwise of a pair, with their places."""
    new = [MergeDecision(KINDS[each.kind], each.kept, each.other, said, "", "", "", Address(FILE)) for each in pairs]
    merges = Merges()
    merges.add([*_decided(study), *new], lambda problem: None)
    for one, way in merges.contradictions:
        for each in new:
            if each in (one, *way):
                cannot = "cannot be the same" if said == "same" else "cannot be two"
                others = one_of([str(step.address) for step in (one, *way) if step not in new], "and")
                raise UsageProblem(
                    f"{each.kept} and {each.other} {cannot}: {others} say otherwise. Change one of these "
                    "decisions first, or decide otherwise."
                )


def _decided(study: StudyAccess) -> list[MergeDecision]:
    path = existing_book(study, MERGE_DECISIONS)
    if path is None:
        return []
    problems: list[Problem] = []  # a check tells them
    book = read_workbook(path, name=study.folder.name(path), report=problems.append)
    return read_merge_decisions(book, problems.append)


def pair_of(study: StudyAccess, kept: str, other: str) -> Candidate:
    """Two entries of the study's files by id or name: also those that are merged now.

    Raises UsageProblem for what is not there, or of different kinds.
    """
    lines = decided_lines(study)
    with read_study(study.folder) as (staging, _, _):
        every = [
            (kind, short_id(known.id), known.name) for kind, label in KINDS.items() for known in _known(staging, label)
        ]
    there = {(kind, own) for kind, own, _ in every}
    for line in lines:  # what is merged is no entry of its own
        for own, name in ((KEPT, KEPT_NAME), (OTHER, OTHER_NAME)):
            told = str(line[KIND] or "person"), str(line[own]), str(line[name])
            if told[:2] not in there:
                there.add(told[:2])
                every.append(told)
    found = []
    for written in (kept, other):
        called = [each for each in every if folded(written) == folded(each[1])]
        called = called or [each for each in every if folded(written) == folded(each[2])]
        if len(called) != 1:
            what = "names several entries" if called else "is not a person or organisation of the study"
            raise UsageProblem(f"{written!r} {what}. Write an id, as in the registers or `journeys merge --list`.")
        found += called
    (kind, one, name), (other_kind, two, other_name) = found
    if kind != other_kind or one == two:
        raise UsageProblem(f"{kept!r} and {other!r} must be two people or two organisations.")
    return Candidate(kind, one, name, two, other_name, 1.0, "named by hand")


def _pair(each: Candidate) -> frozenset[tuple[str, str]]:
    return frozenset((_key(each.kind, each.kept), _key(each.kind, each.other)))


def _pair_in(line: Line) -> frozenset[tuple[str, str]]:
    return frozenset((_key(line[KIND], line[KEPT]), _key(line[KIND], line[OTHER])))


def _key(kind: object, identity: object) -> tuple[str, str]:
    return folded(str(kind or "person")), folded(str(identity))


def table_of(found: Sequence[Candidate]) -> Table:
    """Pairs of entries as a table."""
    columns = ("kind", "kept", "kept_name", "other", "other_name", "score", "why")
    return Table(columns, tuple(tuple(each.as_dict()[name] for name in columns) for each in found))


def write_candidates(study: StudyAccess, found: Sequence[Candidate]) -> Path:
    """Write pairs into the workbook of merges for people to decide there; what is decided stays. Returns the file."""
    return _write(study, [*decided_lines(study), *map(_line, found)])


def _write(study: StudyAccess, lines: list[Line]) -> Path:
    path = existing_book(study, MERGE_DECISIONS) or study.folder.path / FILE
    write_book(study, MERGE_DECISIONS, path, lines)
    return path


def _line(each: Candidate) -> dict[str, str]:
    return {
        KIND: each.kind, KEPT: each.kept, KEPT_NAME: each.kept_name, OTHER: each.other, OTHER_NAME: each.other_name,
        WHY: each.why,
    }  # fmt: skip
