"""Throw a damaged embedded store away, so that a load makes it again from the forms."""

from __future__ import annotations

from pathlib import Path

from journeys.store.embedded.launcher import lease, reset
from journeys.store.embedded.paths import Layout
from journeys.store.errors import StoreDamaged
from journeys.store.loading.lock import hold_folder


def throw_away_damaged(work: Path, who: str) -> bool:
    """Empty the embedded store in ``work`` if it is damaged; returns whether it was.

    Raises StoreBusy while another load of the study runs, and what opening the store raises for other reasons.
    """
    with hold_folder(work, who):
        try:
            # Somebody else may have made it again in the meantime.
            lease(work).release()
        except StoreDamaged:
            reset(Layout(work))
            return True
        return False


def throw_away(work: Path, who: str) -> None:
    """Empty the embedded store in ``work``, damaged or not. Raises StoreBusy while another load of the study runs."""
    with hold_folder(work, who):
        reset(Layout(work))
