"""evidence-journeys: how evidence travels through organisations, as a property graph.

>>> import journeys
>>> study = journeys.open("my-study")  # doctest: +SKIP
>>> study.load()  # doctest: +SKIP
>>> study.trace("D07")  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from journeys.model.version import __version__

if TYPE_CHECKING:
    from journeys.model.problems import JourneysError, Problem
    from journeys.model.schema import load_schema
    from journeys.study.study import Study, open

__all__ = ["JourneysError", "Problem", "Study", "__version__", "load_schema", "open"]

_HOMES = {
    "JourneysError": "journeys.model.problems",
    "Problem": "journeys.model.problems",
    "Study": "journeys.study.study",
    "load_schema": "journeys.model.schema",
    "open": "journeys.study.study",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used: the command line should not wait for what it does not need."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
