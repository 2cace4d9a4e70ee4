"""What the commands that answer with a table share: parameters given as name=value, the format, and where it goes."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from journeys.model.problems import UsageProblem

if TYPE_CHECKING:
    from rich.console import RenderableType

    from journeys.cli.session import Session
    from journeys.views.write_xlsx import Sheet

FORMATS = ("table", "csv", "json", "xlsx")

param_option = click.option(
    "--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter; may be given several times."
)
format_option = click.option(
    "--format", "format_", type=click.Choice(FORMATS), help="Output (else by the ending of -o, else a table)."
)
output_option = click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A file to write to (xlsx needs one)."
)
seconds_option = click.option(
    "--seconds", type=click.FloatRange(min=0.1), default=30.0, show_default=True, help="At most so long."
)


def texts(pairs: Iterable[str]) -> dict[str, str]:
    """``name=value`` pairs as they are written. Raises UsageProblem for one without a name."""
    found: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise UsageProblem(f"{pair!r} is no parameter. Write it as name=value.")
        found[name.strip().removeprefix("$")] = value
    return found


def values(pairs: Iterable[str]) -> dict[str, Any]:
    """``name=value`` pairs: a value that is JSON (a number, true, a list) is that, an ISO day a date, else a text."""
    return {name: _value(value) for name, value in texts(pairs).items()}


def _value(text: str) -> Any:
    for read in (json.loads, date.fromisoformat):
        try:
            return read(text)
        except ValueError:
            continue
    return text


def chosen_format(format_: str | None, output: Path | None) -> str:
    """The format asked for, else the one that the file's ending names, else a table."""
    chosen = format_ or (output.suffix.removeprefix(".").lower() if output else "table")
    if chosen == "xlsx" and output is None:
        raise UsageProblem("An Excel workbook needs a file to be written to: add -o answer.xlsx.")
    return chosen if chosen in FORMATS else "table"


def put_out(
    session: Session,
    format_: str,
    output: Path | None,
    *,
    view: Callable[[], RenderableType],
    text: Callable[[], str],
    sheets: Callable[[], Iterable[Sheet]],
) -> None:
    """Write a result in a format, to a file or to stdout."""
    if format_ == "xlsx":
        from journeys.views.write_xlsx import write_workbook

        assert output is not None
        write_workbook(output, sheets())
    elif format_ == "table" and output is None:
        session.console().print(view())
    else:
        said = text() if format_ != "table" else _plain(view())
        if output is None:
            sys.stdout.write(said)
        else:
            output.write_text(said, encoding="utf-8", newline="")
    if output is not None:
        session.say(f"{output} is written.")


def _plain(view: RenderableType) -> str:
    """What a terminal 120 characters wide would show."""
    from rich.console import Console

    console = Console(width=120, highlight=False, color_system=None, force_terminal=False)
    with console.capture() as captured:
        console.print(view)
    return captured.get()
