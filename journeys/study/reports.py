"""Reports of a study: what each kind says, and the formats it can be written in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from journeys.model.problems import UsageProblem
from journeys.model.suggestions import did_you_mean

if TYPE_CHECKING:
    from journeys.interpret.forms_status import FormsStatus
    from journeys.model.progress import Progress
    from journeys.study.access import StudyAccess
    from journeys.study.living.fill import FilledReport
    from journeys.views.reports.model import Block, Event, Report


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A kind of report: what it is about, in words, and the noun of what it is asked of; "" for the whole study.

    ``also_whole``: it can be asked of the whole study, too.
    """

    about: str
    of: str = ""
    wide: bool = False
    also_whole: bool = False


REPORTS: Mapping[str, ReportKind] = {
    "journey": ReportKind("The journey of a document or piece of evidence.", "a document or piece of evidence"),
    "case": ReportKind("A case study: its journeys, and what is written in and about it.", "a case study"),
    "site": ReportKind("A site: its journeys, its actors, and what it adds to the summary tables.", "a site"),
    "summary-tables": ReportKind("The summary tables, and the evidence for and against each row by site.", wide=True),
    "codebook": ReportKind("The codebook, and in how many passages each code is used, by site.", wide=True),
    "data-collection": ReportKind(
        "What was collected for a case study, or for all of them.", "a case study", wide=True, also_whole=True
    ),
    "follow-ups": ReportKind("Everything to follow up: owner, date, state; also as a calendar file.", wide=True),
    "quality": ReportKind(
        "The quality of the data: what rests on little, is disputed, missing or uncertain.", wide=True
    ),
}


class Reports:
    """The reporting methods of ``Study``."""

    def report(self: StudyAccess, kind: str, ref: str | None = None) -> Report:
        """A report of the study: ``study.write(study.report("summary-tables"), "tables.docx")``.

        ``kind`` is one of ``REPORTS``; ``ref`` what it is about, where it is about one thing. Raises UsageProblem for
        a kind that there is not, or one without the thing it is about, and JourneysError for a thing that there is not.
        """
        from journeys.views.reports.model import Report

        if kind not in REPORTS:
            meant = did_you_mean(kind, REPORTS)
            raise UsageProblem(f"There is no report {kind!r}.{meant} The reports are: {', '.join(REPORTS)}.")
        what = REPORTS[kind]
        if what.of and ref is None and not what.also_whole:
            raise UsageProblem(f"The report {kind} is about {what.of}. Write `journeys report {kind} REF -o FILE`.")
        if not what.of and ref is not None:
            raise UsageProblem(f"The report {kind} is about the whole study. Leave {ref!r} out.")
        built = Built(*_builder(kind)(self, ref or ""))
        settings = self.folder.settings
        today = date.today()
        made = f"{settings.title}. Written on {today.day} {today:%B %Y}."
        whole = f"{built.subtitle}. {made}" if built.subtitle else made
        notice, blocks = settings.note or "", tuple(built.blocks)
        return Report(
            built.title, whole, blocks, settings.title, notice, what.wide, built.events, built.not_in_calendar
        )  # fmt: skip

    def follow_up_book(self: StudyAccess, *, again: bool = False) -> Path | None:
        """Write decisions/follow-ups.xlsx, in which owner, date, state and closing word of follow-ups are written.

        Returns the file; None where there is one already, unless it is to be written ``again``, with what stands in it
        and what is new. Raises UsageProblem for one that cannot be kept whole.
        """
        from journeys.study.follow_up_book import write_follow_up_book

        return write_follow_up_book(self, again=again)

    def row_decisions(self: StudyAccess, *, again: bool = False) -> Path | None:
        """Write decisions/summary-tables.xlsx, in which rows of the summary tables are closed and reopened.

        Returns the file; None where there is one already, unless it is to be written ``again``: with what stands in it,
        and the evidence that there is now. Raises UsageProblem for one that cannot be kept whole.
        """
        from journeys.study.decisions.rows import write_row_decision_book

        return write_row_decision_book(self, again=again)

    def forms_status(self: StudyAccess, *, progress: Progress | None = None) -> FormsStatus:
        """Which forms each case study has, how far they are filled in, and what is due; read from the files."""
        from journeys.study.forms.status import forms_status_of

        return forms_status_of(self, progress)

    def fill_report(self: StudyAccess, path: str | Path) -> FilledReport:
        """Fill a report of the team's own (.md or .docx) with what the graph holds now; see docs/reports.md.

        Raises UsageProblem for a file that cannot be read; a mark that cannot be filled is said in its place.
        """
        from journeys.study.living.fill import fill

        return fill(self, Path(path))


class Built(NamedTuple):
    """What a report is made of; see ``Report``."""

    title: str
    subtitle: str
    blocks: list[Block]
    events: tuple[Event, ...] | None = None
    not_in_calendar: str = ""


_Parts = tuple[str, str, "list[Block]"] | tuple[str, str, "list[Block]", "tuple[Event, ...]", str]


def _builder(kind: str) -> Callable[[StudyAccess, str], _Parts]:
    """What makes a kind of report."""
    from journeys.study.report_kinds.codebook import codebook_report
    from journeys.study.report_kinds.data_collection import data_collection_report
    from journeys.study.report_kinds.follow_ups import follow_ups_report
    from journeys.study.report_kinds.journey import journey_report
    from journeys.study.report_kinds.quality import quality_report
    from journeys.study.report_kinds.record import case_report, site_report
    from journeys.study.report_kinds.summary_tables import summary_tables_report

    builders: Mapping[str, Callable[[StudyAccess, str], _Parts]] = {
        "journey": journey_report,
        "case": case_report,
        "site": site_report,
        "summary-tables": lambda study, _: summary_tables_report(study),
        "codebook": lambda study, _: codebook_report(study),
        "data-collection": data_collection_report,
        "follow-ups": lambda study, _: follow_ups_report(study),
        "quality": lambda study, _: quality_report(study),
    }
    return builders[kind]
