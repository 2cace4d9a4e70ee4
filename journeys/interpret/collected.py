"""What a data collection summary lists, in the words of its cells: transcripts, codings, dates, copies."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from journeys.instruments.answers import FilledForm
from journeys.instruments.files.cells import Cell
from journeys.model.identity import folded

NOTHING: frozenset[str] = frozenset()
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_PARTS = re.compile(r"[\s,;/&+()]+")
_NONE = {
    "",
    "neither",
    "none",
    "no",
    "n",
    "nothing",
    "not available",
    "not coded",
    "not yet",
    "-",
    "0",
    "not summarised",
}
_BOTH = {"both", "all"}
_TRANSCRIPT = re.compile(r"\b(?:transcri\w*|in full|verbatim|full)\b")
_NOTES = re.compile(r"\bnotes?\b")
_NO_TRANSCRIPT = re.compile(r"\b(?:not|no|never|without(?: a)?|un)[ -]?(?:yet )?transcri\w*")
_CODED = {
    "coded",
    "yes",
    "y",
    "done",
    "complete",
    "completely",
    "fully",
    "fully coded",
    "in full",
    "x",
    "true",
    "\u2713",
}


@dataclass(frozen=True, slots=True)
class Summary:
    """A data collection summary: its case study, itself as a source, and what was filled in."""

    case: str
    source: str
    form: FilledForm
    titles: Mapping[str, str]
    """The sheet of each table, and the heading of each column by table and column: "interviews.date"."""


def kept_records(words: str) -> frozenset[str] | None:
    """What there is to read of a source: "transcript", "notes", both or nothing; None for words that do not say it."""
    said = folded(words).strip(" .")
    if said in _NONE:
        return NOTHING
    if said in _BOTH:
        return frozenset({"transcript", "notes"})
    no_transcript = _NO_TRANSCRIPT.search(said)
    found = set()
    if _TRANSCRIPT.search(said) and not no_transcript:
        found.add("transcript")
    if _NOTES.search(said):
        found.add("notes")
    return frozenset(found) if found or no_transcript else None


def how_coded(words: str) -> str | None:
    """Whether something is coded: yes, no or partly; None for words that do not say it."""
    said = folded(words).strip(" .")
    if said in _CODED:
        return "yes"
    if "part" in said or said in ("some", "in progress", "ongoing", "begun", "started"):
        return "partly"
    return "no" if said in _NONE or said.startswith(("not ", "un")) else None


def worked_on(words: str) -> frozenset[str] | None:
    """What was done with something: "coded", "summarised", both or nothing; None for words that do not say it."""
    said = folded(words).strip(" .")
    if said in _NONE:
        return NOTHING
    if said in _BOTH:
        return frozenset({"coded", "summarised"})
    if said in _CODED:
        return frozenset({"coded"})
    done = frozenset(
        name
        for name, stem in (("coded", "coded"), ("summarised", "summari"))
        if stem in said and not re.search(rf"\b(?:not|no)\b[^,;/]*\b{stem}", said)
    )
    return done if done or re.search(r"\b(?:not|no)\b", said) else None


def in_words(said: frozenset[str]) -> str:
    """What there is, in the words of the form: "both" or "neither" where it is more or less than one."""
    return "both" if len(said) == 2 else next(iter(said), "neither")


def copy_and_url(words: str) -> tuple[str, str]:
    """Where a copy is, and the web address: "obtained; https://…" in any order."""
    urls = _URL.findall(words)
    rest = _URL.sub(" ", words)
    return " ".join(rest.replace(";", " ").split()).strip(" ,"), (urls[0].rstrip(".,;)") if urls else "")


def date_and_author(words: str) -> tuple[str, str]:
    """The date and the author of a document: apart by a semicolon, or by the last comma or full stop with no digit
    behind it."""
    date, semicolon, author = words.partition(";")
    if semicolon:
        return date.strip(), author.strip()
    found = re.fullmatch(r"(?P<date>.*\d.*?)[,.]\s*(?P<author>\D+)", words.strip(), re.DOTALL)
    if found:
        return found["date"].strip(), found["author"].strip()
    return (
        (words.strip(), "")
        if any(map(str.isdigit, words)) or folded(words) in ("n.d.", "n. d.")
        else ("", words.strip())
    )


def same_words(one: str, other: str) -> bool:
    """Whether two wordings say the same, or one holds the other; signs and case do not count."""
    a, b = (" ".join(filter(None, _PARTS.split(re.sub(r"[^\w\s]", " ", folded(each))))) for each in (one, other))
    return a == b or bool(a and b and (f" {a} " in f" {b} " or f" {b} " in f" {a} "))


def row_words(values: Sequence[Cell]) -> str:
    """A row as one passage of words."""
    return "; ".join(" ".join(each.text.split()) for each in values if each.text.strip())
