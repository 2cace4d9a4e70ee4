"""The questions of the library, asked in the background while pages are written: the store works at the same time."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Self

import networkx as nx

from journeys.analysis.claims.graph import nodes_by_label
from journeys.analysis.questions.answer import Answer, refers_to, required_references
from journeys.store.queries.library import Query
from journeys.study.access import StudyAccess

_SECONDS = 20.0
"""A question that takes longer has no page; the list says so."""


def busiest(graph: nx.MultiDiGraph[str], labels: Collection[str]) -> str | None:
    """The id of the thing with one of these labels that most claims of sources touch; None if there is none."""
    found: dict[str, int] = {node: 0 for label in labels for node in nodes_by_label(graph).get(label, ())}
    for start, end, claim in graph.edges(data=True):
        for node in {start, end} & found.keys() if claim["asserted"] else ():
            found[node] += 1
    return min(found, key=lambda node: (-found[node], node), default=None)


class Asking:
    """Every question of a study, asked one after the other in a thread of its own while the block runs.

    A question about one thing is asked of the one with most claims. Meanwhile nothing else may be asked of the store:
    a question that is stopped because it takes too long ends the embedded engine.
    """

    def __init__(self, study: StudyAccess, graph: nx.MultiDiGraph[str]) -> None:
        """``graph`` is the whole study."""
        self.questions = study.questions().questions
        self._study, self._graph = study, graph
        self._busiest: dict[tuple[str, ...], str | None] = {}
        self._given = {query.name: self._chosen(query) for query in self.questions}
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="questions")
        self._asked: dict[str, Future[tuple[Answer, str]]] = {}

    def __enter__(self) -> Self:
        for query in self.questions:
            given = self.given(query)
            if given is not None:
                self._asked[query.name] = self._thread.submit(self._ask, query, given)
        return self

    def __exit__(self, *exception: object) -> None:
        self._thread.shutdown(cancel_futures=True)

    def given(self, query: Query) -> Mapping[str, str] | None:
        """The ids of the things that a question is asked of; None where the study has nothing to ask it of."""
        given = {name: thing for name, thing in self._given[query.name].items() if thing}
        return given if len(given) == len(self._given[query.name]) else None

    def about(self, query: Query) -> list[str]:
        """The parameters of a question that name one thing."""
        return list(self._given[query.name])

    def answer(self, query: Query) -> tuple[Answer, str]:
        """The answer to a question that can be asked, and the query as it can be pasted into Neo4j Browser.

        Raises what asking it raised.
        """
        return self._asked[query.name].result()

    def _ask(self, query: Query, given: Mapping[str, str]) -> tuple[Answer, str]:
        answer = self._study.ask(query, sources=False, seconds=_SECONDS, profile="internal", **given)
        return answer, self._study.query_for_browser(query, **given)

    def _chosen(self, query: Query) -> dict[str, str | None]:
        return {name: self._most(refers_to(query, name)) for name in required_references(query)}

    def _most(self, labels: tuple[str, ...]) -> str | None:
        if labels not in self._busiest:
            self._busiest[labels] = busiest(self._graph, labels)
        return self._busiest[labels]
