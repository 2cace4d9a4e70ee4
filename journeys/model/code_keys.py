"""Keys of codes: text ("1.10" is not "1.1"), their sort order, and the repair of keys that a spreadsheet changed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from journeys.model.identity import folded

CODEBOOK = "codebook"
SUMMARY_TABLES = "summary_tables"
"""The file names of the codebook and of the summary tables, among the instruments and in a study folder."""
CODING_WORKBOOK = "coding_workbook"
"""The form for coding interviews, which is made of the codebook."""
NOT_FORMS = (CODEBOOK, SUMMARY_TABLES)
"""What lies among the instruments and is not a form."""
NOT_RECOVERED = "[label not recovered]"
"""Shown for a label that could not be read in the printed source of an instrument."""

LONGEST_KEY = 20
_KEY = re.compile(r"[^\W_]+(?:[._-][^\W_]+)*")
_PARTS = re.compile(r"\d+|[^\W\d_]+")
_DOTTED = re.compile(r"(\d+)\s*[.,\u00b7\u2024\uff0e]\s*(\d+)")
# What can follow a key's part is told apart by its first signs: else "1.1.1..." would be tried in 2**n ways.
_FURTHER_PART = r"(?:[._-][^\W_]+|(?:\s*,\s*|\s+\.\s*|\.\s+)\d+)"
_LEADING = re.compile(
    rf"(?:codes?\s+|#)?([^\W_]+{_FURTHER_PART}*)[.:)]?(?:\s*[:\u2013\u2014-]\s+|\s+)(.+)", re.I | re.S
)
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::00)?")
_LESS_CLEAR = re.compile(r"(?:(?<!\s)\s+)?(?:[,/&+]|\band\b)\s*")
_LABEL_SHOWN = 60
_NEAR_ENOUGH = 60

Labels = Mapping[str, str | None]
"""The codes of a codebook in their order: key to label, None where it is lost."""


@dataclass(frozen=True, slots=True)
class ReadCode:
    """The result of reading one code: its key or None, what was wrong or changed, and what to do about it."""

    written: str
    key: str | None
    message: str = ""
    remedy: str = ""


def is_key(words: str) -> bool:
    """Whether a text can be the key of a code: letters and digits in parts, joined by dots, hyphens or underscores."""
    return len(words) <= LONGEST_KEY and _KEY.fullmatch(words) is not None


def key_order(key: str) -> tuple[tuple[int, int, str], ...]:
    """Return the sort key of a code: part by part, numbers by size (1.2 before 1.10, 6.7 before 6.7a)."""
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part.casefold()) for part in _PARTS.findall(key))


def shown_code(key: str, label: str | None) -> str:
    """A code as people read it: "6.2 JSNA", "7.1 [label not recovered]"."""
    return f"{key} {label or NOT_RECOVERED}"


def read_codes(value: object, labels: Labels) -> list[ReadCode]:
    """The codes in one cell: text with several separated by semicolons or lines, a number, or a date.

    A code is written by its key, its label, or both. A key that a spreadsheet changed is repaired, with a message, only
    where a single code can have been meant.
    """
    if isinstance(value, bool) or value is None:
        return [] if value is None else [_unknown(str(value).upper(), labels)]
    if isinstance(value, int | float):
        return [_number(value, labels)]
    if isinstance(value, date):
        return [_date(value, labels)]
    return [code for line in str(value).split("\n") for code in _line(line.strip(), labels)]


def nearest_codes(words: str, labels: Labels, most: int = 3) -> list[str]:
    """The codes whose key or label is most like ``words``, as people read them, the nearest first."""
    from rapidfuzz import fuzz, process

    wanted = folded(words)
    keys = process.extract(wanted, list(labels), scorer=fuzz.ratio, limit=most, score_cutoff=_NEAR_ENOUGH)
    named = {key: folded(label) for key, label in labels.items() if label}
    like = process.extract(wanted, named, scorer=fuzz.WRatio, limit=most, score_cutoff=_NEAR_ENOUGH)
    found = {key: score for key, score, _ in keys}
    for _, score, key in like:
        found[key] = max(score, found.get(key, 0))
    best = sorted(found, key=lambda key: (-found[key], key_order(key)))[:most]
    return [_short(key, labels) for key in best]


def repaired_keys(written: Sequence[object], expected: Sequence[str]) -> list[str | None]:
    """Return the keys along a row of headings; None for a heading that is not a key or could be several.

    A number or a date is repaired where the headings beside it leave one possibility: of the keys between its
    neighbours, in the order of ``expected``, exactly one can have become this value.
    """
    known = set(expected)
    found: list[str | None] = [_certain(value, known) for value in written]
    places = {key: place for place, key in enumerate(expected)}
    changed = True
    while changed:
        changed = False
        for place, value in enumerate(written):
            if found[place] is not None:
                continue
            before = max((places[key] for key in found[:place] if key), default=-1)
            after = min((places[key] for key in found[place + 1 :] if key), default=len(expected))
            between = [key for key in _possible(value, expected) if before < places[key] < after]
            if len(between) == 1:
                found[place], changed = between[0], True
    return found


def _certain(value: object, known: set[str]) -> str | None:
    """Return the key that a heading holds as text, where no repair is needed."""
    if not isinstance(value, str):
        return None
    text = value.strip()
    if text in known:
        return text
    leading = _LEADING.fullmatch(text)
    return leading[1] if leading and leading[1] in known else None


def _possible(value: object, expected: Sequence[str]) -> list[str]:
    """Return the keys that a spreadsheet may have turned into this number, date or time."""
    if isinstance(value, bool) or value is None:
        return []
    if isinstance(value, int | float):
        return [key for key in expected if _is_number(key) and Decimal(key) == Decimal(repr(value))]
    if isinstance(value, date):
        numbers = [(value.day, value.month), (value.month, value.day), (value.month, value.year % 100)]
        made = {text for first, last in numbers for text in (f"{first}.{last}", f"{first}.{last:02}")}
        return [key for key in expected if re.sub("[-_]", ".", key) in made]
    time = _TIME.fullmatch(str(value).strip())
    if time:
        return [key for key in expected if key in (f"{int(time[1])}.{int(time[2])}", f"{int(time[1])}.{time[2]}")]
    return []


def _is_number(key: str) -> bool:
    return re.fullmatch(r"\d+(\.\d+)?", key) is not None


def _number(value: int | float, labels: Labels) -> ReadCode:
    written = f"{value:g}" if isinstance(value, float) else str(value)
    possible = _possible(value, list(labels))
    if possible == [written]:
        return ReadCode(written, written)
    return _changed(written, "the number", possible, labels)


def _date(value: date, labels: Labels) -> ReadCode:
    return _changed(f"{value:%Y-%m-%d}", "the date", _possible(value, list(labels)), labels)


def _changed(written: str, what: str, possible: list[str], labels: Labels) -> ReadCode:
    """Read a key that a spreadsheet turned into a number or date."""
    as_text = "Format the cell as text and write the key again"
    if not possible:
        return ReadCode(written, None, f"The cell holds {what} {written}, which is not a code.", f"{as_text}.")
    if len(possible) == 1:
        shown = _short(possible[0], labels)
        message = f"The spreadsheet made {what} {written} of a code; it was read as {shown}, the only one it can be."
        return ReadCode(written, possible[0], message, f"{as_text}, so that it stays as it is.")
    either = " or ".join(_short(key, labels) for key in possible)
    message = f"The cell holds {what} {written}. The code may have been {either}; nobody can know which."
    return ReadCode(written, None, message, f"{as_text}: {' or '.join(possible)}.")


def _line(line: str, labels: Labels) -> Iterator[ReadCode]:
    """The codes in a line: what stands between semicolons, unless a label has one itself."""
    exact = _exactly(line, labels) if ";" in line else None
    for entry in [line] if exact is not None else line.split(";"):
        if entry.strip():
            yield from _entry(entry.strip(), labels)


def _entry(entry: str, labels: Labels) -> Iterator[ReadCode]:
    """The codes in what stands between two semicolons: one, or several keys joined by commas."""
    parts = [part.strip() for part in _LESS_CLEAR.split(entry) if part.strip()]
    several = [_one(part, labels) for part in parts]
    # "6,7" is a code with a comma for its dot, unless 6 and 7 are codes themselves.
    if len(parts) > 1 and all(is_key(part) for part in parts) and any(each.key for each in several):
        yield from several
        return
    yield _one(entry, labels)


def _exactly(text: str, labels: Labels) -> str | None:
    """Return the key of a code written as its key, as a label that no other code has, or as both without a mistake."""
    wanted = folded(text)
    found = [key for key, label in labels.items() if label and wanted in (folded(label), folded(f"{key} {label}"))]
    return found[0] if len(found) == 1 else text if text in labels else None


def _one(words: str, labels: Labels) -> ReadCode:
    text = unicodedata.normalize("NFKC", words).strip().strip("()[]").strip()
    by_case = {key.casefold(): key for key in labels}
    if (key := by_case.get(text.casefold())) is not None:
        return ReadCode(words, key)
    called = [key for key, label in labels.items() if label and folded(label) == folded(text)]
    if len(called) == 1:
        return ReadCode(words, called[0])
    if called:
        message = f"{words!r} is the label of {len(called)} codes."
        return ReadCode(words, None, message, f"Write the key: {', '.join(called)}.")
    leading = _LEADING.fullmatch(text)
    if leading and (key := by_case.get(_tidy(leading[1]).casefold())) is not None:
        return _with_words(words, key, leading[2], labels)
    if (key := by_case.get(_tidy(text).casefold())) is not None:
        return ReadCode(words, key, f"{words!r} was read as the code {_short(key, labels)}.", f"Write {key}.")
    if possible := _possible(text, list(labels)):
        return _changed(text, "the time", possible, labels)
    return _unknown(words, labels)


def _tidy(text: str) -> str:
    """Return a key without common variations: a comma for the dot, spaces, zeros, a final full stop."""
    bare = re.sub(r"^(?:codes?\s+|#)|[.:]+$", "", text.strip(), flags=re.I).strip()
    dotted = _DOTTED.fullmatch(bare)
    if dotted is None:
        return bare
    # Zeros before a number mean nothing; zeros after it make another code.
    return f"{int(dotted[1])}.{dotted[2].lstrip('0') or '0'}"


def _alike(given: str, own: str) -> bool:
    from rapidfuzz import fuzz

    return fuzz.ratio(given, own) >= 80


def _with_words(words: str, key: str, rest: str, labels: Labels) -> ReadCode:
    """A key and words after it: its label, or part of it; those of another code contradict it."""
    own, given = folded(labels[key] or NOT_RECOVERED), folded(rest)
    others = [other for other, label in labels.items() if label and folded(label) == given and other != key]
    if given == own or (len(given) > 3 and given in own) or _alike(given, own):
        return ReadCode(words, key)
    if others:
        message = f"{words!r} has the key of {_short(key, labels)} and the label of {_short(others[0], labels)}."
        return ReadCode(words, None, message, f"Write {key} or {others[0]}.")
    message = f"{rest!r} is not the label of {_short(key, labels)}; the words were not read."
    return ReadCode(words, key, message, "Write the key alone; put remarks elsewhere.")


def _unknown(words: str, labels: Labels) -> ReadCode:
    near = nearest_codes(words, labels)
    meant = f"Did you mean {' or '.join(near)}? " if near else ""
    return ReadCode(
        words, None, f"{words!r} is not a code of the codebook.", f"{meant}A new code has to be added to codebook.yaml."
    )


def _short(key: str, labels: Labels) -> str:
    label = labels.get(key) or NOT_RECOVERED
    return f"{key} ({label if len(label) <= _LABEL_SHOWN else label[: _LABEL_SHOWN - 1] + '…'})"
