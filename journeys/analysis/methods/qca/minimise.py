"""From a truth table to the shortest expressions that say the same: Boolean minimisation."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass

from journeys.analysis.methods.qca.fit import sufficiency
from journeys.analysis.methods.qca.truth_table import Code, TruthTable, corner_membership

_MOST_CONDITIONS = 12
_POSITIVE: tuple[Code, ...] = ("1",)

_Implicant = tuple[int, int]
"""Which conditions matter and what they are, both as bits: the first condition is the highest bit."""


@dataclass(frozen=True, slots=True)
class Term:
    """A product of conditions: each (name, present) pair has to hold; without any it always does.

    ``unique_coverage`` is what the solution would lose in coverage without it. ``cases`` have more than 0.5
    membership, in text order. Scores are None where the definition divides by 0.
    """

    literals: tuple[tuple[str, bool], ...]
    consistency: float | None
    pri: float | None
    coverage: float | None
    unique_coverage: float | None
    cases: tuple[Hashable, ...]

    def __str__(self) -> str:
        return "*".join(name if present else f"~{name}" for name, present in self.literals) or "1"


@dataclass(frozen=True, slots=True)
class Solution:
    """A sum of terms, sorted as text, with the fit of the whole."""

    terms: tuple[Term, ...]
    consistency: float | None
    pri: float | None
    coverage: float | None

    def __str__(self) -> str:
        return " + ".join(str(term) for term in self.terms)


def minimise(
    table: TruthTable, *, explain: Collection[Code] = _POSITIVE, remainders: bool = False
) -> tuple[Solution, ...]:
    """The expressions with the fewest prime implicants that cover every row coded as in ``explain``.

    Quine (1952) and McCluskey (1956), as Ragin (1987) brought it in. Without ``remainders`` this is the conservative
    (complex) solution; with it, every configuration that is not coded "1", "0" or "C" may be used to shorten the
    terms, which gives the parsimonious one. All solutions with the least number of terms are given, sorted as text
    (model ambiguity is not hidden); none if no row is to be explained. Scores are over the table's cases.

    Raises ValueError for more than 12 conditions with ``remainders``, as there are 2 to that power of them.
    """
    size = len(table.conditions)
    coded = {_bits(row.values): row.code for row in table.rows}
    wanted = {bits for bits, code in coded.items() if code in explain}
    if not wanted:
        return ()
    usable = set(wanted)
    if remainders:
        if size > _MOST_CONDITIONS:
            raise ValueError(f"remainders can be used with at most {_MOST_CONDITIONS} conditions, not {size}")
        usable |= {bits for bits in range(1 << size) if coded.get(bits, "?") == "?"}
    covers = {prime: {bits for bits in wanted if bits & prime[0] == prime[1]} for prime in _primes(usable, size)}
    primes = sorted(prime for prime, covered in covers.items() if covered)
    found = _smallest_covers(wanted, [covers[prime] for prime in primes])
    solutions = [_solution(table, [primes[index] for index in chosen]) for chosen in found]
    return tuple(sorted(solutions, key=str))


def _primes(minterms: Iterable[int], size: int) -> set[_Implicant]:
    """All implicants that cannot be merged further: two that differ in one condition only lose it."""
    everything = (1 << size) - 1
    level: set[_Implicant] = {(everything, bits) for bits in minterms}
    primes: set[_Implicant] = set()
    while level:
        merged: set[_Implicant] = set()
        absorbed: set[_Implicant] = set()
        for mask, bits in level:
            for position in range(size):
                bit = 1 << position
                if mask & bit and not bits & bit and (mask, bits | bit) in level:
                    merged.add((mask ^ bit, bits))
                    absorbed |= {(mask, bits), (mask, bits | bit)}
        primes |= level - absorbed
        level = merged
    return primes


def _smallest_covers(wanted: Collection[int], covers: Sequence[set[int]]) -> set[frozenset[int]]:
    """Every choice of the least number of ``covers`` (by index) that together hold all that is wanted."""
    holding = {bits: [index for index, covered in enumerate(covers) if bits in covered] for bits in wanted}
    largest = max(len(covered) for covered in covers)
    found: set[frozenset[int]] = set()

    def extend(chosen: frozenset[int], missing: frozenset[int], left: int) -> None:
        if not missing:
            found.add(chosen)
        elif len(missing) <= left * largest:
            hardest = min(missing, key=lambda bits: (len(holding[bits]), bits))
            for index in holding[hardest]:
                extend(chosen | {index}, missing - covers[index], left - 1)

    allowed = 0
    while not found:
        allowed += 1
        extend(frozenset(), frozenset(wanted), allowed)
    return found


def _solution(table: TruthTable, primes: Sequence[_Implicant]) -> Solution:
    size = len(table.conditions)
    outcome = [case.outcome for case in table.cases]
    patterns = [
        tuple(bits >> (size - 1 - place) & 1 if mask >> (size - 1 - place) & 1 else None for place in range(size))
        for mask, bits in primes
    ]
    members = [[corner_membership(case, pattern) for case in table.cases] for pattern in patterns]
    whole = sufficiency(_union(members, len(outcome)), outcome)
    terms = []
    for index, (pattern, mine) in enumerate(zip(patterns, members, strict=True)):
        fit = sufficiency(mine, outcome)
        rest = sufficiency(_union(members[:index] + members[index + 1 :], len(outcome)), outcome)
        unique = None if whole.coverage is None or rest.coverage is None else whole.coverage - rest.coverage
        terms.append(
            Term(
                tuple(
                    (name, bool(value))
                    for name, value in zip(table.conditions, pattern, strict=True)
                    if value is not None
                ),
                fit.consistency,
                fit.pri,
                fit.coverage,
                unique,
                tuple(case.name for case, held in zip(table.cases, mine, strict=True) if held > 0.5),
            )
        )
    return Solution(tuple(sorted(terms, key=str)), whole.consistency, whole.pri, whole.coverage)


def _union(members: Sequence[Sequence[float]], length: int) -> list[float]:
    return [max((one[place] for one in members), default=0.0) for place in range(length)]


def _bits(values: Sequence[int]) -> int:
    bits = 0
    for value in values:
        bits = bits << 1 | value
    return bits
