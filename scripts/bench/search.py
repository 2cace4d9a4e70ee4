"""How long a search takes among many passages, and the record of a code: ``python scripts/bench/search.py``.

200,000 passages of 40 words (as frequent as Zipf's law has them) from 200 sources are loaded into an empty embedded
store, or into the database of NEO4J_URI (with NEO4J_PASSWORD), which should be empty; 5,000 of them have one code.
Printed are the seconds of the load, of searches for rare and common words, and of ``show`` of the code: by the clock,
and of processor time of this process and of the embedded engine, which counts on a machine that is busy otherwise.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import tempfile
import time
from pathlib import Path

from journeys.model.identity import claim_id
from journeys.model.problems import Address
from journeys.model.records import Claim, Node, Value
from journeys.staging.database import Staging
from journeys.store.loading.load import LoadRequest, load
from journeys.study.study import Study

ADDRESS = Address("forms/a.xlsx", "Passages", "C2")
SOURCES, CODED = 200, 5_000
SEARCHES = ("w19999", "w5000", "w500", "w50", "w5", "w0", "w50 w500", "w5 w50", '"w3 w4"', "w199*")


def fill(staging: Staging, study: Study, passages: int) -> None:
    """Put passages, their sources and their code into a staging."""
    chance = random.Random(2013)
    words = [f"w{number}" for number in range(20_000)]
    weights = list(itertools.accumulate(1 / (number + 1) for number in range(len(words))))
    schema = study.schema
    code = f"{study.id}:code:1.10"
    staging.add_node(Node("Code", code, {"code": "1.10", "label": "Numbers"}, ADDRESS))
    for number in range(SOURCES):
        held: dict[str, Value] = {"kind": "interview", "description": f"Interview {number}"}
        staging.add_node(Node("DataSource", f"{study.id}:data_source:i{number}", held, ADDRESS))
    for number in range(passages):
        id_ = f"{study.id}:extract:{number}"
        text = " ".join(chance.choices(words, cum_weights=weights, k=40))
        staging.add_node(Node("Extract", id_, {"text": text, "mode": "verbatim"}, ADDRESS))
        source = f"{study.id}:data_source:i{number % SOURCES}"
        ties = [("FROM", "DataSource", source), *([("CODED_AS", "Code", code)] if number < CODED else [])]
        for kind, label, end in ties:
            made = claim_id(schema, kind, id_, end, {})
            staging.add_claim(Claim(made, kind, "Extract", id_, label, end, {}, ADDRESS))


def processor_seconds(folder: str) -> float:
    """Return the processor time so far of this process and of those that work in a folder (on Linux; else this one)."""
    spent = time.process_time()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if (
                folder in (stat.parent / "cmdline").read_text("utf-8", "replace")
                and int(stat.parent.name) != os.getpid()
            ):
                user, system = stat.read_text("utf-8").rpartition(")")[2].split()[11:13]
                spent += (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
        except OSError:
            continue  # it has ended meanwhile
    return spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=200_000)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-search-") as folder:
        (Path(folder) / "study.yaml").write_text("id: bench\ntitle: Bench\n", encoding="utf-8")
        study = Study.open(folder, uri=os.environ.get("NEO4J_URI"))
        begun = time.perf_counter()
        with Staging(Path(folder) / "staging.sqlite", study.schema, study.id) as staging:
            fill(staging, study, wanted.passages)
            staging.finish(print)
            with study.store(any_shape=True) as store:
                read = time.perf_counter()
                load(store, staging, study.schema, LoadRequest(study.id, {}, "bench"), study.folder.work)
                print(
                    f"{store.engine}: read {read - begun:.1f} s, loaded {time.perf_counter() - read:.1f} s", flush=True
                )
        with study.store():
            for words in SEARCHES:
                seconds, spent = list[float](), list[float]()
                for _ in range(3):
                    worked, begun = processor_seconds(folder), time.perf_counter()
                    result = study.search(words)
                    seconds.append(time.perf_counter() - begun)
                    spent.append(processor_seconds(folder) - worked)
                print(
                    f"search {words}: {result.total:,} hits, {min(seconds):.2f} s (first {seconds[0]:.2f} s), "
                    f"{min(spent):.2f} s of processor time",
                    flush=True,
                )
            worked, begun = processor_seconds(folder), time.perf_counter()
            record = study.show("1.10", kind="code")
            by_clock = time.perf_counter() - begun
            print(f"show the code: {record!r}, {by_clock:.2f} s, {processor_seconds(folder) - worked:.2f} s of work")
        study.stop_store()  # so that its folder can be removed


if __name__ == "__main__":
    main()
