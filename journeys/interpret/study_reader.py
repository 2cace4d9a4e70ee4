"""Read a whole study: its registers, its forms, its tables, into a staging; and say what was read of each file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from journeys.instruments.answers import FilledForm
from journeys.instruments.forms import FORM_SUFFIXES
from journeys.instruments.registers import Entry, read_registers
from journeys.instruments.table_definition import register_sheets
from journeys.interpret import coded_transcript
from journeys.interpret.bearings import summary_table_records
from journeys.interpret.code_ties import codebook_records
from journeys.interpret.coded_transcript import TRANSCRIPT, open_transcript
from journeys.interpret.codes_in_use import CodesInUse
from journeys.interpret.comment_authors import CommentAuthors, Researcher
from journeys.interpret.context import Context
from journeys.interpret.data_collection import compared_summaries
from journeys.interpret.date_reading import DateReader
from journeys.interpret.decision_books import take_decisions
from journeys.interpret.file_report import FileReport
from journeys.interpret.folder import OUTSIDE, StudyFolder
from journeys.interpret.form_interpreters import FormReading, reading_of
from journeys.interpret.form_passes import FormPasses
from journeys.interpret.forms_status import FormsStatus, forms_status
from journeys.interpret.inputs import Inputs
from journeys.interpret.kept.forms import FormReader
from journeys.interpret.lens_wording import report_wording
from journeys.interpret.meeting_dates import MeetingDates
from journeys.interpret.names import Names
from journeys.interpret.other_formats import holds_sheets, left_aside, note_converted, other_format
from journeys.interpret.own_exports import is_own_export, remembered_exports
from journeys.interpret.projects.read_imports import ImportsReader, not_imported
from journeys.interpret.property_values import ValueReader
from journeys.interpret.register_entries import RegisterEntries
from journeys.interpret.tables.language import Map
from journeys.interpret.tables.maps import Maps, is_map, load_map, looks_up
from journeys.interpret.tables.open_rows import TABLE_FORMATS
from journeys.interpret.tables.read_table import TableReading
from journeys.interpret.tables_in_use import TablesInUse
from journeys.interpret.unreadable import Unreadable, sha256
from journeys.model.problem_log import ProblemLog
from journeys.model.problems import Address, Problem, Severity
from journeys.model.progress import Progress
from journeys.model.records import Claim, Node
from journeys.staging.database import Staging
from journeys.staging.settle import Settled

_MAY_BE_ANYTHING = (".docx", ".txt")
"""Kinds of files that teams keep beside their forms, such as letters; they are counted without a warning."""
_TABLES = tuple(suffix for suffix in TABLE_FORMATS if suffix not in FORM_SUFFIXES)


@dataclass(slots=True)
class Reading:
    """What a study's files say: how much, file by file, and their sha-256."""

    files: list[FileReport]
    hashes: dict[str, str]
    settled: Settled


