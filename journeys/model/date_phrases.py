"""Words around a period: "circa", "before", "after", "from ... to ...", meetings; EDTF intervals and sets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from difflib import get_close_matches

from journeys.model.calendar import MONTHS
from journeys.model.date_periods import read_period
from journeys.model.date_shapes import MONTH_NAME, WEEKDAY, Pattern
from journeys.model.date_span import DateSpan, DateUnreadable, hull, joined, onwards, up_to

MeetingLookup = Callable[[str], DateSpan | None]
"""Finds the date of a meeting from words such as "June meeting"; returns None unless exactly one fits."""

_NOT_KNOWN = frozenset({
    "n.d", "n. d", "nd", "n/d", "s.d", "n/k", "nk", "n/a", "n.a", "na", "tbc", "tba", "to be confirmed",
    "undated", "not dated", "no date", "no date given", "unknown", "date unknown", "unknown date", "not known",
    "date not known", "not known yet", "none given", "-", "not stated", "not given", "not recorded", "not available",
    "n.k", "s.a", "unclear", "not certain", "date unclear", "date not given", "date not recorded",
})  # fmt: skip
_DOUBT_BEFORE = Pattern(
    r"(?:(?:circa|cca|ca|approx|approximately|about|around|roughly|perhaps|probably|possibly|maybe|likely|presumably"
    r"|poss|prob|estimated|est)\b\.?\s*"
    r"|(?:n\.?\s?d\.?|undated|not\s+dated|no\s+date)[,;:]?\s*(?:but\s+)?(?=[(\[]?\s*(?:c|about|around|prob|perhaps|poss|[0-9]))"
    r"|c\.\s*|c(?=[\s0-9])\s*|[~≈?]\s*)(?P<rest>.+)"
)
_DOUBT_AFTER = Pattern(
    r"(?P<rest>.+?)(?:\s*(?:[?~%]+|\(\s*(?:\?+|approx(?:\.|imately)?|circa|about|uncertain|estimated?|probably)\s*\)"
    r"|\bapprox(?:\.|imately)?)|,?\s+or\s+(?:thereabouts|so)|[\s-]?ish)"
)
_IN_BRACKETS = Pattern(r"\((?P<rest>[^()]+)\)|\[(?P<square>(?=[^\[\]]*[a-wyz])[^\[\]]+)\]")
_FILLER = Pattern(
    r"(?:(?:in|on(?!\s+or\b)|during|as\s+at|at|over|dated?|of|the|sometime|some\s+time|throughout|within|early\s+on\s+in|(?:the\s+)?weekend\s+of(?=.*-))"
    r":?\s+)(?P<rest>.+)"
)
_OPEN_END = Pattern(r"(?:the\s+)?(?:present|now|date|today|ongoing|onwards?)|present\s+day")

# Each relation with how it turns a span into an open one. The longer wordings stand first: "by the end of March" is
# exactly the last of March, where "the end of March" alone is a vague late March.
_HOW_NEAR = r"(?:(?:just|shortly|soon|immediately|directly|well|long|some\s+time)\s+)?"
_RELATIONS = (
    [
        (
            Pattern(
                r"(?:(?:since|from)\s+)?(?P<rest>.+?)"
                r"(?:\s+(?:onwards?|or\s+later|or\s+after|at\s+the\s+earliest)|\s*\+)"
            ),
            "since",
        ),
    ]
    + [
        (Pattern(rf"{_HOW_NEAR}(?:{words})\s+(?P<rest>.+)"), relation)
        for words, relation in [
            (r"(?:on\s+or\s+before|no\s+later\s+than|by|until|till|up\s+to|before)\s+(?:the\s+)?end\s+of", "by"),
            (r"(?:since|from|on\s+or\s+after)\s+(?:the\s+)?(?:start|beginning)\s+of", "since"),
            (r"before\s+(?:the\s+)?(?:start|beginning)\s+of", "before"),
            (r"after\s+(?:the\s+)?end\s+of", "after"),
            (r"after\s+(?:the\s+)?(?:start|beginning)\s+of", "since"),
            (
                r"on\s+or\s+before|(?:by\s+)?not?\s+later\s+than|not\s+after|by|(?:up\s+)?until|till"
                r"|up\s+to(?:\s+and\s+including)?",
                "by",
            ),
            (
                r"on\s+or\s+after|not\s+(?:before|until|earlier\s+than)|no\s+earlier\s+than|ever\s+since|since|from|as\s+of"
                r"|starting(?:\s+(?:in|from))?|beginning(?:\s+in)",
                "since",
            ),
            (r"before|prior\s+to|earlier\s+than", "before"),
            (r"after|later\s+than|following", "after"),
        ]
    ]
    + [
        (Pattern(r"pre[\s-]+(?P<rest>.+)"), "before"),
        (Pattern(r"post[\s-]+(?P<rest>.+)"), "after"),
        (Pattern(r"(?P<rest>.+?)\s+(?:or\s+earlier|or\s+before|at\s+the\s+latest)"), "by"),
    ]
)

# Where a period may be cut in two. A single slash comes before the hyphen: "2011-05/2012" is an EDTF interval.
_RANGES = [
    Pattern(shape)
    for shape in [
        r"between\s+(?P<a>.+?)\s*(?:\band\b|&|\bto\b|\s-\s)\s*(?P<b>.+)",
        r"(?:from\s+)?(?P<a>.+?)\s+(?:to|until|till|up\s+to|through|or)\s+(?P<b>.+)",
        r"(?:from\s+|between\s+)?(?P<a>.+?)\s+-\s+(?P<b>.+)",
        r"(?P<a>[^/]*)/(?P<b>[^/]*)",
        r"(?:from\s+|between\s+)?(?P<a>[^-]+)-(?P<b>[^-]+)",
    ]
]
_SET = Pattern(r"[\[{](?P<members>[^\[\]{}]*)[\]}]")
_GATHERING = Pattern(r"\b(?:meeting|board|committee|agm|workshop|conference|forum|group|session)s?\b")

_TWO_YEARS = Pattern(r"(?P<a>[12][0-9]{3})-(?P<b>[12][0-9]{3})")
_WRITTEN_YEAR = re.compile(r"(?<![0-9])[12][0-9]{3}(?![0-9])")
_BARE_YEAR = Pattern(r"[12][0-9]{3}")
_ON_WEEKDAY = rf"(?:{WEEKDAY}\.?,?\s+)?(?:the\s+)?"
_BARE_DAY = Pattern(rf"{_ON_WEEKDAY}[0-9]{{1,2}}(?:st|nd|rd|th)?")
_DAY_AND_MONTH = Pattern(rf"{_ON_WEEKDAY}[0-9]{{1,2}}(?:st|nd|rd|th)?\s*(?:of\s+)?(?P<month>[a-z]+)\b.*")
_DAY_IN_NUMBERS = Pattern(r"[0-9]{1,2}(?P<rest>(?P<sep>[/.])[0-9]{1,2}(?P=sep)[0-9]{4})")
_BESIDE = re.compile(r"\s*(?:[,;]\s*(?:and\s+|&\s*)?|\band\b|&|\+)\s*", re.ASCII | re.IGNORECASE)
_YEAR_BEHIND_COMMA = re.compile(r",\s*(?=[12][0-9]{3}$)", re.ASCII)
_MOST_BESIDE = 12
_ONLY_TIME = Pattern(r"(?:at\s+)?[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?\s*(?:[ap]\.?m\.?)?")
_MONTH_AND_DAY = Pattern(r"(?P<month>[a-z]+)\.?\s*(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?")
_DAY_AND_YEAR = Pattern(r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?[\s,]+(?P<year>[0-9]{4})")

_YEARS_BY_DASH = re.compile(
    rf"(?<![0-9])([12][0-9])([0-9]{{2}})(\s*[‒–—―]\s*)([0-9]{{1,2}})(?!\s*(?:[0-9/.‒–—―-]|{MONTH_NAME}))",
    re.ASCII | re.IGNORECASE,
)
"""Two years joined by a dash, so not a year and a month: "2010–11", "2008–9"; but not a day before a month ("March
2010–11 April 2010"). A hyphen, as in "2010-11", is left to ISO 8601."""
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("’‘`´", "'"))
_EXAMPLES = 'such as "5 March 2011", "March 2011", "2011", "before June 2011", or "n.d." if no date is known.'
_WORDS = [name.lower() for name in MONTHS] + ["spring", "summer", "autumn", "winter", "before", "after", "between"]


