"""Pages of a study: one journey as a page or a picture, and the atlas of all of them."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import networkx as nx

from journeys.analysis.claims.graph import study_graph
from journeys.analysis.questions.answer import Answer
from journeys.analysis.reading.whole import WholeStudy
from journeys.analysis.trace.journey import journey_of
from journeys.model.file_names import file_stem
from journeys.model.own_process import reading_what_stays
from journeys.model.phrases import counted
from journeys.model.privacy import Profile
from journeys.model.problems import Report
from journeys.model.progress import NoProgress, Progress
from journeys.model.unfinished import written_together
from journeys.store.load_history import LastLoad, last_load
from journeys.store.loaded import refuse_unloaded
from journeys.study.access import StudyAccess
from journeys.study.atlas import across_pages, network_pages, reference_pages, result_pages
from journeys.study.atlas.asking import Asking
from journeys.study.atlas.beside import Beside
from journeys.study.atlas.digests import way_of_making
from journeys.study.atlas.findable import found_by_title, found_figures
from journeys.study.atlas.folder import AtlasFolder
from journeys.study.atlas.guide_pages import FOLDER as GUIDES
from journeys.study.atlas.guide_pages import GuidesShown, guides_of, guides_shown, write_guides
from journeys.study.atlas.measuring import Measuring
from journeys.study.atlas.parts import Drawings, PagesToRead
from journeys.study.atlas.profile import shown_to
from journeys.study.atlas.record_pages import FOLDERS, RecordPages
from journeys.study.atlas.reference_pages import write_reference
from journeys.study.atlas.storyline_pages import storyline_pages
from journeys.study.atlas.unchanged import WholeAtlas
from journeys.study.page_frame import frame
from journeys.views.pages.across import drawn_figures
from journeys.views.pages.frame import Targets
from journeys.views.pages.home import HomeEntry, StudyFigures, home_page, stated_claims
from journeys.views.pages.home_words import loaded_script, stated
from journeys.views.pages.search_index import PAGE, Searchable, search_files
from journeys.views.shared_files import LOADED

_FIRST = "index.html"
_HOME = {"href": "../index.html", "words": "Home"}
_GUIDES = {"href": "../index.html#guides", "words": "Guided journeys"}


def write_atlas(
    study: StudyAccess,
    folder: Path,
    progress: Progress | None = None,
    *,
    profile: Profile = "internal",
    live: bool = False,
    keep: bool = True,
    report: Report = lambda problem: None,
) -> Path:
    """Write the pages of a study into ``folder``: ``index.html``, ``journeys/*.html``, ``sites/*.html``,
    ``guides/*.html``, ``matrices/*.html``, ``storylines/*.html``, ``answers/*.html``, ``measures/*.html``, pages to
    read (``sources/*.html``, ``people/*.html`` …), and the index of the search box in ``search/``.

    Pages of an earlier atlas in that folder are removed, so that no outdated page is left; those that would be the same
    again are kept, unless ``keep`` is False. ``profile`` says whom the pages are for; ``live`` pages look for a newer
    version of themselves while they are open. What is wrong with guided journeys is reported; a stop that stands for no
    step says so in its place. Returns the first page.
    Raises OSError, StoreUnavailable, and NothingLoaded when the store has nothing of the study.
    """
    progress = progress or NoProgress()
    # Open all the time: the embedded engine would stop and start each time that it is not.
    with study.store() as store:
        refuse_unloaded(store, study.schema, study.id)
        load = last_load(store, study.id, study.schema)
        guides = guides_shown(study, profile, report)
        whole = WholeAtlas(study, store, folder, load, profile, live, guides.left_out)
        if keep and whole.is_unchanged:
            return folder / _FIRST
        with shown_to(study, profile) as (shown, said), written_together(folder):
            to = Shown(profile, load, (*said, *guides.left_out), guides, live, keep)
            whole.keep(_write(shown, folder, progress, to))
            return folder / _FIRST


@dataclass(frozen=True, slots=True)
class Shown:
    """To whom an atlas is shown, when its data were loaded, sentences on what was left out, its guided journeys,
    whether it is live, and whether pages that would be the same are kept."""

    profile: Profile
    load: LastLoad | None
    left_out: tuple[str, ...]
    guides: GuidesShown
    live: bool = False
    keep: bool = True


def _write(study: StudyAccess, folder: Path, progress: Progress, to: Shown) -> Collection[str]:
    """Write the pages; returns the places of all files of the atlas."""
    taken: set[str] = set()
    drawings: set[str] = set()
    # Not for the public: a small number in a table may tell who somebody is.
    public = to.profile == "public"
    with study.store() as store, store.remembering(), ExitStack() as opened:
        progress.stage("Reading the study", 1)
        with reading_what_stays():
            whole = WholeStudy.read(store, study.id, study.schema, study.instruments)
            graph = nx.freeze(study_graph(store, study.id, study.schema))
        progress.advance()
        asking = None if public else opened.enter_context(Asking(study, graph))
        reading = RecordPages.of(whole, study.folder.summary_tables(lambda problem: None).titles)
        traced = [thing for label in ("Document", "Evidence") for thing in whole.things(label)]
        journeys = {thing.id: f"journeys/{_page_name(thing.id, taken)}.html" for thing in traced}
        sites = _site_pages(whole, taken)
        storylines = storyline_pages(whole, lambda node: _page_name(node, drawings))
        networks_of = {node: href for node, (href, _) in sites.items() if node}
        targets = Targets({**reading.things, **networks_of}, reading.cells)
        kept = study.folder.work if to.keep else None
        # What the study asks stands on the home page only, which is made each time.
        settings = study.folder.settings.model_dump_json(exclude={"about"})
        out = AtlasFolder(folder, targets, way_of_making(settings, *study.folder.ways_of_reading), kept)
        shared = out.shared
        first = replace(
            frame(study), targets=targets, search="search/", stated=to.left_out, live=to.live, shared=shared
        )
        around = replace(first, targets=replace(targets, up="../"), search="../search/", loaded=LOADED).below(_HOME)
        claims = graph.number_of_edges()
        networks_of_all = Drawings(study.folder.path, study.schema, graph, around, sites, storylines, not public)
        networks_beside = opened.enter_context(Beside(networks_of_all, out, claims))
        entries = [HomeEntry(journey_of(whole, whole.rows, thing), journeys[thing.id]) for thing in traced]
        told = {each.journey.subject.entity.id: each.journey for each in entries}
        to_read = PagesToRead(reading, around, journeys, list(told.values()), guides_of(to.guides))
        read_beside = opened.enter_context(Beside(to_read, out, claims))
        in_measures = result_pages.frame_of("measures", around)
        measuring = asking and opened.enter_context(Measuring(study, graph, out, in_measures, sites, progress))
        guides = list(write_guides(told, out, around.below(_GUIDES), to.guides, journeys))
        for part in (read_beside, networks_beside):  # while questions are asked and pictures are drawn
            part.write_here(progress)
        results, about_data = list[dict[str, str]](), list[dict[str, str]]()
        if asking and measuring:
            of_quality: list[tuple[Answer, str]] = []
            results = list(
                result_pages.write_results(study, graph, out, around, progress, journeys, asking, measuring, of_quality)
            )
            lists = {label: f"{name}/index.html" for label, (name, _) in FOLDERS.items() if reading.has_list(name)}
            about_data = list(
                write_reference(study, graph, out, around, lists, of_quality, stated_claims(told.values()))
            )
        read_beside.written(progress)
        networks, drawn = networks_beside.written(progress)
    home_found = Searchable("Home", _FIRST, around.study_title, "", around.study_title, "", weight=PAGE)
    titled = found_by_title(folder, out.written, reading.found_as_things)
    drawn_across = found_figures(drawn_figures(measuring.across) if measuring else ())
    for name, text in search_files([home_found, *titled, *drawn_across, *reading.searchable()]):
        out.text(f"search/{name}", text)
    kinds = [
        {"href": f"{name}/index.html", "name": title, "words": counted(len(pages), "page")}
        for name, title, pages in reading.lists()
    ]
    kinds += about_data
    said = stated(to.load)
    home = replace(first, stated=(*filter(None, [said]), *to.left_out))
    figures = _figures(study, whole, to)
    out.text(_FIRST, home_page(home, figures, kinds, networks, drawn, results, entries, guides))
    out.text(LOADED, loaded_script(said))
    out.finish(_FOLDERS)
    return out.written


def _figures(study: StudyAccess, whole: WholeStudy, to: Shown) -> StudyFigures:
    """The figures of the home page."""
    kinds = whole.schema.vocabularies["source_kind"]
    sources: dict[str, int] = {}
    for source in whole.things("DataSource"):
        words = kinds.words(str(whole.properties(source).get("kind") or "other")).lower()
        sources[words] = sources.get(words, 0) + 1
    numbers = {label: len(whole.things(label)) for label in whole.schema.nodes}
    about = study.folder.settings.about or ""
    # Which files a load changed is nothing for the public.
    return StudyFigures(numbers, sources, to.load if to.profile != "public" else None, to.left_out, about)


def _site_pages(whole: WholeStudy, taken: set[str]) -> dict[str | None, tuple[str, str]]:
    """The page and name of each site, and of all together (None) unless there is one site."""
    known: list[tuple[str | None, str]] = [(site.id, site.name) for site in whole.things("Site")]
    wanted = [*known, (None, "All sites together")] if len(known) != 1 else known
    return {site: (f"sites/{_page_name(site or 'study:site:all', taken)}.html", name) for site, name in wanted}


def _page_name(node_id: str, taken: set[str]) -> str:
    """The name of the page about a node, which no other page has; ``taken`` remembers it."""
    _, kind, key = node_id.split(":", 2)
    return file_stem(f"{kind}-{key}".lower(), ascii_only=True, taken=taken)


_FOLDERS = (
    "journeys",
    *network_pages.FOLDERS,
    GUIDES,
    "storylines",
    *result_pages.FOLDERS,
    across_pages.FOLDER,
    *reference_pages.FOLDERS,
    *(name for name, _ in FOLDERS.values()),
)
"""The folders of an atlas."""
