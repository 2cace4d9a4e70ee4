"""The command analyse."""

from __future__ import annotations

from typing import Any

import click

from journeys.cli.completion import names_of
from journeys.cli.exchange_options import profile_option
from journeys.cli.results import Target, output_options, put, texts
from journeys.cli.session import Session, pass_session
from journeys.model.privacy import Profile


@click.command()
@click.argument("measure", required=False, shell_complete=names_of("measures"))
@click.argument("ref", required=False, shell_complete=names_of("documents"))
@click.option("--site", shell_complete=names_of("sites"), help="Only this site (name or id).")
@click.option("--case", shell_complete=names_of("cases"), help="Only this case study.")
@click.option(
    "--from", "start", metavar="DATE", help='Only claims possibly dated on or after this date ("March 2011").'
)
@click.option("--to", "end", metavar="DATE", help="Only claims possibly dated on or before this date.")
@click.option("--scope", help="Only claims of this scope: general or ethnicity-specific.")
@click.option("--mode", "modes", multiple=True, help="Only claims of this mode (verbatim, paraphrase …); repeatable.")
@click.option("--without-interpretive", is_flag=True, help="Leave out researchers' interpretations.")
@click.option(
    "--confidence",
    "confidences",
    multiple=True,
    help="Only this confidence (high, medium, low, not-stated); repeatable.",
)
@click.option("--option", "options", multiple=True, metavar="NAME=VALUE", help="An option of the measure; repeatable.")
@click.option("--table", help="Only this table (for csv and pictures, the first by default).")
@click.option(
    "--column",
    "columns",
    multiple=True,
    help="What dots show: numbers or days; two of them as from and to.",
)
@profile_option("Whom it is for. public: also no rows that rest on few claims (see study.yaml).")
@click.option("--sources", is_flag=True, help="With each row: sources, mode, quotation, form cell.")
@output_options("table", "csv", "json", "xlsx", "svg", "png", "pdf")
@pass_session
def analyse(
    session: Session,
    /,
    measure: str | None,
    ref: str | None,
    options: tuple[str, ...],
    table: str | None,
    columns: tuple[str, ...],
    sources: bool,
    profile: Profile,
    target: Target,
    **choice: Any,
) -> None:
    """Run a measure. Each table comes with its n, what was left out and why, and the method.

    Without a MEASURE, all of them are listed. REF is a document or piece of evidence, for those about one. svg, png
    and pdf are a picture of a table, for papers.

    Example: journeys analyse brokerage --site Northtown --option by=kind
    """
    study = session.open()
    if measure is None:
        put(session, study.output(study.measures()), target)
        return
    own: dict[str, Any] = {**texts(options)}
    found = study.analyse(measure, ref, choice, sources=sources, profile=profile, **own)
    put(session, study.output(found, table=table, columns=columns), target)
