"""What stands under *Bears on*: rows of the summary tables, each with how it is borne on and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from journeys.instruments.summary_tables import SummaryRow, SummaryTables
from journeys.model.definitions import Vocabulary
from journeys.model.identity import folded
from journeys.model.phrases import one_of
from journeys.model.search_text import wanted_words, words_of

_NEAR_ENOUGH = 60
_MOST_LISTED = 8
_ID = re.compile(r"([^\W\d_]+\s?\d+(?:\.\d+)*(?:\s?[-\u2010-\u2015.]\s?\d+)?[^\W\d_]?)(?![^\W_])", re.UNICODE)
_PARTS = re.compile(r"\d+|[^\W\d_]+")
# Only where a stretch of space begins: to try within it takes time that grows with its square.
_SURE = re.compile(r"(?:(?<!\s)\s+)?\(([^()]*)\)\s*$")


@dataclass(frozen=True, slots=True)
class ReadBearing:
    """One entry as written: the row it names, or None; how it bears on it and how sure that is, None if unsaid.

    ``message`` and ``remedy`` say what was wrong or what was assumed.
    """

    written: str
    row: SummaryRow | None
    direction: str | None = None
    confidence: str | None = None
    message: str = ""
    remedy: str = ""


class BearingReader:
    """Reads cells of *Bears on* by the summary tables in use and the words for how and how sure."""

    def __init__(self, tables: SummaryTables, bearings: Vocabulary, confidences: Vocabulary) -> None:
        self._tables, self._bearings, self._confidences = tables, bearings, confidences
        self._by_parts: dict[tuple[str, ...], SummaryRow] = {_parts(row.id): row for row in tables.rows.values()}
        phrases = {folded(words): name for name, term in bearings.terms.items() for words in (term.label, *term.also)}
        phrases |= {folded(name): name for name in bearings.terms}
        self._phrases: Mapping[str, str] = dict(sorted(phrases.items(), key=lambda each: -len(each[0])))

    def read(self, text: str) -> list[ReadBearing]:
        """The entries of a cell, separated by semicolons or lines."""
        return [self._one(entry) for line in text.splitlines() for entry in self._entries(line)]

    def named(self, words: str) -> SummaryRow | None:
        """The row whose id ``words`` are, or begin with; None for none."""
        return self._row_at_start(words)[0]

    def _entries(self, line: str) -> Iterator[str]:
        """What stands between semicolons; words of a row that has one itself stay together."""
        entry = ""
        for piece in line.split(";"):
            row = self._row_at_start(self._how(entry)[1])[0] if entry else None
            if row is not None and folded(_SURE.sub("", piece)).rstrip("\u2026. ") in folded(row.text):
                entry = f"{entry};{piece}"
                continue
            if entry.strip():
                yield entry.strip()
            entry = piece
        if entry.strip():
            yield entry.strip()

    def _one(self, entry: str) -> ReadBearing:
        rest, confidence = entry, None
        if (sure := _SURE.search(entry)) and (confidence := self._confidences.term(sure[1])):
            rest = entry[: sure.start()]
        whole = rest.strip()
        direction, rest = self._how(whole)
        row, after = self._row_at_start(rest)
        if row is not None:
            return self._with_words(entry, row, after, direction, confidence)
        if _ID.fullmatch(rest):
            near = self._nearest_ids(rest)
            meant = f"Did you mean {one_of(near)}? " if near else ""
            remedy = f"{meant}Write the id of a row, or words that occur in one row only."
            return ReadBearing(entry, None, message=f"{rest!r} is not a row of the summary tables.", remedy=remedy)
        if direction is not None and not self._is_said_outright(whole, direction):
            direction, rest = None, whole  # "support" may be a word of the row
        return self._by_words(entry, rest, direction, confidence)

    def _is_said_outright(self, words: str, direction: str) -> bool:
        """Whether words begin with how something bears on a row, and not with a word that rows have themselves."""
        label = folded(self._bearings.terms[direction].label)
        return folded(words).startswith(label) or ":" in words

    def _how(self, words: str) -> tuple[str | None, str]:
        """How something bears on a row, where ``words`` begin with that, and the rest."""
        start = folded(words)
        for phrase, name in self._phrases.items():
            if start.startswith(phrase) and not start[len(phrase) : len(phrase) + 1].isalnum():
                # Folding may change the length of a text, so that the words are counted instead.
                rest = words.split(maxsplit=len(phrase.split()))
                last = rest[len(phrase.split()) - 1]
                behind = rest[len(phrase.split()) :]
                stuck = last.partition(":")[2]
                return name, " ".join(filter(None, [stuck, *behind])).lstrip(": \u2013\u2014")
        return None, words

    def _row_at_start(self, words: str) -> tuple[SummaryRow | None, str]:
        """The row whose id ``words`` begin with, if any, and what follows it."""
        found = _ID.match(words.strip().lstrip("[("))
        row = self._by_parts.get(_parts(found[1])) if found else None
        if found is None or row is None:
            return None, words
        return row, words.strip().lstrip("[(")[found.end() :].strip(" ])")

    def _with_words(
        self, entry: str, row: SummaryRow, after: str, direction: str | None, confidence: str | None
    ) -> ReadBearing:
        """A row named by its id, and words behind that: its own, or a remark that is not read."""
        words = folded(after.strip(" :\u2013\u2014\u2026."))
        own = folded(row.text)
        if row.hidden:
            message = f"The study has hidden {row.shown}; it was read all the same."
            return ReadBearing(entry, row, direction, confidence, message, "Name a different row, or show it again.")
        if words and not own.startswith(words) and fuzz.partial_ratio(words, own) < 85:
            message = f"{after.strip()!r} is not what {row.shown} says; the words were not read."
            remedy = "Check the id. Put remarks in Note."
            return ReadBearing(entry, row, direction, confidence, message, remedy)
        return ReadBearing(entry, row, direction, confidence)

    def _by_words(self, entry: str, words: str, direction: str | None, confidence: str | None) -> ReadBearing:
        wanted = wanted_words(words)
        rows = [row for row in self._tables.in_order if not row.hidden]
        alike = [row for row in rows if wanted and all(_has(row, each.words) for each in wanted)]
        if len(alike) == 1:
            message = f"{words!r} occurs in one row only and was read as {alike[0].shown}."
            return ReadBearing(entry, alike[0], direction, confidence, message, f"Write {alike[0].id} to be sure.")
        if alike:
            listed = "; ".join(row.shown for row in alike[:_MOST_LISTED])
            more = f"; and {len(alike) - _MOST_LISTED} more" if len(alike) > _MOST_LISTED else ""
            message = f"{words!r} occurs in {len(alike)} rows of the summary tables."
            return ReadBearing(entry, None, message=message, remedy=f"Write the id of one: {listed}{more}.")
        texts = {row.id: folded(row.text) for row in rows}
        near = process.extract(folded(words), texts, scorer=fuzz.token_set_ratio, limit=3, score_cutoff=_NEAR_ENOUGH)
        meant = f"Did you mean {one_of([self._tables.rows[key].shown for _, _, key in near])}? " if near else ""
        message = f"No row of the summary tables has the words {words!r}."
        return ReadBearing(entry, None, message=message, remedy=f"{meant}Write the id of a row, such as T1-07.")

    def _nearest_ids(self, words: str) -> list[str]:
        wanted = folded(words)
        ids: Sequence[str] = [row.id for row in self._tables.in_order if not row.hidden]
        near = process.extract(wanted, ids, scorer=fuzz.ratio, processor=folded, limit=3, score_cutoff=_NEAR_ENOUGH)
        return [self._tables.rows[each].shown for each, _, _ in near]


def _has(row: SummaryRow, words: tuple[str, ...]) -> bool:
    """Whether a row has these words side by side, in its text or in the row of the table that it stands in."""
    return f" {' '.join(words)} " in f" {' '.join(words_of(f'{row.text} {row.topic}'))} "


def _parts(row_id: str) -> tuple[str, ...]:
    """What ids are compared by: letters and numbers, whatever the signs, case and zeros: t1-7 is T1-07."""
    return tuple(str(int(part)) if part.isdecimal() else part.casefold() for part in _PARTS.findall(row_id))
