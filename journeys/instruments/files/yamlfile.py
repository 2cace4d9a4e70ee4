"""Read YAML files that people fill in: values as written, problems reported, as much as possible read."""

from __future__ import annotations

from pathlib import Path

from journeys.instruments.files.safety import ProblemLimiter, reading, unreadable
from journeys.instruments.files.text_encoding import open_text
from journeys.model.problems import Address, Report
from journeys.model.yaml_reader import MAX_FILE, YamlNode, YamlRefused, parse_yaml

__all__ = ["YamlNode", "read_yaml"]


def read_yaml(path: Path, *, name: str, report: Report) -> YamlNode:
    """Read a YAML file of at most MAX_FILE characters; ``name`` is its name for addresses.

    The flaws that ``parse_yaml`` finds are reported, up to a limit of each kind. Raises UnreadableFile for what it
    refuses, and for a file that says nothing.
    """
    with reading(name), open_text(path, name=name, report=report) as stream:
        text = stream.read(MAX_FILE + 1)
    sparing = ProblemLimiter(report, Address(name))
    try:
        root = parse_yaml(text, name, lambda flaw: sparing(flaw.problem(name)))
    except YamlRefused as refused:
        raise refused.of_file(name) from refused
    finally:
        sparing.finish()
    if root is None:
        raise unreadable("empty_file", Address(name), "the file has no content.", "Fill it in, or delete it.")
    return root
