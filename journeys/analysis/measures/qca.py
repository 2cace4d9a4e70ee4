"""Which combinations of conditions go with a piece of evidence being acted on: qualitative comparative analysis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import networkx as nx

from journeys.analysis.claims.selection import LeftOut, Selection
from journeys.analysis.courses.stages import Carrier, counted_journeys
from journeys.analysis.measures.qca_cases import DEFAULT, QcaCases, Silence, qca_cases
from journeys.analysis.measures.qca_conditions import condition_words
from journeys.analysis.measures.table import MeasureRow, MeasureTable, small_n
from journeys.analysis.methods.qca.fit import necessity
from journeys.analysis.methods.qca.minimise import minimise
from journeys.analysis.methods.qca.truth_table import TruthTable, truth_table
from journeys.model.schema import Schema

_FOR_R = "As csv this is what R's QCA reads: data <- read.csv(file, row.names = 1)."
_CODES = {"1": "positive", "0": "negative", "C": "contradictory", "?": "too few cases"}


def qca(
    graph: nx.MultiDiGraph[str],
    selection: Selection,
    *,
    conditions: Sequence[str] = DEFAULT,
    outcome: str = "ACTED_ON",
    of: Sequence[Carrier] = ("Evidence",),
    carried: bool = False,
    silence: Silence = "absent",
    consistency: float = 0.8,
    n_cut: int = 1,
    schema: Schema | None = None,
) -> tuple[MeasureTable, ...]:
    """The cases, their truth table, what is necessary, and the solutions, for the journeys of a site or all.

    ``carried``: the outcome of a document counts for the evidence that it presents too. ``silence``: a condition
    without claims is "absent" (0), or "unknown", and then the case is left out. Raises UsageProblem for a condition or
    outcome there is not.
    """
    cases = qca_cases(
        graph,
        selection,
        conditions=conditions,
        outcome=outcome,
        of=of,
        carried=carried,
        silence=silence,
        schema=schema,
    )
    table = truth_table(cases.values, cases.conditions, outcome, consistency=consistency, n_cut=n_cut)
    shared: dict[str, Any] = {
        "n": {"cases": len(table.cases), "claims": len(cases.claims(*(case.name for case in table.cases)))},
        "left_out": (*cases.left_out, *_incomplete(table, cases)),
        "notes": (
            *_notes(table, cases, silence, carried),
            counted_journeys(graph, selection, of),
            *small_n(len(table.cases), "cases"),
        ),
    }
    return (
        _cases_table(table, cases, shared),
        _truth_table(table, cases, shared),
        _necessity(table, cases, shared),
        _solutions(table, cases, shared),
    )


def _cases_table(table: TruthTable, cases: QcaCases, shared: Mapping[str, Any]) -> MeasureTable:
    names = (*table.conditions, table.outcome)
    return MeasureTable(
        name="cases",
        title="The cases",
        columns={
            "case": "the document or piece of evidence",
            "case_id": "its name in the file for R",
            **{name: f"1 if {cases.rules[name].definition}, else 0" for name in names},
        },
        rows=tuple(
            MeasureRow(
                (cases.names[case.name], case.name, *map(int, (*case.conditions, case.outcome))),
                cases.claims(case.name),
            )
            for case in table.cases
        ),
        method="Crisp sets by the rules that the columns tell; Ragin (1987).",
        csv=cases.csv(),
        **{**shared, "notes": (_FOR_R, *shared["notes"])},
    )


def _truth_table(table: TruthTable, cases: QcaCases, shared: Mapping[str, Any]) -> MeasureTable:
    return MeasureTable(
        name="truth_table",
        title=f"Truth table for the outcome: {condition_words(table.outcome)}",
        columns={
            **{name: f"1 if {cases.rules[name].definition}, else 0" for name in table.conditions},
            "code": "1 positive (goes with the outcome), 0 negative, C contradictory, ? too few cases",
            "meaning": "the code in words",
            "n": "number of cases",
            "consistency": "consistency: share of these cases with the outcome, 0 to 1",
            "pri": "PRI: consistency, reduced by what is consistent with its absence too",
            "cases": "the cases",
        },
        rows=tuple(
            MeasureRow(
                (
                    *row.values,
                    row.code,
                    _CODES[row.code],
                    row.n,
                    row.consistency,
                    row.pri,
                    [cases.names[case] for case in row.cases],
                ),
                cases.claims(*row.cases),
            )
            for row in table.rows
        ),
        method="Truth table: Ragin (1987, 2008); contradictions: Rihoux & De Meur (2009).",
        **shared,
    )


def _necessity(table: TruthTable, cases: QcaCases, shared: Mapping[str, Any]) -> MeasureTable:
    outcome = [case.outcome for case in table.cases]
    rows = []
    for place, name in enumerate(table.conditions):
        for sign in ("", "~"):
            values = [case.conditions[place] for case in table.cases]
            member = [1 - value for value in values] if sign else values
            fit = necessity(member, outcome)
            mine = [case.name for case, value in zip(table.cases, member, strict=True) if value > 0.5]
            claims = cases.claims(*mine)
            rows.append(MeasureRow((f"{sign}{name}", fit.consistency, fit.coverage, fit.relevance), claims))
    return MeasureTable(
        name="necessity",
        title=f"Necessary conditions for the outcome: {condition_words(table.outcome)}",
        columns={
            "condition": "the condition; ~ its absence",
            "consistency": "consistency: share of cases with the outcome that have the condition; empty without any",
            "coverage": "coverage: share of cases with the condition that have the outcome",
            "relevance": "relevance of necessity: low if nearly every case has it (trivially necessary)",
        },
        rows=tuple(rows),
        method="Ragin (2006); relevance: Schneider & Wagemann (2012).",
        **shared,
    )


def _solutions(table: TruthTable, cases: QcaCases, shared: Mapping[str, Any]) -> MeasureTable:
    rows = [
        MeasureRow(
            (
                kind,
                number,
                str(term),
                term.consistency,
                term.pri,
                term.coverage,
                term.unique_coverage,
                solution.consistency,
                solution.coverage,
                [cases.names[case] for case in term.cases],
            ),
            cases.claims(*term.cases),
        )
        for kind, remainders in (("conservative", False), ("parsimonious", True))
        for number, solution in enumerate(minimise(table, remainders=remainders), start=1)
        for term in solution.terms
    ]
    nothing = () if rows else ("No combination is consistent with the outcome, so there is no solution.",)
    return MeasureTable(
        name="solutions",
        title=f"Solution for the outcome: {condition_words(table.outcome)}",
        columns={
            "solution": "conservative: observed combinations only; parsimonious: others may be assumed either way",
            "model": "number of the model; several models can be equally short",
            "term": "* and, ~ not; 1 always",
            "consistency": "consistency: share of cases with the term that have the outcome",
            "pri": "PRI: consistency, reduced by what is consistent with its absence too",
            "coverage": "raw coverage: share of cases with the outcome that have the term",
            "unique_coverage": "unique coverage: covered by no other term",
            "solution_consistency": "of the whole solution",
            "solution_coverage": "of the whole solution",
            "cases": "cases with the term",
        },
        rows=tuple(rows),
        method="Minimisation: Quine (1952), McCluskey (1956), Ragin (1987); scores: Ragin (2006, 2008).",
        **{**shared, "notes": (*nothing, *shared["notes"])},
    )


def _incomplete(table: TruthTable, cases: QcaCases) -> tuple[LeftOut, ...]:
    return tuple(
        LeftOut(f"{cases.names[case]}: not known is {', '.join(map(condition_words, lacking))}", cases.claims(case))
        for case, lacking in table.left_out
    )


def _notes(table: TruthTable, cases: QcaCases, silence: Silence, carried: bool) -> tuple[str, ...]:
    notes = [
        "A condition that no source mentions counts as absent. --option silence=unknown leaves such cases out."
        if silence == "absent"
        else "Cases with a condition that is not recorded are left out."
    ]
    if carried:
        notes.append("The outcome of a document also counts for the evidence that it presents.")
    for place, name in enumerate(table.conditions):
        if len({case.conditions[place] for case in table.cases}) == 1:
            notes.append(f"“{condition_words(name)}” is the same in all cases, so it cannot explain anything.")
    if len({case.outcome for case in table.cases}) == 1:
        notes.append(f"“{condition_words(table.outcome)}” is the same in all cases, so there is nothing to explain.")
    possible = 2 ** len(table.conditions)
    occur = "occurs" if len(table.rows) == 1 else "occur"
    notes.append(
        f"Of {possible} combinations of conditions {len(table.rows)} {occur}. There are no cases of the "
        "others (logical remainders)."
    )
    if contradictory := sum(row.code == "C" for row in table.rows):
        notes.append(f"Contradictory combinations: {contradictory}. Add a condition that separates their cases.")
    known = {case.name for case in table.cases}
    disputed = [
        f"{cases.names[case]} ({condition_words(name)})"
        for case, found in cases.findings.items()
        if case in known
        for name, each in found.items()
        if each.disputed
    ]
    if disputed:
        notes.append(
            f"Reported both to have happened and not to have happened; counted as happened: {', '.join(disputed)}."
        )
    return tuple(notes)
