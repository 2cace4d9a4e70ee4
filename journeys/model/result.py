"""What all results have in common: they show themselves in a notebook and a terminal, become tables, graphs and plots,
and are saved by the ending of a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, Self

from journeys.model.problems import UsageProblem

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import polars as pl
    from matplotlib.axes import Axes


class Shows(Protocol):
    """How results are shown; ``journeys.study.results`` is it, and says so when it is imported."""

    def line(self, result: Any) -> str:
        """The result in a line."""

    def html(self, result: Any, study: Any) -> str | None:
        """The result for a notebook; None where there is nothing but the line."""

    def pandas(self, result: Any, table: str | None) -> Any:
        """A table of the result for pandas."""

    def polars(self, result: Any, table: str | None) -> Any:
        """A table of the result for polars."""

    def networkx(self, result: Any) -> Any:
        """The result as a graph."""

    def plot(self, result: Any, ax: Any, **how: Any) -> Any:
        """The result drawn."""

    def save(self, result: Any, study: Any, path: Path, **how: Any) -> list[Path]:
        """The result written to a file."""


class Result:
    """The base of what the methods of ``Study`` return."""

    __slots__ = ("_study",)
    _shows: ClassVar[Shows | None] = None

    def of(self, study: Any) -> Self:
        """The same result, which from now on knows the study that it is of."""
        object.__setattr__(self, "_study", study)
        return self

    def to_pandas(self, table: str | None = None) -> pd.DataFrame:
        """The result as a pandas DataFrame; of an analysis the ``table`` named, else the first; of a network its ties.

        Columns of whole numbers with gaps are ``Int64``, of yes and no ``boolean``, of days ``datetime64``. Raises
        UsageProblem where pandas is not installed, or the result is no table.
        """
        frame: pd.DataFrame = self._shown_by().pandas(self, table)
        return frame

    def to_polars(self, table: str | None = None) -> pl.DataFrame:
        """The result as a polars DataFrame; see ``to_pandas``."""
        frame: pl.DataFrame = self._shown_by().polars(self, table)
        return frame

    def to_networkx(self) -> nx.MultiDiGraph[str] | nx.MultiGraph[str]:
        """The result as a NetworkX graph, whose attributes are texts, numbers and booleans, as every writer takes them.

        Nodes have ``name`` and ``type``; edges ``relation``, ``phrase``, ``weight``, dates as ISO days, quotations and
        ids of claims. Raises UsageProblem for a result that is no graph.
        """
        graph: nx.MultiDiGraph[str] | nx.MultiGraph[str] = self._shown_by().networkx(self)
        return graph

    def plot(self, ax: Axes | None = None, **how: Any) -> Axes:
        """Draw the result with matplotlib; returns the Axes, to be restyled and saved.

        ``ax`` are Axes to draw into; a chart of a measure has a figure of its own. ``how``: ``table`` and ``columns``
        of an analysis; ``x`` and ``y`` of a table. Raises UsageProblem for what cannot be drawn.
        """
        axes: Axes = self._shown_by().plot(self, ax, **how)
        return axes

    def save(self, path: str | Path, **how: Any) -> list[Path]:
        """Write the result to a file, in the format that its ending names; returns the files written.

        The formats are those of ``Study.write``, which also says what ``how`` may be. Raises UsageProblem for another
        ending, and OSError.
        """
        return self._shown_by().save(self, getattr(self, "_study", None), Path(path), **how)

    def __repr__(self) -> str:
        return self._shows.line(self) if self._shows else f"<{type(self).__name__}>"

    def _repr_html_(self) -> str | None:
        return self._shows.html(self, getattr(self, "_study", None)) if self._shows else None

    def _shown_by(self) -> Shows:
        if self._shows is None:
            raise UsageProblem("Results are shown by a study: import journeys and open one first.")
        return self._shows
