"""A study: the front door of the library, for notebooks and for the command line."""

from __future__ import annotations

import getpass
import platform
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journeys.interpret.folder import StudyFolder, find_study, open_folder
from journeys.interpret.reading import FileReport, Reading, StudyReader
from journeys.interpret.staging import Staging
from journeys.model.problem_log import ProblemLog
from journeys.model.problems import JourneysError, Severity, UsageProblem
from journeys.model.progress import NoProgress, Progress
from journeys.model.schema import Schema
from journeys.store.settings import StoreSettings, resolve

if TYPE_CHECKING:
    from journeys.analysis.answer import Answer
    from journeys.analysis.journey import Journey
    from journeys.analysis.selection import Selection
    from journeys.analysis.site_network import SiteNetwork
    from journeys.store.adhoc import Table
    from journeys.store.connection import Store
    from journeys.store.load import LoadOutcome
    from journeys.store.overview import Overview
    from journeys.study_measures import Analysis, Choice


class ProblemsFound(JourneysError):
    """Nothing was loaded because something in the files has to be put right first; ``result`` says what."""

    def __init__(self, result: CheckResult) -> None:
        number = result.problems.count(Severity.ERROR, files=result.scope)
        super().__init__(f"Nothing was loaded: {number} problem{'s' if number != 1 else ''} to put right first.")
        self.result = result


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found: the problems, and how much was read of each file. ``scope`` are the files asked about."""

    problems: ProblemLog
    files: list[FileReport]
    nodes: int
    claims: int
    derived: int
    repetitions: int
    scope: frozenset[str] | None = None

    @property
    def clean(self) -> bool:
        """Whether nothing stands in the way of a load; warnings do not."""
        return not self.problems.count(Severity.ERROR, files=self.scope)


class Study:
    """A study folder and its store. Nothing is kept open between calls, except inside ``with study.store():``."""

    def __init__(self, folder: StudyFolder, settings: StoreSettings) -> None:
        self.folder, self.settings = folder, settings
        self._store: Store | None = None

    @classmethod
    def open(
        cls,
        path: str | Path | None = None,
        *,
        uri: str | None = None,
        user: str | None = None,
        database: str | None = None,
    ) -> Study:
        """The study in ``path``, or the nearest upwards; on the server that the arguments, study.yaml or the
        environment name, else on its embedded store. Raises JourneysError when there is none, or it cannot be used.
        """
        folder = open_folder(find_study(Path(path) if path is not None else None))
        return cls(folder, resolve(folder.settings.store, uri=uri, user=user, database=database))

    @property
    def id(self) -> str:
        """The study's id."""
        return self.folder.id

    @property
    def schema(self) -> Schema:
        """The schema, with the study's own terms and properties."""
        return self.folder.schema

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The study's store, open for the block."""
        from journeys.store.connection import connect

        if self._store is not None:
            yield self._store
            return
        with connect(self.settings, self.folder.work) as store:
            self._store = store
            try:
                yield store
            finally:
                self._store = None

    def check(self, paths: Iterable[str | Path] = (), *, progress: Progress | None = None) -> CheckResult:
        """Read everything and say what is wrong; with ``paths``, of those files and folders.

        Raises UsageProblem for a path that is not there.
        """
        with self._read(paths, progress or NoProgress()) as (_, _, result):
            return result

    def load(
        self,
        paths: Iterable[str | Path] = (),
        *,
        dry_run: bool = False,
        allow_removals: bool = False,
        progress: Progress | None = None,
    ) -> tuple[LoadOutcome, CheckResult]:
        """Bring the store up to date with the files; with ``paths``, with what those files say.

        Raises ProblemsFound, having loaded nothing, while anything is wrong; RemovalsRefused when much would go.
        """
        from journeys.store.load import LoadRequest, load

        progress = progress or NoProgress()
        with self._read(paths, progress) as (staging, reading, result):
            if not result.clean:
                raise ProblemsFound(result)
            who = f"{getpass.getuser()}@{platform.node()}"
            request = LoadRequest(self.id, reading.hashes, who, result.scope, allow_removals, dry_run)
            with self.store() as store:
                return load(store, staging, self.schema, request, self.folder.work, progress), result

    def trace(self, ref: str, *, as_known_on: date | None = None) -> Journey:
        """The journey of a document or piece of evidence, named by id, number, title or a unique beginning of one.

        Raises JourneysError when nothing or more than one thing is called so.
        """
        from journeys.analysis.journey import trace

        with self.store() as store:
            return trace(store, self.id, ref, as_known_on=as_known_on, schema=self.schema)

    def network(
        self, site: str | None = None, *, relations: Iterable[str] | None = None, selection: Selection | None = None
    ) -> SiteNetwork:
        """Who is related to whom at a site, named by id, name or a unique beginning of one; else at all sites.

        ``relations`` are names of relations (``journeys.analysis.actor_relations``), all by default; ``selection``
        narrows which claims count. Raises JourneysError when there is no such site or relation.
        """
        from journeys.analysis.site_network import site_network

        with self.store() as store:
            return site_network(store, self.id, self.schema, site, relations=relations, selection=selection)

    def ask(self, question: str, /, *, sources: bool = False, seconds: float = 30.0, **parameters: object) -> Answer:
        """The answer to a question of the library, named by its name or its number among the 45.

        ``parameters`` are the query's own, as a person writes them: ``site="Northtown"``; write ``from_`` for ``from``.
        With ``sources`` the claims behind each row come too: ``answer.claims_of(0)``. Raises JourneysError when there
        is no such question, or more than one, or a parameter does not fit.
        """
        from journeys.study_questions import ask_study

        given = {name.removesuffix("_"): value for name, value in parameters.items()}
        return ask_study(self, question, given, sources=sources, seconds=seconds)

    def analyse(
        self,
        measure: str,
        ref: str | None = None,
        choice: Choice | None = None,
        *,
        sources: bool = False,
        **options: Any,
    ) -> Analysis:
        """The tables of a measure (``journeys.analysis.registry``), for those that take it about one thing ``ref``.

        ``choice`` narrows which claims count; ``options`` are the measure's own. With ``sources`` the claims behind the
        numbers come too. Raises JourneysError when there is no such measure, thing or option.
        """
        from journeys.study_measures import analyse_study

        return analyse_study(self, measure, ref, choice, options, sources=sources)

    def cypher(self, query: str, parameters: Mapping[str, Any] | None = None, **limits: Any) -> Table:
        """The answer to a Cypher query that only reads; ``limits`` as in ``journeys.store.adhoc.ask``.

        ``$study`` is this study's id unless ``parameters`` says otherwise. Labels, kinds of claim and properties that
        there are not are among the answer's hints.
        """
        from journeys.store.adhoc import ask
        from journeys.store.named_in_query import hints

        with self.store() as store:
            table = ask(store, query, {"study": self.id, **(parameters or {})}, **limits)
            told = hints(store, self.schema, query, table.unknown, empty=not table.rows)
        return replace(table, hints=(*told, *table.hints))

    def status(self) -> Overview:
        """What the store holds of this study, and how its last load went."""
        from journeys.store.overview import overview

        with self.store() as store:
            return overview(store, self.id, self.schema)

    @contextmanager
    def _read(self, paths: Iterable[str | Path], progress: Progress) -> Iterator[tuple[Staging, Reading, CheckResult]]:
        wanted, scope = self._scope(paths)
        log = ProblemLog()
        with (
            tempfile.TemporaryDirectory(dir=self.folder.work, prefix="reading-", ignore_cleanup_errors=True) as scratch,
            Staging(Path(scratch) / "staging.sqlite", self.schema, self.id) as staging,
        ):
            reading = StudyReader(self.folder, staging, log, progress).read(wanted)
            settled = reading.settled
            numbers = (settled.nodes, settled.claims, settled.derived, settled.repetitions)
            yield staging, reading, CheckResult(log, reading.files, *numbers, scope)

    def _scope(self, paths: Iterable[str | Path]) -> tuple[list[Path], frozenset[str] | None]:
        """The files outside the study folder among ``paths``, and the names of all files they stand for."""
        found: set[Path] = set()
        given = [Path(path) for path in paths]
        for path in given:
            if path.is_dir():
                found |= {each for each in path.rglob("*") if each.is_file()}
            elif path.is_file():
                found.add(path)
            else:
                raise UsageProblem(f"There is no file or folder {path}.")
        if not given:
            return [], None
        inside = {path.resolve() for path in self.folder.inputs()} | {
            path.resolve() for path in self.folder.registers()
        }
        outside = sorted(
            path for path in found if path.resolve() not in inside and self.folder.path not in path.resolve().parents
        )
        return outside, frozenset(self.folder.name(path) for path in found)


def open(path: str | Path | None = None, **store: str | None) -> Study:
    """The study in ``path``, or the nearest upwards; ``store`` may name ``uri``, ``user`` and ``database``."""
    return Study.open(path, **store)
