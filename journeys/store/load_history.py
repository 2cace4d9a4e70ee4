"""The loads of a study: when the data shown were loaded, and what the last load brought."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from journeys.model.schema import Schema
from journeys.store.connection import Store
from journeys.store.cypher_templates import statement


@dataclass(frozen=True, slots=True)
class LastLoad:
    """The last load, and how its files differ from those of the load before.

    ``when`` is the time at which it began, ``files`` the number of files that it read. ``new``, ``changed`` and
    ``gone`` are names of files; all are empty for the ``first`` load. ``claims`` are the numbers of claims that it
    created, changed and removed. ``complete`` is False if it was interrupted.
    """

    when: datetime
    files: int
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    claims: tuple[int, int, int] = (0, 0, 0)
    first: bool = True
    complete: bool = True

    @property
    def touched(self) -> frozenset[str]:
        """The files that are new or changed."""
        return frozenset((*self.new, *self.changed))


def last_load(store: Store, study: str, schema: Schema) -> LastLoad | None:
    """The last load of a study; None before the first. Raises StoreUnavailable."""
    runs = [row["run"] for row in store.read(statement(schema, "runs"), {"study": study, "limit": 2})]
    if not runs:
        return None
    last, earlier = runs[0], runs[1] if len(runs) > 1 else None
    now, then = _files(last), _files(earlier or {})
    shared = now.keys() & then.keys()
    return LastLoad(
        datetime.fromisoformat(last["started"]),
        len(now),
        tuple(sorted(now.keys() - then.keys())) if earlier else (),
        tuple(sorted(name for name in shared if now[name] != then[name])),
        tuple(sorted(then.keys() - now.keys())),
        (_number(last, "created"), _number(last, "changed"), _number(last, "removed")),
        first=earlier is None,
        complete=last.get("finished") is not None,
    )


def _files(run: Mapping[str, Any]) -> dict[str, str]:
    return dict(entry.rsplit(" ", 1) for entry in run.get("files") or ())


def _number(run: Mapping[str, Any], what: str) -> int:
    return int(run.get(f"claims_{what}") or 0)
