"""What a row of faults came to: how often each was tried, and what went wrong."""

from __future__ import annotations

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
