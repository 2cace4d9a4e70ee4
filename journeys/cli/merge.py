"""The command ``journeys merge``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from journeys.cli.results import Target, output_options, put
from journeys.cli.session import Session, pass_session
from journeys.views.text import printable_lines

if TYPE_CHECKING:
    from journeys.study.decisions.merging import Candidate
    from journeys.study.study import Study

_ANSWERS = {"s": "same", "n": "not the same", "u": "undecided"}


@click.command()
@click.argument("entries", nargs=-1, metavar="[KEEP OTHER]")
@click.option(
    "--as", "verdict", type=click.Choice(["same", "not-same", "undecided"]), help="Decide about KEEP and OTHER."
)
@click.option("--by", default="", help="The initials of who decides.")
@click.option("--reason", default="", help="Why.")
@click.option("--list", "listed", is_flag=True, help="List the pairs that may be the same, and ask nothing.")
@click.option("--workbook", is_flag=True, help="Write the pairs into decisions/merges.xlsx, to decide them there.")
@output_options("table", "csv", "json", "xlsx")
@pass_session
def merge(
    session: Session,
    entries: tuple[str, ...],
    verdict: str | None,
    by: str,
    reason: str,
    listed: bool,
    workbook: bool,
    target: Target,
) -> None:
    """Find people and organisations that are listed twice, and say whether they are the same.

    Decisions are kept in decisions/merges.xlsx, with who decided and why. Every load applies them: what is said of
    OTHER is said of KEEP. Delete the line, or decide otherwise, and the next load parts them again.

    Example: journeys merge JT JT2 --as same --by XY --reason "same person, new post"
    """
    study = session.open()
    if entries or verdict:
        if len(entries) != 2 or verdict is None:
            raise click.UsageError("Name two entries and say --as same, not-same or undecided.")
        path = study.decide_merge(*entries, verdict.replace("-", " the "), by=by, reason=reason)
        session.say(f"{path} is written. Run `journeys load` to apply it.")
        return
    with session.progress() as progress:
        found = study.likely_duplicates(progress=progress)
    if workbook:
        session.say(f"{study.write_duplicates(found)} is written. Decide there, then load.")
    elif listed or target.file is not None or target.format != "table":
        put(session, study.output(study.duplicates_table(found)), target)
    else:
        _ask(session, study, found, by)


def _ask(session: Session, study: Study, found: list[Candidate], by: str) -> None:
    """Ask about each pair in turn; what is answered is written at once."""
    if not found:
        session.say("No pairs are left that may be the same.")
    for number, each in enumerate(found, start=1):
        click.echo(
            printable_lines(
                f"\n{number} of {len(found)}: {each.kept_name} ({each.kept}) and {each.other_name} ({each.other})"
            )
        )
        click.echo(printable_lines(f"  {each.why}"))
        answer = click.prompt("Same, not the same, undecided, or quit?", type=click.Choice([*_ANSWERS, "q"]))
        if answer == "q":
            break
        reason = ""
        if answer != "u":
            by = by or click.prompt("Your initials")
            reason = click.prompt("Why")
        study.decide_merge(each.kept, each.other, _ANSWERS[answer], by=by, reason=reason, pair=each)
    else:
        session.say("Run `journeys load` to apply what was decided.")
