"""The command cypher."""

from __future__ import annotations

from pathlib import Path

import click

from journeys.cli.session import Session, pass_session


@click.command()
@click.argument("query", required=False)
@click.option("-f", "--file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A .cypher file.")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter; may be given several times.")
@click.option("--format", "format_", type=click.Choice(["table", "csv", "json"]), default="table", help="Output.")
@click.option("--rows", type=click.IntRange(min=1), default=1000, show_default=True, help="At most so many rows.")
@click.option("--seconds", type=click.FloatRange(min=0.1), default=30.0, show_default=True, help="At most so long.")
@pass_session
def cypher(
    session: Session,
    query: str | None,
    file: Path | None,
    params: tuple[str, ...],
    format_: str,
    rows: int,
    seconds: float,
) -> None:
    """Ask the graph in Cypher. It cannot be changed this way. $study is the study's id.

    Example: journeys cypher "MATCH (d:Document {study: $study}) RETURN d.title ORDER BY d.title"
    """
    from journeys.views.tables import parameters, write_table

    if (query is None) == (file is None):
        raise click.UsageError("Write a query, or name a file with -f.")
    text = file.read_text(encoding="utf-8-sig") if file else str(query)
    table = session.open().cypher(text, parameters(params), row_limit=rows, seconds=seconds)
    write_table(table, format_, session.console())
    for hint in table.hints:
        session.say(hint)
    if table.cut:
        session.say(f"Only the first {rows} rows are shown; --rows gives more.")
