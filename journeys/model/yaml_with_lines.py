"""YAML with line numbers, so that a wrong schema file is refused with file and line."""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from journeys.model import yaml_escapes, yaml_loader, yaml_reader
from journeys.model.kept_beside import keep, read_kept
from journeys.model.problems import Address, JourneysError
from journeys.model.resources import is_shipped
from journeys.model.yaml_reader import CONTROLS, MAX_FILE, STANDARD_TAG, YamlFlaw, YamlNode, YamlRefused, parse_yaml

Location = tuple[str | int, ...]
DEEPEST_LINE = 30
"""Places that lie deeper than anything means have no line of their own: each would take a kilobyte."""


class BrokenSchema(JourneysError):
    """A schema file cannot be used; the message names the file, the line and what is wrong.

    ``kind`` is that of the ``YamlFlaw`` where the file is not YAML that can be read, else "".
    """

    def __init__(self, file: str, line: int | None, message: str, kind: str = "") -> None:
        super().__init__(f"{file}{f', line {line}' if line else ''}: {message}")
        self.address = Address(file, cell=f"line {line}" if line else None)
        self.what, self.kind = message, kind


@dataclass(frozen=True, slots=True)
class LinedYaml:
    """The content of a YAML file and, for each place in it, its first line (from 1)."""

    file: str
    content: Any
    lines: dict[Location, int] = field(repr=False)

    def line(self, location: Location) -> int | None:
        """The line of ``location``, or of the nearest place around it that the file has."""
        for length in range(len(location), -1, -1):
            if location[:length] in self.lines:
                return self.lines[location[:length]]
        return None

    def broken(self, location: Location, message: str) -> BrokenSchema:
        """The error that says what is wrong at ``location``."""
        return BrokenSchema(self.file, self.line(location), message)


def load_lined_yaml(path: Path, *, name: str | None = None, typed: bool = True) -> LinedYaml:
    """Read a YAML file in which every flaw is an error: schema, instruments, study.yaml, maps.

    ``name`` is how messages call the file; the file's own name when left out. Without ``typed`` all scalars are text as
    written (yes, 1, 2011-03-05), and only nothing, ``~`` and ``null`` are None.
    Raises BrokenSchema for a file that is missing, a pipe or not UTF-8, and as ``lined_yaml`` does.
    """
    name = name or path.name
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):  # a pipe would be waited for
            raise BrokenSchema(name, None, "this is a device or a pipe, not a file. Save the text in a file.")
        with path.open(encoding="utf-8-sig") as stream:
            text = stream.read(MAX_FILE + 1)
    except UnicodeDecodeError as error:
        raise BrokenSchema(name, None, "this is not UTF-8 text. Save it as UTF-8.") from error
    except OSError as error:
        raise BrokenSchema(name, None, f"cannot be read ({error.strerror or error.__class__.__name__}).") from error
    return _shipped_yaml(path, text, name, typed=typed) if is_shipped(path) else lined_yaml(text, name, typed=typed)


def _shipped_yaml(path: Path, text: str, name: str, *, typed: bool) -> LinedYaml:
    """A file that ships with the program: reading them all takes longer than what most commands do with them."""
    checksum = hashlib.sha256(f"{_reader()}\0{typed}\0{text}".encode()).hexdigest()
    kept = read_kept(path, checksum)
    if kept is not None:
        with contextlib.suppress(ValueError, EOFError, TypeError):
            return LinedYaml(name, *marshal.loads(kept))
    read = lined_yaml(text, name, typed=typed)
    with contextlib.suppress(ValueError):  # a date cannot be kept so
        keep(path, checksum, marshal.dumps((read.content, read.lines)))
    return read


@cache
def _reader() -> str:
    """What reads YAML, as it is now: these modules, PyYAML and Python."""
    with contextlib.suppress(OSError):
        modules = (__file__, yaml_reader.__file__, yaml_loader.__file__, yaml_escapes.__file__)
        changed = [Path(module).stat().st_mtime_ns for module in modules]
        return f"{changed} {yaml.__version__} {sys.version}"
    return f"{yaml.__version__} {sys.version}"


def lined_yaml(text: str, name: str, *, typed: bool = True) -> LinedYaml:
    """Read YAML that messages call ``name``: names are text, other scalars what YAML 1.1 takes them for.

    Raises BrokenSchema, with the line, for whatever ``parse_yaml`` reports or refuses (a repeated name, a tag, a second
    document, too much depth or too many aliases), and for an impossible date or number. Control characters that are
    written as escapes (``"\\x07"``) are left out.
    """

    def refuse(flaw: YamlFlaw) -> None:
        if flaw.kind != CONTROLS:
            raise YamlRefused(flaw)

    lines: dict[Location, int] = {}
    try:
        root = parse_yaml(text, name, refuse, merges=True)
        scalar = _scalar if typed else _as_written
        content = _content(root, (), root.line, lines, scalar) if root is not None else None
    except YamlRefused as refused:
        flaw = refused.flaw
        raise BrokenSchema(name, flaw.line, f"{flaw.message} {flaw.remedy}", flaw.kind) from refused
    return LinedYaml(name, content, lines)


def _content(
    node: YamlNode, location: Location, line: int, lines: dict[Location, int], scalar: Callable[[YamlNode], Any]
) -> Any:
    """What a node holds; ``lines`` gets the line of each place in it: of a name rather than its value."""
    if len(location) <= DEEPEST_LINE:
        lines[location] = line
    if isinstance(node.value, dict):
        return {
            name: _content(value, (*location, name), node.name_lines[name], lines, scalar)
            for name, value in node.value.items()
        }
    if isinstance(node.value, list):
        return [
            _content(value, (*location, index), value.line, lines, scalar) for index, value in enumerate(node.value)
        ]
    return scalar(node)


def _as_written(node: YamlNode) -> Any:
    return node.value


_RESOLVER: Any = yaml.resolver.Resolver()
_CONSTRUCTOR = yaml.constructor.SafeConstructor()
_CONSTRUCTED = frozenset({"null", "bool", "int", "float", "timestamp"})


def _scalar(node: YamlNode) -> Any:
    written = node.value
    if not isinstance(written, str):
        return None
    if node.tag is not None:
        tag = node.tag
    else:
        tag = _RESOLVER.resolve(yaml.ScalarNode, written, (True, False)) if node.plain else f"{STANDARD_TAG}str"
    kind = tag.removeprefix(STANDARD_TAG)
    if kind not in _CONSTRUCTED:
        return written
    try:
        return _CONSTRUCTOR.yaml_constructors[tag](_CONSTRUCTOR, yaml.ScalarNode(tag, written))
    except (ValueError, OverflowError, KeyError, AttributeError) as error:
        what = {"timestamp": "a date", "bool": "yes or no"}.get(kind, "a number")
        remedy = "Put it in quotation marks if it is a text."
        raise YamlRefused(YamlFlaw("bad_value", node.line, f"{_shortened(written)} is not {what}.", remedy)) from error


def _shortened(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:39]}…")
