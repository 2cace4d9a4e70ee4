"""Processes that the program starts of itself: the engine, and work beside the command."""

from __future__ import annotations

import gc
import sys

_SELDOM = (20_000, 10, 10)


def own_process(module: str, *arguments: str) -> list[str]:
    """The command that runs a module of this program in a process of its own.

    ``-P``, because Python would look for modules in the current folder first. That may be a study folder from somebody
    else, and a ``json.py`` in it would be run.
    """
    return [sys.executable, "-P", "-m", module, *arguments]


def look_seldom_for_memory() -> None:
    """Let Python look less often for memory to free: at its own setting it spends half of the work on a large study on
    that. A setting of the whole process, so nothing for a library."""
    gc.set_threshold(*_SELDOM)


def leave_memory() -> None:
    """Let Python end without a last search for memory to free, which takes as long as a quick command: the system takes
    back all of it. Only for the end of a process."""
    gc.freeze()
