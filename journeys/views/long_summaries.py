"""What a summary says of a topic on which sources say very much: the first, the most telling and the last of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from journeys.analysis.trace.summary import Clause
from journeys.views.names_in_words import in_words

MOST_CLAUSES, SHOWN = 12, 3
"""Up to so many clauses a topic is told whole; of more, so many of a group of clauses are told."""
NAMES_IN_LONG = 1
"""So many names stand in a clause of a topic that is not told whole, where there are more than one besides."""


def most_telling(clauses: Sequence[Clause]) -> tuple[list[Clause], list[Clause]]:
    """The clauses to be told, in their order, and those that are counted only: the first and the last are told, and of
    those between one on which sources disagree, else a denial, else one that most sources report."""
    if len(clauses) <= SHOWN + 1:
        return list(clauses), []
    kept = {0, len(clauses) - 1}
    kinds = {(clauses[each].kind.name, clauses[each].negated) for each in kept}

    def worth(number: int) -> tuple[object, ...]:
        clause = clauses[number]
        sources = {claim.source.id for claim in clause.claims if claim.source}
        another = (clause.kind.name, clause.negated) not in kinds
        return (clause.disputed, clause.negated, another, len(sources), -number)

    kept.add(max(range(1, len(clauses) - 1), key=worth))
    told = [clause for number, clause in enumerate(clauses) if number in kept]
    return told, [clause for number, clause in enumerate(clauses) if number not in kept]


def counted_only(told: Sequence[Clause], rest: Sequence[Clause]) -> Iterator[tuple[str, list[Clause]]]:
    """What is said of the rest, by what was done: "it was introduced at 63 other meetings"; and the clauses meant.

    What cannot be counted by meetings comes last, with no words.
    """
    known = {(clause.kind.name, clause.meeting.id) for clause in told if clause.meeting}
    groups: defaultdict[str, list[Clause]] = defaultdict(list)
    others: list[Clause] = []
    for clause in rest:
        verb = clause.kind.passive.removesuffix(" by")
        elsewhere = clause.meeting is not None and (clause.kind.name, clause.meeting.id) not in known
        plain = not clause.negated and not clause.disputed and clause.via is None and verb != clause.kind.passive
        (groups[verb] if elsewhere and plain else others).append(clause)
    for verb, alike in groups.items():
        meetings = {clause.meeting.id for clause in alike if clause.meeting}
        yield f"it {verb} at {in_words(len(meetings), 'other meeting')}", alike
    if others:
        yield "", others
