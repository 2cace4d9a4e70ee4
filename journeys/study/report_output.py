"""What reports, journeys, guides, storylines and form states can be written as. A function imports what it needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import RenderableType

    from journeys.analysis.actors.storyline import SiteStoryline
    from journeys.analysis.trace.guided import GuidedJourney
    from journeys.analysis.trace.journey import Journey
    from journeys.interpret.forms_status import FormsStatus
    from journeys.study.access import StudyAccess
    from journeys.study.guides import GuidesFound
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
    from journeys.study.forms.status import forms_as_dict, forms_report
    from journeys.views.tables import json_text

    view, formats, _ = report_formats(forms_report(study, status))
    return view, {"json": lambda: json_text(forms_as_dict(status)), **formats}


def storyline_formats(study: StudyAccess, found: SiteStoryline) -> tuple[Callable[[], RenderableType], Formats]:
    """How a storyline is shown in a terminal, and what makes each other format."""
    from journeys.study.page_frame import frame
    from journeys.views.pages.storyline import storyline_page, storyline_svg
    from journeys.views.tables import json_text
    from journeys.views.terminal.storyline import storyline_view

    return (
        lambda: storyline_view(found),
        {
            "json": lambda: json_text(found.as_dict()),
            "html": lambda: storyline_page(found, study.schema, frame(study)),
            "svg": lambda: storyline_svg(found),
        },
    )


def guide_formats(study: StudyAccess, guided: GuidedJourney) -> tuple[Callable[[], RenderableType], Formats]:
    """How a guided journey is shown in a terminal, and what makes each other format."""
    from journeys.study.page_frame import frame
    from journeys.views.pages.guide import guide_page
    from journeys.views.pictures.journey_map import journey_map
    from journeys.views.tables import json_text
    from journeys.views.terminal.guide import guide_view

    return (
        lambda: guide_view(guided),
        {
            "html": lambda: guide_page(guided, journey_map(guided.journey), frame(study)),
            "json": lambda: json_text(guided.as_dict()),
        },
    )


def guides_formats(found: GuidesFound) -> tuple[Callable[[], RenderableType], Formats]:
    """How the list of guided journeys is shown in a terminal, and as JSON."""
    from journeys.views.tables import json_text
    from journeys.views.terminal.guide import guides_view

    return lambda: guides_view(found.guides), {"json": lambda: json_text([each.as_dict() for each in found.guides])}


def journey_formats(study: StudyAccess, journey: Journey) -> tuple[Callable[[], RenderableType], Formats]:
    """How a journey is shown in a terminal, and what makes each other format."""
    from journeys.views.journey_summary import with_summary
    from journeys.views.tables import json_text
    from journeys.views.terminal.journey import journey_view

    # Pages and pictures are imported when they are made: a terminal should not wait for them.
    def page() -> str:
        from journeys.study.page_frame import frame
        from journeys.views.pages.journey import journey_page
        from journeys.views.pictures.journey_map import journey_map

        return journey_page(journey, journey_map(journey), frame(study))

    def picture() -> str:
        from journeys.views.pages.journey_picture import journey_svg
        from journeys.views.pictures.journey_map import journey_map

        return journey_svg(journey, journey_map(journey))

    def bitmap() -> bytes:
        from journeys.views.pictures.png import png_of

        return png_of(picture())

    return lambda: journey_view(journey), {
        "json": lambda: json_text(with_summary(journey)),
        "html": page,
        "svg": picture,
        "png": bitmap,
    }
