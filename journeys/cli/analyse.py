"""The command analyse."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from journeys.cli.results import chosen_format, format_option, output_option, put_out, texts
from journeys.cli.session import Session, pass_session


@click.command()
@click.argument("measure", required=False)
@click.argument("ref", required=False)
@click.option("--site", help="Only this site, by name or id.")
@click.option("--case", help="Only this case study.")
@click.option("--from", "start", metavar="DATE", help='Only what may have been on or after it ("March 2011").')
@click.option("--to", "end", metavar="DATE", help="Only what may have been on or before it.")
@click.option("--scope", help="Only what is said to be general or ethnicity_specific.")
@click.option("--mode", "modes", multiple=True, help="Only what was recorded so: verbatim, paraphrase …; repeatable.")
@click.option("--without-interpretive", is_flag=True, help="Leave out what only a researcher reads into a source.")
@click.option("--confidence", "confidences", multiple=True, help="Only high, medium, low, not_judged; repeatable.")
@click.option("--option", "options", multiple=True, metavar="NAME=VALUE", help="An option of the measure; repeatable.")
@click.option("--table", help="Only this table; of csv and pictures else the first.")
@click.option("--svg", type=click.Path(dir_okay=False, path_type=Path), help="Draw the table as a picture, for papers.")
@click.option("--column", "columns", multiple=True, help="What to draw: numbers or days; two of them as from and to.")
@click.option("--sources", is_flag=True, help="With each row: who says so, how, in which words, written where.")
@format_option
@output_option
@pass_session
def analyse(
    session: Session,
    /,
    measure: str | None,
    ref: str | None,
    options: tuple[str, ...],
    table: str | None,
    svg: Path | None,
    columns: tuple[str, ...],
    sources: bool,
    format_: str | None,
    output: Path | None,
    **choice: Any,
) -> None:
    """A measure of the study: its numbers, each with n, what was left out and why, and the claims behind it.

    Without a MEASURE, all of them are listed. REF is a document or piece of evidence, for those about one.

    Example: journeys analyse brokerage --site Northtown --option by=kind
    """
    from journeys.views.terminal.measures import (
        AnalysisView,
        MeasuresView,
        analysis_sheets,
        analysis_text,
        said_beside_csv,
    )

    if measure is None:
        session.console().print(MeasuresView())
        return
    study, format_ = session.open(), chosen_format(format_, output)
    found = study.analyse(measure, ref, choice, sources=sources, **texts(options))
    if svg is not None:
        session.say(f"{study.write_picture(found, svg, table, columns)} is written. It opens in any browser.")
        return
    put_out(
        session,
        format_,
        output,
        view=lambda: AnalysisView(found, table),
        text=lambda: analysis_text(found, format_, table),
        sheets=lambda: analysis_sheets(found, study=study.folder.settings.title, when=datetime.now()),
    )
    if format_ == "csv":
        session.say(said_beside_csv(found, table))
