"""Verify an archive: every file as it was, and the graph and all numbers as the forms in it give them."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from journeys.model.phrases import counted
from journeys.model.problems import JourneysError, Severity, UsageProblem
from journeys.model.progress import NoProgress, Progress
from journeys.model.unfinished import scratch_folder
from journeys.study.exports.archive import GRAPH, STUDY
from journeys.study.numbers import ANSWERS, MEASURES, write_numbers

if TYPE_CHECKING:
    from journeys.model.schema import Schema
    from journeys.staging.database import Staging
    from journeys.study.study import Study

MOST = 100
"""So many differences of a kind are named; of more there is one sentence."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What was compared, and what differs, in sentences.

    ``files``, ``nodes``, ``claims``, ``quotations`` and ``numbers`` (tables of answers and measures) say how many were
    compared; ``altered``, ``graph`` and ``tables`` what is not the same; ``not_compared`` what could not be.
    """

    files: int
    altered: tuple[str, ...]
    nodes: int = 0
    claims: int = 0
    quotations: int = 0
    graph: tuple[str, ...] = ()
    numbers: int = 0
    tables: tuple[str, ...] = ()
    not_compared: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether everything that was compared is the same."""
        return not (self.altered or self.graph or self.tables)

    def sentences(self) -> Iterator[str]:
        """What was compared and what differs, a sentence each, the result last."""
        yield from self.altered
        yield from self.graph
        yield from self.tables
        yield from self.not_compared
        compared = [counted(self.files, "file")]
        if self.claims:
            compared += [counted(self.nodes, "node"), counted(self.claims, "claim")]
            compared.append(f"{counted(self.quotations, 'quotation')} among them")
        if self.numbers:
            compared.append(f"{counted(self.numbers, 'table')} of answers and measures")
        yield f"Compared: {', '.join(compared)}."
        if self.same:
            yield "Everything that was compared is the same." if self.not_compared else "Everything is the same."
        else:
            yield f"{counted(len(self.altered) + len(self.graph) + len(self.tables), 'difference')}. Do not rely on it."


def verify(path: str | Path, progress: Progress | None = None, *, numbers: bool = True) -> Verification:
    """Compare an archive (a zip file, or the folder it was unpacked into) with its checksums and with its own forms.

    Nothing in the archive is changed, and its forms are read in a folder of their own, as those of a stranger. Without
    ``numbers`` no store is filled, and answers and measures are not made anew.
    Raises UsageProblem for what is no archive, and OSError.
    """
    from journeys.exchange.crate_files import altered_files, read_checksums, unpack

    progress, path = progress or NoProgress(), Path(path)
    with scratch_folder("journeys-verify-") as folder:
        crate = path
        if not path.is_dir():
            if not path.is_file():
                raise UsageProblem(f"There is no file or folder {path}.")
            progress.stage("Unpacking", 1)
            unpack(path, crate := folder / "crate")
        said = read_checksums(crate, path)
        progress.stage("Comparing files", 1)
        altered = altered_files(crate, said)
        if not (crate / STUDY).is_dir():
            left = "The forms are not in this archive, so the graph and the numbers cannot be made anew from them."
            return Verification(len(said), _most(altered), not_compared=(left,))
        copy = folder / STUDY
        shutil.copytree(crate / STUDY, copy, symlinks=True)
        return _compared(crate, copy, Verification(len(said), _most(altered)), progress, numbers=numbers)


def _compared(crate: Path, copy: Path, made: Verification, progress: Progress, *, numbers: bool) -> Verification:
    """``made``, with what the forms give beside what the archive says."""
    from journeys.interpret.folder import open_folder
    from journeys.interpret.read_study import read_study
    from journeys.store.settings import StoreSettings
    from journeys.study.study import Study

    try:
        study = Study(open_folder(copy), StoreSettings())
        schema = study.schema
    except JourneysError as problem:
        return replace(made, graph=(f"The study cannot be opened: {problem}",))
    with read_study(study.folder, progress) as (staging, _, result):
        if errors := result.problems.count(Severity.ERROR):
            of_errors = (each for each in result.problems if each.severity is Severity.ERROR)
            wrong = [str(each) for each in islice(of_errors, MOST)]
            return replace(made, graph=(f"The forms cannot be loaded: {counted(errors, 'problem')}.", *wrong))
        made = _same_graph(crate, staging, schema, made)
        if numbers:
            return _same_numbers(crate, study, staging, made, progress)
        return replace(made, not_compared=(*made.not_compared, "Answers and measures were not compared."))


