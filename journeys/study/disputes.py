"""Which claims of a network sources disagree on, so that no tie looks surer than what it rests on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from journeys.analysis.actors.network import THINGS
from journeys.analysis.actors.site import SiteNetwork
from journeys.analysis.claims.claim import ClaimRecord, Entity
from journeys.analysis.trace.disagreements import disagreements


def with_disputes(found: SiteNetwork) -> SiteNetwork:
    """The same network; ``disputed`` has besides the claims of a document or piece of evidence that sources disagree
    on: who did it, when, or on which side somebody was."""
    about: defaultdict[Entity, list[ClaimRecord]] = defaultdict(list)
    for claim in found.claims.values():
        for end in (claim.start, claim.end):
            if end.label in THINGS:
                about[end].append(claim)
    differing = {
        claim.id
        for thing, claims in about.items()
        for one in disagreements(claims, thing)
        for claim in one.claims
        if claim.id in found.claims
    }
    return replace(found, disputed=found.disputed | differing)
