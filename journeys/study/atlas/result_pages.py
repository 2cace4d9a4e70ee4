"""The pages of an atlas about questions and measures: what each gives for the whole study, and the lists of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import networkx as nx

from journeys.analysis.claims.from_graph import claims_in_graph
from journeys.analysis.questions.answer import Answer
from journeys.model.file_names import file_stem
from journeys.model.phrases import counted
from journeys.model.problems import JourneysError
from journeys.model.progress import Progress
from journeys.store.errors import raise_passing
from journeys.study.access import StudyAccess
from journeys.study.atlas.across_pages import write_across
from journeys.study.atlas.asking import Asking
from journeys.study.atlas.folder import AtlasFolder
from journeys.study.atlas.measuring import Measuring
from journeys.views.pages.frame import PageFrame
from journeys.views.pages.listing import ListedPage, listing_page
from journeys.views.pages.result import answer_page
from journeys.views.terminal.question_list import by_group

FOLDERS = {"answers": "Questions and answers", "measures": "Measures"}
"""The folders of these pages, each with the title of its list."""

QUALITY = "quality"
"""The group of the questions on the data."""


def frame_of(folder: str, around: PageFrame) -> PageFrame:
    """The frame of the pages in one of these folders."""
    return around.below({"href": f"../{folder}/index.html", "words": FOLDERS[folder]})


def write_results(
    study: StudyAccess,
    graph: nx.MultiDiGraph[str],
    out: AtlasFolder,
    around: PageFrame,
    progress: Progress,
    journeys: Mapping[str, str],
    asking: Asking,
    measuring: Measuring,
    of_quality: list[tuple[Answer, str]],
) -> Iterator[dict[str, str]]:
    """Write a page for each question and measure, and the figures across cases.

    ``graph`` is the whole study, ``asking`` asks the questions, ``measuring`` ran the measures; ``journeys`` are the
    pages of journeys. The answers to questions on the data are added to ``of_quality``. Gives links to the figures, and
    to the lists of questions and measures.
    """
    answers = _answers(asking, of_quality, study, graph, out, frame_of("answers", around), progress)
    lists = []
    for (name, title), pages_of in zip(FOLDERS.items(), (answers, measuring.pages()), strict=True):
        listed = list(pages_of)
        out.page(f"{name}/index.html", listing_page, title, listed, frame=around)
        pages = [page.href for page in listed if page.href]
        lists.append({"href": f"{name}/index.html", "name": title, "words": counted(len(pages), "page")})
    yield write_across(measuring.across, out, around, journeys, measuring.pictures.svg)
    yield from lists


def _answers(
    asking: Asking,
    of_quality: list[tuple[Answer, str]],
    study: StudyAccess,
    graph: nx.MultiDiGraph[str],
    out: AtlasFolder,
    frame: PageFrame,
    progress: Progress,
) -> Iterator[ListedPage]:
    progress.stage("Answering questions", len(asking.questions))
    taken = {"index"}
    of_one_thing: list[ListedPage] = []
    for heading, queries in by_group(asking.questions):
        for query in queries:
            progress.advance()
            words = f"{', '.join(map(str, query.numbers))}. {query.words}" if query.numbers else query.words
            about, given = asking.about(query), asking.given(query)
            if given is None:
                asked = f"{words} journeys ask {query.short_name} --param {about[0]}=\u2026"
                of_one_thing.append(ListedPage("", query.title, asked, 0, f"Asked of one {about[0]} at a time"))
                continue
            try:
                answer, cypher = asking.answer(query)
            except JourneysError as problem:
                raise_passing(problem)
                yield ListedPage("", query.title, f"{words} No answer: {problem}", 0, heading)
                continue
            answer = replace(answer, claims=claims_in_graph(graph, study.schema, answer.all_claim_ids))
            href = f"{file_stem(query.name.replace('/', '-').lower(), ascii_only=True, taken=taken)}.html"
            said = [
                f"asked of the {name} with the most claims; of another: "
                f"journeys ask {query.short_name} --param {name}=\u2026"
                for name in about
            ]
            out.page(f"answers/{href}", answer_page, answer, cypher, frame=frame, said=said)
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
