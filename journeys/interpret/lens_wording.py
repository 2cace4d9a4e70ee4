"""Questions that still speak of ethnicity in a study that looks at something else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from textwrap import shorten

from journeys.instruments.definition import Instrument
from journeys.model.lens import Lens
from journeys.model.phrases import counted
from journeys.model.problems import Address, Problem, Report, Severity
from journeys.model.study_names import STUDY_FILE

_ETHNIC = re.compile(r"\bethnic", re.IGNORECASE)
_DIRECTION = "`journeys docs instruments` shows an example"


def report_wording(instruments: Iterable[Instrument], lens: Lens, report: Report) -> None:
    """Say, once for each instrument of which the study has forms, which of its questions do not follow the lens."""
    if lens.topic == Lens().topic:
        return
    for instrument in instruments:
        questions = [*instrument.split_questions(), *instrument.questions()]
        found = [each for each in questions if not each.hidden and _ETHNIC.search(each.wording)]
        if not found:
            continue
        first = found[0]
        speak = "still speaks" if len(found) == 1 else "still speak"
        message = (
            f"The study looks at {lens.topic}, and {counted(len(found), 'question')} of the {instrument.title} {speak} "
            f"of ethnicity, such as {shorten(first.wording, 90, placeholder='…')!r}."
        )
        remedy = (
            f"Write a file in the folder `instruments` with `extends: {instrument.instrument}`, and under `questions:` "
            f"for each `{first.name}: {{question: …}}`, or `{{hidden: true}}`; {_DIRECTION}."
        )
        report(Problem("lens_wording", Address(STUDY_FILE, None, "lens"), message, remedy, Severity.WARNING))
