"""Keep what was computed from a graph that can no longer change (``networkx.freeze``), as long as the graph exists."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import networkx as nx

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")
_MOST = 8
"""So many results of one function are kept for different arguments: those asked for last."""


def kept(
    function: Callable[Concatenate[nx.MultiDiGraph[str], _Given], _Made],
) -> Callable[Concatenate[nx.MultiDiGraph[str], _Given], _Made]:
    """Let a function of a graph compute its result once for a frozen graph and the same arguments, which can be hashed.

    Whoever gets the result must not change it. For a graph that is not frozen it is computed each time.
    """
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def once(graph: nx.MultiDiGraph[str], /, *args: _Given.args, **given: _Given.kwargs) -> _Made:
        if not nx.is_frozen(graph):
            return function(graph, *args, **given)
        results: dict[Any, _Made] = graph.__dict__.setdefault("kept", {}).setdefault(name, {})
        asked = (args, tuple(sorted(given.items())))
        if asked in results:
            results[asked] = results.pop(asked)  # the last to be forgotten
        else:
            results[asked] = function(graph, *args, **given)
            if len(results) > _MOST:
                del results[next(iter(results))]
        return results[asked]

    return once