class StudyReader:
    """Reads the files of one study into a staging. Problems go to ``log``; nothing stops at them."""

    def __init__(self, folder: StudyFolder, staging: Staging, log: ProblemLog, progress: Progress) -> None:
        self._folder, self._staging, self._log, self._progress = folder, staging, log, progress
        self._names, self._maps = Names(), Maps()
        meetings = MeetingDates(self._names)
        values = ValueReader(folder.schema, log, meetings.find, DateReader(folder.settings.date_order))
        self._instruments = folder.read_instruments(log)
        codes = CodesInUse(folder.codebook(log), [each.initials for each in folder.settings.researchers])
        self.forms = FormReader(folder, codes.codebook, self._instruments)
        tables = TablesInUse(folder.summary_tables(log), folder.schema)
        shared = (folder.id, folder.schema, self._names, log, values, meetings)
        self._context = Context(*shared, instruments=self._instruments, codes=codes, tables=tables)
        self._reports, self._hashes = list[FileReport](), dict[str, str]()
        researchers = [Researcher(each.initials, each.name or "", each.also) for each in folder.settings.researchers]
        self._authors = CommentAuthors(researchers)
        self.imports = ImportsReader(
            folder.path, folder.imports(lambda problem: None), self._context, researchers, self._reports, self._hashes
        )
        self.passes = FormPasses(self._context, log, self._reports, self._stage)

    @property
    def extractions(self) -> Mapping[tuple[str, str], Sequence[FilledForm]]:
        """The forms about each document, by its id and instrument, after ``read`` or ``read_extractions``."""
        return self._context.extractions

    @property
    def names(self) -> Names:
        """Every name the study knows, after ``read``."""
        return self._names

    @property
    def context(self) -> Context:
        """What the forms are read by, and what they have made known."""
        return self._context

    @property
    def reports(self) -> list[FileReport]:
        """What was read of each file so far."""
        return self._reports

    def read(self, more: Collection[Path] = (), *, kept: bool = False) -> Reading:
        """Read the registers, then all forms, then all tables; ``more`` are files outside the study folder.

        Where what is found is ``kept`` for the next time, earlier versions of forms are forgotten, and the staging
        notes how many times each node and claim was said, for ``keep_graph``.
        """
        self._read_files(more, kept=kept)
        self._progress.stage("checking")
        self._context.values.dates.finish(self._log)
        note_converted(self._reports, self._log)
        files = sorted(self._reports, key=lambda report: report.file)
        return Reading(files, self._hashes, self._staging.finish(self._log, counted=kept and self.is_worth_keeping))

    @property
    def is_worth_keeping(self) -> bool:
        """Whether a change in one form may be told from it alone, once the files are read."""
        return bool(self.passes.extractions) and not self.imports.lists

    def read_forms_status(self) -> FormsStatus:
        """Read everything, and say which forms there are and how far they are filled in."""
        self._read_files()
        return forms_status(self._context, self._staging, self.passes.forms, self._log)

    def read_basis(self) -> None:
        """Read what forms are read by: the team's decisions, before anything that they may be about, and registers."""
        self._read_decisions()
        self.read_registers()

    def _read_files(self, more: Collection[Path] = (), *, kept: bool = False) -> None:
        self.read_basis()
        self._report_not_followed(found := self._folder.inputs())
        inputs = self._without_own_exports([*found.files, *more])
        self._convert(inputs)
        if not more:
            self._folder.conversions.forget_all_but(inputs)
        self._stage(self.imports.sources())
        self._read_forms(self._form_files(inputs))
        self.forms.save(whole=kept)
        self._stage(self.imports.projects(self._unreadable))
        self._report_other_formats(inputs)
        self._read_tables([path for path in inputs if not is_map(path)], [path for path in inputs if is_map(path)])
        self._stage(compared_summaries(self._context, self._staging))
        self._read_codebook()
        self._read_summary_tables()
        self._context.follow_ups.report_unmet(self._log)
        self._context.merges.report_unmet(self._log)
        report_wording(map(self._instruments.get, self.passes.met), self._folder.schema.lens, self._log)

    def read_registers(self) -> None:
        """Make known, and stage, what the study's registers list."""
        entries: list[Entry] = []
        for path in self._folder.registers():
            name = self._folder.name(path)
            with Unreadable(self._unreadable, name):
                found = read_registers(path, self._folder.schema, name=name, report=self._log)
                entries += found
                self._reports.append(FileReport(name, "registers", len(found)))
                self._hashes[name] = sha256(path)
        interpreter = RegisterEntries(self._context, register_sheets())
        self._stage(interpreter.interpret(entries))

    def read_extractions(self) -> None:
        """Make known the document extraction forms with their documents, after the registers; read nothing else."""
        inputs = self._without_own_exports(self._folder.inputs().files)
        self._convert(inputs)
        for path in self._form_files(inputs):
            with Unreadable(self._unreadable, name := self._folder.name(path)):
                form = self._form(path, name)
                if form is not None and self._instruments.get(form.instrument).about == "Document":
                    reading_of(self._context, form)
        self.forms.save(whole=False)

    def close(self) -> None:
        """Let go of what is kept of earlier readings."""
        self.forms.close()

    def is_with_somebody(self, ref: str) -> bool:
        """Whether a name stands for a source with people in it, as interviews have, and for no document."""
        if self._names.find(("Document",), ref):
            return False
        sources = [identity for _, identity in self._names.find(("DataSource",), ref)]
        return any(self._context.ties.leading("WITH_ACTOR", source) for source in sources)

    def _read_forms(self, paths: Iterable[Path]) -> None:
        """First what every form is about, so that any form may name it; then what each form says."""
        files = [(path, self._folder.name(path)) for path in paths]
        self.forms.read_ahead([each for each in files if self._map_of(each[0]) is None], self._progress)
        self._progress.stage("opening forms", len(files))
        for path, name in files:
            self._progress.advance()
            with Unreadable(self._unreadable, name):
                form = self._form(path, name)
                if form is None:
                    for reading, report in self._transcript_or_nothing(path, name):
                        self.passes.add(reading, report)
                elif self.passes.take(form, name):
                    self._hashes[name] = sha256(path)
        self.passes.read(self._progress)
        self._authors.report(self._log)

    def _read_decisions(self) -> None:
        """Take up what the team has decided, before anything that it is about is read."""
        for path in self._folder.decisions():
            name = self._folder.name(path)
            with Unreadable(self._unreadable, name):
                decided = take_decisions(self._context, path, name=name)
                if decided is None:
                    message, remedy = "This workbook holds no decisions.", "Move it out of the folder decisions."
                    self._log(Problem("left_aside", Address(name), message, remedy, Severity.WARNING))
                self._reports.append(FileReport(name, "not read" if decided is None else "decisions", decided or 0))
                self._hashes[name] = sha256(path)

    def _read_codebook(self) -> None:
        """Stage the codes, where anything is coded or the study has a codebook of its own."""
        codes = self._context.codes
        if codes.codebook.file is not None:
            name = codes.codebook.file
            kind = "; ".join(filter(None, ("codebook", codes.retired_in_use)))
            self._reports.append(FileReport(name, kind, len(codes.codebook.codes)))
            self._hashes[name] = sha256(self._folder.path / name)
        codes.report_former(self._log)
        codes.decisions.report_unmet(self._log)
        self._stage(codebook_records(self._context))

    def _read_summary_tables(self) -> None:
        """Stage the rows of the summary tables, where something bears on one or the study has tables of its own."""
        tables = self._context.tables.tables
        if tables.file is not None:
            self._reports.append(FileReport(tables.file, "summary tables", len(tables.rows)))
            self._hashes[tables.file] = sha256(self._folder.path / tables.file)
        self._context.tables.report_decided(self._log)
        self._stage(summary_table_records(self._context))

    def _form(self, path: Path, name: str) -> FilledForm | None:
        """The form in a file; None for a file that is no form, and so perhaps a table."""
        if self._map_of(path) is not None:
            return None
        return self.forms.read(path, name, self._log)

    def _form_files(self, paths: Iterable[Path]) -> list[Path]:
        """The files that may be forms: those in formats of ours, and those among the forms that can be converted."""
        return [
            path
            for path in paths
            if not is_map(path) and (path.suffix.lower() in FORM_SUFFIXES or self._is_converted(path))
        ]

    def _is_converted(self, path: Path) -> bool:
        """Whether a file is read through LibreOffice: it lies among the forms, was named by itself, or has a map."""
        if path.suffix.lower() not in self._folder.conversions.endings:
            return False
        return self._folder.name(path).startswith(("forms/", OUTSIDE)) or self._map_of(path) is not None

    def _convert(self, paths: Iterable[Path]) -> None:
        """Convert what is read through LibreOffice, all at once."""
        files = {path: self._folder.name(path) for path in paths if self._is_converted(path)}
        if files:
            self._progress.stage("reading through LibreOffice")
            self._folder.conversions.prepare(files)

    def _transcript_or_nothing(self, path: Path, name: str) -> Iterator[tuple[FormReading, FileReport]]:
        """How to read a file that is no form, if it is a transcript coded in Word; else it is listed."""
        if self._map_of(path) is not None:
            return
        opened = None
        readable = self._folder.conversions.readable(path, name)
        if readable.suffix.lower() == ".docx":
            labels = self._context.codes.codebook.labels
            opened = open_transcript(readable, labels, name=name, report=self._log)
        if opened is not None:
            report = FileReport(name, TRANSCRIPT, opened.size, ignored=opened.left_out)
            self._reports.append(report)
            self._hashes[name] = sha256(path)
            settings = self._folder.settings.transcripts
            yield partial(coded_transcript.interpret, self._context, opened, self._authors, settings), report
        elif readable.suffix.lower() in _MAY_BE_ANYTHING:
            self._reports.append(FileReport(name, "not read"))
        else:
            self._leave_aside(name)

    def _leave_aside(self, name: str) -> None:
        self._log(left_aside(name))
        self._reports.append(FileReport(name, "not read"))

    def _report_other_formats(self, paths: Iterable[Path]) -> None:
        """List the files among the forms and tables that are in no format anything is read from, and say why."""
        for path in paths:
            name, suffix = self._folder.name(path), path.suffix.lower()
            if (problem := not_imported(path, name)) is not None:
                self._log(problem)
                self._reports.append(FileReport(name, "not read"))
                continue
            if not name.startswith(("forms/", "tables/")) or suffix in (*FORM_SUFFIXES, *_TABLES):
                continue
            if self._map_of(path) or self._is_converted(path):
                continue
            if name.startswith("tables/") and holds_sheets(name):
                self._leave_aside(name)
                continue
            self._reports.append(FileReport(name, "not read"))
            if (problem := other_format(name)) is not None:
                self._log(problem)

    def _report_not_followed(self, inputs: Inputs) -> None:
        """List links that lead out of the folder or nowhere, and folders that cannot be opened."""
        for each in inputs.not_followed:
            name = self._folder.link_name(each.path)
            self._reports.append(FileReport(name, "not read"))
            self._log(Problem("not_followed", Address(name), each.message, each.remedy, Severity.WARNING))

    def _without_own_exports(self, paths: list[Path]) -> list[Path]:
        """The files but for results that this program wrote, unless a map reads them; these are listed by folder."""
        known = remembered_exports(self._folder)
        own = [path for path in paths if is_own_export(path, known) and self._map_of(path) is None]
        for name, number in Counter(map(self._by_folder, own)).items():
            self._reports.append(FileReport(name, "export, not read" if number == 1 else f"{number} exports, not read"))
        left_out = set(own)
        return [path for path in paths if path not in left_out]

    def _by_folder(self, path: Path) -> str:
        """A page by its folder and ending, as an atlas has hundreds; another file by its name."""
        folder, slash, name = self._folder.name(path).rpartition("/")
        return f"{folder}{slash}*{path.suffix}" if path.suffix in (".html", ".js") else f"{folder}{slash}{name}"

    def _map_of(self, path: Path) -> Path | None:
        """The map of a table, unless it is a link that leads out of the study folder."""
        found = self._maps.of(path)
        return None if found is None or self._folder.leads_out(found) else found

    def _read_tables(self, paths: Iterable[Path], maps: Iterable[Path]) -> None:
        loaded: dict[Path, Map | None] = {}
        tables: list[tuple[Map, Path, str]] = []
        for path in paths:
            map_path = self._map_of(path)
            name = self._folder.name(path)
            if map_path is None:
                if path.suffix.lower() in _TABLES:
                    self._leave_aside(name)
                continue
            with Unreadable(self._unreadable, name):
                map_name = self._folder.name(map_path)
                self._hashes[map_name], self._hashes[name] = sha256(map_path), sha256(path)
                if map_path not in loaded:
                    loaded[map_path] = load_map(map_path, self._folder.schema, name=map_name, report=self._log)
                if (table := loaded[map_path]) is not None:
                    tables.append((table, path, name))
        # A table that looks names up finds those that other tables make known, whatever the files are called.
        for table, path, name in sorted(tables, key=lambda each: looks_up(each[0])):
            with Unreadable(self._unreadable, name):
                self._read_table(table, path, name)
        used = {map_path.resolve() for map_path in loaded}
        for map_path in maps:
            if map_path.resolve() not in used:
                message = "There is no table beside this map."
                remedy = (
                    "Rename the table to the map's name without .map.yaml, or name the table in the map under `file`."
                )
                self._log(Problem("no_table", Address(self._folder.name(map_path)), message, remedy, Severity.WARNING))

    def _read_table(self, table: Map, path: Path, name: str) -> None:
        self._progress.stage(f"reading {name}")
        readable = self._folder.conversions.readable(path, name)
        report = FileReport(name, "table")
        self._reports.append(report)
        reading = TableReading(table, readable, name=name, context=self._context)
        self._stage(reading.records(self._progress))
        report.read, report.rejected, report.ignored = reading.rows, reading.rejected, reading.ignored()

    def _stage(self, records: Iterator[Node | Claim]) -> None:
        for record in self._context.merges.applied(records, self._folder.schema, self._log):
            if isinstance(record, Node):
                self._staging.add_node(self._context.follow_ups.applied(record))
                self._context.codes.note_type(record)
            else:
                self._staging.add_claim(record)

    def _unreadable(self, name: str, problem: Problem) -> None:
        """Note a file that cannot be read at all, and go on with the next."""
        self._log(problem)
        if all(report.file != name for report in self._reports):
            self._reports.append(FileReport(name, "unreadable"))
