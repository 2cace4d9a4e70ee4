"""Read YAML files that people fill in: values as written, problems reported, as much as possible read."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from journeys.instruments.files.safety import ProblemLimiter, control_characters, reading, unreadable
from journeys.instruments.files.text_encoding import open_text
from journeys.model.phrases import counted, in_short
from journeys.model.problems import Address, Problem, Report, Severity
from journeys.model.yaml_escapes import joined_halves
from journeys.model.yaml_reader import CONTROLS, MAX_FILE, NULLS, YamlFlaw, YamlNode, YamlRefused, parse_yaml, scan_yaml

__all__ = ["YamlNode", "read_yaml"]

_MAYBE_NOTHING = re.compile(r"(?<![^\s\[{,:-])(?:~|[Nn]ull|NULL)(?![^\s\]},])")
_TYPOGRAPHIC = re.compile(
    r"[\u201c\u201d\u201e\u201f\u00ab\u2018\u2019\u201a](.+?)[\u201c\u201d\u201f\u00bb\u2018\u2019]"
)
_MAYBE_COMMENT = re.compile(r"^[^\S\n]*[^#\s][^\n]*?\s(#[^\n]*)$", re.MULTILINE)


def read_yaml(path: Path, *, name: str, report: Report) -> YamlNode:
    """Read a YAML file of at most MAX_FILE characters; ``name`` is its name for addresses.

    The flaws that ``parse_yaml`` finds are reported, up to a limit of each kind. Raises UnreadableFile for what it
    refuses, and for a file that says nothing.
    """
    with reading(name), open_text(path, name=name, report=report) as stream:
        text = stream.read(MAX_FILE + 1)
    sparing = ProblemLimiter(report, Address(name))
    try:
        root = parse_yaml(text, name, lambda flaw: sparing(_problem(flaw, name)))
    except YamlRefused as refused:
        raise refused.of_file(name) from refused
    finally:
        sparing.finish()
    if root is None:
        raise unreadable("empty_file", Address(name), "the file has no content.", "Fill it in, or delete it.")
    text = joined_halves(text)
    for line, words in _behind_values(text):
        message = f"What stands behind a space and # is not read: '{in_short(words)}'."
        remedy = "If it belongs to the answer, put the whole answer in quotation marks; else move it to its own line."
        sparing(Problem("ignored_text", Address(name, None, f"line {line}"), message, remedy, Severity.WARNING))
    sparing.finish()
    _report_nothings(text, name, report)
    _without_typographic_quotes(root, report)
    return root


def _problem(flaw: YamlFlaw, name: str) -> Problem:
    """A flaw as a problem; what was left out without harm is a warning, as in all other files."""
    found = flaw.problem(name)
    return control_characters(found.address) if flaw.kind == CONTROLS else found


def _without_typographic_quotes(root: YamlNode, report: Report) -> None:
    """Take the quotation marks away that a word processor put round names, which YAML reads as part of them."""
    found: list[tuple[YamlNode, str]] = []
    waiting, seen = [root], set[int]()
    while waiting:
        node = waiting.pop()
        if id(node.value) in seen:  # what several places refer to
            continue
        seen.add(id(node.value))
        if isinstance(node.value, dict):
            names = {name: match[1] for name in node.value if (match := _TYPOGRAPHIC.fullmatch(name))}
            held = dict(node.value)
            node.value.clear()
            for name, below in held.items():
                bare = names.get(name, name)
                kept = bare if bare not in held or name not in names else name
                node.value[kept] = below
                if kept != name:
                    found.append((below, name))
        waiting += node.value.values() if isinstance(node.value, dict) else node
    if found:
        below, name = min(found, key=lambda each: each[0].line)
        others = f" (and {counted(len(found) - 1, 'other name')} likewise)" if len(found) > 1 else ""
        message = f"The name {name} was read without its typographic quotation marks{others}."
        remedy = "Write names without quotation marks; turn off typographic quotation marks in the editor."
        report(Problem("typographic_quotes", below.address, message, remedy, Severity.WARNING))


def _report_nothings(text: str, name: str, report: Report) -> None:
    """Say once for a file that null and ~ are nothing in YAML: somebody may have meant the word."""
    if not _MAYBE_NOTHING.search(text):
        return
    written: list[tuple[str, int]] = []
    with contextlib.suppress(YamlRefused):  # a second document may be broken: it is not read, and that was reported
        for token in scan_yaml(text):
            if isinstance(token, yaml.ScalarToken) and token.plain and token.value in NULLS:
                written.append((token.value, token.start_mark.line + 1))
    if written:
        word, line = written[0]
        more = f" (and in {counted(len(written) - 1, 'other place')})" if len(written) > 1 else ""
        message = f"{word} here{more} was read as nothing, as if the place were empty."
        remedy = f'Leave the place empty; or write "{word}", in quotation marks, if the word is meant.'
        report(Problem("null_word", Address(name, None, f"line {line}"), message, remedy, Severity.WARNING))


def _behind_values(text: str) -> Iterator[tuple[int, str]]:
    """The comments that do not have a line of their own, each with its line: somebody may have meant the words."""
    if not _MAYBE_COMMENT.search(text):
        return
    lines = text.splitlines()
    ends: dict[int, int] = {}
    try:
        for token in scan_yaml(text):
            # The end of a text in lines of its own is where the next begins: a comment before that is none of its.
            ends[token.end_mark.line] = max(token.end_mark.column, ends.get(token.end_mark.line, 0))
            for line in range(token.start_mark.line, token.end_mark.line):
                ends[line] = len(lines[line])
    except (YamlRefused, IndexError):
        return  # what is wrong with it was reported
    for line, column in sorted(ends.items()):
        behind = lines[line][column:].strip() if line < len(lines) else ""
        if column and behind.startswith("#") and behind.strip("# "):
            yield line + 1, behind
