"""The columns of a form's table, for readers and for writers of any format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

CODES_HELP = "Codes of the codebook, by number or label; separate several with semicolons."
BEARS_ON_HELP = (
    "Rows of the summary tables, by id or by words that occur in one row only; separate several with semicolons. "
    "Before each you can write how, behind it how sure you are: supports T1-07 (high); contradicts T1-09."
)
ROWS_OF_TABLES = ("Finding", "ResearchQuestion")
"""The kinds of node that rows of the summary tables are: what a column *Bears on* offers."""
ONE_COLUMN = 85
"""Characters that fit on a page whatever the font; a wider column would be cut off in print, not made smaller."""


@dataclass(frozen=True, slots=True)
class InColumn:
    """A column to look for: its id, hidden name and heading, whether the table needs it, and its former headings.

    Of one that is ``optional`` nothing is said when it is missing.
    """

    id: str
    name: str
    heading: str
    needed: bool = False
    former: tuple[str, ...] = ()
    optional: bool = False

    @property
    def wordings(self) -> tuple[str, ...]:
        """The headings it is found by: as printed now or in earlier versions, or its id in words."""
        return self.heading, *self.former, self.id.replace("_", " ")


@dataclass(frozen=True, slots=True)
class OutColumn:
    """A column to be filled in: its hidden name, heading, comment, width in characters, and what a drop-down offers.

    ``strict`` refuses other words than ``offers`` has. ``as_typed`` keeps Excel from making a date of the pages "2-3"
    or a number of the document "1.10".
    """

    name: str
    heading: str
    comment: str = ""
    width: int = 18
    offers: tuple[str, ...] = ()
    strict: bool = False
    as_typed: bool = False


def rows_offered(known: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The rows of the summary tables among the names that drop-downs offer."""
    return tuple(name for label in ROWS_OF_TABLES for name in known.get(label, ()))
