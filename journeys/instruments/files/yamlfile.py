"""YAML as written: every scalar a string, every node with its line. Nothing is built that the text does not show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from journeys.instruments.files.cells import Cell
from journeys.instruments.files.safety import Sparing, reading, unreadable
from journeys.instruments.files.text_encoding import open_text
from journeys.model.problems import Address, Problem, Report, UnreadableFile

MAX_FILE = 10_000_000
MAX_DEPTH = 100
MAX_NODES = 500_000
"""Nodes of the document with every alias written out: what a program that walks through it will meet."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_STANDARD_TAG = "tag:yaml.org,2002:"
_PLAIN_TAGS = frozenset({"str", "null", "int", "float", "bool", "timestamp", "map", "seq"})
_QUOTE_IT = "Put the whole text in quotation marks."
_QUOTE_OR_INDENT = "Put the whole text in quotation marks; or, if it is a name and a value, check the indentation."
_IN_PLAIN_WORDS = (
    ("mapping values are not allowed", "a colon followed by a space stands inside a text.", _QUOTE_OR_INDENT),
    ("cannot start any token", "a text begins with a tab, or with one of the signs @ ` %.", _QUOTE_IT),
    ("found unexpected end of stream", "a quotation mark is never closed.", "Close it."),
    (
        "did not find expected ',' or",
        "a list or mapping in brackets is never closed, or lacks a comma.",
        "Complete it.",
    ),
    ("did not find expected '-' indicator", "the line does not belong to the list above it.", "Check the indentation."),
    ("did not find expected key", "the line does not belong to what stands above it.", "Check the indentation."),
    ("could not find expected ':'", "a name has no colon after it.", "Write it as 'name: value'."),
    ("unknown escape character", "a backslash stands inside double quotes.", "Use single quotes around the text."),
    ("control characters", "there is an invisible control character.", "Type the text again."),
    ("sequence entries are not allowed", "a list begins on the line of its name.", "Begin it on the next line."),
)

_TOO_DEEP = f"lists and mappings are nested more than {MAX_DEPTH} deep."
_UNSAFE = "Write it more simply, or split the file."

Content = str | None | list["YamlNode"] | dict[str, "YamlNode"]


@dataclass(frozen=True, slots=True, eq=False)
class YamlNode:
    """A scalar, list or mapping of a YAML file.

    ``value`` is a string as written (dates, numbers, yes and no too), None for nothing, ``~`` or ``null``, a list of
    nodes, or a dict of names to nodes. ``line`` is where it begins, from 1; ``path`` its place ("people[2].role").
    """

    value: Content
    line: int
    path: str
    file: str

    @property
    def address(self) -> Address:
        """File and line, with the path when it has one: "line 12 (people[2].role)"."""
        return Address(self.file, None, f"line {self.line} ({self.path})" if self.path else f"line {self.line}")

    @property
    def cell(self) -> Cell:
        """A scalar as a cell; a list or mapping as an empty one."""
        return Cell(self.value if isinstance(self.value, str) else None, self.address)

    def get(self, name: str) -> YamlNode | None:
        """What a mapping has under ``name``; None when it has nothing there, or is no mapping."""
        return self.value.get(name) if isinstance(self.value, dict) else None

    def items(self) -> Iterator[tuple[str, YamlNode]]:
        """The names and nodes of a mapping; none for anything else."""
        return iter(self.value.items() if isinstance(self.value, dict) else ())

    def __iter__(self) -> Iterator[YamlNode]:
        """The nodes of a list; none for anything else."""
        return iter(self.value if isinstance(self.value, list) else ())


