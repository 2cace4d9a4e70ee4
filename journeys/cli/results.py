"""Options shared by the commands that show a result: --format, -o and --param; and writing the result."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from journeys.model.problems import Problem, Severity, UsageProblem
from journeys.model.suggestions import did_you_mean

if TYPE_CHECKING:
    from journeys.cli.session import Session
    from journeys.study.output import Output

STANDARD_OUTPUT = Path("-")
_NOT_FOR_A_TERMINAL = {
    "html": "A page",
    "svg": "A picture",
    "xlsx": "An Excel workbook",
    "docx": "A Word document",
    "ics": "A calendar file",
}

param_option = click.option(
    "--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter (name=value); repeatable."
)
seconds_option = click.option(
    "--seconds", type=click.FloatRange(min=0.1), default=30.0, show_default=True, help="Time limit in seconds."
)


@dataclass(frozen=True, slots=True)
class Target:
    """The format and file of a result: ``file`` is None where -o is not given, "-" for standard output."""

    format: str
    file: Path | None = None


class Named(click.Choice[str]):
    """A choice of names that offers the nearest one for a name that is not among them."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name. Fails with the names there are."""
        if value not in self.choices:
            meant = did_you_mean(str(value), self.choices)
            self.fail(f"{value!r} is not one of {', '.join(self.choices)}.{meant}", param, ctx)
        return str(value)


class SuggestingGroup(click.Group):
    """A group of commands that offers the nearest one for a name that is not among them."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments begin with. Raises UsageError for none."""
        known = self.list_commands(ctx)
        name = click.utils.make_str(args[0])
        if name not in known and not name.startswith("-") and not ctx.resilient_parsing:
            ctx.fail(f"There is no command {name!r}.{did_you_mean(name, known)} The commands are: {', '.join(known)}.")
        return super().resolve_command(ctx, args)


def output_options(*formats: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command ``--format`` and ``-o``; it gets ``target``. The first format is the one for a terminal."""

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @click.option(
            "-o",
            "--output",
            metavar="FILE",
            type=click.Path(dir_okay=False, path_type=Path),
            help="Write to this file; its ending says the format. - is standard output.",
        )
        @click.option(
            "--format",
            "format_",
            type=Named(formats),
            help=f"Format (else by the ending of -o, else {formats[0]}).",
        )
        @functools.wraps(command)
        def with_target(*args: Any, format_: str | None, output: Path | None, **options: Any) -> None:
            command(*args, target=target(formats, format_, output), **options)

        return with_target

    return decorate


def target(formats: Sequence[str], format_: str | None, output: Path | None) -> Target:
    """Where a result goes. Raises UsageProblem for an ending that names no format, or another one than --format."""
    from journeys.study.output import ENDINGS, format_of

    if output is None or output == STANDARD_OUTPUT:
        return Target(format_ or formats[0], output)
    if format_ is None:
        return Target(format_of(output, formats), output)
    ending = output.suffix.removeprefix(".").lower()
    named = ENDINGS.get(ending, ending)
    if named in formats and named != format_:
        raise UsageProblem(f"--format {format_} does not fit {str(output)!r}. Leave one of them out.")
    return Target(format_, output)


def put(session: Session, output: Output, where: Target) -> None:
    """Show a result in the terminal, or write it to a file or to standard output."""
    from journeys.study.output import TERMINAL, as_bytes

    if where.file is not None and where.file != STANDARD_OUTPUT:
        for path in output.write(where.file, where.format):
            opens = " It opens in any browser, without a network." if where.format in ("html", "svg") else ""
            session.say(f"{path} is written.{opens}")
    elif where.format in TERMINAL:
        session.console().print(output.view())
    else:
        _refuse_for_a_terminal(where)
        content = output.content(where.format)
        _to_standard_output(content)
        output.remember(as_bytes(content))
    if note := output.note(where.format):
        session.say(note)


def say_problems(session: Session, problems: Iterable[Problem]) -> None:
    """Say what is wrong with what was shown all the same. Ends with exit code 1 where it is more than a warning."""
    told = list(problems)
    for problem in told:
        session.say(str(problem))
    if any(problem.severity is Severity.ERROR for problem in told):
        raise click.exceptions.Exit(1)


def _refuse_for_a_terminal(where: Target) -> None:
    if where.file is None and where.format in _NOT_FOR_A_TERMINAL and sys.stdout.isatty():
        what = _NOT_FOR_A_TERMINAL[where.format]
        raise UsageProblem(f"{what} is not for reading in a terminal: add -o FILE.{where.format}, or -o - to see it.")


def _to_standard_output(content: str | bytes) -> None:
    """Write UTF-8 bytes to a pipe or a file, whatever the locale; a terminal gets text in its own encoding."""
    from journeys.study.output import as_bytes

    if isinstance(content, str) and sys.stdout.isatty():
        sys.stdout.write(content)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(as_bytes(content))
    sys.stdout.buffer.flush()


def texts(pairs: Iterable[str]) -> dict[str, str]:
    """``name=value`` pairs as they are written. Raises UsageProblem for one without a name."""
    found: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise UsageProblem(f"{pair!r} is not a parameter. Write it as name=value.")
        found[name.strip().removeprefix("$")] = value
    return found


def values(pairs: Iterable[str]) -> dict[str, Any]:
    """``name=value`` pairs: a value that is JSON (a number, true, a list) is that, an ISO day a date, else a text."""
    return {name: _value(value) for name, value in texts(pairs).items()}


def _json(text: str) -> Any:
    """What JSON text means. Raises ValueError for what is not JSON: NaN, or a number beyond all bounds."""

    def refuse(written: str) -> Any:
        raise ValueError(f"{written} is not JSON")

    def number(written: str) -> float:
        found = float(written)
        return found if isfinite(found) else refuse(written)

    return json.loads(text, parse_constant=refuse, parse_float=number)


def _value(text: str) -> Any:
    for read in (_json, date.fromisoformat):
        try:
            return read(text)
        except ValueError:
            continue
    return text
