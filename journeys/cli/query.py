"""The command cypher."""

from __future__ import annotations

from pathlib import Path

import click

from journeys.cli.results import (
    chosen_format,
    format_option,
    output_option,
    param_option,
    put_out,
    seconds_option,
    values,
)
from journeys.cli.session import Session, pass_session


@click.command()
@click.argument("query", required=False)
@click.option("-f", "--file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A .cypher file.")
@param_option
@format_option
@output_option
@click.option("--rows", type=click.IntRange(min=1), default=1000, show_default=True, help="At most so many rows.")
@seconds_option
@pass_session
def cypher(
    session: Session,
    query: str | None,
    file: Path | None,
    params: tuple[str, ...],
    format_: str | None,
    output: Path | None,
    rows: int,
    seconds: float,
) -> None:
    """Ask the graph in Cypher. It cannot be changed this way. $study is the study's id.

    Example: journeys cypher "MATCH (d:Document {study: $study}) RETURN d.title ORDER BY d.title"
    """
    from journeys.views.tables import table_text, table_view
    from journeys.views.workbook import Sheet

    if (query is None) == (file is None):
        raise click.UsageError("Write a query, or name a file with -f.")
    text = file.read_text(encoding="utf-8-sig") if file else str(query)
    format_ = chosen_format(format_, output)
    table = session.open().cypher(text, values(params), row_limit=rows, seconds=seconds)
    put_out(
        session,
        format_,
        output,
        view=lambda: table_view(table),
        text=lambda: table_text(table, format_),
        sheets=lambda: [
            Sheet("Answer", table.columns, table.rows),
            Sheet("About", ("what", "value"), [("Query", text)]),
        ],
    )
    for hint in table.hints:
        session.say(hint)
    if table.cut:
        session.say(f"Only the first {rows} rows are shown; --rows gives more.")
