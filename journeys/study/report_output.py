"""Output of reports, and of the status of forms, which is written as one. What they need is imported when they run."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from journeys.interpret.forms_status import FormsStatus
    from journeys.study.access import StudyAccess
    from journeys.study.output import Output
    from journeys.views.reports.model import Report


def report_output(_: StudyAccess, report: Report) -> Output:
    """A report in each of its formats; with a calendar it is said what that leaves out."""
    from journeys.study.output import Output
    from journeys.views.reports.writers import writers
    from journeys.views.terminal.report import ReportView

    def left_out(format_: str) -> str:
        return report.not_in_calendar if format_ == "ics" else ""

    return Output("A report", lambda: ReportView(report), writers(report), note=left_out)


def forms_output(study: StudyAccess, status: FormsStatus) -> Output:
    """The status of forms as a report, and as JSON."""
    from journeys.study.forms_status import forms_as_dict, forms_report
    from journeys.study.output import Output
    from journeys.views.reports.writers import writers
    from journeys.views.tables import json_text
    from journeys.views.terminal.report import ReportView

    report = forms_report(study, status)
    others: dict[str, Callable[[], str | bytes]] = {"json": lambda: json_text(forms_as_dict(status))}
    return Output("The status of forms", lambda: ReportView(report), {**others, **writers(report)})
