"""Pages of a study: one journey as a page or a picture, and the atlas of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from journeys.analysis.actors.site import SiteNetwork
from journeys.analysis.claims.claim import ACTING
from journeys.analysis.measures.run import Analysis
from journeys.model.exports import MADE_BY
from journeys.model.file_names import file_stem
from journeys.model.phrases import counted
from journeys.model.progress import NoProgress, Progress
from journeys.store.cypher_templates import statement
from journeys.store.loaded import refuse_unloaded
from journeys.study.access import StudyAccess
from journeys.views.pages.atlas import AtlasEntry, atlas_page
from journeys.views.pages.journey import PageFrame, journey_page
from journeys.views.pages.network import network_page
from journeys.views.pictures.journey_map import journey_map
from journeys.views.pictures.measure import can_be_drawn, measure_svg
from journeys.views.render import write_page

_HOME = {"href": "../index.html", "words": "All journeys and sites"}


def frame(study: StudyAccess, links: Sequence[Mapping[str, str]] = ()) -> PageFrame:
    """What stands around every page of a study: its title, its note, links to other pages."""
    settings = study.folder.settings
    return PageFrame(settings.title, settings.note or "", links)


def picture(found: Analysis, table: str | None = None, columns: Sequence[str] = ()) -> str:
    """A table of a measure as SVG: the one named, else the first that can be drawn (see ``measure_svg``).

    Raises UsageProblem for what cannot be drawn.
    """
    drawn = found.table(table) if table else next(filter(can_be_drawn, found.tables), found.tables[0])
    return measure_svg(drawn, columns)


def write_atlas(study: StudyAccess, folder: Path, progress: Progress | None = None) -> Path:
    """Write the pages of a study into ``folder``: ``index.html``, ``journeys/*.html``, ``sites/*.html``.

    Pages of an earlier atlas in that folder go, so that none is left of what the graph no longer holds. Returns the
    first page. Raises OSError, StoreUnavailable, and NothingLoaded when the store has nothing of the study.
    """
    progress = progress or NoProgress()
    with study.store() as store:
        refuse_unloaded(store, study.schema, study.id)
    _clear(folder)
    around = frame(study, [_HOME])
    entries: list[AtlasEntry] = []
    taken: set[str] = set()
    with study.store():
        traced = [*_nodes(study, "Document"), *_nodes(study, "Evidence")]
        progress.stage("Writing journeys", len(traced))
        for node in traced:
            journey = study.trace(node["id"])
            href = f"journeys/{_page_name(node['id'], taken)}.html"
            write_page(folder / href, journey_page(journey, journey_map(journey), around))
            entries.append(AtlasEntry(journey, href))
            progress.advance()
        sites = list(_write_sites(study, folder, around, taken, progress))
        numbers = study.status().store.nodes
    shown = {study.schema.nodes[label].plural: number for label, number in numbers.items()}
    settings = study.folder.settings
    index = folder / "index.html"
    write_page(index, atlas_page(settings.title, settings.note or "", shown, sites, entries))
    return index


def _write_sites(
    study: StudyAccess, folder: Path, around: PageFrame, taken: set[str], progress: Progress
) -> Iterator[dict[str, str]]:
    """Write the network of each site, and of all together unless there is one site; yields links for the first page."""
    known = [(node["id"], str(node.get("name") or node["id"])) for node in _nodes(study, "Site")]
    wanted = [*known, (None, "All sites together")] if len(known) != 1 else known
    progress.stage("Writing networks", len(wanted))
    for site, name in wanted:
        found = study.network(site)
        href = f"sites/{_page_name(site or 'study:site:all', taken)}.html"
        write_page(folder / href, network_page(found, study.schema, around))
        yield {"href": href, "name": name, "words": _size(found)}
        progress.advance()


def _size(found: SiteNetwork) -> str:
    graph = found.network.graph
    acting = sum(1 for _, held in graph.nodes(data=True) if held["label"] in ACTING)
    return f"{counted(acting, 'actor')}, {counted(graph.number_of_edges(), 'tie')}"


def _nodes(study: StudyAccess, label: str) -> Iterator[dict[str, Any]]:
    """The nodes of a label, by id."""
    with study.store() as store:
        rows = store.read(statement(study.schema, "study_nodes", label=label), {"study": study.id})
    yield from sorted((row["properties"] for row in rows), key=lambda held: str(held["id"]))


def _page_name(node_id: str, taken: set[str]) -> str:
    """The name of the page about a node, which no other page has; ``taken`` remembers it."""
    _, kind, key = node_id.split(":", 2)
    return file_stem(f"{kind}-{key}".lower(), ascii_only=True, taken=taken)


def _clear(folder: Path) -> None:
    """Remove the pages of an earlier atlas: only files that say that they are pages of ours."""
    for path in (*folder.glob("journeys/*.html"), *folder.glob("sites/*.html")):
        if MADE_BY in path.read_text(encoding="utf-8", errors="replace"):
            path.unlink()
