"""What the files said when they were last read, kept so that files of which none has changed are not read at all."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson

from journeys.interpret.check import CheckResult
from journeys.interpret.file_report import FileReport
from journeys.interpret.folder import StudyFolder
from journeys.interpret.kept.form_text import problems_in, problems_out
from journeys.interpret.kept.marks import StudyMark, is_as_marked, study_mark
from journeys.interpret.kept.own_key import own_key, sealed
from journeys.model.private_files import write_private
from journeys.model.problem_log import ProblemLog
from journeys.model.problems import Address
from journeys.staging.digest import GraphDigest
from journeys.staging.repetitions import Repetition

KEPT = "last-reading.json"
PASSING = frozenset({"unreadable", "not_converted"})
"""Kinds of problems that may be gone the next time although no file has changed."""


@dataclass(frozen=True, slots=True)
class LastReading:
    """What a check of all files found, their sha-256 by name, and the digest of the graph that they make."""

    result: CheckResult
    hashes: dict[str, str]
    graph: GraphDigest


def mark_of(folder: StudyFolder) -> StudyMark | None:
    """The study's mark; None where it cannot be made, or nothing can be kept."""
    if own_key() is None:
        return None
    try:
        return study_mark(folder)
    except OSError:
        return None


def last_reading(folder: StudyFolder, mark: StudyMark | None) -> LastReading | None:
    """What was found when the study's files were last read, if everything is as it was then, and it was this person
    who read them."""
    key = own_key()
    if mark is None or key is None:
        return None
    try:
        seal, _, text = (folder.work / KEPT).read_bytes().partition(b"\n")
        if seal.decode("ascii") != sealed(key, mark.digest.encode(), text).hex():
            return None
        return reading_in(*orjson.loads(text))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def keep_reading(folder: StudyFolder, mark: StudyMark | None, reading: LastReading) -> bool:
    """Keep what was read for the next time, unless a file changed meanwhile or could not be read for now; returns
    whether it is kept."""
    key = own_key()
    if mark is None or key is None or not PASSING.isdisjoint(reading.result.problems.by_kind()):
        return False
    with contextlib.suppress(OSError, TypeError):
        if is_as_marked(folder, mark):
            text = orjson.dumps(reading_out(reading))
            seal = sealed(key, mark.digest.encode(), text).hex()
            write_private(folder.work / KEPT, f"{seal}\n".encode("ascii") + text)
            return True
    return False


def reading_out(reading: LastReading) -> list[Any]:
    """A reading as JSON."""
    result = reading.result
    files = [[each.file, each.kind, each.read, each.rejected, each.ignored, each.withheld] for each in result.files]
    repeated = [[_place(each.place), _place(each.first), each.claims] for each in result.repeated]
    numbers = [result.nodes, result.claims, result.derived, result.repetitions, result.same_acts]
    problems = [problems_out(list(result.problems)), result.problems.counts()]
    return [files, numbers, repeated, problems, reading.hashes, reading.graph]


def reading_in(
    files: Sequence[Any],
    numbers: Sequence[int],
    repeated: Sequence[Any],
    problems: Sequence[Any],
    hashes: dict[str, str],
    graph: dict[str, Sequence[Any]],
) -> LastReading:
    """A reading from JSON."""
    nodes, claims, derived, repetitions, same_acts = numbers
    log = ProblemLog.restored(problems_in(problems[0]), [tuple(each) for each in problems[1]])
    pairs = tuple(Repetition(Address(*place), Address(*first), number) for place, first, number in repeated)
    reports = [FileReport(*each) for each in files]
    result = CheckResult(log, reports, nodes, claims, derived, repetitions, None, same_acts, pairs)
    return LastReading(result, hashes, {name: (number, digest) for name, (number, digest) in graph.items()})


def _place(address: Address) -> list[str | None]:
    return [address.file, address.sheet, address.cell]


def within(reading: LastReading, scope: frozenset[str] | None) -> CheckResult:
    """The result, for those who asked about the files in ``scope``; None for all."""
    return replace(reading.result, scope=scope)
