"""A progress bar on stderr, for a person, and only for what takes longer than a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from journeys.model.progress import NoProgress, Progress

_PATIENCE = 1.0
"""Seconds before a bar is shown."""


class _Bar:
    """Shows a rich progress bar once ``_PATIENCE`` seconds have passed."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._what = ""
        self._total: int | None = None
        self._done = 0
        self._bar: _RichBar | None = None

    def stage(self, what: str, total: int | None = None) -> None:
        self._what, self._total, self._done = what, total, 0
        if self._bar is not None:
            self._bar.stage(what, total)

    def advance(self, units: int = 1) -> None:
        self._done += units
        if self._bar is not None:
            self._bar.advance(units)
        elif time.monotonic() - self._begun > _PATIENCE:
            self._bar = _RichBar()
            self._bar.stage(self._what, self._total)
            self._bar.advance(self._done)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()


class _RichBar:
    """One line: what, how far, how long, and how long the rest will take."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
        from rich.progress import Progress as RichProgress

        times = (TimeElapsedColumn(), TextColumn("remaining"), TimeRemainingColumn())
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), *times)
        self._progress = RichProgress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._progress.add_task("", total=None)
        self._progress.start()

    def stage(self, what: str, total: int | None = None) -> None:
        self._progress.reset(self._task, description=what, total=total)

    def advance(self, units: int) -> None:
        self._progress.advance(self._task, units)

    def close(self) -> None:
        self._progress.stop()


@contextmanager
def progress_bar(*, quiet: bool) -> Iterator[Progress]:
    """Return a progress bar if stderr is a terminal and messages are not suppressed; else one that shows nothing."""
    if quiet or not sys.stderr.isatty():
        yield NoProgress()
        return
    bar = _Bar()
    try:
        yield bar
    finally:
        bar.close()
