"""The command trace."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click

from journeys.cli.session import Session, pass_session

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("ref")
@click.option("--as-known-on", type=click.DateTime(["%Y-%m-%d"]), help="Only what was recorded by that day.")
@click.option("--json", "as_json", is_flag=True, help="The journey as JSON.")
@click.option("--html", type=_FILE, help="Write the journey as a page: map, table, sources. Opens offline.")
@click.option("--svg", type=_FILE, help="Write the journey map as a picture, for papers.")
@pass_session
def trace(
    session: Session, ref: str, as_known_on: datetime | None, as_json: bool, html: Path | None, svg: Path | None
) -> None:
    """The journey of a document or piece of evidence: where it came from, who did what with it, what it led to.

    REF is an id, a document number, a title, or a unique beginning of one.
    """
    from journeys.views.terminal.journey import journey_view

    study = session.open()
    journey = study.trace(ref, as_known_on=as_known_on.date() if as_known_on else None)
    for path in study.write_journey(journey, html=html, svg=svg) if html or svg else ():
        session.say(f"{path} is written. It opens in any browser, without a network.")
    if as_json:
        click.echo(json.dumps(journey.as_dict(), ensure_ascii=False, indent=1))
    elif not (html or svg):
        session.console().print(journey_view(journey))
