"""What people put around a period: doubt, "before" and "after", "from ... to ...", meetings; EDTF intervals, sets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from difflib import get_close_matches

from journeys.model.calendar import MONTHS
from journeys.model.date_periods import pattern, read_period
from journeys.model.date_span import DateSpan, DateUnreadable, hull, onwards, up_to

MeetingLookup = Callable[[str], DateSpan | None]
"""Finds the date of a meeting named in passing ("June meeting"); None when it is not just one that is known."""

_NOT_KNOWN = frozenset({
    "n.d", "n. d", "nd", "n/d", "s.d", "n/k", "nk", "n/a", "n.a", "na", "tbc", "tba", "to be confirmed",
    "undated", "not dated", "no date", "no date given", "unknown", "date unknown", "unknown date", "not known",
    "date not known", "not known yet", "none given", "-", "not stated", "not given", "not recorded", "not available",
})  # fmt: skip
_DOUBT_BEFORE = pattern(
    r"(?:(?:circa|ca|approx|approximately|about|around|roughly|perhaps|probably|possibly|maybe|likely)\b\.?\s*"
    r"|c\.\s*|c(?=[\s0-9])\s*|[~≈]\s*)(?P<rest>.+)"
)
_DOUBT_AFTER = pattern(
    r"(?P<rest>.+?)\s*(?:[?~%]+|\(\s*(?:\?+|approx(?:\.|imately)?|circa|about|uncertain)\s*\)|\bapprox(?:\.|imately)?)"
)
_FILLER = pattern(
    r"(?:(?:in|on(?!\s+or\b)|during|at|dated|of|the|sometime|some\s+time|throughout|within)\s+)(?P<rest>.+)"
)
_OPEN_END = pattern(r"(?:the\s+)?(?:present|now|date|today|ongoing|onwards?)|present\s+day")

# Each relation with how it turns a span into an open one. The longer wordings stand first: "by the end of March" is
# exactly the last of March, where "the end of March" alone is a vague late March.
_RELATIONS = [
    (pattern(rf"(?:{words})\s+(?P<rest>.+)"), relation)
    for words, relation in [
        (r"(?:on\s+or\s+before|no\s+later\s+than|by|until|till|up\s+to|before)\s+(?:the\s+)?end\s+of", "by"),
        (r"(?:since|from|on\s+or\s+after)\s+(?:the\s+)?(?:start|beginning)\s+of", "since"),
        (r"before\s+(?:the\s+)?(?:start|beginning)\s+of", "before"),
        (r"after\s+(?:the\s+)?end\s+of", "after"),
        (r"on\s+or\s+before|not?\s+later\s+than|by|until|till|up\s+to", "by"),
        (r"on\s+or\s+after|not\s+before|no\s+earlier\s+than|since|from|as\s+of|starting", "since"),
        (r"before|prior\s+to|earlier\s+than", "before"),
        (r"after|later\s+than|following", "after"),
    ]
] + [
    (pattern(r"pre[\s-]+(?P<rest>.+)"), "before"),
    (pattern(r"post[\s-]+(?P<rest>.+)"), "after"),
    (pattern(r"(?P<rest>.+?)\s+(?:onwards?|or\s+later|or\s+after)"), "since"),
    (pattern(r"(?P<rest>.+?)\s+(?:or\s+earlier|or\s+before|at\s+the\s+latest)"), "by"),
]

# Where a period may be cut in two. A single slash comes before the hyphen: "2011-05/2012" is an EDTF interval.
_RANGES = [
    pattern(shape)
    for shape in [
        r"between\s+(?P<a>.+?)\s*(?:\band\b|&|\bto\b|\s-\s)\s*(?P<b>.+)",
        r"(?:from\s+)?(?P<a>.+?)\s+(?:to|until|till|up\s+to|through|or)\s+(?P<b>.+)",
        r"(?:from\s+|between\s+)?(?P<a>.+?)\s+-\s+(?P<b>.+)",
        r"(?P<a>[^/]*)/(?P<b>[^/]*)",
        r"(?:from\s+|between\s+)?(?P<a>[^-]+)-(?P<b>[^-]+)",
    ]
]
_SET = pattern(r"[\[{](?P<members>[^\[\]{}]*)[\]}]")
_GATHERING = pattern(r"\b(?:meeting|board|committee|agm|workshop|conference|forum|group|session)s?\b")

_WRITTEN_YEAR = re.compile(r"(?<![0-9])[12][0-9]{3}(?![0-9])")
_BARE_DAY = pattern(r"[0-9]{1,2}(?:st|nd|rd|th)?")
_DAY_AND_MONTH = pattern(r"[0-9]{1,2}(?:st|nd|rd|th)?\s*(?:of\s+)?(?P<month>[a-z]+)\b.*")
_MONTH_AND_DAY = pattern(r"(?P<month>[a-z]+)\.?\s*(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?")
_DAY_AND_YEAR = pattern(r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?[\s,]+(?P<year>[0-9]{4})")

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("’‘`´", "'"))
_EXAMPLES = 'such as "5 March 2011", "March 2011", "2011", "before June 2011", or "n.d." if no date is known.'
_WORDS = [name.lower() for name in MONTHS] + ["spring", "summer", "autumn", "winter", "before", "after", "between"]


@dataclass(frozen=True, slots=True)
class Hints:
    """What a reader knows beside the words: the order of numbers, the year meant, and how to find a meeting's date."""

    day_first: bool = True
    year_hint: int | None = None
    meetings: MeetingLookup | None = None


