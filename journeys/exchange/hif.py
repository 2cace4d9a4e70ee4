"""HIF, the hypergraph interchange format (HIF-org, 2025): a meeting is a hyperedge of all who and what was there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

from journeys.exchange.network import Network, Tie
from journeys.exchange.outcome import Written
from journeys.exchange.sorted_rows import grouped
from journeys.model.exports import MADE_BY
from journeys.model.phrases import counted
from journeys.views.tables import safe_json


def write_hif(network: Network, path: Path) -> Written:
    """Write the meetings of a network of claims as HIF; returns sentences on what was left out.

    A hyperedge is a meeting; its nodes are who attended or acted there and what was tabled or spoken of. An incidence
    holds the relations and the claims (ids) that say so. Claims that name no meeting, and those that do not stand, are
    not there.
    """
    counts = {"elsewhere": 0, "not so": 0}
    meetings = {node.id for node in network.nodes() if node.type == "Meeting"}
    touched: set[str] = set()
    with path.open("w", encoding="utf-8", newline="\n", buffering=1 << 20) as file:
        about = {"title": network.title, "about": network.about, "made_by": MADE_BY}
        file.write(f'{{"network-type": "undirected",\n"metadata": {_json(about)},\n"incidences": [')
        _listed(file, _incidences(network, meetings, touched, counts))
        file.write('],\n"nodes": [')
        _listed(
            file,
            (
                {"node": node.id, "attrs": {"name": node.name, "type": node.type, **node.values}}
                for node in network.nodes()
                if node.id in touched
            ),
        )
        file.write('],\n"edges": [')
        _listed(
            file,
            (
                {"edge": node.id, "attrs": {"name": node.name, **node.values}}
                for node in network.nodes()
                if node.id in meetings
            ),
        )
        file.write("]}\n")
    held = f"{counted(len(meetings), 'meeting')} as hyperedges, of {counted(len(touched), 'node')}"
    left = ((counts["elsewhere"], "of no meeting"), (counts["not so"], "withdrawn or reported not to have happened"))
    return Written(tuple(f"Left out: {counted(number, 'claim')}, {why}." for number, why in left if number), held)


def _incidences(
    network: Network, meetings: set[str], touched: set[str], counts: dict[str, int]
) -> Iterator[Mapping[str, Any]]:
    def rows() -> Iterator[tuple[str, Any]]:
        for tie in network.ties():
            if tie.meeting not in meetings:
                counts["elsewhere"] += 1
            elif not tie.stands:
                counts["not so"] += 1
            else:
                yield from _of_meeting(tie, tie.meeting)

    for _, together in grouped(rows()):
        meeting, node = together[0][:2]
        touched.add(node)
        relations = list(dict.fromkeys(relation for _, _, relation, _ in together))
        attrs = {"relations": relations, "claims": [claim for *_, claim in together]}
        yield {"edge": meeting, "node": node, "attrs": attrs}


def _of_meeting(tie: Tie, meeting: str | None) -> Iterator[tuple[str, Any]]:
    for end in dict.fromkeys((tie.start, tie.end)):
        if end != meeting:
            yield f"{meeting}\n{end}", (meeting, end, tie.relation, tie.id)


def _listed(file: TextIO, items: Iterable[Mapping[str, Any]]) -> None:
    for number, item in enumerate(items):
        file.write((",\n" if number else "\n") + _json(item))


def _json(content: Any) -> str:
    return safe_json(json.dumps(content, ensure_ascii=False, allow_nan=False))
