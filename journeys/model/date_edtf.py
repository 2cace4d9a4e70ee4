"""The rarer forms of EDTF (Extended Date/Time Format, ISO 8601-2), read with the edtf package."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from time import struct_time
from typing import Any

from journeys.model.date_span import DateSpan, check_year, whole_months

# One date, no interval, set or season (those are taken apart before): unspecified digits ("201X", "2011-XX-05") and
# qualified parts ("2011-?03"). Short and narrow: the edtf grammar backtracks, and prints what it reads only in part.
_PART = r"-[?~%]?(?:[0-9]{2}|XX)[?~%]?"
_LOOKS_LIKE_EDTF = re.compile(rf"(?=.*[0-9])[?~%]?[0-9X]{{4}}[?~%]?(?:{_PART}){{0,2}}", re.ASCII)


def read_edtf(text: str) -> DateSpan | None:
    """A single EDTF date, upper case, as a span; None if it is not one. Raises DateUnreadable for a far-off year."""
    return _read_edtf(text) if _LOOKS_LIKE_EDTF.fullmatch(text) else None


@lru_cache(maxsize=4096)
def _read_edtf(text: str) -> DateSpan | None:
    from edtf import parse_edtf  # slow to import, and seldom needed

    try:
        parsed = parse_edtf(text)
        start, end = _as_date(parsed.lower_strict()), _as_date(parsed.upper_strict())
    except Exception:  # the package lets TypeError, AttributeError and its parser's own errors through
        return None
    if start is None or end is None or start > end:
        return None
    check_year(start.year)
    check_year(end.year)
    precision = {1: "month", 3: "quarter", 12: "year"}.get(whole_months(start, end) or 0, "between")
    if start == end:
        precision = "day"
    return DateSpan(None, start, end, precision, any(mark in text for mark in "?~%"))


def _as_date(bound: Any) -> date | None:
    """Convert a bound of the edtf package: a struct_time, or a float (infinity) for an open end."""
    return date(bound.tm_year, bound.tm_mon, bound.tm_mday) if isinstance(bound, struct_time) else None
