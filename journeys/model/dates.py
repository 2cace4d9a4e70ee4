"""Dates as people write them: the words stay, and become inclusive bounds; what cannot be read is never guessed.

Read are ISO 8601 and EDTF ("2011-03-05", "2011-03~", "2010/2011", "[..2011-05]"), Excel dates, and the words of a
report: "5 March 2011", "early March 2011", "spring 2011", "Q2 2011", "financial year 2010/11", "before June 2011",
"between March and June 2011", "before the June meeting", "n.d.".

What the words mean: "before X" ends the day before X begins, "by X" with X's last day; "after X" begins the day after
X ends, "since X" with X's first day. Seasons are of the northern hemisphere, spring from March; "winter 2011" may be
either of the two winters that touch 2011 and spans both. "2010/11" is the English financial year, 1 April to 31 March,
while "2010/2011" is two calendar years and "2010-11" is November 2010.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from journeys.model.date_edtf import read_edtf
from journeys.model.date_span import (
    MONTHS,
    UNKNOWN,
    DateSpan,
    DateUnreadable,
    check_year,
    day_span,
    hull,
    months_span,
    onwards,
    third,
    up_to,
)

__all__ = ["UNKNOWN", "DateSpan", "DateUnreadable", "MeetingLookup", "read_date"]

MeetingLookup = Callable[[str], DateSpan | None]
"""Finds the date of a meeting named in passing ("june meeting"); None when it is not just one that is known."""

_LONGEST = 200
_UNKNOWN_WORDS = {
    "?", "-", "n.d.", "n.d", "nd", "n/d", "no date", "not dated", "undated", "date unknown", "unknown", "not known",
    "not known yet", "not stated", "none given",
}  # fmt: skip
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9}
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4}
_PARTS = {"early": 0, "beginning of": 0, "start of": 0, "mid": 1, "middle of": 1, "late": 2, "end of": 2}

_MOST_SEPARATORS = {" - ": 1, "..": 1, "/": 1, "-": 5}

_WEEKDAY = re.compile(
    r"^(mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun)(day|nesday|rsday|urday|sday)?,? (?=\d|[a-z])"
)
_ISO = re.compile(
    r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})(?:[t ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:z|[+-]\d\d:?\d\d)?)?", re.ASCII
)
_ABOUT = re.compile(r"^(?:circa|ca\.?|c\.|about|around|approximately|approx\.?|probably|perhaps|possibly|~) ?(?=.)")
_BEFORE = re.compile(r"^(before|prior to|earlier than|by|until|till|up to|no later than|not later than) (.+)$")
_AFTER = re.compile(r"^(after|later than|since|from|not before|no earlier than) (.+?)(?: on| onwards?)?$")
_BETWEEN = re.compile(r"^(?:between (.+?) and|from (.+?) (?:to|until|till)) (.+)$")
_TO = re.compile(r"^(.+?) (?:to|until|and) (.+)$")
_PART = re.compile(r"^(early|mid|late|beginning of|start of|middle of|end of)[ -](?:in )?(.+)$")
_QUARTER = re.compile(r"^(?:q([1-4])[ /-]?(\d{4})|(\d{4})[ /-]?q([1-4])|(\w+) quarter(?: of)? (\d{4}))$", re.ASCII)
_FINANCIAL = re.compile(
    r"^(?:(?:the )?(?:financial|fiscal) year|fy) ?(\d{4})(?: ?[/-] ?(\d{2}|\d{4}))?$|^(\d{4})/(\d{2})$"
)
_SEASON = re.compile(
    r"^(?:the )?(spring|summer|autumn|fall|winter)(?: of)?,? (\d{4})(?: ?[/-] ?(\d{2}|\d{4}))?$", re.ASCII
)
_DECADE = re.compile(r"^(?:the )?(\d{3})0'?s$", re.ASCII)
_NUMERIC = re.compile(r"^(\d{1,2})([./-])(\d{1,2})\2(\d{4})$", re.ASCII)
_DAY_MONTH = re.compile(r"^(?:the )?(\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -]([a-z]{3,9})\.?,?[ -](\d{4})$", re.ASCII)
_MONTH_DAY = re.compile(r"^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$", re.ASCII)
_MONTH = re.compile(r"^([a-z]{3,9})\.?,?[ -](?:of )?(\d{4})$", re.ASCII)
_YEAR_MONTH = re.compile(r"^(\d{4})[-/](\d{2})$", re.ASCII)
_YEAR = re.compile(r"^(?:in )?(\d{4})$", re.ASCII)
_HAS_YEAR = re.compile(r"\d{4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Reader:
    """How to read what the words alone leave open."""

    day_first: bool
    year_hint: int | None
    meetings: MeetingLookup | None


def read_date(
    value: object, *, day_first: bool = True, year_hint: int | None = None, meetings: MeetingLookup | None = None
) -> DateSpan:
    """What a cell says about when.

    ``value`` is a date, a datetime, a string, a year as a number, or None or "" for nothing written. ``day_first``
    decides "05/03/2011"; ``year_hint`` is the year of a month named without one; ``meetings`` finds "the June meeting".
    Raises DateUnreadable, with a remedy, for everything else.
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return replace(day_span(value.year, value.month, value.day), text=value.isoformat())
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if value is None:
        return UNKNOWN
    if not isinstance(value, str):
        raise DateUnreadable("This is no date.", 'Write a date, such as "5 March 2011" or "2011-03".')
    if len(value) > _LONGEST:
        raise DateUnreadable(
            f"This text of {len(value):,} characters is no date.", "Write only the date here, and the rest in a note."
        )
    if meetings is None:
        return _read_cached(value, day_first, year_hint)
    return _read(value, _Reader(day_first, year_hint, meetings))


