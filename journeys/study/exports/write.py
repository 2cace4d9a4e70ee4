"""The methods of ``Study`` that write files for other programs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from journeys.exchange.formats import FORMATS
from journeys.exchange.outcome import Exported
from journeys.exchange.target import TargetExists
from journeys.model.privacy import Profile

if TYPE_CHECKING:
    from journeys.study.access import StudyAccess

__all__ = ["FORMATS", "Exported", "Exports", "Of", "TargetExists"]

Of = Literal["claims", "actors"]


class Exports:
    """The methods of ``Study`` on exports."""

    def export(
        self: StudyAccess,
        format_: str,
        path: str | Path | None = None,
        *,
        of: Of | None = None,
        site: str | None = None,
        relations: Iterable[str] = (),
        case: str | None = None,
        from_: str | date | None = None,
        to: str | date | None = None,
        scope: str | None = None,
        modes: Iterable[str] = (),
        confidences: Iterable[str] = (),
        without_interpretive: bool = False,
        profile: Profile = "internal",
        force: bool = False,
    ) -> Exported:
        """Write the study, or a network of it, for another program; returns the files and what was lost.

        ``format_`` is a name of ``journeys.exchange.formats.FORMATS``; without ``path`` the file lies in ``out/``.
        ``of`` says what the ties are: every ``claims`` (by default) or the relations of ``actors`` (by default where
        ``relations`` are named). ``site`` to ``without_interpretive`` narrow which claims count; ``profile`` says to
        whom the file is given, as for the atlas. A file that is there is replaced with ``force`` only.

        Raises UsageProblem for a format, relation or term that there is not, TargetExists, NothingLoaded, OSError.
        """
        from journeys.analysis.measures.run import Choice
        from journeys.study.exports.network import export_network

        choice = Choice(site, case, from_, to, scope, tuple(modes), tuple(confidences), without_interpretive)
        where = Path(path) if path is not None else None
        return export_network(
            self, format_, where, choice, of=of, relations=tuple(relations), profile=profile, force=force
        )

    def export_codings(
        self: StudyAccess, path: str | Path | None = None, *, profile: Profile = "internal", force: bool = False
    ) -> Exported:
        """Write the codebook and the coded passages as REFI-QDA (.qdpx), for NVivo, ATLAS.ti, MAXQDA or QualCoder.

        With a ``path`` that ends in .qdc the codebook alone. Raises UsageProblem for another ending, TargetExists,
        JourneysError where the study has no codes, OSError.
        """
        from journeys.study.exports.refi import export_refi

        return export_refi(self, Path(path) if path is not None else None, profile=profile, force=force)

    def export_for_neo4j(self: StudyAccess, folder: str | Path | None = None, *, force: bool = False) -> Exported:
        """Write all nodes and claims as csv files that ``neo4j-admin database import`` reads; returns the first file.

        They lie in ``folder``, else in ``out/neo4j-admin``, with ``import.args``, which names them. Everything is
        there, as in the store, whatever a profile would leave out. Raises TargetExists where the folder holds
        anything, unless ``force``; NothingLoaded, OSError.
        """
        from journeys.exchange.neo4j_admin import write_for_neo4j_admin

        where = Path(folder) if folder is not None else self.folder.path / "out" / "neo4j-admin"
        with self.store() as store:
            return write_for_neo4j_admin(store, self.id, self.schema, where, force=force)
