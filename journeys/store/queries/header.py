"""The comment lines at the top of a query file, read strictly: what it asks, what it takes, what it answers.

    // title: Who introduced a document
    // question: 2. Who introduced it to the group, when, at which meeting, and according to whom?
    // params:
    //   id: text, the document's id
    //   most: integer = 100, at most so many rows
    // returns:
    //   who: the person's name
    // example: id=riverside:document:D07; most=10

Each of the first four is there once; ``params`` and ``returns`` have an entry a line, and ``params: none`` takes none.
A default is written as in JSON, a date as 2011-03-05. ``example`` gives values to try the query with, as a person would
write them, or ``none``; a study's own query need not have one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from journeys.model.problems import Address, Problem, UnreadableFile, UsageProblem
from journeys.store.queries.parameters import STUDY, TYPES, Parameter

REQUIRED = ("title", "question", "params", "returns")
FIELDS = (*REQUIRED, "example")

_NAME = r"[a-z][a-z0-9_]*"
_FIELD = re.compile(r"([a-z]+):(?:\s+(.*))?$")
_PARAMETER = re.compile(rf"({_NAME}): ([a-z]+)(?: = (.*))?$")
_COLUMN = re.compile(rf"({_NAME}): (.+)$")
_PAIR = re.compile(rf"({_NAME})=(.*)")
_NEXT_PAIR = re.compile(rf";\s*(?={_NAME}=)")
_USED = re.compile(r"\$([A-Za-z_]\w*)")
_STRING_OR_COMMENT = re.compile(r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|//[^\n]*|/\*.*?\*/|`[^`]*`""", re.DOTALL)
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Header:
    """What the comment lines say, and the Cypher below them. ``example`` is None where the header has none."""

    title: str
    question: str
    parameters: dict[str, Parameter]
    returns: dict[str, str]
    example: dict[str, str] | None
    cypher: str


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str


def read_header(file: str, text: str) -> Header:
    """The header of a query file and the Cypher that follows; ``file`` is how it is named in a problem.

    Raises UnreadableFile, with file and line, for anything that is missing, unknown, twice or not written as above,
    and for a parameter that is used without being declared or declared without being used.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    length = next((at for at, line in enumerate(lines) if not line.startswith("//")), len(lines))
    fields = _fields(file, lines[:length])
    cypher = "\n".join(lines[length:]).strip()
    for name in REQUIRED:
        if not fields.get(name):
            _broken(file, 1, f"The header has no `{name}`.", f"Write a line `// {name}: …` above the query.")
    if not cypher:
        _broken(file, length + 1, "There is no query below the header.", "Write the Cypher below the comment lines.")
    parameters = dict(_parameters(file, fields["params"]))
    _check_use(file, lines, length, parameters)
    return Header(
        title=" ".join(line.text for line in fields["title"]),
        question=" ".join(line.text for line in fields["question"]),
        parameters=parameters,
        returns=dict(_columns(file, fields["returns"])),
        example=_example(file, fields["example"], parameters) if "example" in fields else None,
        cypher=cypher,
    )


def _fields(file: str, lines: list[str]) -> dict[str, list[_Line]]:
    """The lines of each field; an indented line goes on with the field above it."""
    fields: dict[str, list[_Line]] = {}
    current: list[_Line] | None = None
    for number, line in enumerate(lines, start=1):
        said = line[2:]
        begins = None if said.startswith("  ") else _FIELD.match(said.strip())
        if begins:
            name, rest = begins[1], begins[2]
            if name not in FIELDS:
                _broken(file, number, f"`{name}` is no field of a header.", f"The fields are: {', '.join(FIELDS)}.")
            if name in fields:
                _broken(file, number, f"`{name}` is here a second time.", "Keep one of them.")
            current = fields[name] = [_Line(number, rest.strip())] if rest else []
        elif said.strip() and current is not None and said.startswith("  "):
            current.append(_Line(number, said.strip()))
        else:
            _broken(
                file,
                number,
                "This line is no part of a header.",
                "Begin it with a field, like `// title:`, or with two spaces after `//` to go on with the field above.",
            )
    return fields


def _parameters(file: str, lines: list[_Line]) -> Iterator[tuple[str, Parameter]]:
    if [line.text for line in lines] == ["none"]:
        return
    seen: set[str] = set()
    for line in lines:
        declared, meaning = _split_meaning(line.text)
        found = _PARAMETER.match(declared)
        if found is None or not meaning:
            _broken(
                file,
                line.number,
                "This declares no parameter.",
                "Write `name: type, meaning` or `name: type = default, meaning`.",
            )
        name, kind, default = found[1], found[2], found[3]
        if kind not in TYPES:
            _broken(file, line.number, f"`{kind}` is no type of parameter.", f"The types are: {', '.join(TYPES)}.")
        if name in seen:
            _broken(file, line.number, f"The parameter `{name}` is here a second time.", "Keep one of them.")
        seen.add(name)
        parameter = Parameter(name, kind, meaning, required=default is None)
        yield name, parameter if default is None else _with_default(file, line, parameter, default)


def _split_meaning(text: str) -> tuple[str, str]:
    """What is before and after the comma that ends the declaration: not one inside a default's quotes or brackets."""
    before, equals, after = text.partition(" = ")
    if not equals or "," in before:
        declared, _, meaning = text.partition(",")
        return declared.strip(), meaning.strip()
    day = _ISO_DAY.match(after)
    try:
        end = day.end() if day else json.JSONDecoder().raw_decode(after)[1]
    except ValueError:
        end = after.find(",") if "," in after else len(after)
    return f"{before} = {after[:end]}", after[end:].lstrip(" ,").strip() if after[end:].lstrip()[:1] == "," else ""


