"""The problems found in one run: all are counted, the first of each kind are kept."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator

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
        self._in_file: Counter[tuple[str | None, Severity]] = Counter()

    def __call__(self, problem: Problem) -> None:
        """Count a problem, and keep it if it is among the first of its kind in its file."""
        group = (problem.address.file, problem.severity, problem.kind)
        self._counted[group] += 1
        self._in_file[group[:2]] += 1
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
            log._in_file[file, Severity(severity)] += number
        return log

    def of(self, files: Collection[str], *, others: bool = False) -> ProblemLog:
        """The log of these files alone; with ``others`` that of all other files, and of what is in no file."""
        kept = [problem for problem in self if (problem.address.file in files) is not others]
        return self.restored(kept, [each for each in self.counts() if (each[0] in files) is not others])

    def beside(self, other: ProblemLog) -> ProblemLog:
        """The log of both, which are of different files."""
        return self.restored([*self, *other], [*self.counts(), *other.counts()])

    def __eq__(self, other: object) -> bool:
        """Whether both have the same problems, in the same order within each file and kind."""
        return isinstance(other, ProblemLog) and self.counts() == other.counts() and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def counts(self) -> list[tuple[str | None, str, str, int]]:
        """How many problems there are by file, severity and kind, as ``restored`` takes them;
        in an order that does not depend on what was read first."""
        found = [(file, severity.value, kind, number) for (file, severity, kind), number in self._counted.items()]
        return sorted(found, key=lambda each: (each[0] is not None, each))

    def __iter__(self) -> Iterator[Problem]:
        """Yield the problems kept, file by file: first those in ``_FIRST``, then errors, then warnings."""
        for group in sorted(self._kept, key=lambda group: (group[0] or "", group[2] not in _FIRST, group[1], group[2])):
            yield from self._kept[group]

    def count(self, severity: Severity, *, files: frozenset[str] | None = None) -> int:
        """How many problems of this severity there are, in these files or in all."""
        if files is None:
            return sum(number for (_, found), number in self._in_file.items() if found is severity)
        return sum(self._in_file[file, severity] for file in (*files, None))

    def by_kind(self) -> dict[str, int]:
        """How many problems there are of each kind, the most frequent first, those as frequent by name."""
        totals: Counter[str] = Counter()
        for (_, _, kind), number in self._counted.items():
            totals[kind] += number
        return dict(sorted(totals.items(), key=lambda each: (-each[1], each[0])))

    def not_kept(self) -> int:
        """How many problems were counted and not kept."""
        return sum(self._counted.values()) - sum(map(len, self._kept.values()))
