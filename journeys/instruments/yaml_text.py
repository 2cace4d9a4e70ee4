"""YAML that people like to read: comments, block text, no surprises."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

import yaml


class _Dumper(yaml.SafeDumper):
    """Long texts as blocks; list items indented under their name."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    block = "\n" in value and not any(line.endswith(" ") for line in value.split("\n"))
    style = "|" if block and _plain(value) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _plain(value: str) -> bool:
    return all(character.isprintable() or character == "\n" for character in value)


_Dumper.add_representer(str, _text)


def dumped(content: Any) -> Iterator[str]:
    """The lines of ``content``, in the order given."""
    text: str = yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
    return iter(text.rstrip("\n").split("\n"))


def commented(words: str, indent: str = "") -> Iterator[str]:
    """``words`` as comment lines."""
    for line in words.split("\n"):
        own = line[: len(line) - len(line.lstrip())]
        yield from textwrap.wrap(
            line.strip(), 110, initial_indent=f"{indent}# {own}", subsequent_indent=f"{indent}# {own * 2}"
        ) or [f"{indent}#"]
