"""The list of measures, and what one answers: for the terminal, for programs, and for Excel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from journeys.analysis.claims.selection import LeftOut
from journeys.analysis.measures.registry import GROUPS, as_written
from journeys.analysis.measures.table import MeasureRow, MeasureTable
from journeys.model.phrases import counted
from journeys.views.tables import Sheet, csv_text, json_text, rounded
from journeys.views.terminal.claim_lines import CLAIM_COLUMNS, claim_lines, claim_row
from journeys.views.terminal.fitting_table import FittingTable
from journeys.views.terminal.question_answer import MOST_SHOWN, shown_columns
from journeys.views.terminal.text import Terminal
from journeys.views.text import sanitized

if TYPE_CHECKING:
    from journeys.analysis.measures.run import Analysis
    from journeys.analysis.measures.search import Measures

_DIM = "dim"
_LONGEST_QUOTE = 240
_SHEET_NAME = 31
"""Excel allows no longer name of a sheet."""


class MeasuresView:
    """Every measure by group, with the question it answers and what it takes."""

    def __init__(self, measures: Measures) -> None:
        self._measures = measures.by_name.values()

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """A heading a group, and for each measure its name, its question and its options."""
        terminal = Terminal.of(console, options)
        for group, heading in GROUPS.items():
            yield from terminal.lines(terminal.text((heading, "bold underline")))
            for measure in self._measures:
                if measure.group == group:
                    ref = " [REF]" if measure.takes_ref else ""
                    yield from terminal.lines(terminal.text((f"{measure.name}{ref}", "bold")), 2)
                    yield from terminal.lines(terminal.text(measure.answers), 4)
                    for name, meaning in measure.options.items():
                        words = f"{as_written(name)}={measure.kinds[name].signs}: {meaning}"
                        yield from terminal.lines(terminal.text((words, _DIM)), 4)
            yield Text()


class AnalysisView:
    """The tables of a measure, each with its n, what was left out, its notes and its method; claims if asked for.

    Of a long table the first ``MOST_SHOWN`` rows; all of it where it is the one that ``table`` names.
    """

    def __init__(self, analysis: Analysis, table: str | None = None) -> None:
        self._analysis, self._whole = analysis, table is not None
        self._tables = analysis.tables if table is None else (analysis.table(table),)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The question, what was chosen, and one table after the other."""
        terminal, analysis = Terminal.of(console, options), self._analysis
        yield from terminal.lines(terminal.text((analysis.measure.answers, "bold")))
        for name, words in analysis.conditions.items():
            yield from terminal.lines(terminal.text((f"{name}: {sanitized(words)}", _DIM)))
        said: list[str] = []
        for table in self._tables:
            yield Text()
            yield from self._rows(terminal, table)
            yield Text()
            lines = about(table)
            new = [line for line in lines if line not in said] or ["n, left out, notes and method: as above"]
            for line in new:
                yield from terminal.lines(terminal.text((sanitized(line), _DIM)))
            said = lines

    def _rows(self, terminal: Terminal, table: MeasureTable) -> RenderResult:
        yield from terminal.lines(terminal.text((sanitized(table.title), "bold underline")))
        columns = shown_columns(tuple(table.columns))
        names = [name.replace("_", " ") for name in table.columns]
        shown_rows = table.rows if self._whole else table.rows[:MOST_SHOWN]
        if not table.rows:
            yield from terminal.lines(terminal.text("No rows."))
        else:
            values = ([rounded(row.values[at]) for at in columns] for row in shown_rows)
            fitting = FittingTable((names[at] for at in columns), values)
            yield from self._with_claims(terminal, fitting, shown_rows) if self._analysis.claims else (fitting,)
        if more := len(table.rows) - len(shown_rows):
            words = f"{terminal.ellipsis} and {counted(more, 'more row')}: --table {table.name} shows all, "
            yield from terminal.lines(terminal.text((f"{words}-o FILE.xlsx writes all.", "bold")))

    def _with_claims(self, terminal: Terminal, table: FittingTable, rows: Sequence[MeasureRow]) -> Iterator[Text]:
        for number, row in enumerate(rows):
            yield from table.block(terminal, number)
            for claim_id in row.claims:
                said, by, where = claim_lines(self._analysis.claims[claim_id], _LONGEST_QUOTE, terminal.ellipsis)
                yield from terminal.lines(terminal.text(said), 4)
                for line in filter(None, (by, where)):
                    yield from terminal.lines(terminal.text((line, _DIM)), 8)


def about(table: MeasureTable) -> list[str]:
    """What must be said with the numbers of a table: n, what was left out and why, notes, method."""
    return [
        f"n: {'; '.join(f'{what} {number:,}' for what, number in table.n.items())}",
        f"left out: {'; '.join(map(_left, table.left_out)) or 'nothing'}",
        *(f"note: {note}" for note in table.notes),
        f"method: {table.method}",
    ]


def analysis_text(analysis: Analysis, format_: str, table: str | None = None) -> str:
    """The analysis as ``json``, or one of its tables, else the first, as ``csv``."""
    if format_ == "json":
        return json_text(analysis.as_dict())
    chosen = analysis.table(table) if table else analysis.tables[0]
    if chosen.csv is not None:
        return chosen.csv
    return csv_text((*chosen.columns, "claims"), [(*row.values, row.claims) for row in chosen.rows])


def said_beside_csv(analysis: Analysis, table: str | None) -> str:
    """What a csv file has no place for: n, what was left out, notes, method; and which other tables there are."""
    chosen = analysis.table(table) if table else analysis.tables[0]
    others = [f"--table {each.name}: {each.title}" for each in analysis.tables if each is not chosen]
    return "\n".join([chosen.title, *about(chosen), *(["Other tables:", *others] if others else [])])


def analysis_sheets(analysis: Analysis, *, study: str, when: datetime) -> list[Sheet]:
    """The sheets of a workbook: how to read it, each table, and with sources the claims of each row."""
    chosen = [("Study", study), ("Made on", f"{when:%Y-%m-%d %H:%M}"), ("Measure", analysis.measure.name)]
    lines: list[tuple[str, str]] = [*chosen, ("Answers", analysis.measure.answers), *analysis.conditions.items()]
    for table in analysis.tables:
        lines += [("", ""), (table.title, f"sheet {_sheet(table)}")]
        lines += [(head, words) for head, _, words in (line.partition(": ") for line in about(table))]
        lines += [(name.replace("_", " "), meaning) for name, meaning in table.columns.items()]
    sheets = [
        Sheet(_sheet(table), tuple(table.columns), [row.values for row in table.rows], table.columns)
        for table in analysis.tables
    ]
    sheets.append(Sheet("How to read", ("what", "meaning"), lines))
    if analysis.claims:
        sheets.append(Sheet("Claims", ("table", *CLAIM_COLUMNS), _claims(analysis), CLAIM_COLUMNS))
    return sheets


def _claims(analysis: Analysis) -> list[tuple[Any, ...]]:
    return [
        (_sheet(table), *claim_row(number, analysis.claims[claim]))
        for table in analysis.tables
        for number, row in enumerate(table.rows, start=1)
        for claim in row.claims
    ]


def _sheet(table: MeasureTable) -> str:
    return table.name.replace("_", " ").capitalize()[:_SHEET_NAME]


def _left(left: LeftOut) -> str:
    return f"{counted(len(left.claims), 'claim')}: {left.why}"
