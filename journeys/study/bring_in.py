"""Bring in files of other programs: a copy, what it is here, and what was not taken."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from journeys.exchange.target import written_aside
from journeys.instruments.projects.project import OWN_PROGRAM
from journeys.interpret.projects.import_list import (
    LIST_SUFFIX,
    LOSSES_SUFFIX,
    ImportList,
    find_lists,
    find_projects,
    write_list,
)
from journeys.interpret.projects.imported import Imported
from journeys.interpret.projects.make_list import (
    Change,
    changes,
    is_codebook_of,
    is_same,
    like_labels,
    new_list,
    without,
)
from journeys.interpret.projects.read_imports import read_project
from journeys.interpret.read_study import reader_of
from journeys.interpret.tables.shipped_maps import recognised
from journeys.interpret.unreadable import sha256
from journeys.model.problems import JourneysError, UnreadableFile, UsageProblem, refuse
from journeys.model.study_names import IMPORT_FOLDER
from journeys.views.tables import csv_text

if TYPE_CHECKING:
    from journeys.instruments.projects.project import CodingProject
    from journeys.study.access import StudyAccess

_COLUMNS = ("element", "name", "place", "what became of it", "why")
FORMATS = {"refi": (".qdpx", ".qdc", ".qde"), "dna": (".dna",)}
"""The endings of the files of each format."""


@dataclass(frozen=True, slots=True)
class ImportedTable:
    """Council data that were imported: the table and its map in the study, what it holds, and whether the map was there
    already."""

    table: str
    map: str
    holds: str
    own_map: bool


def bring_in_project(study: StudyAccess, path: Path, format_: str, *, beside: bool) -> Imported:
    """See ``Imports.import_project``."""
    if path.is_file() and path.suffix.lower() not in FORMATS[format_]:
        endings = " or ".join(FORMATS[format_])
        raise UsageProblem(f"{path.name} has not the ending {endings}. Name a file that the program exported.")
    project = read_project(path, name=path.name)
    folder = study.folder.path
    lists = find_lists(folder, refuse)
    target, before = _target(folder, path, project, lists, beside=beside)
    file = f"{IMPORT_FOLDER}/{target.name}"
    others = [each for each in lists if each is not before]
    whole = study.folder.codebook(refuse)
    codebook = without(whole, [before] if before is not None else [])
    with reader_of(study.folder) as (reader, _):
        reader.read_registers()
        if project.program == OWN_PROGRAM:  # its sources may be those of other imports
            for each in others:
                reader.imports.know(each)
        listed = new_list(project, file, before, others, codebook, reader.names)
    changed = _changed(target, path, project) if before is not None else None
    list_path, losses = (target.with_name(f"{target.name}{end}") for end in (LIST_SUFFIX, LOSSES_SUFFIX))
    with written_aside(target, list_path, losses, force=True) as (copy, list_aside, losses_aside):
        shutil.copyfile(path, copy)
        write_list(list_aside, listed)
        rows = ((e.element, e.name, e.place, e.fate, e.why) for e in project.tally.losses)
        losses_aside.write_text(csv_text(_COLUMNS, rows), encoding="utf-8", newline="")
    return Imported(target, losses, project, listed, changed, like_labels(listed, codebook))


def bring_in_council(study: StudyAccess, path: Path, format_: str) -> ImportedTable:
    """See ``Imports.import_council``."""
    found = recognised(path, format_, name=path.name)
    target = study.folder.path / "tables" / f"{path.stem}.json"
    table_map = target.with_name(f"{target.name}.map.yaml")
    own = table_map.is_file()
    with written_aside(*([target] if own else [target, table_map]), force=True) as aside:
        shutil.copyfile(path, aside[0])
        if not own:
            aside[1].write_text(found.map, encoding="utf-8", newline="\n")
    return ImportedTable(f"tables/{target.name}", f"tables/{table_map.name}", found.shape.holds, own)


def _target(
    folder: Path, path: Path, project: CodingProject, lists: list[ImportList], *, beside: bool
) -> tuple[Path, ImportList | None]:
    """Where the project goes, and the list of the version that is there already."""
    by_name = {each.file.rpartition("/")[2].casefold(): each for each in lists}
    same = [each for each in lists if is_same(project, each)]
    named = by_name.get(path.name.casefold())
    others = [] if beside else [each for each in same if not is_codebook_of(project, each)]
    before = named if named in same else others[0] if others else None
    if before is None and named is not None:
        if not path.name.lower().endswith(".dna"):
            message = (
                f"{named.file} is another project ({named.project}): the two have no source and few codes in common."
            )
            raise JourneysError(f"{message} Give the file another name, then import it again.")
        before = named
    target = folder / before.file if before is not None else folder / IMPORT_FOLDER / path.name
    there = next((each for each in find_projects(folder) if each.name.casefold() == target.name.casefold()), None)
    return there or target, before


def _changed(target: Path, path: Path, project: CodingProject) -> list[Change]:
    """What is new since the version in the study; nothing where it is the same file, or can no longer be read."""
    try:
        if sha256(target) == sha256(path):
            return []
        return changes(read_project(target, name=target.name), project)
    except (OSError, UnreadableFile):
        return []
