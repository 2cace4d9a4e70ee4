"""The maps that ship with the program, for council data in common formats, and which of them a file needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from journeys.instruments.files.jsonfile import iter_json
from journeys.instruments.files.safety import unreadable
from journeys.model.problems import Address
from journeys.model.resources import resource_folder


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of objects in files of a format: the map for them, what they are called, and which names they have; of
    ``any_of`` one is enough."""

    map: str
    holds: str
    names: frozenset[str] = frozenset()
    any_of: frozenset[str] = frozenset()

    def fits(self, names: frozenset[str]) -> bool:
        """Whether an object with these names is one."""
        return self.names <= names and (not self.any_of or bool(self.any_of & names))


COUNCIL_FORMATS: Mapping[str, tuple[Shape, ...]] = {
    "legistar": (
        Shape("legistar-events", "meetings", frozenset({"EventId", "EventDate", "EventBodyName"})),
        Shape("legistar-matters", "matters", frozenset({"MatterFile"})),
        Shape("legistar-officerecords", "office records", frozenset({"OfficeRecordFullName", "OfficeRecordBodyName"})),
    ),
    "popolo": (
        Shape(
            "popolo",
            "people, organisations and motions",
            any_of=frozenset({"persons", "organizations", "memberships", "motions", "events"}),
        ),
    ),
    "ocd": (Shape("ocd-bills", "bills", frozenset({"identifier"}), frozenset({"title", "votes", "sponsorships"})),),
    "opencouncil": (Shape("opencouncil", "meetings", frozenset({"dateTime", "name"})),),
}
"""The formats of council data, each with the kinds of objects that its files hold."""
_WRAPPERS = ("value", "results", "data", "meetings", "items")
"""Names under which services put the list that was asked for."""
_ELSE = {
    "legistar": "Ask the service for events with their items (`/Events/ID?EventItems=1`), matters or office records.",
    "popolo": "A Popolo file is one JSON object with `persons`, `organizations`, `memberships`, `events` or `motions`.",
    "ocd": "Bills are read, as Open States or a scraper of Open Civic Data writes them, with their sponsors and votes.",
    "opencouncil": "Meetings are read, with their `subjects`.",
}


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file holds, and the text of the map for it."""

    shape: Shape
    map: str


def recognised(path: Path, format_: str, *, name: str) -> Recognised:
    """The map for a file of council data. Raises UnreadableFile for one that is not JSON, or holds something else."""
    first = next(iter_json(path, name=name, report=lambda problem: None), None)
    value = first.value if first is not None else None
    items = _wrapper(value)
    if items and isinstance(value, dict):
        value = next(iter(value[items]), None)
    names = frozenset(value) if isinstance(value, dict) else frozenset()
    shape = next((each for each in COUNCIL_FORMATS[format_] if each.fits(names)), None)
    if shape is None:
        has = f"objects with {', '.join(sorted(names)[:5])}" if names else "no objects"
        what = " or ".join(each.holds for each in COUNCIL_FORMATS[format_])
        message = f"The file holds {has}; {what} are needed."
        raise unreadable("wrong_format", Address(name), message, _ELSE[format_])
    text = (resource_folder("schema") / "maps" / f"{shape.map}.map.yaml").read_text(encoding="utf-8")
    return Recognised(shape, text.replace("\nmap: 1\n", f"\nmap: 1\nitems: {items}\n", 1) if items else text)


def _wrapper(value: Any) -> str:
    """The name of the list that an object is wrapped around; "" for none."""
    if not isinstance(value, dict):
        return ""
    found = [name for name in _WRAPPERS if isinstance(value.get(name), list)]
    lists = [name for name, held in value.items() if isinstance(held, list)]
    return found[0] if len(found) == 1 and lists == found else ""
