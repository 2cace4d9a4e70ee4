"""The places of a marked study, and the values that are written in them."""

from __future__ import annotations

from dataclasses import dataclass

from journeys.instruments.files.cells import Cell
from journeys.model.problems import Address

STUDY = "marked"


@dataclass(frozen=True, slots=True)
class Place:
    """A place to write in: the instrument, its part, its words; what is written there, and by what it is found.

    ``expected`` is what the graph may hold of it: the words, the id of what they name, the term or date that they are.
    ``row`` is the mark of the words in the same row; ``shown`` the words by which a reader sees it.
    """

    instrument: str
    part: str
    words: str
    key: tuple[str, ...]
    expected: tuple[object, ...]
    shown: str
    row: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """The words to write, what the graph may hold of them, and the words by which a reader sees them."""

    text: str
    expected: tuple[object, ...]
    shown: str


def cell(text: str) -> Cell:
    """A filled cell that lies nowhere."""
    return Cell(text, Address())


def named(name: str) -> Value:
    """A thing of the registers, by its name."""
    return Value(name, (f"={name}",), name)


def code_of(key: str) -> Value:
    """A code of the codebook."""
    return Value(key, (f"{STUDY}:code:{key}",), key)


def supporting(key: str) -> Value:
    """A row of the summary tables, supported."""
    return Value(f"supports {key}", (f"{STUDY}:finding:{key}",), key)
