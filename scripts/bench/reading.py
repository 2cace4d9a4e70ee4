"""How long reading takes as a study grows: ``python scripts/bench/reading.py``.

The large invented study (see ``_minutes_study.py``) is loaded at three sizes, 10,000, 30,000 and 100,000 claims, into
embedded stores, and every question of the library is asked of each: without parameters where it needs none, and with
its example; so are the network of a site and of all sites, ``status`` and ``trace`` of the document with the most
claims. Printed is a table: seconds by the clock and of processor time (ours, and the engine's, which counts on a
machine that is busy otherwise), the exponent of growth fitted to them, and the largest memory of our process. A
question runs in one process, on an open store, and its answer is written as a table; the other commands run as a
person runs them, the engine kept running.

With a server in NEO4J_URI (and NEO4J_PASSWORD), and its process in ``--server-process``, it is measured there instead;
its database should be empty, and holds the last size afterwards.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from _growth import exponent
from _minutes_study import load_minutes, minutes

from journeys.model.problems import JourneysError
from journeys.store.embedded.launcher import running
from journeys.store.embedded.paths import Layout
from journeys.store.queries.library import Query
from journeys.study.study import Study

SIZES = (10_000, 30_000, 100_000)
LIMIT = 120.0
"""Seconds after which a question is given up."""
FLOOR = 0.05
"""Seconds below which a time says nothing about growth."""
BUSIEST = "MATCH (d:Document {study: $study}) RETURN d.id AS id, COUNT { (d)--() } AS n ORDER BY n DESC LIMIT 1"
"""The document with the most claims."""


@dataclass(frozen=True)
class Taken:
    """What something took: seconds by the clock and of both processors, MB of our process (0: not measured)."""

    wall: float
    ours: float
    engine: float
    megabytes: float = 0.0
    failed: str = ""

    @property
    def work(self) -> float:
        """Processor seconds of both processes."""
        return self.ours + self.engine


@dataclass
class Figures:
    """What everything took, by its name and the claims of the study."""

    taken: dict[str, dict[int, Taken]] = field(default_factory=dict)

    def lines(self, sizes: Sequence[int]) -> Iterator[str]:
        """The table in Markdown, the slowest first."""
        yield f"| | {' | '.join(f'{size:,}' for size in sizes)} | wall s | ours | engine | MB | exponent |"
        yield "|---|" + "---|" * (len(sizes) + 5)
        for name, taken in sorted(self.taken.items(), key=lambda each: -each[1][sizes[-1]].work):
            last = taken[sizes[-1]]
            work = " | ".join(f"{taken[size].work:.2f}" for size in sizes)
            rest = f"{last.wall:.2f} | {last.ours:.2f} | {last.engine:.2f} | {last.megabytes or '':.4} | "
            grows = exponent(sizes, [taken[size].work for size in sizes], floor=FLOOR)
            yield f"| {name} | {work} | {rest}{grows:.1f} | {last.failed}"


class Bench:
    """One study, open, and the process of its engine."""

    def __init__(self, study: Study, server_process: int | None) -> None:
        self.study, self._server = study, server_process

    def _engine(self) -> float:
        number = self._server
        if number is None:
            engine = running(Layout(self.study.folder.work))
            number = engine.pid if engine else None
        if number is None:
            return 0.0
        spent = psutil.Process(number).cpu_times()
        return spent.user + spent.system

    def here(self, work: Callable[[], object]) -> Taken:
        """Do something in this process."""
        engine, ours, wall, failed = self._engine(), time.process_time(), time.perf_counter(), ""
        try:
            work()
        except JourneysError as error:
            failed = str(error).splitlines()[0][:60]
        return Taken(time.perf_counter() - wall, time.process_time() - ours, self._engine() - engine, failed=failed)

    def command(self, *words: str) -> Taken:
        """Run a command as a person does, its answer thrown away."""
        study = ["--study", str(self.study.folder.path)]
        engine, wall = self._engine(), time.perf_counter()
        child = os.posix_spawn(
            sys.executable,
            [sys.executable, "-m", "journeys", *study, "--quiet", *words],
            os.environ | ({"NEO4J_URI": self.study.settings.uri} if self.study.settings.uri else {}),
            file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
        )
        _, code, used = os.wait4(child, 0)
        failed = f"ended with {os.waitstatus_to_exitcode(code)}" if code else ""
        took = time.perf_counter() - wall
        return Taken(took, used.ru_utime + used.ru_stime, self._engine() - engine, used.ru_maxrss / 1000, failed)


def ask(study: Study, query: Query, given: dict[str, Any], folder: Path) -> Callable[[], object]:
    """Asks a question and writes its answer."""
    return lambda: study.write(study.ask(query, seconds=LIMIT, **given), folder / "answer.csv")


def measure(bench: Bench, only: str, scratch: Path) -> Iterator[tuple[str, Taken]]:
    """Everything, once: with its name."""
    study = bench.study
    with study.store() as store:
        busiest = str(store.read(BUSIEST, {"study": study.id})[0]["id"])
        for query in study.questions().questions:
            if only in query.name:
                example: dict[str, Any] = dict(query.example or {})
                if "document" in example:
                    example["document"] = busiest
                if not any(one.required and name != "study" for name, one in query.parameters.items()):
                    yield query.short_name, bench.here(ask(study, query, {}, scratch))
                if example:
                    words = ", ".join(f"{name}={value}" for name, value in example.items()).replace(busiest, "BUSIEST")
                    yield f"{query.short_name} {words}", bench.here(ask(study, query, example, scratch))
        commands = {
            "status": ("status",),
            "trace": ("trace", busiest),
            "network north": ("network", "north"),
            "network (all sites)": ("network",),
        }
        for name, command in commands.items():
            if only in name:
                yield f"`{name}`", bench.command(*command)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, nargs="+", default=list(SIZES), metavar="N")
    parser.add_argument("--only", default="", metavar="WORD", help="only what has this in its name")
    parser.add_argument("--keep", type=Path, help="keep the studies in this folder, and use those that are there")
    parser.add_argument("--server-process", type=int, metavar="PID")
    wanted = parser.parse_args()
    uri = os.environ.pop("NEO4J_URI", None)
    figures = Figures()
    with tempfile.TemporaryDirectory(prefix="bench-reading-") as temporary:
        scratch = Path(temporary)
        for size in wanted.claims:
            folder = (wanted.keep or scratch) / f"{'server' if uri else 'minutes'}-{size}"
            if folder.exists():
                study = Study.open(folder, uri=uri)
            else:
                study = load_minutes(folder, minutes(scratch / f"demo-{size}", size), uri)
            if not uri:
                study.start_store()
            for name, taken in measure(Bench(study, wanted.server_process), wanted.only, scratch):
                figures.taken.setdefault(name, {})[size] = taken
                print(f"{size:,} {name}: {taken.wall:.2f} s, {taken.work:.2f} s of work {taken.failed}", flush=True)
            study.stop_store()
    print("\n".join(("", *figures.lines(wanted.claims))))


if __name__ == "__main__":
    main()
