"""Run queries typed at a prompt, piped in, or read from a file, with commands between them."""

from __future__ import annotations

import contextlib
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from journeys.cli.results import STANDARD_OUTPUT, Target, put, values
from journeys.cli.session import Session
from journeys.model.problems import UsageProblem
from journeys.model.suggestions import did_you_mean
from journeys.store.queries.tokens import complete, statements, tokens
from journeys.study.study import Study

FORMATS = ("table", "csv", "json")
"""The formats of answers at the prompt; a workbook needs a file."""

COMMANDS = {
    "\\schema": "node and claim kinds; \\schema CONTESTED describes one",
    "\\params": "the parameters; \\params site=demo:site:north sets one",
    "\\format": "how answers are written: table, csv or json",
    "\\rows": "row limit",
    "\\seconds": "time limit in seconds",
    "\\help": "this",
    "\\quit": "leave (Ctrl+D too)",
}


class Quit(Exception):
    """Raised when the person ends the prompt."""


@dataclass
class ShellOptions:
    """How queries are asked and answered."""

    format: str = "table"
    rows: int = 1000
    seconds: float = 30.0
    parameters: dict[str, Any] = field(default_factory=dict)


class CypherShell:
    """Runs queries and commands for a study, and writes the answers."""

    def __init__(self, session: Session, study: Study, manner: ShellOptions) -> None:
        self._session, self.study, self.manner = session, study, manner
        self._commands: dict[str, Callable[[str], None]] = {
            "\\schema": self._schema,
            "\\params": self._params,
            "\\format": self._format,
            "\\rows": self._rows,
            "\\seconds": self._seconds,
            "\\help": self._help,
            "\\quit": self._quit,
        }

    def run_all(self, text: str, output: Path | None = None) -> None:
        """Run everything in a text, up to the first JourneysError; ``output`` takes the answer of one query."""
        found = list(parts(text))
        if not found:
            raise UsageProblem("Write a query, name a file with -f, or pipe queries in.")
        if output not in (None, STANDARD_OUTPUT) and len(found) > 1:
            raise UsageProblem(f"{output} can take the answer of one query, and there are {len(found)}.")
        with self.study.store(), contextlib.suppress(Quit):
            for part in found:
                self.run(part, output)

    def run(self, part: str, output: Path | None = None) -> None:
        """Run one query or command. Raises JourneysError when it cannot be, and Quit."""
        if not part.startswith("\\"):
            self._query(part, output)
            return
        name, _, rest = part.removesuffix(";").strip().partition(" ")
        if name not in self._commands:
            raise UsageProblem(f"There is no command {name}.{did_you_mean(name, COMMANDS)} \\help lists them.")
        self._commands[name](rest.strip())

    def _query(self, query: str, output: Path | None) -> None:
        manner = self.manner
        table = self.study.cypher(query, manner.parameters, row_limit=manner.rows, seconds=manner.seconds)
        about = [("Query", query), *((f"Parameter {name}", value) for name, value in manner.parameters.items())]
        put(self._session, self.study.output(table, about=about), Target(manner.format, output))
        for hint in table.hints:
            self._session.say(hint)
        if table.cut:
            self._session.say(f"Only the first {manner.rows} rows are shown; --rows or \\rows gives more.")
        elif not table.rows:
            self._session.say("No rows.")

    # -- commands

    def _schema(self, name: str) -> None:
        from journeys.views.terminal.schema import schema_view

        self._session.console().print(schema_view(self.study.schema, name or None))

    def _params(self, pairs: str) -> None:
        self.manner.parameters |= values(re.split(r"\s+(?=\$?\w+=)", pairs) if pairs else [])
        for name, value in {"study": self.study.id, **self.manner.parameters}.items():
            self._session.say(f"{name}={value}")

    def _format(self, name: str) -> None:
        if name and name not in FORMATS:
            raise UsageProblem(f"The formats are {', '.join(FORMATS)}; for xlsx use `journeys cypher … -o FILE`.")
        self.manner.format = name or self.manner.format
        self._session.say(f"Answers are written as {self.manner.format}.")

    def _rows(self, number: str) -> None:
        self.manner.rows = int(_number(number, self.manner.rows))
        self._session.say(f"At most {self.manner.rows} rows.")

    def _seconds(self, number: str) -> None:
        self.manner.seconds = _number(number, self.manner.seconds)
        self._session.say(f"At most {self.manner.seconds:g} seconds.")

    def _help(self, _: str) -> None:
        self._session.say("Type Cypher and end it with a semicolon; Tab completes. $study is the study's id.")
        for name, what in COMMANDS.items():
            self._session.say(f"  {name:<10}{what}")

    def _quit(self, _: str) -> None:
        raise Quit


def parts(text: str) -> Iterator[str]:
    """The commands and queries of a text: a line that begins with a backslash, or what a semicolon ends."""
    waiting = ""
    for line in text.splitlines(keepends=True):
        if line.lstrip().startswith("\\") and not tokens(waiting):
            waiting = ""
            yield line.strip()
            continue
        waiting += line
        if complete(waiting):
            yield from statements(waiting)
            waiting = ""
    yield from statements(waiting)


def _number(text: str, now: float) -> float:
    """The number that ``text`` is; ``now`` when it is empty."""
    try:
        number = float(text or now)
    except ValueError:
        number = 0
    if not 0 < number < math.inf:
        raise UsageProblem(f"{text!r} is not a number above 0.")
    return number
