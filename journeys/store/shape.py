"""The version of the storage format, and which version of the program wrote a store: so that none is misread."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from journeys.model.problems import JourneysError
from journeys.model.schema import Schema
from journeys.model.version import __version__
from journeys.store.connection import Store
from journeys.store.cypher_templates import statement

SHAPE = 6
"""Raise it whenever what is stored of a study changes so that queries no longer fit what an earlier load wrote.

1 (without a mark): negated and withdrawn claims have their kind's type. 2: they have types of their own, and mode,
confidence, scope and status are never absent. 3: a claim that names an aspect holds it as it is compared.
4: nodes and claims have the words by which they are searched. 5: an issue raised, and what somebody is challenged about
or responsible for, are aspects too. 6: what leads to a meeting at which it happened has the date of that meeting.
"""

OUTDATED = "The store was filled by an earlier version of journeys."


class OutdatedStore(JourneysError):
    """The store was filled by an earlier version, and what is asked of it would be answered wrongly."""


@dataclass(frozen=True, slots=True)
class LastWriter:
    """The version that last loaded a study completely (None before versions were noted), how it stores a study, the
    files that it read, with their hashes, and the newer version ``beside`` whose claims it left alone, if it did."""

    version: str | None
    shape: int
    files: Mapping[str, str]
    beside: str | None = None

    @property
    def newest(self) -> str | None:
        """The newest version of which there are claims."""
        return self.beside or self.version

    @property
    def is_newer(self) -> bool:
        """Whether a newer version than this one wrote claims that are there."""
        return _numbers(self.newest) > _numbers(__version__)

    @property
    def is_older(self) -> bool:
        """Whether that is a version that is known and older than this one."""
        return self.version is not None and _numbers(self.version) < _numbers(__version__)

    @property
    def is_outdated(self) -> bool:
        """Whether it stored the study in an earlier shape."""
        return self.shape < SHAPE

    def knew_only(self, files: Mapping[str, str]) -> bool:
        """Whether each file that it read is in ``files`` (name -> sha-256) as it was, and any were noted."""
        return bool(self.files) and self.files.items() <= files.items()

    def touched(self, files: Mapping[str, str], scope: Collection[str] | None) -> frozenset[str]:
        """Of the files in ``scope`` (None for all), those that are new, changed or gone since."""
        names = {*files, *self.files} if scope is None else set(scope)
        return frozenset(name for name in names if files.get(name) != self.files.get(name))


def last_writer(store: Store, schema: Schema, study: str) -> LastWriter | None:
    """Who last loaded a study completely; None before the first load."""
    rows = store.read(statement(schema, "shape"), {"study": study})
    if not rows:
        return None
    files = dict(entry.rsplit(" ", 1) for entry in rows[0]["files"] or ())
    return LastWriter(rows[0]["version"], int(rows[0]["shape"] or 1), files, rows[0]["beside"])


def is_outdated(store: Store, schema: Schema, study: str) -> bool:
    """Whether the study was last loaded completely by a version that stored it in an earlier shape."""
    writer = last_writer(store, schema, study)
    return writer is not None and writer.is_outdated


def _numbers(version: str | None) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version or "")))
