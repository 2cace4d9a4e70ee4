"""What a form can be about, and which fields its instrument must have for an interpreter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from journeys.instruments.table_definition import register_sheets


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


COLLECTED: Mapping[str, str] = {
    "interviews": "designation_role",
    "documents": "title",
    "observations": "description",
    "group_discussions": "description",
    "other": "description",
}
"""The tables of a data collection summary, each with the column in which a row of the program has its mark."""
NAMED_BY: Mapping[str, str] = {table: "number" if table == "documents" else "source" for table in COLLECTED}
"""The column of each of these tables that names what a row is about."""

SUBJECTS: Mapping[str, FormSubject] = {
    "Document": FormSubject(("case_study_and_site", "document_number", "name_of_document"), asks=True),
    "Meeting": FormSubject(
        ("case_study", "meeting_group_name", "date"), tables=("people_present", "notes", "reflection")
    ),
    "CaseStudy": FormSubject(("case_study_and_site",), tables=("phases", "journey_steps", *COLLECTED), asks=True),
    "DataSource": FormSubject(("source",), tables=("passages",), questions=False),
}
"""By the node label that an instrument is about; ``interpret.form_interpreters`` has an interpreter for each."""

FORM_KIND = "researchers_form"
"""The kind of source that a form of the team's own account is: read and shown like others, and counted nowhere."""

ABOUT = "about"
"""The field of the header that names what a form about any other kind of thing in the registers is about."""


def subject_for(label: str) -> FormSubject | None:
    """What the interpreter of forms about things of this label reads; None for what no form can be about."""
    if label in SUBJECTS:
        return SUBJECTS[label]
    return FormSubject((ABOUT,), asks=True) if label in subject_labels() else None


def subject_labels() -> list[str]:
    """The labels of what a form can be about: whatever the registers list."""
    return [*SUBJECTS, *(sheet.node for sheet in register_sheets() if sheet.node not in SUBJECTS)]
