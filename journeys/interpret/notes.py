"""A researcher's notes, told apart by their markers (observation guide, form 1, point 3).

Four kinds: direct speech in double quotation marks (verbatim); what a participant said in the researcher's words,
"SS said …" (paraphrase); the researcher's own interpretation in square brackets (interpretive); everything else, the
researcher's comment on what happened. What stands in square brackets is never a participant's statement, whoever is
named in it and whatever is quoted in it; brackets inside a quotation are taken out of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

NoteMode = Literal["verbatim", "paraphrase", "researcher_comment", "interpretive"]

SPEECH_VERBS = (
    "said", "says", "asked", "asks", "replied", "replies", "answered", "answers", "explained", "explains", "noted",
    "notes", "stated", "states", "argued", "argues", "suggested", "suggests", "agreed", "agrees", "disagreed",
    "disagrees", "added", "adds", "commented", "comments", "reported", "reports", "wondered", "wonders", "confirmed",
    "confirms", "pointed out", "points out", "told", "tells", "mentioned", "mentions", "questioned", "questions",
    "objected", "objects", "proposed", "proposes", "complained", "complains", "insisted", "insists", "warned", "warns",
    "reminded", "reminds", "claimed", "claims", "responded", "responds", "remarked", "remarks", "stressed", "stresses",
    "emphasised", "emphasises", "announced", "announces", "recalled", "recalls", "observed", "observes",
)  # fmt: skip

_QUOTES = {'"': '"\u201d', "\u201c": '\u201d"', "\u201e": "\u201c\u201d", "\u00ab": "\u00bb", "\u00bb": "\u00ab"}
_INITIALS = r"(?<![\w.])[A-Z]{2,4}\d?(?![\w])"
_VERB = rf"(?:(?:also|then|again|later|only|just)\s+)?(?:{'|'.join(SPEECH_VERBS)})(?!\w)"
_SENTENCE_END = re.compile(r"(?<=[.!?;\u2026])\s+|\n+")
_LEAD_IN = re.compile(r"[\s,:;\u2013-]*(?:that|to\s+\S+(?:\s+\S+)?)?[\s,:;\u2013-]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NotePart:
    """A part of the notes: its kind, its words, and the name of who said it, as written, if anybody did."""

    mode: NoteMode
    text: str
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Notes:
    """The parts in their order, and what is wrong with the markers (in words, each with a remedy)."""

    parts: tuple[NotePart, ...]
    flaws: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Segment:
    kind: Literal["plain", "quote", "bracket"]
    text: str


def read_notes(text: str, people: Sequence[str] = ()) -> Notes:
    """Tell the parts of ``text`` apart; ``people`` are names that participants go by, besides initials in capitals."""
    flaws: list[tuple[str, str]] = []
    segments = list(_segments(text, flaws))
    name = _name_pattern(people)
    parts: list[NotePart] = []
    for number, segment in enumerate(segments):
        if segment.kind == "bracket":
            parts.append(NotePart("interpretive", segment.text.strip()))
        elif segment.kind == "quote":
            before = segments[number - 1].text if number and segments[number - 1].kind == "plain" else ""
            after = segments[number + 1].text if number + 1 < len(segments) else ""
            spoken = _speaker_before(before, name) or _speaker_after(after, name)
            if spoken is None and not before.strip(" ,;\u2026.") and parts and parts[-1].mode == "verbatim":
                spoken = parts[-1].speaker
            parts.append(NotePart("verbatim", segment.text.strip(), spoken))
        else:
            quoted_next = number + 1 < len(segments) and segments[number + 1].kind == "quote"
            words = segment.text
            if parts and parts[-1].mode == "verbatim" and (said := _said_after(words, name)):
                words = words[said.end() :]  # '…," said SS' only says whose the quotation was
            parts += _plain(words, name, quoted_next=quoted_next)
    return Notes(tuple(part for part in _joined(parts) if any(map(str.isalnum, part.text))), tuple(flaws))


def _name_pattern(people: Sequence[str]) -> str:
    known = sorted({re.escape(person) for person in people if person.strip()}, key=len, reverse=True)
    return f"(?:{'|'.join([*(rf'(?<!{chr(92)}w){each}(?!{chr(92)}w)' for each in known), _INITIALS])})"


def _segments(text: str, flaws: list[tuple[str, str]]) -> Iterator[_Segment]:
    place = begun = 0
    while place < len(text):
        character = text[place]
        if character == "[":
            yield _Segment("plain", text[begun:place])
            end, inside = _bracket(text, place, flaws)
            yield _Segment("bracket", inside)
            place = begun = end
        elif character in _QUOTES:
            yield _Segment("plain", text[begun:place])
            end, inside = _quotation(text, place, flaws)
            yield from _without_brackets(inside, flaws)
            place = begun = end
        else:
            place += 1
    yield _Segment("plain", text[begun:])


def _bracket(text: str, start: int, flaws: list[tuple[str, str]]) -> tuple[int, str]:
    """Where the bracket that opens at ``start`` ends, and what is in it; an open one goes to the end, to be safe."""
    depth = 0
    for place in range(start, len(text)):
        depth += (text[place] == "[") - (text[place] == "]")
        if depth == 0:
            return place + 1, text[start + 1 : place]
    shown = text[start : start + 40]
    flaws.append(
        (f"The square bracket before {shown!r} is not closed; all that follows is read as interpretation.", "Write ].")
    )
    return len(text), text[start + 1 :]


def _quotation(text: str, start: int, flaws: list[tuple[str, str]]) -> tuple[int, str]:
    """Where the quotation ends and what is in it; an open one ends with its line. No quotation goes on over an empty
    line."""
    limit = next((m.start() for m in re.finditer(r"\n\s*\n", text) if m.start() > start), len(text))
    for place in range(start + 1, limit):
        if text[place] in _QUOTES[text[start]]:
            return place + 1, text[start + 1 : place]
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    message = (
        f"The quotation marks before {text[start + 1 : start + 40]!r} are not closed; read to the end of the line."
    )
    flaws.append((message, "Close them where the words end."))
    return end, text[start + 1 : end]


def _without_brackets(quoted: str, flaws: list[tuple[str, str]]) -> Iterator[_Segment]:
    kept, inside, place = "", [], 0
    while place < len(quoted):
        if quoted[place] == "[":
            place, words = _bracket(quoted, place, flaws)
            inside.append(words)
            kept += "[\u2026]"
        else:
            kept += quoted[place]
            place += 1
    yield _Segment("quote", kept)
    for words in inside:
        yield _Segment("bracket", words)


def _speaker_before(plain: str, name: str) -> str | None:
    """Who is named last before a quotation, in the sentence that leads up to it."""
    sentence = _sentences(plain, name)[-1]
    said = list(re.finditer(rf"({name})\s*(?:\([^)]*\)\s*)?(?:{_VERB}|:)", sentence))
    named = said or list(re.finditer(rf"({name})", sentence))
    return named[-1][1] if named else None


def _speaker_after(plain: str, name: str) -> str | None:
    """Who is said to have spoken right after a quotation: '"…," SS said', '"…," said SS'."""
    match = _said_after(plain, name)
    return match["before"] or match["after"] if match else None


def _said_after(plain: str, name: str) -> re.Match[str] | None:
    return re.match(
        rf"[\s,.\u2013-]*(?:(?P<before>{name})\s+{_VERB}(?=\s*(?:[.,;!?\n]|$))|{_VERB}\s+(?P<after>{name}))", plain
    )


def _sentences(text: str, name: str) -> list[str]:
    """The sentences of ``text``; the full stop inside a name ("Ann N. said") ends none."""
    within = [(match.start(), match.end()) for match in re.finditer(name, text)]
    ends = [
        match
        for match in _SENTENCE_END.finditer(text)
        if "\n" in match[0] or not any(start < match.start() <= end for start, end in within)
    ]
    edges = [0, *(match.end() for match in ends), len(text)]
    return [text[start:end] for start, end in pairwise(edges)]


def _plain(text: str, name: str, *, quoted_next: bool) -> Iterator[NotePart]:
    """Comments and paraphrases in what is neither quoted nor bracketed."""
    sentences = [sentence.strip() for sentence in _sentences(text, name) if sentence.strip()]
    saying = re.compile(rf"({name})\s*(?:\([^)]*\)\s*)?({_VERB}|(?<=\w):(?=\s))")
    for number, sentence in enumerate(sentences):
        said = list(saying.finditer(sentence))
        lead = sentence[: said[0].start()] if said else sentence
        if lead.strip():
            yield NotePart("researcher_comment", lead.strip().lstrip(" ,.;:"))
        for place, match in enumerate(said):
            end = said[place + 1].start() if place + 1 < len(said) else len(sentence)
            is_lead_in = quoted_next and number == len(sentences) - 1 and end == len(sentence)
            if is_lead_in and _LEAD_IN.fullmatch(sentence[match.end() : end]):
                continue  # "SS said:" only says whose the quotation is that follows
            words = re.sub(r"[\s,]+(?:and|but|while|then)?\s*$", "", sentence[match.start() : end])
            yield NotePart("paraphrase", words, match[1])


def _joined(parts: Sequence[NotePart]) -> Iterator[NotePart]:
    """The parts, with comments that follow each other as one."""
    held: NotePart | None = None
    for part in parts:
        if held is not None and part.mode == held.mode == "researcher_comment":
            held = NotePart("researcher_comment", f"{held.text} {part.text}")
            continue
        if held is not None:
            yield held
        held = part
    if held is not None:
        yield held