@dataclass(frozen=True, slots=True)
class Hints:
    """What helps to read a date besides its text: the order of day and month, the year meant, a look-up of meetings."""

    day_first: bool = True
    year_hint: int | None = None
    meetings: MeetingLookup | None = None


def normalised(text: str) -> str:
    """Return the text with one spelling of spaces, dashes, quotes and digits. Raises DateUnreadable for control
    characters."""
    plain = _YEARS_BY_DASH.sub(_second_year_whole, unicodedata.normalize("NFKC", text)).translate(_DASHES)
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
        elif category != "Cf":  # invisible: byte order marks, joiners, writing direction
            kept.append(character)
    words = " ".join("".join(kept).split())
    if not words.endswith(".."):  # EDTF's open end
        words = words.rstrip(".,; ")
    return words


def _second_year_whole(found: re.Match[str]) -> str:
    """ "2010–2011" for "2010–11"; a month that is no later year ("2011–03") stays."""
    century, year, _, second = found.group(1, 2, 3, 4)
    if len(second) == 1 and second > year[1]:
        second = year[0] + second
    if len(second) == 2 and (second > year or int(second) == (int(year) + 1) % 100):
        return f"{century}{year}-{int(century) + (second <= year)}{second}"
    return found[0]


def mentions_meeting(text: str) -> bool:
    """Whether a text may name a meeting; its date then depends on the study's meetings."""
    return bool(_GATHERING.search(text))


