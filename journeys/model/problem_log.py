"""The problems found in one run: all are counted, the first of each kind are kept."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from journeys.model.problems import Problem, Severity

KEPT_OF_A_KIND = 200
"""How many problems of one kind are kept for a file, so that a table that is wrong in every row does not fill the
list."""
_FIRST = ("gave_nothing",)
"""Kinds that concern a whole file; they come first, before problems of single rows."""


class ProblemLog:
    """Collects problems; calling it reports one."""

    def __init__(self) -> None:
        self._kept: defaultdict[tuple[str | None, Severity, str], list[Problem]] = defaultdict(list)
        self._counted: Counter[tuple[str | None, Severity, str]] = Counter()

    def __call__(self, problem: Problem) -> None:
        """Count a problem, and keep it if it is among the first of its kind in its file."""
        group = (problem.address.file, problem.severity, problem.kind)
        self._counted[group] += 1
        if len(self._kept[group]) < KEPT_OF_A_KIND:
            self._kept[group].append(problem)

    @classmethod
    def restored(cls, kept: Iterable[Problem], counted: Iterable[tuple[str | None, str, str, int]]) -> ProblemLog:
        """The log that had these problems, in their order, and these ``counts``."""
        log = cls()
        for problem in kept:
            log._kept[problem.address.file, problem.severity, problem.kind].append(problem)
        for file, severity, kind, number in counted:
            log._counted[file, Severity(severity), kind] = number
        return log

    def counts(self) -> list[tuple[str | None, str, str, int]]:
        """How many problems there are by file, severity and kind, as ``restored`` takes them."""
        return [(file, severity.value, kind, number) for (file, severity, kind), number in self._counted.items()]

    def __iter__(self) -> Iterator[Problem]:
        """Yield the problems kept, file by file: first those in ``_FIRST``, then errors, then warnings."""
        for group in sorted(self._kept, key=lambda group: (group[0] or "", group[2] not in _FIRST, group[1], group[2])):
            yield from self._kept[group]

    def count(self, severity: Severity, *, files: frozenset[str] | None = None) -> int:
        """How many problems of this severity there are, in these files or in all."""
        return sum(
            number
            for (file, kind_severity, _), number in self._counted.items()
            if kind_severity is severity and (files is None or file is None or file in files)
        )

    def by_kind(self) -> dict[str, int]:
        """How many problems there are of each kind, the most frequent first."""
        totals: Counter[str] = Counter()
        for (_, _, kind), number in self._counted.items():
            totals[kind] += number
        return dict(totals.most_common())

    def not_kept(self) -> int:
        """How many problems were counted and not kept."""
        return sum(self._counted.values()) - sum(map(len, self._kept.values()))
