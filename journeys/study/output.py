"""Output of results: the formats of each kind of result, and a result as text or bytes in one of them.

The functions import what they need when they run, so that a command loads only what it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from journeys.model.problems import UsageProblem
from journeys.model.suggestions import did_you_mean
from journeys.model.unfinished import remove_parts_in, scratch_folder, write_whole
from journeys.study.network_output import (
    comparison_formats,
    matrix_beside,
    matrix_formats,
    network_beside,
    network_formats,
)
from journeys.study.report_output import (
    forms_formats,
    guide_formats,
    guides_formats,
    journey_formats,
    report_formats,
    storyline_formats,
)

if TYPE_CHECKING:
    from rich.console import RenderableType

    from journeys.analysis.actors.site import SiteNetwork
    from journeys.analysis.measures.run import Analysis
    from journeys.analysis.measures.search import Measures
    from journeys.analysis.questions.answer import Answer
    from journeys.analysis.reading.record import Record
    from journeys.analysis.reading.search import SearchResult
    from journeys.instruments.compare import FormComparison
    from journeys.instruments.excel.coding_decisions import CodingComparison
    from journeys.interpret.check import CheckResult
    from journeys.store.queries.ask import Table
    from journeys.store.queries.library import Library
    from journeys.store.study_status import StudyStatus
    from journeys.study.access import StudyAccess
    from journeys.views.reports.model import Report
    from journeys.views.tables import Sheet

_Listed = TypeVar("_Listed")

ENDINGS = {"txt": "text", "htm": "html"}
"""Endings of files that are not called like their format; a table too is written as .txt."""

TERMINAL = ("text", "table")
"""The formats that a terminal shows; a command has one of them."""

_FILE_WIDTH = 120

Content = str | bytes


@dataclass(frozen=True, slots=True)
class Output:
    """One result: ``view`` for a terminal, and for each other format a function that makes its text or bytes.

    ``beside`` makes further files that belong to one in a format (name, text), and ``note`` says what a format has no
    place for. ``in_full`` is what a text file gets where the terminal shows less. ``remember`` notes what was written,
    so that a file that bears no mark is known again.
    """

    what: str
    view: Callable[[], RenderableType]
    others: Mapping[str, Callable[[], Content]]
    beside: Mapping[str, Callable[[Path], tuple[Path, Content]]] = field(default_factory=dict)
    note: Callable[[str], str] = lambda _: ""
    in_full: Callable[[], RenderableType] | None = None
    remember: Callable[[bytes], None] = lambda _: None

    def content(self, format_: str) -> Content:
        """The result in a format. Raises UsageProblem, with the formats there are, for one that it does not have."""
        if format_ in TERMINAL:
            return plain_text((self.in_full or self.view)())
        if format_ not in self.others:
            raise UsageProblem(f"{self.what} cannot be written as {format_}, but as {listed([*self.others])}.")
        return self.others[format_]()

    def write(self, path: Path, format_: str | None = None) -> list[Path]:
        """Write the result, in the format that the ending of ``path`` names unless another is given.

        Makes the folder. Returns the files written. Raises UsageProblem for an unknown format, and OSError.
        """
        format_ = format_ or format_of(path, ("table", *self.others))
        files = [(path, self.content(format_))]
        if format_ in self.beside:
            files.append(self.beside[format_](path))
        remove_parts_in(path.parent)
        for file, content in files:
            write_whole(file, as_bytes(content))
            self.remember(as_bytes(content))
        return [file for file, _ in files]


def format_of(path: Path, formats: Sequence[str]) -> str:
    """The format that a file's ending names. Raises UsageProblem, with the endings there are, for another."""
    ending = path.suffix.removeprefix(".").lower()
    named = ENDINGS.get(ending, ending)
    if named == "text" and named not in formats:
        named = "table"
    if named not in formats or not ending:
        endings = [f".{'txt' if each in TERMINAL else each}" for each in formats]
        meant = did_you_mean(f".{ending}", endings)
        is_printed = ending == "pdf" and "html" in formats
        printed = " For a PDF write .html, open it in a browser, and print it." if is_printed else ""
        raise UsageProblem(
            f"{str(path)!r} does not say which format to write.{meant} Let it end in {listed(endings)}.{printed}"
        )
    return named


def listed(names: Sequence[str]) -> str:
    """Names as a sentence lists them: "a, b or c"."""
    return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else "".join(names)


def as_bytes(content: Content) -> bytes:
    """Text as UTF-8, whatever the locale."""
    return content if isinstance(content, bytes) else content.encode("utf-8", errors="replace")


def plain_text(view: RenderableType) -> str:
    """What a terminal 120 characters wide would show, without colours."""
    from rich.console import Console

    console = Console(width=_FILE_WIDTH, highlight=False, color_system=None, force_terminal=False)
    with console.capture() as captured:
        console.print(view)
    return captured.get()


