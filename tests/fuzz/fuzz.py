"""Damaged files of every kind that a study folder holds, given to the program: ``run(count, seed)``.

What must hold of each: no traceback, an exit code that says a problem was told, at most 10 seconds of processor time,
and the name of the file in what is said wherever the command fails.
"""

from __future__ import annotations

import resource
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from journeys.demo import write_demo
from journeys.instruments.forms import write_form
from journeys.instruments.instrument_set import shipped_instruments
from journeys.model.schema import load_schema
from tests.commands import CliResult, run_here
from tests.fuzz.mutations import damaged
from tests.instruments.projects.dna_files import write_dna
from tests.instruments.projects.refi_files import NVIVO, coded

_TOGETHER = 25
"""Damaged files that one check is given at once; one that fails is looked for among them."""
_SECONDS = 10.0


@dataclass
class Failure:
    """A damaged file with which the program did what it must not: its kind, its number, and what happened."""

    kind: str
    number: int
    what: str
    data: bytes = field(repr=False)


@dataclass
class Report:
    """How many files of each kind were tried, and those with which something went wrong."""

    tried: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    slowest: float = 0.0

    @property
    def wrong(self) -> list[str]:
        """What went wrong, a line each."""
        return [f"{each.kind} {each.number}: {each.what}" for each in self.failures]

    def __str__(self) -> str:
        kinds = ", ".join(f"{number} {kind}" for kind, number in sorted(self.tried.items()))
        lines = [f"{sum(self.tried.values()):,} damaged files ({kinds}): {len(self.failures)} failures."]
        return "\n".join(lines + [f"  {each}" for each in self.wrong])


def run(count: int, seed: int = 1, *, most_memory: int = 0) -> Report:
    """Try ``count`` damaged files that follow from ``seed``; ``most_memory`` (bytes) limits this process, 0: not."""
    report = Report()
    with tempfile.TemporaryDirectory() as held, _memory(most_memory):
        root = Path(held)
        sound = _sound_files(root / "sound")
        number = 0
        while number < count:
            batch: list[tuple[str, str, int, bytes]] = []
            while number < count and len(batch) < _TOGETHER:
                random = Random(f"{seed}-{number}")
                name = random.choice(sorted(sound))
                batch.append((name, _kind(name), number, damaged(sound[name], random)))
                number += 1
            report.tried.update(kind for _, kind, _, _ in batch)
            alone = [each for each in batch if each[0] in _ALONE]
            _try([each for each in batch if each[0] not in _ALONE], root, sound, report)
            for each in alone:
                _try([each], root, sound, report)
    return report


_ALONE = ("study.yaml", "registers.xlsx", "guides/fuzz.yaml", "fuzz.qdpx", "fuzz.dna")
"""Files of which a folder has one, or that are given to a command of their own."""


def _kind(name: str) -> str:
    return name if "/" not in name else f"{name.partition('/')[0]} {''.join(Path(name).suffixes[-2:])}"


def _sound_files(folder: Path) -> dict[str, bytes]:
    """A file of each kind, by its name in a study folder."""
    demo = folder / "demo"
    write_demo(demo)
    found = {
        path.relative_to(demo).as_posix(): path.read_bytes()
        for part in ("forms", "tables", "decisions", "guides")
        for path in sorted((demo / part).rglob("*"))
        if path.is_file() and path.stat().st_size < 300_000
    }
    found |= {name: (demo / name).read_bytes() for name in ("study.yaml", "registers.xlsx")}
    for instrument in shipped_instruments():
        for format_ in instrument.formats:
            path = folder / f"blank.{format_}"
            write_form(instrument, path, load_schema())
            found[f"forms/{instrument.instrument}.{format_}"] = path.read_bytes()
    found["fuzz.qdpx"] = coded(NVIVO).write(folder / "fuzz.qdpx").read_bytes()
    found["fuzz.dna"] = write_dna(folder / "fuzz.dna").read_bytes()
    return found


def _try(batch: Sequence[tuple[str, str, int, bytes]], root: Path, sound: dict[str, bytes], report: Report) -> None:
    """Check a study with these files; where something goes wrong, each half again, down to the one file."""
    if not batch:
        return
    study = root / "study"
    shutil.rmtree(study, ignore_errors=True)
    (study / "forms").mkdir(parents=True)
    for name in ("study.yaml", "registers.xlsx"):
        (study / name).write_bytes(sound[name])
    written = []
    for name, _, number, data in batch:
        path = study / name if name in _ALONE else study / Path(name).with_name(f"f{number}-{Path(name).name}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        if name.endswith(".csv"):  # its map, sound
            maps = [each for each in sound if each.endswith(".map.yaml")]
            path.with_suffix(".map.yaml").write_bytes(sound[maps[0]]) if maps else None
        written.append(path)
    name = batch[0][0]
    started = time.process_time()
    ended = run_here(
        ["import", "refi" if name.endswith("qdpx") else "dna", written[0]] if name in _ALONE[-2:] else ["check"],
        study,
        {},
    )
    seconds = time.process_time() - started
    report.slowest = max(report.slowest, seconds)
    wrong = _wrong(ended, seconds, [each.name for each in written])
    if wrong and len(batch) == 1:
        report.failures.append(Failure(batch[0][1], batch[0][2], wrong, batch[0][3]))
    elif wrong:
        _try(batch[: len(batch) // 2], root, sound, report)
        _try(batch[len(batch) // 2 :], root, sound, report)


def _wrong(ended: CliResult, seconds: float, names: Sequence[str]) -> str:
    said = ended.stdout + ended.stderr
    if "Traceback" in said or "Something went wrong inside" in said:
        return next(line for line in said.splitlines() if "Traceback" in line or "Something went" in line)[:300]
    if ended.code not in (0, 1, 2):
        return f"ended with {ended.code}"
    if seconds > _SECONDS:
        return f"took {seconds:.1f} s"
    if ended.code and not any(name in said for name in names) and "PROBLEM" not in said:
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
