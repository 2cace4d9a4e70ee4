"""The methods of ``Study`` by which a team protects people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from journeys.study.access import StudyAccess

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journeys.model.progress import Progress
    from journeys.store.queries.ask import Table
    from journeys.study.decisions.merging import Candidate
    from journeys.study.pseudonymise import PseudonymisedStudy


class Protects:
    """The methods of ``Study`` by which a team protects people."""

    def pseudonymise(
        self: StudyAccess, folder: str | Path, *, key: str | Path, progress: Progress | None = None
    ) -> PseudonymisedStudy:
        """Write a copy of the study into a new folder, with pseudonyms in place of people's real names.

        ``key`` is a csv file outside of both folders with names and pseudonyms; it is made of the People register
        where it is missing, and people who are not in it are added. Raises UsageProblem, OSError.
        """
        from journeys.study.pseudonymise import pseudonymise

        return pseudonymise(self.folder, Path(folder), Path(key), progress)

    def likely_duplicates(self: StudyAccess, *, progress: Progress | None = None) -> list[Candidate]:
        """The people and organisations in the study's files that may be listed twice, and are not decided on."""
        from journeys.study.decisions.merging import candidates

        return candidates(self, progress)

    def duplicates_table(self: StudyAccess, found: Sequence[Candidate]) -> Table:
        """Pairs of entries that may be the same, as a table."""
        from journeys.study.decisions.merging import table_of

        return table_of(found)

    def write_duplicates(self: StudyAccess, found: Sequence[Candidate]) -> Path:
        """Write pairs into decisions/merges.xlsx, to be decided there; returns the file."""
        from journeys.study.decisions.merging import write_candidates

        return write_candidates(self, found)

    def decide_merge(
        self: StudyAccess, kept: str, other: str, verdict: str, *, by: str, reason: str, pair: Candidate | None = None
    ) -> Path:
        """Note in decisions/merges.xlsx whether two entries are the same ("same", "not the same", "undecided").

        The next load applies it. Returns the file. Raises UsageProblem for what is not there, or without a reason.
        """
        from journeys.study.decisions.merging import decide, pair_of

        return decide(self, [pair or pair_of(self, kept, other)], verdict, by=by, reason=reason)
