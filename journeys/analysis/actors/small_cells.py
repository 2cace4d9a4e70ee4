"""Networks and matrices for readers outside the team: without ties and cells that rest on so few claims that they point
to somebody."""

from __future__ import annotations

from dataclasses import replace

from journeys.analysis.actors.site import SiteNetwork
from journeys.analysis.actors.site_matrices import SiteMatrices
from journeys.analysis.claims.small_cells import left_out


def without_small_cells(found: SiteNetwork, smallest: int) -> SiteNetwork:
    """The network without ties that rest on fewer than ``smallest`` claims; ``withheld`` says how many there were.

    Who was tied by them stays, and so may be an isolate.
    """
    ties = list(found.network.graph.edges(keys=True, data=True))
    kept = [tie for tie in ties if len(tie[3]["claims"]) >= smallest]
    if len(kept) == len(ties):
        return found
    said = left_out(len(ties) - len(kept), smallest, "tie")
    return replace(found.with_ties(kept), withheld=(*found.withheld, said))


def matrices_without_small_cells(found: SiteMatrices, smallest: int) -> SiteMatrices:
    """The matrices without cells that rest on fewer than ``smallest`` claims; ``withheld`` says how many there were."""
    made, gone = found.found.at_least(smallest)
    if not gone:
        return found
    claims = {claim: found.claims[claim] for claim in made.claims}
    return replace(found, found=made, claims=claims, withheld=(*found.withheld, left_out(gone, smallest, "cell")))
