"""Which interpreter reads a form, by what its instrument is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from journeys.instruments.answers import FilledForm
from journeys.interpret import (
    case_form,
    coding,
    extraction,
    extractors,
    interview,
    observation,
    observation_subject,
    registered_form,
)
from journeys.interpret.context import Context, End
from journeys.model.code_keys import CODING_WORKBOOK
from journeys.model.identity import short_id
from journeys.model.records import Claim, Node

FormReading = Callable[[], Iterator[Node | Claim]]
"""Gives all nodes and claims of one form; to be called when every form's subject is known.

There are two passes, because forms refer to each other's documents, meetings and interviews in any order.
"""


def reading_of(context: Context, form: FilledForm) -> FormReading | None:
    """How to read a form. Its subject (document, meeting, interview) is made known at once, so that every other form
    may name it; None, reported, for a form whose header does not say what it is about.
    """
    if form.instrument == CODING_WORKBOOK:
        return partial(coding.interpret, context, form)
    return _READERS.get(context.instruments.get(form.instrument).about, _registered)(context, form)


def is_about_a_case(context: Context, form: FilledForm) -> bool:
    """Whether a form is about a case study: it quotes what other forms keep."""
    return context.instruments.get(form.instrument).about == "CaseStudy"


def _extraction(context: Context, form: FilledForm) -> FormReading | None:
    subject = extraction.subject_of(context, form)
    if subject is None or not extractors.admitted(context, form, subject.document, subject.case):
        return None
    return partial(extraction.interpret, context, subject)


def _observation(context: Context, form: FilledForm) -> FormReading | None:
    meeting = observation_subject.subject_of(context, form)
    if meeting is None or not _is_only_sheet(context, form, meeting.source):
        return None
    return partial(observation.interpret, context, meeting)


def _interview(context: Context, form: FilledForm) -> FormReading | None:
    talk = interview.subject_of(context, form)
    if talk is None or not _is_only_sheet(context, form, talk.source):
        return None
    return partial(interview.interpret, context, talk)


def _case(context: Context, form: FilledForm) -> FormReading | None:
    subject = case_form.subject_of(context, form)
    return None if subject is None else partial(case_form.interpret, context, subject)


def _registered(context: Context, form: FilledForm) -> FormReading | None:
    subject = registered_form.subject_of(context, form)
    return None if subject is None else partial(registered_form.interpret, context, subject)


_READERS: Mapping[str, Callable[[Context, FilledForm], FormReading | None]] = {
    "Document": _extraction,
    "Meeting": _observation,
    "CaseStudy": _case,
    "DataSource": _interview,
}
"""One for each of ``SUBJECTS``; forms about anything else in the registers are read by ``_registered``."""


def _is_only_sheet(context: Context, form: FilledForm, source: End) -> bool:
    """Whether no other file is a sheet of the same interview or observation; reported if one is."""
    other = context.sheets.setdefault(f"{source.id} {form.instrument}", form.file)
    if other == form.file:
        return True
    given = form.header.get("source") or form.header["meeting_group_name"]
    short = short_id(source.id)
    message = f"{other} is already the sheet of {short!r}; this one was not read."
    remedy = (
        f"If it is somebody else's record of the same occasion, give it its own id, such as {short}-AB; "
        "if it is a copy, "
        "move it out of the study folder."
    )
    context.problem("same_source", given, message, remedy)
    return False
