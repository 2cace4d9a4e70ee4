"""The command that exports what is coded: ``journeys export refi``."""

from __future__ import annotations

import click

from journeys.cli.exchange_options import ExportTarget, export_target, profile_option, put_export
from journeys.cli.session import Session, pass_session
from journeys.model.privacy import Profile


@click.command(short_help="REFI-QDA, for NVivo, ATLAS.ti, MAXQDA, QualCoder.")
@profile_option()
@export_target
@pass_session
def refi(session: Session, target: ExportTarget, profile: Profile) -> None:
    """Write the codebook and the coded passages as REFI-QDA, for NVivo, ATLAS.ti, MAXQDA or QualCoder.

    A file that ends in .qdc gets the codebook alone.

    Example: journeys export refi -o study.qdpx
    """
    study = session.open()
    put_export(session, lambda force: study.export_codings(target.file, profile=profile, force=force), target)
