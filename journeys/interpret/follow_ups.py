"""Owner, date, state and closing word of follow-ups: kept in decisions/, applied at every load."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from journeys.instruments.excel.follow_ups import DUE, OWNER, STATE, STATES, WORD, FollowUpRow
from journeys.interpret.property_values import ValueReader, span_properties
from journeys.model.problems import Problem, Report, Severity
from journeys.model.records import Node, Value
from journeys.model.suggestions import did_you_mean

LABELS = ("Finding", "Extract", "Document")
"""What can be followed up: findings, answers that are not known yet, documents to source."""
_OPEN, _CLOSED = "open", "closed"


@dataclass(slots=True)
class FollowUps:
    """What people decided about follow-ups, by the id of each, and which of them the study still has."""

    _rows: dict[str, tuple[FollowUpRow, Mapping[str, Value]]] = field(default_factory=dict)
    _met: set[str] = field(default_factory=set)

    def add(self, rows: Sequence[FollowUpRow], values: ValueReader, researchers: Sequence[str], report: Report) -> int:
        """Take rows up; returns how many can be used. Reported at their cells: a state that there is not, one that is
        closed without a word, a date that is none, two rows about one follow-up that differ.
        """
        taken = 0
        for row in rows:
            held = _held(row, values, researchers, report)
            if held is None:
                continue
            other = self._rows.get(row.id)
            if other is not None and other[1] != held:
                message = f"This row and the one at {other[0].address} are about one follow-up and differ."
                report(Problem("contradictory_decision", row.address, message, "Keep one of the two."))
                continue
            self._rows[row.id] = (row, held)
            taken += 1
        return taken

    def applied(self, node: Node) -> Node:
        """A node with what was decided about it."""
        if node.label not in LABELS or node.id not in self._rows:
            return node
        self._met.add(node.id)
        held = self._rows[node.id][1]
        closed = {"status": _CLOSED} if node.label == "Finding" and held.get("follow_up_state") == _CLOSED else {}
        return replace(node, properties={**node.properties, **closed, **held})

    def report_unmet(self, report: Report) -> None:
        """Say which rows are about a follow-up that no form has any more."""
        for identity, (row, _) in self._rows.items():
            if identity not in self._met:
                named = f"{row.what[:70]!r}" if row.what else "This follow-up"
                message = f"{named} is in no form any more, so the row has no effect."
                remedy = (
                    "If its words were changed in the form, run `journeys report follow-ups --decisions` and copy what "
                    "you wrote to the new row; otherwise delete this one."
                )
                report(Problem("unmet_decision", row.address, message, remedy, Severity.WARNING))


def _held(
    row: FollowUpRow, values: ValueReader, researchers: Sequence[str], report: Report
) -> Mapping[str, Value] | None:
    """What the cells of a row say; None, reported, where something in it cannot be used."""
    state = _state(row, values, report)
    held: dict[str, Value] = {"follow_up_state": state} if state is not None else {}
    if (word := row.cells.get(WORD)) is not None:
        held["follow_up_word"] = word.text
    usable = state is not None and _word_fits(row, state, report)
    if (owner := row.cells.get(OWNER)) is not None:
        held["follow_up_owner"] = owner.text
        if researchers and owner.text.casefold() not in {each.casefold() for each in researchers}:
            message = f"{owner.text!r} is not among the researchers in study.yaml."
            remedy = f"Correct the initials, or add them there. There are: {', '.join(researchers)}."
            report(Problem("unknown_owner", owner.address, message, remedy, Severity.WARNING))
    if (due := row.cells.get(DUE)) is not None:
        span = values.dates.read(due, _but_future(report))
        usable = usable and span is not None
        held |= span_properties(span, "follow_up_due") if span is not None else {}
    return held if usable else None


def _state(row: FollowUpRow, values: ValueReader, report: Report) -> str | None:
    given = row.cells.get(STATE)
    if given is None:
        return _OPEN
    found = values.schema.terms("follow_up_state").term(given.text)
    if found is None:
        remedy = f"{did_you_mean(given.text, STATES)} Write open, in progress or closed.".strip()
        report(Problem("bad_value", given.address, f"{given.text!r} is not a state of a follow-up.", remedy))
    return found


def _word_fits(row: FollowUpRow, state: str, report: Report) -> bool:
    """Whether what is closed has a word on what came of it, and only that has one."""
    word, given = row.cells.get(WORD), row.cells.get(STATE)
    if state == _CLOSED and word is None and given is not None:
        message = "The follow-up is closed without a word on what came of it."
        remedy = "Write it under Closing word, or choose another state."
        report(Problem("missing_value", given.address, message, remedy))
        return False
    if state != _CLOSED and word is not None:
        message = "The row has a closing word, and its state is not closed."
        remedy = "Choose closed under State, or take the word out."
        report(Problem("not_closed", word.address, message, remedy, Severity.WARNING))
    return True


def _but_future(report: Report) -> Report:
    """A report without the remark that a date is after today: what is to be done is."""

    def said(problem: Problem) -> None:
        if problem.kind != "future_date":
            report(problem)

    return said
