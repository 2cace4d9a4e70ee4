"""The summary tables while a study is read: what bears on which of their rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from journeys.instruments.bears_on import BearingReader, ReadBearing
from journeys.instruments.excel.row_decisions import RowDecision
from journeys.instruments.files.cells import Cell
from journeys.instruments.summary_tables import SummaryRow, SummaryTables, shipped_summary_tables
from journeys.interpret.row_decisions import RowDecisions
from journeys.model.dates import DateSpan
from journeys.model.problems import Address, Problem, Report, Severity
from journeys.model.schema import Schema, load_schema
from journeys.model.suggestions import did_you_mean

FILLS, INSTANCE = "fills_gap", "instance"
_IMPLIED = {"gap": FILLS, "look_for": INSTANCE}
"""What bearing on a row means where nobody says how: a finding can be supported or contradicted, these cannot."""


@dataclass
class TablesInUse:
    """The summary tables of a study in the course of being read; ``used`` are the rows that are borne on,
    by their ids, with the places where that is written; ``decisions`` the rows that the team closed or reopened.
    """

    tables: SummaryTables = field(default_factory=shipped_summary_tables)
    schema: Schema = field(default_factory=load_schema)
    used: dict[str, list[Address]] = field(default_factory=dict)
    decisions: RowDecisions = field(default_factory=RowDecisions)

    @property
    def in_graph(self) -> bool:
        """Whether the graph holds the tables: where something bears on a row or was decided about one, or the study
        has tables of its own.
        """
        return bool(self.used) or bool(self.decisions.rows) or self.tables.file is not None

    def bear_on(self, row: SummaryRow, address: Address) -> None:
        """Note that what is written at a place bears on a row."""
        self.used.setdefault(row.id, []).append(address)

    def decide(self, decision: RowDecision, when: DateSpan | None, report: Report) -> None:
        """Take up a decision about a row; one about none is reported. ``when`` is None for a date that was reported."""
        row = self._reader.named(decision.row.text)
        if row is None:
            message = f"{decision.row.text!r} is not a row of the summary tables."
            remedy = f"Write the id of a row, such as T1-07.{did_you_mean(decision.row.text, self.tables.rows)}"
            report(Problem("unknown_row", decision.row.address, message, remedy))
        elif when is not None:
            self.decisions.add(row.id, decision, when)

    def report_decided(self, report: Report) -> None:
        """Say what decisions change nothing, and which closed rows something bears on."""
        self.decisions.report_repeated(report)
        self.decisions.report_borne_on(self.used, report)

    @cached_property
    def _reader(self) -> BearingReader:
        return BearingReader(self.tables, self.schema.terms("bearing"), self.schema.terms("confidence"))

    def read(
        self, given: Cell, how: str | None, how_at: Cell | None, sure: str | None, report: Report
    ) -> list[tuple[SummaryRow, str | None, str | None]]:
        """The rows that a cell names, each with how it is borne on and how sure that is; flaws are reported.

        ``how`` and ``sure`` hold for entries that do not say it themselves; ``how_at`` is where ``how`` stands.
        """
        found = []
        for entry in self._reader.read(given.text):
            if entry.message:
                kind = "unknown_row" if entry.row is None else "row_assumed"
                severity = Severity.ERROR if entry.row is None else Severity.WARNING
                report(Problem(kind, given.address, entry.message, entry.remedy, severity))
            if entry.row is None:
                continue
            fits, direction = self._direction(entry, entry.row, given, how, how_at, report)
            if fits:
                found.append((entry.row, direction, entry.confidence or sure))
        return found

    def _direction(
        self, entry: ReadBearing, row: SummaryRow, given: Cell, how: str | None, how_at: Cell | None, report: Report
    ) -> tuple[bool, str | None]:
        """Whether an entry can bear on its row as it says, reported if not; and how, None where nobody says."""
        words = self.schema.terms("bearing").terms
        if entry.direction and how and entry.direction != how:
            message = f"{entry.written!r} says {words[entry.direction].label.lower()!r}; the cell beside it says "
            message += f"{words[how].label.lower()!r}."
            report(Problem("two_bearings", given.address, message, "Leave one of the two out."))
            return False, None
        direction = entry.direction or how or _IMPLIED.get(row.kind)
        at = given if entry.direction or how_at is None else how_at
        if (direction == FILLS and row.kind != "gap") or (direction == INSTANCE and row.kind != "look_for"):
            what = {"emerging": "a finding", "gap": "a gap", "look_for": "something to look for"}
            message = f"{row.id} is {what.get(row.kind, 'a research question')}, so {words[direction].label.lower()!r} "
            remedy = f"Write {one_way(row)}, or name a different row."
            report(Problem("bad_bearing", at.address, f"{message}does not fit it.", remedy))
            return False, None
        if direction is None and row.kind == "emerging":
            message = f"It is not said whether this supports or contradicts {row.shown}."
            remedy = f"Write 'supports {row.id}' or 'contradicts {row.id}'."
            report(Problem("no_bearing", given.address, message, remedy, Severity.WARNING))
        return True, direction


def one_way(row: SummaryRow) -> str:
    """How something can bear on a row, in words."""
    either = "'supports' or 'contradicts'"
    return {"gap": f"'fills the gap', {either}", "look_for": f"'an instance of what to look for', {either}"}.get(
        row.kind, either
    )
