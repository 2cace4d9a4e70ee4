"""Two versions of the program on one study: neither writes again what the other wrote, and a newer store is refused."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from journeys.model.problems import JourneysError
from journeys.model.schema import Schema
from journeys.model.version import __version__
from journeys.store.connection import Store
from journeys.store.cypher_templates import statement
from journeys.store.shape import SHAPE

UPDATE = "Update this program: `pip install --upgrade evidence-journeys`"


class NewerStore(JourneysError):
    """A newer version filled the store, in a way that this one does not know."""


@dataclass(frozen=True, slots=True)
class LastWriter:
    """The version that last loaded a study completely (None before versions were noted), how it stores a study, and
    the files that it read, with their hashes."""

    version: str | None
    shape: int
    files: Mapping[str, str]

    @property
    def is_newer(self) -> bool:
        """Whether that is a newer version than this one."""
        return _numbers(self.version) > _numbers(__version__)

    @property
    def is_older(self) -> bool:
        """Whether that is a version that is known and older than this one."""
        return self.version is not None and _numbers(self.version) < _numbers(__version__)

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
    return LastWriter(rows[0]["version"], int(rows[0]["shape"] or 1), files)


def refuse_newer(store: Store, schema: Schema, study: str) -> None:
    """Raise NewerStore, with what to do, where a newer version stores the study in a way unknown to this one."""
    writer = last_writer(store, schema, study)
    if writer is not None and writer.shape > SHAPE:
        other = " Or run `journeys store rebuild` to fill it again with this version." * (store.engine == "embedded")
        raise NewerStore(
            f"The store was filled by version {writer.version} of journeys, in a way that this version ({__version__}) "
            f"does not know. {UPDATE}.{other}"
        )


def about_older(version: str) -> str:
    """What is said when an older version loaded the study before this one."""
    return (
        f"The study was last loaded by version {version} of journeys; this is version {__version__}. If a colleague "
        "still uses the older one, ask them to update it."
    )


def about_newer(version: str) -> str:
    """What is said when a newer version loaded the study before this one."""
    return (
        f"The study was last loaded by version {version} of journeys; this is version {__version__}, which is older. "
        f"So only files that were changed since were loaded, and all other claims stay as that version wrote them. "
        f"{UPDATE}."
    )


def _numbers(version: str | None) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version or "")))
