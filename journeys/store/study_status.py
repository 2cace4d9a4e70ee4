"""How a study stands: what its store holds, and which files differ from what was last loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from journeys.store.overview import Overview


@dataclass(frozen=True, slots=True)
class StudyStatus:
    """The store's overview, and the files that differ from what was last loaded."""

    study: str
    title: str
    store: Overview
    changed: tuple[str, ...]
    gone: tuple[str, ...]


def study_status(study: str, title: str, store: Overview, digests: Mapping[str, str | None]) -> StudyStatus:
    """Compare the files as last loaded with ``digests``: sha-256 by name, None for a file that is missing."""
    changed = tuple(name for name, digest in store.files.items() if digests[name] not in (None, digest))
    gone = tuple(name for name in store.files if digests[name] is None)
    return StudyStatus(study, title, store, changed, gone)