@lru_cache(maxsize=65536)
def _read_cached(text: str, day_first: bool, year_hint: int | None) -> DateSpan:
    return _read(text, _Reader(day_first, year_hint, None))


def _read(written: str, reader: _Reader) -> DateSpan:
    text = _normal(written)
    if not text:
        return UNKNOWN
    kept = " ".join(written.split())
    if text in _UNKNOWN_WORDS:
        return DateSpan(kept, None, None, "unknown")
    try:
        span = _phrase(text, reader)
    except (ValueError, OverflowError) as error:
        if isinstance(error, DateUnreadable):
            raise
        span = None
    if span is None:
        raise DateUnreadable(
            f"{_shown(kept)} cannot be read as a date.",
            'Write it like "2011-03-05", "March 2011", "spring 2011" or "before June 2011", or "n.d.".',
        )
    return replace(span, text=kept)


def _normal(written: str) -> str:
    text = unicodedata.normalize("NFKC", written).casefold()
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", text)
    return " ".join(text.split()).strip(" ,;")


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:39]}…")


def _phrase(text: str, reader: _Reader) -> DateSpan | None:
    """A date with whatever stands around it: about, before, after, between, early."""
    exact = _ISO.fullmatch(text)
    if exact and (exact[2] or len(exact[3] + exact[4]) == 4):
        return day_span(int(exact[1]), int(exact[3]), int(exact[4]))
    about = _ABOUT.match(text)
    if about or (len(text) > 1 and text[-1] in "?~%"):
        inner = _phrase(text[about.end() :] if about else text[:-1].rstrip(), reader)
        return replace(inner, approximate=True) if inner else None
    bracketed = re.fullmatch(r"\[(.+)\]|\{(.+)\}", text)
    if bracketed:
        return _phrase(bracketed[1] or bracketed[2], reader)
    return _range(text, reader) or _half(text, reader) or _part(text, reader) or _atom(text, reader)


def _range(text: str, reader: _Reader) -> DateSpan | None:
    open_ended = re.fullmatch(r"(?:\.\.)/?(?!\.)(.+)|(.+?)/?\.\.", text)
    if open_ended:
        inner = _phrase(open_ended[1] or open_ended[2], reader)
        if inner is None:
            return None
        end = inner.date_to if open_ended[1] else inner.date_from
        make = up_to if open_ended[1] else onwards
        return make(end, exclusive=False, approximate=inner.approximate)
    between = _BETWEEN.match(text)
    if between:
        return _ends(between[1] or between[2], between[3], reader)
    plain = _TO.match(text)
    if plain and not _BEFORE.match(text) and not _AFTER.match(text):
        return _ends(plain[1], plain[2], reader)
    for separator in (" - ", "..", "/", "-"):
        # A hyphen stands inside dates too; only a split whose two sides are dates is a period.
        places = [match.start() for match in re.finditer(re.escape(separator), text)]
        for place in places if len(places) <= _MOST_SEPARATORS[separator] else ():
            left, right = text[:place].strip(), text[place + len(separator) :].strip()
            if _worth_trying(separator, left, right):
                found = _ends(left, right, reader)
                if found is not None:
                    return found
    return None


def _worth_trying(separator: str, left: str, right: str) -> bool:
    if not left or not right or not _HAS_YEAR.search(right):
        return False
    if separator == "/":
        return bool(re.match(r"\d{4}", left)) and bool(re.match(r"\d{4}", right))
    if separator != "-":
        return True
    if re.fullmatch(r"\d{1,2}", left):
        return bool(re.match(r"\d{1,2} [a-z]", right))
    return left not in _PARTS and bool(re.search(r"^[a-z].*[a-z0-9]$|^\d{4}$| \d{4}$", left))


def _ends(left: str, right: str, reader: _Reader) -> DateSpan | None:
    last = _phrase(right, reader)
    if last is None:
        return None
    first = _phrase(left, reader) if _HAS_YEAR.search(left) else None
    if first is None and last.date_to is not None:
        # "March to June 2011", "5 to 8 March 2011": the first borrows what it lacks from the last.
        tail = right.split(" ", 1)[1] if re.fullmatch(r"\d{1,2}(?:st|nd|rd|th)?", left) and " " in right else ""
        first = _phrase(f"{left} {tail or last.date_to.year}", reader)
    return hull(first, last) if first else None


