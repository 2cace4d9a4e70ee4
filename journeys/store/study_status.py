"""The status of a study: the contents of its store, and the files that differ from the last load."""

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
    codebook: str | None = None
    """Which codebook is in use, where the store holds its codes."""


def study_status(
    study: str, title: str, store: Overview, digests: Mapping[str, str | None], codebook: str
) -> StudyStatus:
    """Compare the files as last loaded with ``digests``: sha-256 by name, None for a file that is missing.

    A file without a digest lies outside the study folder and is not compared.
    """
    changed = tuple(name for name, now in digests.items() if now not in (None, store.files[name]))
    gone = tuple(name for name, now in digests.items() if now is None)
    return StudyStatus(study, title, store, changed, gone, codebook if store.nodes.get("Code") else None)
