"""The command ``journeys pseudonymise``."""

from __future__ import annotations

from pathlib import Path

import click

from journeys.cli.session import Session, pass_session
from journeys.views.text import printable_lines


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--key",
    required=True,
    type=click.Path(path_type=Path),
    help="A csv file with the columns name, pseudonym and also, outside of both folders. It is made where it is "
    "missing, of the People register, and people who are not in it are added.",
)
@pass_session
def pseudonymise(session: Session, folder: Path, key: Path) -> None:
    """Write a copy of the study into a new FOLDER, with pseudonyms in place of people's real names.

    Names are replaced in registers, forms, transcripts, tables, decisions and the names of files, in every form in
    which they are written. What cannot be read, such as pictures, is listed. The study itself stays as it is.

    Example: journeys pseudonymise ../shared-study --key ~/keys/my-study.csv
    """
    with session.progress() as progress:
        made = session.open().pseudonymise(folder, key=key, progress=progress)
    for line in made.in_words():
        click.echo(printable_lines(line))
