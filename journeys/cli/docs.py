"""The command docs."""

from __future__ import annotations

import click

from journeys.cli.session import Session, pass_session


@click.command()
@click.argument("words", nargs=-1)
@pass_session
def docs(session: Session, words: tuple[str, ...]) -> None:
    """Read the documentation, which ships with the program: a page by its name, or the pages with some words.

    Without more, all pages are listed.

    Example: journeys docs maps
    """
    from journeys.study.documentation import documentation_output

    session.console().print(documentation_output(" ".join(words)).view())
