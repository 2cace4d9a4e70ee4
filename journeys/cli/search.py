"""The command search."""

from __future__ import annotations

import click

from journeys.cli.completion import names_of
from journeys.cli.results import Target, output_options, put
from journeys.cli.session import Session, pass_session


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--site", shell_complete=names_of("sites"), help="Only what is at this site.")
@click.option("--case", shell_complete=names_of("cases"), help="Only what is in this case study.")
@click.option("--kind", help="Only hits of this kind: answer, passage, claim, finding, person, document …")
@click.option("--mode", help="Only what was noted so: verbatim, paraphrase …")
@click.option("--scope", help="Only general, or only ethnicity-specific.")
@click.option("--code", help="Only passages that are coded by this code.")
@click.option("--rows", type=click.IntRange(min=1), default=50, show_default=True, help="The number of hits, at most.")
@output_options("table", "csv", "json", "xlsx")
@pass_session
def search(session: Session, /, words: tuple[str, ...], rows: int, target: Target, **choice: str | None) -> None:
    """Search quotations, answers, notes, passages, findings, names and titles. Best hits come first.

    All WORDS must occur, whatever their case and accents. A word also finds longer ones that begin with it, after the
    whole words: clinic finds clinics. '"Words in double quotes"' must stand together, and are whole.

    Example: journeys search "two buses" --site Northtown
    """
    study = session.open()
    # The shell takes the quotes off: what it leaves in one piece was written in quotes.
    said = " ".join(f'"{word}"' if " " in word.strip() and '"' not in word else word for word in words)
    put(session, study.output(study.search(said, choice=choice, most=rows)), target)
