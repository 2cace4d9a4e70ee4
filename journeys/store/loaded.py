"""Check that a study has been loaded: answers from a store without it would be meaningless."""

from __future__ import annotations

from journeys.model.problems import JourneysError
from journeys.model.schema import Schema
from journeys.store.connection import Store
from journeys.store.cypher_templates import statement


class NothingLoaded(JourneysError):
    """The store holds nothing of the study yet."""


def refuse_unloaded(store: Store, schema: Schema, study: str) -> None:
    """Raise NothingLoaded, with what to do, where no load of the study has begun."""
    if not store.read(statement(schema, "runs"), {"study": study, "limit": 1}):
        raise NothingLoaded(
            "Nothing of the study has been loaded yet, so there is nothing to ask: run `journeys load`."
        )
