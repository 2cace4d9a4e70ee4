"""Notes of each load in the store: when it began, which files it read, what it did."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime

from journeys.model.schema import Schema
from journeys.model.version import __version__
from journeys.store.connection import Store
from journeys.store.cypher_templates import statement
from journeys.store.loading.changes import Tally
from journeys.store.shape import SHAPE


def start_run(
    store: Store, schema: Schema, study: str, by: str, files: Mapping[str, str], beside: str | None = None
) -> str:
    """Note in the store that a load of these files (their hashes by their names) begins; returns the id of its run.

    ``by`` are the initials of the researcher who loads; empty when they are not known. ``beside`` is the newer version
    whose claims the load leaves alone, if it does.
    """
    run = f"{study}:load_run:{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}"
    listed = [f"{name} {digest}" for name, digest in sorted(files.items())]
    store.write(
        statement(schema, "run_start"),
        {
            "id": run,
            "study": study,
            "who": by,
            "started": _now(),
            "files": listed,
            "version": __version__,
            "beside": beside,
        },
    )
    return run


def finish_run(store: Store, schema: Schema, run: str, nodes: Tally, claims: Tally) -> None:
    """Note in the store that a load is done, and what it did."""
    counts = {
        f"{what}_{did}": number + (tally.moved if did == "changed" else 0)
        for what, tally in (("nodes", nodes), ("claims", claims))
        for did, number in asdict(tally).items()
        if did in ("created", "changed", "removed")
    }
    store.write(statement(schema, "run_finish"), {"id": run, "finished": _now(), "shape": SHAPE, **counts})


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")
