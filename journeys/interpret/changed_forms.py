"""Read only the forms that changed since the files were last read, and put what they say in place of what they said.

That is done where it gives just what reading everything gives. Each changed form is read twice, as it was and as it is
now, after all that forms before it made known. As it was, it has to give what is kept of it. As it is now, it may say
other things, and must leave as they were: what it makes known to other forms, what is noted of codes, rows of summary
tables and decisions, and the names and dates by which claims of others are settled. Otherwise everything is read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from journeys.instruments.answers import FilledForm
from journeys.instruments.forms import FORM_SUFFIXES
from journeys.interpret.check import CheckResult
from journeys.interpret.collection_list import LISTED_BY
from journeys.interpret.context import Context
from journeys.interpret.file_report import FileReport
from journeys.interpret.folder import StudyFolder
from journeys.interpret.kept.last_graph import LastGraph, keep_last_graph, last_graph
from journeys.interpret.kept.last_reading import LastReading, keep_reading
from journeys.interpret.kept.marks import StudyMark
from journeys.interpret.made_known import Journal
from journeys.interpret.own_exports import is_own_export
from journeys.interpret.study_reader import Reading, StudyReader
from journeys.interpret.unreadable import sha256
from journeys.model.problem_log import ProblemLog
from journeys.model.problems import UnreadableFile
from journeys.model.progress import NoProgress, Progress
from journeys.staging.database import Staging
from journeys.staging.digest import staged_digest
from journeys.staging.part import Part, PartRead, Replacement, replace_in_kept, replacement, touched
from journeys.staging.settle import Settled

SHARE = 10
"""Only where fewer than one in so many forms changed: each is read twice, and registers and decisions too."""
_OF_EACH_FILE = ("study", "schema", "names", "report", "values", "meetings", "extractions", "instruments")
"""What of a context is of the study, of one file, or known by what each form made known."""

Opened = Callable[[StudyReader, ProblemLog, str], FilledForm | None]


@dataclass(frozen=True, slots=True)
class _Version:
    """What the changed forms say in one version."""

    part: Part
    context: Context
    passages: frozenset[str]
    journal: Journal
    reports: dict[str, FileReport]
    problems: ProblemLog
    elsewhere: ProblemLog


class _NotAlone(Exception):
    """What changed forms say cannot be told without reading the others."""


class _NotAsKept(_NotAlone):
    """What changed forms said is not what is kept of it."""


@contextmanager
def changed_forms(
    folder: StudyFolder, mark: StudyMark, scope: frozenset[str] | None, progress: Progress
) -> Iterator[tuple[Staging, Reading, CheckResult] | None]:
    """Everything that the files say, as ``read_study`` gives it, by reading the changed forms alone; the staging lacks
    the values of what they do not say. None, with nothing done, where that does not do.
    """
    with ExitStack() as opened:
        scratch = opened.enter_context(folder.scratch())
        graph = scratch / "graph.sqlite"
        kept = last_graph(folder, graph)
        changed = None if kept is None else changed_since(folder, kept, mark)
        if kept is None or changed is None:
            yield None
            return
        progress.stage("reading changed forms", len(changed))
        try:
            found = _read(folder, kept, mark, changed, scratch) if changed else None
        except (_NotAlone, UnreadableFile, OSError):
            yield None
            return
        staging = opened.enter_context(closing(Staging(graph, folder.schema, folder.id, kept=True)))
        result, hashes = kept.reading.result, dict(kept.reading.hashes)
        if found is not None:
            result, rows, hashed = found
            replace_in_kept(staging.database, rows, changed)
            hashes |= hashed
        reading = LastReading(result, hashes, staged_digest(staging.database))
        if keep_reading(folder, mark, reading):
            marked = replace(kept, day=mark.day, exports=mark.exports, contents=mark.contents, reading=reading)
            keep_last_graph(folder, graph, marked)
        numbers = Settled(
            result.nodes, result.claims, result.derived, result.repetitions, result.same_acts, result.repeated
        )
        yield staging, Reading(result.files, hashes, numbers), replace(result, scope=scope)


def changed_since(folder: StudyFolder, kept: LastGraph, mark: StudyMark) -> dict[str, str] | None:
    """The forms about documents that changed, each with the hash it had; None where anything else changed."""
    if kept.basis != mark.basis or kept.contents.keys() != mark.contents.keys():
        return None
    # A later day makes fewer dates lie after today.
    if kept.day > mark.day or (kept.day < mark.day and "future_date" in kept.reading.result.problems.by_kind()):
        return None
    written = {each.rpartition("-")[2] for each in kept.exports ^ mark.exports}
    if not written.isdisjoint(mark.contents.values()):
        return None
    others = [file for file, content in kept.contents.items() if mark.contents[file] != content]
    changed = {folder.name(folder.path / file): kept.contents[file] for file in others}
    if not changed.keys() <= set(kept.extractions) or len(changed) * SHARE > len(kept.journal.subjects):
        return None
    for file in others:
        path = folder.path / file
        if folder.name(path) != file or path.suffix.lower() not in FORM_SUFFIXES or is_own_export(path, mark.exports):
            return None
    return changed


def _read(
    folder: StudyFolder, kept: LastGraph, mark: StudyMark, changed: Mapping[str, str], scratch: Path
) -> tuple[CheckResult, Replacement, dict[str, str]]:
    """What a check finds now, what of the graph is other, and the hashes of the changed forms. Raises _NotAlone."""
    if not changed.keys() <= kept.journal.said.keys() or _share_a_document(kept.journal, changed):
        raise _NotAlone
    instruments: dict[str, str] = {}

    def as_it_was(reader: StudyReader, log: ProblemLog, name: str) -> FilledForm | None:
        read = reader.forms.read_before(name, changed[name])
        if read is None or read.form is None:
            raise _NotAlone
        for problem in read.problems:
            log(problem)
        instruments[name] = read.form.instrument
        return read.form

    def as_it_is(reader: StudyReader, log: ProblemLog, name: str) -> FilledForm | None:
        path = folder.path / name
        form = reader.forms.read(path, name, log)
        if form is None or form.instrument != instruments[name] or sha256(path) != mark.contents[name]:
            raise _NotAlone
        return form

    def settled(*, differing: bool) -> tuple[CheckResult, Replacement]:
        with ExitStack() as stagings:
            before, now = (
                stagings.enter_context(_part(folder, kept, changed, scratch / f"{name}.sqlite", opened))
                for name, opened in (("before", as_it_was), ("now", as_it_is))
            )
            return _settled(kept, changed, scratch / "graph.sqlite", before, now, differing=differing)

    try:
        result, rows = settled(differing=True)
    except _NotAsKept:  # where the form contradicts another, which is found only when both are settled
        result, rows = settled(differing=False)
    return result, rows, {name: mark.contents[name] for name in changed}


def _settled(
    kept: LastGraph, changed: Mapping[str, str], graph: Path, before: _Part, now: _Part, *, differing: bool
) -> tuple[CheckResult, Replacement]:
    """What a check finds now, and what of the graph is other. Raises _NotAlone."""
    own, by = frozenset((*changed, *kept.registers)), touched(before.read, now.read, differing=differing)
    was, said = (_version(part, part.read.settle(part.log, graph, own, by), changed) for part in (before, now))
    if not _is_as_kept(was, kept, changed):
        raise _NotAsKept
    if not _leaves_all_as_it_was(was, said, kept):
        raise _NotAlone
    with closing(sqlite3.connect(graph)) as database:
        rows = replacement(database, was.part, said.part, by)
    last, then = kept.reading.result, was.part.repetitions
    repeated = said.part.repetitions.named_after(last.repeated, then)
    if rows is None or repeated is None:
        raise _NotAlone
    number = last.repetitions + said.part.repetitions.claims - then.claims
    return _result(replace(last, repetitions=number, repeated=repeated), said, rows), rows


@dataclass(frozen=True, slots=True)
class _Part:
    """The changed forms in one version, read and not yet settled."""

    read: PartRead
    context: Context
    journal: Journal
    reports: list[FileReport]
    log: ProblemLog
    withheld: Mapping[str, Mapping[str, int]]


@contextmanager
def _part(
    folder: StudyFolder, kept: LastGraph, changed: Mapping[str, str], file: Path, opened: Opened
) -> Iterator[_Part]:
    """Read the changed forms, after all that forms before them made known."""
    log = ProblemLog()
    sensitive = folder.settings.privacy.sensitive == "shown"
    with Staging(file, folder.schema, folder.id, sensitive=sensitive) as staging:
        reader = StudyReader(folder, staging, log, NoProgress())
        with closing(reader):
            reader.read_basis()
            basis = staging.last_rows()
            context, passes = reader.context, reader.passes
            for name, made in kept.journal.subjects.items():
                if name not in changed:
                    made.tell(context)
                elif (form := opened(reader, log, name)) is None or not passes.take(form, name):
                    raise _NotAlone
            for name, made in kept.journal.said.items():
                if name not in changed:
                    made.tell(context)
                elif not passes.say(name):
                    raise _NotAlone
            reader.forms.save(whole=False)
        context.codes.report_former(log)
        context.values.dates.finish(log)
        yield _Part(staging.part(basis), context, passes.journal, reader.reports, log, staging.withheld)


def _version(read: _Part, part: Part, changed: Mapping[str, str]) -> _Version:
    reports = {report.file: report for report in read.reports if report.file in changed}
    for name, report in reports.items():
        report.withheld |= read.withheld.get(name, {})
    passages = frozenset(read.context.codes.passages)
    read.context.codes.passages.clear()
    problems, elsewhere = read.log.of(changed.keys()), read.log.of(changed.keys(), others=True)
    return _Version(part, read.context, passages, read.journal, reports, problems, elsewhere)


def _share_a_document(journal: Journal, changed: Mapping[str, str]) -> bool:
    """Whether another form is about the document of a changed one."""
    about = {name: {each[:2] for each in made.names} for name, made in journal.subjects.items()}
    mine: set[tuple[str, str]] = set().union(*(about[name] for name in changed))
    others = (made for name, made in about.items() if name not in changed)
    return not all(map(mine.isdisjoint, others)) or len(mine) < sum(len(about[name]) for name in changed)


def _is_as_kept(before: _Version, kept: LastGraph, changed: Mapping[str, str]) -> bool:
    """Whether the changed forms, as they were, make known and report what is kept of that."""
    result = kept.reading.result
    reports = {report.file: report for report in result.files if report.file in changed}
    return (
        before.reports == reports
        and before.problems == result.problems.of(changed.keys())
        and all(before.journal.subjects[name] == kept.journal.subjects[name] for name in changed)
        and all(before.journal.said[name] == kept.journal.said[name] for name in changed)
    )


def _leaves_all_as_it_was(before: _Version, now: _Version, kept: LastGraph) -> bool:
    """Whether nothing that others are read by differs between the two versions."""
    return (
        before.journal == now.journal
        and before.elsewhere == now.elsewhere
        and kept.asked.isdisjoint(before.passages ^ now.passages)
        and not (kept.listing and before.part.rows_of(LISTED_BY) != now.part.rows_of(LISTED_BY))
        and all(
            _same(getattr(before.context, each.name), getattr(now.context, each.name))
            for each in fields(Context)
            if each.name not in _OF_EACH_FILE
        )
    )


def _same(one: Any, other: Any) -> bool:
    """Whether two objects are in the same state."""
    if one is other or type(one) is not type(other):
        return one is other
    if is_dataclass(one) or not hasattr(one, "__dict__"):
        return bool(one == other)
    return bool(vars(one) == vars(other))


def _result(last: CheckResult, now: _Version, changes: Replacement) -> CheckResult:
    """What a check finds now."""
    return replace(
        last,
        problems=last.problems.of(now.reports.keys(), others=True).beside(now.problems),
        files=[now.reports.get(report.file, report) for report in last.files],
        nodes=last.nodes + changes.more["node"],
        claims=last.claims + changes.more["claim"],
        derived=last.derived + changes.inferred,
    )
