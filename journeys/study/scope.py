"""Which files of a study the paths stand for that somebody names."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from journeys.interpret.folder import StudyFolder
from journeys.interpret.inputs import as_written, is_file, is_folder
from journeys.model.problems import UsageProblem


def scope_of(folder: StudyFolder, paths: Iterable[str | Path]) -> tuple[list[Path], frozenset[str] | None]:
    """The files outside the study folder among ``paths``, and the names of all files they stand for.

    Without paths: none, and no names. Raises UsageProblem for a path that is not there.
    """
    found: set[Path] = set()
    given = [Path(path) for path in paths]
    for path in given:
        if is_folder(path):
            found |= {each for each in path.rglob("*") if is_file(each)}
        elif is_file(path):
            found.add(path)
        else:
            raise UsageProblem(f"There is no file or folder {path}.")
    if not given:
        return [], None
    out = {path for path in found if folder.leads_out(path)}
    found -= out
    inside = {path.resolve() for path in folder.inputs().files} | {path.resolve() for path in folder.registers()}
    outside = sorted(
        path for path in found if path.resolve() not in inside and folder.path not in path.resolve().parents
    )
    links = {folder.link_name(as_written(path)) for path in out}
    return outside, frozenset(links | {folder.name(path) for path in found})
