"""The rules that all exports share for the files they write: -o, --force, and what is said."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from journeys.model.privacy import PROFILES

if TYPE_CHECKING:
    from journeys.cli.session import Session
    from journeys.study.exports.write import Exported

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class ExportTarget:
    """Where an export goes: ``file`` is None where -o is not given."""

    file: Path | None = None
    force: bool = False


def profile_option(
    help_: str = "Whom it is for: what the atlas of this profile leaves out is left out.",
) -> Callable[[Command], Command]:
    """``--profile``: to whom what is written will be shown."""
    return click.option("--profile", type=click.Choice(PROFILES), default="internal", show_default=True, help=help_)


def export_target(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command ``-o`` and ``--force``; it gets ``target``, an ``ExportTarget``."""

    @click.option(
        "-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Write to this file (default: in out/)."
    )
    @click.option("--force", is_flag=True, help="Replace files that are there already, without asking.")
    @functools.wraps(command)
    def with_target(*args: Any, output: Path | None, force: bool, **options: Any) -> None:
        command(*args, target=ExportTarget(output, force), **options)

    return with_target


def put_export(session: Session, write: Callable[[bool], Exported], target: ExportTarget) -> None:
    """Write an export and say what was written, and what was lost; ``write`` is given whether to replace files.

    In a terminal the person is asked about a file that is there already; elsewhere TargetExists is raised.
    """
    from journeys.study.exports.write import TargetExists

    try:
        made = write(target.force)
    except TargetExists as there:
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise
        click.confirm(f"{there.path} is there already. Replace it?", abort=True, err=True)
        made = write(True)
    first, *beside = made.files
    session.say(f"{first} is written: {made.held}.")
    for path in beside:
        session.say(f"{path} is written beside it.")
    for sentence in made.said:
        session.say(sentence)
