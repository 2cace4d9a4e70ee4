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
@click.option("--matrix", is_flag=True, help="The matrices of the site instead: people by documents and by meetings.")
@output_options("table", "csv", "json", "html", "xlsx")
@pass_session
def network(session: Session, site: str | None, relations: tuple[str, ...], matrix: bool, target: Target) -> None:
    """Show the actor network of a site: who introduces evidence to whom, meets, agrees or contests; with sources.

    SITE is a site's name, its id, or a unique beginning of one; without it, all sites. html is a page with a picture,
    filters, a table and the sources. csv is the edge list; a csv file gets the nodes beside it, as FILE-nodes.csv.

    --matrix shows who supported or contested which document, and who was at which meeting, with silence, absence and
    nothing recorded kept apart. csv is people by documents; people by meetings is written beside it, as
    FILE-meetings.csv. xlsx has both, with the form cells.

    The relation coded_together gives the network of codes: two codes are tied by the passages that have both.

    Example: journeys network Northtown --relation introduces_to -o northtown.html
    """
    study = session.open()
    if matrix:
        if relations:
            raise click.UsageError(
                "--matrix shows sides and presence, so it takes no --relation. Leave one of them out."
            )
        put(session, study.output(study.matrices(site)), target)
        return
    found = study.network(site, relations=relations or None)
    put(session, study.output(found, things=bool(relations)), target)
