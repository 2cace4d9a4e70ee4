"""The gap map as a list, for screens too narrow for a map: by type and site, the stages reached, and where nothing is
known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from journeys.analysis.measures.gap_map import NO_SOURCE, NONE_RECORDED, REACHED, SIDES
from journeys.analysis.measures.table import MeasureTable
from journeys.model.phrases import counted, one_of
from journeys.views.text import sanitized
from journeys.views.wording import without_number


def gap_list(cells: MeasureTable, href: Callable[[int], str]) -> list[dict[str, Any]]:
    """The types of the table ``cells`` in its order, each with its sites; ``href`` leads to the sources of a row."""
    types: dict[str, dict[str, list[tuple[int, Mapping[str, Any]]]]] = {}
    for number, row in enumerate(cells.rows):
        cell = dict(zip(cells.columns, row.values, strict=True))
        types.setdefault(str(cell["type"]), {}).setdefault(str(cell["site"]), []).append((number, cell))
    return [_type(name, sites, href) for name, sites in types.items()]


def _type(
    name: str, sites: Mapping[str, list[tuple[int, Mapping[str, Any]]]], href: Callable[[int], str]
) -> dict[str, Any]:
    empty = [site for site, cells in sites.items() if all(cell["state"] == NONE_RECORDED for _, cell in cells)]
    return {
        "name": without_number(name),
        "sites": [_site(site, cells, href) for site, cells in sites.items() if site not in empty],
        "none": f"None of this type at {one_of(list(map(sanitized, empty)), 'and')}." if empty else "",
    }


def _site(name: str, cells: list[tuple[int, Mapping[str, Any]]], href: Callable[[int], str]) -> dict[str, Any]:
    silent = [str(cell["stage"]) for _, cell in cells if cell["state"] == NO_SOURCE]
    return {
        "name": name,
        "stages": [
            {"stage": cell["stage"], "words": _words(cell), "href": href(number)}
            for number, cell in cells
            if cell["state"] not in (NO_SOURCE, NONE_RECORDED)
        ],
        "silent": f"No source: {', '.join(silent)}." if silent else "",
    }


def _words(cell: Mapping[str, Any]) -> str:
    if cell["state"] != REACHED:
        return str(cell["state"])
    sides = [f"{cell[name]} {words}" for name, words in SIDES.items() if name != "neither" and cell[name]]
    return counted(cell["journeys"], "journey") + (f", {', '.join(sides)}" if sides else "")
