"""The command report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from journeys.cli.results import Target, output_options, put
from journeys.cli.session import Session, pass_session
from journeys.model.problems import UsageProblem

if TYPE_CHECKING:
    from journeys.study.study import Study

TABLES, FOLLOW_UPS = "summary-tables", "follow-ups"
"""The reports that have a workbook in decisions/."""


@click.command()
@click.argument("kind")
@click.argument("ref", required=False)
@click.option("--decisions", is_flag=True, help="Write the workbook of this report in decisions/ again.")
@output_options("text", "docx", "html", "xlsx", "ics")
@pass_session
def report(session: Session, kind: str, ref: str | None, decisions: bool, target: Target) -> None:
    """Write a report: a Word document, a page that opens offline, or a workbook.

    KIND is journey, case, site, data-collection, summary-tables, codebook, follow-ups or quality. REF is what a report
    of the first four is about: a document or piece of evidence, a case study, a site, a case study. Follow-ups can also
    be written as a calendar (.ics). Or KIND is a Markdown or Word file of your own, with marks such as
    {{trace D07 summary}} that are filled; without -o the filled report goes into out/reports/.

    Example: journeys report journey D07 -o D07.docx
    """
    from journeys.study.living.template import is_template

    study = session.open()
    if decisions and kind not in (TABLES, FOLLOW_UPS):
        raise UsageProblem(f"--decisions belongs to the reports {TABLES} and {FOLLOW_UPS}. Leave it out.")
    if not is_template(kind) or ref is not None:
        put(session, study.output(study.report(kind, ref)), target)
        _write_decisions(session, study, kind, again=decisions)
        return
    filled = study.fill_report(kind)
    if target.file is None and target.format == "text":
        target = Target("html", study.folder.path / "out" / "reports" / f"{Path(kind).stem}.html")
    put(session, study.output(filled.report), target)
    for each in filled.assumed:
        session.say(each)
    for each in filled.unfilled:
        session.say(f"Not filled: {each}")
    if filled.unfilled:
        raise click.exceptions.Exit(1)


def _write_decisions(session: Session, study: Study, kind: str, *, again: bool) -> None:
    """Write the workbook of a report in which people decide, where there is none yet or it is to be written again."""
    if kind == TABLES and (written := study.row_decisions(again=again)) is not None:
        session.say(f"{written} is written. Close and reopen rows there, then load.")
    if kind == FOLLOW_UPS and (written := study.follow_up_book(again=again)) is not None:
        session.say(f"{written} is written. Write owner, date and state there, then load.")
