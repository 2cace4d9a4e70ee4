"""The workbook in which a team says which entries are the same person or organisation: decisions/merges.xlsx."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from journeys.instruments.answers import FilledRow
from journeys.instruments.columns import OutColumn
from journeys.instruments.excel.decision_book import (
    DECIDED_BY,
    DECIDED_ON,
    OUT_COLUMNS,
    REASON,
    DecisionBook,
    says_all,
)
from journeys.instruments.files.workbook import Workbook
from journeys.model.identity import folded
from journeys.model.problems import Address, Problem, Report, Severity

Verdict = Literal["same", "not the same", "undecided"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
KIND, KEPT, KEPT_NAME, OTHER, OTHER_NAME, WHY, DECISION = (
    "kind", "kept", "kept_name", "other", "other_name", "why", "decision",
)  # fmt: skip
KINDS = {"person": "Actor", "organisation": "Organisation"}
"""The kinds of entries that can be merged, as the workbook names them, and their labels."""
_SAYS: dict[str, Verdict] = {
    **dict.fromkeys(("same", "yes", "the same", "same person"), "same"),
    **dict.fromkeys(("not the same", "not same", "no", "different"), "not the same"),
    **dict.fromkeys(("undecided", "not decided", "unclear", "?"), "undecided"),
}

MERGE_DECISIONS = DecisionBook(
    "merge_decisions",
    "Merges",
    (
        OutColumn(KIND, "Kind", "person (a group too) or organisation.", 12, tuple(KINDS)),
        OutColumn(KEPT, "Keep", "The id of the entry that stays.", 12, as_typed=True),
        OutColumn(KEPT_NAME, "Its name", "For reading only.", 24),
        OutColumn(OTHER, "Other", "The id of the other entry.", 12, as_typed=True),
        OutColumn(OTHER_NAME, "Name of the other", "For reading only.", 24),
        OutColumn(WHY, "Why they may be the same", "For reading only.", 44),
        OutColumn(DECISION, "Decision", "Left empty, nothing is decided.", 14, VERDICTS, True),
        *OUT_COLUMNS,
    ),
    frozenset({KEPT, OTHER, DECISION}),
    "entries that may be the same",
    "journeys merge",
)


@dataclass(frozen=True, slots=True)
class MergeDecision:
    """What somebody decided about two entries of one kind; ``kept`` and ``other`` are their ids as written, with the
    names that they had then."""

    label: str
    kept: str
    other: str
    verdict: Verdict
    decided_by: str
    decided_on: str
    reason: str
    address: Address
    kept_name: str = ""
    other_name: str = ""

    @property
    def words(self) -> str:
        """What was decided, by whom, when and why, and where it can be undone, in words."""
        kept, other = (
            f"{name} ({own})" if name and name != own else own
            for name, own in ((self.kept_name, self.kept), (self.other_name, self.other))
        )
        reason = self.reason.strip().rstrip(".")
        return (
            f"{other} is the same as {kept}: decided by {self.decided_by}, {self.decided_on} ({reason}). It can be "
            f"undone at {self.address}"
        )


def read_merge_decisions(book: Workbook, report: Report) -> list[MergeDecision]:
    """The decisions in a workbook of this kind; lines in which nothing is decided are left out.

    Reported, at their cells: words that are no decision; a decision without its entries, initials, date or reason.
    """
    found = (_decision(row, report) for row in MERGE_DECISIONS.rows(book, report))
    return [each for each in found if each is not None]


def verdict_of(words: str) -> Verdict | None:
    """The verdict that words say; None for words that say none."""
    return _SAYS.get(folded(words).strip(" ."))


def _decision(row: FilledRow, report: Report) -> MergeDecision | None:
    given = row.values
    said = given.get(DECISION)
    if said is None:
        if cell := next((given[name] for name in (DECIDED_BY, DECIDED_ON, REASON) if name in given), None):
            remedy = "Choose same, not the same or undecided under Decision."
            report(Problem("no_decision", cell.address, "The line has no decision.", remedy, Severity.WARNING))
        return None
    verdict = verdict_of(said.text)
    if verdict is None:
        remedy = "Write same, not the same or undecided."
        report(Problem("bad_value", said.address, f"{said.text!r} is not a decision.", remedy))
        return None
    kind = folded(given[KIND].text) if KIND in given else "person"
    if kind not in KINDS:
        report(
            Problem(
                "bad_value",
                given[KIND].address,
                f"{given[KIND].text!r} is not a kind.",
                "Write person or organisation.",
            )
        )
        return None
    if KEPT not in given or OTHER not in given:
        message, remedy = "The decision does not name two entries.", "Write the ids of both, as in the registers."
        report(Problem("missing_value", said.address, message, remedy))
        return None
    needed = {DECIDED_BY, DECIDED_ON, REASON} if verdict != "undecided" else set()
    if not says_all(row, needed, said.address, report):
        return None
    told = (DECIDED_BY, DECIDED_ON, REASON, KEPT_NAME, OTHER_NAME)
    who, when, why, *names = (given[name].text if name in given else "" for name in told)
    return MergeDecision(
        KINDS[kind], given[KEPT].text, given[OTHER].text, verdict, who, when, why, said.address, *names
    )