def _with_default(file: str, line: _Line, parameter: Parameter, written: str) -> Parameter:
    try:
        value = date.fromisoformat(written) if _ISO_DAY.fullmatch(written) else json.loads(written)
    except ValueError:
        value = ...
    if value is not None and not parameter.holds(value):
        _broken(
            file,
            line.number,
            f"{written} is no default for a parameter of type {parameter.type}.",
            'Write it as in JSON ("north", 10, true, ["a", "b"], null), a date as 2011-03-05.',
        )
    return parameter.with_default(value)


def _columns(file: str, lines: list[_Line]) -> Iterator[tuple[str, str]]:
    for line in lines:
        found = _COLUMN.match(line.text)
        if found is None:
            _broken(file, line.number, "This declares no column.", "Write `column: meaning`.")
        yield found[1], found[2]


def _example(file: str, lines: list[_Line], parameters: dict[str, Parameter]) -> dict[str, str]:
    """The values of ``name=value; name=value``, as they are written; every one that the query needs is there."""
    number = lines[0].number if lines else 1
    written = " ".join(line.text for line in lines)
    found: dict[str, str] = {}
    for pair in () if written == "none" else _NEXT_PAIR.split(written):
        named = _PAIR.fullmatch(pair.strip().rstrip(";"))
        if named is None:
            _broken(file, number, "This is no example.", "Write `name=value; name=value`, or `none`.")
        name, value = named[1], named[2].strip()
        if name not in parameters:
            _broken(file, number, f"The example's parameter `{name}` is not declared.", "Add it to `// params:`.")
        if name in found:
            _broken(file, number, f"The example gives `{name}` a second time.", "Keep one of them.")
        try:
            parameters[name].value(value)
        except UsageProblem:
            message = f"The example's `{name}` cannot be {value!r}."
            _broken(file, number, message, f"Write {TYPES[parameters[name].type]}.")
        found[name] = value
    for name, parameter in parameters.items():
        if parameter.required and name not in found and name != STUDY:
            _broken(file, number, f"The example gives no `{name}`.", f"Write `{name}=…` with a value to try.")
    return found


def _check_use(file: str, lines: list[str], start: int, parameters: dict[str, Parameter]) -> None:
    body = _STRING_OR_COMMENT.sub(lambda match: "\n" * match[0].count("\n"), "\n".join(lines[start:]))
    used: set[str] = set()
    for number, line in enumerate(body.split("\n"), start=start + 1):
        for name in _USED.findall(line):
            used.add(name)
            if name not in parameters:
                _broken(file, number, f"The parameter `${name}` is not declared.", "Add it to `// params:`.")
    for name in parameters:
        if name not in used:
            _broken(file, 1, f"The parameter `{name}` is declared and never used.", "Use it, or take it out.")


def _broken(file: str, number: int, message: str, remedy: str) -> NoReturn:
    raise UnreadableFile(Problem("broken_query", Address(file, None, f"line {number}"), message, remedy))
