"""The command storyline."""

from __future__ import annotations

import click

from journeys.cli.completion import names_of
from journeys.cli.results import Target, output_options, put
from journeys.cli.session import Session, pass_session


@click.command()
@click.argument("place", required=False, shell_complete=names_of("sites"))
@output_options("table", "json", "html", "svg")
@pass_session
def storyline(session: Session, place: str | None, target: Target) -> None:
    """Show who met whom over time, what was introduced at each meeting, and who supported or contested there.

    PLACE is a site or a case study, by name, id or a unique beginning of one; without it, the whole study. html is a
    page with the drawing (people are lines that run together where they meet) and the sources of each meeting; svg is
    the drawing alone. The lines cross as seldom as can be: how sure that is, is said.

    Example: journeys storyline Northtown -o northtown.html
    """
    study = session.open()
    put(session, study.output(study.storyline(place)), target)
