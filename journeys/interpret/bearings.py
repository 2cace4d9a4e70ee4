"""What bears on rows of the summary tables, as ties, and the rows as nodes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from journeys.instruments.files.cells import Cell
from journeys.instruments.summary_tables import QUESTION, SummaryRow
from journeys.interpret.context import Context, End
from journeys.model.identity import node_id
from journeys.model.problems import Problem, Severity
from journeys.model.records import Authority, Claim, Node, Value

BEARS_ON, HOW, SURE = "bears_on", "bearing", "bearing_confidence"
"""The columns of a table in which it is said."""


def row_end(context: Context, row: SummaryRow) -> End:
    """The node that a row is in the graph."""
    return End(row.label, node_id(context.study, context.schema.nodes[row.label], [row.id]))


def bearings(context: Context, passage: End, said: Mapping[str, Cell], coders: Sequence[str]) -> Iterator[Claim]:
    """The ties from a passage, already made known, to the rows that it bears on: one for each coder.

    ``said`` are the cells of a row that say so, by the columns' ids.
    """
    given, how, sure = (said.get(column) for column in (BEARS_ON, HOW, SURE))
    if given is None:
        if how is not None or sure is not None:
            at = how or sure
            assert at is not None
            message = "The row does not say what it bears on."
            remedy = "Name a row of the summary tables, or empty this."
            context.report(Problem("missing_value", at.address, message, remedy, Severity.WARNING))
        return
    direction = context.values.term("bearing", how) if how is not None else None
    confidence = context.values.term("confidence", sure) if sure is not None else None
    kind = context.schema.claims["BEARS_ON"]
    for row, way, certain in context.tables.read(given, direction, how, confidence, context.report):
        context.tables.bear_on(row, given.address)
        held: dict[str, Value] = {"direction": way} if way else {}
        held |= {"how_sure": certain} if certain else {}
        for coder in coders or [""]:
            by: dict[str, Value] = {"coder": coder} if coder else {}
            yield context.claim(kind, passage, row_end(context, row), {**held, **by}, given.address)


def summary_table_records(context: Context) -> Iterator[Node | Claim]:
    """The rows as nodes, where the graph is to hold the summary tables."""
    if not context.tables.in_graph:
        return
    for row in context.tables.tables.in_order:
        if row.hidden and row.id not in context.tables.used and row.id not in context.tables.decisions.rows:
            continue
        properties: dict[str, Value | None] = {
            "text": row.text, "table": row.table, "row_id": row.id, "note": row.note or None, "ocr": row.ocr or None,
            "reading": row.reading, "printed_text": row.printed, **context.tables.decisions.held(row.id),
        }  # fmt: skip
        if row.kind != QUESTION:
            properties |= {
                "kind": row.kind, "section": row.section or None, "row": row.topic or None,
                "prompt": row.prompt or None,
            }  # fmt: skip
        end = row_end(context, row)
        if row.site is not None and row.kind != QUESTION:
            sites = context.look_up(("Site",), Cell(row.site, row.address))
            properties["for_site"] = sites[0].id if sites else None
        held = {name: value for name, value in properties.items() if value is not None}
        yield Node(end.label, end.id, held, row.address, Authority.FORM)
