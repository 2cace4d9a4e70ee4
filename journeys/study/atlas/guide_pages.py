"""The pages of guided journeys in an atlas, for whom it is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from journeys.analysis.trace.guided import GuidedJourney, GuidedStop
from journeys.analysis.trace.journey import Journey
from journeys.interpret.guides import Guide, read_guides
from journeys.model.file_names import file_stem
from journeys.model.identity import folded
from journeys.model.phrases import counted
from journeys.model.problems import Problem, Report, Severity
from journeys.study.atlas.profile import stored_study
from journeys.study.guides import followed
from journeys.views.pages.guide import guide_page
from journeys.views.pages.journey_panels import step_numbers
from journeys.views.pictures.journey_map import journey_map

if TYPE_CHECKING:
    from journeys.model.privacy import Profile
    from journeys.study.access import StudyAccess
    from journeys.study.atlas.folder import AtlasFolder
    from journeys.views.pages.frame import PageFrame

FOLDER = "guides"
_WORDS = 5
"""So many words of a quotation one after the other, or a whole shorter one, are not shown to the public."""


@dataclass(frozen=True, slots=True)
class GuidesShown:
    """The guided journeys that a profile shows, as the study itself tells them, and a sentence on those left out."""

    guides: Sequence[GuidedJourney]
    left_out: tuple[str, ...] = ()

    @property
    def pages(self) -> dict[str, str]:
        """The page of each guide by its name."""
        taken: set[str] = set()
        return {
            each.name: f"{FOLDER}/{file_stem(each.name.lower(), ascii_only=True, taken=taken)}.html"
            for each in self.guides
        }


def guides_shown(study: StudyAccess, profile: Profile, report: Report) -> GuidesShown:
    """The guided journeys of a study that a profile shows. The public sees those that are marked ``public: yes`` and
    repeat no quotation and no pseudonym that is withheld; another one is reported. Raises StoreUnavailable.
    """
    with study.store():
        guides = read_guides(study.folder, report)
        chosen = [guide for guide in guides if profile != "public" or guide.content.public]
        if profile == "public" and chosen:
            withheld = _Withheld.of(study)
            chosen = [guide for guide in chosen if not _repeats(guide, withheld, report)]
        found = [followed(study, guide, report) for guide in chosen]
    gone = len(guides) - len(chosen)
    left_out = (f"{counted(gone, 'guided journey')} left out.",) if gone else ()
    return GuidesShown([each for each in found if each is not None], left_out)


def write_guides(
    told: Mapping[str, Journey],
    out: AtlasFolder,
    around: PageFrame,
    shown: GuidesShown,
    journeys: Mapping[str, str],
) -> Iterator[dict[str, str]]:
    """Write the page of each guided journey; yields links for the first page.

    ``told`` are the journeys as the profile shows them, ``journeys`` their pages, by the id of what is traced.
    """
    pages = shown.pages
    for guided in shown.guides:
        subject = guided.journey.subject.entity.id
        here = _on(told[subject], guided)
        out.page(pages[guided.name], _page, here, f"../{journeys[subject]}", frame=around)
        name = here.journey.subject.entity.name
        words = f"{counted(len(here.stops), 'stop')} on the journey of {name}"
        yield {"href": pages[guided.name], "name": guided.title, "words": words}


def guides_of(shown: GuidesShown) -> Mapping[str, list[dict[str, str]]]:
    """Links from the page of a journey to the guided journeys on it, by the id of what is traced."""
    pages = shown.pages
    found: dict[str, list[dict[str, str]]] = {}
    for each in shown.guides:
        link = {"href": f"../{pages[each.name]}", "words": f"Guided journey: {each.title}"}
        found.setdefault(each.journey.subject.entity.id, []).append(link)
    return found


def _page(guided: GuidedJourney, journey_href: str, *, frame: PageFrame) -> str:
    return guide_page(guided, journey_map(guided.journey), frame, journey_href)


def _on(journey: Journey, guided: GuidedJourney) -> GuidedJourney:
    """A guided journey on the same journey as it is shown here: a step may have another number, or be left out."""
    number_of = step_numbers(journey)

    def here(stop: GuidedStop) -> GuidedStop:
        claims = [claim.id for number in stop.steps for claim in guided.step(number).claims]
        steps = tuple(sorted({number_of[claim] for claim in claims if claim in number_of}))
        if stop.steps and not steps:
            return replace(stop, steps=(), place="", missing="What happened here is left out of this version.")
        return replace(stop, steps=steps)

    return replace(guided, journey=journey, stops=tuple(map(here, guided.stops)))


@dataclass(frozen=True, slots=True)
class _Withheld:
    """The words that the public is not shown: runs of words from quotations, and pseudonyms."""

    runs: frozenset[tuple[str, ...]]
    names: frozenset[str]

    @classmethod
    def of(cls, study: StudyAccess) -> _Withheld:
        with study.store() as store:
            nodes, claims = stored_study(store, study.id, study.schema)
        quotes = {str(row["properties"]["quote"]) for row in claims if row["properties"].get("quote")}
        roles = study.folder.settings.privacy.public.people == "roles"
        people = [held for label, held in nodes.values() if label == "Actor"] if roles else []
        runs = {run for quote in quotes for run in _runs(_words(quote))}
        names = {folded(str(held["name"])) for held in people if held.get("kind") != "collective"}
        return cls(frozenset(runs), frozenset(names))


def _words(text: str) -> list[str]:
    return [word for each in folded(text).split() if (word := each.strip(".,;:!?…()[]'\""))]


def _runs(words: Sequence[str]) -> Iterable[tuple[str, ...]]:
    if len(words) <= _WORDS:
        return [tuple(words)] if len(words) > 1 else []
    return (tuple(words[at : at + _WORDS]) for at in range(len(words) - _WORDS + 1))


def _repeats(guide: Guide, withheld: _Withheld, report: Report) -> bool:
    """Whether a guide repeats what the public is not shown; the first place is reported."""
    content = guide.content
    texts: list[tuple[tuple[str | int, ...], str]] = [(("title",), content.title), (("intro",), content.intro or "")]
    for place, stop in enumerate(content.stops):
        texts += [(("stops", place, "title"), stop.title or ""), (("stops", place, "text"), stop.text)]
    for where, text in texts:
        words = _words(text)
        every = {tuple(words[at : at + size]) for size in range(2, _WORDS + 1) for at in range(len(words) - size + 1)}
        quoted = next((run for run in sorted(every) if run in withheld.runs), None)
        named = next((name for name in sorted(withheld.names) if f" {name} " in f" {folded(text)} "), None)
        if quoted is None and named is None:
            continue
        what = f"the words of a quotation ({' '.join(quoted)})" if quoted else f"a pseudonym ({named})"
        message = f"This guide is left out of the public pages: it repeats {what}, which they do not show."
        remedy = "Write it in other words, or leave out `public: yes`."
        report(Problem("withheld", guide.address(*where), message, remedy, Severity.WARNING))
        return True
    return False
