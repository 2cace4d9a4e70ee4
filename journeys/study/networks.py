"""The methods of ``Study`` on who deals with whom at a site: its network, and its matrices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from journeys.analysis.actors.site import SiteNetwork
    from journeys.analysis.actors.site_matrices import SiteMatrices
    from journeys.analysis.claims.selection import Selection
    from journeys.study.access import StudyAccess


class Networks:
    """The methods of ``Study`` on networks."""

    def network(
        self: StudyAccess,
        site: str | None = None,
        *,
        relations: Iterable[str] | None = None,
        selection: Selection | None = None,
    ) -> SiteNetwork:
        """Who is related to whom at a site, named by id, name or a unique beginning of one; else at all sites.

        ``relations`` are names of relations (``journeys.analysis.actors.relations``), all by default; ``selection``
        narrows which claims count. Raises JourneysError when there is no such site or relation.
        """
        from journeys.analysis.actors.site import site_network

        with self.store() as store:
            return site_network(store, self.id, self.schema, site, relations=relations, selection=selection)

    def matrices(self: StudyAccess, site: str | None = None, *, selection: Selection | None = None) -> SiteMatrices:
        """Who took which side on which document, and who was at which meeting, at a site, or at all sites.

        ``selection`` narrows which claims count. Raises JourneysError when there is no such site.
        """
        from journeys.analysis.actors.site_matrices import site_matrices

        with self.store() as store:
            return site_matrices(store, self.id, self.schema, site, selection=selection)