def normalised(text: str) -> str:
    """One spelling of spaces, dashes, quotes and digits. Raises DateUnreadable for control characters."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    kept = []
    for character in plain:
        category = unicodedata.category(character)
        if character.isspace():
            kept.append(" ")
        elif category in ("Cc", "Cs", "Co"):
            raise DateUnreadable(
                f"The date holds a character that cannot be seen (U+{ord(character):04X}).",
                f"Type the date again, {_EXAMPLES}",
            )
        elif category != "Cf":  # byte order marks, joiners, writing direction: pasted along, mean nothing
            kept.append(character)
    words = " ".join("".join(kept).split())
    if not words.endswith(".."):  # EDTF's open end
        words = words.rstrip(".,; ")
    return words


def mentions_meeting(text: str) -> bool:
    """Whether a text may name a meeting, so that what it means depends on the meetings known."""
    return bool(_GATHERING.search(text))


def read_phrase(text: str, hints: Hints) -> DateSpan:
    """Read normalised, non-empty text as a span (``text`` left None). Raises DateUnreadable."""
    if text.lower().strip(" .()") in _NOT_KNOWN or not text.strip("? "):
        return DateSpan(None, None, None, "unknown")
    rest, doubted = _without_doubt(text)
    span = (
        _read_period(rest, hints)
        or _read_set(rest, hints)
        or _read_range(rest, hints)
        or _read_open(rest, hints)
        or _read_meeting(rest, hints)
    )
    if span is None:
        raise _not_understood(text)
    return replace(span, approximate=True) if doubted else span


def _without_doubt(text: str) -> tuple[str, bool]:
    doubted = False
    while True:
        if found := _DOUBT_BEFORE.fullmatch(text) or _DOUBT_AFTER.fullmatch(text):
            doubted = True
        elif not (found := _FILLER.fullmatch(text)):
            return text, doubted
        text = found["rest"].strip()


def _read_period(text: str, hints: Hints) -> DateSpan | None:
    return read_period(text, day_first=hints.day_first, year_hint=hints.year_hint)


def _read_end(text: str, hints: Hints) -> DateSpan | None:
    """A period or a meeting, as the end of something longer."""
    rest, doubted = _without_doubt(text)
    span = _read_period(rest, hints) or _read_meeting(rest, hints)
    return replace(span, approximate=True) if span is not None and doubted else span


def _read_meeting(words: str, hints: Hints) -> DateSpan | None:
    """The date of a meeting: from those known, else from the month or day in its name ("the June 2011 meeting")."""
    known = hints.meetings(words) if hints.meetings else None
    if known is not None and (known.date_from or known.date_to):
        return replace(known, text=None)
    if not mentions_meeting(words):
        return None
    parts = words.split()
    for size in range(min(4, len(parts) - 1), 0, -1):
        for dated, named in ((parts[:size], parts[size:]), (parts[-size:], parts[:-size])):
            if len(named) <= 6 and mentions_meeting(" ".join(named)):
                span = _read_period(" ".join(dated), hints)
                if span is not None:
                    return span
    return None


def _read_open(text: str, hints: Hints) -> DateSpan | None:
    """ "Before", "by", "after" or "since" a period or a meeting.

    "Before" ends the day before the period starts, "by" includes its end; "after" starts the day after its end, "since"
    includes its start. A meeting (and a winter with one year) lies somewhere inside its bounds instead of filling
    them, so what was before it may have been any day before the last of them.
    """
    for shape, relation in _RELATIONS:
        if not (found := shape.fullmatch(text)):
            continue
        rest, _ = _without_doubt(found["rest"])
        span = _read_end(found["rest"], hints)
        if span is None:
            return None
        meeting = _read_period(rest, hints) is None
        inside = meeting or ("winter" in rest.lower() and span.precision == "between")
        start, end = (span.date_to, span.date_from) if inside else (span.date_from, span.date_to)
        match relation:
            case "before":
                return up_to(start, exclusive=True, approximate=span.approximate)
            case "by":
                return up_to(span.date_to, exclusive=False, approximate=span.approximate)
            case "after":
                return onwards(end, exclusive=True, approximate=span.approximate)
            case _:
                return onwards(span.date_from, exclusive=False, approximate=span.approximate)
    return None


def _read_range(text: str, hints: Hints) -> DateSpan | None:
    for shape in _RANGES:
        if found := shape.fullmatch(text):
            span = _between(found["a"].strip(), found["b"].strip(), hints)
            if span is not None:
                return span
    return None


def _between(first: str, last: str, hints: Hints) -> DateSpan | None:
    """From one end to the other; what one leaves out (year, month) is taken from the other. ".." or nothing is open."""
    if first in ("", ".."):
        end = _read_end(last, hints)
        return up_to(end.date_to, exclusive=False, approximate=end.approximate) if end else None
    if last in ("", "..") or _OPEN_END.fullmatch(last):
        start = _read_end(first, hints)
        return onwards(start.date_from, exclusive=False, approximate=start.approximate) if start else None
    if _BARE_DAY.fullmatch(first) and (whole := _DAY_AND_MONTH.fullmatch(last)):
        first = f"{first} {whole['month']}"
    elif (start_day := _MONTH_AND_DAY.fullmatch(first)) and (end_day := _DAY_AND_YEAR.fullmatch(last)):
        first = f"{start_day['day']} {start_day['month']} {end_day['year']}"
        last = f"{end_day['day']} {start_day['month']} {end_day['year']}"
    from_span = _read_end(first, _with_year_of(last, first, hints))
    to_span = _read_end(last, _with_year_of(first, last, hints)) if from_span else None
    if from_span is None or to_span is None or from_span.date_from is None or to_span.date_to is None:
        return None
    return hull(from_span, to_span)


def _with_year_of(other: str, text: str, hints: Hints) -> Hints:
    year = None if _WRITTEN_YEAR.search(text) else _WRITTEN_YEAR.search(other)
    return replace(hints, year_hint=int(year[0])) if year else hints


def _read_set(text: str, hints: Hints) -> DateSpan | None:
    """An EDTF set, "[2010,2012]" (one of these), "{..2011-05}": its bounds."""
    if not (found := _SET.fullmatch(text)):
        return None
    spans = []
    for member in found["members"].split(","):
        first, dots, last = member.strip().partition("..")
        span = _between(first.strip(), last.strip(), hints) if dots else _read_end(first, hints)
        if span is None:
            return None
        spans.append(span)
    if len(spans) == 1:
        return spans[0]
    starts = [span.date_from for span in spans if span.date_from]
    ends = [span.date_to for span in spans if span.date_to]
    approximate = any(span.approximate for span in spans)
    if len(starts) < len(spans):
        return up_to(max(ends), exclusive=False, approximate=approximate) if len(ends) == len(spans) else None
    if len(ends) < len(spans):
        return onwards(min(starts), exclusive=False, approximate=approximate)
    return DateSpan(None, min(starts), max(ends), "between", approximate)


def _not_understood(text: str) -> DateUnreadable:
    shown = text if len(text) <= 60 else f"{text[:57]}..."
    if mentions_meeting(text):
        return DateUnreadable(
            f'"{shown}" names a meeting whose date is not known.',
            'Write its name as the registers do, or the year too, such as "before the June 2011 meeting", or the date.',
        )
    for word in re.findall(r"[a-z]{4,12}", text.lower()):
        close = get_close_matches(word, _WORDS, n=1, cutoff=0.75)
        if close and close[0] != word and close[0][0] == word[0]:
            return DateUnreadable(f'"{shown}" is not a date.', f'Did you mean "{close[0].capitalize()}" for "{word}"?')
    return DateUnreadable(f'"{shown}" is not a date.', f"Write a date {_EXAMPLES}")
