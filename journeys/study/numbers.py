"""Every number that a study gives without being asked about one thing: the answers to questions, and the measures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from journeys.model.file_names import file_stem
from journeys.model.problems import JourneysError
from journeys.model.progress import Progress

if TYPE_CHECKING:
    from journeys.store.queries.library import Query
    from journeys.study.access import StudyAccess

ANSWERS, MEASURES = "answers", "measures"

_SECONDS = 60.0


def write_numbers(study: StudyAccess, folder: Path, progress: Progress) -> list[str]:
    """Write the answers to all questions that need no reference, and the tables of all measures, as csv.

    Returns sentences on questions and measures that gave nothing. Raises OSError, StoreUnavailable.
    """
    import networkx as nx

    from journeys.analysis.claims.graph import study_graph
    from journeys.analysis.measures.registry import MEASURES as ALL
    from journeys.analysis.measures.run import run_measure
    from journeys.analysis.questions.answer import required_references
    from journeys.store.errors import raise_passing
    from journeys.study.output import as_bytes, output_of

    said: list[str] = []
    for name in (ANSWERS, MEASURES):
        (folder / name).mkdir(parents=True, exist_ok=True)
    with study.store() as store, store.remembering():
        questions = study.questions().questions
        progress.stage("Answering questions", len(questions))
        taken = set[str]()
        for query in questions:
            progress.advance()
            if required_references(query):
                continue
            path = folder / ANSWERS / f"{_stem(query, taken)}.csv"
            try:
                path.write_bytes(as_bytes(output_of(study, study.ask(query, seconds=_SECONDS)).content("csv")))
            except JourneysError as problem:
                raise_passing(problem)
                said.append(f"The question {query.short_name} has no answer: {problem}")
        progress.stage("Measuring", len(ALL))
        graph = nx.freeze(study_graph(store, study.id, study.schema))
        for name in ALL:
            progress.advance()
            try:
                analysis = run_measure(store, study.id, study.schema, name, graph=graph)
            except JourneysError as problem:
                raise_passing(problem)
                said.append(f"The measure {name} has no table: {problem}")
                continue
            for table in analysis.tables:
                path = folder / MEASURES / f"{file_stem(f'{name}-{table.name}', ascii_only=True, taken=taken)}.csv"
                path.write_bytes(as_bytes(output_of(study, analysis, table=table.name).content("csv")))
    return said


def write_queries(study: StudyAccess, folder: Path) -> None:
    """Write every question as it can be pasted into Neo4j Browser; one that needs a reference has its example's."""
    folder.mkdir(parents=True, exist_ok=True)
    taken = set[str]()
    for query in study.questions().questions:
        asked = f"// {query.title}\n// {query.words}\n"
        try:
            text = study.query_for_browser(query)
        except JourneysError:
            text = f"// Set its parameters first: {', '.join(query.parameters)}\n{query.text};"
        path = folder / f"{_stem(query, taken)}.cypher"
        path.write_text(f"{asked}{text}\n", encoding="utf-8", newline="\n")


def _stem(query: Query, taken: set[str]) -> str:
    return file_stem(query.name.replace("/", "-").lower(), ascii_only=True, taken=taken)
