"""The files that an export writes: refused where one is there already, written aside, and put in place when whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from journeys.model.file_names import file_stem
from journeys.model.privacy import Profile
from journeys.model.problems import UsageProblem
from journeys.model.unfinished import aside, remove_parts_in


class TargetExists(UsageProblem):
    """A file that an export would write is there already; ``path`` is the first such file."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is there already. Add --force to replace it, or name another file with -o.")
        self.path = path


def usual_file(study: Path, *parts: str | None, ending: str, profile: Profile) -> Path:
    """Where an export goes for which no file is named: in ``out/`` of the study folder, called by what it is of
    (``parts`` that are not None) and, unless it is internal, by whom it is for."""
    words = [*parts, None if profile == "internal" else profile]
    return study / "out" / f"{file_stem(' '.join(filter(None, words)))}.{ending}"


def refuse_existing(paths: Sequence[Path], *, force: bool) -> None:
    """Raise TargetExists for the first of ``paths`` that is a file, unless ``force``; UsageProblem for a folder."""
    for path in paths:
        if path.is_dir():
            raise UsageProblem(f"{path} is a folder. Name a file in it with -o.")
        if path.exists() and not force:
            raise TargetExists(path)


@contextmanager
def written_aside(*paths: Path, force: bool = False) -> Iterator[tuple[Path, ...]]:
    """Files to write into, one for each of ``paths`` and in the same folder; renamed to them when the block ends well.

    Makes the folders. If anything goes wrong in the block, what was there before stays and nothing else is left.
    Raises TargetExists, UsageProblem for a folder, and OSError with the name of the file that cannot be written.
    """
    refuse_existing(paths, force=force)
    for folder in {path.parent for path in paths}:
        remove_parts_in(folder)
    with aside(*paths) as unfinished:
        yield unfinished
        refuse_existing(paths, force=force)  # somebody may have made one in the meantime
