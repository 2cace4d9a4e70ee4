"""Pages of a study: one journey as a page or a picture, and the atlas of all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import networkx as nx

from journeys.analysis.claims.graph import study_graph
from journeys.analysis.questions.answer import Answer
from journeys.analysis.reading.whole import WholeStudy
from journeys.model.exports import MADE_BY
from journeys.model.file_names import file_stem
from journeys.model.phrases import counted
from journeys.model.privacy import Profile
from journeys.model.problems import Report
from journeys.model.progress import NoProgress, Progress
from journeys.store.load_history import LastLoad, last_load
from journeys.store.loaded import refuse_unloaded
from journeys.study.access import StudyAccess
from journeys.study.atlas import across_pages, network_pages, reference_pages, result_pages
from journeys.study.atlas.guide_pages import FOLDER as GUIDES
from journeys.study.atlas.guide_pages import GuidesShown, guides_of, guides_shown, write_guides
from journeys.study.atlas.network_pages import write_networks
from journeys.study.atlas.profile import merged_kinds, shown_to
from journeys.study.atlas.record_pages import FOLDERS, RecordPages
from journeys.study.atlas.reference_pages import write_reference
from journeys.study.storylines import storyline_pages, write_storylines
from journeys.views.pages.frame import PageFrame, Targets
from journeys.views.pages.home import HomeEntry, StudyFigures, home_page
from journeys.views.pages.home_words import stated
from journeys.views.pages.journey import journey_page
from journeys.views.pages.search_index import search_files
from journeys.views.pictures.journey_map import journey_map
from journeys.views.render import write_page
from journeys.views.shared_files import FOLDER as SHARED
from journeys.views.shared_files import SharedFiles

_HOME = {"href": "../index.html", "words": "Home"}
_JOURNEYS = {"href": "../index.html#journeys", "words": "Journeys"}
_GUIDES = {"href": "../index.html#guides", "words": "Guided journeys"}
_STORYLINES = {"href": "../index.html#storylines", "words": "Storylines"}


def frame(study: StudyAccess, links: Sequence[Mapping[str, str]] = ()) -> PageFrame:
    """The frame of every page of a study: its title, its note, links to other pages, and when its data were loaded."""
    settings = study.folder.settings
    return PageFrame(settings.title, settings.note or "", links, stated=tuple(filter(None, [stated(study.loaded)])))


def write_atlas(
    study: StudyAccess,
    folder: Path,
    progress: Progress | None = None,
    *,
    profile: Profile = "internal",
    live: bool = False,
    report: Report = lambda problem: None,
) -> Path:
    """Write the pages of a study into ``folder``: ``index.html``, ``journeys/*.html``, ``sites/*.html``,
    ``guides/*.html``, ``matrices/*.html``, ``storylines/*.html``, ``answers/*.html``, ``measures/*.html``, pages to
    read (``sources/*.html``, ``people/*.html`` …), and the index of the search box in ``search/``.

    Pages of an earlier atlas in that folder are removed, so that no outdated page is left. ``profile`` says whom the
    pages are for; ``live`` pages look for a newer version of themselves while they are open. What is wrong with guided
    journeys is reported; a stop that stands for no step says so in its place. Returns the first page.
    Raises OSError, StoreUnavailable, and NothingLoaded when the store has nothing of the study.
    """
    progress = progress or NoProgress()
    with study.store() as store:
        refuse_unloaded(store, study.schema, study.id)
        load = last_load(store, study.id, study.schema)
    guides = guides_shown(study, profile, report)
    with shown_to(study, profile) as (shown, said):
        return _write(shown, folder, progress, Shown(profile, load, (*said, *guides.left_out), guides, live))


@dataclass(frozen=True, slots=True)
class Shown:
    """To whom an atlas is shown, when its data were loaded, sentences on what was left out, its guided journeys, and
    whether it is live."""

    profile: Profile
    load: LastLoad | None
    left_out: tuple[str, ...]
    guides: GuidesShown
    live: bool = False


def _write(study: StudyAccess, folder: Path, progress: Progress, to: Shown) -> Path:
    taken: set[str] = set()
    drawings: set[str] = set()
    with study.store() as store, store.remembering():
        progress.stage("Reading the study", 1)
        whole = WholeStudy.read(store, study.id, study.schema, study.instruments)
        progress.advance()
        reading = RecordPages.of(whole, study.folder.summary_tables(lambda problem: None).titles)
        traced = [thing.id for label in ("Document", "Evidence") for thing in whole.things(label)]
        journeys = {node: f"journeys/{_page_name(node, taken)}.html" for node in traced}
        sites = _site_pages(whole, taken)
        storylines = storyline_pages(whole, lambda node: _page_name(node, drawings))
        networks_of = {node: href for node, (href, _) in sites.items() if node}
        targets = Targets({**reading.things, **networks_of}, reading.cells)
        sentences = (*filter(None, [stated(to.load)]), *to.left_out)
        shared = SharedFiles()
        first = replace(frame(study), targets=targets, search="search/", stated=sentences, live=to.live, shared=shared)
        around = replace(first, targets=replace(targets, up="../"), search="../search/").below(_HOME)
        links = guides_of(to.guides)
        entries = list(_write_journeys(study, folder, around, journeys, reading.things, links, progress))
        guides = list(write_guides(study, folder, around.below(_GUIDES), to.guides, journeys))
        graph = nx.freeze(study_graph(store, study.id, study.schema))
        written: set[str] = set()
        networks = list(write_networks(study, graph, folder, around, sites, progress, written))
        drawn = list(write_storylines(study, graph, folder, around.below(_STORYLINES), storylines, progress))
        # Not for the public: a small number in a table may tell who somebody is.
        public = to.profile == "public"
        results, about_data = list[dict[str, str]](), list[dict[str, str]]()
        if not public:
            of_quality: list[tuple[Answer, str]] = []
            of_results = result_pages.write_results(
                study, graph, folder, around, progress, written, journeys, of_quality
            )
            results = list(of_results)
            lists = {label: f"{name}/index.html" for label, (name, _) in FOLDERS.items() if reading.has_list(name)}
            about_data = list(write_reference(study, graph, folder, around, lists, of_quality, written))
    reading.write(folder, around, journeys, progress)
    index = search_files(reading.searchable())
    beside = {f"search/{name}": text for name, text in index}
    kinds = [
        {"href": f"{name}/index.html", "name": title, "words": counted(len(pages), "page")}
        for name, title, pages in reading.lists()
    ]
    kinds += about_data
    home = folder / "index.html"
    write_page(home, home_page(first, _figures(study, whole, to), kinds, networks, drawn, results, entries, guides))
    beside |= shared.files
    for name, text in beside.items():
        write_page(folder / name, text)
    made = {"index.html", *journeys.values(), *to.guides.pages.values(), *beside, *reading.written()}
    _clear(folder, made | {each["href"] for each in drawn} | written)
    return home


def _figures(study: StudyAccess, whole: WholeStudy, to: Shown) -> StudyFigures:
    """The figures of the home page."""
    kinds = whole.schema.vocabularies["source_kind"]
    sources: dict[str, int] = {}
    for source in whole.things("DataSource"):
        words = kinds.words(str(whole.properties(source).get("kind") or "other")).lower()
        sources[words] = sources.get(words, 0) + 1
    if to.profile == "public":
        sources = merged_kinds(sources, study.folder.settings.privacy.public.smallest_cell)
    numbers = {label: len(whole.things(label)) for label in whole.schema.nodes}
    about = study.folder.settings.about or ""
    # Which files a load changed is nothing for the public.
    return StudyFigures(numbers, sources, to.load if to.profile != "public" else None, to.left_out, about)


def _write_journeys(
    study: StudyAccess,
    folder: Path,
    around: PageFrame,
    journeys: Mapping[str, str],
    things: Mapping[str, str],
    guides: Mapping[str, Sequence[Mapping[str, str]]],
    progress: Progress,
) -> Iterator[HomeEntry]:
    """Write the page of each journey; yields its entry for the first page."""
    progress.stage("Writing journeys", len(journeys))
    for node, href in journeys.items():
        journey = study.trace(node)
        written = {"href": f"../{things[node]}", "words": "What is written in and about it"}
        page_frame = around.below(_JOURNEYS).with_links(*guides.get(node, ()), written)
        write_page(folder / href, journey_page(journey, journey_map(journey), page_frame))
        yield HomeEntry(journey, href)
        progress.advance()


def _site_pages(whole: WholeStudy, taken: set[str]) -> dict[str | None, tuple[str, str]]:
    """The page and name of each site, and of all together (None) unless there is one site."""
    known: list[tuple[str | None, str]] = [(site.id, site.name) for site in whole.things("Site")]
    wanted = [*known, (None, "All sites together")] if len(known) != 1 else known
    return {site: (f"sites/{_page_name(site or 'study:site:all', taken)}.html", name) for site, name in wanted}


def _page_name(node_id: str, taken: set[str]) -> str:
    """The name of the page about a node, which no other page has; ``taken`` remembers it."""
    _, kind, key = node_id.split(":", 2)
    return file_stem(f"{kind}-{key}".lower(), ascii_only=True, taken=taken)


def _clear(folder: Path, made: Collection[str]) -> None:
    """Remove the pages of an earlier atlas but those ``made`` now: only files that say that they are pages of ours."""
    folders = (
        "journeys",
        *network_pages.FOLDERS,
        GUIDES,
        "storylines",
        *result_pages.FOLDERS,
        across_pages.FOLDER,
        *reference_pages.FOLDERS,
        *(name for name, _ in FOLDERS.values()),
    )
    pages = [page for name in folders for page in folder.glob(f"{name}/*.html")]
    for path in (*pages, *folder.glob("search/*.js"), *folder.glob(f"{SHARED}/*.js")):
        if path.relative_to(folder).as_posix() in made:
            continue
        if MADE_BY in path.read_text(encoding="utf-8", errors="replace"):
            path.unlink()
