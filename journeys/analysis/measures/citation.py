"""Citations: main paths, depth, the share about ethnicity, and first sources."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, Literal

import networkx as nx

from journeys.analysis.claims.graph import on_topic
from journeys.analysis.claims.selection import LeftOut, Selection, belonging, select
from journeys.analysis.measures.table import MeasureRow, MeasureTable, small_n
from journeys.analysis.methods.main_path.depth import citation_shares, depths, first_sources, sources_under
from journeys.analysis.methods.main_path.paths import (
    Arc,
    CitationNetwork,
    MainPaths,
    TraversalCounts,
    citation_network,
    global_main_paths,
    key_routes,
    local_main_paths,
    traversal_counts,
)
from journeys.model.problems import UsageProblem

Weight = Literal["spc", "splc", "spnp"]
MOST_PATHS = 20

_THINGS = ("Document", "Evidence")
_THING = {"thing": "the document or piece of evidence", "thing_id": "its id"}
_WEIGHTS = {
    "spc": "search path count: paths from a first source to an uncited document over this citation",
    "splc": "search path link count: paths that start anywhere earlier and end at an uncited document",
    "spnp": "search path node pair: paths that start and end anywhere",
}
_SEARCH = {
    "local": "the heaviest citation at each step, forward from the first sources",
    "local, backward": "the heaviest citation at each step, backward from uncited documents",
    "global": "the path with the largest sum",
    "key-route, local": "through the heaviest citations, then the heaviest step forward and backward",
    "key-route, global": "through the heaviest citations, then the largest sum forward and backward",
}
_METHOD = "SPLC, SPNP: Hummon & Doreian (1989). SPC, acyclic networks: Batagelj (2003). Key routes: Liu & Lu (2012)."
_ABOUT = {"ethnicity_specific": True, "both": True, "general": False}


@dataclass(frozen=True)
class _Cited:
    """The citations that count: ``graph`` has an edge for each claim, from what cites to what is cited.

    ``isolates`` are the documents and pieces of evidence that no such claim joins to another, with their names.
    """

    graph: nx.MultiDiGraph[str]
    shared: Mapping[str, Any]
    isolates: Mapping[str, str]

    @cached_property
    def network(self) -> CitationNetwork:
        return citation_network(self.graph, edges_cite=True)

    @cached_property
    def counts(self) -> TraversalCounts:
        return traversal_counts(self.network)

    def name(self, unit: Hashable) -> str:
        """The name of a document; of a circle all its members'."""
        members = self.network.members(unit) if unit in self.network.graph else (unit,)
        return " and ".join(self.graph.nodes[str(member)]["name"] for member in members)

    def claims(self, *arcs: Arc) -> set[str]:
        """The claims that arcs stand for."""
        return {str(edge.key) for arc in arcs for edge in self.network.stands_for[arc]}


def citation(
    graph: nx.MultiDiGraph[str],
    selection: Selection,
    *,
    ref: str | None = None,
    weight: Weight = "spc",
    routes: int = 1,
    presented: bool = True,
) -> tuple[MeasureTable, ...]:
    """Main paths by ``weight`` (with so many key ``routes``), arcs with their weights, depth, first sources, isolates.

    With ``ref`` (a node) of what it rests on and what rests on it. With ``presented`` a document also rests on the
    evidence that it presents. Raises UsageProblem for fewer than one route.
    """
    if routes < 1:
        raise UsageProblem(f"routes cannot be {routes}. Write 1 or more.")
    cited = _cited(graph, selection, ref, presented=presented)
    searched = list(_searches(cited, weight, routes))
    return (
        _main_paths(cited, weight, searched),
        _arcs(cited, weight, searched),
        _depths(cited),
        _sources(cited),
        _isolates(cited),
    )


def cited_graph(
    counted: nx.MultiDiGraph[str], *, presented: bool = True, ref: str | None = None
) -> nx.MultiDiGraph[str]:
    """Who cites what, of the claims that count: edges from what cites to what is cited, keyed by claim.

    The attribute ``ethnicity`` says whether that is about ethnicity: by the scope of the claim, else by the equality
    strand of the evidence; None where neither tells. With ``ref`` only what it rests on and what rests on it, at any
    depth. What neither cites nor is cited is not there.
    """
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for start, end, key, claim in counted.edges(keys=True, data=True):
        if claim["type"] == "CITED" or (presented and claim["type"] == "PRESENTED_IN"):
            paper, thing = (start, end) if claim["type"] == "CITED" else (end, start)
            if counted.nodes[thing].get("label") in _THINGS:
                strand = counted.nodes[thing].get("equality_strand")
                about = _ABOUT.get(claim.get("scope") or "", on_topic(counted, strand))
                made.add_edge(paper, thing, key=key, ethnicity=about)
    if ref is not None:
        near = {ref} | (nx.ancestors(made, ref) | nx.descendants(made, ref) if ref in made else set())
        made = nx.MultiDiGraph(made.subgraph(near))
    for node in made:
        made.nodes[node].update(name=counted.nodes[node]["name"], label=counted.nodes[node]["label"])
    return made


