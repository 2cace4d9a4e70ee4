"""Data for vis-network: pyvis makes the format; positions, shapes, lines and colours are set here."""

from __future__ import annotations

import json
import math
import re
import textwrap
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from journeys.analysis.actors.network import THINGS
from journeys.analysis.actors.relations import Relation
from journeys.analysis.actors.site import SiteNetwork
from journeys.views.pictures.network_layout import Point, positions, rows_beside
from journeys.views.pictures.organisations import OTHER_FILL
from journeys.views.render import COLOURS
from journeys.views.text import sanitized, shortened

SHAPES = {
    "person": "dot",
    "group": "square",
    "organisation": "diamond",
    "arena": "hexagon",
    "document": "triangle",
    "evidence": "triangleDown",
    "code": "square",
}
"""The shape of each kind of node."""

_THING_FILL = COLOURS["surface"]
_INK = COLOURS["ink"]
_CHOSEN = COLOURS["contest"]
_LABEL = 36
_LINE = 18
_LETTERS = 18
"""How high a line of a name is, as vis-network draws it."""
_HIGHER_BY = 34
"""From where vis-network writes a name, below the mark, to just above the mark."""
_STEEP = 1.2
"""How far aside a line may go, of its height, that would cross the name below or above a mark."""
_MANY = 500
"""The number of edges from which they are hidden while the picture is dragged."""

_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {
        "size": 12,
        "borderWidth": 1.5,
        "borderWidthSelected": 4,
        "font": {"size": 16, "color": _INK, "strokeWidth": 4, "strokeColor": COLOURS["surface"]},
        # Smaller letters than of 10 pixels are not drawn: network_names.js draws as many names as have room.
        "scaling": {"label": {"drawThreshold": 11}},
    },
    "edges": {"smooth": False, "selectionWidth": 3, "chosen": True, "arrowStrikethrough": False},
    "interaction": {"hover": False, "multiselect": False, "selectConnectedEdges": False, "tooltipDelay": 86400000},
}


