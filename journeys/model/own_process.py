"""Processes that the program starts of itself: the engine, and work beside the command; and how ours use memory."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = (200_000, 10, 10)


class _Ours:
    """What is known of this process: whether it is our own, and whether something large was read into its memory."""

    own = False
    holds = False


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
    _Ours.own, _Ours.holds = True, False


@contextmanager
def reading_what_stays() -> Iterator[None]:
    """While something large is read that will stay, do not look for memory to free, and afterwards never look there.

    Each look goes through everything: of the work on an atlas of 150,000 claims it was a third. Nothing in a process
    that is not our own. What an earlier block read is looked through once more, for it may have been left since.
    """
    if not _Ours.own or not gc.isenabled():
        yield
        return
    if _Ours.holds:
        gc.unfreeze()
        gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.freeze()
        _Ours.holds = True


def leave_memory() -> None:
    """Let Python end without a last search for memory to free, which takes as long as a quick command: the system takes
    back all of it. Only for the end of a process."""
    gc.freeze()
