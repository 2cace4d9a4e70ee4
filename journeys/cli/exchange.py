"""The commands export and import, a command of theirs for each format."""

from __future__ import annotations

import click

from journeys.cli.archive import crate, prov
from journeys.cli.export_network import neo4j_admin, network_command
from journeys.cli.export_refi import refi
from journeys.cli.results import SuggestingGroup
from journeys.study.exports.write import FORMATS


@click.group(cls=SuggestingGroup)
def export() -> None:
    """Write the study, or a network of it, as a file for another program.

    Example: journeys export gexf -o study.gexf
    """


@click.group("import", cls=SuggestingGroup)
def import_() -> None:
    """Bring in a file of another program.

    Example: journeys import refi interviews.qdpx
    """


for _command in (*map(network_command, FORMATS), neo4j_admin, refi, prov, crate):
    export.add_command(_command)
