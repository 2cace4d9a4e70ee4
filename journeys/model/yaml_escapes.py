"""Emoji and rare letters as writers of JSON escape them, in two halves, made readable for the parsers of YAML."""

from __future__ import annotations

import re

import yaml

from journeys.model.yaml_loader import Loader

_HALF = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
_PAIR = r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})"
_ESCAPE = re.compile(rf"{_PAIR}|\\.", re.DOTALL)
_AS_LONG = r"\\u0020"


class HalfCharacter(yaml.YAMLError):
    """Half a character is escaped in a text (``"\\ud800"``); ``position`` is where in the file."""

    def __init__(self, position: int) -> None:
        super().__init__("half a character")
        self.position = position
        self.reason = "half a character"


def joined_halves(text: str) -> str:
    r"""The text with each ``\ud83d\ude00`` in double quotation marks as the one character that it means.

    JSON writes characters beyond U+FFFF so, and YAML has no such escape. Outside double quotation marks a backslash is
    a letter like any other, and stays. Raises YAMLError for half a pair, and for what is not YAML.
    """
    if not _HALF.search(text):
        return text
    # A first reading finds where double quotation marks are. It has another escape, which both parsers know and which
    # is as long, for each half.
    spans = [
        (token.start_mark.index, token.end_mark.index)
        for token in yaml.scan(_HALF.sub(_AS_LONG, text), Loader=Loader)
        if isinstance(token, yaml.ScalarToken) and token.style == '"'
    ]
    parts, end = [], 0
    for start, stop in spans:
        parts += [text[end:start], _ESCAPE.sub(_character, text[start:stop])]
        end = stop
        for each in _ESCAPE.finditer(text, start, stop):
            if each[1] is None and _HALF.match(text, each.start(), stop):
                raise HalfCharacter(each.start())
    return "".join([*parts, text[end:]])


def _character(escape: re.Match[str]) -> str:
    if escape[1] is None:
        return escape[0]
    return f"\\U{0x10000 + ((int(escape[1], 16) - 0xD800) << 10) + int(escape[2], 16) - 0xDC00:08X}"