def _cited(graph: nx.MultiDiGraph[str], selection: Selection, ref: str | None, *, presented: bool) -> _Cited:
    counted, left = select(graph, selection)
    made = cited_graph(counted, presented=presented, ref=ref)
    whole = cited_graph(graph, presented=presented, ref=ref)
    about = {key for *_, key in whole.edges(keys=True)}
    kept = [LeftOut(each.why, tuple(key for key in each.claims if key in about)) for each in left]
    network = citation_network(made, edges_cite=True)
    inside = [LeftOut(str(why), ids) for why, ids in sorted(_inside(network).items())]
    notes = [
        f"{' and '.join(made.nodes[str(member)]['name'] for member in members)} cite one another and count as one."
        for members in network.circles.values()
    ]
    isolates = _without_citation(graph, selection, made) if ref is None else {}
    return _Cited(
        made,
        {
            "n": {
                "documents": sum(held["label"] == "Document" for _, held in made.nodes(data=True)),
                "pieces of evidence": sum(held["label"] == "Evidence" for _, held in made.nodes(data=True)),
                "citations": len(network.arcs),
                "claims": made.number_of_edges(),
                **({"isolates": len(isolates)} if isolates else {}),
            },
            "left_out": (*(each for each in kept if each.claims), *inside),
            "method": _METHOD,
            "notes": (*notes, *small_n(len(made), "documents and pieces of evidence")),
        },
        isolates,
    )


def _without_citation(
    graph: nx.MultiDiGraph[str], selection: Selection, joined: nx.MultiDiGraph[str]
) -> dict[str, str]:
    """The documents and pieces of evidence of the site or case study that are not joined, with their names."""
    place = selection.case or selection.site
    places = belonging(graph) if place else {}
    return {
        node: held["name"]
        for node, held in graph.nodes(data=True)
        if held["label"] in _THINGS and node not in joined and (place is None or place in places[node])
    }


def _inside(network: CitationNetwork) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for left in network.left_out:
        found.setdefault(str(left.why), []).append(str(left.edge.key))
    return {why: tuple(sorted(ids)) for why, ids in found.items()}


def _searches(cited: _Cited, weight: Weight, routes: int) -> Iterator[tuple[str, MainPaths]]:
    weights = getattr(cited.counts, weight)
    yield "local", local_main_paths(cited.network, weights)
    yield "local, backward", local_main_paths(cited.network, weights, direction="backward")
    yield "global", global_main_paths(cited.network, weights)
    for which in ("local", "global"):
        search: Literal["local", "global"] = "local" if which == "local" else "global"
        for route in key_routes(cited.network, weights, routes, search=search).routes:
            yield f"key-route, {which}", route.through


def _main_paths(cited: _Cited, weight: Weight, searched: Iterable[tuple[str, MainPaths]]) -> MeasureTable:
    weights = getattr(cited.counts, weight)
    rows = []
    seen = set()
    for search, found in searched:
        for path in found.paths(MOST_PATHS):
            if (search, path) in seen:
                continue  # several key routes may lie on one path
            seen.add((search, path))
            arcs = list(pairwise(path))
            sum_ = sum(weights[arc] for arc in arcs)
            values = (search, tuple(map(cited.name, path)), len(arcs), sum_, found.number)
            rows.append(MeasureRow(values, tuple(sorted(cited.claims(*arcs)))))
    many = any(row.values[-1] > MOST_PATHS for row in rows)
    shared = dict(cited.shared)
    shared["notes"] = (
        *shared["notes"],
        "Paths follow the flow of knowledge, from the cited item to the citing document.",
        "; ".join(f"{search}: {how}" for search, how in _SEARCH.items()) + ".",
        *([f"Only the first {MOST_PATHS} of tied paths are listed."] if many else []),
    )
    return MeasureTable(
        name="main_paths",
        title=f"Main paths by {weight.upper()}",
        columns={
            "search": "search method",
            "path": "documents and pieces of evidence on the path",
            "citations": "number of citations on the path",
            "weight": f"the sum of their {weight.upper()}",
            "tied": "number of tied paths, including this one",
        },
        rows=tuple(rows),
        **shared,
    )