def output_of(study: StudyAccess, found: object, **how: Any) -> Output:
    """How a result of the study can be written; ``how`` is what the functions below take."""
    make = next((_KINDS[kind.__name__] for kind in type(found).__mro__ if kind.__name__ in _KINDS), None)
    if make is None:
        raise UsageProblem(f"A {type(found).__name__} cannot be written to a file.")
    return replace(make(study, found, **how), remember=lambda content: _remember(study, content))


def _remember(study: StudyAccess, content: bytes) -> None:
    from journeys.interpret.own_exports import remember_export

    remember_export(study.folder, content)


def _record(study: StudyAccess, record: Record) -> Output:
    from journeys.study.page_frame import frame
    from journeys.views.pages.record import record_page
    from journeys.views.tables import json_text
    from journeys.views.terminal.record import record_view

    return Output(
        "A record",
        lambda: record_view(record),
        {
            "json": lambda: json_text(record.as_dict()),
            "html": lambda: record_page(record, frame(study)),
        },
        in_full=lambda: record_view(record, all_of_it=True),
    )


def _search(_: StudyAccess, result: SearchResult) -> Output:
    from journeys.views.tables import Sheet, csv_text, json_text
    from journeys.views.terminal.search import HIT_COLUMNS, hit_rows, said_of, search_view

    columns = tuple(HIT_COLUMNS)
    return Output(
        "A list of hits",
        lambda: search_view(result),
        {
            "csv": lambda: csv_text(columns, hit_rows(result)),
            "json": lambda: json_text(result.as_dict()),
            "xlsx": lambda: _workbook([Sheet("Hits", columns, hit_rows(result), HIT_COLUMNS)]),
        },
        note=lambda format_: "" if format_ in TERMINAL else said_of(result),
    )


def _network(study: StudyAccess, network: SiteNetwork, *, things: bool = False) -> Output:
    """``things`` shows the ties to documents and evidence in a terminal too."""
    view, formats, note = network_formats(study, network, things=things)
    return Output("A network", view, formats, network_beside(study, network), note)


def _answer(study: StudyAccess, answer: Answer, *, sources: bool = False) -> Output:
    from journeys.views.terminal.question_answer import AnswerView, answer_sheets, answer_text, resting_on

    title = study.folder.settings.title
    return Output(
        "An answer",
        lambda: AnswerView(answer, sources=sources),
        {
            "csv": lambda: answer_text(answer, "csv", sources=sources),
            "json": lambda: answer_text(answer, "json", sources=sources),
            "xlsx": lambda: _workbook(answer_sheets(answer, sources=sources, study=title, when=datetime.now())),
        },
        note=lambda format_: "" if format_ in TERMINAL else resting_on(answer),
    )


def _analysis(
    study: StudyAccess, analysis: Analysis, *, table: str | None = None, columns: Sequence[str] = ()
) -> Output:
    """``table`` names the one to show, to write as csv or to draw; ``columns`` what of it to draw."""
    from journeys.study.charts import chart_formats
    from journeys.views.terminal.measures import AnalysisView, analysis_sheets, analysis_text, said_beside_csv

    title = study.folder.settings.title
    pictures, said_of = chart_formats(analysis, table, columns)
    return Output(
        "A measure",
        lambda: AnalysisView(analysis, table),
        {
            "csv": lambda: analysis_text(analysis, "csv", table),
            "json": lambda: analysis_text(analysis, "json", table),
            "xlsx": lambda: _workbook(analysis_sheets(analysis, study=title, when=datetime.now())),
            **pictures,
        },
        note=lambda format_: said_beside_csv(analysis, table) if format_ == "csv" else said_of(format_),
    )


def _table(_: StudyAccess, table: Table, *, about: Iterable[tuple[str, Any]] = ()) -> Output:
    """``about`` is the second sheet of a workbook: what was asked."""
    from journeys.views.tables import Sheet, table_text
    from journeys.views.terminal.fitting_table import table_view

    def sheets() -> list[Sheet]:
        return [Sheet("Answer", table.columns, table.rows), Sheet("About", ("what", "value"), list(about))]

    return Output(
        "An answer",
        lambda: table_view(table),
        {
            "csv": lambda: table_text(table, "csv"),
            "json": lambda: table_text(table, "json"),
            "xlsx": lambda: _workbook(sheets()),
        },
    )


def _library(_: StudyAccess, library: Library) -> Output:
    from journeys.views.terminal.listings import QUESTION_COLUMNS, questions_as_dicts, questions_rows
    from journeys.views.terminal.question_list import LibraryView

    problems = "\n".join(f"This question cannot be used: {problem}" for problem in library.problems)
    return _list_of(
        "The list of questions", library, LibraryView, QUESTION_COLUMNS, questions_rows, questions_as_dicts, problems
    )


def _measures(_: StudyAccess, measures: Measures) -> Output:
    from journeys.views.terminal.listings import MEASURE_COLUMNS, measures_as_dicts, measures_rows
    from journeys.views.terminal.measures import MeasuresView

    return _list_of("The list of measures", measures, MeasuresView, MEASURE_COLUMNS, measures_rows, measures_as_dicts)


