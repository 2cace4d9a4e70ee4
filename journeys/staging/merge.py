"""Merge what several files say about one node or one claim, and report where they differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import attrgetter

from journeys.model.definitions import PropertyDefinition, PropertyType
from journeys.model.identity import short_id
from journeys.model.problems import Address, Problem, Report, Severity
from journeys.model.records import Value
from journeys.model.schema import Schema

_ALIASES = "aliases"
_NOT_ASKED = "not_asked"
_SIDE_BY_SIDE = ("note", "confidence_note", "recorded_by")
"""Remarks and initials of two people who record the same claim do not contradict each other: both are kept."""


@dataclass(slots=True)
class Description:
    """What one file, or all files together, say about a node; ``places`` are the sheet and cell of properties."""

    id: str
    label: str
    properties: dict[str, Value]
    address: Address
    files: list[str] = field(default_factory=list)
    places: Mapping[str, tuple[str | None, str | None]] = field(default_factory=dict)

    def written_at(self, name: str) -> Address:
        """Where a property is written."""
        place = self.places.get(name)
        return Address(self.address.file, *place) if place else self.address


def merged(descriptions: Iterable[Description], schema: Schema, report: Report) -> Iterator[Description]:
    """One description a node, from descriptions that come sorted by id and, within it, the weightiest first.

    A property is taken from the first that has it; a different value is reported as a warning, so that the team can
    correct its files. A date is one property: its words and bounds are taken together, and a known date replaces an
    unknown one. Aliases are joined; a question counts as not asked only if no file asks it. The address is that of the
    first; ``files`` are all that describe the node.
    """
    for _, group in groupby(descriptions, key=attrgetter("id")):
        first, *others = group
        files = {each.address.file for each in (first, *others)}
        if others:
            merge = _Merge(first, schema, report)
            for other in others:
                merge.add(other)
            first.properties = merge.properties
        first.properties = _complete(first, schema)
        first.files = sorted(file for file in files if file)
        yield first


class _Merge:
    """Merges the descriptions of one node; ``properties`` are the values so far."""

    def __init__(self, first: Description, schema: Schema, report: Report) -> None:
        self._node, self._schema, self._report = first, schema, report
        self._dates = _date_names(schema, first.label)
        self.properties: dict[str, Value] = {}
        self._said_at: dict[str, Address] = {}
        self.add(first)

    def add(self, other: Description) -> None:
        """Add what another file says; report where it differs from earlier files."""
        parts = {part for names in self._dates.values() for part in names}
        for name, value in other.properties.items():
            if name in parts or (value in ("", []) and name != _NOT_ASKED):
                continue
            self._one(name, value, other.written_at(name))
        for name in self._dates:
            self._date(name, other)

    def _one(self, name: str, value: Value, address: Address) -> None:
        held = self.properties.get(name)
        if held is None:
            self.properties[name], self._said_at[name] = value, address
        elif name == _ALIASES:
            self.properties[name] = list(dict.fromkeys([*_list(held), *_list(value)]))
        elif name == _NOT_ASKED:
            asked_by_neither = _list(value)
            self.properties[name] = [question for question in _list(held) if question in asked_by_neither]
        elif held != value:
            self._conflict(name, held, value, address, kept=held)

    def _date(self, name: str, other: Description) -> None:
        stored, at = self._dates[name], other.written_at(name)
        said = {part: other.properties[part] for part in stored if part in other.properties}
        held = {part: self.properties[part] for part in stored if part in self.properties}
        if not said:
            return
        if not held:
            self.properties |= said
            self._said_at[name] = at
            return
        days, other_days = _days(held, stored), _days(said, stored)
        clock, other_clock = held.get(stored[4]), said.get(stored[4])
        if days == other_days and clock is None and other_clock is not None:
            self.properties |= said  # the same day, with the time of day
            self._said_at[name] = at
        if days == other_days and (clock == other_clock or None in (clock, other_clock)):
            return
        better = days == (None, None)
        kept = said if better else held
        self._conflict(name, _shown(held, stored), _shown(said, stored), at, kept=_shown(kept, stored))
        if better:
            for part in stored:
                self.properties.pop(part, None)
            self.properties |= said
            self._said_at[name] = at

    def _conflict(self, name: str, held: Value, value: Value, address: Address, *, kept: Value) -> None:
        label, schema = self._node.label, self._schema
        definition = schema.properties_of_node(label).get(name)
        value, held, kept = (_in_words(each, definition, schema) for each in (value, held, kept))
        what = f"{name.replace('_', ' ')} of the {schema.nodes[label].noun} {short_id(self._node.id)}"
        message = f"The {what} is {value!r} here and {held!r} in {self._said_at[name]}."
        remedy = f"{kept!r} is kept; make the two agree."
        self._report(Problem("conflicting_description", address, message, remedy, Severity.WARNING))


def _date_names(schema: Schema, label: str) -> dict[str, tuple[str, ...]]:
    """The date properties of a node kind, each with the names it is stored under."""
    held = schema.properties_of_node(label).values()
    return {each.name: each.stored_names for each in held if each.type is PropertyType.DATE}


def _days(said: Mapping[str, Value], stored: tuple[str, ...]) -> tuple[str | None, str | None]:
    """The bounds of a date as text, whether they come as dates or out of JSON."""
    start, end = (said.get(part) for part in stored[1:3])
    return _iso(start), _iso(end)


def _iso(day: Value | None) -> str | None:
    return day.isoformat() if isinstance(day, date) else str(day) if day is not None else None


def _shown(said: Mapping[str, Value], stored: tuple[str, ...]) -> Value:
    return said.get(stored[0]) or " to ".join(filter(None, _days(said, stored)))


def _in_words(value: Value, definition: PropertyDefinition | None, schema: Schema) -> Value:
    """A value as a person reads it: the label of a term."""
    if definition is None or definition.vocabulary is None or not isinstance(value, str):
        return value
    return schema.terms(definition.vocabulary).words(value)


def _list(value: Value | None) -> list[str]:
    return value if isinstance(value, list) else []


def _complete(node: Description, schema: Schema) -> dict[str, Value]:
    """The node's properties with the name it is shown by."""
    shown = node.properties.get(schema.nodes[node.label].display)
    return {**node.properties, "name": shown if isinstance(shown, str) else short_id(node.id)}


