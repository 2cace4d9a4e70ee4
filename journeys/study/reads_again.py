"""Methods of ``Study`` for reading and searching what is written, and who met whom over time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from journeys.analysis.actors.storyline import SiteStoryline
    from journeys.analysis.claims.selection import Selection
    from journeys.analysis.reading.record import Record
    from journeys.analysis.reading.search import Choice, SearchResult
    from journeys.study.access import StudyAccess


class ReadsAgain:
    """The reading methods of ``Study``."""

    def show(self: StudyAccess, ref: str, *, kind: str | None = None) -> Record:
        """What is written in or about one thing: a filled-in form, a person, a meeting, a source, a code.

        ``ref`` is an id, number, title, name or a unique beginning of one; ``kind`` ("person", "source") says which,
        where several things share it. Raises JourneysError when nothing or more than one thing is called so.
        """
        from journeys.analysis.reading.show import show

        with self.store() as store:
            return show(store, self.id, self.schema, ref, kind, self.instruments).of(self)

    def search(
        self: StudyAccess, words: str, *, choice: Choice | Mapping[str, Any] | None = None, most: int = 50
    ) -> SearchResult:
        """Return the hits with all these words, best first: quotations, answers, notes, passages, findings, names,
        titles.

        A word also finds longer ones that begin with it; "words in quotes" are whole and stand together. ``choice``
        narrows it, as a ``Choice`` or its fields by name: site, case, kind, mode, scope, code. ``most`` hits are read
        in full. Raises JourneysError when there is no word, or a choice does not fit.
        """
        from journeys.analysis.reading.search import Choice, search

        choice = Choice(**choice) if isinstance(choice, Mapping) else choice
        with self.store() as store:
            return search(store, self.id, self.schema, words, choice, most, self.instruments).of(self)

    def storyline(self: StudyAccess, place: str | None = None, *, selection: Selection | None = None) -> SiteStoryline:
        """Who met whom over time at a site or in a case study, named by id, name or a unique beginning; else at all.

        ``selection`` narrows which claims count. Raises JourneysError when there is no such place.
        """
        from journeys.study.storylines import find_storyline

        return find_storyline(self, place, selection=selection).of(self)
