"""What was filled into a form, as written, with addresses; ``interpret`` gives it a meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as _field
from typing import Literal, get_args

from journeys.instruments.files.cells import Cell
from journeys.model.problems import Address

AnswerStatus = Literal["answered", "nothing_found", "not_known_yet", "not_asked"]
STATUSES: tuple[AnswerStatus, ...] = get_args(AnswerStatus)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to one question, or to one of the questions inside a box (``ask``), for one scope.

    ``given`` is None where nothing was written; ``place`` is the page, ``sources`` who says so, ``codes`` its codes,
    ``bears_on`` the rows of the summary tables that it bears on.
    """

    field: str
    ask: str | None
    scope: str
    status: AnswerStatus
    given: Cell | None
    place: Cell | None = None
    sources: Cell | None = None
    codes: Cell | None = None
    bears_on: Cell | None = None
    address: Address = _field(default=Address(), compare=False)


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A filled row of a table: what was written in each of its columns."""

    values: Mapping[str, Cell]
    address: Address = _field(default=Address(), compare=False)


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form that was filled in: the header, the answers, the rows of each of its tables and of *Who did what*."""

    instrument: str
    version: int
    file: str
    header: Mapping[str, Cell] = _field(default_factory=dict)
    answers: tuple[Answer, ...] = ()
    claim_rows: tuple[FilledRow, ...] = ()
    tables: Mapping[str, tuple[FilledRow, ...]] = _field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many answers and rows are filled in."""
        return len(self.answers) + len(self.claim_rows) + sum(map(len, self.tables.values()))

    @property
    def blank(self) -> bool:
        """Whether nothing at all is filled in."""
        return not (self.header or self.size)
