"""The command network."""

from __future__ import annotations

import click

from journeys.cli.completion import names_of
from journeys.cli.results import Target, output_options, put
from journeys.cli.session import Session, pass_session


@click.command()
@click.argument("site", required=False, shell_complete=names_of("sites"))
@click.option(
    "--relation",
    "relations",
    multiple=True,
    shell_complete=names_of("relations"),
    help="Only this relation; repeatable.",
)
@output_options("table", "csv", "json", "html")
@pass_session
def network(session: Session, site: str | None, relations: tuple[str, ...], target: Target) -> None:
    """Show the actor network of a site: who introduces evidence to whom, meets, agrees or contests; with sources.

    SITE is a site's name, its id, or a unique beginning of one; without it, all sites. html is a page with a picture,
    filters, a table and the sources. csv is the edge list; a csv file gets the nodes beside it, as FILE-nodes.csv.

    The relation coded_together gives the network of codes: two codes are tied by the passages that have both.

    Example: journeys network Northtown --relation introduces_to -o northtown.html
    """
    study = session.open()
    found = study.network(site, relations=relations or None)
    put(session, study.output(found, things=bool(relations)), target)
