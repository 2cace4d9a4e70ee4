"""Build JSON values from parser events, with a limit of depth and the path of each value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from math import isinf
from typing import Any

import ijson

from journeys.instruments.files.safety import MAX_TEXT, control_characters, unreadable
from journeys.model.characters import CONTROL_CHARACTERS
from journeys.model.problems import Address, Problem, Report, Severity

MAX_DEPTH = 100
MAX_ITEM = 120_000_000
"""Most bytes of memory that one item may take, by estimate."""
_VALUE = 60

Step = str | int
Event = tuple[str, Any]

_STARTS = frozenset({"start_map", "start_array"})
_ENDS = frozenset({"end_map", "end_array"})


def json_path(root: str, *steps: Step) -> str:
    """``root`` followed by names and positions: "[3].hearings[0].motion"."""
    path = root
    for step in steps:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else step
    return path


class JsonBuilder:
    """Builds values out of the events of ``ijson.basic_parse`` with its own stack.

    ``seen`` are the names met in the object in which ``descend`` last looked.
    """

    def __init__(self, events: Iterator[Event], origin: Address, report: Report) -> None:
        self._events = events
        self._origin = origin
        self._report = report
        self.seen: list[str] = []

    def descend(self, names: Iterable[str]) -> Event | None:
        """Go down to what stands under ``names``: the first event of it, or None when it is not there."""
        event = next(self._events)
        for name in names:
            self.seen = []
            if event[0] != "start_map" or not self._find(name):
                return None
            event = next(self._events)
        return event

    def until_end(self) -> Iterator[Event]:
        """The first event of each item of the list just begun; build the item before asking for the next."""
        for event in self._events:
            if event[0] == "end_array":
                return
            yield event

    def build(self, event: Event, path: str) -> Any:
        """The value that begins with ``event`` and stands at ``path``. Raises UnreadableFile when it is too deep."""
        if event[0] not in _STARTS:
            return self._scalar(event[1], path, [])
        root = _new(event[0])
        opened = [root]
        names = [""]
        steps: list[Step] = []
        memory = 0
        for kind, value in self._events:
            memory += _VALUE + (len(value) if type(value) is str else 0)
            if memory > MAX_ITEM:
                message = f"this item holds more than is read at once ({MAX_ITEM // 1_000_000} MB in memory)."
                remedy = "Name the list whose items are wanted (`items` in the map), or split the file."
                raise unreadable("too_large", self._origin.at(path) if path else self._origin, message, remedy)
            container = opened[-1]
            if kind == "map_key":
                names[-1] = self._clean(value, path, steps)
                if names[-1] in container:
                    self._repeated(json_path(path, *steps, names[-1]))
            elif kind in _ENDS:
                opened.pop()
                names.pop()
                if not opened:
                    return root
                steps.pop()
            else:
                steps.append(len(container) if isinstance(container, list) else names[-1])
                child = _new(kind) if kind in _STARTS else self._scalar(value, path, steps)
                if isinstance(container, list):
                    container.append(child)
                else:
                    container[names[-1]] = child
                if kind in _STARTS:
                    self._check_depth(len(opened), path)
                    opened.append(child)
                    names.append("")
                else:
                    steps.pop()
        raise ijson.IncompleteJSONError("no end")

    def _find(self, name: str) -> bool:
        for kind, key in self._events:
            if kind == "end_map":
                break
            self.seen.append(key)
            if key == name:
                return True
            depth = 0
            for kind, _ in self._events:
                depth += (kind in _STARTS) - (kind in _ENDS)
                if depth == 0:
                    break
        return False

    def _scalar(self, value: Any, path: str, steps: list[Step]) -> Any:
        if isinstance(value, str):
            return self._clean(value, path, steps)
        if isinstance(value, Decimal):
            number = float(value)
            if isinf(number):
                message = "a number is too large to be read."
                address = self._origin.at(json_path(path, *steps))
                self._report(Problem("bad_number", address, message, "Put it in double quotes."))
                return None
            # 6.10 is another code, page or section than 6.1; a number that a program wrote has no such zero.
            zero_at_end = value.as_tuple().digits[-1:] == (0,) and value != value.to_integral_value()
            return f"{value:f}" if zero_at_end else number
        return value

    def _clean(self, value: str, path: str, steps: list[Step]) -> str:
        if len(value) > MAX_TEXT:
            message = f"a text has {len(value):,} characters; more than {MAX_TEXT:,} are not read."
            remedy = "Shorten it, or keep the long text in a file of its own."
            self._report(Problem("too_long", self._origin.at(json_path(path, *steps)), message, remedy))
            return ""
        if CONTROL_CHARACTERS.search(value):
            self._report(control_characters(self._origin.at(json_path(path, *steps))))
            return CONTROL_CHARACTERS.sub("", value)
        return value

    def _repeated(self, path: str) -> None:
        message = "a name is given twice in one object; the last of its values was read."
        remedy = "Delete or rename one of the two."
        self._report(Problem("repeated_name", self._origin.at(path), message, remedy, Severity.WARNING))

    def _check_depth(self, depth: int, path: str) -> None:
        if depth >= MAX_DEPTH:
            message = f"lists and objects are nested more than {MAX_DEPTH} deep."
            raise unreadable("unsafe_file", self._origin.at(path), message, "Write it more simply.")


def _new(kind: str) -> Any:
    return {} if kind == "start_map" else []
