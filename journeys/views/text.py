"""Text from a study, made safe to show: nothing in a name or quote can move the cursor or turn the line round."""

from __future__ import annotations

import re

from journeys.model.characters import NOT_SHOWN, SPACES, TERMINALS_OBEY

_LINES = str.maketrans({"\u2028": " ", "\u2029": " "})
_ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b.?")


def sanitized(text: str) -> str:
    """``text`` on one line without escape sequences, control characters and marks that change its direction."""
    # Most text has nothing to take out, and an atlas has hundreds of thousands of texts. What is to be taken out cannot
    # be printed, and of all white space only a plain space can.
    if text.isprintable() and "  " not in text:
        return text.strip(" ")
    return " ".join(NOT_SHOWN.sub("", SPACES.sub(" ", _ESCAPES.sub("", text))).split())


def printable_lines(text: str) -> str:
    """``text`` without escape sequences, control characters and marks that change its direction; its lines stay."""
    return NOT_SHOWN.sub("", _ESCAPES.sub("", text).translate(_LINES))


def written_out(text: str) -> str:
    """``text`` with nothing lost, but with escapes (``\\x1b``) for what a terminal obeys: for files of data."""
    if text.isascii() and text.isprintable():
        return text
    return TERMINALS_OBEY.sub(lambda sign: sign[0].encode("unicode_escape").decode("ascii"), text)


def shortened(text: str, most: int, sign: str = "…") -> str:
    """``text``, cut at a word if it has more than ``most`` characters."""
    if len(text) <= most:
        return text
    cut = text[: most - len(sign)]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > most // 2 else cut).rstrip(" ,;:") + sign
