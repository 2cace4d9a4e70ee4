"""The workbooks in decisions/, whatever they decide on: each kind is taken up where it is applied."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from journeys.instruments.excel.coding_decisions import CODING_DECISIONS, read_decisions
from journeys.instruments.excel.decision_book import DecisionBook
from journeys.instruments.excel.follow_ups import FOLLOW_UPS, read_follow_ups
from journeys.instruments.excel.merge_decisions import MERGE_DECISIONS, read_merge_decisions
from journeys.instruments.excel.row_decisions import ROW_DECISIONS, read_row_decisions
from journeys.instruments.files.workbook import Workbook, read_workbook
from journeys.interpret.context import Context

_Take = Callable[[Context, Workbook], int]


def take_decisions(context: Context, path: Path, *, name: str) -> int | None:
    """Take up the decisions in a workbook, before the forms are read; returns how many, None for another workbook.

    Flaws are reported to the context. Raises UnreadableFile.
    """
    book = read_workbook(path, name=name, report=context.report)
    return next((take(context, book) for kind, take in _KINDS if kind.is_kind_of(book)), None)


def _codings(context: Context, book: Workbook) -> int:
    decisions = read_decisions(book, context.report)
    context.codes.decisions.add(decisions, context.report)
    return len(decisions)


def _rows(context: Context, book: Workbook) -> int:
    decisions = read_row_decisions(book, context.report)
    for decision in decisions:
        context.tables.decide(decision, context.values.span(decision.decided_on), context.report)
    return len(decisions)


def _follow_ups(context: Context, book: Workbook) -> int:
    rows = read_follow_ups(book, context.report)
    return context.follow_ups.add(rows, context.values, context.codes.researchers, context.report)


def _merges(context: Context, book: Workbook) -> int:
    decisions = read_merge_decisions(book, context.report)
    context.merges.add(decisions, context.report)
    return len(decisions)


_KINDS: tuple[tuple[DecisionBook, _Take], ...] = (
    (CODING_DECISIONS, _codings),
    (ROW_DECISIONS, _rows),
    (FOLLOW_UPS, _follow_ups),
    (MERGE_DECISIONS, _merges),
)
"""Each kind of workbook, and what takes its decisions up."""
