"""Typed parameters of a query, and reading their values from text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from journeys.model.dates import DateUnreadable, read_date
from journeys.model.definitions import Vocabulary
from journeys.model.problems import UsageProblem
from journeys.model.terms import read_term, read_terms

STUDY = "study"
"""The parameter that nobody has to give: it is the id of the study that is asked."""

STRAND = "strand"
"""The parameter that is the equality strand of the study's lens, unless somebody gives another."""

LENS_WORDS = "words"
"""The parameter that is beginnings of words about the study's lens, unless somebody gives others."""

Value = str | int | bool | date | list[str] | dict[str, bool | str] | None

TYPES: Mapping[str, str] = {
    "text": "words",
    "integer": "a whole number, such as 10",
    "date": "a day, such as 2011-03-05",
    "boolean": "yes or no",
    "list": 'words with commas between them, or ["in", "this, form"]',
    "map": 'words with what is so of them, in the form {"a word": true}',
}
"""Each type of parameter, with what a person writes for it."""

_YES_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a query. ``default`` counts when it is not ``required``; None stands for no value.

    A parameter with a ``vocabulary`` takes its terms, by name or label, and other words only if it is ``open``.
    """

    name: str
    type: str
    meaning: str
    required: bool = True
    default: Value = None
    vocabulary: Vocabulary | None = None
    open: bool = False

    def holds(self, value: object) -> bool:
        """Whether ``value`` is of this parameter's type."""
        if self.type == "list":
            return isinstance(value, list) and all(isinstance(item, str) for item in value)
        if self.type == "map":
            return isinstance(value, dict) and all(isinstance(held, bool) for held in value.values())
        if self.type == "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        return isinstance(value, {"text": str, "date": date, "boolean": bool}[self.type])

    def value(self, given: object) -> Value:
        """``given`` as this type: as it is when it is of the type already, read when it is text.

        Raises UsageProblem, which says what to write, for anything else.
        """
        if given is None and not self.required:
            return None
        if isinstance(given, tuple | set | frozenset):
            given = list(given)
        if self.vocabulary is not None and (isinstance(given, str) or self.holds(given)):
            return self._terms(self.vocabulary, given)
        if self.holds(given):
            return given  # type: ignore[return-value]
        read = self._read(given.strip()) if isinstance(given, str) else None
        if read is None:
            raise UsageProblem(
                f"The parameter {self.name!r} ({self.meaning}) cannot be {given!r}. Write {TYPES[self.type]}."
            )
        return read

    def _terms(self, vocabulary: Vocabulary, given: object) -> Value:
        what = f"The parameter {self.name!r} ({self.meaning})"
        if self.type == "text":
            return read_term(vocabulary, str(given), what, open_=self.open)
        if isinstance(given, str) and not given.strip().startswith("["):
            return read_terms(vocabulary, given, what, open_=self.open)
        words = given if isinstance(given, list) else _words(str(given).strip())
        if words is None:
            raise UsageProblem(f"{what} cannot be {given!r}. Write {TYPES[self.type]}.")
        return [read_term(vocabulary, word, what, open_=self.open) for word in words]

    def _read(self, text: str) -> Value:
        if self.type == "integer":
            return int(text) if text.removeprefix("-").isdecimal() else None
        if self.type == "boolean":
            return _YES_NO.get(text.casefold())
        if self.type == "date":
            return _day(text, self.name)
        if self.type == "map":
            return _map(text)
        return _words(text)


def _day(text: str, name: str) -> date | None:
    """The day that a text names; of a longer time the first for "from" and the last for "to"."""
    try:
        span = read_date(text)
    except DateUnreadable:
        return None
    first, last = span.date_from, span.date_to
    return {"from": first, "to": last}.get(name, first if first == last else None)


def _map(text: str) -> dict[str, bool | str] | None:
    try:
        read = json.loads(text)
    except ValueError:
        return None
    return read if isinstance(read, dict) and all(isinstance(held, bool) for held in read.values()) else None


def _words(text: str) -> list[str] | None:
    if not text.startswith("["):
        return [word for part in text.split(",") if (word := part.strip())]
    try:
        read = json.loads(text)
    except ValueError:
        return None
    return read if isinstance(read, list) and all(isinstance(item, str) for item in read) else None


def check_names(query: str, parameters: Mapping[str, Parameter], given: Iterable[str]) -> None:
    """Raise UsageProblem, with the nearest name, for a name that the query does not have."""
    for name in given:
        if name not in parameters:
            from rapidfuzz import process

            near = process.extractOne(name, list(parameters), score_cutoff=60)
            meant = f" Did you mean {near[0]!r}?" if near else ""
            known = ", ".join(known for known in parameters if known != STUDY) or "none"
            raise UsageProblem(f"The question {query} has no parameter {name!r}.{meant} It has: {known}.")


def values(query: str, parameters: Mapping[str, Parameter], given: Mapping[str, object]) -> dict[str, Value]:
    """The values to run ``query`` with: those given, each as its type, and the defaults of the others.

    Raises UsageProblem for a name the query does not have, a value that cannot be read, and one that is missing.
    """
    check_names(query, parameters, given)
    found: dict[str, Value] = {}
    for name, parameter in parameters.items():
        if name in given:
            found[name] = parameter.value(given[name])
        elif parameter.required:
            raise UsageProblem(
                f"The question {query} needs {name!r}, {parameter.meaning}. Add `--param {name}=…`, "
                f"with {TYPES[parameter.type]}."
            )
        else:
            found[name] = parameter.default
    return found
