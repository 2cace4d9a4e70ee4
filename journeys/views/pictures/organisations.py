"""The colours of organisations: of each kind in a network, and of each organisation on a storyline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from journeys.analysis.actors.storyline import Person
from journeys.analysis.claims.places import Body
from journeys.model.schema import Schema, load_schema
from journeys.views.text import sanitized

# Two of them are one off the blue and the grey of the tokens, which pages show otherwise in the dark: a key has to
# have the colour of the mark that it is the key to.
_USUAL = {
    "pct": "#0071b2",
    "la": "#e69f00",
    "provider": "#009e73",
    "gp_practice": "#56b4e9",
    "vcf": "#cc79a7",
    "research": "#f0e442",
    "national_body": "#454545",
}
"""The colour of the usual kinds of organisation, of the Okabe-Ito palette. Its name stands below a node."""

_FURTHER = ("#7a3b00", "#332288", "#d55e00", "#7fff7f", "#b7e0a5")
"""Colours of further kinds: of many tried, those that stay farthest from all before them for colour-blind people."""

OTHER_FILL = "#c4c4c4"
_OTHER = "other"

DISTINCT = ("#0071b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#7a3b00", "#f0e442", "#56b4e9")
"""Colours that colour-blind people can tell apart too, on light and dark grounds."""
_DASHES = ("", "16 8")
"""A band is whole; of as many organisations again, in the same colours, it is broken."""
MOST_BANDS = len(DISTINCT) * len(_DASHES)


def kind_colours(schema: Schema) -> dict[str, str]:
    """The colour of each kind of organisation, as far as colours that can be told apart reach: the usual ones, those
    that the study added, then the others that are shipped."""
    shipped, terms = load_schema().terms("organisation_kind").terms, schema.terms("organisation_kind").terms
    others = sorted((name for name in terms if name not in _USUAL and name != _OTHER), key=shipped.__contains__)
    return {**_USUAL, **dict(zip(others, _FURTHER, strict=False))}


def kind_key(kinds: Iterable[str | None], schema: Schema) -> list[dict[str, str]]:
    """The colours of these kinds (None where no kind, or not one alone, is recorded) with the words for each; last the
    grey that the others share."""
    there, colours = set(kinds), kind_colours(schema)
    terms = schema.terms("organisation_kind").terms
    words = {kind: terms[kind].label if kind in terms else sanitized(kind) for kind in there if kind}
    made = [{"colour": colour, "words": words[kind]} for kind, colour in colours.items() if kind in there]
    sharing = sorted(words[kind] for kind in words if kind not in colours and kind != _OTHER)
    if sharing:
        rest = ["other" if _OTHER in there else "", "not recorded" if None in there else ""]
        return [*made, {"colour": OTHER_FILL, "words": ", ".join([*sharing, *filter(None, rest)])}]
    return [*made, {"colour": OTHER_FILL, "words": "other or not recorded"}] if there - colours.keys() else made


@dataclass(frozen=True, slots=True)
class Band:
    """How the lines of an organisation's people look: its letter, which stands beside their names, colour and dashes.

    A letter tells apart what shares a colour, and colours that somebody cannot tell apart."""

    body: Body
    letter: str
    colour: str
    dashes: str


def bands(people: Iterable[Person]) -> dict[str, Band]:
    """The band of each organisation of these people, by its id: those with the most people first."""
    people = list(people)
    bodies = {body.id: body for person in people for body in person.organisations}
    # Who belongs to several organisations has a line of none of them.
    alone = Counter(person.organisations[0].id for person in people if len(person.organisations) == 1)
    ranked = sorted(bodies.values(), key=lambda body: (-alone[body.id], body.name, body.id))
    return {
        body.id: Band(
            body,
            _letter(at),
            DISTINCT[at % len(DISTINCT)] if alone[body.id] and at < MOST_BANDS else OTHER_FILL,
            _DASHES[at // len(DISTINCT)] if at < MOST_BANDS else "",
        )
        for at, body in enumerate(ranked)
    }


def band_of(person: Person, of: Mapping[str, Band]) -> tuple[str, str, str]:
    """The colour and the dashes of a person's line, and the letters of the organisations."""
    letters = ", ".join(
        sorted((of[body.id].letter for body in person.organisations), key=lambda each: (len(each), each))
    )
    if len(person.organisations) != 1:
        return OTHER_FILL, "", letters
    mine = of[person.organisations[0].id]
    return mine.colour, mine.dashes, letters


def _letter(number: int) -> str:
    """A to Z, then AA, AB and so on."""
    rest, letter = divmod(number, 26)
    return (_letter(rest - 1) if rest else "") + chr(ord("A") + letter)
