"""The comparison of sites as a table: in a terminal, as csv, and as the sheets of a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from journeys.analysis.actors.comparison import Comparison
from journeys.model.phrases import counted, one_of
from journeys.views.tables import Sheet, csv_text, rounded
from journeys.views.terminal.fitting_table import FittingTable
from journeys.views.text import sanitized

_NAMED = 12


class ComparisonView:
    """The figures of the sites side by side, and who and what is at more than one."""

    def __init__(self, found: Comparison) -> None:
        self._found = found

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        found = self._found
        yield Text(sanitized(one_of(found.names, "and")), "bold")
        for relation in dict.fromkeys(each.relation for each in found.figures):
            yield Text()
            yield Text(sanitized(_head(found, relation)), "bold")
            yield FittingTable(
                ("figure", *found.names, *_difference(found)),
                [
                    [
                        each.meaning,
                        *map(rounded, each.values),
                        *([rounded(each.difference)] if _difference(found) else []),
                    ]
                    for each in found.figures
                    if each.relation == relation
                ],
            )
        yield Text()
        yield Text(f"At more than one site: {counted(len(found.shared), 'name')}.", "bold")
        names = [sanitized(name) for _, _, name, _ in found.shared]
        if names:
            more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
            yield Text(f"{', '.join(names[:_NAMED])}{more}")


def comparison_csv(found: Comparison) -> str:
    """A line for each figure: relation, figure, what it means, the value at each site, the difference of two."""
    return csv_text(_columns(found), _rows(found))


def comparison_sheets(found: Comparison) -> list[Sheet]:
    """The figures, and who and what is at more than one site."""
    shared = [(name, label, [found.names[at] for at in sites], node) for node, label, name, sites in found.shared]
    return [
        Sheet("Figures", _columns(found), list(_rows(found))),
        Sheet("At more than one site", ("name", "label", "sites", "id"), shared),
    ]


def _head(found: Comparison, relation: str | None) -> str:
    if relation is None:
        return "All ties, of organisations and boards too"
    return f"Ties among people and groups: {found.phrase(relation)}"


def _difference(found: Comparison) -> tuple[str, ...]:
    return ("difference",) if len(found.networks) == 2 else ()


def _columns(found: Comparison) -> tuple[str, ...]:
    taken = ("relation", "figure", "meaning", *_difference(found))
    names = [name if name not in taken and found.names.count(name) == 1 else f"{name} (site)" for name in found.names]
    return (*taken[:3], *names, *_difference(found))


def _rows(found: Comparison) -> Iterator[tuple[Any, ...]]:
    two = bool(_difference(found))
    for each in found.figures:
        yield each.relation, each.name, each.meaning, *each.values, *([each.difference] if two else [])
