"""Columns, notes and left-out claims shared by the tables of all actor network measures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from journeys.analysis.actors.one_mode import ALL_SITES, RelationNetwork
from journeys.analysis.claims.selection import LeftOut
from journeys.model.periods import Length

Columns = Mapping[str, str]

ACTOR_COLUMNS: Columns = {
    "actor": "the person or group",
    "actor_id": "its id",
    "organisation": "organisation; empty if none or several are recorded",
}


def actor_cells(net: RelationNetwork, actor: str) -> tuple[str | None, ...]:
    """The values of ``ACTOR_COLUMNS``."""
    return net.name(actor), actor, net.graph.nodes[actor]["organisation"]


def period_columns(period: Length | None) -> Columns:
    """The columns that say when, if periods are asked for."""
    if period is None:
        return {}
    return {
        "period": f"the {period}",
        "certainty": "certainly: all days that the sources allow are in the period; possibly: some are",
    }


def about(net: RelationNetwork) -> tuple[str, ...]:
    """What a reader must know of the ties that were counted."""
    notes = [f"Ties ({', '.join(net.relations)}): {net.meaning}"]
    if net.place == ALL_SITES:
        notes.append(
            "All sites are treated as one network, though people of different sites seldom "
            "meet. Choose one with --site."
        )
    if not net.graph:
        notes.append("There are no actors.")
    elif not net.graph.number_of_edges() and net.period is None:
        notes.append("There are no ties.")
    return tuple(notes)


def left_out(nets: Sequence[RelationNetwork]) -> tuple[LeftOut, ...]:
    """What any of the networks left out, together."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for net in nets:
        for each in net.left_out:
            found[each.why] |= set(each.claims)
    return tuple(LeftOut(why, tuple(sorted(ids))) for why, ids in sorted(found.items()))
