"""Colours of words and of what is behind them: whether the words can be seen."""

from __future__ import annotations

import re

WHITE, BLACK = "FFFFFF", "000000"
UNKNOWN_COLOUR = "?"
"""A colour that words are never taken to be hidden on: a pattern, a gradient."""
_HEX = re.compile("[0-9A-F]{6}")
_NEAR = 12
"""Steps of 255, for each of red, green and blue: colours that differ by no more look the same."""


def unseen(words: str, background: str) -> bool:
    """Whether words of one colour are not seen on another: both as RGB ("FFFFFF"), or as names of the file's own."""
    if UNKNOWN_COLOUR in (words, background):
        return False
    if _HEX.fullmatch(words) and _HEX.fullmatch(background):
        pairs = zip(bytes.fromhex(words), bytes.fromhex(background), strict=True)
        return all(abs(one - other) <= _NEAR for one, other in pairs)
    return words == background
