"""State shared by the commands: the options given, the study, progress bars, output streams."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console

    from journeys.model.progress import Progress
    from journeys.study.study import Study


@dataclass(frozen=True)
class Session:
    """The global options of one call."""

    study: Path | None = None
    uri: str | None = None
    user: str | None = None
    database: str | None = None
    quiet: bool = False

    def open(self) -> Study:
        """The study the call is about."""
        from journeys.study.study import Study

        return Study.open(self.study, uri=self.uri, user=self.user, database=self.database)

    def say(self, message: str) -> None:
        """Print a message to stderr; nothing with --quiet."""
        if not self.quiet:
            from journeys.views.text import printable_lines

            click.echo(printable_lines(message), err=True)

    def console(self) -> Console:
        """Where rich output goes: stdout."""
        from journeys.views.terminal.safe_console import SafeConsole

        return SafeConsole(highlight=False, soft_wrap=False)

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """A progress bar on stderr, shown from one second on and only to a person."""
        from journeys.cli.progress_bar import progress_bar

        with progress_bar(quiet=self.quiet) as progress:
            yield progress


pass_session = click.make_pass_decorator(Session)
