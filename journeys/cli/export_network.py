"""The commands that export a network: ``journeys export gexf`` and its like, a command for each format."""

from __future__ import annotations

from typing import Any

import click

from journeys.cli.completion import names_of
from journeys.cli.exchange_options import ExportTarget, export_target, profile_option, put_export
from journeys.cli.session import Session, pass_session
from journeys.study.exports.write import FORMATS

_OF_CLAIMS = "Without a SITE the whole study is written; with one, the claims of that site."
_OF_ACTORS = """Without a SITE the whole study is written, each claim an edge of its own; with one, the claims of that
site. With --of actors, or a --relation, it is the network of `journeys network`: who introduces evidence to whom,
meets, agrees, contests."""
_HELP = """Write {title}, for {readers}.

{what}

A table beside it reports the network by the Guidelines for Reporting About Network Data (GRAND). What the format has no
place for is said; `journeys docs conformance` lists it.

Example: journeys export {name} -o study.{ending}

Example: journeys export {name} Northtown -o northtown.{ending}
"""


def network_command(name: str) -> click.Command:
    """The command for a format."""
    format_ = FORMATS[name]

    @pass_session
    def command(session: Session, /, target: ExportTarget, **chosen: Any) -> None:
        study = session.open()

        def write(force: bool) -> Any:
            return study.export(name, target.file, force=force, **chosen)

        put_export(session, write, target)

    options = (_SITE, *(_OF if format_.of_networks else ()), *_CHOICE)
    for option in reversed(options):
        command = option(command)
    short = f"{format_.title[0].upper()}{format_.title[1:]}, for {format_.readers}."
    what = _OF_ACTORS if format_.of_networks else _OF_CLAIMS
    help_ = _HELP.format(title=format_.title, readers=format_.readers, what=what, name=name, ending=format_.ending)
    return click.command(name, help=help_, short_help=short)(export_target(command))


_SITE = click.argument("site", required=False, shell_complete=names_of("sites"))
_OF = (
    click.option("--of", type=click.Choice(["claims", "actors"]), help="What the edges are (default: claims)."),
    click.option(
        "--relation",
        "relations",
        multiple=True,
        shell_complete=names_of("relations"),
        help="Only this relation of actors; repeatable.",
    ),
)
_CHOICE = (
    click.option("--case", shell_complete=names_of("cases"), help="Only this case study."),
    click.option(
        "--from", "from_", metavar="DATE", help='Only claims possibly dated on or after this date ("March 2011").'
    ),
    click.option("--to", metavar="DATE", help="Only claims possibly dated on or before this date."),
    click.option("--scope", help="Only claims of this scope: general or ethnicity-specific."),
    click.option("--mode", "modes", multiple=True, help="Only claims of this mode (verbatim …); repeatable."),
    click.option("--confidence", "confidences", multiple=True, help="Only this confidence; repeatable."),
    click.option("--without-interpretive", is_flag=True, help="Leave out researchers' interpretations."),
    profile_option(),
)


@click.command("neo4j-admin", short_help="CSV files for neo4j-admin database import.")
@export_target
@pass_session
def neo4j_admin(session: Session, /, target: ExportTarget) -> None:
    """Write csv files for neo4j-admin, which fills an empty Neo4j database with ten million claims and more.

    -o names a folder. It gets two files for each kind of node and claim, and import.args, which names them. The
    database then holds what `journeys load` would have written; afterwards name the server in study.yaml, and `journeys
    load` brings it up to date.

    Example: journeys export neo4j-admin -o for-neo4j
    """
    study = session.open()
    put_export(session, lambda force: study.export_for_neo4j(target.file, force=force), target)
