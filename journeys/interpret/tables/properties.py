"""Read the properties that a map sets: templates and value specifications are filled from a row and converted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from journeys.instruments.files.cells import Cell
from journeys.interpret.context import Context
from journeys.interpret.tables.find_values import ValueFinder
from journeys.interpret.tables.frame import Frame
from journeys.interpret.tables.language import Set, ValueSpec
from journeys.interpret.tables.rows import NO_GROUPS, Found
from journeys.interpret.tables.used_columns import VALUE
from journeys.model.definitions import PropertyDefinition
from journeys.model.identity import folded
from journeys.model.problems import Address, Problem, Severity
from journeys.model.records import Value

_REMEMBERED = 100_000
_NO_VALUE = re.compile(r"NULL|NaN|nan|<NA>|\\N|\(null\)|undefined|#N/A")
"""What databases, R and pandas export where there is no value."""


class PropertyReader:
    """Reads what a map sets; ``rejections`` counts the words that could not be used."""

    def __init__(self, context: Context, ignore: frozenset[str], passed: Counter[str]) -> None:
        self._context, self._ignore, self._passed = context, ignore, passed
        self._longest_ignored = max(map(len, ignore), default=0) * 2
        self._finders: dict[int, ValueFinder] = {}
        self._values: dict[tuple[int, str], dict[str, Value]] = {}
        self.rejections = 0

    def words(self, given: Set, found: Found, frame: Frame) -> dict[str, str]:
        """The words for each property: not those that mean nothing."""
        said = {name: self._words(spec, found, frame) for name, spec in given.items()}
        return {name: words for name, words in said.items() if words and not self._means_nothing(words)}

    def read(
        self,
        said: Mapping[str, str],
        given: Set,
        definitions: Mapping[str, PropertyDefinition],
        found: Found,
        frame: Frame,
        default: Address,
    ) -> dict[str, Value]:
        """The properties that the words stand for; what cannot be read is reported at the column it comes from."""
        properties: dict[str, Value] = {}
        for name, words in said.items():
            definition = definitions.get(name)
            if definition is None:
                continue
            if definition.vocabulary is None and definition.type == "text":
                properties[name] = words
                if _NO_VALUE.fullmatch(words):
                    self._report_no_value(words, frame.place_of(given[name], found, default))
                continue
            key = (id(definition), words)
            if key not in self._values:
                if len(self._values) >= _REMEMBERED:
                    self._values.clear()
                address = frame.place_of(given[name], found, default)
                self._values[key] = self._context.values.read(definition, Cell(words, address))
            # A wrong value is reported once, and every row that has it is one less.
            self.rejections += not self._values[key]
            properties |= self._values[key]
        return properties

    def _report_no_value(self, words: str, address: Address) -> None:
        message = f"{words!r} was read as text; programs write it where there is no value."
        remedy = "If it means nothing, add it to `ignore` in the map."
        self._context.report(Problem("doubtful_text", address, message, remedy, Severity.WARNING))

    def _words(self, spec: ValueSpec, found: Found, frame: Frame) -> str:
        if not spec.from_ and not spec.any:
            return frame.fill(spec.as_ or "", found)
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
