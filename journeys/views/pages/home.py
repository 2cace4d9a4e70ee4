"""The home page of an atlas: the study in figures, every journey as a strip, what is new, unsaid or disagreed on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from journeys.analysis.trace.glance import SIGNS, UNSAID, Glance, glance, unsaid
from journeys.analysis.trace.journey import Journey
from journeys.model.order import sort_key
from journeys.model.phrases import counted, one_of
from journeys.store.load_history import LastLoad
from journeys.views.journey_summary import summary_in_words
from journeys.views.pages.frame import PageFrame
from journeys.views.pages.home_words import lead, news
from journeys.views.pictures.strips import Strips
from journeys.views.render import asset, render
from journeys.views.summary_parts import Part
from journeys.views.text import sanitized, shortened
from journeys.views.wording import date_words

_OPEN_AT_MOST = 150
"""The most journeys of a page whose groups all stand open."""
_FOUGHT, _OUTCOME = 3, 260
"""How many of the most contested journeys are named first, and how many letters of what came of them."""
_LESS = (
    "documents", "codes", "actions", "drivers", "factors", "understandings", "commissioning", "questions", "passages",
)  # fmt: skip
"""Folders of lists that few readers look for: they are folded away at the end of the page."""
_SHOWN = 8
"""How many disagreements stand open."""


@dataclass(frozen=True, slots=True)
class HomeEntry:
    """A journey and the address of its page, relative to the home page."""

    journey: Journey
    href: str


@dataclass(frozen=True, slots=True)
class StudyFigures:
    """What the study holds: nodes by label, sources by their kind in words, its last load (None where that is not
    shown), sentences on what was left out of the pages, and what the study asks, in the team's words."""

    numbers: Mapping[str, int]
    sources: Mapping[str, int]
    load: LastLoad | None
    left_out: Sequence[str] = ()
    about: str = ""


@dataclass(frozen=True, slots=True)
class _Told:
    """An entry with what is worked out of its journey; ``sides``: how many contested (-1) and supported (1) it."""

    entry: HomeEntry
    glance: Glance
    site: str
    case: str
    sides: Mapping[int, int]

    @property
    def name(self) -> str:
        subject = self.entry.journey.subject
        number = str(subject.properties.get("doc_number") or "")
        return " · ".join(filter(None, (sanitized(number), sanitized(subject.entity.name))))


def home_page(
    frame: PageFrame,
    figures: StudyFigures,
    kinds: Sequence[Mapping[str, str]],
    sites: Sequence[Mapping[str, str]],
    storylines: Sequence[Mapping[str, str]],
    results: Sequence[Mapping[str, str]],
    entries: Sequence[HomeEntry],
    guides: Sequence[Mapping[str, str]] = (),
) -> str:
    """The page as HTML.

    ``guides`` (guided journeys), ``kinds`` (lists of pages), ``sites`` (networks), ``storylines`` and ``results`` have
    ``href``, ``name``, ``words``.
    """
    told = sorted(map(_told, entries), key=lambda each: (not each.site, each.site, each.case))
    strips = Strips(each.glance for each in told)
    journeys = [each.entry.journey for each in told]
    return render(
        "home.html.j2",
        title=frame.study_title,
        **frame.context(),
        styles=[asset("home.css")],
        scripts=[asset("home.js")],
        about=figures.about,
        fought=_most_fought_over(told),
        lead=lead(figures.numbers, figures.sources, journeys),
        tiles=_tiles(figures.numbers, journeys, kinds),
        news=news(figures.load),
        left_out=figures.left_out,
        touched=_touched(figures.load, told),
        guides=guides,
        kinds=[{**each, "main": each["href"].partition("/")[0] not in _LESS} for each in kinds],
        sites=sites,
        storylines=storylines,
        results=results,
        ticks=strips.ticks,
        signs=SIGNS,
        groups=_groups(told, strips),
        places=_places(told),
        number=len(told),
        folded=len(told) > _OPEN_AT_MOST,
        disagreements=_disagreements(told),
        shown=_SHOWN,
        unsaid=_unsaid(told),
    )


def _told(entry: HomeEntry) -> _Told:
    cases = entry.journey.subject.cases
    site, case = (str(cases[0].get("site") or ""), str(cases[0]["name"])) if cases else ("", "Not in a case study")
    journey = entry.journey
    steps = [step for step in journey.all_steps if not step.negated and step.via is None]
    sides = {side: {who.id for step in steps if step.kind.polarity == side for who in step.who} for side in (-1, 1)}
    return _Told(entry, glance(journey), site, case, {side: len(who) for side, who in sides.items()})


