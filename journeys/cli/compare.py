"""The command compare."""

from __future__ import annotations

import click

from journeys.cli.completion import names_of
from journeys.cli.results import Target, output_options, put
from journeys.cli.session import Session, pass_session


@click.command()
@click.argument("ref", required=False, shell_complete=names_of("things"))
@click.option("--by", multiple=True, metavar="INITIALS", help="Whose forms to compare, where there are more than two.")
@output_options("table", "csv", "json", "xlsx")
@pass_session
def compare(session: Session, ref: str | None, by: tuple[str, ...], target: Target) -> None:
    """Show where two people differ: in their forms about a document, or in their coding of interviews.

    REF is a document that two people extracted, or an interview that two people coded; without it, all coded
    interviews. As xlsx: the form to agree on, or the workbook in which a third person decides (keep it in decisions/).

    Example: journeys compare D07 -o forms/D07-agreed.xlsx
    """
    study = session.open()
    put(session, study.output(study.compare(ref, by=by)), target)
