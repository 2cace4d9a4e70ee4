"""The commands of the working day on files: new, forms, check, load, repair."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from journeys.cli.completion import names_of
from journeys.cli.results import Named, Target, output_options, put
from journeys.cli.session import Session, pass_session
from journeys.views.text import printable_lines

_PATHS = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", help="The study's title (default: the folder's name).")
@click.option("--registers", type=Named(["xlsx", "yaml"]), default="xlsx", help="Format of the registers.")
@click.option("--demo", is_flag=True, help="A complete invented study of three sites, for trying the program.")
@click.option("--example", type=Named(["r1"]), help="A real journey, from public web pages.")
@pass_session
def new(session: Session, folder: Path, title: str | None, registers: str, demo: bool, example: str | None) -> None:
    """Make a study folder: study.yaml, blank registers, and places for forms and tables.

    Example: journeys new my-study --title "My study"
    """
    from journeys.study.folder import create

    if demo and example:
        raise click.UsageError("Choose one of --demo and --example.")
    create(folder, title=title, registers=registers, demo=demo, example=example)
    if demo or example:
        what, ref = ("an invented study", "D07") if demo else ("a real journey", "D4")
        session.say(f'{folder} holds {what}. Next: `cd "{folder}"`, `journeys load`, and `journeys trace {ref}`.')
        return
    session.say(
        f'{folder} is ready. Next: `cd "{folder}"`, fill in registers.{registers}, write forms with `journeys forms`, '
        "and run `journeys check` until it reports no problems."
    )


@click.command()
@click.argument("instruments", nargs=-1, shell_complete=names_of("instruments"))
@click.option("--format", "format_", type=Named(["xlsx", "docx", "yaml", "txt"]), help="Format of the forms.")
@click.option(
    "--for", "refs", multiple=True, help="Pre-fill the form about this document, meeting, interview or case study."
)
@click.option(
    "--update", is_flag=True, help="Add what is new in the data to the form that there is. Every word in it is kept."
)
@click.option("--vocabularies", is_flag=True, help="List the words that forms offer, and those the study has added.")
@click.option("--coder", help="Initials: whose coding the coding workbook is, and holds.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Folder for the forms (default: the study's forms)."
)
@pass_session
def forms(
    session: Session,
    instruments: tuple[str, ...],
    format_: str | None,
    refs: tuple[str, ...],
    update: bool,
    vocabularies: bool,
    coder: str | None,
    output: Path | None,
) -> None:
    """Write blank forms, with drop-downs of the study's own people, documents and meetings.

    Example: journeys forms document_extraction_template --for D07
    """
    if update and not refs:
        raise click.UsageError("Name what the form to update is about with --for.")
    study = session.open()
    if vocabularies:
        from journeys.views.terminal.schema import vocabularies_view

        session.console().print(vocabularies_view(study.schema))
        return
    for path in study.forms(instruments, format_=format_, ref=refs, coder=coder, folder=output, update=update):
        click.echo(printable_lines(str(path)))


@click.command()
@_PATHS
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option(
    "--key", type=click.Path(path_type=Path), help="A list of real names: warn of names of files that hold one."
)
@output_options("table", "json")
@pass_session
def check(session: Session, paths: tuple[Path, ...], as_json: bool, key: Path | None, target: Target) -> None:
    """Check the forms and tables. Each problem is listed with its file, sheet and cell, and with what to write instead.

    Example: journeys check forms/D07.xlsx
    """
    study = session.open()
    with session.progress() as progress:
        result = study.check(paths, key=key, progress=progress)
    put(session, study.output(result), replace(target, format="json") if as_json else target)
    raise click.exceptions.Exit(0 if result.clean else 1)


@click.command()
@_PATHS
@click.option("--dry-run", is_flag=True, help="Show what would change, without changing anything.")
@click.option(
    "--allow-removals", is_flag=True, help="Continue even if more than 5 % of the stored data would be removed."
)
@pass_session
def load(session: Session, paths: tuple[Path, ...], dry_run: bool, allow_removals: bool) -> None:
    """Update the graph: add what is new in the files, change what changed, remove what no file says any more.

    Example: journeys load --dry-run
    """
    from journeys.study.study import ProblemsFound
    from journeys.views.terminal.checks import load_view

    study = session.open()
    try:
        with session.progress() as progress:
            outcome, result = study.load(paths, dry_run=dry_run, allow_removals=allow_removals, progress=progress)
    except ProblemsFound as found:
        put(session, study.output(found.result), Target("table"))
        raise
    session.console().print(load_view(outcome, result, dry_run=dry_run))
    if not dry_run and sys.stdout.isatty():
        session.say("Next: `journeys open` shows it in the browser, `journeys ask` lists what can be asked.")


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.argument("target", type=click.Path(path_type=Path))
@pass_session
def repair(session: Session, source: Path, target: Path) -> None:
    """Write a repaired copy of a JSON file: trailing commas, comments, encoding. The original is not touched.

    Example: journeys repair broken.json repaired.json
    """
    from journeys.study.folder import repair_json

    for change in repair_json(source, target):
        where = f" > line {change.line}" if change.line else ""
        click.echo(f"{source.name}{where}: {change.done}.")
    session.say(f"{target} is the repaired copy.")
