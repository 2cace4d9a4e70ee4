"""Two people's forms or codings side by side, in a terminal and as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from journeys.instruments.compare import FormComparison
from journeys.instruments.excel.coding_decisions import CodingComparison, Disagreement
from journeys.model.lens import GENERAL, SPECIFIC, lower_first
from journeys.model.phrases import counted
from journeys.views.text import sanitized

FORM_COLUMNS = (
    "section",
    "question",
    "scope",
    "first",
    "first_says",
    "first_cell",
    "second",
    "second_says",
    "second_cell",
)
CODING_COLUMNS = (
    "interview", "code", "label", "coded_by", "passage", "not_by", "other_passage", "other_codes",
    "decision", "decided_by",
)  # fmt: skip


def form_rows(comparison: FormComparison) -> list[tuple[str | None, ...]]:
    """A row for each difference, in the order of ``FORM_COLUMNS``."""
    return [
        (
            each.section, each.question, each.scope,
            each.first.by, each.first.text, str(each.first.address) if each.first.address else None,
            each.second.by, each.second.text, str(each.second.address) if each.second.address else None,
        )
        for each in comparison.differences
    ]  # fmt: skip


def form_view(comparison: FormComparison, scopes: Mapping[str, str]) -> RenderableType:
    """Each difference with both wordings and their cells; first, how much is the same. ``scopes`` are words for the
    scope of an answer."""
    first, second = comparison.first.file, comparison.second.file
    lines: list[RenderableType] = [
        Text(f"{comparison.about}: {first} and {second}", style="bold"),
        Text(
            f"{comparison.same} of {comparison.compared} answers and rows are the same; "
            f"{counted(len(comparison.differences), 'difference')}."
        ),
    ]
    for each in comparison.differences:
        scope = f" ({lower_first(scopes[each.scope])})" if each.scope in (GENERAL, SPECIFIC) else ""
        lines.append(Text(f"\n{sanitized(each.section)} > {sanitized(each.question)}{scope}", style="bold"))
        for side in (each.first, each.second):
            at = f"  [{side.address}]" if side.address and side.text is not None else ""
            lines.append(Text(f"  {sanitized(side.by)}: {sanitized(side.text or 'nothing')}{at}"))
    if comparison.differences:
        lines.append(Text("\nTo agree on one form, write it with -o, such as -o forms/agreed.xlsx, and edit it there."))
    return Group(*lines)


def coding_rows(disagreements: Sequence[Disagreement]) -> list[tuple[str | None, ...]]:
    """A row for each disagreement, in the order of ``CODING_COLUMNS``."""
    return [
        (
            each.interview, each.code, each.label, each.coded_by, each.passage, each.not_by, each.other_passage,
            each.other_codes or None, each.decision, each.decided_by,
        )
        for each in disagreements
    ]  # fmt: skip


def coding_view(comparison: CodingComparison) -> RenderableType:
    """The disagreements as a table; first, who and what is compared."""
    if not comparison.interviews:
        return Text("No interview is coded by two people, so there is nothing to compare.")
    head = (
        f"{', '.join(comparison.coders)} on {', '.join(comparison.interviews)}: "
        f"{counted(len(comparison.disagreements), 'disagreement')}. "
        "How far they agree: `journeys analyse coding-agreement`."
    )
    told: list[RenderableType] = [Text(sanitized(head))]
    for each in comparison.disagreements:
        told.append(Text(f"\n{sanitized(each.interview)} > {each.code} {sanitized(each.label)}", style="bold"))
        told.append(Text(f"  {sanitized(each.coded_by)}: \u201c{sanitized(each.passage)}\u201d"))
        if each.other_passage is None:
            told.append(Text(f"  {sanitized(each.not_by)}: did not code this passage"))
        else:
            codes = each.other_codes.replace(", ", " and ")
            told.append(Text(f"  {sanitized(each.not_by)}: \u201c{sanitized(each.other_passage)}\u201d as {codes}"))
        if each.decision:
            instead = f"; {each.instead} instead" if each.instead else ""
            told.append(Text(f"  Decided by {sanitized(each.decided_by or '')}: {each.decision}{sanitized(instead)}"))
    if comparison.disagreements:
        told.append(
            Text("\nTo decide them, write a workbook with -o decisions/coding.xlsx, fill it in and load again.")
        )
    return Group(*told)
