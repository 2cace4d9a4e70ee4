"""The command trace."""

from __future__ import annotations

import json
from datetime import datetime

import click

from journeys.cli.session import Session, pass_session


@click.command()
@click.argument("ref")
@click.option("--as-known-on", type=click.DateTime(["%Y-%m-%d"]), help="Only what was recorded by that day.")
@click.option("--json", "as_json", is_flag=True, help="The journey as JSON.")
@pass_session
def trace(session: Session, ref: str, as_known_on: datetime | None, as_json: bool) -> None:
    """The journey of a document or piece of evidence: where it came from, who did what with it, what it led to.

    REF is an id, a document number, a title, or a unique beginning of one.
    """
    from journeys.views.terminal import journey_view

    journey = session.open().trace(ref, as_known_on=as_known_on.date() if as_known_on else None)
    if as_json:
        click.echo(json.dumps(journey.as_dict(), ensure_ascii=False, indent=1))
    else:
        session.console().print(journey_view(journey))
