"""The results of a check or a load, for the terminal and as JSON."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.text import Text

from journeys.model.phrases import counted
from journeys.model.problems import Problem, Severity
from journeys.store.shape import OUTDATED
from journeys.views.terminal.fitting_table import FittingTable
from journeys.views.text import sanitized

if TYPE_CHECKING:
    from journeys.interpret.check import CheckResult
    from journeys.store.loading.changes import Tally
    from journeys.store.loading.load import LoadOutcome

_SHOWN_OF_A_KIND = 10


def check_view(result: CheckResult) -> RenderableType:
    """The problems file by file, then what was read of each file, then the totals."""
    parts: list[RenderableType] = []
    problems = [p for p in result.problems if result.scope is None or p.address.file in (None, *result.scope)]
    for _, of_file in groupby(problems, key=lambda problem: problem.address.file):
        for _, of_kind in groupby(of_file, key=lambda problem: (problem.severity, problem.kind)):
            parts += _of_a_kind(list(of_kind))
        parts.append(Text())
    parts.append(_files(result))
    parts.append(Text())
    parts.append(Text(_totals(result)))
    parts += _repeated(result)
    parts += _withheld(result)
    return Group(*parts)


def _of_a_kind(problems: list[Problem]) -> list[Text]:
    lines = [_line(problem) for problem in problems[:_SHOWN_OF_A_KIND]]
    if len(problems) > _SHOWN_OF_A_KIND:
        lines.append(Text(f"  … and {len(problems) - _SHOWN_OF_A_KIND} more like these (--json lists them)", "dim"))
    return lines


def _line(problem: Problem) -> Text:
    wrong = problem.severity is Severity.ERROR
    line = Text("PROBLEM  " if wrong else "warning  ", "bold red" if wrong else "yellow")
    line.append(f"{sanitized(str(problem.address))}: ", "bold")
    line.append(sanitized(problem.message))
    if problem.remedy:
        line.append(f" {sanitized(problem.remedy)}", "green")
    return line


def _files(result: CheckResult) -> RenderableType:
    rows = []
    for report in result.files:
        passed = "; ".join(f"{what} ({number})" for what, number in list(report.ignored.items())[:6])
        more = len(report.ignored) - 6
        rows.append(
            (report.file, report.kind, report.read, report.accepted, report.rejected,
             passed + (f"; and {more} more" if more > 0 else ""))
        )  # fmt: skip
    return FittingTable(("file", "read as", "read", "accepted", "rejected", "ignored"), rows)


def _totals(result: CheckResult) -> str:
    errors = result.problems.count(Severity.ERROR, files=result.scope)
    warnings = result.problems.count(Severity.WARNING, files=result.scope)
    said = [f"{counted(errors, 'problem')} and {counted(warnings, 'warning')}"]
    said.append(f"{counted(result.nodes, 'node')}, {counted(result.claims, 'claim')} ({result.derived} inferred)")
    if result.repetitions:
        said.append(f"{counted(result.repetitions, 'exact duplicate')} merged")
    if result.same_acts:
        says = "claim that says the same as another row was kept as an act of its own"
        say = "claims that say the same as other rows were kept as acts of their own"
        said.append(f"{result.same_acts:,} {says if result.same_acts == 1 else say}")
    return ". ".join(said) + "."


def _repeated(result: CheckResult) -> list[Text]:
    """Return the places that repeat another: the first of them, and how many claims are in the others."""
    lines = [Text(f"  {sanitized(str(each))}.") for each in result.repeated]
    more = result.repetitions - sum(each.claims for each in result.repeated)
    if more:
        lines.append(Text(f"  … and {counted(more, 'more exact duplicate')}.", "dim"))
    return lines


def _withheld(result: CheckResult) -> list[Text]:
    """Return a line for each file of which sensitive details are not in the graph."""
    said = [
        (report.file, ", ".join(f"{what} ({number:,})" for what, number in report.withheld.items()))
        for report in result.files
        if report.withheld
    ]
    lines = [Text(f"  {sanitized(file)}: {sanitized(what)} read, but withheld from the graph.") for file, what in said]
    if lines:
        lines.insert(0, Text("Sensitive details (`privacy: {sensitive: shown}` in study.yaml loads them):"))
    return lines


def check_as_dict(result: CheckResult) -> dict[str, Any]:
    """The same as plain values: ``clean``, ``problems``, ``counts`` by kind, ``files``, ``totals``."""
    return {
        "clean": result.clean,
        "problems": [problem.as_dict() for problem in result.problems],
        "counts": result.problems.by_kind(),
        "not_listed": result.problems.not_kept(),
        "files": [
            {
                "file": report.file,
                "kind": report.kind,
                "read": report.read,
                "accepted": report.accepted,
                "rejected": report.rejected,
                "ignored": report.ignored,
                "withheld": report.withheld,
            }
            for report in result.files
        ],
        "totals": {
            "nodes": result.nodes,
            "claims": result.claims,
            "derived": result.derived,
            "repetitions": result.repetitions,
            "same_acts": result.same_acts,
        },
        "repeated": [
            {"place": str(each.place), "same_as": str(each.first), "claims": each.claims} for each in result.repeated
        ],
    }


def load_view(outcome: LoadOutcome, result: CheckResult, *, dry_run: bool) -> RenderableType:
    """What a load did."""
    parts: list[RenderableType] = []
    warnings = result.problems.count(Severity.WARNING, files=result.scope)
    if dry_run:
        parts.append(Text("Nothing was changed. A load would make these changes:", "bold"))
    if outcome.rebuilt:
        parts.append(Text(f"{OUTDATED} {'It would be' if dry_run else 'It was'} rebuilt from all files of the study."))
    parts.append(_tallies(outcome))
    if not dry_run:
        parts.append(Text(f"Loaded into {outcome.where}."))
    if outcome.warning:
        parts.append(Text(outcome.warning, "bold"))
    if outcome.remade:
        parts.append(Text("The store did not hold what was last loaded, so it was rebuilt from the files.", "bold"))
    elif outcome.removed_copies:
        copies = counted(outcome.removed_copies, "duplicate or stray record")
        parts.append(Text(f"{copies} removed from the store: each claim is there once now.", "bold"))
    if result.repetitions:
        parts.append(Text(f"{counted(result.repetitions, 'exact duplicate')} merged."))
    if warnings:
        parts.append(Text(f"{counted(warnings, 'warning')}; `journeys check` shows them."))
    return Group(*parts)


def comparison_view(outcome: LoadOutcome) -> RenderableType:
    """How the store differs from the files, or that it does not."""
    held = f"{counted(outcome.nodes.unchanged, 'node')} and {counted(outcome.claims.unchanged, 'claim')}"
    if outcome.matches:
        return Text(f"The store ({outcome.where}) holds what the files say: {held}.")
    parts: list[RenderableType] = [
        Text(f"The store ({outcome.where}) differs from the files. `journeys store rebuild` would do this:", "bold"),
        _tallies(outcome),
    ]
    if outcome.removed_copies:
        copies = counted(outcome.removed_copies, "duplicate or stray record")
        parts.append(Text(f"{copies} would be removed."))
    return Group(*parts)


def _tallies(outcome: LoadOutcome) -> RenderableType:
    return FittingTable(
        ("", "new", "changed", "same content, new cell", "removed", "unchanged"),
        [_row("nodes", outcome.nodes), _row("claims", outcome.claims)],
    )


def _row(what: str, tally: Tally) -> tuple[object, ...]:
    return what, tally.created, tally.changed, tally.moved, tally.removed, tally.unchanged
