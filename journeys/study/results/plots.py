"""Results drawn with matplotlib, to be restyled: a journey as a timeline, a network, a table as bars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from journeys.model.phrases import counted
from journeys.model.problems import UsageProblem
from journeys.study.results.tabular import is_tabular, tabular
from journeys.views.tables import shown
from journeys.views.text import sanitized, shortened

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from journeys.analysis.actors.site import SiteNetwork
    from journeys.analysis.trace.journey import Journey
    from journeys.analysis.trace.parts import Step

MOST_BARS = 40
_SIGNS = {1: ("#0072b2", "-", "support"), -1: ("#d55e00", "--", "contest"), 0: ("#666666", ":", "neither")}
"""Colour, line and word for each polarity; the colours are those of Okabe and Ito (2008)."""
_MARKS = {1: "^", -1: "X", 0: "o"}
"""The mark of each polarity, for those who cannot tell the colours."""


def plot(result: Any, ax: Axes | None = None, **how: Any) -> Axes:
    """Draw a result; ``ax`` are Axes to draw into. Raises UsageProblem for what cannot be drawn."""
    name = type(result).__name__
    if name == "Analysis":
        if ax is not None:
            raise UsageProblem("The chart of a measure has a figure of its own: leave out ax.")
        return _chart(result, **how)
    if name == "Journey":
        return _timeline(result, ax, **how)
    if name == "SiteNetwork":
        return _network(result, _axes(ax), **how)
    if not is_tabular(result):
        raise UsageProblem(f"{name} cannot be drawn.")
    return _bars(result, ax, **how)


def _axes(ax: Axes | None, rows: int = 16) -> Axes:
    """The Axes given, else new ones, as high as so many rows need."""
    if ax is not None:
        return ax
    from matplotlib import pyplot

    return pyplot.subplots(figsize=(8, max(2.5, 1.2 + 0.28 * rows)), layout="constrained")[1]


def _title(ax: Axes, words: str) -> None:
    ax.set_title("\n".join(wrap(sanitized(words), 48)), parse_math=False)


def _chart(analysis: Any, table: str | None = None, columns: Sequence[str] = ()) -> Axes:
    from journeys.views.pictures.charts.figures import chart_of

    return chart_of(analysis, table, columns).plot()


def _timeline(journey: Journey, ax: Axes | None) -> Axes:
    """A bar from the first to the last possible day of each dated step, and a mark where these are one day or near it.

    A bar is pale, and goes to the edge, where only the first or only the last possible day is known. Steps are in the
    order of the journey.
    """
    import matplotlib.dates

    dates: Any = matplotlib.dates  # what it makes has no types
    dated = [step for step in journey.steps if step.when.date_from or step.when.date_to]
    if not dated:
        raise UsageProblem("No step of this journey has a date, so there is no timeline.")
    ax = _axes(ax, len(dated))
    days = [dates.date2num(day) for step in dated for day in (step.when.date_from, step.when.date_to) if day]
    room = max(0.03 * (max(days) - min(days)), 3.0)
    edges = min(days) - room, max(days) + room
    known: set[int] = set()
    for row, step in enumerate(dated):
        sign = 0 if step.negated else step.kind.polarity
        colour, _, word = _SIGNS[sign]
        label = word if sign not in known else None
        known.add(sign)
        first, last = step.when.date_from, step.when.date_to
        left = dates.date2num(first) if first else edges[0]
        right = dates.date2num(last) + 1 if last else edges[1]
        if right - left < room:
            ax.plot((left + right) / 2, row, _MARKS[sign], color=colour, markersize=8, linestyle="none", label=label)
            continue
        pale = 1.0 if first and last else 0.4
        ax.barh(row, right - left, left=left, height=0.5, color=colour, alpha=pale, label=label)
        ax.plot((left + right) / 2, row, _MARKS[sign], color="white", markersize=6, linestyle="none")
    ax.set_xlim(*edges)
    ax.set_yticks(range(len(dated)), [_step_words(step, journey.subject.entity.id) for step in dated])
    ax.invert_yaxis()
    locator = dates.AutoDateLocator()
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator))
    undated = len(journey.all_steps) - len(dated)
    more = f" ({counted(undated, 'undated step')} not drawn)" if undated else ""
    _title(ax, f"{journey.subject.entity.name}{more}")
    ax.legend(title="Polarity")
    return ax


def _step_words(step: Step, subject: str) -> str:
    """What happened, without the name of the thing whose journey it is."""
    starts, ends = (
        ", ".join(entity.name for entity in some[:2] if entity.id != subject) for some in (step.starts, step.ends)
    )
    told = " ".join(filter(None, [starts, "did not:" if step.negated else "", step.kind.phrase, ends]))
    return f"{shortened(sanitized(told), 44)}{' (inferred)' if step.derived else ''}"


def _network(found: SiteNetwork, ax: Axes, *, seed: int = 1, names: bool = True) -> Axes:
    """Nodes and ties, placed by the Fruchterman-Reingold layout (1991) from ``seed``; ``names`` writes their names."""
    import networkx as nx

    graph = found.network.graph
    simple: nx.Graph[str] = nx.Graph()
    simple.add_nodes_from(graph)
    simple.add_edges_from((start, end) for start, end, _ in graph.edges(keys=True))
    places = nx.spring_layout(simple, seed=seed)
    things = [node for node, held in graph.nodes(data=True) if held["label"] in ("Document", "Evidence")]
    for some, shape, word in (([*set(graph) - set(things)], "o", found.noun), (things, "s", "document or evidence")):
        if some:
            kept = sorted(some)
            nx.draw_networkx_nodes(
                simple, places, nodelist=kept, node_shape=shape, node_size=80, node_color="#cccccc", ax=ax, label=word
            )
    for sign, (colour, line, word) in _SIGNS.items():
        ties = [(start, end) for start, end, held in graph.edges(data=True) if (held["polarity"] or 0) == sign]
        if ties:
            nx.draw_networkx_edges(
                simple, places, edgelist=ties, edge_color=colour, style=line, ax=ax, label=word, arrows=False
            )
    if names:
        words = {node: shortened(sanitized(held["name"]), 24) for node, held in graph.nodes(data=True)}
        nx.draw_networkx_labels(simple, places, labels=words, font_size=7, ax=ax)
    _title(ax, found.place)
    ax.legend(fontsize="small")
    ax.set_axis_off()
    return ax


def _bars(
    result: Any, ax: Axes | None, *, table: str | None = None, x: str | None = None, y: str | None = None
) -> Axes:
    """A bar for each row: ``x`` the column of the words, ``y`` of the numbers; the first of each kind by default."""
    held = tabular(result, table)
    words = _column(held.columns, held.rows, x, numbers=False)
    numbers = _column(held.columns, held.rows, y, numbers=True)
    rows = held.rows[:MOST_BARS]
    ax = _axes(ax, len(rows))
    heights = [float(row[numbers]) if row[numbers] is not None else 0.0 for row in rows]
    ax.barh(range(len(rows)), heights, color="#0072b2")
    ax.set_yticks(range(len(rows)), [shortened(sanitized(shown(row[words])), 40) for row in rows])
    ax.invert_yaxis()
    ax.set_xlabel(held.columns[numbers])
    more = f" (the first {MOST_BARS} of {len(held.rows):,} rows)" if len(held.rows) > MOST_BARS else ""
    _title(ax, f"{held.title}{more}")
    return ax


def _column(columns: Sequence[str], rows: Sequence[Sequence[Any]], name: str | None, *, numbers: bool) -> int:
    """The place of a column. Raises UsageProblem for a name that is not there, or where none fits."""
    if name is not None:
        if name not in columns:
            raise UsageProblem(f"There is no column {name!r}. The columns are: {', '.join(columns)}.")
        place = list(columns).index(name)
        if numbers and not _are_numbers([row[place] for row in rows]):
            raise UsageProblem(f"The column {name!r} does not hold numbers.")
        return place
    for place in range(len(columns)):
        values = [row[place] for row in rows]
        if _are_numbers(values) if numbers else not _are_numbers(values) and not _are_days(values):
            return place
    if not numbers and columns:
        return 0
    raise UsageProblem(f"No column holds numbers to draw. The columns are: {', '.join(columns)}.")


def _are_numbers(values: Sequence[Any]) -> bool:
    held = [value for value in values if value is not None]
    return bool(held) and all(isinstance(value, int | float) and not isinstance(value, bool) for value in held)


def _are_days(values: Sequence[Any]) -> bool:
    held = [value for value in values if value is not None]
    return bool(held) and all(isinstance(value, date) for value in held)
