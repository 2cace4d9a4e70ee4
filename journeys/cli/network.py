"""The command network."""

from __future__ import annotations

from pathlib import Path

import click

from journeys.cli.session import Session, pass_session

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("site", required=False)
@click.option("--relation", "relations", multiple=True, help="Only this relation; may be given several times.")
@click.option("--html", type=_FILE, help="Write the network as a page: picture, filters, table, sources.")
@click.option("--csv", type=_FILE, help="Write the edges as csv, and the nodes beside it as FILE-nodes.csv.")
@click.option("--json", "as_json", is_flag=True, help="The network as JSON.")
@pass_session
def network(
    session: Session, site: str | None, relations: tuple[str, ...], html: Path | None, csv: Path | None, as_json: bool
) -> None:
    """Who is related to whom at a site: who introduces to whom, meets, agrees, contests; and who says so.

    SITE is a site's name, its id, or a unique beginning of one; without it, all sites.
    """
    from journeys.views.tables import json_text
    from journeys.views.terminal.network import network_view

    study = session.open()
    found = study.network(site, relations=relations or None)
    for path in study.write_network(found, html=html, csv=csv):
        session.say(f"{path} is written.")
    if as_json:
        click.echo(json_text(found.as_dict()), nl=False)
    elif not (html or csv):
        session.console().print(network_view(found, things=bool(relations)))
