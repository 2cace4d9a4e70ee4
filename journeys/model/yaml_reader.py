"""The reader of all YAML: every scalar as written, every node with its line, without hidden expansion.

Forms and registers are read with it as they are (``journeys.instruments.files.yamlfile``); the schema, instruments,
study.yaml, maps and query headers with types, refusing every flaw (``journeys.model.yaml_with_lines``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import yaml

from journeys.model.characters import CONTROL_CHARACTERS
from journeys.model.problems import Address, Problem, UnreadableFile
from journeys.model.yaml_escapes import joined_halves
from journeys.model.yaml_loader import Loader

MAX_FILE = 5_000_000
"""The most bytes of a file, as UTF-8."""
MAX_DEPTH = 100
MAX_NODES = 250_000
"""The most nodes in a document, counted with every alias expanded: each takes up to 700 bytes in all."""
MAX_PATH = 120
"""The most characters that are kept of a node's path: names may be long, and lie in each other."""

CONTROLS = "control_characters"
"""The kind of the flaw that a text holds some: they are left out."""

NULLS = frozenset({"~", "null", "Null", "NULL"})
"""Words that mean nothing in YAML."""
_NOTHING = NULLS | {""}
STANDARD_TAG = "tag:yaml.org,2002:"
_PLAIN_TAGS = frozenset({"str", "null", "int", "float", "bool", "timestamp", "map", "seq"})
_QUOTE_IT = "Put the whole text in quotation marks."
_QUOTE_OR_INDENT = "Put the whole text in quotation marks; or, if it is a name and a value, check the indentation."
_TEXT_AFTER_BAR = "there is text behind the sign | or >."
_NO_LINE_OF_THE_LIST = ("expected key", "expected <block end>", "expected '-' indicator")
_NO_CHARACTER = (r"\u or \U in double quotes stands for no character.", "Write the character itself.")
_IN_PLAIN_WORDS = (
    ("mapping values are not allowed", "a text contains a colon followed by a space.", _QUOTE_OR_INDENT),
    ("cannot start any token", "a text begins with a tab, or with one of the signs @ ` %.", _QUOTE_IT),
    ("found unexpected end of stream", "a quotation mark is never closed.", "Close it."),
    (
        "expected ',' or",
        "a list or mapping in brackets is never closed, or lacks a comma.",
        "Complete it.",
    ),
    (
        "did not find expected '-' indicator",
        "the line does not belong to the lines above it.",
        "Check the indentation.",
    ),
    ("did not find expected key", "the line does not belong to the lines above it.", "Check the indentation."),
    ("expected <block end>", "the line does not belong to the lines above it.", "Check the indentation."),
    ("could not find expected ':'", "a name has no colon after it.", "Write it as 'name: value'."),
    (
        "half a character",
        r"half a character is written (\ud800 to \udfff), and the other half is missing.",
        "Write the character itself.",
    ),
    ("escape code", *_NO_CHARACTER),
    ("decimal number", r"\x, \u or \U in double quotes has too few digits.", "Write the character itself."),
    ("unknown escape character", "a backslash is inside double quotes.", "Use single quotes around the text."),
    ("control characters", "there is an invisible control character.", "Type the text again."),
    ("special characters", "there is an invisible control character.", "Type the text again."),
    ("sequence entries are not allowed", "a list begins on the line of its name.", "Begin it on the next line."),
    ("node content", "something is missing before a comma or bracket, or a bracket is never closed.", "Complete it."),
    ("comment or line break", _TEXT_AFTER_BAR, "Begin the text on the next line."),
    ("chomping or indentation", _TEXT_AFTER_BAR, "Begin the text on the next line."),
    ("alphabetic or numeric character", "a text begins with one of the signs & *.", _QUOTE_IT),
    ("directive", "a line begins with the sign %.", _QUOTE_IT),
    ("document start", "the line does not belong to the lines above it.", "Check the indentation."),
)

_TOO_DEEP = f"lists and mappings are nested more than {MAX_DEPTH} deep."
_UNSAFE = "Write it more simply, or split the file."
_KEEP_TABLES = "Split the file, or keep tables in CSV or Excel files instead."
_NO_NAMES: Mapping[str, int] = MappingProxyType({})

