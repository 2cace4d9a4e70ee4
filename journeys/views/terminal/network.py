"""A network as tables: its relations in a terminal, its edges and its nodes as csv."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.text import Text

from journeys.analysis.actors.network import THINGS
from journeys.analysis.actors.site import SiteNetwork
from journeys.model.dates import DateSpan
from journeys.model.exports import NODE_COLUMNS, TIE_COLUMNS
from journeys.model.order import describe
from journeys.model.phrases import counted
from journeys.views.tables import csv_text
from journeys.views.terminal.fitting_table import FittingTable
from journeys.views.text import sanitized, shortened
from journeys.views.wording import address_words

SHOWN = 60
"""Ties shown in a terminal; a file has all of them."""
_NAME = 40


class NetworkView:
    """The ties of a network, strongest first, and how each actor is placed; those to things only if asked for."""

    def __init__(self, found: SiteNetwork, *, things: bool) -> None:
        self._found, self._things = found, things

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        found, graph = self._found, self._found.network.graph
        ties = _ties(found)
        shown = [tie for tie in ties if self._things or not found.network.relations[tie[2]["relation"]].things]
        acting = [node for node, held in graph.nodes(data=True) if held["label"] not in THINGS]
        joined = {end for start, other, _ in shown for end in (start, other)}
        yield _line(found.place, "bold")
        yield _line(f"{counted(len(acting), found.noun)}, {counted(len(shown), 'tie')}.")
        if shown:
            yield Text()
            yield FittingTable(
                ("from", "relation", "to", "times", "sources", "when"),
                [
                    (
                        shortened(sanitized(graph.nodes[start]["name"]), _NAME),
                        found.network.relations[held["relation"]].phrase,
                        shortened(sanitized(graph.nodes[end]["name"]), _NAME),
                        held["weight"],
                        len(held["sources"]),
                        when_words(held),
                    )
                    for start, end, held in shown[:SHOWN]
                ],
            )
            yield Text()
        if len(shown) > SHOWN:
            yield _line(
                f"{len(shown) - SHOWN:,} more ties are not shown: -o FILE.csv or -o FILE.html writes all.", "dim"
            )
        if len(shown) < len(ties):
            more = f"{counted(len(ties) - len(shown), 'more tie')} to documents and evidence"
            yield _line(
                f"{more}: --relation introduced, authored, contested … shows them, -o FILE.html writes all.", "dim"
            )
        people = [node for node in acting if graph.nodes[node]["label"] == "Actor"]
        alone = sorted(sanitized(graph.nodes[node]["name"]) for node in people if node not in joined)
        if alone:
            yield _line(f"Isolates (no ties): {', '.join(shortened(name, _NAME) for name in alone)}")
        if words := elsewhere_words(found):
            yield _line(words)
        if not acting:
            yield _line(
                "No passages are coded here yet." if found.of_codes else "No people or groups are recorded here yet."
            )
        for each in found.network.left_out:
            yield _line(f"Left out: {counted(len(each.claims), 'claim')}, {each.why}.", "dim")
        if found.withheld:
            yield _line(" ".join(found.withheld), "dim")


def network_view(found: SiteNetwork, *, things: bool = False) -> RenderableType:
    """The network for a terminal."""
    return NetworkView(found, things=things)


def edges_csv(found: SiteNetwork) -> str:
    """A line for each tie, with its claims and the cells in which they were written."""
    graph = found.network.graph
    return csv_text(
        TIE_COLUMNS,
        (
            (
                graph.nodes[start]["name"],
                start,
                held["relation"],
                found.network.relations[held["relation"]].phrase,
                graph.nodes[end]["name"],
                end,
                held["directed"],
                held["polarity"],
                held["weight"],
                len(held["sources"]),
                held["modes"],
                held["confidences"],
                held["date_from"],
                held["date_to"],
                [found.names[each] for each in _about(held)],
                held["claims"],
                [address_words(found.claims[claim]) for claim in held["claims"]],
            )
            for start, end, held in _ties(found)
        ),
    )


def nodes_csv(found: SiteNetwork) -> str:
    """A line for each person, group, organisation, document, piece of evidence or code."""
    graph = found.network.graph
    return csv_text(
        NODE_COLUMNS,
        (
            (
                node,
                held["name"],
                held["label"],
                held["kind"],
                held["designation"],
                [body.name for body in held["organisations"]],
                held["organisation_kind"],
                held["sites"],
                graph.degree(node),
            )
            for node, held in graph.nodes(data=True)
        ),
    )


def nodes_file(edges: Path) -> Path:
    """The file of the nodes that lies beside that of the edges: north.csv and north-nodes.csv."""
    return edges.with_name(f"{edges.stem}-nodes{edges.suffix}")


def elsewhere_words(found: SiteNetwork) -> str:
    """Who is in a site's network for a tie alone, and where they are counted; "" for nobody."""
    names = [sanitized(name) for name in found.from_elsewhere]
    if not names:
        return ""
    one = len(names) == 1
    return (
        f"Not of {sanitized(found.place)}, but with a tie there: {', '.join(names)}. A measure of one relation counts "
        f"{'this one' if one else 'these'} only where {'it has' if one else 'they have'} a tie of that relation."
    )


def when_words(held: Mapping[str, Any]) -> str:
    """When a tie was, as a range; nothing where no date is known."""
    first, last = held["date_from"], held["date_to"]
    if first is None and last is None:
        return ""
    return describe(DateSpan(None, first, last, "day" if first == last else "between"))


def _ties(found: SiteNetwork) -> list[tuple[str, str, dict[str, Any]]]:
    """The ties, the strongest first."""
    order = list(found.network.relations)
    return sorted(
        found.network.graph.edges(data=True),
        key=lambda tie: (-tie[2]["weight"], -len(tie[2]["sources"]), order.index(tie[2]["relation"]), tie[0], tie[1]),
    )


def _about(held: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys(each for occasion in held["occasions"] for each in occasion.about))


def _line(words: str, style: str = "") -> Text:
    return Text(sanitized(words), style)
