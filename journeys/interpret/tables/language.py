"""The map language: how the rows of somebody's table become nodes and claims. docs/maps.md explains it to people."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from journeys.interpret.tables.limits import CHARACTERS_OF_A_VALUE, too_long
from journeys.interpret.tables.patterns import compiled
from journeys.model.study_names import DateOrder

_PLACE = re.compile(r"\{([^{}]*)\}")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


def _one_or_more(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _a_word(value: Any) -> Any:
    """A map's words are read as written; only what YAML takes for nothing is no word."""
    if value is None:
        raise ValueError("nothing is written here; if the word null or ~ is meant, put it in quotes")
    return value


def _usable_pattern(text: str) -> str:
    compiled(text)
    return text


def _usable_path(text: str) -> str:
    if text.split(".").count("**") > 1:
        raise ValueError(f"{text!r}: `**` can stand only once in a path")
    return text


Word = Annotated[str, BeforeValidator(_a_word)]
Pattern = Annotated[str, BeforeValidator(_a_word), AfterValidator(_usable_pattern)]
Path = Annotated[str, BeforeValidator(_a_word), AfterValidator(_usable_path)]
Words = Annotated[tuple[Word, ...], BeforeValidator(_one_or_more)]
Paths = Annotated[tuple[Path, ...], BeforeValidator(_one_or_more)]
Where = dict[Path, Pattern]


def _usable_template(text: str) -> str:
    for style in unknown_styles(text):
        raise ValueError(f"{text!r}: there is no {style!r}; write {{name}}, {{name:capital}} or {{name:lower}}")
    if re.search("[{}]", _PLACE.sub("", text)):
        raise ValueError(f"{text!r}: a brace stands alone; a place is written {{name}}")
    return text


Template = Annotated[str, BeforeValidator(_a_word), AfterValidator(_usable_template)]


class ValueSpec(_Part):
    """Where values come from: columns, cut apart, cleaned, searched.

    In this order: ``from`` columns; ``split`` at these separators, of which ``parts`` must result and ``take`` (from 1)
    is taken; trimmed of spaces and of the characters in ``trim``; ``replace``d; the map's ``ignore`` left out;
    ``pattern`` searched, each match a value, named groups for templates, ``repeat`` a group in which another pattern
    finds several; put together ``as`` a template; its own ``ignore`` left out; ``known`` keeps only names of these
    kinds that the study knows. ``any`` tries several specifications and takes the first that gives something.
    """

    from_: Paths = Field(default=(), alias="from")
    split: Words = ()
    parts: int | None = Field(default=None, ge=1)
    take: int | None = Field(default=None, ge=1)
    trim: Word = ""
    replace: dict[str, Word] = {}
    pattern: Pattern | None = None
    repeat: dict[str, Pattern] = {}
    as_: Template | None = Field(default=None, alias="as")
    ignore: Words = ()
    known: Words = ()
    any: tuple[ValueSpec, ...] = ()


def _spec(value: Any) -> Any:
    """A column's name stands for values straight from that column."""
    return {"from": value} if isinstance(value, str) else value


def _set_spec(value: Any) -> Any:
    """A template stands for itself, filled in."""
    return {"as": _usable_template(_a_word(value))} if value is None or isinstance(value, str) else value


SetSpec = Annotated[ValueSpec, BeforeValidator(_set_spec)]
Set = dict[str, SetSpec]


class EveryoneSpec(_Part):
    """A word such as "unanimous" that stands for all nodes of ``of`` but those of ``but``.

    ``pattern`` must match a whole value of the node's own values, or with ``from`` of that column.
    """

    of: Word
    pattern: Pattern
    from_: Path | None = Field(default=None, alias="from")
    but: Words = ()


class NodeSpec(_Part):
    """A node, or with ``each`` as many as there are values.

    ``find``: ``registers`` looks names up and refuses unknown ones, ``new`` makes an entry of each, ``either`` (unless
    said otherwise) looks up and makes an entry of what is unknown. ``id`` is a template for the last part of the id;
    without it the id is made of the name. ``set`` gives properties, of a known node too. ``everyone`` says which words
    stand for all nodes of another name.
    """

    kind: Word
    each: Annotated[ValueSpec | None, BeforeValidator(_spec)] = None
    find: Literal["registers", "new", "either"] = "either"
    id: Template | None = None
    set: Set = {}
    everyone: EveryoneSpec | None = None


class ClaimSpec(_Part):
    """A claim between every node of ``from`` and every node of ``to``.

    ``at_meeting`` and ``source`` name nodes of the map; ``where`` lets the claim stand only where columns match.
    Rows that say the same are acts of their own, or with ``repeats: same`` one act; without it the kind decides.
    ``key``, a template, says which rows are one act: those with the same key.
    """

    type: Word
    from_: Word = Field(alias="from")
    to: Word
    at_meeting: Word | None = None
    source: Word | None = None
    where: Where = {}
    set: Set = {}
    repeats: Literal["acts", "same"] | None = None
    key: Template | None = None


class Block(_Part):
    """What each row gives: nodes by name, claims between them, and ``each`` nested list in it a block of its own."""

    nodes: dict[str, NodeSpec] = {}
    claims: tuple[ClaimSpec, ...] = ()
    each: tuple[NestedBlock, ...] = ()


class NestedBlock(Block):
    """What each element of the list at ``path`` gives; the names of the blocks around it can be used in it."""

    path: Path
    where: Where = {}


class Map(Block):
    """A whole map: the table's format and its block.

    ``file`` are the tables it is for, when they are not called like it; ``heading`` is the line, or row of the sheet,
    with the names of the columns; ``until`` matches a cell of the first row that is not read any more.
    """

    map: Annotated[Literal[1], BeforeValidator(lambda value: 1 if value == "1" else value)]
    note: str | None = ""
    file: Words = ()
    format: Literal["csv", "xlsx", "ods", "json", "ndjson"] | None = None
    items: Word | None = None
    sheet: Word | None = None
    encoding: Word | None = None
    delimiter: Word | None = None
    heading: int = Field(default=1, ge=1)
    until: Pattern | None = None
    ignore: Words = ()
    where: Where = {}
    source: Word | None = None
    date_order: DateOrder | None = None
    set: Set = {}


@lru_cache(maxsize=4096)
def places(template: str) -> tuple[str, ...]:
    """The names that a template asks for: ``{date}`` and ``{kind:capital}`` ask for date and kind."""
    return tuple(place.partition(":")[0] for place in _PLACE.findall(template))


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
    its letters. Raises TooMuchMade."""
    text: list[str] = []
    length = 0
    for before, name, style in parts(template):
        value = value_of(name) if name is not None else ""
        text += before, _STYLES[style](value) if style else value
        length += len(before) + len(value)
        if length > CHARACTERS_OF_A_VALUE:
            raise too_long()
    return "".join(text)


_STYLES: dict[str, Callable[[str], str]] = {"capital": str.capitalize, "lower": str.lower}


def unknown_styles(template: str) -> list[str]:
    """The styles in a template that there are not."""
    named = [place.partition(":")[2] for place in _PLACE.findall(template)]
    return [style for style in named if style and style not in _STYLES]
