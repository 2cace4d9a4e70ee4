"""Which interpreter reads a form, by what its instrument is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from journeys.instruments.answers import FilledForm
from journeys.instruments.definition import load_instrument
from journeys.interpret import extraction, interview, observation
from journeys.interpret.context import Context
from journeys.model.records import Claim, Node

FormReading = Callable[[], Iterator[Node | Claim]]
"""Gives all nodes and claims of one form; to be called when every form's subject is known."""


def reading_of(context: Context, form: FilledForm) -> FormReading | None:
    """How to read a form. Its subject (document, meeting, interview) is made known at once, so that every other form
    may name it; None, reported, for a form whose header does not say what it is about.
    """
    match load_instrument(form.instrument).about:
        case "Document":
            document = extraction.subject_of(context, form)
            return partial(extraction.interpret, context, document) if document else None
        case "Meeting":
            meeting = observation.subject_of(context, form)
            return partial(observation.interpret, context, meeting) if meeting else None
        case "DataSource":
            source = interview.subject_of(context, form)
            return partial(interview.interpret, context, source) if source else None
        case about:
            raise NotImplementedError(f"no interpreter reads forms about {about}")