Content = str | None | list["YamlNode"] | dict[str, "YamlNode"]


@dataclass(frozen=True, slots=True, eq=False)
class YamlNode:
    """A scalar, list or mapping of a YAML file.

    ``value`` is a string as written (dates, numbers, yes and no too), None for nothing, ``~`` or ``null``, a list of
    nodes, or a dict of names to nodes. ``line`` is where it begins, from 1; ``path`` its place ("people[2].role");
    ``name_lines`` are the lines of a mapping's names. ``plain``: a scalar without quotation marks, so that it may be
    meant as a number or a date; ``tag`` is the type written before it (``!!int``).
    """

    value: Content
    line: int
    path: str
    file: str
    plain: bool = False
    tag: str | None = None
    name_lines: Mapping[str, int] = field(default_factory=lambda: _NO_NAMES, repr=False)

    @property
    def address(self) -> Address:
        """File and line, with the path when it has one: "line 12 (people[2].role)"."""
        return Address(self.file, None, f"line {self.line} ({self.path})" if self.path else f"line {self.line}")

    def get(self, name: str) -> YamlNode | None:
        """What a mapping has under ``name``; None when it has nothing there, or is no mapping."""
        return self.value.get(name) if isinstance(self.value, dict) else None

    def items(self) -> Iterator[tuple[str, YamlNode]]:
        """The names and nodes of a mapping; none for anything else."""
        return iter(self.value.items() if isinstance(self.value, dict) else ())

    def __iter__(self) -> Iterator[YamlNode]:
        """The nodes of a list; none for anything else."""
        return iter(self.value if isinstance(self.value, list) else ())


@dataclass(frozen=True, slots=True)
class YamlFlaw:
    """A flaw on a line; ``kind`` and ``remedy`` as in ``Problem``."""

    kind: str
    line: int | None
    message: str
    remedy: str

    def problem(self, file: str) -> Problem:
        """The flaw as a problem of the file."""
        address = Address(file, None, f"line {self.line}" if self.line else None)
        return Problem(self.kind, address, self.message, self.remedy)


class YamlRefused(Exception):
    """The text cannot be read; ``flaw`` says why and where."""

    def __init__(self, flaw: YamlFlaw) -> None:
        super().__init__(flaw.message)
        self.flaw = flaw

    def of_file(self, file: str) -> UnreadableFile:
        """The error for the file with this text."""
        return UnreadableFile(self.flaw.problem(file))


def parse_yaml(text: str, file: str, on_flaw: Callable[[YamlFlaw], None], *, merges: bool = False) -> YamlNode | None:
    """Return the tree of a YAML text, which addresses call ``file``; None for an empty document.

    ``on_flaw`` is called for a name that a mapping has twice (the first is kept), a tag such as ``!!python/...`` (its
    value is read as text), control characters (they are left out) and a second document; it may raise. Raises
    YamlRefused for text that is not YAML, is longer than MAX_FILE, nests too deeply or has too many aliases. With
    ``merges`` a mapping may take over the names of another (``<<: *name``) that it does not have itself; else that is a
    flaw too.
    """
    # Letters beyond ASCII take more memory than others, and more of the file.
    if len(text) > MAX_FILE or (not text.isascii() and len(text.encode("utf-8", "surrogatepass")) > MAX_FILE):
        message = f"the file is longer than {MAX_FILE // 1_000_000} MB."
        raise YamlRefused(YamlFlaw("too_large", None, message, "Keep tables in CSV or Excel files instead."))
    try:
        return _Builder(file, on_flaw, merges).build(joined_halves(text))
    except yaml.YAMLError as error:
        raise YamlRefused(_in_plain_words(error, text)) from error
    except (OverflowError, ValueError) as error:  # PyYAML's own parser takes any number for a character: "\\Uffffffff"
        raise YamlRefused(YamlFlaw("bad_yaml", None, *_NO_CHARACTER)) from error


