"""Convert the words in a cell to stored values: terms, dates, yes and no, numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from journeys.instruments.claim_columns import DERIVED
from journeys.instruments.files.cells import Cell
from journeys.interpret.date_reading import DateReader
from journeys.model.dates import DateSpan
from journeys.model.definitions import PropertyDefinition, PropertyType
from journeys.model.order import stored_bounds
from journeys.model.problems import Problem, Report
from journeys.model.records import Value
from journeys.model.schema import Schema

_YES = {"yes", "y", "true", "1", "x", "ja", "✓"}
_NO = {"no", "n", "false", "0"}
LIST_SEPARATOR = ";"

MeetingLookup = Callable[[str], DateSpan | None]


@dataclass(frozen=True)
class ValueReader:
    """Reads values for one study; ``meetings`` finds the date of "the June meeting"."""

    schema: Schema
    report: Report
    meetings: MeetingLookup | None = None
    dates: DateReader = field(default_factory=DateReader)

    def read(self, definition: PropertyDefinition, given: Cell) -> dict[str, Value]:
        """The stored name(s) and value(s) of a property; empty, and reported, when the words cannot be used."""
        match definition.type:
            case PropertyType.DATE:
                return self._date(definition, given)
            case PropertyType.BOOLEAN:
                answer = self.yes_or_no(given)
                return {} if answer is None else {definition.name: answer}
            case PropertyType.INTEGER | PropertyType.NUMBER:
                return self._number(definition, given)
            case PropertyType.LIST:
                return {definition.name: split_names(given.text)}
            case PropertyType.TEXT:
                return self._text(definition, given)

    def date(self, given: Cell, *, name: str = "date") -> dict[str, Value]:
        """``<name>_text``, ``_from``, ``_to``, ``_precision`` and ``_time`` as far as they are known."""
        span = self.span(given)
        return {} if span is None else span_properties(span, name)

    def span(self, given: Cell) -> DateSpan | None:
        """The date in a cell; None, reported, for what is no date."""
        return self.dates.read(given, self.report, self.meetings)

    def yes_or_no(self, given: Cell) -> bool | None:
        """True or False, or None, and reported, for anything else."""
        if isinstance(given.value, bool):
            return given.value
        word = given.text.casefold()
        if word in _YES or word in _NO:
            return word in _YES
        self.report(Problem("bad_value", given.address, f"{given.text!r} is neither yes nor no.", "Write yes or no."))
        return None

    def term(self, vocabulary: str, given: Cell, *, open_: bool = False) -> str | None:
        """The stored term for a person's words; an open vocabulary takes other words as they are."""
        words = self.schema.terms(vocabulary)
        term = words.term(given.text)
        if term is not None:
            return term
        if open_:
            return given.text
        offered = ", ".join(entry.label for entry in words.terms.values() if entry.name != DERIVED)
        message = f"{given.text!r} is not one of the choices for {vocabulary.replace('_', ' ')}."
        self.report(Problem("unknown_term", given.address, message, f"Write one of: {offered}."))
        return None

    def _date(self, definition: PropertyDefinition, given: Cell) -> dict[str, Value]:
        return self.date(given, name=definition.name)

    def _number(self, definition: PropertyDefinition, given: Cell) -> dict[str, Value]:
        try:
            number = float(given.text.replace(",", "."))
            whole = int(number)
        except (ValueError, OverflowError):
            self.report(Problem("bad_value", given.address, f"{given.text!r} is not a number.", "Write a number."))
            return {}
        if definition.type is PropertyType.NUMBER:
            return {definition.name: number}
        if number != whole:
            self.report(
                Problem("bad_value", given.address, f"{given.text!r} is not a whole number.", "Write a whole number.")
            )
            return {}
        return {definition.name: whole}

    def _text(self, definition: PropertyDefinition, given: Cell) -> dict[str, Value]:
        if definition.vocabulary is None:
            return {definition.name: given.text}
        term = self.term(definition.vocabulary, given, open_=definition.open)
        return {} if term is None else {definition.name: term}


def span_properties(span: DateSpan, name: str = "date") -> dict[str, Value]:
    """A span as stored properties: the words, the bounds that there are, the precision, the time of day.

    "About 2011" is stored with the bounds outside which it certainly does not lie, so that a query for what came first
    gives no false certainty; "early 2019" with those of the words, which never leave 2019.
    """
    date_from, date_to = stored_bounds(span)
    precision = "between" if span.approximate and date_from and date_to else span.precision
    parts: Mapping[str, Value | None] = {
        f"{name}_text": span.text,
        f"{name}_from": date_from,
        f"{name}_to": date_to,
        f"{name}_precision": precision if span.text is not None else None,
        f"{name}_time": f"{span.clock:%H:%M}" if span.clock is not None and date_from == date_to else None,
    }
    return {stored: part for stored, part in parts.items() if part is not None}


def split_names(text: str) -> list[str]:
    """Several names in one cell, separated by semicolons or line breaks."""
    return [name.strip() for line in text.splitlines() for name in line.split(LIST_SEPARATOR) if name.strip()]
