"""What can go wrong between us and a store, each said so that a person can act on it."""

from __future__ import annotations

from journeys.model.problems import JourneysError


class StoreUnavailable(JourneysError):
    """The store cannot be reached, or not with these credentials."""

    exit_code = 3


class StoreBusy(JourneysError):
    """Somebody else holds the store."""

    exit_code = 3


class QueryError(JourneysError):
    """The store refused a query; the message is the store's own."""


class QueryTimeout(JourneysError):
    """The query took longer than it was given."""
