"""Packages that only some people need, installed as an extra: ``pip install "evidence-journeys[archive]"``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from journeys.model.problems import JourneysError


class MissingExtra(JourneysError):
    """A package of an extra is not installed."""


@contextmanager
def needed(extra: str, *packages: str) -> Iterator[None]:
    """Around the import of ``packages``: raises MissingExtra, which says how to install them, for one not there."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in packages:
            raise
        raise MissingExtra(
            f"This needs the package {error.name}, which is not installed. Install it with "
            f'pip install "evidence-journeys[{extra}]", or with your own way of installing Python packages.'
        ) from error
