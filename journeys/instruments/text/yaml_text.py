"""Write YAML for people: comments, block text."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from typing import Any

import yaml

from journeys.model.characters import NOT_SHOWN
from journeys.model.problems import JourneysError

_HALF_CHARACTERS = re.compile("[\ud800-\udfff]")


class _Dumper(yaml.SafeDumper):
    """Long texts as blocks; list items indented under their name."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    if _HALF_CHARACTERS.search(value):
        raise JourneysError(f"The text that begins {value[:40]!r} holds half a character; type it again.")
    block = "\n" in value and not any(line.endswith(" ") for line in value.split("\n"))
    style = "|" if block and _plain(value) else '"' if NOT_SHOWN.search(value) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _plain(value: str) -> bool:
    return all(character.isprintable() or character == "\n" for character in value)


_Dumper.add_representer(str, _text)


def dumped(content: Any) -> Iterator[str]:
    """The lines of ``content``, in the order given. Raises JourneysError for a lone surrogate, which is not text."""
    text: str = yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
    # What is left of these stands in double quotes.
    text = NOT_SHOWN.sub(lambda sign: f"\\u{ord(sign[0]):04X}", text)
    return iter(text.rstrip("\n").split("\n"))


def commented(words: str, indent: str = "") -> Iterator[str]:
    """``words`` as comment lines. What is not seen is left out: YAML takes no control characters there either."""
    for line in NOT_SHOWN.sub("", words).split("\n"):
        own = line[: len(line) - len(line.lstrip())]
        yield from textwrap.wrap(
            line.strip(), 110, initial_indent=f"{indent}# {own}", subsequent_indent=f"{indent}# {own * 2}"
        ) or [f"{indent}#"]
