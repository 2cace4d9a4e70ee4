"""Measures found by words: those in their names, questions and options, and in the tables that they make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

import networkx as nx

from journeys.analysis.claims.selection import Selection
from journeys.analysis.measures.registry import MEASURES, Measure
from journeys.model.lens import Lens
from journeys.model.schema import load_schema
from journeys.store.queries.search import with_words


@dataclass(frozen=True, slots=True)
class Measures:
    """All measures there are, by name."""

    by_name: Mapping[str, Measure] = field(default_factory=lambda: MEASURES)

    @classmethod
    def worded(cls, lens: Lens) -> Measures:
        """All of them, with their questions in the words of a study's lens."""
        return cls({name: measure.worded(lens) for name, measure in MEASURES.items()})

    def find(self, words: str, *, in_tables: bool = True, misspelt: bool = False) -> list[Measure]:
        """The measures in which all these words occur, the best first; with ``misspelt`` also what is nearly spelt so.

        Where no name, question or option has them, names, titles and columns of tables are searched (``in_tables``).
        """
        texts = self._texts()
        found = with_words(texts, words, misspelt=misspelt)
        if not found and in_tables:
            texts = {name: [*texts[name], *_of_tables(name)] for name in texts}
            found = with_words(texts, words, misspelt=misspelt)
        return [self.by_name[name] for name in found]

    def how_well(self, words: str) -> float:
        """How well the words fit the name, question or options that they fit best; 0 where none has all of them."""
        return max(with_words(self._texts(), words).values(), default=0.0)

    def _texts(self) -> dict[str, list[tuple[float, str]]]:
        return {name: [(1.5, name), *_said(measure)] for name, measure in self.by_name.items()}


def _said(measure: Measure) -> Iterator[tuple[float, str]]:
    yield 1.2, measure.answers
    for name, meaning in measure.options.items():
        yield 1.0, f"{name} {meaning}"


@cache
def _of_tables(name: str) -> tuple[tuple[float, str], ...]:
    """The words of the tables of a measure, which it makes, without rows, of a graph in which there is nothing."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    made = MEASURES[name].run(graph, Selection(), schema=load_schema())
    return tuple(
        (1.0, " ".join((table.name, table.title, *table.columns, *table.columns.values())).replace("_", " "))
        for table in made
    )
