"""Decisions of a third person about codings on which coders differ: kept in decisions/, applied at every load."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from journeys.model.phrases import counted
from journeys.model.problems import Problem, Report, Severity
from journeys.model.records import Value

if TYPE_CHECKING:
    from journeys.instruments.excel.coding_decisions import Decision

REJECTED = "CODING_REJECTED"
"""The claim kind of a rejected coding; CODED_AS holds only codings that count."""
APPLIES, APPLIES_NOT, INSTEAD = "applies", "does not apply", "instead of another code"
"""The decision that is stored with a coding; the last is for a coding that no coder had made."""


@dataclass(slots=True)
class CodingDecisions:
    """The decisions of a study by the id of the coding that each is about, and which of them were met with."""

    _by_coding: dict[str, Decision] = field(default_factory=dict)
    _met: set[str] = field(default_factory=set)

    def add(self, decisions: Iterable[Decision], report: Report) -> None:
        """Take decisions up; one that contradicts another about the same coding is reported with both cells."""
        for decision in decisions:
            for coding in decision.codings:
                other = self._by_coding.setdefault(coding, decision)
                if _what(other) != _what(decision):
                    message = f"This decision contradicts the one at {other.address}."
                    remedy = "Keep one of the two, and empty the other's Decision and Code instead."
                    report(Problem("contradictory_decision", decision.address, message, remedy))
                    break

    def about(self, coding: str) -> Decision | None:
        """The decision about a coding, by its id; None for one that nobody decided."""
        decision = self._by_coding.get(coding)
        if decision is not None:
            self._met.add(coding)
        return decision

    def report_unmet(self, report: Report) -> None:
        """Say of which decisions no coding is left, as the passage, its place or its coder have changed since."""
        for decision, missing in self._unmet():
            of = counted(len(missing), "coding")
            message = f"{of} that this decision is about can no longer be found, so it has no effect there."
            remedy = "The passage, its place or its coder was changed. Run `journeys compare` again and decide anew."
            report(Problem("unmet_decision", decision.address, message, remedy, Severity.WARNING))

    def _unmet(self) -> Iterator[tuple[Decision, list[str]]]:
        told: dict[int, tuple[Decision, list[str]]] = {}
        for coding, decision in self._by_coding.items():
            if coding not in self._met:
                told.setdefault(id(decision), (decision, []))[1].append(coding)
        yield from told.values()


def decided(decision: Decision) -> Mapping[str, Value]:
    """What a coding keeps of the decision about it."""
    held = {
        "decision": APPLIES if decision.applies else APPLIES_NOT,
        "decided_by": decision.decided_by,
        "decided_on": decision.decided_on,
        "decision_reason": decision.reason,
    }
    return {name: value for name, value in held.items() if value is not None}


def _what(decision: Decision) -> tuple[bool, str | None]:
    return decision.applies, decision.instead.text if decision.instead else None
