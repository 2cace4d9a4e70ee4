"""Damaged files of every kind that the program reads: ``run(count, seed)``.

What must hold of each: no traceback, an exit code that says a problem was told, at most 10 seconds of processor time
and 1 GB of memory, and the name of the file in what is said wherever the command fails. Of those that are loaded, too:
a load that is refused changes nothing, and one that is taken back leaves the graph as it was before.
"""

from __future__ import annotations

import math
import resource
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import NamedTuple

from journeys.store.embedded.launcher import lease
from tests.commands import CliResult, run_here
from tests.fuzz.mutations import damaged
from tests.fuzz.sound import sound_files

_TOGETHER = 25
"""Damaged files that one check is given at once; one that fails is looked for among them."""
_SECONDS = 10.0
_MEMORY = 1_000_000
"""The most that a command may take beside what this process held before, in kilobytes."""
_LOADED = 0.06
"""The share of damaged forms, tables and decisions that are loaded as well."""
_COMMANDS = {
    "fuzz.qdpx": ["import", "refi"],
    "fuzz.dna": ["import", "dna"],
    **{f"{name}.json": ["import", name] for name in ("legistar", "popolo", "ocd", "opencouncil")},
    "reports/own.md": ["report"],
    "reports/own.docx": ["report"],
    "fuzz.crate.zip": ["verify", "--without-numbers"],
    "cypher/own.cypher": ["ask", "own"],
}
"""Files that are given to a command of their own."""
_ALONE = ("study.yaml", "registers.xlsx", "codebook.yaml", "lens/study.yaml", *_COMMANDS)
"""Files of which a folder has one, or that are given to a command of their own."""
_ARCHIVE, _ARCHIVES = "fuzz.crate.zip", 0.2
"""To verify an archive takes longer than anything else: it is tried as often as this, against other files."""
_MANY = 500
"""Archives are tried in runs of so many inputs: to make a sound one takes as long as a hundred others."""
_CITED = "cite:\n  authors: [{name: Nobody}]\n  licence: CC-BY-4.0\n"
_GRAPH = (
    "MATCH (n {study: $study}) WHERE n.content_hash IS NOT NULL RETURN n.id AS id, n.content_hash AS hash ORDER BY id",
    "MATCH ({study: $study})-[r]->() RETURN r.id AS id, r.content_hash AS hash ORDER BY id",
)


class Given(NamedTuple):
    """A damaged file: the name of the sound one, its kind, its number, and what it holds."""

    name: str
    kind: str
    number: int
    data: bytes


@dataclass
class Failure:
    """A damaged file with which the program did what it must not: its kind, its number, and what happened."""

    kind: str
    number: int
    what: str
    data: bytes = field(repr=False)


@dataclass
class Report:
    """How many files of each kind were tried, and those with which something went wrong.

    ``loaded`` of them were loaded as well, of which ``refused`` changed nothing. ``slowest`` is the most processor time
    that one command took (for up to 25 files), in seconds, and ``memory`` the most that one took, in kilobytes.
    """

    tried: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    slowest: float = 0.0
    memory: int = 0
    loaded: int = 0
    refused: int = 0

    @property
    def wrong(self) -> list[str]:
        """What went wrong, a line each."""
        return [f"{each.kind} {each.number}: {each.what}" for each in self.failures]

    def __str__(self) -> str:
        kinds = ", ".join(f"{number} {kind}" for kind, number in sorted(self.tried.items()))
        lines = [
            f"{sum(self.tried.values()):,} damaged files ({kinds}): {len(self.failures)} failures. "
            f"{self.loaded} were loaded too, {self.refused} of them refused. At most {self.slowest:.1f} s of processor "
            f"time for a command, {self.memory // 1000:,} MB."
        ]
        return "\n".join(lines + [f"  {each}" for each in self.wrong])