def scan_yaml(text: str) -> Iterator[Any]:
    """The tokens of a YAML text, each with its ``start_mark`` and ``end_mark``. Raises YamlRefused, as ``parse_yaml``
    does, for text that is not YAML; it does not join the halves of emoji."""
    try:
        yield from yaml.scan(text, Loader=Loader)
    except yaml.YAMLError as error:
        raise YamlRefused(_in_plain_words(error, text)) from error


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet, and the name the next value of a mapping goes under."""

    node: YamlNode
    anchor: str | None
    nodes_before: int
    bytes_before: int
    names: dict[str, int]
    name: YamlNode | None = None
    merged: list[YamlNode] = field(default_factory=list)


class _Builder:
    """Builds the tree from parser events, with its own stack, so that neither depth nor aliases exhaust memory."""

    def __init__(self, file: str, on_flaw: Callable[[YamlFlaw], None], merges: bool) -> None:
        self._file = file
        self._on_flaw = on_flaw
        self._merges = merges
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[YamlNode, int, int]] = {}
        self._nodes = self._bytes = 0
        self._refers = False
        self._root: YamlNode | None = None

    def build(self, text: str) -> YamlNode | None:
        documents = 0
        event: Any
        for event in yaml.parse(text, Loader=Loader):
            line = event.start_mark.line + 1
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    message = "a second document begins here (---); only the first is read."
                    self._on_flaw(YamlFlaw("second_document", line, message, "Put it in a file of its own."))
                    break
            elif isinstance(event, yaml.ScalarEvent):
                # The sign ! means text, and the two parsers differ on whether what follows is plain.
                plain = event.implicit[0] and event.tag != "!"
                value = self._without_controls(event.value, line)
                nothing = value in _NOTHING if plain else not value and event.tag == "!"
                self._place(None if nothing else value, line, event, plain=plain)
            elif isinstance(event, yaml.AliasEvent):
                self._alias(str(event.anchor), line)
            elif isinstance(event, yaml.SequenceStartEvent):
                self._place([], line, event)
            elif isinstance(event, yaml.MappingStartEvent):
                self._place({}, line, event)
            elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
                self._close()
        return self._root if self._root is not None and self._root.value is not None else None

    def _without_controls(self, value: str, line: int) -> str:
        """A scalar without control characters, which stand in it as escapes: ``"\\x07"``."""
        if value.isprintable() or not CONTROL_CHARACTERS.search(value):
            return value
        self._on_flaw(YamlFlaw(CONTROLS, line, "there is an invisible control character.", "Type the text again."))
        return CONTROL_CHARACTERS.sub("", value)

    def _place(self, value: Content, line: int, event: Any, *, plain: bool = False) -> None:
        """Put a new node where it belongs; a list or mapping stays open."""
        self._check_tag(event.tag, line)
        size = _size(value) if isinstance(value, str) else 0
        self._count(1, size, line)
        names: dict[str, int] = {}
        lines = names if isinstance(value, dict) else _NO_NAMES
        node = YamlNode(value, line, self._path(), self._file, plain, event.tag, lines)
        self._add(node)
        if isinstance(value, (list, dict)):
            if len(self._open) == MAX_DEPTH:
                raise YamlRefused(YamlFlaw("unsafe_file", line, _TOO_DEEP, _UNSAFE))
            self._open.append(_Open(node, event.anchor, self._nodes - 1, self._bytes, names))
        elif event.anchor is not None:
            self._anchors[event.anchor] = (node, 1, size)

    def _close(self) -> None:
        closed = self._open.pop()
        for each in closed.merged:
            self._merge(closed, each)
        if closed.anchor is not None:
            nodes, size = self._nodes - closed.nodes_before, self._bytes - closed.bytes_before
            self._anchors[closed.anchor] = (closed.node, nodes, size)

    def _merge(self, into: _Open, source: YamlNode) -> None:
        """Take over what a mapping, or each of a list of them, has under names that are not there yet."""
        held = into.node.value
        parts = list(source) if isinstance(source.value, list) else [source]
        for part in parts:
            if not isinstance(part.value, dict) or not isinstance(held, dict):
                flaw = YamlFlaw(
                    "merge_key", source.line, "what '<<' takes over is not a mapping.", "Write the lines out."
                )
                self._on_flaw(flaw)
                continue
            self._count(len(part.value), 0, source.line)
            for name, node in part.items():
                if name not in held:
                    held[name], into.names[name] = node, part.name_lines[name]

    def _alias(self, anchor: str, line: int) -> None:
        if anchor not in self._anchors:
            message = f"*{anchor} refers to nothing above it."
            remedy = "Write the text out, or put it in quotation marks."
            raise YamlRefused(YamlFlaw("bad_yaml", line, message, remedy))
        node, nodes, size = self._anchors[anchor]
        self._refers = True
        self._count(nodes, size, line)
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
            message = "there is a list or mapping where a name should be."
            self._on_flaw(YamlFlaw("bad_name", name.line, message, "Write a plain name before the colon."))
        elif name.value == "<<" and name.plain and self._merges:
            parent.merged.append(node)
        elif name.value == "<<" and name.plain:
            message = "'<<' (take over another mapping) is not supported."
            self._on_flaw(YamlFlaw("merge_key", name.line, message, "Write the lines out."))
        elif (name.value or "") in parent.node.value:
            first = parent.names[name.value or ""]
            message = f"'{name.value or ''}' is given twice; the first is on line {first}."
            self._on_flaw(YamlFlaw("repeated_name", name.line, message, "Delete or rename one of the two."))
        else:
            parent.names[name.value or ""] = name.line
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
        return path if len(path) <= MAX_PATH else f"\u2026{path[1 - MAX_PATH :]}"

    def _check_tag(self, tag: str | None, line: int) -> None:
        if tag is not None and tag != "!" and tag.removeprefix(STANDARD_TAG) not in _PLAIN_TAGS:
            shown = tag.replace(STANDARD_TAG, "!!")
            message = f"the tag {shown} is not allowed."
            self._on_flaw(YamlFlaw("tag", line, message, "Delete it, or put the text in quotation marks."))

    def _count(self, nodes: int, size: int, line: int) -> None:
        self._nodes += nodes
        self._bytes += size
        where = "with its references (*name) written out the file" if self._refers else "the file"
        if self._nodes > MAX_NODES:
            message = f"{where} has over {MAX_NODES:,} entries."
            raise YamlRefused(YamlFlaw("unsafe_file", line, message, _UNSAFE if self._refers else _KEEP_TABLES))
        if self._bytes > MAX_FILE:
            message = f"{where} holds over {MAX_FILE // 1_000_000} MB of text."
            raise YamlRefused(YamlFlaw("unsafe_file", line, message, "Write long texts once, or split the file."))


def _size(text: str) -> int:
    """The bytes of a text in a file."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def _in_plain_words(error: yaml.YAMLError, text: str) -> YamlFlaw:
    """Describe a syntax error, its line and its remedy in plain words."""
    lines = text.splitlines()
    said = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "it is not valid YAML")
    mark, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    if context and (mark is None or mark.line >= len(lines) or "end of stream" in said):
        mark = context  # where the quotation mark or bracket opened, rather than the end of the file
    position = getattr(error, "position", None)
    line = mark.line + 1 if mark else text.count("\n", 0, position) + 1 if isinstance(position, int) else None
    written = lines[line - 1] if line and line <= len(lines) else ""
    if written[: len(written) - len(written.lstrip())].count("\t"):
        return YamlFlaw("bad_yaml", line, "the line is indented with a tab.", "Use spaces instead.")
    if "nesting depth" in said:  # PyYAML 6.0.4 and later stop before we do
        return YamlFlaw("unsafe_file", line, _TOO_DEEP, _UNSAFE)
    if mark and mark.column > len(written) - len(written.lstrip()) and any(p in said for p in _NO_LINE_OF_THE_LIST):
        message = "there is text behind a closing quotation mark or bracket."
        remedy = "Put the whole text in single quotation marks, and write those within it twice."
        return YamlFlaw("bad_yaml", line, message, remedy)
    for part, message, remedy in _IN_PLAIN_WORDS:
        if part in said:
            return YamlFlaw("bad_yaml", line, message, remedy)
    tag = "tag" in str(getattr(error, "context", ""))
    message = "a text begins with the sign ! or is not complete." if tag else "this is not valid YAML."
    return YamlFlaw("bad_yaml", line, message, "Check the indentation and the quotation marks near this line.")
