"""Read the files of a study apart from its store: into a staging that is there for the time of a block."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from journeys.interpret.check import CheckResult
from journeys.interpret.folder import StudyFolder
from journeys.interpret.kept.last_reading import LastReading, keep_reading
from journeys.interpret.kept.marks import StudyMark
from journeys.interpret.study_reader import Reading, StudyReader
from journeys.model.problem_log import ProblemLog
from journeys.model.progress import NoProgress, Progress
from journeys.staging.database import Staging
from journeys.staging.digest import staged_digest


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
) -> Iterator[tuple[Staging, Reading, CheckResult]]:
    """Everything that the files say: staged, as it was read, and what is wrong with it.

    ``more`` are files outside the study folder; ``scope`` are those asked about, None for all. With the study's
    ``mark``, made before, what was found is kept for the next time.
    """
    log = ProblemLog()
    with reader_of(folder, log, progress) as (reader, staging):
        reading = reader.read(more)
        for report in reading.files:
            report.withheld |= staging.withheld.get(report.file, {})
        settled = reading.settled
        numbers = (settled.nodes, settled.claims, settled.derived, settled.repetitions)
        more_numbers = settled.same_acts, settled.repeated
        result = CheckResult(log, reading.files, *numbers, scope, *more_numbers)
        if mark is not None and not more:
            keep_reading(folder, mark, LastReading(result, reading.hashes, staged_digest(staging.database)))
        yield staging, reading, result
