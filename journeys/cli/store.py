"""The commands about the store: status, store."""

from __future__ import annotations

import click

from journeys.cli.results import SuggestingGroup, Target, output_options, put
from journeys.cli.session import Session, pass_session


@click.command()
@click.option(
    "--forms", is_flag=True, help="Show the forms of each case study, how far they are filled in, what is due."
)
@output_options("table", "json", "docx", "html", "xlsx")
@pass_session
def status(session: Session, forms: bool, target: Target) -> None:
    """Show what the store holds, how the last load went, and which files have changed since.

    With --forms it shows the forms instead, from the files; nothing needs to be loaded.

    Example: journeys status --forms -o forms.docx
    """
    study = session.open()
    if forms:
        with session.progress() as progress:
            found = study.forms_status(progress=progress)
        put(session, study.output(found), target)
        return
    put(session, study.output(study.status()), target)


@click.group(cls=SuggestingGroup)
def store() -> None:
    """Start, stop or inspect the embedded store. It starts by itself; `start` keeps it running between commands.

    Example: journeys store info
    """


@store.command()
@pass_session
def start(session: Session) -> None:
    """Start the embedded store and leave it running, so that commands that read are quicker.

    It ends with `journeys store stop`, or by itself when no command has used it for an hour.

    Example: journeys store start
    """
    session.open().start_store()
    session.say("The embedded store is running, until `journeys store stop` or an hour without use.")


@store.command()
@pass_session
def stop(session: Session) -> None:
    """Stop the embedded store.

    Example: journeys store stop
    """
    stopped = session.open().stop_store()
    session.say("The embedded store has stopped." if stopped else "The embedded store was not running.")


@store.command()
@pass_session
def info(session: Session) -> None:
    """Show where the store is, and whether the embedded one is running.

    Example: journeys store info
    """
    click.echo(session.open().store_state())


@store.command("check")
@pass_session
def check_store(session: Session) -> None:
    """Compare the store with the forms and tables, and change nothing.

    Example: journeys store check
    """
    from journeys.views.terminal.checks import comparison_view

    with session.progress() as progress:
        found = session.open().check_store(progress=progress)
    session.console().print(comparison_view(found))
    raise click.exceptions.Exit(0 if found.matches else 1)


@store.command()
@pass_session
def rebuild(session: Session) -> None:
    """Throw the embedded store away and load everything again from the forms and tables.

    Example: journeys store rebuild
    """
    with session.progress() as progress:
        made = session.open().rebuild_store(progress=progress)
    session.say(f"The store was rebuilt: {made.nodes.created} nodes and {made.claims.created} claims.")


@store.command()
@click.argument("address")
@pass_session
def agree(session: Session, address: str) -> None:
    """Agree to use the server that study.yaml names. You are asked once for each study and address.

    Example: journeys store agree neo4j+s://graph.example.org
    """
    session.open().agree_to_server(address)
    session.say(f"{address} will be used for this study. Your password goes to it from NEO4J_PASSWORD.")
