"""The command trace."""

from __future__ import annotations

import click

from journeys.cli.completion import names_of
from journeys.cli.results import Target, output_options, put
from journeys.cli.session import Session, pass_session


@click.command()
@click.argument("ref", shell_complete=names_of("documents"))
@click.option("--as-known-on", metavar="DATE", help='Only claims recorded by this date ("30 June 2011").')
@output_options("text", "json", "html", "svg", "png")
@pass_session
def trace(session: Session, ref: str, as_known_on: str | None, target: Target) -> None:
    """Show the journey of a document or piece of evidence: where it came from, who did what with it, what it led to.

    REF is an id, a document number, a title, or a unique beginning of one. html is a page that opens offline, with the
    summary, the map, the table and the sources; svg and png are the map alone, for papers.

    Example: journeys trace D07 -o D07.html
    """
    study = session.open()
    journey = study.trace(ref, as_known_on=as_known_on)
    put(session, study.output(journey), target)
