"""How long an atlas takes, and one made again after a change: ``python scripts/bench/atlas.py``.

Commands run as a person runs them. First on the invented demonstration study: ``load`` and ``atlas``, ``atlas`` when
nothing has changed, and both after one quotation of one form has changed. Printed are seconds by the clock and of
processor time, of the command alone: the embedded engine works beside it.

Then a large study (``--documents 0``: none): the invented study is copied so often that there are as many documents as
asked for (2,000), with people, meetings, sources and case studies of their own, and three sites for each seven copies;
codes and the rows of the summary tables are shared. Its atlas is written, written again when nothing has changed, and
once more after one quotation of one form has changed, the engine kept running; printed are the number and size of the
pages, too.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl

from journeys.demo import write_demo
from journeys.staging.database import Staging
from journeys.store.loading.load import LoadRequest, load
from journeys.study.atlas.profile import stored_study
from journeys.study.study import Study

SHARED = ("Code", "Researcher", "CycleElement", "ResearchQuestion", "Finding")
BY_SITE = ("Site", "Organisation", "Arena")
COPIES_OF_A_SITE = 7
Nodes = dict[str, tuple[str, dict[str, Any]]]


class Copies:
    """Copies of the nodes and claims of a study, as ``Staging.fill`` takes them."""

    def __init__(self, nodes: Nodes, claims: list[dict[str, Any]], copies: int) -> None:
        self.origin, self.claims_of_one, self.copies = nodes, claims, copies
        self._same = {claim["properties"]["id"] for claim in claims}

    def nodes(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every node, once."""
        seen = set[str]()
        for copy in range(self.copies):
            for label, held in self.origin.values():
                made = self._copied(held, copy, titles=self._number(label, copy))
                if made["id"] not in seen:
                    seen.add(made["id"])
                    yield label, made

    def claims(self) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
        """Every claim, once."""
        seen = set[str]()
        for copy in range(self.copies):
            for row in self.claims_of_one:
                start, end = self._id(row["start"], copy), self._id(row["end"], copy)
                of_one = (start, end) != (row["start"], row["end"]) or row["properties"].get("source")
                held = self._copied(row["properties"], copy)
                held["id"] = f"{row['properties']['id']}-{copy}" if of_one and copy else row["properties"]["id"]
                if held["id"] not in seen:
                    seen.add(held["id"])
                    yield row["type"], start, end, held

    def _number(self, label: str, copy: int) -> int:
        return 0 if label in SHARED else copy // COPIES_OF_A_SITE if label in BY_SITE else copy

    def _id(self, node: str, copy: int) -> str:
        number = self._number(self.origin[node][0], copy)
        return f"{node}.{number}" if number else node

    def _copied(self, held: dict[str, Any], copy: int, titles: int = 0) -> dict[str, Any]:
        return {name: self._value(name, value, copy, titles) for name, value in held.items()}

    def _value(self, name: str, value: Any, copy: int, titles: int) -> Any:
        if isinstance(value, list):
            return [self._value(name, each, copy, titles) for each in value]
        if not isinstance(value, str) or not copy:
            return value
        if value in self.origin:
            return self._id(value, copy)
        if value in self._same:
            return f"{value}-{copy}"
        if name in ("file", "files") and value.startswith("forms/"):
            return value.replace("forms/", f"forms/{copy}/")
        if titles and name in ("name", "title", "pseudonym", "description"):
            return f"{value} ({titles})"
        return value


def fill(study: Study, copies: Copies, quote: str = "") -> None:
    """Load the copies, the first quotation changed to ``quote``, if given."""
    with Staging(study.folder.path / "staging.sqlite", study.schema, study.id) as staging:
        staging.finish(print)
        claims = list(copies.claims())
        for row in claims if quote else ():
            if row[3].get("quote"):
                row[3]["quote"] = quote
                break
        staging.fill(copies.nodes(), claims)
        with study.store(any_shape=True) as store:
            request = LoadRequest(study.id, {"forms/bench.xlsx": quote}, "bench", allow_removals=True)
            load(store, staging, study.schema, request, study.folder.work)


def timed(name: str, words: str, folder: Path) -> None:
    """Run a command in a study folder and say how long it took."""
    worked, begun = os.times(), time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "journeys", "--quiet", name], cwd=folder, check=True, stdout=subprocess.DEVNULL
    )
    seconds, ended = time.perf_counter() - begun, os.times()
    spent = sum(ended[2:4]) - sum(worked[2:4])
    print(f"journeys {name}, {words}: {seconds:.1f} s, {spent:.1f} s of processor time", flush=True)


def timed_large(words: str, folder: Path) -> None:
    """Write the atlas of the large study; say how long it took and how large it is."""
    timed("atlas", words, folder)
    files = [each.stat().st_size for each in (folder / "out").rglob("*") if each.is_file()]
    print(f"  {len(files):,} files, {sum(files) / 1e6:,.0f} MB", flush=True)


def change_a_form(folder: Path) -> None:
    """Write another quotation into a row of *Who did what* of one form, as somebody does in Excel."""
    form = next(folder.glob("forms/*D07*.xlsx"))
    book = openpyxl.load_workbook(form)
    sheet = book["Who did what"]
    heads = [cell for row in sheet.iter_rows(max_row=4) for cell in row]
    column = next(cell.column for cell in heads if str(cell.value).strip().lower().startswith("quot"))
    sheet.cell(9, column or 1, "Other words, as somebody who reads a form again writes them.")
    book.save(form)


def commands(folder: Path) -> None:
    """Run the commands on the invented study and say how long each took."""
    write_demo(folder)
    for words, names in (
        ("first", ("load", "atlas")),
        ("nothing changed", ("atlas",)),
        ("one form", ("load", "atlas")),
    ):
        if words == "one form":
            change_a_form(folder)
        for name in names:
            timed(name, words, folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--keep", type=Path, help="keep the study in this folder, which must not exist yet")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-atlas-") as scratch:
        commands(Path(scratch) / "demo")
        if not wanted.documents:
            return
        demo = Study.open(Path(scratch) / "demo")
        with demo.store(any_shape=True) as store:
            nodes, claims = stored_study(store, demo.id, demo.schema)
        documents = sum(1 for label, _ in nodes.values() if label == "Document")
        copies = Copies(nodes, claims, -(-wanted.documents // documents))
        folder = wanted.keep or Path(scratch) / "large"
        folder.mkdir()
        (folder / "study.yaml").write_text("id: demo\ntitle: Many sites (invented)\nnote: Invented.\n", "utf-8")
        study = Study.open(folder)
        fill(study, copies)
        print(f"{documents * copies.copies:,} documents, {sum(1 for _ in copies.claims()):,} claims", flush=True)
        timed_large("first", folder)
        timed_large("nothing changed", folder)
        fill(study, copies, "Other words, as somebody who reads a form again writes them.")
        timed_large("one form", folder)
        demo.stop_store()
        study.stop_store()  # so that the folders can be removed


if __name__ == "__main__":
    main()
