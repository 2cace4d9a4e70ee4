"""Results in a line and as html for notebooks, where a page stands in a frame that can reach nothing outside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journeys.model.phrases import counted
from journeys.model.problems import UsageProblem
from journeys.study.results.frames import pandas_frame, polars_frame
from journeys.study.results.tabular import Tabular, is_tabular, tables_of, tabular
from journeys.views.tables import shown
from journeys.views.text import sanitized, shortened

if TYPE_CHECKING:
    from journeys.analysis.actors.site import SiteNetwork
    from journeys.analysis.measures.run import Analysis
    from journeys.analysis.trace.journey import Journey

MOST_ROWS = 20
_LONGEST = 120
_PAGES = ("Journey", "SiteNetwork", "Comparison", "SiteMatrices", "Record", "SiteStoryline")
"""Results that have a page of their own."""


class Shown:
    """How results are shown: what ``Result`` asks for."""

    def line(self, result: Any) -> str:
        """The result in a line."""
        name = type(result).__name__
        words = _LINES[name](result) if name in _LINES else name
        return f"<{sanitized(words)}>"

    def html(self, result: Any, study: Any) -> str | None:
        """A page in a sandboxed frame, else the tables; None where there is neither."""
        if study is not None and type(result).__name__ in _PAGES:
            return framed(study.output(result).content("html"), repr(result))
        if not is_tabular(result):
            return None
        notes = _notes(result)
        return "".join(html_table(each) for each in tables_of(result)) + notes

    def pandas(self, result: Any, table: str | None) -> Any:
        """A table of the result as a pandas DataFrame."""
        return pandas_frame(tabular(result, table))

    def polars(self, result: Any, table: str | None) -> Any:
        """A table of the result as a polars DataFrame."""
        return polars_frame(tabular(result, table))

    def networkx(self, result: Any) -> Any:
        """The result as a NetworkX graph."""
        from journeys.study.results.graphs import graph_of

        return graph_of(result)

    def plot(self, result: Any, ax: Any, **how: Any) -> Any:
        """The result drawn with matplotlib."""
        from journeys.study.results.plots import plot

        return plot(result, ax, **how)

    def save(self, result: Any, study: Any, path: Path, **how: Any) -> list[Path]:
        """The result written to a file."""
        if study is None:
            raise UsageProblem("This result is a part of another. Save that one, or use study.write(result, path).")
        written: list[Path] = study.write(result, path, **how)
        return written


def framed(page: str | bytes, title: str) -> str:
    """A page in a frame that runs its own scripts and reaches neither the notebook nor a network."""
    text = page.decode("utf-8") if isinstance(page, bytes) else page
    return (
        f'<iframe sandbox="allow-scripts allow-downloads" title="{escape(title)}" '
        f'style="width:100%;height:640px;border:1px solid #8888" srcdoc="{escape(text)}"></iframe>'
    )


def html_table(table: Tabular) -> str:
    """The first rows of a table as html."""
    head = "".join(f"<th>{escape(name)}</th>" for name in table.columns)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in table.rows[:MOST_ROWS])
    number = len(table.rows)
    more = f"; the first {MOST_ROWS} are shown" if number > MOST_ROWS else ""
    caption = f"{sanitized(table.title)}: {counted(number, 'row')}{more}"
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(value: Any) -> str:
    return f"<td>{escape(shortened(sanitized(shown(value)), _LONGEST))}</td>"


def _notes(result: Any) -> str:
    """What a reader of an analysis must know: the n, what was left out, the notes."""
    tables = getattr(result, "tables", ())
    told = []
    for table in tables:
        told += [f"n = {number:,} {what}" for what, number in table.n.items()]
        told += [f"Left out: {counted(len(each.claims), 'claim')}, {each.why}" for each in table.left_out]
        told += table.notes
    return "".join(f"<p>{escape(sanitized(each))}</p>" for each in dict.fromkeys(told))


def _of_journey(journey: Journey) -> str:
    parts = [counted(len(journey.all_steps), "step")]
    if journey.unplaced:
        parts.append(f"{len(journey.unplaced):,} undated")
    if journey.disagreements:
        parts.append(counted(len(journey.disagreements), "disagreement"))
    return f"journey of {shortened(journey.subject.entity.name, 60)}: {', '.join(parts)}"


def _of_network(found: SiteNetwork) -> str:
    graph = found.network.graph
    nodes, ties = counted(graph.number_of_nodes(), "node"), counted(graph.number_of_edges(), "tie")
    return f"network of {found.place}: {nodes}, {ties}"


def _of_analysis(analysis: Analysis) -> str:
    tables = ", ".join(f"{table.name} ({counted(len(table.rows), 'row')})" for table in analysis.tables)
    chosen = "; ".join(f"{name}: {words}" for name, words in analysis.conditions.items())
    return f"{analysis.measure.name}{f' ({chosen})' if chosen else ''}: {tables}"


_LINES: Mapping[str, Callable[[Any], str]] = {
    "Journey": _of_journey,
    "SiteNetwork": _of_network,
    "Analysis": _of_analysis,
    "Answer": lambda answer: f"answer to {answer.query.short_name}: {counted(len(answer.rows), 'row')}",
    "Table": lambda table: f"table of {counted(len(table.columns), 'column')} and {counted(len(table.rows), 'row')}",
    "MeasureTable": lambda table: f"table {table.name}: {counted(len(table.rows), 'row')}",
    "SiteStoryline": lambda found: f"storyline of {found.place.name if found.place else 'all sites'}",
    "Comparison": lambda _: "comparison of sites",
    "SiteMatrices": lambda _: "matrices of people by documents and by meetings",
}
