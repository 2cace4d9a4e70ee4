"""Read a report of the team's own, in Markdown or Word."""

from __future__ import annotations

from pathlib import Path

from journeys.model.problems import UsageProblem
from journeys.study.living.blocks import Template
from journeys.study.living.markdown_template import markdown
from journeys.study.living.marks import braces
from journeys.study.living.word_template import word
from journeys.views.reports.model import plain

ENDINGS = (".md", ".markdown", ".docx")
_MOST_BYTES, _MOST_LINES, _MOST_SIGNS = 1_000_000, 20_000, 50_000
"""Of a Markdown file: a long thesis has less, and its parser takes a kilobyte and more for each line and sign."""
_SIGNS = "*_~`[]<>!&|{}\\"
"""What begins or ends something in Markdown."""
_MOST_MARKS = 1_000


def is_template(name: str) -> bool:
    """Whether a word on the command line names a report of the team's own, and not a kind of report."""
    return name.lower().endswith(ENDINGS)


def read_template(path: Path) -> Template:
    """What a file holds. Raises UsageProblem for one that is missing or cannot be read."""
    if not path.is_file():
        raise UsageProblem(f"There is no file {path}.")
    template = word(path) if path.suffix.lower() == ".docx" else Template(tuple(markdown(_text(path))))
    marks = 0
    for block in template.blocks:
        cells = (line for row in block.rows for cell in row for line in cell)
        marks += sum(1 for line in (block.line, *cells) for _ in braces(plain(line)))
    if marks > _MOST_MARKS:
        raise _too_much(path, f"has more than {_MOST_MARKS:,} marks")
    return template


def _text(path: Path) -> str:
    """The text of a Markdown file, counted before it is taken apart."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise _too_much(path, f"is longer than {_MOST_BYTES:,} bytes")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UsageProblem(f"{path} is not UTF-8 text. Save it as UTF-8.") from None
    if len(text.splitlines()) > _MOST_LINES:
        raise _too_much(path, f"has more than {_MOST_LINES:,} lines")
    if sum(map(text.count, _SIGNS)) > _MOST_SIGNS:
        raise _too_much(path, f"has more than {_MOST_SIGNS:,} of the signs {' '.join(_SIGNS)}")
    return text


def _too_much(path: Path, why: str) -> UsageProblem:
    advice = "Split it into several files, or let a mark such as {{ask 16 | table}} make the long tables."
    return UsageProblem(f"{path} {why}, so it is not read as a report. {advice}")
