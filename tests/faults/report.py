"""What a row of faults came to: how often each was tried, and what went wrong."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class Row:
    """One sort of fault. ``seconds`` are times until it was noticed, ``left`` counts faults that left something lying
    around before the next command; ``wrong`` are sentences, and there should be none."""

    what: str
    tried: int = 0
    left: int = 0
    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def progress(rows: Iterable[Row], before: int, begun: float) -> None:
    """Say how many have been tried, when there is one more than ``before``, and what went wrong so far."""
    done = list(rows)
    if (tried := sum(row.tried for row in done)) > before:
        wrong = [f"{row.what}: {sentence}" for row in done for sentence in row.wrong]
        print(f"{tried} tried in {time.monotonic() - begun:.0f} s", *wrong, sep="\n  ", file=sys.stderr, flush=True)


def table(rows: Iterable[Row]) -> str:
    """The rows as a Markdown table, and what went wrong below it."""
    lines = [
        "| fault | tried | as it should be | left something for the next command to remove | noticed after (longest) |",
        "|---|---|---|---|---|",
    ]
    wrong = []
    for row in rows:
        longest = f"{max(row.seconds):.0f} s" if row.seconds else "–"
        lines.append(f"| {row.what} | {row.tried} | {row.tried - len(row.wrong)} | {row.left or '–'} | {longest} |")
        wrong += [f"{row.what}: {sentence}" for sentence in row.wrong]
    return "\n".join([*lines, "", *wrong])
