"""Kill loads, fillings, atlases and the writing of forms at random moments, and look at what the next command makes."""

from __future__ import annotations

import contextlib
import itertools
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import psutil

import journeys
from tests.faults import report
from tests.faults.report import Row
from tests.store.loading.voting_study import content, write_study, write_table

ROWS, FEW = 2_300, 40
"""Of a study that is filled by a process of its own, and of one whose pages are written quickly."""
VICTIMS = ("parent", "engine", "both")
LEFT = (".journeys-part-", "reading-", "probe-", "engine.json", "engine.filling", "engine.replaced", ".holder")
_ENDS_WITHIN = 300.0
"""Seconds in which a command ends whose engine was killed. Noticing it takes less; a load may go on and be done."""

Content = tuple[list[str], list[str]]


class Kills:
    """Kills in one folder; ``rows`` are what came of them, by what was killed."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._chance = random.Random(seed)
        self._temporary = folder / "temporary"
        self._temporary.mkdir(parents=True)
        self._study, self._small = folder / "large" / "votes", folder / "small" / "votes"
        self._environment = {name: value for name, value in os.environ.items() if not name.startswith("NEO4J_")}
        self._environment["TMPDIR"] = str(self._temporary)
        write_study(self._study, ROWS)
        self._clean: dict[str, Content] = {}
        self._variant = ""
        self._small_atlas: set[str] | None = None
        self._longest: dict[str, float] = {}
        self.rows: dict[str, Row] = {}

    def run(self, count: int, minutes: float) -> list[Row]:
        """Kill so often, each kind of work in its turn, but begin nothing after so many minutes.

        Work that was over before it could be killed is not counted.
        """
        kinds = itertools.cycle((self._load, self._fill, self._load, self._fill, self._atlas, self._forms))
        begun = time.monotonic()
        while (tried := sum(row.tried for row in self.rows.values())) < count:
            if time.monotonic() - begun > 60 * minutes:
                break
            next(kinds)(self._chance.choice(VICTIMS))
            report.progress(self.rows.values(), tried, begun)
        return [self.rows[what] for what in sorted(self.rows)]

    def _load(self, victim: str) -> None:
        """A load of a table that changed."""
        self._clean_content("a")
        self._loaded("a" if self._variant != "a" else "b", victim, f"load, {victim}")

    def _fill(self, victim: str) -> None:
        """The first load of an empty store."""
        self._clean_content("a")
        journeys.open(self._study).stop_store()
        shutil.rmtree(self._study / ".journeys")
        self._loaded(self._chance.choice("ab"), victim, f"first load, {victim}")

    def _loaded(self, variant: str, victim: str, what: str) -> None:
        clean = self._clean_content(variant)
        write_table(self._study, ROWS, variant)
        row = self._killed(["load", "--allow-removals"], self._study, victim, what)
        with self._temporary_here():
            study = journeys.open(self._study)
            study.load(allow_removals=True)
            if content(self._study) != clean:
                row.wrong.append(f"the graph differs from a clean one (variant {variant})")
            study.stop_store()
        self._variant = variant
        self._nothing_left(self._study, row)

    def _atlas(self, victim: str) -> None:
        out = self._small / "out" / "atlas"
        if self._small_atlas is None:
            write_study(self._small, FEW)
            journeys.open(self._small).load()
            journeys.open(self._small).atlas()
            self._small_atlas = _names(out)
        shutil.rmtree(out)
        row = self._killed(["atlas"], self._small, victim, f"atlas, {victim}")
        cut = [page.name for page in out.rglob("*.html") if not page.read_text("utf-8").rstrip().endswith("</html>")]
        with self._temporary_here():
            journeys.open(self._small).atlas()
            journeys.open(self._small).stop_store()
        if cut or _names(out) != self._small_atlas:
            row.wrong.append(f"half-written pages {cut}, or other pages than a clean atlas has")
        self._nothing_left(self._small, row)

    def _forms(self, victim: str) -> None:
        if self._small_atlas is None:
            self._atlas(victim)
        made = self._small / "blank"
        shutil.rmtree(made, ignore_errors=True)
        row = self._killed(["forms", "-o", str(made)], self._small, victim, f"forms, {victim}")
        broken = [path.name for path in made.glob("*") if path.is_file() and not zipfile.is_zipfile(path)]
        with self._temporary_here():
            journeys.open(self._small).status()
            journeys.open(self._small).stop_store()
        if broken:
            row.wrong.append(f"half-written forms: {', '.join(broken)}")
        self._nothing_left(self._small, row)

    def _killed(self, command: list[str], folder: Path, victim: str, what: str) -> Row:
        """Run a command and kill it, its engine or both at a random moment, and wait until all have ended."""
        row = self.rows.setdefault(what, Row(what))
        kind = what.partition(",")[0]
        begun = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-m", "journeys", *command],
            cwd=folder,
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        # How long the work takes is known from the last time that it came to its end; else it is given the time to.
        longest = self._longest.get(kind, 240.0)
        try:
            process.wait(self._chance.uniform(0.02, 1) * longest if kind in self._longest else longest)
            self._longest[kind] = time.monotonic() - begun
        except subprocess.TimeoutExpired:
            row.tried += 1
            children = psutil.Process(process.pid).children(recursive=True)
            _kill(process.pid, children, victim)
            killed = time.monotonic()
            try:
                _, said = process.communicate(timeout=_ENDS_WITHIN)
            except subprocess.TimeoutExpired:
                process.kill()
                _, said = process.communicate()
                row.wrong.append(f"the command did not end within {_ENDS_WITHIN:.0f} seconds")
                return row
            if victim == "engine" and process.returncode:
                row.seconds.append(time.monotonic() - killed)
                if "Nothing is lost" not in said and "again" not in said:
                    row.wrong.append(f"the message does not say that the load can be run again: {said[-300:]}")
            _, alive = psutil.wait_procs(children, timeout=20)
            if alive:
                row.wrong.append(f"{len(alive)} processes live on")
        if process.stderr is not None:
            process.stderr.close()
        row.left += bool(self._left(folder))
        return row

    def _clean_content(self, variant: str) -> Content:
        if variant not in self._clean:
            with tempfile.TemporaryDirectory() as folder:
                clean = Path(folder) / "votes"
                write_study(clean, ROWS)
                write_table(clean, ROWS, variant)
                journeys.open(clean).load()
                self._clean[variant] = content(clean)
                journeys.open(clean).stop_store()
        if not (self._study / ".journeys").exists():
            journeys.open(self._study).load()
        return self._clean[variant]

    def _nothing_left(self, folder: Path, row: Row) -> None:
        if left := self._left(folder):
            row.wrong.append(f"left behind: {', '.join(left)}")

    def _left(self, folder: Path) -> list[str]:
        found = [*folder.rglob("*"), *self._temporary.iterdir()]
        return [
            str(path.relative_to(folder.parent.parent))
            for path in found
            if path.parent == self._temporary or path.name.startswith(LEFT) or path.name.endswith(LEFT)
        ]

    @contextlib.contextmanager
    def _temporary_here(self) -> Iterator[None]:
        """Have this process use the folder of temporary files of the commands that are killed."""
        before, tempfile.tempdir = tempfile.tempdir, str(self._temporary)
        try:
            yield
        finally:
            tempfile.tempdir = before


def _kill(parent: int, children: list[psutil.Process], victim: str) -> None:
    wanted = [] if victim == "parent" else children
    for process in [*wanted, *([] if victim == "engine" else [psutil.Process(parent)])]:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()


def _names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def run(count: int, seed: int, folder: Path, minutes: float = 600) -> list[Row]:
    """Kill so often, at moments that follow from ``seed``, in ``folder``, which is empty; stop after ``minutes``."""
    return Kills(folder, seed).run(count, minutes)
