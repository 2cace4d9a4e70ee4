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
from journeys.views.pictures.organisations import OTHER_FILL
from journeys.views.pictures.storyline import AXIS, Column, StorylinePicture, storyline_picture
from journeys.views.pictures.text_width import fitted, lines_of, words_width
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
        bands=_key_of_bands(picture, schema),
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
    bands = _placed_bands(picture)
    high = picture.height + 15 * len(caption) + 24
    return fragment(
        "storyline.svg.j2",
        picture=picture,
        whole=high + 18 * (1 + bands[-1]["row"]) if bands else high,
        caption=caption,
        key=_key(),
        bands=bands,
        high=high,
        axis=AXIS,
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


def _placed_bands(picture: StorylinePicture) -> list[dict[str, Any]]:
    """The bands below the signs: side by side, and in the next row where there is no room."""
    placed: list[dict[str, Any]] = []
    row, x = 0, 12.0
    for each in _key_of_bands(picture):
        words = fitted(each["words"], picture.width - 60)
        wide = words_width(words) + 46
        if x + wide > picture.width and x > 12:
            row, x = row + 1, 12.0
        placed.append({**each, "words": words, "row": row, "x": round(x, 1)})
        x += wide
    return placed


def _column_words(column: Column) -> str:
    meeting = column.point.meeting
    unsure = "may have come before the meeting to its left" if column.point.unsure else ""
    said = "; ".join(sign.words for sign in column.signs)
    return ". ".join(filter(None, [f"{meeting.title}, {date_words(meeting.when)}", unsure, said]))


def _key_of_bands(picture: StorylinePicture, schema: Schema | None = None) -> list[dict[str, str]]:
    """The bands of the organisations with their letters, names and kinds; those that share the grey stand together."""
    terms = schema.terms("organisation_kind").terms if schema else {}
    made, sharing = [], []
    for each in picture.bands:
        kind = each.body.kind or ""
        label = terms[kind].label if kind in terms else kind
        name = f"{each.letter} {sanitized(each.body.name)}"
        if each.colour == OTHER_FILL:
            sharing.append(name)
        else:
            words = f"{name} ({sanitized(label)})" if schema and label else name
            made.append({"colour": each.colour, "dashes": each.dashes, "words": words})
    grey = [line.letters for line in picture.lines if line.colour == OTHER_FILL]
    if grey:
        several = "several organisations" if any("," in letters for letters in grey) else ""
        rest = [several, "" if all(grey) else "none recorded"]
        made.append({"colour": OTHER_FILL, "dashes": "", "words": ", ".join([*sharing, *filter(None, rest)])})
    return made


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
