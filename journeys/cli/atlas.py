"""The command atlas."""

from __future__ import annotations

from pathlib import Path

import click

from journeys.cli.session import Session, pass_session
from journeys.model.privacy import PROFILES, Profile
from journeys.views.text import printable_lines


@click.command()
@click.option(
    "-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="Folder to write to (default: out/atlas)."
)
@click.option(
    "--profile",
    type=click.Choice(PROFILES),
    default="internal",
    show_default=True,
    help="Whom it is for. team: no sensitive details. public: no words from forms, coarse dates (study.yaml, privacy).",
)
@click.option("--watch", is_flag=True, help="Load and write again whenever a form changes. Open pages refresh.")
@pass_session
def atlas(session: Session, output: Path | None, profile: Profile, watch: bool) -> None:
    """Write all pages of the study, one for each journey and site. They open offline, from any folder.

    Example: journeys atlas -o out/atlas
    """
    if watch:
        session.open().watch(output, session.say, profile=profile)
        return
    with session.progress() as progress:
        first = session.open().atlas(output, profile=profile, progress=progress)
    click.echo(printable_lines(str(first)))
    session.say("Open that file in any browser. The whole folder can be copied; nothing in it needs a network.")