def _groups(told: Iterable[_Told], strips: Strips) -> list[dict[str, Any]]:
    """The journeys by case study, in the order of their sites; what is in none last."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for each in told:
        groups.setdefault((each.site, each.case), []).append(_row(each, strips))
    return [
        {"site": site, "case": case, "rows": rows, "size": counted(len(rows), "journey")}
        for (site, case), rows in groups.items()
    ]


def _row(told: _Told, strips: Strips) -> dict[str, Any]:
    journey = told.entry.journey
    counts, signs = journey.counts, told.glance.signs
    first = min((sort_key(step.when) for step in journey.steps), default=None)
    return {
        "href": told.entry.href,
        "name": told.name,
        "evidence": journey.subject.entity.label == "Evidence",
        "date": date_words(journey.subject.when),
        "site": told.site,
        "case": told.case,
        "first": first[1].isoformat() if first else "",
        "claims": counts.claims,
        "sources": counts.sources,
        "contested": told.sides[-1],
        "differ": len(journey.disagreements),
        "facts": ", ".join(filter(None, [_said(counts.claims, counts.sources), _sides(told)])),
        "points": counted(len(journey.disagreements), "disagreement") if journey.disagreements else "",
        "signs": signs,
        "undated": told.glance.undated,
        "left_out": counted(told.glance.left_out, "more mark") if told.glance.left_out else "",
        "strip": strips.strip(told.glance),
    }


def _said(claims: int, sources: int) -> str:
    return f"{counted(claims, 'claim')} from {counted(sources, 'source')}" if claims else "no claims"


def _places(told: Iterable[_Told]) -> dict[str, list[str]]:
    """The sites, each with its case studies; "" is the site of what is at none."""
    found: dict[str, dict[str, None]] = {}
    for each in told:
        found.setdefault(each.site, {})[each.case] = None
    return {site: list(cases) for site, cases in found.items()}


def stated_claims(journeys: Iterable[Journey]) -> int:
    """The number of claims that stand on journeys and that a source states, each counted once."""
    return len({claim.id for each in journeys for claim in each.claims if not claim.derived})


def _tiles(
    numbers: Mapping[str, int], journeys: Sequence[Journey], kinds: Sequence[Mapping[str, str]]
) -> list[dict[str, str]]:
    """The figures, each leading to where it comes from."""
    lists = {each["href"].partition("/")[0]: each["href"] for each in kinds}
    points = sum(len(each.disagreements) for each in journeys)
    made = [
        (len(journeys), "journey", "#journeys" if journeys else ""),
        (numbers.get("DataSource", 0), "source", lists.get("sources", "")),
        (numbers.get("Meeting", 0), "meeting", lists.get("meetings", "")),
        (numbers.get("Actor", 0), "person or group", lists.get("people", "")),
        # The page of the schema says of how many claims these are some, and leads to the claims of each kind.
        (stated_claims(journeys), "claim on journeys", f"{lists['schema']}#claims" if "schema" in lists else ""),
        (points, "disagreement", "#differ" if points else ""),
    ]
    plural = {"person or group": "people and groups", "claim on journeys": "claims on journeys"}
    return [
        {
            "number": f"{number:,}",
            "words": noun if number == 1 else plural.get(noun, counted(2, noun).partition(" ")[2]),
            "href": href,
        }
        for number, noun, href in made
    ]


def _most_fought_over(told: Iterable[_Told]) -> list[dict[str, Any]]:
    """The journeys that most people contested, with how many contested and supported them, and what came of them."""
    most = sorted((each for each in told if each.sides[-1]), key=lambda each: (-each.sides[-1], -each.sides[1]))
    made = []
    for each in most[:_FOUGHT]:
        text = shortened(_outcome(each.entry.journey), _OUTCOME)
        made.append({"href": each.entry.href, "name": each.name, "sides": _sides(each), "outcome": text})
    return made


def _outcome(journey: Journey) -> str:
    """What the summary says on what came of it: its sentences on results, if there are any, else all of them."""
    told = next((told for told in summary_in_words(journey) if told.topic == "outcome"), None)
    sentences: list[list[Part]] = [[]]
    for part in told.parts if told else ():
        sentences[-1].append(part)
        if part.end == ". ":
            sentences.append([])
    results = [each for each in sentences if any(c.kind.stage == "impact" for part in each for c in part.claims)]
    return "".join(part.words for each in results or sentences for part in each).strip()


def _sides(told: _Told) -> str:
    """ "contested by 2, supported by 4": people, groups and organisations, each counted once on a side."""
    sides = ((-1, "contested"), (1, "supported"))
    return ", ".join(f"{word} by {told.sides[side]:,}" for side, word in sides if told.sides[side])


def _touched(load: LastLoad | None, told: Iterable[_Told]) -> list[dict[str, str]]:
    """The journeys about which new or changed files say something."""
    files = load.touched if load else frozenset()
    return [
        {"href": each.entry.href, "name": each.name}
        for each in told
        if any(claim.address.file in files for claim in each.entry.journey.claims)
    ]


def _disagreements(told: Iterable[_Told]) -> list[dict[str, str]]:
    return [
        {"href": f"{each.entry.href}#differ", "name": each.name, "sentence": found.sentence}
        for each in told
        for found in each.entry.journey.disagreements
    ]


def _unsaid(told: Iterable[_Told]) -> list[dict[str, Any]]:
    """What no source says, with the journeys of which it is so."""
    found: dict[str, list[_Told]] = {name: [] for name in UNSAID}
    for each in told:
        for name in unsaid(each.entry.journey):
            found[name].append(each)
    return [
        {
            "words": words.format(these=_these(found[name])),
            "journeys": [{"href": each.entry.href, "name": each.name} for each in found[name]],
        }
        for name, words in UNSAID.items()
        if found[name]
    ]


def _these(told: Sequence[_Told]) -> str:
    evidence = sum(each.entry.journey.subject.entity.label == "Evidence" for each in told)
    documents = len(told) - evidence
    parts = [counted(documents, "document")] if documents else []
    if evidence:
        parts.append("1 piece of evidence" if evidence == 1 else f"{evidence:,} pieces of evidence")
    return one_of(parts, "and")
