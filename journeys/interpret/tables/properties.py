"""Read the properties that a map sets: templates and value specifications are filled from a row and converted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from journeys.instruments.files.cells import Cell
from journeys.interpret.context import Context
from journeys.interpret.tables.find_values import ValueFinder
from journeys.interpret.tables.frame import Frame
from journeys.interpret.tables.language import Set, ValueSpec, places
from journeys.interpret.tables.limits import Made
from journeys.interpret.tables.rows import NO_GROUPS, Found
from journeys.interpret.tables.used_columns import VALUE
from journeys.model.definitions import PropertyDefinition
from journeys.model.identity import folded
from journeys.model.problems import Address, Problem, Severity
from journeys.model.records import Value

_REMEMBERED = 100_000
_NO_VALUE = re.compile(r"NULL|NaN|nan|<NA>|\\N|\(null\)|undefined|#N/A")
"""What databases, R and pandas export where there is no value."""
_LONGEST_NO_VALUE = 9


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a map sets of one property, taken apart once for all rows.

    ``template`` is what is filled in, None where values are found in columns; ``fixed`` is one without any place to
    fill in, ``column`` the name of the one place that is the whole of it. ``definition`` is the schema's, and ``plain``
    says that it takes any text.
    """

    name: str
    spec: ValueSpec
    template: str | None
    fixed: str | None
    column: str | None
    definition: PropertyDefinition | None
    plain: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that a part of a map sets; with ``by_value`` it asks for nothing but the value that was found."""

    given: Set
    asked: tuple[_Asked, ...]
    by_value: bool


def prepared(given: Set, definitions: Mapping[str, PropertyDefinition]) -> Prepared:
    """What a map sets, ready for a ``PropertyReader``; made once, asked for every row."""
    asked = tuple(_asked(name, spec, definitions.get(name)) for name, spec in given.items())
    by_value = all(each.template is not None and asks_for_value_alone(each.template) for each in asked)
    return Prepared(given, asked, by_value)


def asks_for_value_alone(template: str) -> bool:
    """Whether a template needs neither a column nor the group of a pattern."""
    return set(places(template)) <= {VALUE}


def _asked(name: str, spec: ValueSpec, definition: PropertyDefinition | None) -> _Asked:
    template = fixed = column = None
    if not spec.from_ and not spec.any:
        template = spec.as_ or ""
        asked = places(template)
        fixed = None if "{" in template else template
        column = asked[0] if len(asked) == 1 and template == f"{{{asked[0]}}}" else None
    plain = definition is not None and definition.vocabulary is None and definition.type == "text"
    return _Asked(name, spec, template, fixed, column, definition, plain)


class PropertyReader:
    """Reads what a map sets; ``rejections`` counts the words that could not be used."""

    def __init__(self, context: Context, ignore: frozenset[str], passed: Counter[str], made: Made) -> None:
        self._context, self._ignore, self._passed, self._made = context, ignore, passed, made
        self._longest_ignored = max(map(len, ignore), default=0) * 2
        self._finders: dict[int, ValueFinder] = {}
        self._values: dict[tuple[int, str], dict[str, Value]] = {}
        self.rejections = 0

    def words(self, wanted: Prepared, found: Found, frame: Frame) -> dict[str, str]:
        """The words for each property: not those that mean nothing."""
        said: dict[str, str] = {}
        for each in wanted.asked:
            words = each.fixed if each.fixed is not None else self._words(each, found, frame)
            if words and not self._means_nothing(words):
                self._made.text(len(words))
                said[each.name] = words
        return said

    def read(
        self, said: Mapping[str, str], wanted: Prepared, found: Found, frame: Frame, default: Address
    ) -> dict[str, Value]:
        """The properties that the words stand for; what cannot be read is reported at the column it comes from."""
        properties: dict[str, Value] = {}
        for each in wanted.asked:
            words = said.get(each.name)
            if words is None or each.definition is None:
                continue
            if each.plain:
                properties[each.name] = words
                if len(words) <= _LONGEST_NO_VALUE and _NO_VALUE.fullmatch(words):
                    self._report_no_value(words, frame.place_of(each.spec, found, default))
                continue
            key = (id(each.definition), words)
            if key not in self._values:
                if len(self._values) >= _REMEMBERED:
                    self._values.clear()
                address = frame.place_of(each.spec, found, default)
                self._values[key] = self._context.values.read(each.definition, Cell(words, address))
            # A wrong value is reported once, and every row that has it is one less.
            self.rejections += not self._values[key]
            properties |= self._values[key]
        return properties

    def _report_no_value(self, words: str, address: Address) -> None:
        message = f"{words!r} was read as text; programs write it where there is no value."
        remedy = "If it means nothing, add it to `ignore` in the map."
        self._context.report(Problem("doubtful_text", address, message, remedy, Severity.WARNING))

    def _words(self, asked: _Asked, found: Found, frame: Frame) -> str:
        if asked.column is not None:
            return frame.value_of(asked.column, found).strip()
        if asked.template is not None:
            return frame.fill(asked.template, found)
        spec = asked.spec
        finder = self._finders.get(id(spec))
        if finder is None:
            finder = ValueFinder(spec, self._ignore, self._context.names, self._passed)
            self._finders[id(spec)] = finder

        def given(name: str) -> Found | None:
            if name == VALUE:
                return found
            return Found(found.groups[name], found.steps, NO_GROUPS) if name in found.groups else frame.around(name)

        values = finder.find(frame.row, lambda name: found.groups.get(name) or frame.column(name), given)
        return "; ".join(value.text for value in values)

    def _means_nothing(self, words: str) -> bool:
        """Whether the map ignores these words; a text longer than any of those it ignores is not compared."""
        return len(words) <= self._longest_ignored and folded(words) in self._ignore
