"""The commands about the store: status, store."""

from __future__ import annotations

import json

import click

from journeys.cli.session import Session, pass_session


@click.command()
@click.option("--json", "as_json", is_flag=True, help="The numbers as JSON.")
@pass_session
def status(session: Session, as_json: bool) -> None:
    """What the store holds, how the last load went, and which files have changed since."""
    from journeys.study_status import study_status
    from journeys.views.status import status_as_dict, status_view

    found = study_status(session.open())
    if as_json:
        click.echo(json.dumps(status_as_dict(found), ensure_ascii=False, indent=1))
    else:
        session.console().print(status_view(found))


@click.group()
def store() -> None:
    """Start, stop or look at the embedded store. It starts by itself; `start` keeps it running between commands."""


@store.command()
@pass_session
def start(session: Session) -> None:
    """Start the embedded store and leave it running."""
    from journeys.store.embedded.launcher import lease

    lease(session.open().folder.work, stay=True).release()
    session.say("The embedded store is running. `journeys store stop` ends it.")


@store.command()
@pass_session
def stop(session: Session) -> None:
    """Stop the embedded store."""
    from journeys.store.embedded.launcher import stop as stop_engine
    from journeys.store.embedded.layout import Layout

    stopped = stop_engine(Layout(session.open().folder.work))
    session.say("The embedded store has stopped." if stopped else "The embedded store was not running.")


@store.command()
@pass_session
def info(session: Session) -> None:
    """Where the store is, and whether the embedded one is running."""
    from journeys.store.embedded.launcher import running
    from journeys.store.embedded.layout import Layout

    study = session.open()
    if study.settings.uri is not None:
        click.echo(f"Neo4j at {study.settings.uri}, user {study.settings.user}")
        return
    doors = running(Layout(study.folder.work))
    state = f"running (bolt://127.0.0.1:{doors.bolt_port}, process {doors.pid})" if doors else "not running"
    click.echo(f"embedded in {study.folder.work}: {state}")
