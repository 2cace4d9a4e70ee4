"""The columns of *Who did what*, the rows that become edges: the same in every instrument."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from journeys.instruments.columns import BEARS_ON_HELP, ROWS_OF_TABLES, InColumn, OutColumn
from journeys.model.schema import Schema

SHEET = "Who did what"
DERIVED = "derived"
_SHORT = ("when", "place", "aspect_or_purpose", "grounds_or_manner", "details", "note")
"""Columns in which a spreadsheet would turn "5 March", "March 2011" or "10-11" into a date."""


@dataclass(frozen=True, slots=True)
class ClaimColumn:
    """A column: its id, heading, width, help text and vocabulary.

    ``former`` are headings of earlier versions; forms that have them are still read. Of one that is ``optional``
    nothing is said when it is missing.
    """

    id: str
    heading: str
    width: int
    help: str
    vocabulary: str | None = None
    offers_labels: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    optional: bool = False

    @property
    def name(self) -> str:
        """Its hidden name in workbooks."""
        return f"_ej.rows.{self.id}"

    @property
    def as_typed(self) -> bool:
        """Whether Excel must not make a date or a number of what is typed (a document "1.10", pages "2-3")."""
        return bool(self.offers_labels) or self.id in _SHORT


_NAMES = (
    "A name, id or alias from the registers; separate several with semicolons. If empty: the subject of this form. A "
    "driver, factor, action or understanding does not need a register entry and can start with its kind: "
    "Barrier: …, Policy: …"
)

CLAIM_COLUMNS = (
    ClaimColumn("who", "Who", 22, _NAMES, offers_labels=("Actor", "Arena", "Organisation")),
    ClaimColumn("did_what", "Did what", 24, "Choose from the list. A row without a verb cannot be read."),
    ClaimColumn("to_what", "To what", 28, _NAMES, offers_labels=("Document", "Evidence")),
    ClaimColumn(
        "at_meeting", "At which meeting", 22, "One meeting from the registers. On an observation sheet, leave "
        "empty for the meeting observed.", offers_labels=("Meeting",),
    ),
    ClaimColumn("when", "When", 20, "2011-03-05, March 2011, before June 2011, n.d. If empty: the date "
                                    "of the meeting."),
    ClaimColumn("aspect_or_purpose", "Aspect or purpose", 26, "Which aspect was contested, what it was used for, …"),
    ClaimColumn("grounds_or_manner", "Grounds or manner", 26, "On what grounds, in what manner, by what means, …"),
    ClaimColumn(
        "details", "Details", 24,
        "Other details of the verb, such as: outcome = withdrawn; use type = post hoc; status = to follow up",
    ),
    ClaimColumn("scope", "Scope", 16, "General, ethnicity-specific, or both.", "scope"),
    ClaimColumn(
        "source", "Source", 20, "The interview, observation or document in the registers that says so; separate "
        "several with semicolons. If empty: the form's own document, observation or interview.",
        offers_labels=("DataSource",),
    ),
    ClaimColumn("place", "Place", 14, "Page, line or time in the source."),
    ClaimColumn("quote", "Quote", 44, "The words of the source that support it."),
    ClaimColumn("mode", "Mode", 18, "How the words were recorded.", "mode"),
    ClaimColumn("confidence", "Confidence", 14, "How sure you are.", "confidence"),
    ClaimColumn(
        "not_so", "Reported not to have happened", 16, "Write yes if the source reports that this did NOT happen.",
        former=("Found not to be so",),
    ),
    ClaimColumn("note", "Note", 30, "Anything else."),
    ClaimColumn(
        "bears_on", "Bears on", 22, f"What the quote bears on. {BEARS_ON_HELP}",
        offers_labels=ROWS_OF_TABLES, optional=True,
    ),
)  # fmt: skip


def in_columns() -> list[InColumn]:
    """The columns as a reader looks for them."""
    return [InColumn(c.id, c.name, c.heading, c.id == "did_what", c.former, optional=c.optional) for c in CLAIM_COLUMNS]


def offers(schema: Schema, column: ClaimColumn, known: Mapping[str, Sequence[str]]) -> tuple[tuple[str, ...], bool]:
    """What the drop-down of a column offers, and whether other words are refused.

    ``known`` gives the names in the registers by node label.
    """
    if column.id == "did_what":
        return tuple(kind.phrase for kind in schema.claims.values() if kind.asserted), True
    if column.id == "not_so":
        return ("yes", "no"), True
    if column.vocabulary is not None:
        terms = schema.terms(column.vocabulary).terms.values()
        return tuple(term.label for term in terms if term.name != DERIVED), True
    return tuple(dict.fromkeys(name for label in _labels(schema, column) for name in known.get(label, ()))), False


def _labels(schema: Schema, column: ClaimColumn) -> tuple[str, ...]:
    """The node labels whose names a column offers; for the two ends, all that a verb of the list can join."""
    kinds = [kind for kind in schema.claims.values() if kind.asserted]
    ends = {
        "who": [label for kind in kinds for label in schema.labels(kind.from_labels)],
        "to_what": [label for kind in kinds for label in schema.labels(kind.to_labels)],
    }
    return tuple(dict.fromkeys((*column.offers_labels, *ends.get(column.id, ()))))


def out_columns(schema: Schema, known: Mapping[str, Sequence[str]]) -> list[OutColumn]:
    """The columns as a writer makes them."""
    made = []
    for column in CLAIM_COLUMNS:
        offered, strict = offers(schema, column, known)
        help_ = schema.lens.in_words(column.help)
        made.append(OutColumn(column.name, column.heading, help_, column.width, offered, strict, column.as_typed))
    return made
