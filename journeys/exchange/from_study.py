"""The whole study as a network: every node, and every claim as a tie of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from journeys.analysis.claims.dates import iso
from journeys.analysis.claims.graph import stored_claims, stored_nodes
from journeys.analysis.claims.withheld import NOT_SHOWN
from journeys.exchange.network import Network, Node, Tie, Types, legible
from journeys.exchange.spool import Spool
from journeys.model.identity import short_id
from journeys.model.schema import CLAIM_BOOKKEEPING, CLAIM_KIND, NODE_BOOKKEEPING, Schema
from journeys.model.stored_types import kind_stored, negated_type
from journeys.store.connection import Store
from journeys.store.loaded import refuse_unloaded

_PLACE = ("file", "sheet", "cell")
_NOT_OF_NODES = {*NODE_BOOKKEEPING, "name"} - {*_PLACE}
_NOT_OF_CLAIMS = {*CLAIM_BOOKKEEPING, "aspect_key"} - {*_PLACE, CLAIM_KIND}
_RENAMED_OF_NODES = {"label": "code_label", "type": "stated_type"}
_RENAMED_OF_CLAIMS = {"type": "stated_type", "kind": "stated_kind", "weight": "stated_weight"}
"""Properties whose names mean something else in the files of networks."""


@contextmanager
def whole_study(
    store: Store, study: str, schema: Schema, scratch: Path, *, title: str, about: str = ""
) -> Iterator[Network]:
    """The network of all nodes and claims that the store holds of a study; ``scratch`` is a folder for a time.

    A claim's relation is the type under which it is stored: what was reported not to have happened has NOT_ before
    it, and what the team has withdrawn is WITHDRAWN (``journeys.model.stored_types``). Memory does not grow with the
    study. Raises NothingLoaded.
    """
    with closing(Spool(scratch / "network.sqlite")) as spool:
        nodes = spool.add_nodes(
            node_of(held, label, spool.node_types)
            for label in schema.nodes
            for held in stored_nodes(store, study, schema, label)
        )
        if not nodes:
            refuse_unloaded(store, schema, study)
        rows = stored_claims(store, study, schema, schema.claims.values(), schema.nodes)
        ties = spool.add_ties(claims_as_ties(rows, schema, spool.tie_types))
        yield Network(
            title=title,
            about=about,
            noun="claim",
            directed=True,
            node_types=spool.node_types.by_name(),
            tie_types=spool.tie_types.by_name(),
            node_count=nodes,
            tie_count=ties,
            nodes=spool.nodes,
            ties=spool.ties,
        )


def node_of(held: Mapping[str, Any], label: str, types: Types) -> Node:
    """A node out of what the store, or the graph of a study, holds of it."""
    values = types.plain(_named(held, _NOT_OF_NODES, _RENAMED_OF_NODES))
    return Node(str(held["id"]), legible(str(held.get("name") or short_id(held["id"]))), label, values)


def claims_as_ties(rows: Iterable[Mapping[str, Any]], schema: Schema, types: Types) -> Iterator[Tie]:
    """Ties out of rows of the store, each with ``type``, ``start``, ``end`` and ``properties``."""
    labels = {kind.slug: label for label, kind in schema.nodes.items()}
    for row in rows:
        held, end = row["properties"], row["end"]
        kind = kind_stored(schema, row["type"], held)
        if kind is None:
            continue
        stands = row["type"] == kind.name
        polarity = {"polarity": kind.polarity} if kind.asserted and stands else {}
        phrase = kind.phrase if stands else f"not: {kind.phrase}" if row["type"] == negated_type(kind) else "withdrawn"
        yield Tie(
            id=str(held["id"]),
            start=row["start"],
            end=end,
            relation=row["type"],
            phrase=phrase,
            directed=True,
            weight=1,
            first=iso(held.get("date_from")),
            last=iso(held.get("date_to")),
            values=types.plain([*_named(held, _NOT_OF_CLAIMS, _RENAMED_OF_CLAIMS), *polarity.items()]),
            stands=stands,
            event=stands and kind.is_event(labels.get(_slug(row["start"]), "")),
            meeting=kind.happened_at(labels.get(_slug(end), ""), end, held.get("at_meeting")),
        )


def _slug(node: str) -> str:
    """The kind in a node's id (``riverside:case_study:c1``)."""
    return node.split(":", 2)[1]


def _named(held: Mapping[str, Any], without: set[str], renamed: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    return (
        (renamed.get(name, name), value)
        for name, value in held.items()
        if name not in without and (name != "file" or value != NOT_SHOWN)
    )
