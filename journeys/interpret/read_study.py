"""Read the files of a study apart from its store: into a staging that is there for the time of a block."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from journeys.interpret.changed_forms import changed_forms
from journeys.interpret.check import CheckResult
from journeys.interpret.folder import StudyFolder
from journeys.interpret.kept.last_graph import GRAPH, LARGEST, LastGraph, keep_last_graph
from journeys.interpret.kept.last_reading import LastReading, keep_reading
from journeys.interpret.kept.marks import StudyMark
from journeys.interpret.study_reader import Reading, StudyReader
from journeys.model.problem_log import ProblemLog
from journeys.model.progress import NoProgress, Progress
from journeys.staging.database import Staging
from journeys.staging.digest import staged_digest
from journeys.staging.kept_graph import keep_graph


@contextmanager
def reader_of(
    folder: StudyFolder, log: ProblemLog | None = None, progress: Progress | None = None
) -> Iterator[tuple[StudyReader, Staging]]:
    """A reader that has read nothing yet, and the staging it reads into. Problems go to ``log``, else nowhere."""
    with folder.scratch() as scratch, _staging(folder, scratch) as staging:
        reader = StudyReader(folder, staging, log or ProblemLog(), progress or NoProgress())
        with closing(reader):
            yield reader, staging


def _staging(folder: StudyFolder, scratch: Path) -> Staging:
    sensitive = folder.settings.privacy.sensitive == "shown"
    return Staging(scratch / "staging.sqlite", folder.schema, folder.id, sensitive=sensitive)


@contextmanager
def read_study(
    folder: StudyFolder,
    progress: Progress | None = None,
    more: Collection[Path] = (),
    scope: frozenset[str] | None = None,
    mark: StudyMark | None = None,
    *,
    whole: bool = True,
) -> Iterator[tuple[Staging, Reading, CheckResult]]:
    """Everything that the files say: staged, as it was read, and what is wrong with it.

    ``more`` are files outside the study folder; ``scope`` are those asked about, None for all. With the study's
    ``mark``, made before, what was found is kept for the next time. If it need not be ``whole``, the staging may lack
    the values of what did not change since then.
    """
    progress = progress or NoProgress()
    if mark is not None and not more and not whole:
        with changed_forms(folder, mark, scope, progress) as found:
            if found is not None:
                yield found
                return
    log = ProblemLog()
    with reader_of(folder, log, progress) as (reader, staging):
        keep = mark is not None and not more
        reading = reader.read(more, kept=keep)
        for report in reading.files:
            report.withheld |= staging.withheld.get(report.file, {})
        settled = reading.settled
        numbers = (settled.nodes, settled.claims, settled.derived, settled.repetitions)
        more_numbers = settled.same_acts, settled.repeated
        result = CheckResult(log, reading.files, *numbers, scope, *more_numbers)
        if mark is not None and keep:
            last = LastReading(replace(result, scope=None), reading.hashes, staged_digest(staging.database))
            if keep_reading(folder, mark, last):
                _keep_graph(folder, mark, reader, staging, last)
        yield staging, reading, result


def _keep_graph(folder: StudyFolder, mark: StudyMark, reader: StudyReader, staging: Staging, last: LastReading) -> None:
    """Keep the graph too, where a change in one form can be told from it alone."""
    passes, size = reader.passes, last.result.nodes + last.result.claims
    if not reader.is_worth_keeping or size > LARGEST:
        return
    graph = staging.path.with_name(GRAPH)
    try:
        keep_graph(staging.database, graph)
        registers = tuple(folder.name(path) for path in folder.registers())
        others = frozenset(reader.context.codes.asked), bool(reader.context.summaries)
        said = registers, passes.journal, tuple(passes.extractions), *others
        keep_last_graph(folder, graph, LastGraph(mark.basis, mark.day, mark.exports, mark.contents, *said, last))
    finally:
        graph.unlink(missing_ok=True)
