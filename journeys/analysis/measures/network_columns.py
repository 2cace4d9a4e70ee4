"""What the tables of all measures on networks of actors share: columns, notes, and what was left out."""

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
    "organisation": "its organisation; empty if none or several are told",
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
        "certainty": "certainly: every day that the sources allow is in it; possibly: some day is (or all)",
    }


def about(net: RelationNetwork) -> tuple[str, ...]:
    """What a reader must know of the ties that were counted."""
    notes = [f"Ties ({', '.join(net.relations)}): {net.meaning}"]
    if net.place == ALL_SITES:
        notes.append("All sites are one network here: people of different sites seldom meet. Take one with --site.")
    if not net.graph:
        notes.append("There is no actor.")
    elif not net.graph.number_of_edges() and net.period is None:
        notes.append("There is no tie between any two actors.")
    return tuple(notes)


def left_out(nets: Sequence[RelationNetwork]) -> tuple[LeftOut, ...]:
    """What any of the networks left out, together."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for net in nets:
        for each in net.left_out:
            found[each.why] |= set(each.claims)
    return tuple(LeftOut(why, tuple(sorted(ids))) for why, ids in sorted(found.items()))
