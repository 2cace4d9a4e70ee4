"""Rows of the summary tables that the team has closed or reopened: kept in decisions/, applied at every load."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from journeys.instruments.excel.row_decisions import RowDecision
from journeys.model.dates import DateSpan
from journeys.model.order import describe
from journeys.model.phrases import counted, one_of
from journeys.model.problems import Address, Problem, Report, Severity
from journeys.model.records import Value

_PLACES = 3


@dataclass(frozen=True, slots=True)
class _Dated:
    decision: RowDecision
    when: DateSpan

    @property
    def words(self) -> str:
        """The decision in words: "closed on 5 March 2026 by AB: confirmed at all sites"."""
        done = "closed" if self.decision.closes else "reopened"
        return f"{done} {_on(self.when)} by {self.decision.decided_by}: {self.decision.reason}"


@dataclass(slots=True)
class RowDecisions:
    """The decisions of a study by the id of the row that each is about, in the order of their dates."""

    _of_row: defaultdict[str, list[_Dated]] = field(default_factory=lambda: defaultdict(list))

    def add(self, row_id: str, decision: RowDecision, when: DateSpan) -> None:
        """Take a decision up; those of one day count in the order in which they are added."""
        self._of_row[row_id].append(_Dated(decision, when))
        self._of_row[row_id].sort(key=lambda each: each.when.date_from or each.when.date_to or date.min)

    @property
    def rows(self) -> Sequence[str]:
        """The ids of the rows about which something was decided."""
        return [*self._of_row]

    def held(self, row_id: str) -> Mapping[str, Value]:
        """What the row keeps of the decisions about it: its status, and all of them in words."""
        decisions = self._of_row.get(row_id)
        if not decisions:
            return {"status": "open"}
        last = decisions[-1]
        return {
            "status": "closed" if last.decision.closes else "open",
            "decisions": [each.words for each in decisions],
        }

    def report_repeated(self, report: Report) -> None:
        """Say which rows were closed when they were closed already, or reopened when they were open."""
        for row_id, decisions in self._of_row.items():
            closed = False
            for each in decisions:
                if each.decision.closes == closed:
                    state = "closed already" if closed else "open"
                    message = f"On this date {row_id} is {state}, so the decision changes nothing."
                    remedy = "Check the date and the decisions about the row before it."
                    report(Problem("no_change", each.decision.address, message, remedy, Severity.WARNING))
                closed = each.decision.closes

    def report_borne_on(self, borne_on: Mapping[str, Sequence[Address]], report: Report) -> None:
        """Say of each closed row what bears on it, by the places where that is written."""
        for row_id, decisions in self._of_row.items():
            places = list(dict.fromkeys(map(str, borne_on.get(row_id, ()))))
            last = decisions[-1]
            if not (last.decision.closes and places):
                continue
            more = len(places) - _PLACES
            listed = one_of([*places[:_PLACES], *([counted(more, "more place")] if more > 0 else [])], "and")
            found = f"Evidence bears on it in {counted(len(places), 'place')}: {listed}."
            message = f"{row_id} was {last.words.rstrip('.')}. {found}"
            remedy = "If any of it is new, reopen the row; otherwise nothing needs to be done."
            report(Problem("closed_row", last.decision.address, message, remedy, Severity.WARNING))


def _on(when: DateSpan) -> str:
    """A date as it follows "closed": "on 5 March 2026", "in March 2026"."""
    said = describe(when)
    if when.date_from is not None and when.date_from == when.date_to:
        return f"on {said}"
    return f"in {said}" if said[:1].isupper() or said[:1].isdigit() else said  # "March 2011"; "before 1 June 2011"
