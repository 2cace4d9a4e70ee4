"""The Neo4j driver, imported quickly."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import cast

_NOT_NEEDED = ("pandas", "pyarrow")


def import_driver() -> None:
    """Import the driver without pandas and pyarrow.

    Where these are installed, the driver imports them for data frames as parameters, which nobody gives it here: that
    would take each command longer than everything else it does at its start.
    """
    hidden = [name for name in _NOT_NEEDED if "neo4j" not in sys.modules and name not in sys.modules]
    for name in hidden:
        sys.modules[name] = cast(ModuleType, None)  # to be imported by nobody
    try:
        importlib.import_module("neo4j")
    finally:
        for name in hidden:
            del sys.modules[name]
