"""The pages of an atlas about questions and measures: what each gives for the whole study, and the lists of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import networkx as nx

from journeys.analysis.claims.from_graph import claims_in_graph
from journeys.analysis.claims.graph import nodes_by_label
from journeys.analysis.measures.registry import GROUPS, MEASURES
from journeys.analysis.measures.run import Analysis, run_measure
from journeys.analysis.measures.table import MeasureTable
from journeys.analysis.questions.answer import Answer, refers_to
from journeys.model.file_names import file_stem
from journeys.model.phrases import counted
from journeys.model.problems import JourneysError
from journeys.model.progress import Progress
from journeys.study.access import StudyAccess
from journeys.study.atlas.across_pages import OF_FIGURES, write_across
from journeys.study.atlas.kept_pictures import KeptPictures, ToDraw
from journeys.views.pages.frame import PageFrame
from journeys.views.pages.listing import ListedPage, listing_page
from journeys.views.pages.result import answer_page, measure_page, row_href
from journeys.views.render import write_page
from journeys.views.terminal.question_list import by_group

FOLDERS = {"answers": "Questions and answers", "measures": "Measures"}
"""The folders of these pages, each with the title of its list."""

QUALITY = "quality"
"""The group of the questions on the data."""

_SECONDS = 20.0
"""A question that takes longer has no page; the list says so."""


def write_results(
    study: StudyAccess,
    graph: nx.MultiDiGraph[str],
    folder: Path,
    around: PageFrame,
    progress: Progress,
    written: set[str],
    journeys: Mapping[str, str],
    of_quality: list[tuple[Answer, str]],
) -> Iterator[dict[str, str]]:
    """Write a page for each question and measure, and the figures across cases.

    A question about one thing is asked of the one with most claims. ``graph`` is the whole study; ``journeys`` are the
    pages of journeys. The pages are added to ``written``, as seen from the first page, and the answers to questions on
    the data to ``of_quality``. Gives links to the figures, and to the lists of questions and measures.
    """
    analyses: dict[str, Analysis] = {}
    makers: dict[str, Callable[..., Iterator[ListedPage]]] = {
        "answers": partial(_answers, of_quality),
        "measures": partial(_measures, analyses),
    }
    lists = []
    for name, title in FOLDERS.items():
        frame = around.below({"href": f"../{name}/index.html", "words": title})
        listed = list(makers[name](study, graph, folder / name, frame, progress))
        write_page(folder / name / "index.html", listing_page(title, listed, around))
        pages = [page.href for page in listed if page.href]
        written |= {f"{name}/{href}" for href in ("index.html", *pages)}
        lists.append({"href": f"{name}/index.html", "name": title, "words": counted(len(pages), "page")})
    yield write_across(analyses, folder, around, journeys, written, KeptPictures(study.folder.path).svg)
    yield from lists


def busiest(graph: nx.MultiDiGraph[str], labels: Collection[str]) -> str | None:
    """The id of the thing with one of these labels that most claims of sources touch; None if there is none."""
    found: dict[str, int] = {node: 0 for label in labels for node in nodes_by_label(graph).get(label, ())}
    for start, end, claim in graph.edges(data=True):
        for node in {start, end} & found.keys() if claim["asserted"] else ():
            found[node] += 1
    return min(found, key=lambda node: (-found[node], node), default=None)


def _answers(
    of_quality: list[tuple[Answer, str]],
    study: StudyAccess,
    graph: nx.MultiDiGraph[str],
    folder: Path,
    frame: PageFrame,
    progress: Progress,
) -> Iterator[ListedPage]:
    questions = study.questions().questions
    progress.stage("Answering questions", len(questions))
    taken = {"index"}
    of_one_thing: list[ListedPage] = []
    for heading, queries in by_group(questions):
        for query in queries:
            progress.advance()
            words = f"{', '.join(map(str, query.numbers))}. {query.words}" if query.numbers else query.words
            about = [name for name, one in query.parameters.items() if one.required and refers_to(query, name)]
            chosen = {name: busiest(graph, refers_to(query, name)) for name in about}
            given = {name: thing for name, thing in chosen.items() if thing}
            if len(given) < len(about):
                asked = f"{words} journeys ask {query.short_name} --param {about[0]}=\u2026"
                of_one_thing.append(ListedPage("", query.title, asked, 0, f"Asked of one {about[0]} at a time"))
                continue
            try:
                answer = study.ask(query, sources=False, seconds=_SECONDS, **given)
            except JourneysError as problem:
                yield ListedPage("", query.title, f"{words} No answer: {problem}", 0, heading)
                continue
            answer = replace(answer, claims=claims_in_graph(graph, study.schema, answer.all_claim_ids))
            href = f"{file_stem(query.name.replace('/', '-').lower(), ascii_only=True, taken=taken)}.html"
            said = [
                f"asked of the {name} with the most claims; of another: "
                f"journeys ask {query.short_name} --param {name}=\u2026"
                for name in about
            ]
            write_page(folder / href, answer_page(answer, study.query_for_browser(query, **given), frame, said))
            if query.group == QUALITY and not query.own and not about:
                of_quality.append((answer, f"answers/{href}"))
            if about:
                names = ", ".join(graph.nodes[thing]["name"] for thing in given.values())
                group = f"Asked of one {about[0]} at a time"
                asked = (
                    f"{words} Of {names}; journeys ask {query.short_name} --param {about[0]}=\u2026 asks of another."
                )
                of_one_thing.append(ListedPage(href, query.title, asked, len(answer.rows), group))
                continue
            yield ListedPage(href, query.title, words, len(answer.rows), heading)
    yield from of_one_thing


def _measures(
    analyses: dict[str, Analysis],
    study: StudyAccess,
    graph: nx.MultiDiGraph[str],
    folder: Path,
    frame: PageFrame,
    progress: Progress,
) -> Iterator[ListedPage]:
    progress.stage("Measuring", len(MEASURES))
    ran: dict[str, Analysis] = {}
    failed: dict[str, JourneysError] = {}
    for name in MEASURES:
        progress.advance()
        try:
            with study.store() as store:
                ran[name] = run_measure(store, study.id, study.schema, name, sources=True, graph=graph)
        except JourneysError as problem:
            failed[name] = problem
    analyses |= {name: analysis for name, analysis in ran.items() if name in OF_FIGURES}
    pictures = KeptPictures(study.folder.path)
    pictures.draw_ahead(drawn_on_page(analysis, each) for analysis in ran.values() for each in analysis.tables)
    for name, measure in MEASURES.items():
        if name in failed:
            yield ListedPage("", name, f"{measure.answers} ({failed[name]})", 0, GROUPS[measure.group])
            continue
        write_page(folder / f"{name}.html", measure_page(ran[name], frame, pictures.svg))
        rows = sum(len(table.rows) for table in ran[name].tables)
        yield ListedPage(f"{name}.html", name.replace("-", " "), measure.answers, rows, GROUPS[measure.group])


def drawn_on_page(analysis: Analysis, table: MeasureTable) -> ToDraw:
    """A table as its picture is drawn on the page of its measure."""
    hrefs = tuple(row_href(table.name, row) for row in range(len(table.rows)))
    return ToDraw(analysis.measure.name, table, hrefs)
