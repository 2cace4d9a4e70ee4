"""The columns of a sheet of questions: for each part of an answer one, and one more for the study's lens."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from journeys.instruments.columns import BEARS_ON_HELP, CODES_HELP
from journeys.instruments.definition import Section
from journeys.model.definitions import NOT_STATED
from journeys.model.lens import GENERAL, SPECIFIC, Lens, lower_first

QUESTION = "question"


@dataclass(frozen=True, slots=True)
class QuestionColumn:
    """A column: its id, heading, width, help text, and which part of an answer it holds.

    ``needed``: without it no answer of its scope can be read. ``former`` are headings of earlier versions;
    of one that is ``optional`` nothing is said when it is missing.
    """

    id: str
    heading: str
    width: int
    help: str
    specific: bool = False
    needed: bool = False
    former: tuple[str, ...] = ()
    optional: bool = False

    def name(self, section: Section) -> str:
        """Its hidden name in workbooks."""
        return f"_ej.column.{section.id}.{self.id}"

    @property
    def as_typed(self) -> bool:
        """Whether Excel must not make a date or a number of what is typed (pages "2-3")."""
        return self.id in (*PLACE_OF.values(), *SOURCES_OF.values(), *CODES_OF.values(), *BEARS_ON_OF.values())


_ANSWER = "What you found, in words. Leave empty, without a status, if nobody has asked yet."
_STATUS = (
    "Answered; nothing found (looked for and not there, or the answer is no: a finding); not known yet (asked, still "
    "to be found out); not asked. An answer without a status counts as answered."
)
_PLACE = "Page or section of the document."
_SOURCES = "Interviews, observations or documents in the registers that say so; separate several with semicolons."


@cache
def question_columns(lens: Lens) -> tuple[QuestionColumn, ...]:
    """The columns of a sheet of questions that are asked in general and through a study's lens."""
    only = f"Only for questions that are also asked in relation to {lens.topic}; leave grey boxes empty."
    general, specific = (lens.headings[scope] for scope in (GENERAL, SPECIFIC))

    def of_lens(id_: str, what: str, width: int, help_: str, *, optional: bool = False) -> QuestionColumn:
        former = () if lens == Lens() else (f"{what} ({Lens().topic})",)
        heading = f"{what} ({lens.topic})"
        needed = id_ == "specific_status"
        return QuestionColumn(id_, heading, width, f"{help_} {only}", True, needed, former, optional)

    return (
        QuestionColumn(QUESTION, "Question", 46, "Rows can be moved; each is found by its wording or a hidden name."),
        QuestionColumn(GENERAL, _answer(general), 44, _ANSWER, needed=True, former=_former(GENERAL, lens)),
        QuestionColumn(
            SPECIFIC, _answer(specific), 44, f"{_ANSWER} {only}", True, needed=True, former=_former(SPECIFIC, lens)
        ),
        QuestionColumn("general_status", "Status", 15, _STATUS, needed=True),
        of_lens("specific_status", "Status", 15, _STATUS),
        QuestionColumn("place", "Page", 12, _PLACE),
        of_lens("specific_place", "Page", 12, _PLACE),
        QuestionColumn("sources", "Sources", 22, _SOURCES, former=("Sources (who says so)",)),
        of_lens("specific_sources", "Sources", 22, _SOURCES),
        QuestionColumn("codes", "Codes", 12, CODES_HELP, optional=True),
        of_lens("specific_codes", "Codes", 12, CODES_HELP, optional=True),
        QuestionColumn("bears_on", "Bears on", 18, BEARS_ON_HELP, optional=True),
        of_lens("specific_bears_on", "Bears on", 18, BEARS_ON_HELP, optional=True),
    )


def _answer(heading: str) -> str:
    return f"Answer ({lower_first(heading)})"


def _former(scope: str, lens: Lens) -> tuple[str, ...]:
    """The shipped heading, by which forms from before the study named its lens are read."""
    shipped = Lens().headings[scope]
    return () if lens.headings[scope] == shipped else (_answer(shipped),)


ANSWER_OF = {GENERAL: GENERAL, NOT_STATED: GENERAL, SPECIFIC: SPECIFIC}
STATUS_OF = {GENERAL: "general_status", NOT_STATED: "general_status", SPECIFIC: "specific_status"}
PLACE_OF = {GENERAL: "place", NOT_STATED: "place", SPECIFIC: "specific_place"}
CODES_OF = {GENERAL: "codes", NOT_STATED: "codes", SPECIFIC: "specific_codes"}
BEARS_ON_OF = {GENERAL: "bears_on", NOT_STATED: "bears_on", SPECIFIC: "specific_bears_on"}
SOURCES_OF = {GENERAL: "sources", NOT_STATED: "sources", SPECIFIC: "specific_sources"}
"""The column that holds each part of the answer for a scope."""


def columns_of(section: Section, lens: Lens) -> tuple[QuestionColumn, ...]:
    """The columns of a section's sheet; none for the lens where no field asks for it."""
    split = any(field.scope_split for field in section.fields)
    return tuple(
        column
        for column in question_columns(lens)
        if (section.needs_sources or column.id not in SOURCES_OF.values())
        and (section.has_pages or column.id not in PLACE_OF.values())
        and (split or not column.specific)
    )
