"""The command report."""

from __future__ import annotations

from pathlib import Path

import click

from journeys.cli.results import Target, output_options, put
from journeys.cli.session import Session, pass_session
from journeys.model.problems import UsageProblem

TABLES = "summary-tables"
"""The report on the summary tables."""


@click.command()
@click.argument("kind")
@click.argument("ref", required=False)
@click.option("--decisions", is_flag=True, help="Write the workbook again in which rows of the tables are closed.")
@output_options("text", "docx", "html", "xlsx")
@pass_session
def report(session: Session, kind: str, ref: str | None, decisions: bool, target: Target) -> None:
    """Write a report: a Word document, a page that opens offline, or a workbook.

    KIND is journey, case, site, summary-tables, codebook or quality. REF is what a report of the first three is about:
    a document or piece of evidence, a case study, a site. Or KIND is a Markdown or Word file of your own, with marks
    such as {{trace D07 summary}} that are filled; without -o the filled report goes into out/reports/.

    Example: journeys report journey D07 -o D07.docx
    """
    from journeys.study.living.template import is_template

    study = session.open()
    if decisions and kind != TABLES:
        raise UsageProblem(f"--decisions belongs to the report {TABLES}. Leave it out.")
    if not is_template(kind) or ref is not None:
        put(session, study.output(study.report(kind, ref)), target)
        written = study.row_decisions(again=decisions) if kind == TABLES else None
        if written is not None:
            session.say(f"{written} is written. Close and reopen rows there, then load.")
        return
    filled = study.fill_report(kind)
    if target.file is None and target.format == "text":
        target = Target("html", study.folder.path / "out" / "reports" / f"{Path(kind).stem}.html")
    put(session, study.output(filled.report), target)
    for each in filled.unfilled:
        session.say(f"Not filled: {each}")
    if filled.unfilled:
        raise click.exceptions.Exit(1)
