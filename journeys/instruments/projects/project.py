"""What a coding project of another program holds, whatever its format, and what of it was not taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from journeys.model.problems import Problem

REFI_SUFFIXES = (".qdpx", ".qdc", ".qde")
DNA_SUFFIX = ".dna"
OWN_PROGRAM = "evidence-journeys"
"""The program that our own exports name."""

Fate = Literal["changed", "not taken"]


@dataclass(frozen=True, slots=True)
class Loss:
    """One element of a project that was not taken as it is: what became of it, and why.

    ``name`` and ``place`` lead to it: its name, and its GUID or line in the file.
    """

    element: str
    fate: Fate
    why: str
    name: str = ""
    place: str = ""


CONTROLS_LEFT_OUT = "invisible control characters in its words were left out"
"""Why marked words are not quite as they stand in the file."""


@dataclass(slots=True)
class Tally:
    """What was taken of a project, counted by element, and each element that was not."""

    taken: Counter[str] = field(default_factory=Counter)
    losses: list[Loss] = field(default_factory=list)

    def lose(self, element: str, fate: Fate, why: str, name: str = "", place: str = "") -> None:
        """Note an element that was not taken as it is."""
        self.losses.append(Loss(element, fate, why, name, place))

    def counts(self) -> list[tuple[str, Fate, str, int]]:
        """Each element, fate and reason with their number, in the order in which they were met."""
        return [(*key, number) for key, number in Counter((e.element, e.fate, e.why) for e in self.losses).items()]


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who coded: their name, and their initials where the program has them."""

    id: str
    name: str
    initials: str = ""


@dataclass(frozen=True, slots=True)
class ProjectCode:
    """A code of the project. ``above`` are the names of the codes around it, the outermost first; ``sets`` the names of
    the sets that it is in. One that cannot be given to a passage is a heading only."""

    id: str
    name: str
    above: tuple[str, ...] = ()
    definition: str = ""
    colour: str = ""
    codable: bool = True
    sets: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coding:
    """A code given to a selection or a source: by whom, when, with what remarks; ``code`` and ``user`` are ids."""

    code: str
    user: str = ""
    when: str = ""
    notes: tuple[str, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """A part of a source. ``words`` is empty where it has none, as part of a picture; ``place`` is where it is for a
    reader, ``cell`` in an address; the place also tells which one it is of several with the same words. ``own_place``
    tells that the place is that of the source, and not of the file; ``starts`` orders the selections of a source."""

    id: str
    words: str
    place: str
    cell: str
    codings: tuple[Coding, ...] = ()
    notes: tuple[str, ...] = ()
    user: str = ""
    starts: int = 0
    own_place: bool = False


@dataclass(frozen=True, slots=True)
class Attribute:
    """A value that a source or a case has: "Age", "34"."""

    name: str
    value: str


@dataclass(slots=True)
class ProjectSource:
    """A source of the project: its selections, and what is said of it as a whole."""

    id: str
    name: str
    kind: str
    description: str = ""
    notes: list[str] = field(default_factory=list)
    codings: list[Coding] = field(default_factory=list)
    selections: list[Selection] = field(default_factory=list)
    attributes: list[Attribute] = field(default_factory=list)
    date: str = ""


@dataclass(slots=True)
class ProjectCase:
    """A case of the project, such as a person or an organisation: its values, and the ids of its sources."""

    id: str
    name: str
    description: str = ""
    sources: list[str] = field(default_factory=list)
    attributes: list[Attribute] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of a discourse analysis: who is for or against a concept, in a selection of a source.

    ``concept`` is the id of a code, ``selection`` and ``source`` are ids; ``agrees`` is None where that is not coded.
    ``number`` is its own in the project.
    """

    number: int
    source: str
    selection: str
    concept: str
    people: tuple[str, ...]
    organisations: tuple[str, ...]
    agrees: bool | None


@dataclass(slots=True)
class CodingProject:
    """A whole project. ``problems`` are those of the file as a whole; ``statements`` only a discourse analysis has."""

    name: str
    program: str
    users: dict[str, User] = field(default_factory=dict)
    codes: dict[str, ProjectCode] = field(default_factory=dict)
    sources: list[ProjectSource] = field(default_factory=list)
    cases: list[ProjectCase] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    problems: list[Problem] = field(default_factory=list)

    def codings(self) -> Iterable[Coding]:
        """Every coding, of selections and of whole sources."""
        for source in self.sources:
            yield from source.codings
            for selection in source.selections:
                yield from selection.codings
