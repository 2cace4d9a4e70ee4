"""How wide the columns of a table in a document are: no word of a heading is broken, and long texts have room."""

from __future__ import annotations

from collections.abc import Sequence

_SIGN, _SMALL_SIGN = 2.1, 1.75
"""How wide a letter is at most, on average, in millimetres: in bold type of 9 and of 7 points."""
_MARGINS, _SMALL_MARGINS = 4.0, 1.3
_LONGEST_WORD = 14
"""A longer word, such as a web address, may be broken."""
_FULL = 60
"""Words beyond this number of characters make no column wider: they take more lines."""


def column_widths(
    headings: Sequence[str],
    wanted: Sequence[int],
    rows: Sequence[Sequence[str]],
    total: int,
    *,
    small: bool = False,
    grow: bool = True,
) -> list[float]:
    """The widths of columns in millimetres, together ``total``.

    Each column has room for the longest word of its heading and, up to a limit, of its cells. What is left is shared
    as ``wanted`` says; with ``grow``, where these are widths in characters, as on a sheet, more goes to columns that
    hold long texts.
    """
    sign, margins = (_SMALL_SIGN, _SMALL_MARGINS) if small else (_SIGN, _MARGINS)
    cells = list(zip(*rows, strict=True)) or [()] * len(headings)
    least = [
        margins + sign * max(_longest(heading), *(min(_longest(words), _LONGEST_WORD) for words in column), 1)
        for heading, column in zip(headings, cells, strict=True)
    ]
    if sum(least) >= total:
        return [width * total / sum(least) for width in least]
    shares = [
        max(width, min(_FULL, max(map(len, column), default=0))) if grow else width
        for width, column in zip(wanted, cells, strict=True)
    ]
    # Columns whose share is less than they need get just that; the others share the rest.
    fixed: set[int] = set()
    while True:
        rest = total - sum(least[place] for place in fixed)
        parts = sum(share for place, share in enumerate(shares) if place not in fixed)
        short = {p for p, share in enumerate(shares) if p not in fixed and rest * share / parts < least[p]}
        if not short:
            return [least[p] if p in fixed else rest * share / parts for p, share in enumerate(shares)]
        fixed |= short


def _longest(words: str) -> int:
    return max(map(len, words.split()), default=0)
