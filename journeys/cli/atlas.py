"""The command atlas."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from journeys.cli.exchange_options import profile_option
from journeys.cli.results import say_problems
from journeys.cli.session import Session, pass_session
from journeys.model.privacy import Profile
from journeys.model.problems import Problem
from journeys.views.text import printable_lines


@click.command()
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Folder, or file with --single (default: out/atlas)."
)
@profile_option(
    "Whom it is for. team: no sensitive details. public: no words from forms, coarse dates (see study.yaml)."
)
@click.option("--watch", is_flag=True, help="Load and write again whenever a form changes. Open pages refresh.")
@click.option("--single", is_flag=True, help="One file, to be sent to somebody.")
@pass_session
def atlas(session: Session, output: Path | None, profile: Profile, watch: bool, single: bool) -> None:
    """Write all pages of the study, one for each journey and site. They open offline, from any folder.

    Example: journeys atlas -o out/atlas
    """
    if watch and single:
        raise click.UsageError("--watch refreshes the pages of a folder: leave out --single.")
    if output and (output.is_dir() if single else output.is_file()):
        raise click.UsageError(f"{output} is a {'folder' if single else 'file'}. Name another place after -o.")
    if watch:
        session.open().watch(output, session.say, profile=profile)
        return
    problems: list[Problem] = []
    with session.progress() as progress:
        first = session.open().atlas(output, profile=profile, single=single, progress=progress, report=problems.append)
    click.echo(printable_lines(str(first)))
    copied = "It" if single else "The whole folder"
    session.say(f"Open that file in any browser. {copied} can be copied; nothing in it needs a network.")
    say_problems(session, problems)


@click.command("open")
@pass_session
def open_atlas(session: Session) -> None:
    """Write the pages of the study, as `journeys atlas` does, and open the home page in the browser.

    Example: journeys open
    """
    problems: list[Problem] = []
    with session.progress() as progress:
        first = session.open().atlas(progress=progress, report=problems.append)
    click.echo(printable_lines(str(first)))
    try:
        opened = webbrowser.open(first.as_uri())
    except webbrowser.Error:
        opened = False
    session.say("It is open in your browser." if opened else "No browser could be opened. Open that file in one.")
    say_problems(session, problems)
