"""The command report."""

from __future__ import annotations

import click

from journeys.cli.results import Target, output_options, put
from journeys.cli.session import Session, pass_session


@click.command()
@click.argument("kind")
@click.argument("ref", required=False)
@output_options("text", "docx", "html", "xlsx")
@pass_session
def report(session: Session, kind: str, ref: str | None, target: Target) -> None:
    """Write a report: a Word document, a page that opens offline, or a workbook.

    KIND is journey, case, site, summary-tables, codebook or quality. REF is what a report of the first three is about:
    a document or piece of evidence, a case study, a site.

    Example: journeys report journey D07 -o D07.docx
    """
    study = session.open()
    put(session, study.output(study.report(kind, ref)), target)
