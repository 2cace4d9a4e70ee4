"""The command show."""

from __future__ import annotations

import click

from journeys.cli.completion import names_of
from journeys.cli.results import Target, output_options, put
from journeys.cli.session import Session, pass_session


@click.command()
@click.argument("ref", shell_complete=names_of("things"))
@click.option("--kind", help="What it is, where several things share the name: document, person, meeting, source …")
@output_options("text", "json", "html")
@pass_session
def show(session: Session, ref: str, kind: str | None, target: Target) -> None:
    """Show what is written: a filled-in form, or all about a person, a meeting, a source, a code.

    REF is an id, a number, a title, a name, or a unique beginning of one.

    Example: journeys show D07
    """
    study = session.open()
    record = study.show(ref, kind=kind)
    put(session, study.output(record), target)
