"""The cases of a qualitative comparative analysis: journeys with a value for each condition and the outcome."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import networkx as nx

from journeys.analysis.claims.selection import LeftOut, Selection, select
from journeys.analysis.claims.short_ids import short_ids
from journeys.analysis.courses.stages import Carrier, journey_courses
from journeys.analysis.measures.qca_conditions import Finding, Rule, Surroundings, rules_of
from journeys.analysis.methods.qca.csv import qca_csv
from journeys.model.lens import Lens
from journeys.model.problems import UsageProblem
from journeys.model.schema import Schema

Silence = Literal["absent", "unknown"]
DEFAULT = ("CHAMPION", "CONTESTED", "DOCUMENTED", "VCF")
"""Few, for there are 2 to the power of their number of combinations, and seldom many cases."""

_REGISTERED = ("DOCUMENTED",)
"""What a register says, so that an empty cell is not known; of what claims tell, silence may be taken as absence."""


@dataclass(frozen=True, slots=True)
class QcaCases:
    """The cases by their short ids: ``names`` are shown, ``findings`` tell of each value what it rests on.

    ``values`` are the findings' own, but 0 for what nobody tells of where silence is taken as absence.
    """

    conditions: tuple[str, ...]
    outcome: str
    names: Mapping[Hashable, str]
    findings: Mapping[Hashable, Mapping[str, Finding]]
    values: Mapping[Hashable, Mapping[str, float | None]]
    left_out: tuple[LeftOut, ...]
    rules: Mapping[str, Rule]

    def claims(self, *cases: Hashable) -> tuple[str, ...]:
        """The claims behind all values of these cases, sorted."""
        return tuple(sorted({key for case in cases for each in self.findings[case].values() for key in each.claims}))

    def csv(self) -> str:
        """The cases for R's QCA: ``read.csv(file, row.names = 1)``; those that lack a value are not in it."""
        return qca_csv(self.values, self.conditions, self.outcome)


def qca_cases(
    graph: nx.MultiDiGraph[str],
    selection: Selection,
    *,
    conditions: Sequence[str] = DEFAULT,
    outcome: str = "ACTED_ON",
    of: Sequence[Carrier] = ("Evidence",),
    carried: bool = False,
    silence: Silence = "absent",
    schema: Schema | None = None,
) -> QcaCases:
    """The journeys of a site or all as cases.

    ``carried``: the outcome of a document counts for the evidence that it presents too. ``silence``: what nobody tells
    of is "absent" (0) or "unknown" (no value). Raises UsageProblem for a condition or outcome there is not.
    """
    lens = schema.lens if schema else Lens()
    rules = rules_of(lens)
    # What a condition is called under the shipped lens is still read.
    conditions = [name if name in rules else lens.column(name) for name in conditions]
    _check(rules, conditions, outcome)
    told, left = journey_courses(graph, selection, of=of, schema=schema)
    short = short_ids([journey.id for journey in told])
    around = Surroundings.of(select(graph, selection)[0])
    findings: dict[Hashable, dict[str, Finding]] = {
        short[journey.id]: {
            name: rules[name].find(journey, around, carried and rules[name].outcome) for name in (*conditions, outcome)
        }
        for journey in told
    }
    empty = None if silence == "unknown" else 0.0
    values: dict[Hashable, dict[str, float | None]] = {
        case: {
            name: empty if each.value is None and name not in _REGISTERED else each.value
            for name, each in found.items()
        }
        for case, found in findings.items()
    }
    names: dict[Any, str] = {short[journey.id]: journey.name for journey in told}
    return QcaCases(tuple(conditions), outcome, names, findings, values, left, rules)


def _check(rules: Mapping[str, Rule], conditions: Sequence[str], outcome: str) -> None:
    known, outcomes = ([name for name, rule in rules.items() if rule.outcome == wanted] for wanted in (False, True))
    for name in conditions:
        if name not in known:
            raise UsageProblem(f"There is no condition {name!r}. Write some of: {', '.join(known)}.")
    if not conditions or len(set(conditions)) < len(conditions):
        raise UsageProblem("Name at least one condition, and each only once.")
    if outcome not in outcomes:
        raise UsageProblem(f"There is no outcome {outcome!r}. Write one of: {', '.join(outcomes)}.")