def _half(text: str, reader: _Reader) -> DateSpan | None:
    before, after = _BEFORE.match(text), _AFTER.match(text)
    found = before or after
    if found is None:
        return None
    inner = _phrase(found[2], reader)
    if inner is None:
        return None
    if before:
        inclusive = found[1] not in ("before", "prior to", "earlier than")
        end = inner.date_to if inclusive else inner.date_from
        return up_to(end, exclusive=not inclusive, approximate=inner.approximate)
    inclusive = found[1] not in ("after", "later than")
    start = inner.date_from if inclusive else inner.date_to
    return onwards(start, exclusive=not inclusive, approximate=inner.approximate)


def _part(text: str, reader: _Reader) -> DateSpan | None:
    found = _PART.match(text)
    inner = _phrase(found[2], reader) if found else None
    return third(inner, _PARTS[found[1]]) if found and inner else None


def _atom(text: str, reader: _Reader) -> DateSpan | None:
    """One date without words around it."""
    text = _WEEKDAY.sub("", text)
    return (
        _calendar(text, reader)
        or _period(text)
        or read_edtf(text.upper())
        or _named_meeting(text, reader)
        or _month_of_the_hint(text, reader)
    )


def _calendar(text: str, reader: _Reader) -> DateSpan | None:
    if found := _YEAR.match(text):
        return months_span(int(found[1]), 1, 12, "year")
    if (found := _YEAR_MONTH.match(text)) and 1 <= int(found[2]) <= 12 and "-" in text:
        return months_span(int(found[1]), int(found[2]))
    if found := _NUMERIC.match(text):
        return _numeric(int(found[1]), int(found[3]), int(found[4]), reader)
    if (found := _DAY_MONTH.match(text)) and (month := _month(found[2])):
        return day_span(int(found[3]), month, int(found[1]))
    if (found := _MONTH_DAY.match(text)) and (month := _month(found[1])):
        return day_span(int(found[3]), month, int(found[2]))
    if (found := _MONTH.match(text)) and (month := _month(found[1])):
        return months_span(int(found[2]), month)
    return None


def _numeric(first: int, second: int, year: int, reader: _Reader) -> DateSpan:
    day, month = (first, second) if reader.day_first else (second, first)
    if month > 12 >= day:
        day, month = month, day
    return day_span(year, month, day)


def _period(text: str) -> DateSpan | None:
    if found := _QUARTER.match(text):
        number = found[1] or found[4] or _ORDINALS.get(found[5])
        year = int(found[2] or found[3] or found[6])
        return months_span(year, 3 * int(number) - 2, 3, "quarter") if number else None
    if found := _SEASON.match(text):
        return _season(found[1], int(found[2]), found[3])
    if found := _FINANCIAL.match(text):
        year, ends = int(found[1] or found[3]), found[2] or found[4]
        if ends is not None and int(ends) % 100 != (year + 1) % 100:
            return None
        return months_span(year, 4, 12, "year")
    if found := _DECADE.match(text):
        return months_span(check_year(int(found[1]) * 10), 1, 120, "between")
    return None


def _season(name: str, year: int, ends: str | None) -> DateSpan | None:
    if name != "winter":
        return months_span(year, _SEASONS[name], 3, "quarter") if ends is None else None
    if ends is not None:
        return months_span(year, 12, 3, "quarter") if int(ends) % 100 == (year + 1) % 100 else None
    return hull(months_span(year - 1, 12, 3), months_span(year, 12, 3))


def _named_meeting(text: str, reader: _Reader) -> DateSpan | None:
    words = text.removeprefix("the ")
    if not words.endswith("meeting"):
        return None
    found = reader.meetings(words) if reader.meetings else None
    month = _month(words.removesuffix("meeting").strip())
    if found is None and month and reader.year_hint:
        found = months_span(reader.year_hint, month)
    if found is None:
        raise DateUnreadable(
            f"It is not known when {_shown(text)} was.",
            'Write the year too, such as "before June 2011", or name the meeting as the registers do.',
        )
    return found


def _month_of_the_hint(text: str, reader: _Reader) -> DateSpan | None:
    month = _month(text)
    if not month:
        return None
    if reader.year_hint is None:
        raise DateUnreadable(f"{_shown(text)} has no year.", f'Write the year too: "{MONTHS[month - 1]} 2011".')
    return months_span(reader.year_hint, month)


def _month(word: str) -> int | None:
    word = word.rstrip(".")
    if len(word) < 3:
        return None
    return next((number for number, name in enumerate(MONTHS, 1) if name.casefold().startswith(word)), None) or (
        9 if word == "sept" else None
    )
