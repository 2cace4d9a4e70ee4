"""The command doctor."""

from __future__ import annotations

import click

from journeys.cli.results import Target, output_options, put
from journeys.cli.session import Session, pass_session


@click.command()
@output_options("text", "json")
@pass_session
def doctor(session: Session, target: Target) -> None:
    """Try what the program needs on this machine, and say how to mend what does not work.

    In a study folder, the folder and its server are tried too. Nothing is changed, and nothing is sent anywhere but to
    the server that you name.

    Example: journeys doctor
    """
    from journeys.study.doctor import examination_output, examine

    found = examine(session.study, uri=session.uri, user=session.user, database=session.database)
    put(session, examination_output(found), target)
    if not found.sound:
        raise click.exceptions.Exit(1)
