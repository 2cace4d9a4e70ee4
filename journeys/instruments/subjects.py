"""What a form can be about, and which fields its instrument must have for an interpreter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FormSubject:
    """What an interpreter reads: ``header`` are the fields that it cannot do without.

    ``tables`` are the tables that it knows; ``questions`` says whether it reads sections of questions, ``asks`` whether
    these may have questions inside a box.
    """

    header: tuple[str, ...]
    tables: tuple[str, ...] = ()
    questions: bool = True
    asks: bool = False


SUBJECTS: Mapping[str, FormSubject] = {
    "Document": FormSubject(("case_study_and_site", "document_number", "name_of_document"), asks=True),
    "Meeting": FormSubject(
        ("case_study", "meeting_group_name", "date"), tables=("people_present", "notes", "reflection")
    ),
    "CaseStudy": FormSubject(("case_study_and_site",), tables=("phases", "journey_steps"), asks=True),
    "DataSource": FormSubject(("source",), tables=("passages",), questions=False),
}
"""By the node label that an instrument is about; ``interpret.form_interpreters`` has an interpreter for each."""
