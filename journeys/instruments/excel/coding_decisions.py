"""The workbook in which a third person decides where coders differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from journeys.instruments.answers import FilledRow
from journeys.instruments.columns import InColumn, OutColumn
from journeys.instruments.excel.read_table import heading_by_words, read_table
from journeys.instruments.excel.write_sheet import KIND_NAME, BookOut
from journeys.instruments.files.cells import Cell
from journeys.instruments.files.workbook import read_workbook
from journeys.model.identity import folded
from journeys.model.problems import Address, Problem, Report, Severity

APPLIES, NOT = "the code applies", "the code does not apply"
KIND = "coding_decisions"
SHEET = "Disagreements"
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
    OutColumn("decided_by", "Decided by", "The initials of the person who decides.", 10),
    OutColumn("decided_on", "Decided on", "The date, such as 5 March 2026.", 14, as_typed=True),
    OutColumn("reason", "Reason", width=30),
    OutColumn("codings", "Codings (do not change)", "By this the program finds the codings again.", 16, as_typed=True),
)


def write_decisions(path: Path, rows: Iterable[Disagreement], *, notice: str | None = None) -> None:
    """Write the disagreements as a workbook to decide in. Raises OSError, JourneysError for what Excel cannot hold."""
    book = BookOut(notice)
    columns = [replace(each, name=_name(each.name)) for each in _COLUMNS]
    values = (
        (
            each.interview, each.code, each.label, each.coded_by, each.passage, each.not_by, each.other_passage,
            each.other_codes, each.decision, each.instead, each.decided_by, each.decided_on, each.reason,
            " ".join(each.codings),
        )
        for each in rows
    )  # fmt: skip
    book.table(book.sheet(SHEET), columns, values)
    book.save(path, {KIND_NAME: KIND})


def read_decisions(path: Path, *, name: str, report: Report) -> list[Decision] | None:
    """The decisions in a workbook, or None for one of another kind; rows without a decision are left out.

    Reported, at their cells: words that are no decision, a decision without initials, a row that no longer says which
    codings it is about. Raises UnreadableFile.
    """
    book = read_workbook(path, name=name, report=report)
    if book.properties.get(KIND_NAME) != KIND and not any(folded(page.name) == folded(SHEET) for page in book.sheets):
        return None
    needed = {"decision", "decided_by", "codings"}
    columns = [InColumn(each.name, _name(each.name), each.heading, each.name in needed) for each in _COLUMNS]
    sheet = next((page for page in book.sheets if heading_by_words(page, columns) is not None), None)
    if sheet is None:
        message = "The workbook has no table of disagreements any more."
        remedy = "Make it again with `journeys compare` and copy the decisions there."
        report(Problem("missing_sheet", Address(name), message, remedy))
        return []
    rows = (_decision(row, report) for row in read_table(book, sheet, columns, report))
    return [decision for decision in rows if decision is not None]


def _decision(row: FilledRow, report: Report) -> Decision | None:
    given = {name: cell for name, cell in row.values.items() if cell.text.strip()}
    said, instead = given.get("decision"), given.get("instead")
    if said is None and instead is None:
        if {"decided_by", "decided_on", "reason"} & given.keys():
            cell = next(given[name] for name in ("decided_by", "decided_on", "reason") if name in given)
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
    if "decided_by" not in given:
        at = said.address if said is not None else row.address
        remedy = "Write the initials of the person who decided under Decided by."
        report(Problem("missing_value", at, "The decision does not say who decided.", remedy))
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
        decided_by=given["decided_by"].text,
        decided_on=given["decided_on"].text if "decided_on" in given else None,
        reason=given["reason"].text if "reason" in given else None,
        address=said.address if said is not None else row.address,
    )


def _name(column: str) -> str:
    return f"_ej.{KIND}.{column}"
