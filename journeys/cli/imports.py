"""The commands of ``journeys import``: a format each."""

from __future__ import annotations

from pathlib import Path

import click

from journeys.cli.exchange import import_
from journeys.cli.session import Session, pass_session

__all__ = ["import_"]

_FILE = click.argument("file", type=click.Path(path_type=Path))


@import_.command(short_help="Bring in a REFI-QDA project or codebook, of NVivo, ATLAS.ti, MAXQDA, QualCoder.")
@_FILE
@click.option("--beside", is_flag=True, help="Keep what is imported already: each coder's copy of one project.")
@pass_session
def refi(session: Session, file: Path, beside: bool) -> None:
    """Bring in a REFI-QDA project (.qdpx) or codebook (.qdc), as NVivo, ATLAS.ti, MAXQDA and QualCoder export it.

    A newer version of a project takes the place of the older one. What you wrote into its list is kept.

    Example: journeys import refi interviews.qdpx
    """
    _bring_in(session, file, "refi", beside=beside)


@import_.command(short_help="Bring in a database of the Discourse Network Analyzer 3.")
@_FILE
@pass_session
def dna(session: Session, file: Path) -> None:
    """Bring in a database of the Discourse Network Analyzer 3 (.dna): who is for or against which concept.

    Example: journeys import dna debate.dna
    """
    _bring_in(session, file, "dna")


_COUNCILS = {
    "legistar": "Legistar: meetings with their items and votes, matters, office records",
    "popolo": "Popolo: people, organisations, memberships, events, motions with their votes",
    "ocd": "Open Civic Data: bills with their sponsors and votes",
    "opencouncil": "OpenCouncil: meetings with their subjects",
}


def _council_command(format_: str, what: str) -> click.Command:
    @click.argument("file", type=click.Path(path_type=Path))
    @pass_session
    def command(session: Session, file: Path) -> None:
        made = session.open().import_council(file, format_)
        kept = "Its map is kept as it is" if made.own_map else "Its map lies beside it, to be changed if need be"
        session.say(
            f"{made.table} holds {made.holds}. {kept}: {made.map}. Next: `journeys check`, then `journeys load`."
        )

    help_ = f"Bring in {what}, as JSON.\n\nExample: journeys import {format_} council.json"
    return click.command(format_, help=help_, short_help=f"Bring in {what}.")(command)


for _name, _what in _COUNCILS.items():
    import_.add_command(_council_command(_name, _what))


def _bring_in(session: Session, file: Path, format_: str, *, beside: bool = False) -> None:
    from journeys.views.terminal.imports import import_view

    made = session.open().import_project(file, format_, beside=beside)
    session.console().print(import_view(made))
    session.say("Next: `journeys check`, then `journeys load`.")
