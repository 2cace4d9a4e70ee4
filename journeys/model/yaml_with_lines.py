"""YAML that remembers its lines, so that a broken schema is refused with file and line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from journeys.model.problems import Address, JourneysError

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Location = tuple[str | int, ...]


class BrokenSchema(JourneysError):
    """A schema file cannot be used; the message names the file, the line and what is wrong."""

    def __init__(self, file: str, line: int | None, message: str) -> None:
        super().__init__(f"{file}{f', line {line}' if line else ''}: {message}")
        self.address = Address(file, cell=f"line {line}" if line else None)
        self.what = message


@dataclass(frozen=True, slots=True)
class LinedYaml:
    """A YAML file's content and, for each place in it, the line (from 1) it begins on."""

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


def load_lined_yaml(path: Path, *, name: str | None = None) -> LinedYaml:
    """Read one of the schema's YAML files.

    ``name`` is how messages call the file; the file's own name when left out.
    Raises BrokenSchema for a file that is missing, is no YAML, or says the same key twice.
    """
    name = name or path.name
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenSchema(name, None, f"cannot be read ({error}).") from error
    return lined_yaml(text, name)


def lined_yaml(text: str, name: str) -> LinedYaml:
    """Read YAML that messages call ``name``. Raises BrokenSchema for what is no YAML, or says the same key twice."""
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
        lines: dict[Location, int] = {}
        if root is not None:
            for location, node, repeated in _walk(root, ()):
                if repeated:
                    raise BrokenSchema(name, node.start_mark.line + 1, f"'{location[-1]}' is said twice.")
                lines[location] = node.start_mark.line + 1
        content = loader.construct_document(root) if root is not None else None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "it is not valid YAML"
        raise BrokenSchema(name, mark.line + 1 if mark else None, f"{what}.") from error
    finally:
        loader.dispose()
    return LinedYaml(name, content, lines)


def _walk(node: Any, location: Location) -> Iterator[tuple[Location, Any, bool]]:
    """Each place of the document, with the node to point at (a mapping's key rather than its value)."""
    if not location:
        yield location, node, False
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            here = (*location, str(key.value))
            yield here, key, str(key.value) in seen
            seen.add(str(key.value))
            yield from _walk(value, here)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield (*location, index), value, False
            yield from _walk(value, (*location, index))
