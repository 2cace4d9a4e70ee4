"""Results as columns and rows of plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from journeys.model.problems import UsageProblem

if TYPE_CHECKING:
    from journeys.analysis.actors.comparison import Comparison
    from journeys.analysis.actors.site import SiteNetwork
    from journeys.analysis.actors.site_matrices import SiteMatrices
    from journeys.analysis.measures.run import Analysis
    from journeys.analysis.measures.table import MeasureTable
    from journeys.analysis.questions.answer import Answer
    from journeys.analysis.reading.search import SearchResult
    from journeys.analysis.trace.journey import Journey
    from journeys.store.queries.ask import Table
    from journeys.views.tables import Sheet


@dataclass(frozen=True, slots=True)
class Tabular:
    """A table of a result: its title, columns, and rows."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Any]]


def tabular(result: Any, table: str | None = None) -> Tabular:
    """A result as a table. Raises UsageProblem for one that is none, or has no table of that name."""
    found = tables_of(result)
    if table is None:
        return found[0]
    if type(result).__name__ == "Analysis":
        return _measure_table(result.table(table))
    for each in found:
        if each.title == table:
            return each
    raise UsageProblem(f"There is no table {table!r}. The tables are: {', '.join(each.title for each in found)}.")


def tables_of(result: Any) -> list[Tabular]:
    """All tables of a result. Raises UsageProblem for one that has none."""
    for kind in type(result).__mro__:
        if kind.__name__ in _KINDS:
            return _KINDS[kind.__name__](result)
    raise UsageProblem(f"{type(result).__name__} is not a table. Save it, or ask for a part of it.")


def is_tabular(result: Any) -> bool:
    """Whether a result can be a table."""
    return any(kind.__name__ in _KINDS for kind in type(result).__mro__)


def _table(table: Table) -> list[Tabular]:
    return [Tabular("answer", table.columns, table.rows)]


def _answer(answer: Answer) -> list[Tabular]:
    return [Tabular(answer.query.words, answer.columns, answer.rows)]


def _analysis(analysis: Analysis) -> list[Tabular]:
    return [_measure_table(table) for table in analysis.tables]


def _measure_table(table: MeasureTable) -> Tabular:
    return Tabular(table.name, tuple(table.columns), [row.values for row in table.rows])


def _network(found: SiteNetwork) -> list[Tabular]:
    """The ties, and the nodes."""
    from journeys.exchange.from_actors import actor_network

    network = actor_network(found, title="")
    names = {node.id: node.name for node in network.nodes()}
    held = [name for name in network.tie_types if name not in ("date_from", "date_to")]
    ties = [
        (
            *(names[tie.start], tie.relation, names[tie.end], tie.weight, _day(tie.first), _day(tie.last)),
            *(tie.directed, tie.start, tie.end),
            *(tie.values.get(name) for name in held),
        )
        for tie in network.ties()
    ]
    columns = ("from", "relation", "to", "weight", "date_from", "date_to", "directed", "from_id", "to_id", *held)
    of_nodes = tuple(network.node_types)
    nodes = [(node.id, node.name, node.type, *(node.values.get(name) for name in of_nodes)) for node in network.nodes()]
    return [Tabular("ties", columns, ties), Tabular("nodes", ("id", "name", "type", *of_nodes), nodes)]


def _journey(journey: Journey) -> list[Tabular]:
    """The steps, numbered as the journey numbers them."""
    rows = [
        (
            number,
            step.kind.stage,
            [each.name for each in step.starts],
            f"not: {step.kind.phrase}" if step.negated else step.kind.phrase,
            [each.name for each in step.ends],
            step.when.date_from,
            step.when.date_to,
            step.when.text,
            step.meeting.title if step.meeting else None,
            step.negated,
            step.derived,
            len(step.claims),
            len(step.sources),
        )
        for number, step in enumerate(journey.all_steps, start=1)
    ]
    columns = (
        "step",
        "stage",
        "who",
        "did",
        "what",
        "date_from",
        "date_to",
        "date_text",
        "meeting",
        "denied",
        "inferred",
        "claims",
    )
    return [Tabular("steps", (*columns, "sources"), rows)]


def _sheets(sheets: Sequence[Sheet]) -> list[Tabular]:
    return [Tabular(each.title, tuple(each.columns), [tuple(row) for row in each.rows]) for each in sheets]


def _matrices(found: SiteMatrices) -> list[Tabular]:
    from journeys.views.terminal.matrix import matrix_sheets

    return _sheets(matrix_sheets(found))


def _comparison(found: Comparison) -> list[Tabular]:
    from journeys.views.terminal.comparison import comparison_sheets

    return _sheets(comparison_sheets(found))


def _search(result: SearchResult) -> list[Tabular]:
    from journeys.views.terminal.search import HIT_COLUMNS, hit_rows

    return [Tabular("hits", tuple(HIT_COLUMNS), [tuple(row) for row in hit_rows(result)])]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


_KINDS: Mapping[str, Callable[[Any], list[Tabular]]] = {
    "Table": _table,
    "Answer": _answer,
    "Analysis": _analysis,
    "MeasureTable": lambda table: [_measure_table(table)],
    "SiteNetwork": _network,
    "Journey": _journey,
    "SiteMatrices": _matrices,
    "Comparison": _comparison,
    "SearchResult": _search,
}
"""By the name of the result's class, so that no class has to be imported for the look-up."""
