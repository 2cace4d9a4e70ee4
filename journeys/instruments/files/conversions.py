"""Files of other formats as documents and workbooks that can be read: converted once by LibreOffice, and kept."""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import os
from collections import defaultdict
from collections.abc import Collection, Mapping
from contextlib import ExitStack
from pathlib import Path

from journeys.instruments.files.libreoffice import TookTooLong, convert, find_libreoffice
from journeys.instruments.files.old_formats import CONVERTED, checked_bytes
from journeys.instruments.files.safety import unreadable
from journeys.model.phrases import counted
from journeys.model.private_files import private_folder, write_private
from journeys.model.problems import Address, Problem, Severity, UnreadableFile
from journeys.model.unfinished import scratch_folder

FIRST_SECONDS, MORE_SECONDS = 60.0, 10.0
"""How long LibreOffice may take for one file, and for each more of the same run."""
_WAY = "1"
"""Part of the names of kept files, to be changed when files are to be converted in another way."""


_Known = tuple[Path, int, int]


class Conversions:
    """The files of a study that are read through LibreOffice; ``kept`` is the folder of what was converted.

    A file is converted once: what was made of it is kept under the hash of its content, readable for its owner alone.
    """

    def __init__(self, kept: Path, *, program: Path | None = None, first_seconds: float = FIRST_SECONDS) -> None:
        self._kept, self._first = kept, first_seconds
        self._program = program or find_libreoffice()
        self._made: dict[_Known, Path] = {}
        self._refused: dict[_Known, UnreadableFile] = {}
        self._temporary: Path | None = None
        self._held = ExitStack()

    @property
    def possible(self) -> bool:
        """Whether there is a LibreOffice on this machine."""
        return self._program is not None

    @property
    def endings(self) -> frozenset[str]:
        """The endings of files that are read through LibreOffice: none where there is none."""
        return frozenset(CONVERTED) if self.possible else frozenset()

    def prepare(self, files: Mapping[Path, str]) -> None:
        """Convert those of these files that need it and were not converted before, in as few runs as can be.

        ``files`` are paths with the names by which messages call them. ``readable`` raises what is wrong with one.
        """
        missing: dict[str, dict[str, list[Path]]] = defaultdict(lambda: defaultdict(list))
        content: dict[str, bytes] = {}
        for path, name in files.items():
            known = _known(path)
            if path.suffix.lower() not in self.endings or known in self._made or known in self._refused:
                continue
            try:
                data = checked_bytes(path, name=name)
            except UnreadableFile as error:
                self._refused[known] = error
                continue
            ending = CONVERTED[path.suffix.lower()].ending
            stem = f"{hashlib.sha256(data).hexdigest()}-{_WAY}"
            made = self._folder() / f"{stem}{ending}"
            if made.is_file():
                self._made[known] = made
            else:
                missing[ending][f"{stem}{path.suffix.lower()}"].append(path)
                content[f"{stem}{path.suffix.lower()}"] = data
        for ending, wanted in missing.items():
            self._convert(ending, wanted, content, files)

    def readable(self, path: Path, name: str) -> Path:
        """The file to read in the place of ``path``: itself, or what LibreOffice made of it. Raises UnreadableFile."""
        suffix = path.suffix.lower()
        if suffix not in CONVERTED:
            return path
        if not self.possible:
            message = f"A {suffix} file is read only where LibreOffice is installed."
            remedy = f"Save it as {CONVERTED[suffix].save_as}, or install LibreOffice (free, libreoffice.org)."
            raise unreadable("other_format", Address(name), message, remedy)
        self.prepare({path: name})
        known = _known(path)
        if known in self._refused:
            raise self._refused[known]
        return self._made[known]

    def forget_all_but(self, paths: Collection[Path]) -> None:
        """Delete what was made of files that are no longer there."""
        there = set(map(_known, paths))
        wanted = {made.name for known, made in self._made.items() if known in there}
        try:
            held = [*self._kept.iterdir()]
        except OSError:  # not there, or of another account
            return
        for old in held:
            if old.name not in wanted:
                with contextlib.suppress(OSError):
                    old.unlink()

    def _folder(self) -> Path:
        """The folder of what was converted; one for this process alone where the study may only be read."""
        if self._temporary is not None:
            return self._temporary
        try:
            private_folder(self._kept)
            if os.access(self._kept, os.W_OK) and not self._kept.is_symlink():
                return self._kept
        except OSError:
            pass
        self._temporary = self._held.enter_context(scratch_folder("journeys-converted-"))
        atexit.register(self._held.close)
        return self._temporary

    def _convert(
        self, ending: str, wanted: Mapping[str, list[Path]], content: Mapping[str, bytes], names: Mapping[Path, str]
    ) -> None:
        """All files in one run; each that this gave nothing for by itself, so that one bad file spoils no other."""
        with scratch_folder("journeys-converting-") as made:
            inside, outside = made / "in", made / "out"
            inside.mkdir()
            outside.mkdir()
            for name in wanted:
                (inside / name).write_bytes(content[name])
            why = self._run([inside / name for name in wanted], ending, outside)
            for name, paths in wanted.items():
                result = outside / f"{Path(name).stem}{ending}"
                if not result.is_file() and len(wanted) > 1:
                    why = self._run([inside / name], ending, outside)
                if result.is_file():
                    self._keep(result, paths)
                else:
                    for path in paths:
                        self._refused[_known(path)] = _not_converted(path, names[path], why)

    def _run(self, files: list[Path], ending: str, into: Path) -> str:
        """Run LibreOffice; returns why it may have failed."""
        assert self._program is not None
        limit = self._first + MORE_SECONDS * (len(files) - 1)
        try:
            convert(self._program, files, ending, into, limit=limit)
        except TookTooLong:
            for unfinished in into.glob(".~lock.*"):
                unfinished.unlink(missing_ok=True)
            return f"LibreOffice did not open it within {counted(round(limit), 'second')}"
        except OSError as error:
            return f"LibreOffice could not be started ({error.strerror or error})"
        return "LibreOffice could not open it; it is damaged, or protected by a password"

    def _keep(self, result: Path, paths: list[Path]) -> None:
        kept = self._folder() / result.name
        write_private(kept, result.read_bytes())
        for path in paths:
            self._made[_known(path)] = kept


def _known(path: Path) -> _Known:
    """By what a file is known while it stays the same; all zeros for one that is not there."""
    try:
        status = path.stat()
    except OSError:
        return path, 0, 0
    return path, status.st_mtime_ns, status.st_size


def _not_converted(path: Path, name: str, why: str) -> UnreadableFile:
    kind = CONVERTED[path.suffix.lower()]
    remedy = f"Open it in the program it was made with, and save it without a password as {kind.save_as}."
    return unreadable("not_converted", Address(name), f"The file was not read: {why}.", remedy)


def without_libreoffice(name: str) -> Problem:
    """The warning about a file that is read through LibreOffice, where there is none."""
    suffix = Path(name).suffix
    kind = CONVERTED[suffix.lower()]
    message = f"Forms are read from {suffix} files only where LibreOffice is installed."
    remedy = (
        f"If it is a form, save it as {kind.save_as}, or install LibreOffice (free, libreoffice.org); if not, move it "
        "out of forms/."
    )
    return Problem("other_format", Address(name), message, remedy, Severity.WARNING)