def _arcs(cited: _Cited, weight: Weight, searched: Iterable[tuple[str, MainPaths]]) -> MeasureTable:
    on = {arc for _, found in searched for arc in found.arcs}
    shares = cited.counts.normalised
    spc, splc, spnp = cited.counts.spc, cited.counts.splc, cited.counts.spnp
    chosen = getattr(cited.counts, weight)
    order = sorted(cited.network.arcs, key=lambda arc: (-chosen[arc], cited.name(arc[0]), cited.name(arc[1])))
    return MeasureTable(
        name="arcs",
        title="Citations with traversal weights",
        columns={
            "cited": "cited or presented item",
            "cited_id": "its id",
            "citing": "citing document",
            "citing_id": "its id",
            **_WEIGHTS,
            "share": "SPC as a share of all paths (0 to 1)",
            "main": f"whether it is on any main path by {weight.upper()}",
        },
        rows=tuple(
            MeasureRow(
                (
                    cited.name(arc[0]),
                    str(arc[0]),
                    cited.name(arc[1]),
                    str(arc[1]),
                    spc[arc],
                    splc[arc],
                    spnp[arc],
                    shares[arc],
                    arc in on,
                ),
                tuple(sorted(cited.claims(arc))),
            )
            for arc in order
        ),
        **cited.shared,
    )


def _depths(cited: _Cited) -> MeasureTable:
    deep = depths(cited.network)
    under = sources_under(cited.network)
    shares = citation_shares(cited.graph, "ethnicity", edges_cite=True)
    rows = []
    for node in sorted(cited.graph, key=lambda node: (-deep[node], cited.graph.nodes[node]["name"], node)):
        below = {node, *nx.descendants(cited.graph, node)}
        claims = [key for one, _, key in cited.graph.out_edges(below, keys=True) if one in below]
        direct, at_any_depth = shares[node].direct, shares[node].transitive
        rows.append(
            MeasureRow(
                (
                    cited.graph.nodes[node]["name"],
                    node,
                    deep[node],
                    len(set(cited.graph.successors(node)) - {node}),
                    len(set(cited.graph.predecessors(node)) - {node}),
                    len(under[node]),
                    direct.share,
                    at_any_depth.share,
                    at_any_depth.yes,
                    at_any_depth.no,
                    at_any_depth.not_known,
                ),
                tuple(sorted(claims)),
            )
        )
    return MeasureTable(
        name="depth",
        title="Citation depth, and the share about ethnicity",
        columns={
            **_THING,
            "depth": "length of its longest citation chain to a first source; 0 for a first source",
            "cites": "items it cites or presents directly",
            "cited_by": "documents that cite or present it directly",
            "first_sources": "first sources it reaches at any depth",
            "ethnicity_direct": "share (0 to 1) of its direct citations about ethnicity; empty where not recorded",
            "ethnicity_any_depth": "the same for citations at any depth",
            "about": "citations at any depth that are about ethnicity",
            "not_about": "citations at any depth that are not",
            "not_told": "citations for which this is not recorded",
        },
        rows=tuple(rows),
        **cited.shared,
    )


def _sources(cited: _Cited) -> MeasureTable:
    rows = []
    for one in first_sources(cited.network):
        names = [cited.graph.nodes[str(node)]["name"] for node in one.members]
        below = {str(node) for node in (*one.members, *one.dependants)}
        claims = {key for _, other, key in cited.graph.out_edges(below, keys=True) if other in below}
        rows.append(
            MeasureRow(
                (
                    " and ".join(names),
                    str(one.members[0]),
                    len(one.direct),
                    len(one.dependants),
                    len(one.only),
                    one.share,
                    tuple(sorted(cited.graph.nodes[str(node)]["name"] for node in one.only)),
                ),
                tuple(sorted(claims)),
            )
        )
    return MeasureTable(
        name="first_sources",
        title="First sources",
        columns={
            **_THING,
            "direct": "documents that cite or present it directly",
            "dependants": "documents that depend on it at any depth",
            "only": "of these, documents with no other first source",
            "share": "dependants as a share of all documents with a source (0 to 1)",
            "only_names": "the documents with no other first source",
        },
        rows=tuple(rows),
        **cited.shared,
    )


def _isolates(cited: _Cited) -> MeasureTable:
    return MeasureTable(
        name="isolates",
        title="Documents and evidence without a recorded citation",
        columns=_THING,
        rows=tuple(
            MeasureRow((name, node), ()) for node, name in sorted(cited.isolates.items(), key=lambda one: one[::-1])
        ),
        **cited.shared,
    )
