"""The command cypher."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from journeys.cli.results import Target, output_options, param_option, seconds_option, values
from journeys.cli.session import Session, pass_session
from journeys.model.problems import Address, Problem, UnreadableFile


@click.command()
@click.argument("query", required=False)
@click.option("-f", "--file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A file of queries.")
@param_option
@output_options("table", "csv", "json", "xlsx")
@click.option(
    "--rows", type=click.IntRange(min=1), default=1000, show_default=True, help="The number of rows, at most."
)
@seconds_option
@pass_session
def cypher(
    session: Session,
    query: str | None,
    file: Path | None,
    params: tuple[str, ...],
    target: Target,
    rows: int,
    seconds: float,
) -> None:
    """Query the graph in Cypher (read-only). $study is the study's id.

    Without a QUERY: a prompt, which \\help explains; or the queries that are piped in, with semicolons between them.

    Example: journeys cypher "MATCH (d:Document {study: $study}) RETURN d.title ORDER BY d.title"
    """
    from journeys.cli.cypher_shell import CypherShell, ShellOptions

    if query is not None and file is not None:
        raise click.UsageError("Write a query, or name a file with -f.")
    manner = ShellOptions(target.format, rows, seconds, values(params))
    shell = CypherShell(session, session.open(), manner)
    if query is None and file is None and sys.stdin.isatty():
        from journeys.cli.cypher_prompt import prompt_session, run_prompt

        if target.file is not None:
            raise click.UsageError("-o takes the answer of a query: write the query, or name a file with -f.")
        session.say(
            f"{shell.study.folder.settings.title}. End a query with a semicolon; \\help explains, \\quit leaves."
        )
        run_prompt(shell, prompt_session(shell, shell.study.folder.work))
        return
    text = query if query is not None else _written(file)
    shell.run_all(text, target.file)


def _written(file: Path | None) -> str:
    """The queries in a file, or those that are piped in. Raises UnreadableFile for what is not UTF-8."""
    try:
        # As bytes: Python may let through what is not UTF-8, as halves of characters, in what it reads as text.
        held = file.read_bytes() if file else sys.stdin.buffer.read()
        return held.decode("utf-8-sig").replace("\r\n", "\n").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        message, remedy = "The query is not in UTF-8.", "Save it as UTF-8 in the editor it was written with."
        raise UnreadableFile(
            Problem("broken_query", Address(str(file or "standard input")), message, remedy)
        ) from error
    except OSError as error:
        message = f"The query cannot be read ({error.strerror or error})."
        raise UnreadableFile(
            Problem("broken_query", Address(str(file)), message, "See that the file is there and may be read.")
        ) from error
