"""The page of a guided journey: the map, and the stops that a team chose on it, to be played or printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup, escape

from journeys.analysis.trace.guided import GuidedJourney, GuidedStop, when_and_where
from journeys.analysis.trace.parts import Step
from journeys.model.phrases import counted
from journeys.views.pages.claim_card import claim_card, claim_key
from journeys.views.pages.frame import PageFrame, Targets
from journeys.views.pages.journey_picture import down_map, page_caption, page_map, sentence
from journeys.views.pages.legend import signs_of
from journeys.views.pictures.journey_map_down import journey_map_down
from journeys.views.pictures.map_parts import JourneyMap
from journeys.views.render import asset, render
from journeys.views.text import sanitized, shortened
from journeys.views.wording import sources_words

_NAMED, _SOURCES, _STEPS_QUOTED, _QUOTED = 8, 4, 2, 260
"""How many steps of a place and sources are named at a stop, of how many steps a quotation stands there, and how many
letters of it."""


def guide_page(guided: GuidedJourney, laid_out: JourneyMap, frame: PageFrame, journey_href: str = "") -> str:
    """The whole page as HTML; the same guide and journey give the same text.

    ``journey_href`` leads to the page of the journey, "" where there is none.
    """
    journey = guided.journey
    subject = journey.subject
    number = str(subject.properties.get("doc_number") or "")
    return render(
        "guide.html.j2",
        title=f"{sanitized(guided.title)}: guided journey",
        styles=[asset("journey.css"), asset("guide.css")],
        scripts=[asset("guide.js")],
        heading=guided.title,
        intro=guided.intro,
        subject=f"{number} {subject.entity.name}".strip(),
        subject_href=journey_href,
        size=counted(len(guided.stops), "stop"),
        has_map=bool(laid_out.lanes),
        map=_leading(page_map(journey, laid_out), journey_href),
        down=_leading(down_map(journey, journey_map_down(journey)), journey_href),
        caption=page_caption(journey, laid_out),
        legend=signs_of(laid_out),
        stops=[_stop(stop, guided, frame.targets, journey_href) for stop in guided.stops],
        **frame.context(),
    )


def _leading(picture: str, journey_href: str) -> Markup:
    """A map whose marks lead to the steps on the page of the journey, or nowhere: the script leads them to the stops.

    All words in it are escaped, so that what looks like a link is one.
    """
    link = f'<a href="{escape(journey_href)}#step-' if journey_href else '<a data-place="step-'
    return Markup(picture.replace('<a href="#step-', link))


def _stop(stop: GuidedStop, guided: GuidedJourney, targets: Targets, journey_href: str) -> dict[str, Any]:
    steps = [guided.step(number) for number in stop.steps]
    told = [] if stop.place else steps
    claims = [claim for step in told for claim in step.claims]
    return {
        "title": stop.title or (sentence(told[0], guided.journey) if told else stop.place),
        "text": stop.text.split("\n\n"),
        "steps": " ".join(map(str, stop.steps)),
        "missing": stop.missing,
        "where": _where(stop, told),
        "said": [
            {
                "words": _step_words(step, guided),
                "href": f"{journey_href}#{claim_key(step.claims[0].id)}" if journey_href else "",
                "number": number,
            }
            for number, step in zip(stop.steps[:_NAMED], steps[:_NAMED], strict=True)
        ],
        "more": len(steps) - _NAMED if len(steps) > _NAMED else 0,
        "quotes": [shortened(sanitized(quote), _QUOTED) for step in told[:_STEPS_QUOTED] if (quote := _quote(step))],
        "said_by": _sources(told) if told else "",
        "claims": [claim_card(claim, guided.journey.subject.entity, targets) for claim in claims],
    }


def _where(stop: GuidedStop, told: Sequence[Step]) -> str:
    if stop.missing:
        return ""
    if told:
        return "; ".join(dict.fromkeys(when_and_where(step) or "no date known" for step in told))
    return f"{stop.place}: {counted(len(stop.steps), 'step')}" if stop.place else "the whole map"


def _sources(steps: Sequence[Step]) -> str:
    """The sources of steps by name: a printed brief has nothing to click on."""
    names = list(dict.fromkeys(sanitized(source.name) for step in steps for source in step.sources))
    if not names:
        return sources_words([claim for step in steps for claim in step.claims])
    more = len(names) - _SOURCES
    return "; ".join([*names[:_SOURCES], *([f"and {counted(more, 'more source')}"] if more > 0 else [])])


def _step_words(step: Step, guided: GuidedJourney) -> str:
    return ", ".join(filter(None, [sentence(step, guided.journey), when_and_where(step)]))


def _quote(step: Step) -> str:
    """The first quotation of a step."""
    return next((str(claim.properties["quote"]) for claim in step.claims if claim.properties.get("quote")), "")
