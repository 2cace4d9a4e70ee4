"""Digests of what a page is made from: equal digests mean that the page would be the same, byte for byte."""

from __future__ import annotations

import hashlib
import io
import pickle
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from importlib.metadata import version
from operator import attrgetter
from pathlib import Path
from platform import python_version
from types import FunctionType, MappingProxyType, MethodType
from typing import Any

import networkx as nx
from markupsafe import Markup

import journeys
from journeys.analysis.claims.claim import ClaimRecord, Entity
from journeys.instruments.instrument_set import InstrumentSet
from journeys.model.definitions import ClaimKind, Vocabulary
from journeys.model.problems import Address
from journeys.model.resources import resource_folder
from journeys.model.schema import Schema
from journeys.views.pages.frame import Targets

_LIBRARIES = ("jinja2", "markupsafe", "matplotlib", "networkx", "pyvis")
"""The libraries whose version may change a page."""


class Digests:
    """Digests of records, journeys, answers, networks: of all that they hold, and of where each thing and form cell
    that they name is shown.

    A page takes the addresses of its links from the ids and cells that are in what it shows, so they are part of what
    it is made from. The schema, instruments, measures and functions count by their names: see ``way_of_making``.
    """

    def __init__(self, targets: Targets) -> None:
        self.targets = targets
        self._claims: dict[str, list[tuple[ClaimRecord, bytes]]] = {}

    def of(self, *shown: object) -> str:
        """The digest of things that are made of dataclasses, tables, graphs and plain values.

        Raises PicklingError or TypeError for anything else.
        """
        return self._digest(shown).hex()

    def claim(self, claim: ClaimRecord) -> bytes:
        """The digest of a claim, which many pages show."""
        known = self._claims.setdefault(claim.id, [])
        for held, digest in known:
            if held is claim or held == claim:
                return digest
        ends = (claim.start, claim.end, claim.via, claim.meeting, claim.source, claim.said_by)
        made = self._digest((claim.kind, *ends, claim.when, claim.properties, claim.address))
        known.append((claim, made))
        return made

    def _digest(self, shown: object) -> bytes:
        written = io.BytesIO()
        pickler = _Written(self, written)
        pickler.fast = True  # the same for equal things, whether or not they are one
        pickler.dump(shown)
        return hashlib.sha256(written.getbuffer()).digest()[:16]


_Own = Callable[[Any], object]


class _Ways(dict[type, _Own | None]):
    """How things of each type are written: None as they are, dataclasses as what they hold."""

    def __missing__(self, kind: type) -> _Own | None:
        self[kind] = _fields(kind) if is_dataclass(kind) else None
        return self[kind]


@cache
def _fields(kind: type) -> _Own:
    name, values = f"{kind.__module__}.{kind.__qualname__}", values_of(kind)
    return lambda held: (name, values(held))


def values_of(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    """What gives the values of the fields of a dataclass, in their order; ``fields`` for each thing takes long."""
    names = [each.name for each in fields(kind)]
    if len(names) > 1:
        return attrgetter(*names)
    return lambda held: tuple(getattr(held, name) for name in names)


class _Written(pickle.Pickler):
    """Writes what is digested; what is given a name of its own here is written as that."""

    def __init__(self, digests: Digests, file: io.BytesIO) -> None:
        super().__init__(file, protocol=5)
        self._things, self._cells = digests.targets.things, digests.targets.cells
        self._own = _Ways(
            {
                Markup: lambda held: self._text(str(held)),
                Entity: self._entity,
                Address: self._address,
                dict: self._held,
                MappingProxyType: self._held,
                set: _in_order,
                frozenset: _in_order,
                ClaimRecord: digests.claim,
                ClaimKind: _name,
                Vocabulary: _type,
                Schema: _type,
                InstrumentSet: _type,
                FunctionType: _function,
                MethodType: _function,
                nx.MultiDiGraph: _graph,
                nx.MultiGraph: _graph,
                nx.DiGraph: _graph,
                nx.Graph: _graph,
            }
        )

    def persistent_id(self, obj: Any) -> Any:
        """What stands for something in the digest; None for what is written as it is."""
        # Called for everything that any page shows, and most of that is text.
        kind = type(obj)
        if kind is str:
            # A text that is the id of something counts with the address of its page.
            return self._text(obj) if obj in self._things else None
        own = self._own[kind]
        return None if own is None else own(obj)

    def _text(self, text: str) -> bytes:
        return f"{text}\0{self._things.get(text, '')}".encode("utf-8", "surrogatepass")

    def _entity(self, held: Entity) -> bytes:
        href = self._things.get(held.id)
        return f"{held.id}\0{held.label}\0{held.name}\0{href}".encode("utf-8", "surrogatepass")

    def _address(self, held: Address) -> bytes:
        href = self._cells.get(held)
        return f"{held.file}\0{held.sheet}\0{held.cell}\0{href}".encode("utf-8", "surrogatepass")

    def _held(self, held: Mapping[Any, Any]) -> object:
        """A mapping: what is stored of a node or claim also tells the cell that it was written in."""
        if "cell" in held and "file" in held:
            where = self._address(Address(held.get("file"), held.get("sheet"), held.get("cell")))
            return where, tuple(held.items())
        return "map", tuple(held.items())


def _in_order(held: set[Any] | frozenset[Any]) -> object:
    return "set", tuple(sorted(held, key=repr))


def _name(held: Any) -> bytes:
    return f"{type(held).__name__} {held.name}".encode()


def _type(held: object) -> bytes:
    return type(held).__name__.encode()


def _function(held: FunctionType | MethodType) -> bytes:
    return f"{held.__module__}.{held.__qualname__}".encode()


def _graph(held: Any) -> object:
    keys = {"keys": True} if held.is_multigraph() else {}
    return "graph", tuple(held.graph.items()), tuple(held.nodes(data=True)), tuple(held.edges(data=True, **keys))


@cache
def _program() -> str:
    """A digest of the program itself, with its schema, questions and templates, and of the libraries that it uses."""
    own = Path(journeys.__file__).parent
    beside = [resource_folder(name) for name in ("schema", "cypher")]
    digest = hashlib.sha256("\0".join([python_version(), *map(version, _LIBRARIES)]).encode())
    for folder in (own, *beside):
        for file in sorted(folder.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def way_of_making(settings: str, *files: Path) -> str:
    """A digest of the way in which pages are made: of the program, of the study's settings, and of its files and
    folders that say how it reads and shows what it holds. What was made in another way is made again. Raises OSError.
    """
    digest = hashlib.sha256(f"{_program()}\0{settings}".encode("utf-8", "surrogatepass"))
    for place in files:
        for file in sorted(place.rglob("*")) if place.is_dir() else [place] if place.is_file() else []:
            if file.is_file():
                digest.update(f"\0{file.relative_to(place.parent).as_posix()}\0".encode() + file.read_bytes())
    return digest.hexdigest()[:32]
