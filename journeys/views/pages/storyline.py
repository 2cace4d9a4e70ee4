"""The page of a storyline: the drawing, and each meeting with who said and did what; and the drawing alone as SVG."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from journeys.analysis.actors.storyline import Part, SiteStoryline
from journeys.analysis.trace.sentences import names
from journeys.model.file_names import file_stem
from journeys.model.schema import Schema
from journeys.views.pages.claim_card import claim_card
from journeys.views.pages.frame import PageFrame, Targets
from journeys.views.pictures.network import FILLS, OTHER_FILL
from journeys.views.pictures.storyline import AXIS, Column, StorylinePicture, storyline_picture
from journeys.views.pictures.text_width import lines_of, words_width
from journeys.views.render import asset, fragment, render
from journeys.views.storyline_words import crossings_words, facts_of, notes_on
from journeys.views.text import sanitized
from journeys.views.wording import date_words

SIGNS = {"support": "supported", "contest": "contested", "both": "both", "there": "took no side"}
"""What somebody did at a meeting, in the words below a drawing."""
_NAMES = 4


def storyline_page(found: SiteStoryline, schema: Schema, frame: PageFrame) -> str:
    """The whole page as HTML; the same storyline gives the same text."""
    picture = storyline_picture(found)
    return render(
        "storyline.html.j2",
        title=f"{sanitized(found.name)}: storyline",
        styles=[asset("storyline.css")],
        scripts=[asset("storyline.js")],
        name=found.name,
        facts=facts_of(found),
        crossings=crossings_words(found),
        notes=notes_on(found),
        drawing=Markup(_svg(found, picture)),
        fills=_fills(found, schema),
        groups=any(person.kind != "person" for person in found.people.values()),
        people=[
            {
                "name": line.person.entity.name,
                "organisations": ", ".join(body.name for body in line.person.organisations),
            }
            for line in picture.lines
        ],
        meetings=[_meeting(found, column, picture, frame.targets) for column in picture.columns],
        file_name=f"storyline-{file_stem(found.name.lower(), ascii_only=True)}.svg",
        **frame.context(),
    )


def storyline_svg(found: SiteStoryline) -> str:
    """The drawing alone: an SVG picture that stands by itself."""
    return _svg(found, storyline_picture(found))


def _svg(found: SiteStoryline, picture: StorylinePicture) -> str:
    caption = [
        sanitized(f"{found.name}: who met whom"),
        *lines_of(f"{', '.join(facts_of(found))}. {crossings_words(found)}", picture.width - 24),
    ]
    return fragment(
        "storyline.svg.j2",
        picture=picture,
        whole=picture.height + 15 * len(caption) + 24,
        caption=caption,
        key=_key(),
        axis=AXIS,
        fills=_Fills(),
        words=[_column_words(column) for column in picture.columns],
        label=f"Storyline of {found.name}: people are lines, meetings stand in order of time. {crossings_words(found)}",
    )


def _key() -> list[tuple[str, str, float]]:
    """The signs below the drawing with their words, side by side."""
    placed: list[tuple[str, str, float]] = []
    x = 20.0
    for shape, words in SIGNS.items():
        placed.append((shape, words, round(x, 1)))
        x += words_width(words) + 34
    return placed


class _Fills(dict[str, str]):
    """The colour of each kind of organisation."""

    def __missing__(self, kind: str) -> str:
        return FILLS.get(kind, OTHER_FILL)


def _column_words(column: Column) -> str:
    meeting = column.point.meeting
    unsure = "may have come before the meeting to its left" if column.point.unsure else ""
    said = "; ".join(sign.words for sign in column.signs)
    return ". ".join(filter(None, [f"{meeting.title}, {date_words(meeting.when)}", unsure, said]))


def _fills(found: SiteStoryline, schema: Schema) -> list[dict[str, str]]:
    """The colours that there are, with the kinds of organisation that they stand for."""
    terms = schema.terms("organisation_kind").terms
    kinds = [{body.kind or "" for body in person.organisations} for person in found.people.values()]
    one = {next(iter(each)) for each in kinds if len(each) == 1}
    made = [
        {"colour": FILLS[kind], "words": terms[kind].label if kind in terms else kind} for kind in FILLS if kind in one
    ]
    others = any(len(each) != 1 for each in kinds) or bool(one - FILLS.keys())
    return made + ([{"colour": OTHER_FILL, "words": "other, several, or none recorded"}] if others else [])


def _meeting(found: SiteStoryline, column: Column, picture: StorylinePicture, targets: Targets) -> dict[str, Any]:
    numbers = {line.person.entity.id: number for number, line in enumerate(picture.lines)}
    meeting = column.point.meeting
    return {
        "number": column.number,
        "title": meeting.title,
        "href": targets.thing(meeting.id),
        "when": date_words(meeting.when),
        "unsure": column.point.unsure,
        "people": [_part(found, part, numbers, targets) for part in column.point.parts],
    }


def _part(found: SiteStoryline, part: Part, numbers: Mapping[str, int], targets: Targets) -> dict[str, Any]:
    person = found.people[part.person].entity
    acts: dict[str, dict[str, None]] = {}
    for claim in (found.claims[each] for each in part.did):
        acts.setdefault(claim.kind.phrase, {})[sanitized(claim.end.name)] = None
    return {
        "number": numbers[part.person],
        "name": person.name,
        "href": targets.thing(person.id),
        "did": "; ".join(f"{phrase} {names(list(things), _NAMES)}" for phrase, things in acts.items()),
        "claims": [claim_card(found.claims[claim], person, targets) for claim in (*part.did, *part.there)],
    }
