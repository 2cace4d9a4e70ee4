"""The truth table of qualitative comparative analysis: which combinations of conditions go with an outcome."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

from journeys.analysis.methods.qca.fit import Cases, membership_of, sufficiency

Code = Literal["1", "0", "C", "?"]

_SLACK = 1e-9
"""How far a computed score may fall short of a cut-off by rounding alone."""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case with all its values known, in the order of the table's conditions."""

    name: Hashable
    conditions: tuple[float, ...]
    outcome: float


@dataclass(frozen=True, slots=True)
class Configuration:
    """A row of the truth table: 1 or 0 for each condition, and what the cases say about it.

    ``code`` is "1" (goes with the outcome), "0" (does not), "C" (contradictory) or "?" (remainder: too few cases).
    ``cases`` are those with more than 0.5 membership, in text order. ``consistency`` and ``pri`` are over all cases;
    None where nothing has any membership.
    """

    values: tuple[int, ...]
    code: Code
    cases: tuple[Hashable, ...]
    consistency: float | None
    pri: float | None

    @property
    def n(self) -> int:
        """The number of cases."""
        return len(self.cases)


@dataclass(frozen=True, slots=True)
class TruthTable:
    """The rows in binary order (the last condition changing fastest), and the cases they rest on.

    ``left_out`` names the cases that lack a value, each with the conditions (or outcome) not known. ``undecided``
    are cases with exactly 0.5 in some condition: they lie in no row but count in every score.
    """

    conditions: tuple[str, ...]
    outcome: str
    rows: tuple[Configuration, ...]
    cases: tuple[CaseRow, ...]
    left_out: tuple[tuple[Hashable, tuple[str, ...]], ...]
    undecided: tuple[Hashable, ...]


def truth_table(
    cases: Cases,
    conditions: Sequence[str],
    outcome: str,
    *,
    consistency: float = 0.8,
    n_cut: int = 1,
    contradiction: float | None = None,
    remainders: bool = False,
) -> TruthTable:
    """The truth table of ``outcome`` over all configurations of ``conditions`` (Ragin 1987, 2008).

    ``cases`` gives each case its values, 0 or 1 (crisp) or between (fuzzy); None, NaN or no entry is not known, and
    the case is left out. "~" before the outcome takes its negation. A case belongs to the configuration in which its
    membership, the least of its (negated) values, is over 0.5. Raw consistency is sum min(x, y) / sum x over all
    cases (Ragin 2006), PRI takes off what is also consistent with the outcome's absence.

    A row with fewer than ``n_cut`` cases is a remainder ("?"). From ``consistency`` on it is "1", from
    ``contradiction`` to there "C", below "0". Where ``contradiction`` is None, fuzzy data have no "C", and in wholly
    crisp data any row is contradictory that holds cases with and without the outcome (Rihoux & De Meur 2009) and
    does not reach ``consistency``. Rows without a single case are given only with ``remainders`` (2 to the power of
    the number of conditions in all).

    Raises ValueError for no condition, a name given twice, a value outside 0 to 1, or an ``n_cut`` below 1.
    """
    names = tuple(conditions)
    if not names or len({*names, outcome.removeprefix("~")}) <= len(names):
        raise ValueError("conditions and outcome need different names, and at least one condition is needed")
    if n_cut < 1:
        raise ValueError("a row needs at least one case, so n_cut is at least 1")
    known, left_out = complete_cases(cases, names, outcome)
    if contradiction is None:
        crisp = all(value in (0, 1) for case in known for value in (*case.conditions, case.outcome))
        contradiction = 2 * _SLACK if crisp else math.inf
    members: dict[tuple[int, ...], list[Hashable]] = defaultdict(list)
    undecided = []
    for case in known:
        if 0.5 in case.conditions:
            undecided.append(case.name)
        else:
            members[tuple(int(value > 0.5) for value in case.conditions)].append(case.name)
    wanted: Iterable[tuple[int, ...]] = product((0, 1), repeat=len(names)) if remainders else sorted(members)
    rows = []
    for values in wanted:
        fit = sufficiency([corner_membership(case, values) for case in known], [case.outcome for case in known])
        inside = tuple(members.get(values, ()))
        code = _code(fit.consistency, len(inside) >= n_cut, consistency, contradiction)
        rows.append(Configuration(values, code, inside, fit.consistency, fit.pri))
    return TruthTable(names, outcome, tuple(rows), known, left_out, tuple(undecided))


def complete_cases(
    cases: Cases, conditions: Sequence[str], outcome: str
) -> tuple[tuple[CaseRow, ...], tuple[tuple[Hashable, tuple[str, ...]], ...]]:
    """The cases whose values are all known, and those left out with what they lack; both in text order of the names.

    Raises ValueError for a value outside 0 to 1.
    """
    known, left_out = [], []
    for name in sorted(cases, key=str):
        found = {wanted: membership_of(name, cases[name], wanted) for wanted in (*conditions, outcome)}
        missing = tuple(wanted.removeprefix("~") for wanted, value in found.items() if value is None)
        values = [value for value in found.values() if value is not None]
        if missing:
            left_out.append((name, missing))
        else:
            known.append(CaseRow(name, tuple(values[:-1]), values[-1]))
    return tuple(known), tuple(left_out)


def corner_membership(case: CaseRow, values: Sequence[int | None]) -> float:
    """A case's membership in a configuration: the least of its values, negated for a 0; None does not matter."""
    return min(
        (
            mine if wanted else 1 - mine
            for mine, wanted in zip(case.conditions, values, strict=True)
            if wanted is not None
        ),
        default=1.0,
    )


def _code(score: float | None, enough: bool, consistency: float, contradiction: float) -> Code:
    if not enough or score is None:
        return "?"
    if score >= consistency - _SLACK:
        return "1"
    return "C" if score >= contradiction - _SLACK else "0"
