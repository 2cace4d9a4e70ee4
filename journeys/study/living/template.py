"""Read a report of the team's own, in Markdown or Word."""

from __future__ import annotations

from pathlib import Path

from journeys.model.problems import UsageProblem
from journeys.study.living.blocks import Template
from journeys.study.living.markdown_template import markdown
from journeys.study.living.word_template import word

ENDINGS = (".md", ".markdown", ".docx")
_MOST = 5_000_000
"""Bytes of a Markdown file; longer ones are not somebody's report."""


def is_template(name: str) -> bool:
    """Whether a word on the command line names a report of the team's own, and not a kind of report."""
    return name.lower().endswith(ENDINGS)


def read_template(path: Path) -> Template:
    """What a file holds. Raises UsageProblem for one that is missing or cannot be read."""
    if not path.is_file():
        raise UsageProblem(f"There is no file {path}.")
    if path.suffix.lower() == ".docx":
        return word(path)
    try:
        if path.stat().st_size > _MOST:
            raise UsageProblem(f"{path} is longer than {_MOST:,} bytes, so it is not read as a report.")
        return Template(tuple(markdown(path.read_text(encoding="utf-8-sig"))))
    except UnicodeDecodeError:
        raise UsageProblem(f"{path} is not UTF-8 text. Save it as UTF-8.") from None