def _same_graph(crate: Path, staging: Staging, schema: Schema, made: Verification) -> Verification:
    """``made``, with how the tables of the graph differ from what was read."""
    from journeys.exchange.extras import MissingExtra
    from journeys.exchange.graph_differences import differences, read_parquet, read_rows
    from journeys.exchange.graph_tables import GraphTable

    found, left = list[str](), list[str]()
    names = dict[str, str]()
    counts = list[int]()
    quotations = 0
    for table in (GraphTable.of_nodes(schema), GraphTable.of_claims(schema)):
        read = {str(row["id"]): table.as_text(row) for row in table.rows(staging, schema)}
        names |= {identity: row.get("name", identity) for identity, row in read.items()}
        counts.append(len(read))
        quotations += sum("quote" in row or row.get("label") == "Extract" for row in read.values())
        for ending, reader in ((".csv", read_rows), (".parquet", read_parquet)):
            file = f"{GRAPH}/{table.name}{ending}"
            try:
                said = reader(table, crate / file)
                found += differences(table, said, read, file, names)
            except MissingExtra as problem:
                left.append(f"{file} was not compared with the forms. {problem}")
            except JourneysError as problem:
                found.append(f"{file}: {problem}")
    return replace(
        made,
        nodes=counts[0],
        claims=counts[1],
        quotations=quotations,
        graph=_most(found),
        not_compared=(*made.not_compared, *left),
    )


def _same_numbers(crate: Path, study: Study, staging: Staging, made: Verification, progress: Progress) -> Verification:
    """``made``, with which answers and measures differ from what a store of what was read gives."""
    from journeys.store.errors import PASSING
    from journeys.store.loading.load import LoadRequest, load

    with study.folder.scratch() as scratch:
        try:
            with study.store(any_shape=True) as store:
                load(store, staging, study.schema, LoadRequest(study.id, {"": ""}, ""), scratch, progress)
                write_numbers(study, scratch, progress)
        except PASSING as problem:
            left = f"The answers and measures were not compared, because the store could not be used: {problem}"
            return replace(made, not_compared=(*made.not_compared, left))
        counted_files, differ = 0, list[str]()
        for folder in (ANSWERS, MEASURES):
            names = {path.name for where in (crate, scratch) for path in (where / folder).glob("*.csv")}
            counted_files += len(names)
            for name in sorted(names):
                differ += _different(crate / folder / name, scratch / folder / name, f"{folder}/{name}")
    return replace(made, numbers=counted_files, tables=_most(differ))


def _different(said: Path, found: Path, name: str) -> Iterator[str]:
    """How a table of the archive differs from the one made anew, in a sentence; nothing where it does not."""
    if not said.is_file():
        yield f"{name} is not in the archive, but the forms give it."
    elif not found.is_file():
        yield f"{name} is in the archive, but the forms do not give it."
    elif said.read_bytes() != found.read_bytes():
        rows = [path.read_text(encoding="utf-8", errors="replace").splitlines() for path in (said, found)]
        number = next((at for at, (one, other) in enumerate(zip(*rows, strict=False), 1) if one != other), None)
        if number is None:
            yield f"{name} has {counted(len(rows[0]), 'line')}, and {counted(len(rows[1]), 'line')} by the forms."
            return
        one, other = (each[number - 1] for each in rows)
        yield f"{name}, line {number}: “{one[:200]}” in the archive, and “{other[:200]}” by the forms."


def _most(sentences: Iterable[str]) -> tuple[str, ...]:
    """The first of many sentences, and one that says how many there are more."""
    every = list(sentences)
    more = len(every) - MOST
    return (*every[:MOST], f"And {counted(more, 'further difference')}.") if more > 0 else tuple(every)
