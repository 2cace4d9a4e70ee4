"""The workbook in which a third person decides where coders differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from journeys.instruments.answers import FilledRow
from journeys.instruments.columns import OutColumn
from journeys.instruments.excel.decision_book import (
    DECIDED_BY,
    DECIDED_ON,
    OUT_COLUMNS,
    REASON,
    DecisionBook,
    says_all,
    text_in,
)
from journeys.instruments.files.cells import Cell
from journeys.instruments.files.workbook import Workbook
from journeys.model.identity import folded
from journeys.model.problems import Address, Problem, Report, Severity

APPLIES, NOT = "the code applies", "the code does not apply"
_YES, _NO = {APPLIES, "applies", "yes", "y", "keep"}, {NOT, "does not apply", "no", "n", "remove"}


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One code that some coders gave a passage and others did not, and what has been decided about it.

    ``codings`` name the codings in question.
    """

    interview: str
    code: str
    label: str
    coded_by: str
    passage: str
    not_by: str
    other_passage: str | None
    other_codes: str
    codings: tuple[str, ...]
    decision: str | None = None
    instead: str | None = None
    decided_by: str | None = None
    decided_on: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class CodingComparison:
    """Where the coders of the same interviews differ: the interviews and coders compared, and each disagreement."""

    interviews: tuple[str, ...]
    coders: tuple[str, ...]
    disagreements: tuple[Disagreement, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about codings: whether the code applies, or which one does instead; who, when and why."""

    codings: tuple[str, ...]
    applies: bool
    instead: Cell | None
    decided_by: str
    decided_on: str | None
    reason: str | None
    address: Address


_COLUMNS = (
    OutColumn("interview", "Interview", width=16),
    OutColumn("code", "Code", width=9, as_typed=True),
    OutColumn("label", "Label", width=22),
    OutColumn("coded_by", "Coded by", width=9),
    OutColumn("passage", "Passage", "The passage as they marked it.", 50),
    OutColumn("not_by", "Not by", "Who coded the interview and did not give the passage this code.", 9),
    OutColumn("other_passage", "Passage of the others", "As the others marked it; empty where they coded nothing.", 50),
    OutColumn("other_codes", "Codes of the others", width=12, as_typed=True),
    OutColumn(
        "decision", "Decision", "Choose from the list. Left empty, nothing is decided.", 22, (APPLIES, NOT), True
    ),
    OutColumn("instead", "Code instead", "If a different code applies that nobody gave: its key.", 12, as_typed=True),
    *OUT_COLUMNS,
    OutColumn("codings", "Codings (do not change)", "By this the program finds the codings again.", 16, as_typed=True),
)


CODING_DECISIONS = DecisionBook(
    "coding_decisions",
    "Disagreements",
    _COLUMNS,
    frozenset({"decision", DECIDED_BY, "codings"}),
    "disagreements",
    "journeys compare",
)


def write_decisions(path: Path, rows: Iterable[Disagreement], *, notice: str | None = None) -> None:
    """Write the disagreements as a workbook to decide in. Raises OSError, JourneysError for what Excel cannot hold."""
    values = ({**asdict(each), "codings": " ".join(each.codings)} for each in rows)
    CODING_DECISIONS.write(path, values, notice=notice)


def read_decisions(book: Workbook, report: Report) -> list[Decision]:
    """The decisions in a workbook of this kind; rows without a decision are left out.

    Reported, at their cells: words that are no decision, a decision without initials, a row that no longer says which
    codings it is about.
    """
    rows = (_decision(row, report) for row in CODING_DECISIONS.rows(book, report))
    return [decision for decision in rows if decision is not None]


def _decision(row: FilledRow, report: Report) -> Decision | None:
    given = row.values
    said, instead = given.get("decision"), given.get("instead")
    if said is None and instead is None:
        if cell := next((given[name] for name in (DECIDED_BY, DECIDED_ON, REASON) if name in given), None):
            message, remedy = "The row has no decision.", f"Choose {APPLIES!r} or {NOT!r} under Decision."
            report(Problem("no_decision", cell.address, message, remedy, Severity.WARNING))
        return None
    words = folded(said.text) if said is not None else NOT
    if words not in _YES | _NO:
        assert said is not None
        remedy = f"Write {APPLIES!r} or {NOT!r}."
        report(Problem("bad_value", said.address, f"{said.text!r} is not a decision.", remedy))
        return None
    if words in _YES and instead is not None:
        message = f"The row says that the code applies, and names {instead.text!r} instead."
        report(Problem("bad_value", instead.address, message, "Take one of the two out."))
        return None
    at = said.address if said is not None else row.address
    if not says_all(row, {DECIDED_BY}, at, report):
        return None
    if "codings" not in given:
        message = "The row does not say which codings it is about: the last column is empty."
        remedy = "Make the workbook again with `journeys compare` and copy the decision there."
        report(Problem("missing_value", row.address, message, remedy))
        return None
    return Decision(
        codings=tuple(given["codings"].text.split()),
        applies=words in _YES,
        instead=instead,
        decided_by=given[DECIDED_BY].text,
        decided_on=text_in(row, DECIDED_ON),
        reason=text_in(row, REASON),
        address=at,
    )
