"""How a study stands, for the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.text import Text

from journeys.model.phrases import counted
from journeys.store.shape import OUTDATED
from journeys.views.terminal.fitting_table import FittingTable

if TYPE_CHECKING:
    from journeys.model.schema import Schema
    from journeys.store.study_status import StudyStatus


def status_view(status: StudyStatus, schema: Schema) -> RenderableType:
    """Title, store, last load, what changed since, and the counts."""
    store = status.store
    parts: list[RenderableType] = [Text(f"{status.title} ({status.study})", "bold")]
    parts.append(Text(f"Store: {'Neo4j at' if store.engine == 'neo4j' else 'embedded in'} {store.where}"))
    parts.append(Text(_last_load(status)))
    if store.outdated:
        parts.append(Text(f"{OUTDATED} Run `journeys load` to rebuild it.", "yellow"))
    for what, names in (("Changed since", status.changed), ("Missing since", status.gone)):
        if names:
            parts.append(Text(f"{what}: {', '.join(names)}. Run `journeys load`.", "yellow"))
    if status.codebook is not None:
        parts.append(Text(f"Codebook: {status.codebook}"))
    if store.nodes:
        nodes, claims = (sum(each.values()) for each in (store.nodes, store.claims))
        parts.append(Text(f"{counted(nodes, 'node')}, {counted(claims, 'claim')} ({store.derived} inferred)"))
        parts.append(Text())
        parts.append(
            FittingTable(("nodes", ""), _named(store.nodes, {name: kind.plural for name, kind in schema.nodes.items()}))
        )
        parts.append(Text())
        parts.append(
            FittingTable(
                ("claims", ""), _named(store.claims, {name: kind.phrase for name, kind in schema.claims.items()})
            )
        )
    return Group(*parts)


def _named(numbers: Mapping[str, int], words: Mapping[str, str]) -> list[tuple[str, int]]:
    """The numbers with the words of their kinds."""
    return [(words.get(name, name), number) for name, number in numbers.items()]


def _last_load(status: StudyStatus) -> str:
    run = status.store.last_load
    if run is None:
        return "Nothing has been loaded yet: run `journeys load`."
    by = f" by {run['who']}" if run["who"] else ""
    when = f"{run['started']}{by}, {counted(len(run['files']), 'file')}"
    if status.store.interrupted:
        return f"The last load ({when}) was interrupted. Run `journeys load` to complete it."
    return f"Last load: {when}"


def status_as_dict(status: StudyStatus) -> dict[str, Any]:
    """The same as plain values. Of the embedded store only the folder's name: its path may hold somebody's name."""
    told = asdict(status)
    if status.store.engine != "neo4j":
        told["store"]["where"] = Path(status.store.where).name
    return told
