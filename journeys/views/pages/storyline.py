"""The page of a storyline: the drawing, and each meeting with who said and did what; and the drawing alone as SVG."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
_KEY_LEFT, _KEY_LINE, _KEY_ROW = 20.0, 14.0, 18
"""Where the key of a drawing begins, how much wider than a sign a line or colour is, and how high a row of it is."""
_LOW = 480
"""A drawing that is not higher stands on paper below the title of its page."""


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
        groups=_has_groups(found),
        uncertain=not all(column.exact for column in picture.columns),
        low=picture.height <= _LOW,
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
    key = _key(found, picture)
    above = picture.height + 15 * len(caption)
    return fragment(
        "storyline.svg.j2",
        picture=picture,
        whole=above + 24 + _KEY_ROW * key[-1].row,
        caption=caption,
        key=key,
        key_top=above + 12,
        key_row=_KEY_ROW,
        axis=AXIS,
        words=[_column_words(column) for column in picture.columns],
        label=f"Storyline of {found.name}: people are lines, meetings stand in order of time. {crossings_words(found)}",
    )


@dataclass(frozen=True, slots=True)
class _KeyEntry:
    """A sign, or what else the drawing means something by, with its words and its place below the drawing."""

    sign: str
    words: str
    x: float
    row: int
    colour: str = ""
    dashes: str = ""


def _key(found: SiteStoryline, picture: StorylinePicture) -> list[_KeyEntry]:
    """All that a reader has to know of the drawing, side by side in as many rows as it takes."""
    entries = [(sign, words, "", "") for sign, words in SIGNS.items()]
    if not all(column.exact for column in picture.columns):
        entries.append(("stretch", "known only within this stretch", "", ""))
    if _has_groups(found):
        entries.append(("group", "a group", "", ""))
    entries += [
        ("band", fitted(each["words"], picture.width - 60), each["colour"], each["dashes"])
        for each in _key_of_bands(picture)
    ]
    placed: list[_KeyEntry] = []
    x, row = _KEY_LEFT, 0
    for sign, words, colour, dashes in entries:
        wide = 0.0 if sign in SIGNS else _KEY_LINE
        room = wide + words_width(words) + 34
        if placed and x + room > picture.width:
            x, row = _KEY_LEFT, row + 1
        placed.append(_KeyEntry(sign, words, round(x + wide, 1), row, colour, dashes))
        x += room
    return placed


def _has_groups(found: SiteStoryline) -> bool:
    return any(person.kind != "person" for person in found.people.values())


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