def read_yaml(path: Path, *, name: str, report: Report) -> YamlNode:
    """Read a YAML file of at most MAX_FILE bytes; ``name`` is its name for addresses.

    Reported: a name that a mapping says twice (the first is kept), a tag such as ``!!python/...`` (its text is read as
    text), a second document. Raises UnreadableFile for what is no YAML, nests too deeply or repeats itself too much.
    """
    with reading(name), open_text(path, name=name, report=report) as stream:
        text = stream.read(MAX_FILE + 1)
    if len(text) > MAX_FILE:
        message = f"the file is longer than {MAX_FILE // 1_000_000} million characters."
        raise unreadable("too_large", Address(name), message, "Keep tables in CSV or Excel files instead.")
    sparing = Sparing(report, Address(name))
    try:
        return _Builder(name, sparing).build(text)
    except yaml.YAMLError as error:
        raise _in_plain_words(error, name, text) from error
    finally:
        sparing.finish()


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet, and the name the next value of a mapping goes under."""

    node: YamlNode
    anchor: str | None
    nodes_before: int
    name: YamlNode | None = None


class _Builder:
    """Builds the tree out of parser events, with its own stack, so that neither depth nor aliases can exhaust us."""

    def __init__(self, file: str, report: Report) -> None:
        self._file = file
        self._report = report
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[YamlNode, int]] = {}
        self._nodes = 0
        self._root: YamlNode | None = None

    def build(self, text: str) -> YamlNode:
        documents = 0
        event: Any
        for event in yaml.parse(text, Loader=_LOADER):
            line = event.start_mark.line + 1
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    message = "a second document begins here (---); only the first was read."
                    self._report(Problem("second_document", self._at(line), message, "Put it in a file of its own."))
                    break
            elif isinstance(event, yaml.ScalarEvent):
                nothing = event.implicit[0] and event.value in _NOTHING
                self._place(None if nothing else event.value, line, event)
            elif isinstance(event, yaml.AliasEvent):
                self._alias(str(event.anchor), line)
            elif isinstance(event, yaml.SequenceStartEvent):
                self._place([], line, event)
            elif isinstance(event, yaml.MappingStartEvent):
                self._place({}, line, event)
            elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
                self._close()
        if self._root is None or self._root.value is None:
            raise unreadable("empty_file", Address(self._file), "the file says nothing.", "Fill it in, or delete it.")
        return self._root

    def _place(self, value: Content, line: int, event: Any) -> None:
        """Put a new node where it belongs; a list or mapping stays open."""
        self._check_tag(event.tag, line)
        self._count(1, line)
        node = YamlNode(value, line, self._path(), self._file)
        self._add(node)
        if isinstance(value, (list, dict)):
            if len(self._open) == MAX_DEPTH:
                raise self._unsafe(line, _TOO_DEEP)
            self._open.append(_Open(node, event.anchor, self._nodes - 1))
        elif event.anchor is not None:
            self._anchors[event.anchor] = (node, 1)

    def _close(self) -> None:
        closed = self._open.pop()
        if closed.anchor is not None:
            self._anchors[closed.anchor] = (closed.node, self._nodes - closed.nodes_before)

    def _alias(self, anchor: str, line: int) -> None:
        if anchor not in self._anchors:
            message = f"*{anchor} refers to nothing that stands above it."
            raise unreadable("bad_yaml", self._at(line), message, "Write the text out, or put it in quotation marks.")
        node, size = self._anchors[anchor]
        self._count(size, line)
        self._add(node)

    def _add(self, node: YamlNode) -> None:
        if not self._open:
            self._root = self._root or node
            return
        parent = self._open[-1]
        if isinstance(parent.node.value, list):
            parent.node.value.append(node)
        elif parent.name is None:
            parent.name = node
        else:
            self._add_named(parent, parent.name, node)
            parent.name = None

    def _add_named(self, parent: _Open, name: YamlNode, node: YamlNode) -> None:
        assert isinstance(parent.node.value, dict)
        if isinstance(name.value, (list, dict)):
            message = "a list or mapping stands where a name should."
            self._report(Problem("bad_name", self._at(name.line), message, "Write a plain name before the colon."))
        elif name.value == "<<":
            message = "'<<' (take over another mapping) is not supported."
            self._report(Problem("merge_key", self._at(name.line), message, "Write the lines out."))
        elif (name.value or "") in parent.node.value:
            first = parent.node.value[name.value or ""].line
            message = f"'{name.value or ''}' is said twice; only what stands on line {first} was read."
            self._report(Problem("repeated_name", self._at(name.line), message, "Delete or rename one of the two."))
        else:
            parent.node.value[name.value or ""] = node

    def _path(self) -> str:
        path = ""
        if self._open:
            parent = self._open[-1]
            if isinstance(parent.node.value, list):
                path = f"{parent.node.path}[{len(parent.node.value)}]"
            elif parent.name is not None and isinstance(parent.name.value, str):
                path = f"{parent.node.path}.{parent.name.value}".lstrip(".")
            else:
                path = parent.node.path
        return path

    def _check_tag(self, tag: str | None, line: int) -> None:
        if tag is not None and tag != "!" and tag.removeprefix(_STANDARD_TAG) not in _PLAIN_TAGS:
            shown = tag.replace(_STANDARD_TAG, "!!")
            message = f"the tag {shown} is not allowed; what follows was read as text."
            self._report(Problem("tag", self._at(line), message, "Delete it, or put the text in quotation marks."))

    def _count(self, nodes: int, line: int) -> None:
        self._nodes += nodes
        if self._nodes > MAX_NODES:
            raise self._unsafe(
                line, f"with its references (*name) written out the file has over {MAX_NODES:,} entries."
            )

    def _unsafe(self, line: int, message: str) -> UnreadableFile:
        return unreadable("unsafe_file", self._at(line), message, _UNSAFE)

    def _at(self, line: int) -> Address:
        return Address(self._file, None, f"line {line}")


def _in_plain_words(error: yaml.YAMLError, name: str, text: str) -> UnreadableFile:
    """What a person can do about a syntax error, at the line where it shows."""
    lines = text.splitlines()
    said = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "it is not valid YAML")
    mark, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    if context and (mark is None or mark.line >= len(lines) or "end of stream" in said):
        mark = context  # where the quotation mark or bracket opened, rather than the end of the file
    position = getattr(error, "position", None)
    line = mark.line + 1 if mark else text.count("\n", 0, position) + 1 if isinstance(position, int) else None
    address = Address(name, None, f"line {line}" if line else None)
    written = lines[line - 1] if line and line <= len(lines) else ""
    if written[: len(written) - len(written.lstrip())].count("\t"):
        return unreadable("bad_yaml", address, "the line is indented with a tab.", "Use spaces instead.")
    if "nesting depth" in said:  # PyYAML 6.0.4 and later stop before we do
        return unreadable("unsafe_file", address, _TOO_DEEP, _UNSAFE)
    for part, message, remedy in _IN_PLAIN_WORDS:
        if part in said:
            return unreadable("bad_yaml", address, message, remedy)
    return unreadable("bad_yaml", address, f"{said}.", "Check the indentation and the quotation marks near this line.")
