"""Which store a study uses: what the call says, else study.yaml, else the environment, else the embedded engine."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from journeys.model.problems import UsageProblem

_VARIABLES = {"uri": "NEO4J_URI", "user": "NEO4J_USERNAME", "database": "NEO4J_DATABASE"}
PASSWORD_VARIABLE = "NEO4J_PASSWORD"
SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """Where the store is. ``uri`` is None for the embedded engine; the password is never shown."""

    uri: str | None = None
    user: str = "neo4j"
    password: str | None = field(default=None, repr=False)
    database: str | None = None


def resolve(
    configured: Mapping[str, str],
    *,
    uri: str | None = None,
    user: str | None = None,
    database: str | None = None,
    environ: Mapping[str, str] = os.environ,
) -> StoreSettings:
    """The settings that hold: arguments before ``configured`` (study.yaml's ``store``) before the environment.

    Raises UsageProblem for a password in study.yaml, for an entry that means nothing, and for an URI that is no
    Neo4j URI.
    """
    if "password" in configured:
        raise UsageProblem(
            "study.yaml, store: a password does not belong in this file, which is shared. "
            f"Delete it there and set the environment variable {PASSWORD_VARIABLE}."
        )
    unknown = sorted(set(configured) - set(_VARIABLES))
    if unknown:
        raise UsageProblem(f"study.yaml, store: {unknown[0]!r} means nothing here; write {', '.join(_VARIABLES)}.")
    given = {"uri": uri, "user": user, "database": database}
    found = {name: given[name] or configured.get(name) or environ.get(_VARIABLES[name]) or None for name in _VARIABLES}
    if found["uri"] is None:
        return StoreSettings()
    _check(found["uri"])
    return StoreSettings(found["uri"], found["user"] or "neo4j", environ.get(PASSWORD_VARIABLE), found["database"])


def _check(uri: str) -> None:
    scheme, separator, rest = uri.partition("://")
    if not separator or scheme not in SCHEMES or not rest:
        raise UsageProblem(
            f"{_without_credentials(uri)!r} is no address of a Neo4j server. Write it like neo4j://localhost:7687 "
            "or, for Aura, neo4j+s://….databases.neo4j.io."
        )
    if "@" in rest:
        raise UsageProblem(
            "The server's address holds a name or password. Leave them out: give the user with --user and set "
            f"the environment variable {PASSWORD_VARIABLE}."
        )


def _without_credentials(uri: str) -> str:
    return f"…@{uri.rpartition('@')[2]}" if "@" in uri else uri
