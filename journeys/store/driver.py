"""The Neo4j driver, imported quickly."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from neo4j import Driver

CONNECT_SECONDS = 5.0
"""Seconds to wait for a connection; twice as long for one over which the server also answers."""
_NOT_NEEDED = ("numpy", "pandas", "pyarrow")


def import_driver() -> None:
    """Import the driver without numpy, pandas and pyarrow.

    Where these are installed, the driver imports them for arrays and data frames as parameters, which nobody gives it
    here: that would take each command longer than everything else it does at its start.
    """
    hidden = [name for name in _NOT_NEEDED if "neo4j" not in sys.modules and name not in sys.modules]
    for name in hidden:
        sys.modules[name] = cast(ModuleType, None)  # to be imported by nobody
    try:
        importlib.import_module("neo4j")
    finally:
        for name in hidden:
            del sys.modules[name]


def open_driver(uri: str, user: str, password: str) -> Driver:
    """A driver for the server at ``uri``; it connects when it is first used."""
    import_driver()
    from neo4j import GraphDatabase

    return GraphDatabase.driver(
        uri,
        auth=(user, password),
        connection_timeout=CONNECT_SECONDS,
        connection_acquisition_timeout=CONNECT_SECONDS * 2,
        notifications_min_severity="OFF",
        telemetry_disabled=True,
        user_agent="evidence-journeys",
    )
