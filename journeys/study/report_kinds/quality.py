"""The quality of the data: what rests on little, what sources disagree on, what is missing, uncertain or not coded."""

from __future__ import annotations

from collections.abc import Iterator

from journeys.model.definitions import NodeKind
from journeys.study.access import StudyAccess
from journeys.study.report_kinds.results import MOST_ROWS, answer_table
from journeys.views.reports.model import Block, Heading, paragraph

GROUP = "quality"
_PLURALS = {"Evidence": "pieces of evidence", "Extract": "passages and answers", "DataSource": "sources"}
_COUNTED = ("Site", "Document", "Evidence", "DataSource", "Extract")
ELSEWHERE = ("findings_tested", "look_for_not_met")
"""Questions on the summary tables, which have a report of their own."""


def quality_report(study: StudyAccess) -> tuple[str, str, list[Block]]:
    """The title, the subtitle and the blocks of the report: each question on the data, and its answer."""
    return "The quality of the data", "What to know before results are read", [*_blocks(study)]


def _blocks(study: StudyAccess) -> Iterator[Block]:
    status = study.status()
    nodes = status.store.nodes
    counts = [_counted(nodes.get(label, 0), study.schema.nodes[label]) for label in _COUNTED]
    yield paragraph(f"The graph holds {', '.join(counts[:-1])} and {counts[-1]}.")
    with study.store():
        asked = [query for query in study.questions().questions if query.group == GROUP and not query.own]
        for query in sorted(asked, key=lambda query: (query.numbers or (99,), query.name)):
            if query.short_name in ELSEWHERE or any(
                each.required for name, each in query.parameters.items() if name != "study"
            ):
                continue
            answer = study.ask(query, sources=True)
            yield Heading(query.title)
            yield paragraph(query.words, style="quiet")
            yield answer_table(answer)
            if len(answer.rows) > MOST_ROWS:
                command = f"`journeys ask {query.short_name} -o {query.short_name}.xlsx`"
                yield paragraph(f"All {len(answer.rows):,} rows: {command}.", style="quiet")


def _counted(number: int, kind: NodeKind) -> str:
    """A number with what is counted: "1 source", "10 pieces of evidence"."""
    return f"{number:,} {kind.noun if number == 1 else _PLURALS.get(kind.name, kind.plural.lower())}"
