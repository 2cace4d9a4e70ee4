"""The part of ``Study`` that the modules of this package use, so that they need not import the class itself."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from journeys.analysis.actors.site import SiteNetwork
    from journeys.analysis.measures.run import Analysis, Choice
    from journeys.analysis.measures.search import Measures
    from journeys.analysis.questions.answer import Answer
    from journeys.analysis.reading.record import Record
    from journeys.analysis.trace.journey import Journey
    from journeys.instruments.instrument_set import InstrumentSet
    from journeys.interpret.folder import StudyFolder
    from journeys.model.privacy import Profile
    from journeys.model.schema import Schema
    from journeys.store.connection import Store
    from journeys.store.load_history import LastLoad
    from journeys.store.queries.library import Library, Query
    from journeys.store.settings import StoreSettings
    from journeys.store.study_status import StudyStatus


class StudyAccess(Protocol):
    """A study's folder, schema and store, and what is read from it: ``Study`` is one."""

    folder: StudyFolder
    settings: StoreSettings
    loaded: LastLoad | None
    """What is known of the last load, since the store was first opened."""

    @property
    def id(self) -> str:
        """The study's id."""

    @property
    def schema(self) -> Schema:
        """The schema, with the study's own terms and properties."""

    @property
    def instruments(self) -> InstrumentSet:
        """The instruments: those shipped, and the study's own."""

    def store(self) -> AbstractContextManager[Store]:
        """The study's store, open for the block."""

    def on(self, store: Store) -> StudyAccess:
        """The same study, read from a store that is open."""

    def show(self, ref: str, *, kind: str | None = None) -> Record:
        """What is written in or about one thing."""

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
        """The answer to a question of the library."""

    def analyse(
        self,
        measure: str,
        ref: str | None = None,
        choice: Choice | Mapping[str, Any] | None = None,
        *,
        sources: bool = False,
        **options: Any,
    ) -> Analysis:
        """The answer of a measure."""

    def questions(self) -> Library:
        """Every question that can be asked of the study."""

    def measures(self) -> Measures:
        """Every measure that can be run on the study."""

    def query_for_browser(self, question: Query, /, **parameters: object) -> str:
        """The query behind a question, as it can be pasted into Neo4j Browser."""

    def trace(self, ref: str, /) -> Journey:
        """The journey of a document or piece of evidence."""

    def network(self, site: str | None = None, /) -> SiteNetwork:
        """Who is related to whom at a site, or at all."""

    def status(self) -> StudyStatus:
        """What the store holds of this study."""