def _list_of(
    what: str,
    listed: _Listed,
    view: Callable[[_Listed], RenderableType],
    columns: Mapping[str, str],
    rows: Callable[[_Listed], Sequence[Sequence[Any]]],
    dicts: Callable[[_Listed], list[dict[str, Any]]],
    note: str = "",
) -> Output:
    from journeys.views.tables import Sheet, csv_text, json_text

    title = what.rpartition(" ")[2].capitalize()
    return Output(
        what,
        lambda: view(listed),
        {
            "csv": lambda: csv_text(tuple(columns), rows(listed)),
            "json": lambda: json_text(dicts(listed)),
            "xlsx": lambda: _workbook([Sheet(title, tuple(columns), rows(listed), columns)]),
        },
        note=lambda format_: "" if format_ in TERMINAL else note,
    )


def _forms_compared(study: StudyAccess, comparison: FormComparison) -> Output:
    from journeys.instruments.forms import write_form
    from journeys.model.lens import scope_words
    from journeys.views.tables import csv_text, json_text
    from journeys.views.terminal.comparisons import FORM_COLUMNS, form_rows, form_view

    instrument = study.instruments.get(comparison.agreed.instrument)

    def agreed(format_: str) -> Callable[[], Content]:
        return lambda: _written(
            format_, lambda path: write_form(instrument, path, study.schema, filled=comparison.agreed)
        )

    return Output(
        "A comparison",
        lambda: form_view(comparison, scope_words(study.schema.terms("scope"))),
        {
            "csv": lambda: csv_text(FORM_COLUMNS, form_rows(comparison)),
            "json": lambda: json_text([dict(zip(FORM_COLUMNS, row, strict=True)) for row in form_rows(comparison)]),
            **{format_: agreed(format_) for format_ in instrument.formats if format_ != "txt"},
        },
    )


def _codings_compared(_: StudyAccess, comparison: CodingComparison) -> Output:
    from journeys.instruments.excel.coding_decisions import write_decisions
    from journeys.views.tables import csv_text, json_text
    from journeys.views.terminal.comparisons import CODING_COLUMNS, coding_rows, coding_view

    rows = comparison.disagreements
    return Output(
        "A comparison",
        lambda: coding_view(comparison),
        {
            "csv": lambda: csv_text(CODING_COLUMNS, coding_rows(rows)),
            "json": lambda: json_text([dict(zip(CODING_COLUMNS, row, strict=True)) for row in coding_rows(rows)]),
            "xlsx": lambda: _written("xlsx", lambda path: write_decisions(path, rows)),
        },
    )


def _report(_: StudyAccess, report: Report) -> Output:
    view, formats, note = report_formats(report)
    return Output("A report", view, formats, note=note)


def _written(format_: str, write: Callable[[Path], None]) -> bytes:
    """What ``write`` writes into a file of this format."""
    with scratch_folder("journeys-output-") as folder:
        path = folder / f"made.{format_}"
        write(path)
        return path.read_bytes()


def _status(study: StudyAccess, status: StudyStatus) -> Output:
    from journeys.views.tables import json_text
    from journeys.views.terminal.status import status_as_dict, status_view

    return Output(
        "The status", lambda: status_view(status, study.schema), {"json": lambda: json_text(status_as_dict(status))}
    )


def _check(_: StudyAccess, result: CheckResult) -> Output:
    from journeys.views.tables import json_text
    from journeys.views.terminal.checks import check_as_dict, check_view

    return Output("A check", lambda: check_view(result), {"json": lambda: json_text(check_as_dict(result))})


def _workbook(sheets: Iterable[Sheet]) -> bytes:
    from journeys.views.write_xlsx import workbook

    return workbook(sheets)


_KINDS: Mapping[str, Callable[..., Output]] = {
    "Journey": lambda study, journey: Output("A journey", *journey_formats(study, journey)),
    "Record": _record,
    "FormComparison": _forms_compared,
    "CodingComparison": _codings_compared,
    "Report": _report,
    "SearchResult": _search,
    "SiteNetwork": _network,
    "Comparison": lambda study, found: Output("A comparison of sites", *comparison_formats(study, found)),
    "SiteMatrices": lambda study, found: Output(
        "A matrix", *matrix_formats(study, found), matrix_beside(found), lambda _: "\n".join(found.withheld)
    ),
    "GuidedJourney": lambda study, guided: Output("A guided journey", *guide_formats(study, guided)),
    "GuidesFound": lambda _, found: Output("The list of guided journeys", *guides_formats(found)),
    "SiteStoryline": lambda study, found: Output("A storyline", *storyline_formats(study, found)),
    "Answer": _answer,
    "Analysis": _analysis,
    "Table": _table,
    "MeasureTable": lambda study, table: _table(study, table.as_table()),
    "Library": _library,
    "Measures": _measures,
    "StudyStatus": _status,
    "FormsStatus": lambda study, status: Output("The status of forms", *forms_formats(study, status)),
    "CheckResult": _check,
}
"""By the name of the result's class, so that no class has to be imported for the look-up."""