def run(count: int, seed: int = 1, *, most_memory: int = 0, minutes: float = math.inf) -> Report:
    """Try ``count`` damaged files that follow from ``seed``, or as many as can be begun within so many ``minutes``;
    ``most_memory`` (bytes) limits this process, 0: not."""
    report, until = Report(), time.monotonic() + 60 * minutes
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as held, ExitStack() as running:
        root = Path(held)
        sound = sound_files(root / "sound")
        base = _Base(root, sound, running, archives=count >= _MANY)
        running.enter_context(
            _memory(most_memory)
        )  # the engine, which runs by now, asks for more addresses than it uses
        number = 0
        while number < count and time.monotonic() < until:
            batch: list[Given] = []
            while number < count and len(batch) < _TOGETHER:
                random = Random(f"{seed}-{number}")
                name = random.choice(sorted(sound))
                if name == _ARCHIVE and random.random() > _ARCHIVES:
                    name = "study.yaml"
                batch.append(Given(name, _kind(name), number, damaged(sound[name], random)))
                number += 1
            report.tried.update(each.kind for each in batch)
            _try([each for each in batch if each.name not in _ALONE], root, sound, report)
            for each in batch:
                if each.name in _COMMANDS:
                    base.give(each, report)
                elif each.name in _ALONE:
                    _try([each], root, sound, report)
                if each.name not in _COMMANDS and Random(f"{seed}-load-{each.number}").random() < _LOADED:
                    base.load(each, report)
    return report


def _kind(name: str) -> str:
    return name if "/" not in name else f"{name.partition('/')[0]} {''.join(Path(name).suffixes[-2:])}"


class _Base:
    """The invented study, loaded, with its engine held: for commands that need a store, and to load into."""

    def __init__(self, root: Path, sound: dict[str, bytes], running: ExitStack, *, archives: bool) -> None:
        self._study, self._sound = root / "sound" / "demo", sound
        (self._study / "reports").mkdir(exist_ok=True)
        running.callback(lease(self._study / ".journeys").release)
        with (self._study / "study.yaml").open("a", encoding="utf-8") as file:
            file.write(_CITED)
        export = [["export", "crate", "-o", str(root / _ARCHIVE)]] if archives else []
        for words in (["load", "--allow-removals"], *export):
            ended = run_here(words, self._study, {})
            assert ended.code == 0, ended.stderr
        if archives:
            sound[_ARCHIVE] = (root / _ARCHIVE).read_bytes()
        self._graph = self._held()

    def give(self, given: Given, report: Report) -> None:
        """Give a file to the command that reads it; what it brings in does not stay."""
        path = self._study / given.name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(given.data)
        before = {each for each in self._study.rglob("*") if ".journeys" not in each.parts}
        what = [] if given.name.startswith("cypher/") else [str(path)]
        more = ["-o", str(self._study / "out" / "report.html")] if given.name.startswith("reports/") else []
        ended = _judge([*_COMMANDS[given.name], *what, *more], self._study, given, report)
        if "was stopped after" in ended.stderr:
            self._start_again()
        path.unlink()
        for each in {each for each in self._study.rglob("*") if ".journeys" not in each.parts} - before:
            each.unlink() if each.is_file() else None

    def load(self, given: Given, report: Report) -> None:
        """Load a file; a refused load changes nothing, and without the file the graph is again as it was."""
        path = _place(self._study, given)
        before = path.read_bytes() if path.is_file() else None
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(given.data)
        if path.suffix in (".csv", ".json"):
            path.with_suffix(".map.yaml").write_bytes(_a_map(self._sound))
        ended = _judge(["load", "--allow-removals"], self._study, given, report)
        report.loaded += 1
        path.unlink()
        path.with_suffix(".map.yaml").unlink(missing_ok=True)
        if before is not None:
            path.write_bytes(before)  # with a damaged study.yaml nothing can be asked either
        if ended.code:
            report.refused += 1
            self._compare(given, report, "a refused load changed the graph")
        else:
            run_here(["load", "--allow-removals"], self._study, {})
            self._compare(given, report, "the graph is not as it was before the file was there")

    def _start_again(self) -> None:
        """Start the engine, which a question that took too long has ended: it needs more addresses than this process
        may ask for."""
        limits = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (limits[1], limits[1]))
        run_here(["store", "start"], self._study, {})
        resource.setrlimit(resource.RLIMIT_AS, limits)

    def _compare(self, given: Given, report: Report, what: str) -> None:
        if (held := self._held()) != self._graph:
            report.failures.append(Failure(given.kind, given.number, what, given.data))
            self._graph = held

    def _held(self) -> tuple[str, ...]:
        asked = (["cypher", query, "--rows", "1000000", "--format", "csv"] for query in _GRAPH)
        return tuple(run_here(words, self._study, {}).stdout for words in asked)


