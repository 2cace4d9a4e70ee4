"""What a study lets people read again: all that is written in or about one thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from journeys.analysis.reading.record import Record
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
            return show(store, self.id, self.schema, ref, kind)
