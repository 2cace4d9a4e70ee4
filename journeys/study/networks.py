"""The methods of ``Study`` on who deals with whom at a site: its network, matrices, and comparison."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from journeys.study.choices import choice_of, selection_of

if TYPE_CHECKING:
    from journeys.analysis.actors.comparison import Comparison
    from journeys.analysis.actors.site import SiteNetwork
    from journeys.analysis.actors.site_matrices import SiteMatrices
    from journeys.analysis.claims.selection import Selection
    from journeys.model.privacy import Profile
    from journeys.study.access import StudyAccess


class Networks:
    """The methods of ``Study`` on networks."""

    def network(
        self: StudyAccess,
        site: str | None = None,
        *,
        relations: Iterable[str] | None = None,
        selection: Selection | None = None,
        case: str | None = None,
        from_: str | date | None = None,
        to: str | date | None = None,
        scope: str | None = None,
        modes: Iterable[str] = (),
        confidences: Iterable[str] = (),
        without_interpretive: bool = False,
        sources: bool = True,
        profile: Profile = "internal",
    ) -> SiteNetwork:
        """Who is related to whom at a site, named by id, name or a unique beginning of one; else at all sites.

        ``relations`` are names of relations (``journeys.analysis.actors.relations``), all by default. ``case`` to
        ``without_interpretive`` narrow which claims count, as a person writes them: ``from_="March 2011",
        modes=["verbatim"]``; ``selection`` does the same. Without ``sources`` the network is there in half the time,
        with the ids of its claims alone, which is enough to show its ties, not to write them to a file. ``profile``
        says to whom it is shown, as for ``analyse``: for the public, ties that rest on few claims are left out, and
        ``withheld`` says how many. Raises JourneysError when there is no such site, relation or term.
        """
        from journeys.analysis.actors.site import site_network
        from journeys.analysis.actors.small_cells import without_small_cells
        from journeys.study.atlas.profile import shown_to
        from journeys.study.disputes import with_disputes

        chosen = choice_of(None, site, case, from_, to, scope, modes, confidences, without_interpretive)
        with shown_to(self, profile) as (shown, withheld), shown.store() as store:
            site, selection = selection_of(self, store, selection, chosen)
            found = site_network(
                store, self.id, self.schema, site, relations=relations, selection=selection, sources=sources
            )
        found = replace(with_disputes(found), withheld=withheld)
        if profile == "public":
            found = without_small_cells(found, self.folder.settings.privacy.public.smallest_cell)
        return found.of(self)

    def matrices(
        self: StudyAccess,
        site: str | None = None,
        *,
        selection: Selection | None = None,
        profile: Profile = "internal",
    ) -> SiteMatrices:
        """Who took which side on which document, and who was at which meeting, at a site, or at all sites.

        ``selection`` narrows which claims count. ``profile`` says to whom they are shown, as for ``network``: for the
        public, cells that rest on few claims are left out. Raises JourneysError when there is no such site.
        """
        from journeys.analysis.actors.site_matrices import site_matrices
        from journeys.analysis.actors.small_cells import matrices_without_small_cells
        from journeys.study.atlas.profile import shown_to

        with shown_to(self, profile) as (shown, withheld), shown.store() as store:
            found = site_matrices(store, self.id, self.schema, site, selection=selection)
        found = replace(found, withheld=withheld)
        if profile == "public":
            found = matrices_without_small_cells(found, self.folder.settings.privacy.public.smallest_cell)
        return found.of(self)

    def compare_sites(
        self: StudyAccess,
        sites: Sequence[str],
        *,
        relations: Iterable[str] | None = None,
        selection: Selection | None = None,
    ) -> Comparison:
        """The networks of two sites or more, the same figures of each, and who and what is at more than one.

        ``relations`` and ``selection`` as in ``network``. Raises JourneysError when there is no such site or relation.
        """
        from journeys.analysis.actors.comparison import compare_sites
        from journeys.study.disputes import with_disputes

        with self.store() as store:
            found = compare_sites(store, self.id, self.schema, sites, relations=relations, selection=selection)
        return replace(found, networks=tuple(map(with_disputes, found.networks))).of(self)