def _a_map(sound: dict[str, bytes]) -> bytes:
    return next(content for name, content in sorted(sound.items()) if name.endswith(".map.yaml"))


def _place(study: Path, given: Given) -> Path:
    if given.name == "lens/study.yaml":
        return study / "study.yaml"
    if given.name in _ALONE:
        return study / given.name
    return study / Path(given.name).with_name(f"f{given.number}-{Path(given.name).name}")


def _try(batch: Sequence[Given], root: Path, sound: dict[str, bytes], report: Report) -> None:
    """Check a study with these files; where something goes wrong, each half again, down to the one file."""
    if not batch:
        return
    study = root / "study"
    shutil.rmtree(study, ignore_errors=True)
    (study / "forms").mkdir(parents=True)
    for name in ("study.yaml", "registers.xlsx"):
        (study / name).write_bytes(sound[name])
    written = []
    for given in batch:
        path = _place(study, given)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(given.data)
        if path.suffix in (".csv", ".json"):
            path.with_suffix(".map.yaml").write_bytes(_a_map(sound))
        written.append(path)
    wrong = _run(["check"], study, [each.name for each in written], report)[1]
    if wrong and len(batch) == 1:
        report.failures.append(Failure(batch[0].kind, batch[0].number, wrong, batch[0].data))
    elif wrong:
        _try(batch[: len(batch) // 2], root, sound, report)
        _try(batch[len(batch) // 2 :], root, sound, report)


def _judge(words: Sequence[str], study: Path, given: Given, report: Report) -> CliResult:
    """Run a command on one damaged file, and note what is wrong with how it ended."""
    ended, wrong = _run(words, study, [Path(given.name).name], report)
    if wrong:
        report.failures.append(Failure(given.kind, given.number, f"{words[0]}: {wrong}", given.data))
    return ended


def _run(words: Sequence[str], study: Path, names: Sequence[str], report: Report) -> tuple[CliResult, str]:
    """Run a command: how it ended, and what is wrong with that."""
    started, taken = time.process_time(), _taken_from_now()
    ended = run_here(words, study, {})
    seconds, memory = time.process_time() - started, taken()
    report.slowest, report.memory = max(report.slowest, seconds), max(report.memory, memory)
    return ended, _wrong(ended, seconds, memory, names)


def _taken_from_now() -> Callable[[], int]:
    """What this process has taken at most since now, in kilobytes. The tests before this one may have held more.

    Linux counts the most anew from here when asked to; elsewhere only what rises above all before is seen.
    """
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - held
    before = _status("VmRSS")
    return lambda: _status("VmHWM") - before


def _status(name: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def _wrong(ended: CliResult, seconds: float, memory: int, names: Sequence[str]) -> str:
    said = ended.stdout + ended.stderr
    if "Traceback" in said or "Something went wrong inside" in said:
        return next(line for line in said.splitlines() if "Traceback" in line or "Something went" in line)[:300]
    if ended.code not in (0, 1, 2):
        return f"ended with {ended.code}"
    if seconds > _SECONDS:
        return f"took {seconds:.1f} s"
    if memory > _MEMORY:
        return "took more than 1 GB"
    if ended.code and not any(name in said for name in names) and "PROBLEM" not in said and "Not filled" not in said:
        return f"does not name the file: {said[-200:]!r}"
    if "\x1b" in said or "\x00" in said:
        return "prints control characters"
    return ""


@contextmanager
def _memory(most: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_AS)
    if most:
        resource.setrlimit(resource.RLIMIT_AS, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
