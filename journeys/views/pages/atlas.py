"""The first page of the atlas: counts, sites, and a list of all journeys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from journeys.analysis.trace.journey import Journey
from journeys.views.pages.frame import PageFrame
from journeys.views.render import asset, render
from journeys.views.wording import date_words


@dataclass(frozen=True, slots=True)
class AtlasEntry:
    """A journey and the address of its page, relative to the first page."""

    journey: Journey
    href: str


def atlas_page(
    frame: PageFrame,
    numbers: Mapping[str, int],
    kinds: Sequence[Mapping[str, str]],
    sites: Sequence[Mapping[str, str]],
    entries: Sequence[AtlasEntry],
) -> str:
    """The page as HTML.

    ``numbers`` are counts by what they count, in the plural; ``kinds`` (lists of pages) and ``sites`` have ``href``,
    ``name`` and ``words``.
    """
    return render(
        "atlas.html.j2",
        title=frame.study_title,
        **frame.context(),
        scripts=[asset("filter.js")],
        numbers=[f"{what}: {number:,}" for what, number in numbers.items()],
        kinds=kinds,
        sites=sites,
        groups=_groups(entries),
    )


def _groups(entries: Sequence[AtlasEntry]) -> list[dict[str, Any]]:
    """The journeys by case study, in the order of their sites; what is in none last."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for entry in entries:
        cases = entry.journey.subject.cases
        case = (str(cases[0].get("site") or ""), str(cases[0]["name"])) if cases else ("", "Not in a case study")
        groups.setdefault(case, []).append(_row(entry))
    ordered = sorted(groups.items(), key=lambda item: (not item[0][0], item[0]))
    return [{"site": site, "case": case, "rows": rows} for (site, case), rows in ordered]


def _row(entry: AtlasEntry) -> dict[str, Any]:
    journey = entry.journey
    subject, counts = journey.subject, journey.counts
    sides = {
        side: sum(
            1 for claim in journey.claims if claim.kind.polarity == side and not claim.negated and not claim.derived
        )
        for side in (1, -1)
    }
    meetings = {step.meeting.id for step in journey.steps if step.meeting and not step.negated and step.via is None}
    return {
        "href": entry.href,
        "number": str(subject.properties.get("doc_number") or ""),
        "name": subject.entity.name,
        "label": subject.entity.label,
        "date": date_words(subject.when),
        "claims": counts.claims,
        "sources": counts.sources,
        "meetings": len(meetings),
        "supported": sides[1],
        "contested": sides[-1],
        "differ": len(journey.disagreements),
    }
