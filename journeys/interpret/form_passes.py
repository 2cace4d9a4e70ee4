"""Read forms in two passes: first what every form is about, so that any may name it, then what each says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from journeys.instruments.answers import FilledForm
from journeys.interpret.coded_transcript import TRANSCRIPT
from journeys.interpret.context import Context
from journeys.interpret.extractors import replaced_forms, report_unagreed
from journeys.interpret.file_report import FileReport
from journeys.interpret.form_interpreters import FormReading, is_about_a_case, reading_of
from journeys.interpret.made_known import Journal
from journeys.model.code_keys import CODING_WORKBOOK
from journeys.model.problem_log import ProblemLog
from journeys.model.problems import Severity
from journeys.model.progress import Progress
from journeys.model.records import Claim, Node

CODINGS_READ = "codings"
"""The kind of a coding workbook in the report of a check."""

Stage = Callable[[Iterator[Node | Claim]], None]


@dataclass(slots=True)
class FormPasses:
    """Forms on their way through the two passes. What is read goes to ``stage``, problems to ``log``, and what is to be
    said of each file to ``reports``; ``journal`` has what each form made known."""

    context: Context
    log: ProblemLog
    reports: list[FileReport]
    stage: Stage
    journal: Journal = field(default_factory=Journal)
    met: dict[str, None] = field(default_factory=dict)
    """The instruments of forms that hold something."""
    forms: list[tuple[str, FilledForm]] = field(default_factory=list)
    extractions: dict[str, None] = field(default_factory=dict)
    """The files of forms about documents that are to be read."""
    _subjects: dict[str, tuple[FormReading, FileReport]] = field(default_factory=dict)
    _about_cases: set[str] = field(default_factory=set)

    def take(self, form: FilledForm, name: str) -> bool:
        """The first pass of one form; returns whether it is more than a blank one."""
        self.forms.append((name, form))
        if form.blank and self.log.count(Severity.ERROR, files=frozenset({name})) == 0:
            self.reports.append(FileReport(name, "blank form"))
            return False
        self.met[form.instrument] = None
        kind = CODINGS_READ if form.instrument == CODING_WORKBOOK else "form"
        report = FileReport(name, kind, form.size)
        self.reports.append(report)
        if is_about_a_case(self.context, form):
            self._about_cases.add(name)
        with self.journal.noting(self.context, name, self.journal.subjects):
            reading = reading_of(self.context, form)
        if reading is None:
            report.rejected = report.read
        else:
            self._subjects[name] = reading, report
            if self.context.instruments.get(form.instrument).about == "Document" and kind != CODINGS_READ:
                self.extractions[name] = None
        return True

    def add(self, reading: FormReading, report: FileReport) -> None:
        """Something else that is read with the forms, in the second pass alone."""
        self._subjects[report.file] = reading, report

    def read(self, progress: Progress) -> None:
        """The second pass of all that was taken."""
        # Codings come late, so that they name passages that other forms keep; forms about case studies quote both.
        late = (CODINGS_READ, TRANSCRIPT)
        order = sorted(
            self._subjects, key=lambda name: (name in self._about_cases, self._subjects[name][1].kind in late)
        )
        report_unagreed(self.context)
        replaced = replaced_forms(self.context)
        progress.stage("reading forms", len(order))
        for name in order:
            if name in replaced:
                self._subjects[name][1].kind = f"form, replaced by {replaced[name]}"
                self.extractions.pop(name, None)
                continue
            self.say(name)
            progress.advance()

    def say(self, name: str) -> bool:
        """The second pass of one form; False for one that was not taken, or says nothing."""
        if name not in self._subjects:
            return False
        reading, report = self._subjects[name]
        before = self.log.count(Severity.ERROR, files=frozenset({name}))
        with self.journal.noting(self.context, name, self.journal.said):
            self.stage(reading())
        wrong = self.log.count(Severity.ERROR, files=frozenset({name})) - before
        report.rejected = min(wrong, report.read)
        if remark := self.context.remarks.get(name):
            report.kind = f"{report.kind} ({remark})"
        return True
