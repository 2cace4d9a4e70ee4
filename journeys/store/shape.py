"""The version of the storage format: a store written by an earlier version is recognised and not misread."""

from __future__ import annotations

from journeys.model.problems import JourneysError
from journeys.model.schema import Schema
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


def is_outdated(store: Store, schema: Schema, study: str) -> bool:
    """Whether the study was last loaded completely by a version that stored it in an earlier shape."""
    rows = store.read(statement(schema, "shape"), {"study": study})
    return bool(rows) and int(rows[0]["shape"] or 1) < SHAPE


def refuse_outdated(store: Store, schema: Schema, study: str) -> None:
    """Raise OutdatedStore, with what to do, where the study has to be loaded again before it can be asked."""
    if is_outdated(store, schema, study):
        raise OutdatedStore(f"{OUTDATED} Run `journeys load` to rebuild it.")
