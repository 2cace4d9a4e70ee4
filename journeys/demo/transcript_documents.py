"""Transcripts of the demonstration study as Word documents, coded with comments as a researcher would code them."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import yaml
from docx import Document
from docx.shared import Mm
from docx.text.run import Run

from journeys.model.problems import JourneysError


def write_transcript(story: Path, target: Path, notice: str) -> None:
    """Write the transcript that ``story`` tells into a Word document that bears the ``notice``.

    Raises JourneysError for a comment on words that no line has.
    """
    told = yaml.safe_load(story.read_text("utf-8"))
    document = Document()
    document.core_properties.title = f"Transcript of {told['source']}"
    document.core_properties.author = "evidence-journeys"
    document.sections[0].page_width, document.sections[0].page_height = Mm(210), Mm(297)
    document.sections[0].header.paragraphs[0].text = notice
    document.add_paragraph(notice)
    document.add_paragraph(f"Interview: {told['source']}")
    runs: dict[str, Run] = {}
    wanted = [each["passage"] for each in told["comments"]]
    for line in told["lines"]:
        paragraph = document.add_paragraph()
        words = next((each for each in wanted if each in line), None)
        before, _, after = line.partition(words) if words else (line, "", "")
        paragraph.add_run(before)
        if words:
            runs[words] = paragraph.add_run(words)
            paragraph.add_run(after)
    for each in told["comments"]:
        _comment(document, runs, each)
    target.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(target))


def _comment(document: Any, runs: dict[str, Run], told: dict[str, Any]) -> None:
    if told["passage"] not in runs:
        raise JourneysError(f"No line of the transcript has the words {told['on']!r}.")
    made = document.add_comment(
        runs[told["passage"]], str(told["words"]), author=told["author"], initials=told["author"]
    )
    made._comment_elm.date = datetime.combine(told["date"], time(10), UTC)  # else the time of writing
