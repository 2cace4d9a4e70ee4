"""The command network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from journeys.cli.completion import names_of
from journeys.cli.exchange_options import profile_option
from journeys.cli.results import Target, output_options, put
from journeys.cli.session import Session, pass_session

if TYPE_CHECKING:
    from journeys.model.privacy import Profile


@click.command()
@click.argument("sites", metavar="[SITE]...", nargs=-1, shell_complete=names_of("sites"))
@click.option(
    "--relation",
    "relations",
    multiple=True,
    shell_complete=names_of("relations"),
    help="Only this relation; repeatable.",
)
@click.option("--site", "also", multiple=True, shell_complete=names_of("sites"), help="As SITE; repeatable.")
@click.option("--matrix", is_flag=True, help="The matrices of the site instead: people by documents and by meetings.")
@output_options("table", "csv", "json", "html", "xlsx", "gexf", "graphml", "net")
@profile_option("Whom it is for. public: also no ties or cells that rest on few claims (see study.yaml).")
@pass_session
def network(
    session: Session,
    sites: tuple[str, ...],
    relations: tuple[str, ...],
    also: tuple[str, ...],
    matrix: bool,
    target: Target,
    profile: Profile,
) -> None:
    """Show the actor network of a site: who introduces evidence to whom, meets, agrees or contests; with sources.

    SITE is a site's name, its id, or a unique beginning of one; without it, all sites. html is a page with a picture,
    filters, a table and the sources. csv is the edge list; a csv file gets the nodes beside it, as FILE-nodes.csv.

    Two sites or more are compared: the same figures of each, who is at more than one; html shows two networks side by
    side.

    --matrix shows who supported or contested which document, and who was at which meeting, with silence, absence and
    nothing recorded kept apart. csv is people by documents; people by meetings is written beside it, as
    FILE-meetings.csv. xlsx has both, with the form cells.

    gexf, graphml and net are for Gephi, igraph, Pajek and their like; `journeys export` has more formats.

    The relation coded_together gives the network of codes: two codes are tied by the passages that have both.

    Example: journeys network Northtown --relation introduces_to -o northtown.html

    Example: journeys network Northtown Easthaven -o compared.html
    """
    study = session.open()
    sites += also
    site = sites[0] if sites else None
    if matrix and (relations or len(sites) > 1):
        raise click.UsageError("--matrix shows sides and presence at one site: leave out --relation and further sites.")
    if profile != "internal" and len(sites) > 1:
        raise click.UsageError("--profile is for one site, or all of them: leave out further sites.")
    if matrix:
        put(session, study.output(study.matrices(site, profile=profile)), target)
    elif len(sites) > 1:
        put(session, study.output(study.compare_sites(sites, relations=relations or None)), target)
    else:
        found = study.network(site, relations=relations or None, sources=target.format != "table", profile=profile)
        put(session, study.output(found, things=bool(relations)), target)
