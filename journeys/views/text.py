"""Text from a study, made safe to show: nothing in a name or quote can move the cursor or turn the line round."""

from __future__ import annotations

import re

_SPACES = re.compile(r"[\s\x00-\x1f\x7f\x85\u2028\u2029]+")
_INVISIBLE = re.compile(r"[\x80-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|[\ud800-\udfff]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b.?")


def sanitized(text: str) -> str:
    """``text`` on one line without escape sequences, control characters and marks that change its direction."""
    # Most text has nothing to take out, and an atlas has hundreds of thousands of texts.
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(" ")
    return _SPACES.sub(" ", _INVISIBLE.sub("", _ESCAPES.sub("", text))).strip()


def printable_lines(text: str) -> str:
    """``text`` without escape sequences, control characters and marks that change its direction; its lines stay."""
    return _CONTROLS.sub("", _INVISIBLE.sub("", _ESCAPES.sub("", text)))


def shortened(text: str, most: int, sign: str = "…") -> str:
    """``text``, cut at a word if it has more than ``most`` characters."""
    if len(text) <= most:
        return text
    cut = text[: most - len(sign)]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > most // 2 else cut).rstrip(" ,;:") + sign
