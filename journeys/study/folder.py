"""New study folders, and repaired copies of files: what is done before there is a study to open."""

from __future__ import annotations

from pathlib import Path

from journeys.instruments.files.jsonfile import repair_json
from journeys.interpret.new_study import new_study

__all__ = ["create", "repair_json"]


def create(
    folder: Path, *, title: str | None = None, registers: str = "xlsx", demo: bool = False, example: str | None = None
) -> None:
    """Make a study folder: blank, the invented study (``demo``), or a worked example (``example="r1"``).

    ``registers`` is "xlsx" or "yaml". Raises UsageProblem for a folder that holds something already.
    """
    from journeys.demo import write_demo, write_example

    filled = write_demo if demo else write_example if example else None
    new_study(folder, title=title, registers=registers, filled=filled)
