"""The pages of an atlas about sites: the network of each, its matrices, and the comparison of sites."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import networkx as nx

from journeys.analysis.actors.comparison import comparison_of
from journeys.analysis.actors.site import SiteNetwork, network_of
from journeys.analysis.actors.site_matrices import matrices_of
from journeys.analysis.claims.claim import ACTING
from journeys.analysis.claims.selection import Selection
from journeys.model.phrases import counted
from journeys.model.progress import Progress
from journeys.model.schema import Schema
from journeys.store.resolve import Found
from journeys.study.atlas.folder import AtlasFolder
from journeys.study.disputes import with_disputes
from journeys.views.pages.compare import compare_page
from journeys.views.pages.frame import PageFrame
from journeys.views.pages.matrix import matrix_page
from journeys.views.pages.network import network_page

FOLDERS = ("sites", "matrices")
"""The folders of these pages."""

_COMPARED = "sites/compare.html"


def write_networks(
    schema: Schema,
    graph: nx.MultiDiGraph[str],
    out: AtlasFolder,
    frame: PageFrame,
    sites: Mapping[str | None, tuple[str, str]],
    progress: Progress,
    measured: Mapping[str | None, str],
) -> Iterator[dict[str, str]]:
    """Write the network and the matrices of each site; yields links to the networks for the first page.

    ``graph`` is the whole study, ``sites`` the page and name of each site, ``measured`` the page that says
    who is central at each, where there is one.
    """
    progress.stage("Writing networks", len(sites))
    found: dict[Found, tuple[str, SiteNetwork]] = {}
    for site, (href, name) in sites.items():
        place = Found(site, "Site", name) if site else None
        network = with_disputes(network_of(graph, schema, Selection(site=site), site=place))
        matrices = matrices_of(graph, schema, Selection(site=site), site=place)
        beside = f"matrices/{href.rpartition('/')[2]}"
        links = (
            {"href": f"../{href}", "words": "Network"},
            {"href": f"../{beside}", "words": "Matrices: people by documents, people by meetings"},
            *([{"href": f"../{measured[site]}", "words": "Who is central (table)"}] if site in measured else []),
            *([{"href": f"../{_COMPARED}", "words": "Compare with another site"}] if len(sites) > 1 else []),
        )
        out.page(href, network_page, network, schema=schema, frame=frame.with_links(*links[1:]))
        out.page(beside, matrix_page, matrices, frame=frame.with_links(links[0]))
        yield {"href": href, "name": name, "words": _size(network)}
        progress.advance()
        if place is not None:
            found[place] = (href, network)
    if len(found) > 1:
        nets = [network for _, network in found.values()]
        compared = comparison_of(graph, schema, list(found), networks=nets)
        pages = tuple(f"../{href}" for href, _ in found.values())
        out.page(_COMPARED, compare_page, compared, schema=schema, frame=frame, pages=pages)
        yield {"href": _COMPARED, "name": "Compare sites", "words": f"{counted(len(found), 'site')} side by side"}


def _size(found: SiteNetwork) -> str:
    graph = found.network.graph
    acting = sum(1 for _, held in graph.nodes(data=True) if held["label"] in ACTING)
    return f"{counted(acting, 'actor')}, {counted(graph.number_of_edges(), 'tie')}"
