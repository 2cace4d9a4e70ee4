"""Read forms, each once: a form whose file, and the settings it is read by, are as before is not read again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from journeys.instruments.answers import FilledForm
from journeys.instruments.codebook import Codebook
from journeys.instruments.forms import FORM_SUFFIXES, read_form
from journeys.instruments.instrument_set import InstrumentSet
from journeys.interpret.folder import StudyFolder
from journeys.interpret.kept.form_text import ReadForm, from_text, to_text
from journeys.interpret.kept.marks import settings_mark
from journeys.interpret.kept.own_key import own_key
from journeys.interpret.kept.readings import Readings
from journeys.interpret.kept.side_by_side import processes_for, read_side_by_side
from journeys.interpret.unreadable import sha256
from journeys.model.problems import Problem, Report
from journeys.model.progress import Progress

KEPT = "readings.sqlite"


class FormReader:
    """Reads the forms of a study with its schema, codebook and instruments. Close it when done."""

    def __init__(self, folder: StudyFolder, codebook: Codebook, instruments: InstrumentSet) -> None:
        self._folder, self._codebook, self._instruments = folder, codebook, instruments
        try:
            self._mark = settings_mark(folder)
            where = folder.work / KEPT
        except OSError:
            self._mark, where = "", None
        self._kept = Readings(where, own_key())

    def read_ahead(self, files: Sequence[tuple[Path, str]], progress: Progress) -> None:
        """Read those of the files, given with their names, that were not read before, where that is quicker in several
        processes side by side."""
        wanted: dict[tuple[str, str], bytes] = {}
        for path, name in files:
            key = self._key_of(path, name)
            if key is not None and not self._kept.has(key):
                wanted[str(path), name] = key
        if not processes_for(len(wanted)):
            return
        progress.stage("reading forms side by side", len(wanted))
        for file, digest, text in read_side_by_side(self._folder.path, list(wanted)):
            progress.advance()
            if digest is not None and self._key(file[1], digest) == wanted[file]:
                self._kept.put(wanted[file], text)

    def read(self, path: Path, name: str, report: Report) -> FilledForm | None:
        """The form in a file; None for a file that is none. Raises UnreadableFile and OSError as ``read_form`` does."""
        key = self._key_of(path, name)
        if key is not None and (read := self._known(key, name)) is not None:
            for problem in read.problems:
                report(problem)
            return read.form
        noticed: list[Problem] = []

        def note(problem: Problem) -> None:
            noticed.append(problem)
            report(problem)

        form = read_one(
            self._folder.conversions.readable(path, name), name, self._folder, self._codebook, self._instruments, note
        )
        # The file may have been saved while it was read.
        if key is not None and key == self._key_of(path, name) and (text := to_text(ReadForm(form, noticed), name)):
            self._kept.put(key, text)
        return form

    def read_before(self, name: str, digest: str) -> ReadForm | None:
        """What was read of a file when its content had another hash, if that is kept."""
        return self._known(self._key(name, digest), name) if self._mark else None

    def save(self, *, whole: bool) -> None:
        """Keep what was read for the next time; ``whole``: every form was read, so that nothing else is needed."""
        self._kept.save(forget_others=whole)

    def close(self) -> None:
        """Let go of the file."""
        self._kept.close()

    def _known(self, key: bytes, name: str) -> ReadForm | None:
        text = self._kept.get(key)
        try:
            return None if text is None else from_text(text, name)
        except (ValueError, TypeError, KeyError, IndexError):
            return None

    def _key_of(self, path: Path, name: str) -> bytes | None:
        """By what the reading of a file is kept; None for one that is not kept, or cannot be read."""
        if path.suffix.lower() not in FORM_SUFFIXES or not self._mark:
            return None
        try:
            return self._key(name, sha256(path))
        except OSError:
            return None

    def _key(self, name: str, digest: str) -> bytes:
        return self._kept.key(self._mark, name, digest)


def read_one(
    path: Path, name: str, folder: StudyFolder, codebook: Codebook, instruments: InstrumentSet, report: Report
) -> FilledForm | None:
    """The form in a file, as ``read_form`` reads it with what the study says."""
    return read_form(path, folder.schema, name=name, report=report, codebook=codebook, instruments=instruments)