def read_phrase(text: str, hints: Hints) -> DateSpan:
    """Read normalised, non-empty text as a span (``text`` left None). Raises DateUnreadable."""
    if text.lower().strip(" .()[]") in _NOT_KNOWN or ("?" in text and not text.strip("?()[] ")):
        return DateSpan(None, None, None, "unknown")
    rest, doubted = _without_doubt(text)
    span = (
        _read_period(rest, hints)
        or _read_set(rest, hints)
        or _read_range(rest, hints)
        or _read_open(rest, hints)
        or _read_meeting(rest, hints)
        or _read_several(rest, hints)  # last: a meeting's name may hold commas
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
            if not (found := _IN_BRACKETS.fullmatch(text)):
                return text, doubted
            text = (found["rest"] or found["square"]).strip()
            continue
        text = found["rest"].strip()


def _read_period(text: str, hints: Hints) -> DateSpan | None:
    return read_period(text, day_first=hints.day_first, year_hint=hints.year_hint)


def _read_end(text: str, hints: Hints) -> DateSpan | None:
    """Read a period or a meeting that is one end of a longer span."""
    rest, doubted = _without_doubt(text)
    years = _TWO_YEARS.fullmatch(rest)
    if years:  # "2010-2011", of a dash or a hyphen, inside something longer
        return _between(years["a"], years["b"], hints)
    span = _read_period(rest, hints) or _read_meeting(rest, hints)
    return replace(span, approximate=True) if span is not None and doubted else span


def _read_meeting(words: str, hints: Hints) -> DateSpan | None:
    """Return the date of a meeting: from the study's meetings, else from the month or day in its name ("the June 2011
    meeting")."""
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
        meeting = _read_period(rest, hints) is None and not _TWO_YEARS.fullmatch(rest)
        inside = meeting or ("winter" in rest.lower() and span.precision == "between")
        start, end = (span.date_to, span.date_from) if inside else (span.date_from, span.date_to)
        unsure = span.approximate
        match relation:
            case "before":
                opened = up_to(start, exclusive=True, approximate=unsure)
            case "by":
                opened = up_to(span.date_to, exclusive=False, approximate=unsure)
            case "after":
                opened = onwards(end, exclusive=True, approximate=unsure)
            case _:
                opened = onwards(span.date_from, exclusive=False, approximate=unsure)
        return replace(opened, within=span.within, remarks=span.remarks)
    return None


def _read_range(text: str, hints: Hints) -> DateSpan | None:
    for shape in _RANGES:
        if found := shape.fullmatch(text):
            span = _between(found["a"].strip(), found["b"].strip(), hints)
            if span is not None:
                return span
    return None


def _read_several(text: str, hints: Hints) -> DateSpan | None:
    """Several dates side by side ("5 and 7 March 2011"): from the first to the last of them."""
    parts = [part for part in _BESIDE.split(_YEAR_BEHIND_COMMA.sub(" ", text)) if part]
    if not 2 <= len(parts) <= _MOST_BESIDE:
        return None
    if (front := _MONTH_AND_DAY.fullmatch(parts[0])) and (back := _DAY_AND_YEAR.fullmatch(parts[-1])):
        days = [front["day"], *parts[1:-1], back["day"]]  # "March 5 and 7, 2011"
        parts = [f"{day} {front['month']} {back['year']}" for day in days]
    last = beside = parts[-1]
    spans = [_read_end(last, hints)]
    for part in reversed(parts[:-1]):
        beside, _ = _completed(part, beside)
        span = _read_one_of_two(beside, last, hints)
        if span and spans[0] and beside == part and not _WRITTEN_YEAR.search(part):
            hull(span, spans[0])  # "28 December and 3 January 2011" are of two years
        spans.append(span)
    read = [span for span in spans if span is not None and span.date_from and span.date_to]
    return joined(read) if len(read) == len(spans) else None


def _between(first: str, last: str, hints: Hints) -> DateSpan | None:
    """Read a span from its two ends; a year or month that one lacks is taken from the other. ".." or nothing is
    open."""
    if first in ("", ".."):
        end = _read_end(last, hints)
        return _up_to_end_of(end) if end else None
    if last in ("", "..") or _OPEN_END.fullmatch(last):
        start = _read_end(first, hints)
        return _from_start_of(start) if start else None
    first, last = _completed(first, last)
    from_span = _read_one_of_two(first, last, hints)
    to_span = _read_one_of_two(last, first, hints) if from_span else None
    if from_span is None or to_span is None or from_span.date_from is None or to_span.date_to is None:
        return None
    return hull(from_span, to_span)


def _completed(first: str, last: str) -> tuple[str, str]:
    """Two dates, each with the month: "5" before "8 March 2011" is "5 March", "March 5" before "8, 2011" too."""
    if _BARE_DAY.fullmatch(first):
        if whole := _DAY_AND_MONTH.fullmatch(last):
            return f"{first} {whole['month']}", last
        if numbers := _DAY_IN_NUMBERS.fullmatch(last):
            return f"{first}{numbers['rest']}", last
    if (start_day := _MONTH_AND_DAY.fullmatch(first)) and (end_day := _DAY_AND_YEAR.fullmatch(last)):
        month, year = start_day["month"], end_day["year"]
        return f"{start_day['day']} {month} {year}", f"{end_day['day']} {month} {year}"
    return first, last


def _read_one_of_two(text: str, other: str, hints: Hints) -> DateSpan | None:
    """One of two dates, with the other's year where it has none. A year alone lends none: "Q3" to "2011" is not a
    period, but one date written in two parts."""
    if not _WRITTEN_YEAR.search(text) and (year := _WRITTEN_YEAR.search(other)):
        if _BARE_YEAR.fullmatch(_without_doubt(other)[0]):
            return None
        hints = replace(hints, year_hint=int(year[0]))
    return _read_end(text, hints)


def _up_to_end_of(span: DateSpan) -> DateSpan:
    return replace(up_to(span.date_to, exclusive=False, approximate=span.approximate), remarks=span.remarks)


def _from_start_of(span: DateSpan) -> DateSpan:
    return replace(onwards(span.date_from, exclusive=False, approximate=span.approximate), remarks=span.remarks)


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
    return joined(spans)


def _not_understood(text: str) -> DateUnreadable:
    shown = text if len(text) <= 60 else f"{text[:57]}..."
    if mentions_meeting(text):
        return DateUnreadable(
            f'"{shown}" names a meeting whose date is not known.',
            'Write its name as the registers do, or the year too, such as "before the June 2011 meeting", or the date.',
        )
    if _ONLY_TIME.fullmatch(text):
        return DateUnreadable(
            f'"{shown}" is a time of day without a date.',
            "Write the date too. A spreadsheet also gives a time for a number that it cannot show as a date.",
        )
    for word in re.findall(r"[a-z]{4,12}", text.lower()):
        close = get_close_matches(word, _WORDS, n=1, cutoff=0.75)
        if close and close[0] != word and close[0][0] == word[0]:
            return DateUnreadable(f'"{shown}" is not a date.', f'Did you mean "{close[0].capitalize()}" for "{word}"?')
    return DateUnreadable(f'"{shown}" is not a date.', f"Write a date {_EXAMPLES}")
