"""How a study stands: what its store holds, and which files are new, changed or gone since the last load."""

from __future__ import annotations

from dataclasses import dataclass

from journeys.interpret.reading import sha256
from journeys.store.overview import Overview
from journeys.study import Study


@dataclass(frozen=True, slots=True)
class StudyStatus:
    """The store's overview, and the files that differ from what was last loaded."""

    study: str
    title: str
    store: Overview
    changed: tuple[str, ...]
    gone: tuple[str, ...]


def study_status(study: Study) -> StudyStatus:
    """Look at the store and at the files."""
    overview = study.status()
    changed, gone = [], []
    for name, digest in overview.files.items():
        path = study.folder.path / name
        if not path.is_file():
            gone.append(name)
        elif sha256(path) != digest:
            changed.append(name)
    return StudyStatus(study.id, study.folder.settings.title, overview, tuple(changed), tuple(gone))
