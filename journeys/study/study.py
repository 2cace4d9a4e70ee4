"""A study: the front door of the library, for notebooks and for the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journeys.interpret.check import CheckResult, ProblemsFound, refuse_problems
from journeys.interpret.folder import OUTSIDE, StudyFolder, find_study, open_folder, researcher_with_account
from journeys.interpret.named_files import report_named_files
from journeys.interpret.unreadable import sha256
from journeys.model.privacy import atlas_name
from journeys.model.problems import Report
from journeys.model.progress import NoProgress, Progress
from journeys.model.schema import Schema
from journeys.store.settings import StoreSettings, resolve
from journeys.study.comparisons import Compares
from journeys.study.exports.archive import Archives
from journeys.study.exports.write import Exports
from journeys.study.guides import Guides
from journeys.study.imports import Imports
from journeys.study.in_notebooks import InNotebooks
from journeys.study.keeps_store import KeepsStore, account, who
from journeys.study.left_behind import remove_left_behind
from journeys.study.measuring import Measuring
from journeys.study.networks import Networks
from journeys.study.protects import Protects
from journeys.study.reads_again import ReadsAgain
from journeys.study.reports import Reports
from journeys.study.scope import scope_of

if TYPE_CHECKING:
    from journeys.analysis.questions.answer import Answer
    from journeys.analysis.trace.journey import Journey
    from journeys.instruments.instrument_set import InstrumentSet
    from journeys.interpret.kept.last_reading import LastReading
    from journeys.model.privacy import Profile
    from journeys.store.connection import Store
    from journeys.store.embedded.launcher import EarlyStart
    from journeys.store.load_history import LastLoad
    from journeys.store.loading.load import LoadOutcome
    from journeys.store.queries.library import Library
    from journeys.store.queries.library import Query as Query
    from journeys.store.study_status import StudyStatus
    from journeys.study.output import Output

__all__ = ["ProblemsFound", "Study", "open"]


class Study(
    KeepsStore,
    ReadsAgain,
    Measuring,
    Compares,
    Networks,
    Reports,
    Guides,
    Exports,
    Imports,
    Archives,
    Protects,
    InNotebooks,
):
    """A study folder and its store. Nothing is kept open between calls, except inside ``with study.store():``."""

    def __init__(self, folder: StudyFolder, settings: StoreSettings) -> None:
        self.folder, self.settings = folder, settings
        self._store: Store | None = None
        self.loaded: LastLoad | None = None

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
        remove_left_behind(folder.path)
        return cls(folder, resolve(folder.settings.store, study=folder.id, uri=uri, user=user, database=database))

    @property
    def id(self) -> str:
        """The study's id."""
        return self.folder.id

    @property
    def schema(self) -> Schema:
        """The schema, with the study's own terms and properties."""
        return self.folder.schema

    @property
    def instruments(self) -> InstrumentSet:
        """The instruments: those shipped, and the study's own. Raises JourneysError for one that cannot be used."""
        return self.folder.instruments

    @contextmanager
    def store(self, *, any_shape: bool = False, early: EarlyStart | None = None) -> Iterator[Store]:
        """The study's store, open for the block; an engine that was started ``early`` is taken.

        Raises OutdatedStore or NewerStore when another version filled it, unless ``any_shape`` is good enough.
        """
        from journeys.store.connection import connect
        from journeys.store.load_history import last_load
        from journeys.store.other_versions import refuse_another_shape

        if self._store is not None:
            yield self._store
            return
        with connect(self.settings, self.folder.work, early) as store:
            if not any_shape:
                refuse_another_shape(store, self.schema, self.id)
                # Pages say when their data were loaded; they are made when the store is closed again.
                self.loaded = last_load(store, self.id, self.schema)
            self._store = store
            try:
                yield store
            finally:
                self._store = None

    def _early_start(self) -> EarlyStart:
        """Let the embedded engine start while this process imports and reads what it needs next."""
        from journeys.store.embedded.launcher import EarlyStart

        return EarlyStart(self.folder.work, wanted=self.settings.are_embedded and self._store is None)

    def check(
        self,
        paths: Iterable[str | Path] = (),
        *,
        key: str | Path | None = None,
        progress: Progress | None = None,
    ) -> CheckResult:
        """Read everything and say what is wrong; with ``paths``, of those files and folders.

        With ``key``, the key of a pseudonymised study, also which names of files hold a real name. Raises UsageProblem
        for a path that is not there, or a key that cannot be used.
        """
        from journeys.interpret.kept.last_reading import last_reading, mark_of, within

        wanted, scope = scope_of(self.folder, paths)
        mark = None if wanted else mark_of(self.folder)
        if (known := last_reading(self.folder, mark)) is not None:
            result = within(known, scope)
        else:
            from journeys.interpret.read_study import read_study

            with read_study(self.folder, progress, wanted, scope, mark, whole=False) as (_, _, result):
                pass
        if key is not None:
            report_named_files(self.folder, result.files, Path(key), result.problems)
        return result

    def load(
        self,
        paths: Iterable[str | Path] = (),
        *,
        dry_run: bool = False,
        allow_removals: bool = False,
        values: bool = False,
        progress: Progress | None = None,
    ) -> tuple[LoadOutcome, CheckResult]:
        """Bring the store up to date with the files; with ``paths``, with what those files say.

        A damaged embedded store is made again from the files. With ``values`` each stored value is compared, which
        takes longer: somebody may have changed one by hand.
        Raises ProblemsFound, having loaded nothing, while anything is wrong; RemovalsRefused when much would go.
        """
        from journeys.interpret.kept.last_reading import last_reading, mark_of
        from journeys.store.embedded.launcher import EarlyStart
        from journeys.store.errors import StoreDamaged
        from journeys.store.loading.load import LacksValues, LoadRequest, load
        from journeys.store.loading.remake import throw_away_damaged

        progress = progress or NoProgress()
        wanted, scope = scope_of(self.folder, paths)
        mark = None if wanted else mark_of(self.folder)
        if scope is None and not values and (known := last_reading(self.folder, mark)) is not None:
            refuse_problems(known.result)
            if (unchanged := self._load_unchanged(known, progress, dry_run=dry_run)) is not None:
                return unchanged, known.result
        remade = False

        def from_files(*, whole: bool) -> tuple[LoadOutcome, CheckResult]:
            from journeys.interpret.read_study import read_study

            nonlocal remade
            with ExitStack() as opened:
                early = opened.enter_context(EarlyStart(self.folder.work, wanted=self.settings.are_embedded))
                read = read_study(self.folder, progress, wanted, scope, mark, whole=whole)
                staging, reading, result = opened.enter_context(read)
                refuse_problems(result)
                try:
                    store = opened.enter_context(self.store(any_shape=True, early=early))
                except StoreDamaged:
                    if dry_run:
                        raise
                    remade = throw_away_damaged(self.folder.work, who())
                    store = opened.enter_context(self.store(any_shape=True))
                by = researcher_with_account(self.folder.settings.researchers, account())
                loaded = None if remade else result.scope
                request = LoadRequest(self.id, reading.hashes, who(), loaded, allow_removals, dry_run, values, by)
                outcome = load(store, staging, self.schema, request, self.folder.work, progress)
                return replace(outcome, remade=outcome.remade or remade), result

        if scope is None and not values:
            with suppress(LacksValues):
                return from_files(whole=False)
        return from_files(whole=True)

    def trace(self, ref: str, *, as_known_on: str | date | None = None) -> Journey:
        """The journey of a document or piece of evidence, named by id, number, title or a unique beginning of one.

        Raises JourneysError when nothing or more than one thing is called so.
        """
        from journeys.model.given_days import last_day

        day = last_day(as_known_on, "--as-known-on")
        with self._early_start() as early:
            from journeys.analysis.trace.journey import trace  # which takes long, while the engine starts

            with self.store(early=early) as store:
                found = trace(store, self.id, ref, as_known_on=day, schema=self.schema, instruments=self.instruments)
        return found.of(self)

    def ask(
        self,
        question: str | Query,
        /,
        *,
        sources: bool = False,
        seconds: float = 30.0,
        profile: Profile = "internal",
        **parameters: object,
    ) -> Answer:
        """The answer to a question of the library, named by its name or its number among the 45.

        ``parameters`` are the query's own, as a person writes them: ``site="Northtown"``; write ``from_`` for ``from``.
        With ``sources`` the claims behind each row come too: ``answer.claims_of(0)``. ``profile`` says to whom the
        answer is shown, as for ``analyse``. Raises JourneysError when there
        is no such question, or more than one, or a parameter does not fit.
        """
        from journeys.analysis.questions.answer import answer
        from journeys.analysis.questions.search import single_match
        from journeys.analysis.questions.small_cells import without_small_cells
        from journeys.store.queries.library import Query
        from journeys.study.atlas.profile import shown_to

        asked = question if isinstance(question, Query) else single_match(self.questions(), question)
        given = {name.removesuffix("_"): value for name, value in parameters.items()}
        own = self.instruments
        with shown_to(self, profile) as (shown, withheld), shown.store() as store:
            told = answer(store, self.schema, self.id, asked, given, sources=sources, seconds=seconds, instruments=own)
        told = replace(told, withheld=withheld)
        if profile == "public":
            told = without_small_cells(told, self.folder.settings.privacy.public.smallest_cell)
        return told.of(self)

    def questions(self) -> Library:
        """Every question that can be asked of the study: those shipped, and the study's own in its ``cypher/``."""
        from journeys.store.queries.library import read_library

        return read_library(self.folder.path / "cypher", self.schema)

    def matching_questions(self, words: str) -> list[Query]:
        """The questions that ``words`` may mean (a number of the 45, a name, words).

        Raises UnknownQuery for none, with the measures that have the words.
        """
        from journeys.study.search import questions_meant

        return questions_meant(self, words)

    def query_for_browser(self, question: Query, /, **parameters: object) -> str:
        """The query behind a question with its parameters, as it can be pasted into Neo4j Browser."""
        from journeys.analysis.questions.answer import asked_with
        from journeys.views.terminal.question_list import pasteable

        given = {name.removesuffix("_"): value for name, value in parameters.items()}
        with self.store() as store:
            values, _ = asked_with(store, self.id, question, given, self.schema.lens)
        return pasteable(question, values)

    def status(self) -> StudyStatus:
        """What the store holds of this study, how its last load went, and which files have changed since."""
        with self._early_start() as early:
            from journeys.store.overview import overview
            from journeys.store.study_status import study_status

            codebook = self.folder.codebook_in_words()
            with self.store(any_shape=True, early=early) as store:
                held = overview(store, self.id, self.schema)
        paths = {name: self.folder.path / name for name in held.files if not name.startswith(OUTSIDE)}
        digests = {name: sha256(path) if path.is_file() else None for name, path in paths.items()}
        return study_status(self.id, self.folder.settings.title, held, digests, codebook)

    def forms(
        self,
        instruments: Iterable[str] = (),
        *,
        format_: str | None = None,
        ref: str | Sequence[str] | None = None,
        coder: str | None = None,
        folder: Path | None = None,
        update: bool = False,
    ) -> list[Path]:
        """Write blank forms, or with ``ref`` those about it with what is known filled in; returns the files.

        See ``journeys.study.forms.write.write_forms``.
        """
        from journeys.study.forms.write import write_forms

        return write_forms(self, instruments, format_=format_, ref=ref, coder=coder, folder=folder, update=update)

    def output(self, result: object, **how: Any) -> Output:
        """How a result of this study (a journey, a network, an answer …) can be written; ``how`` as in ``write``."""
        from journeys.study.output import output_of

        return output_of(self, result, **how)

    def write(self, result: object, path: str | Path, **how: Any) -> list[Path]:
        """Write a result of this study to a file whose ending says the format; returns the files written.

        A journey can be .txt, .json, .html or .svg; a network .txt, .csv (and its nodes beside it), .json or .html; an
        answer or a table of Cypher .txt, .csv, .json or .xlsx; a measure also .svg. ``how``: ``sources`` of an answer;
        ``table`` and ``columns`` of a measure. Raises UsageProblem for another ending, and OSError.
        """
        return self.output(result, **how).write(Path(path))

    def on(self, store: Store) -> Study:
        """The same study, read from a store that is open."""
        other = Study(self.folder, self.settings)
        other._store = store
        return other

    def again(self, store: Store) -> Study:
        """The same study with its settings read anew, in a store that is open. Raises JourneysError."""
        return Study(open_folder(self.folder.path), self.settings).on(store)

    def atlas(
        self,
        folder: Path | None = None,
        *,
        profile: Profile = "internal",
        single: bool = False,
        progress: Progress | None = None,
        report: Report = lambda problem: None,
    ) -> Path:
        """Write all pages into ``folder`` (else ``out/atlas``, or ``out/atlas-PROFILE``); returns the first page.

        ``profile`` says to whom they are shown (see ``journeys.model.privacy``). With ``single`` they are one file
        ``folder`` (else ``out/atlas.html``). What is wrong with a guided journey is reported. Raises OSError.
        """
        where = folder or self.folder.path / "out" / f"{atlas_name(profile)}{'.html' if single else ''}"
        with self._early_start() as early:
            from journeys.study.atlas.pages import write_atlas
            from journeys.study.atlas.single import write_single

            with self.store(early=early):
                return (write_single if single else write_atlas)(self, where, progress, profile=profile, report=report)

    def watch(self, folder: Path | None, tell: Callable[[str], None], *, profile: Profile = "internal") -> None:
        """Write the atlas again whenever a file of the study changes, until Ctrl+C; ``tell`` is told what happens."""
        from journeys.study.atlas.watch import watch

        where = folder or self.folder.path / "out" / atlas_name(profile)
        try:
            for number, first in enumerate(watch(self, where, tell, profile=profile)):
                if number == 0:
                    tell(f"Open {first}.")
        except KeyboardInterrupt:
            tell("No longer watching.")

    def _load_unchanged(self, known: LastReading, progress: Progress, *, dry_run: bool) -> LoadOutcome | None:
        """The outcome of a load of what was read before; None where the store does not hold just that."""
        from journeys.store.errors import StoreDamaged
        from journeys.store.loading.load import LoadRequest
        from journeys.store.loading.unchanged import load_unchanged

        by = researcher_with_account(self.folder.settings.researchers, account())
        request = LoadRequest(self.id, known.hashes, who(), dry_run=dry_run, by=by)
        try:
            with self.store(any_shape=True) as store:
                return load_unchanged(store, self.schema, request, known.graph, self.folder.work, progress)
        except StoreDamaged:
            return None


def open(path: str | Path | None = None, **store: str | None) -> Study:
    """The study in ``path``, or the nearest upwards; ``store`` may name ``uri``, ``user`` and ``database``."""
    return Study.open(path, **store)
