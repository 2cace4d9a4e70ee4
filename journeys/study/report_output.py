"""What a report, and the status of forms, can be written as. What the functions need is imported when they run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import RenderableType

    from journeys.interpret.forms_status import FormsStatus
    from journeys.study.access import StudyAccess
    from journeys.views.reports.model import Report

Formats = Mapping[str, Callable[[], str | bytes]]


def report_formats(report: Report) -> tuple[Callable[[], RenderableType], Formats, Callable[[str], str]]:
    """The view of a report, its formats, and what is said of a format: what a calendar leaves out."""
    from journeys.views.reports.writers import writers
    from journeys.views.terminal.report import ReportView

    def left_out(format_: str) -> str:
        return report.not_in_calendar if format_ == "ics" else ""

    return lambda: ReportView(report), writers(report), left_out


def forms_formats(study: StudyAccess, status: FormsStatus) -> tuple[Callable[[], RenderableType], Formats]:
    """The view of the status of forms, as a report, and its formats."""
    from journeys.study.forms_status import forms_as_dict, forms_report
    from journeys.views.tables import json_text

    view, formats, _ = report_formats(forms_report(study, status))
    return view, {"json": lambda: json_text(forms_as_dict(status)), **formats}
