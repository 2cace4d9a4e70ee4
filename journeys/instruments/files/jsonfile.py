"""JSON and JSON lines, item by item; and a repaired copy of a file that is almost JSON."""

from __future__ import annotations

import codecs
import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

import ijson

from journeys.instruments.files.cells import Cell
from journeys.instruments.files.json_builder import JsonBuilder, Step, json_path
from journeys.instruments.files.json_halves import WholeCharacters, whole_line
from journeys.instruments.files.json_syntax import Flaw, flaws
from journeys.instruments.files.safety import (
    ProblemLimiter,
    is_lock_file,
    open_binary,
    reading,
    unreadable,
)
from journeys.instruments.files.text_encoding import open_text
from journeys.model.problems import Address, Problem, Report, UnreadableFile
from journeys.model.unfinished import write_whole

MAX_EXPLAINED = 20_000_000
"""Largest file, in characters, that is searched for what is wrong with it or repaired: that needs it in memory."""
_SHOWN_FLAWS = 20
_BY_HAND = "This cannot be repaired by a program without guessing; correct it by hand."


@dataclass(frozen=True, slots=True)
class JsonItem:
    """One item: its value (dict, list, str, int, float, bool or None), and the path of its place in the file."""

    value: Any
    path: str
    origin: Address

    def address(self, *steps: Step) -> Address:
        """Where a part of the item stands: ``address("hearings", 0, "motion")`` is "[3].hearings[0].motion"."""
        path = json_path(self.path, *steps)
        return self.origin.at(path) if path else self.origin

    def cell(self, *steps: Step) -> Cell:
        """A part of the item as a cell; an empty one for a list, an object, or what is not there."""
        value = self.value
        for step in steps:
            if isinstance(step, int) and isinstance(value, list) and -len(value) <= step < len(value):
                value = value[step]
            else:
                value = value.get(step) if isinstance(value, dict) and isinstance(step, str) else None
        return Cell(None if isinstance(value, (dict, list)) else value, self.address(*steps))


@dataclass(frozen=True, slots=True)
class Repair:
    """One thing that was put right in the copy: the line of the original, and what was done."""

    line: int | None
    done: str


def iter_json(
    path: Path, *, name: str, report: Report, items: str | None = None, lines: bool | None = None
) -> Iterator[JsonItem]:
    """The items of a JSON file, one after the other, in the memory one item needs.

    ``name`` is the file's name for addresses; ``items`` names, with dots, the list whose items are wanted
    ("data.rows"). Without it they are those of the outermost list, or the one object that the file is. A file whose
    name ends in .jsonl or .ndjson (or for which ``lines`` is True) has an item a line; a bad line there is reported and
    left out. Reported too: names said twice in an object (the last counts), control characters, texts over MAX_TEXT
    (read as None). Raises UnreadableFile, with line and column, for what is no JSON.
    """
    if is_lock_file(path):
        return
    origin = Address(name)
    sparing = ProblemLimiter(report, origin)
    try:
        with reading(name), closing(open_text(path, name=name, report=report)) as stream:
            if lines or (lines is None and path.suffix.lower() in (".jsonl", ".ndjson")):
                yield from _lines(stream, origin, sparing)
            else:
                yield from _items(stream, origin, sparing, items)
    finally:
        sparing.finish()


def repair_json(path: Path, target: Path) -> list[Repair]:
    """Write a copy of ``path`` that is valid JSON in UTF-8 to ``target``, and say what was changed.

    Put right: commas before a closing bracket, comments, other encodings, a byte order mark. The original stays as it
    is. Raises UnreadableFile when anything else is wrong (nothing is written then) or ``target`` exists.
    """
    name = path.name
    repairs: list[Repair] = []
    with reading(name):
        with open_binary(path, name=name) as binary:
            marked = binary.read(3) == codecs.BOM_UTF8
        with closing(open_text(path, name=name, report=lambda _: None)) as stream:
            encoding = stream.encoding
            text = stream.read(MAX_EXPLAINED + 1)
    if len(text) > MAX_EXPLAINED:
        raise unreadable("too_large", Address(name), "the file is too large to repair.", _BY_HAND)
    if marked:
        repairs.append(Repair(None, "left out the byte order mark at the beginning"))
    elif encoding != "utf-8":
        repairs.append(Repair(None, f"converted from {encoding} to UTF-8"))
    pieces, position = [], 0
    for flaw in flaws(text):
        if flaw.fix is None:
            problem = _problem(Address(name), flaw)
            raise UnreadableFile(replace(problem, remedy=f"{problem.remedy} {_BY_HAND}"))
        start, end = flaw.fix
        pieces += [text[position:start], "" if flaw.kind == "trailing_comma" else " "]
        position = end
        repairs.append(Repair(flaw.line, f"left out {flaw.message.rstrip('.')}"))
    pieces.append(text[position:])
    try:
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        write_whole(target, "".join(pieces))
    except OSError as error:
        message = f"the repaired copy could not be written ({error.strerror or type(error).__name__})."
        raise unreadable(
            "not_writable", Address(target.name), message, "Give a new name in a folder of yours."
        ) from error
    return repairs


