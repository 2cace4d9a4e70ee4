"""What killed commands leave in a study folder, and its removal by the next command."""

from __future__ import annotations

import contextlib
from pathlib import Path

from journeys.interpret.folder import SCRATCH, WORK_FOLDER
from journeys.model import unfinished


def remove_left_behind(study: Path) -> None:
    """Remove it, where nobody holds it any more; a folder that may only be read stays as it is."""
    from journeys.store.embedded.engine import tidy
    from journeys.store.embedded.paths import PROBES, Layout
    from journeys.store.file_lock import OsLock

    work = study / WORK_FOLDER
    unfinished.remove_left_behind(study, work, (SCRATCH, PROBES))
    if work.is_dir():
        with contextlib.suppress(OSError):
            tidy(Layout(work))
            for holder in work.glob("*.lock.holder"):
                with OsLock(holder.with_suffix("")) as lock:
                    lock.acquire()  # the name of who had it goes with it when it is given back
