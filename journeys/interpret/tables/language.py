"""The map language: how the rows of somebody's table become nodes and claims. docs/maps.md explains it to people."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from journeys.interpret.date_reading import DateOrder

_PLACE = re.compile(r"\{([^{}]*)\}")
_REPEATS_INSIDE_REPEATS = re.compile(r"\((?:[^()\\]|\\.)*[+*}](?:[^()\\]|\\.)*\)[+*{]")
LONGEST_SEARCHED = 20_000
"""Characters of a value that a pattern sees: no text in a table that is a list of names or references is longer."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _one_or_more(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _usable_pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"the pattern {text!r} cannot be used: {error}") from error
    if _REPEATS_INSIDE_REPEATS.search(text):
        raise ValueError(f"the pattern {text!r} contains a repeated repetition and may never finish; simplify it")
    return text


Pattern = Annotated[str, AfterValidator(_usable_pattern)]
Words = Annotated[tuple[str, ...], BeforeValidator(_one_or_more)]


def _template(value: Any) -> Any:
    """Numbers and yes/no may stand for themselves."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, int | float) else value


def _usable_template(text: str) -> str:
    for style in unknown_styles(text):
        raise ValueError(f"{text!r}: there is no {style!r}; write {{name}}, {{name:capital}} or {{name:lower}}")
    return text


Template = Annotated[str, BeforeValidator(_template), AfterValidator(_usable_template)]


class ValueSpec(_Part):
    """Where values come from: columns, cut apart, cleaned, searched.

    In this order: ``from`` columns; ``split`` at these separators, of which ``parts`` must result and ``take`` (from 1)
    is taken; trimmed of spaces and of the characters in ``trim``; ``replace``d; the map's ``ignore`` left out;
    ``pattern`` searched, each match a value, named groups for templates, ``repeat`` a group in which another pattern
    finds several; put together ``as`` a template; ``known`` keeps only names of these kinds that the study knows.
    ``any`` tries several specifications and takes the first that gives something.
    """

    from_: Words = Field(default=(), alias="from")
    split: Words = ()
    parts: int | None = None
    take: int | None = None
    trim: str = ""
    replace: dict[str, str] = {}
    pattern: Pattern | None = None
    repeat: dict[str, Pattern] = {}
    as_: Template | None = Field(default=None, alias="as")
    known: Words = ()
    any: tuple[ValueSpec, ...] = ()


def _spec(value: Any) -> Any:
    """A column's name stands for values straight from that column."""
    return {"from": value} if isinstance(value, str) else value


class NodeSpec(_Part):
    """A node, or with ``each`` as many as there are values.

    ``find``: ``registers`` looks names up and refuses unknown ones, ``new`` makes an entry of each, ``either`` (unless
    said otherwise) looks up and makes an entry of what is unknown. ``id`` is a template for the last part of the id;
    without it the id is made of the name. ``set`` gives properties.
    """

    kind: str
    each: Annotated[ValueSpec | None, BeforeValidator(_spec)] = None
    find: Literal["registers", "new", "either"] = "either"
    id: Template | None = None
    set: dict[str, Template] = {}


class ClaimSpec(_Part):
    """A claim between every node of ``from`` and every node of ``to``.

    ``at_meeting`` and ``source`` name nodes of the map; ``where`` lets the claim stand only where columns match.
    """

    type: str
    from_: str = Field(alias="from")
    to: str
    at_meeting: str | None = None
    source: str | None = None
    where: dict[str, Pattern] = {}
    set: dict[str, Template] = {}


class Block(_Part):
    """What each row gives: nodes by name, claims between them, and ``each`` nested list in it a block of its own."""

    nodes: dict[str, NodeSpec] = {}
    claims: tuple[ClaimSpec, ...] = ()
    each: tuple[NestedBlock, ...] = ()


class NestedBlock(Block):
    """What each element of the list at ``path`` gives; the names of the blocks around it can be used in it."""

    path: str
    where: dict[str, Pattern] = {}


class Map(Block):
    """A whole map: the table's format and its block."""

    map: Literal[1]
    note: str = ""
    file: str | None = None
    format: Literal["csv", "xlsx", "json"] | None = None
    items: str | None = None
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    ignore: tuple[str, ...] = ()
    source: str | None = None
    date_order: DateOrder | None = None
    set: dict[str, Template] = {}


def places(template: str) -> list[str]:
    """The names that a template asks for: ``{date}`` and ``{kind:capital}`` ask for date and kind."""
    return [place.partition(":")[0] for place in _PLACE.findall(template)]


Part = tuple[str, str | None, str]
"""A stretch of text, then the name to be filled in after it (or None at the end), and its style."""


@lru_cache(maxsize=4096)
def parts(template: str) -> tuple[Part, ...]:
    """A template taken apart."""
    found: list[Part] = []
    end = 0
    for match in _PLACE.finditer(template):
        name, _, style = match[1].partition(":")
        found.append((template[end : match.start()], name, style))
        end = match.end()
    return (*found, (template[end:], None, ""))


def filled(template: str, value_of: Callable[[str], str]) -> str:
    """The template with each ``{name}`` replaced by ``value_of(name)``; ``{name:capital}`` and ``{name:lower}`` change
    its letters."""
    text = ""
    for before, name, style in parts(template):
        text += before
        if name is not None:
            value = value_of(name)
            text += _STYLES[style](value) if style else value
    return text


_STYLES: dict[str, Callable[[str], str]] = {"capital": str.capitalize, "lower": str.lower}


def unknown_styles(template: str) -> list[str]:
    """The styles in a template that there are not."""
    named = [place.partition(":")[2] for place in _PLACE.findall(template)]
    return [style for style in named if style and style not in _STYLES]