def _items(stream: TextIO, origin: Address, report: Report, items: str | None) -> Iterator[JsonItem]:
    wanted: tuple[str, ...] = tuple(items.split(".")) if items else ()
    try:
        events = iter(_PARSER.basic_parse(WholeCharacters(stream, origin, report), buf_size=1 << 16))
        builder = JsonBuilder(events, origin, report)
        root = ".".join(wanted)
        first = builder.descend(wanted)
        if first is None:
            raise _not_found(origin, root, builder.seen)
        if first[0] == "start_array":
            for index, event in enumerate(builder.until_end()):
                path = f"{root}[{index}]"
                yield JsonItem(builder.build(event, path), path, origin)
        else:
            yield JsonItem(builder.build(first, root), root, origin)
        for _ in events:  # the rest must be JSON too, or the file may have been cut off
            pass
    except _NOT_JSON as error:
        raise _explained(stream, origin, report) from error


_PARSER: Any = ijson.get_backend("python") if sys.version_info >= (3, 12) else ijson
"""The C backend of ijson 3.6 brings Python 3.12 down (a segmentation fault) on numbers with thousands of digits."""

_NOT_JSON = (ijson.JSONError, ArithmeticError, SystemError, ValueError)
"""What ijson raises: the last three for numbers with thousands of digits."""


def _lines(stream: TextIO, origin: Address, report: Report) -> Iterator[JsonItem]:
    number = 0
    while line := stream.readline(MAX_EXPLAINED):
        number += 1
        if not line.strip():
            continue
        path = f"line {number}"
        try:
            events = iter(_PARSER.basic_parse(io.BytesIO(whole_line(line, number, origin, report))))
            value = JsonBuilder(events, origin, report).build(next(events), path)
            for _ in events:
                pass
        except _NOT_JSON:
            flaw = next(flaws(line, first_line=number), None)
            report(_unexplained(origin.at(path)) if flaw is None else _problem(origin, flaw))
        else:
            yield JsonItem(value, path, origin)


def _explained(stream: TextIO, origin: Address, report: Report) -> UnreadableFile:
    """What is wrong with the file: the first flaw as an error to raise, the next ones reported."""
    stream.seek(0)
    text = stream.read(MAX_EXPLAINED + 1)
    if len(text) > MAX_EXPLAINED:
        return unreadable("bad_json", origin, "the file is not valid JSON.", "Make it again in the program it is from.")
    found = list(islice(flaws(text), _SHOWN_FLAWS))
    if not found:
        return UnreadableFile(_unexplained(origin))
    for flaw in found[1:]:
        report(_problem(origin, flaw))
    problem = _problem(origin, found[0])
    if all(flaw.fix for flaw in found):
        problem = replace(problem, remedy=f"{problem.remedy} Or let `journeys repair FILE COPY` write a repaired copy.")
    return UnreadableFile(problem)


def _problem(origin: Address, flaw: Flaw) -> Problem:
    return Problem(flaw.kind, origin.at(f"line {flaw.line}, column {flaw.column}"), flaw.message, flaw.remedy)


def _unexplained(address: Address) -> Problem:
    message = "a number has far too many digits, or is far too large."
    return Problem("bad_number", address, message, "Write identifiers in double quotes.")


def _not_found(origin: Address, wanted: str, seen: list[str]) -> UnreadableFile:
    names = ", ".join(seen[:20])
    remedy = f"The names found there are: {names}." if names else "Leave the path out to read the file's own list."
    return unreadable("no_such_list", origin, f"there is nothing called '{wanted}' in the file.", remedy)
