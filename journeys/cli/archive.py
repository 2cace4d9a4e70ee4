"""The commands export crate and verify."""

from __future__ import annotations

from pathlib import Path

import click

from journeys.cli.completion import names_of
from journeys.cli.exchange_options import ExportTarget, export_target, profile_option, put_export
from journeys.cli.session import Session, pass_session
from journeys.model.privacy import Profile
from journeys.views.text import printable_lines


@click.command(short_help="An archive of the study, as an RO-Crate.")
@profile_option("Who may read it. Only the internal archive holds the forms.")
@export_target
@pass_session
def crate(session: Session, target: ExportTarget, profile: Profile) -> None:
    """Write the whole study as an archive: forms, graph, answers, measures and pages, in one zip file.

    It is an RO-Crate, which repositories such as Zenodo and the UK Data Service can read. study.yaml says under cite
    who made the study, and under which licence it is shared.

    Example: journeys export crate -o study.crate.zip
    """
    study = session.open()
    with session.progress() as progress:
        put_export(
            session,
            lambda force: study.export_crate(target.file, profile=profile, force=force, progress=progress),
            target,
        )


@click.command(short_help="PROV-JSON, for tools that read provenance.")
@click.argument("ref", required=False, shell_complete=names_of("documents"))
@profile_option()
@export_target
@pass_session
def prov(session: Session, target: ExportTarget, ref: str | None, profile: Profile) -> None:
    """Write who made, brought, used and said what as W3C PROV-JSON: of the study, or of one document or piece of
    evidence REF.

    Example: journeys export prov D07 -o d07.prov.json
    """
    study = session.open()
    put_export(session, lambda force: study.export_provenance(ref, target.file, profile=profile, force=force), target)


@click.command()
@click.argument("crate", type=click.Path(path_type=Path))
@click.option("--without-numbers", is_flag=True, help="Compare files, claims and quotations only, which is quicker.")
@pass_session
def verify(session: Session, crate: Path, without_numbers: bool) -> None:
    """Verify an archive: make the graph and all numbers anew from the forms in it, and compare.

    CRATE is the zip file that `journeys export crate` wrote, or the folder it was unpacked into.

    Example: journeys verify study.crate.zip
    """
    from journeys.study.verify import verify as verified

    with session.progress() as progress:
        found = verified(crate, progress, numbers=not without_numbers)
    *compared, result = found.sentences()
    for sentence in compared:
        click.echo(printable_lines(sentence))
    click.echo(printable_lines(result if found.same else f"{crate}: {result}"))
    if not found.same:
        raise click.exceptions.Exit(1)