def vis_script() -> str:
    """The text of vis-network (Apache-2.0 or MIT, its notice stands in it), as the installed pyvis ships it."""
    import pyvis

    path = Path(pyvis.__file__).parent / "lib" / "vis-9.1.2" / "vis-network.min.js"
    # The map of the source is a file beside it, which a page that is one file must not ask for.
    return re.sub(r"^//# sourceMappingURL=.*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)


def node_kind(held: Mapping[str, Any]) -> str:
    """What a node is, of ``SHAPES``."""
    if held["label"] == "Actor":
        return "group" if held["kind"] == "collective" else "person"
    return str(held["label"]).lower()


def fill(held: Mapping[str, Any], colours: Mapping[str, str]) -> str:
    """The colour of a node; ``colours`` are those of the kinds of organisation."""
    if held["label"] in THINGS:
        return _THING_FILL
    return colours.get(held["organisation_kind"] or "", OTHER_FILL)


def line(relation: Relation) -> tuple[str, list[int]]:
    """The colour and the dashes of a relation; no dashes for a line without gaps."""
    if relation.polarity < 0:
        return COLOURS["contest"], [3, 3] if relation.name == "challenged" else [10, 5]
    if relation.polarity > 0:
        return COLOURS["support"], []
    dashes = {
        "introduces_to_group": [2, 4],
        "attended_together": [5, 4],
        "relates_to": [14, 4, 3, 4],
        "sent_to": [8, 3],
    }
    dashes["related"] = dashes["relates_to"]
    colour = COLOURS["step"] if relation.name.startswith("introduces") else COLOURS["quiet"]
    return colour, dashes.get(relation.name, [])


def width(sources: int) -> float:
    """How thick the line of a tie is: by the number of its sources, however often it happened."""
    return round(1.4 + min(5.0, 1.5 * math.log2(max(sources, 1))), 1)


def drawing(found: SiteNetwork, colours: Mapping[str, str]) -> dict[str, Any]:
    """``nodes``, ``edges`` and ``options`` for vis-network.

    A node's id is its place in the network's graph, an edge's the place among the network's edges. ``colours`` are
    those of the kinds of organisation.
    """
    from pyvis.network import Network

    graph = found.network.graph
    number = {node: at for at, node in enumerate(graph)}
    places = _places(found)
    made = Network(directed=True)
    above = _named_above(places, list(graph.edges()))
    for node, held in graph.nodes(data=True):
        x, y = places[node]
        label = _label(held)
        made.add_node(
            number[node],
            label=label,
            **({"font": {"vadjust": -_HIGHER_BY - _LETTERS * (label.count("\n") + 1)}} if node in above else {}),
            shape=SHAPES[node_kind(held)],
            color={
                "background": fill(held, colours),
                "border": _INK,
                "highlight": {"background": fill(held, colours), "border": _CHOSEN},
            },
            x=x,
            y=y,
        )
    beside: dict[tuple[int, int], int] = {}
    for at, (start, end, held) in enumerate(graph.edges(data=True)):
        relation = found.network.relations[held["relation"]]
        ends = (number[start], number[end])
        pair = (min(ends), max(ends))
        beside[pair] = beside.get(pair, 0) + 1
        colour, dashes = line(relation)
        made.add_edge(
            *ends,
            id=at,
            color=colour,
            dashes=dashes or False,
            width=width(len(held["sources"])),
            arrows="to" if relation.directed else "",
            smooth=_bend(beside[pair], turned=ends != pair),
        )
    many = graph.number_of_edges() > _MANY
    options = {**_OPTIONS, "interaction": {**_OPTIONS["interaction"], "hideEdgesOnDrag": many, "hideEdgesOnZoom": many}}
    made.set_options(json.dumps(options))
    nodes, edges, _, _, _, chosen = made.get_network_data()
    return {"nodes": nodes, "edges": edges, "options": json.loads(chosen)}


def _places(found: SiteNetwork) -> dict[str, Point]:
    """Actors by their ties among each other; documents in rows above them, pieces of evidence below."""
    graph = found.network.graph
    of = {node: held["label"] for node, held in graph.nodes(data=True)}
    ties = list(graph.edges())
    places = positions(
        [node for node in of if of[node] not in THINGS],
        [(start, end) for start, end in ties if of[start] not in THINGS and of[end] not in THINGS],
    )
    above, below = (
        rows_beside(places, [node for node in of if of[node] == label], ties, downwards=downwards)
        for label, downwards in (("Document", False), ("Evidence", True))
    )
    return places | above | below


def _named_above(places: Mapping[str, Point], ties: Iterable[tuple[str, str]]) -> set[str]:
    """The nodes whose names stand above them: more lines go down than up from them, and would cross the name."""
    lines: dict[str, list[int]] = {node: [0, 0] for node in places}
    for start, end in ties:
        for node, other in ((start, end), (end, start)):
            across, down = (there - here for here, there in zip(places[node], places[other], strict=True))
            if abs(across) < _STEEP * abs(down):
                lines[node][down > 0] += 1
    return {node for node, (up, down) in lines.items() if down > up}


def _bend(which: int, *, turned: bool) -> Any:
    """How the first, second, third edge between the same two nodes is bent, so that none lies on another."""
    if which == 1:
        return False
    clockwise = (which % 2 == 0) != turned
    return {"enabled": True, "type": "curvedCW" if clockwise else "curvedCCW", "roundness": round(which // 2 * 0.14, 2)}


def _label(held: Mapping[str, Any]) -> str:
    """The name, and below it the organisation, so that its kind is not in the colour alone."""
    name = shortened(sanitized(held["name"]), _LABEL) or "?"
    below = shortened(sanitized(held["organisation"] or ""), _LABEL)
    said = [name, below] if below != name else [name]
    return "\n".join(line for words in said for line in textwrap.wrap(words, _LINE))
