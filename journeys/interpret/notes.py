"""Divide a researcher's notes by their markers (observation guide, form 1, point 3).

Four kinds: direct speech in double quotation marks (verbatim); what a participant said in the researcher's words,
"SS said …" (paraphrase, to the end of the sentence); the researcher's own interpretation in square brackets
(interpretive); everything else, the researcher's comment on what happened. What stands in square brackets is never a
participant's statement, whoever is named in it and whatever is quoted in it.

A quotation has a speaker only where the notes name one explicitly, not where they merely mention a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from journeys.interpret.note_marks import OMISSION, Flaw, Segment, segments
from journeys.interpret.note_speakers import Speakers, speakers_among

NoteMode = Literal["verbatim", "paraphrase", "researcher_comment", "interpretive"]


@dataclass(frozen=True, slots=True)
class NotePart:
    """A part of the notes: its kind, its words, who said it (as written), and where in the notes' margin it stands."""

    mode: NoteMode
    text: str
    speaker: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Notes:
    """The parts in their order, and what is wrong with the marks."""

    parts: tuple[NotePart, ...]
    flaws: tuple[Flaw, ...] = ()


def read_notes(text: str, people: Sequence[str] = ()) -> Notes:
    """Tell the parts of ``text`` apart; ``people`` are names that participants go by, besides initials in capitals."""
    found, flaws = segments(text)
    speakers = speakers_among(tuple(people))
    parts: list[NotePart] = []
    line: list[Segment] = []
    for segment in [*found, Segment("break", "")]:
        if segment.kind == "break":
            parts += _joined(_line(_bridged(line), speakers))
            line = []
        else:
            line.append(segment)
    return Notes(tuple(part for part in parts if any(map(str.isalnum, part.text))), tuple(flaws))


def _bridged(line: Sequence[Segment]) -> list[Segment]:
    """A line in which a sentence goes on after square brackets: "SS said that it [the plan] was late"."""
    bridged: list[Segment] = []
    plain = None
    for segment in line:
        if segment.kind == "plain":
            goes_on = segment.text.lstrip()[:1].islower() and plain is not None
            if goes_on and plain is not None and bridged[plain].text.rstrip()[-1:] not in (".", "!", "?"):
                bridged[plain] = Segment("plain", f"{bridged[plain].text.rstrip()} {OMISSION} {segment.text.lstrip()}")
                continue
            plain = len(bridged)
        elif segment.kind == "quote":
            plain = None
        bridged.append(segment)
    return bridged


def _line(line: Sequence[Segment], speakers: Speakers) -> Iterator[NotePart]:
    """The parts of one line, in which a quotation may go on over several."""
    place: str | None = None
    speaker: str | None = None
    said = [segment for segment in line if segment.kind in ("plain", "quote")]
    number = -1
    for segment in line:
        if segment.kind == "place":
            place = segment.text
            continue
        if segment.kind == "bracket":
            yield NotePart("interpretive", segment.text, place=place)
            continue
        number += 1
        before = said[number - 1] if number else Segment("plain", "")
        after = said[number + 1] if number + 1 < len(said) else Segment("plain", "")
        if segment.kind == "quote":
            speaker = _speaker(segment.text, before, after, speaker, speakers)
            yield NotePart("verbatim", segment.text, speaker, place)
            continue
        words = segment.text
        if before.kind == "quote":
            words = words[speakers.end_of_attribution(before.text, words) :]
        for part in _plain(words, speakers, leads_in=after.kind == "quote"):
            yield replace(part, place=place)
        if not speakers.says_nothing(words):
            speaker = None


def _speaker(quoted: str, before: Segment, after: Segment, last: str | None, speakers: Speakers) -> str | None:
    """Who a quotation is said to be by: before it, after it, or by the quotation that it goes on with."""
    goes_on = before.kind == "quote" or speakers.says_nothing(before.text)
    named = last if goes_on else speakers.before(before.text)
    return named or (speakers.after(quoted, after.text) if after.kind == "plain" else None)


def _plain(text: str, speakers: Speakers, *, leads_in: bool) -> Iterator[NotePart]:
    """Comments and paraphrases in what is neither quoted nor bracketed; ``leads_in``: a quotation follows."""
    sentences = [sentence.strip() for sentence in speakers.sentences(text) if sentence.strip()]
    for number, sentence in enumerate(sentences):
        leads_on = leads_in and number == len(sentences) - 1
        lead, sayings = speakers.sayings(sentence)
        only_leads_on = leads_on and not sayings and speakers.only_names(sentence)
        if not only_leads_on and not speakers.says_nothing(lead):
            yield NotePart("researcher_comment", lead)
        for place, (words, speaker, says_more) in enumerate(sayings):
            if says_more or not leads_on or place < len(sayings) - 1:
                yield NotePart("paraphrase", words, speaker)  # else it only says whose the quotation is that follows


def _joined(parts: Iterable[NotePart]) -> list[NotePart]:
    """The parts of a line, with comments that follow each other as one."""
    joined: list[NotePart] = []
    for part in parts:
        last = joined[-1] if joined else None
        if last and last.mode == part.mode == "researcher_comment" and last.place == part.place:
            joined[-1] = replace(last, text=f"{last.text} {part.text}")
        else:
            joined.append(part)
    return joined