@dataclass(frozen=True, slots=True)
class Said:
    """A claim's properties as one file says them; ``places`` are the cells of properties that have one of their own."""

    properties: Mapping[str, Value]
    address: Address
    places: Mapping[str, str | None] = field(default_factory=dict)

    def written_at(self, name: str) -> Address:
        """Where a property is written."""
        cell = self.places.get(name)
        return self.address.at(cell) if cell else self.address


def merged_claim(first: Said, others: Iterable[Said], schema: Schema, report: Report) -> dict[str, Value]:
    """The properties of a claim that several rows say, with the same id and so the same qualifiers.

    Values that the first row lacks come from the others: a judgement that nobody stated in one row was still stated in
    another. Notes are kept side by side, lists are joined; different judgements (mode, confidence, status) are reported
    as a warning, and the first counts.
    """
    properties = dict(first.properties)
    said_at = {name: first.written_at(name) for name in properties}
    for other in others:
        for name, value in other.properties.items():
            held = properties.get(name)
            if held is None:
                properties[name], said_at[name] = value, other.written_at(name)
            elif held == value:
                continue
            elif isinstance(held, list) and isinstance(value, list):
                properties[name] = list(dict.fromkeys([*held, *value]))
            elif name in _SIDE_BY_SIDE:
                properties[name] = "; ".join(dict.fromkeys([*str(held).split("; "), *str(value).split("; ")]))
            else:
                words, definition = name.replace("_", " "), schema.claim_properties.get(name)
                here, there = _in_words(value, definition, schema), _in_words(held, definition, schema)
                message = f"{said_at[name]} says the same; the {words} is {here!r} here and {there!r} there."
                remedy = f"{there!r} is kept; make the two agree, or delete one of the rows."
                report(Problem("conflicting_claim", other.written_at(name), message, remedy, Severity.WARNING))
    return properties
