"""The command guide."""

from __future__ import annotations

import click

from journeys.cli.results import Target, output_options, put, say_problems
from journeys.cli.session import Session, pass_session


@click.command()
@click.argument("name", required=False)
@click.option("--draft", metavar="REF", help="Write guides/REF.yaml about a document or piece of evidence, to edit.")
@output_options("text", "html", "json")
@pass_session
def guide(session: Session, name: str | None, draft: str | None, target: Target) -> None:
    """List the guided journeys of the study, or show one: some stops on a journey map, with a text at each.

    NAME is a file in guides/ without its ending. html is the page that plays it; it prints on two pages. `journeys
    atlas` shows all of them.

    Example: journeys guide --draft D07
    """
    study = session.open()
    if draft is not None:
        if name is not None:
            raise click.UsageError("--draft writes a new file: leave the name out.")
        session.say(f"{study.draft_guide(draft)} is written. Change its texts, then run `journeys guide`.")
        return
    with study.store():
        found = study.guides()
        shown = study.guide(name) if name else found
    put(session, study.output(shown), target)
    say_problems(session, found.problems)
