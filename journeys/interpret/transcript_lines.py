"""Find who speaks in a line of a transcript, and when: "SS: …", "[00:12:30] INT: …", "12 SS: …", a row of a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from journeys.instruments.word.comment_ranges import Line
from journeys.interpret.note_speakers import NOT_PEOPLE
from journeys.model.identity import folded

_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
_TIME = re.compile(rf"\s*(?:[\[(]\s*({_CLOCK})\s*[\])]|#({_CLOCK})(?:-\d+)?#|({_CLOCK}))(?=\W|$)\s*(?:[-\u2013]\s+)?")
_LINE = re.compile(
    r"\s*(?:\(?(?:lines?|l\.)\s?(\d{1,5})\)?[:.]?\s+|\((\d{1,5})\)\s*|(\d{1,5})(?:[.:)]?\t|\s{2,}))", re.I
)
_LABEL = re.compile(rf"\s*([^\W\d_][^:\n\t]{{0,39}}?)\s*(?:[\[(]?({_CLOCK})[\])]?\s*)?:(?:\s+|$)")
_TURN = re.compile(rf"\s*([^\W\d_][^:\n]{{0,39}}?)?[\s,]*[\[(]?({_CLOCK})[\])]?\s*")
_AT_END = re.compile(rf"(?:(?<!\s)\s+)?(?:#({_CLOCK})(?:-\d+)?#|[\[(]({_CLOCK})[\])])\s*$")
_INITIALS = re.compile(
    r"[A-Z]{1,4}\d{0,2}|[PRI]\d{1,3}|(?:participant|respondent|interviewee|speaker|interviewer) ?\d{1,3}", re.I
)
_INTERVIEWER = {"i", "int", "int.", "interviewer", "q", "moderator", "mod", "facilitator", "researcher"}
_RESPONDENT = {"r", "a", "p", "ip", "resp", "resp.", "respondent", "interviewee", "participant"}
INTERVIEWER = "Interviewer"

Known = Callable[[str], str | None]
"""The id of the one person that a name stands for, if there is one."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: as written, and the id of the person, None for one that the registers do not have."""

    written: str
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """A line of a transcript: who speaks in it, its time or number where it has one, and where the words begin and
    end in it."""

    speaker: Speaker | None
    time: str | None
    number: str | None
    begins: int
    ends: int


class TurnReader:
    """Reads the lines of one transcript in their order.

    ``known`` says whom a name stands for; ``interviewee`` is the person interviewed, where that is one. A line that is
    only a name and a time ("Sam S.  0:12"), as transcribing programs write them, goes for the lines after it.
    """

    def __init__(self, known: Known, interviewee: str | None) -> None:
        self._known, self._interviewee = known, interviewee
        self._heading: tuple[Speaker | None, str] | None = None

    def turns(self, lines: Sequence[Line]) -> list[Turn]:
        """The turn of each line."""
        return [self._turn(line) for line in lines]

    def _turn(self, line: Line) -> Turn:
        words = line.words
        if line.is_heading:
            self._heading = None
        first, newline, _ = words.partition("\n")
        begins = 0
        heading = self._as_heading(first)
        if heading is not None:
            self._heading = heading
            begins = len(first) + len(newline)
        speaker, time = heading if heading is not None else (None, None)
        number: str | None = None
        begins, speaker, time, number = self._margin(words, begins, speaker, time, number)
        ends = len(words)
        if at_end := _AT_END.search(words, begins):
            ends, time = at_end.start(), time or next(filter(None, at_end.groups()))
        for beside in line.beside:
            speaker, time, number = self._beside(beside, speaker, time, number)
        if speaker is not None and heading is None:
            self._heading = None
        elif self._heading is not None:
            speaker, time = speaker or self._heading[0], time or self._heading[1]
        return Turn(speaker, time, number, begins, ends)

    def _margin(
        self, words: str, begins: int, speaker: Speaker | None, time: str | None, number: str | None
    ) -> tuple[int, Speaker | None, str | None, str | None]:
        """What stands before the words, in whatever order: time, line number, name."""
        going = True
        while going:
            going = False
            if time is None and (found := _TIME.match(words, begins)):
                time, begins, going = next(filter(None, found.groups())), found.end(), True
            elif number is None and (found := _LINE.match(words, begins)):
                number, begins, going = next(filter(None, found.groups())), found.end(), True
            elif speaker is None and (found := _LABEL.match(words, begins)):
                speaker = self._speaker(found[1], labelled=True)
                if speaker is not None:
                    time, begins, going = time or found[2], found.end(), True
        return begins, speaker, time, number

    def _beside(
        self, cell: str, speaker: Speaker | None, time: str | None, number: str | None
    ) -> tuple[Speaker | None, str | None, str | None]:
        """What another cell of the row says of a line."""
        if time is None and (found := _TIME.fullmatch(cell)):
            return speaker, next(filter(None, found.groups())), number
        if number is None and re.fullmatch(r"\d{1,5}", cell):
            return speaker, time, cell
        if speaker is None and len(cell) <= 40:
            return self._speaker(cell.rstrip(" :"), labelled=True), time, number
        return speaker, time, number

    def _as_heading(self, first: str) -> tuple[Speaker | None, str] | None:
        """The speaker and time of a line that is no more than these."""
        found = _TURN.fullmatch(first)
        if found is None or not found[1]:
            return None
        label, _, bracket = found[1].rstrip(" ([:,-\u2013").partition(" (")
        speaker = self._speaker(label if bracket else found[1].strip(" ([:,-\u2013"), labelled=False)
        return (speaker, found[2]) if speaker is not None else None

    def _speaker(self, label: str, *, labelled: bool) -> Speaker | None:
        """Whom a label stands for; None for what is no name of a speaker."""
        label = label.strip(" *\u2013-")
        person = self._known(label)
        if person is not None:
            return Speaker(label, person)
        plain = folded(label)
        if plain in _INTERVIEWER:
            return Speaker(INTERVIEWER)
        if plain in _RESPONDENT and self._interviewee is not None:
            return Speaker(label, self._interviewee)
        if label.upper() in NOT_PEOPLE or not _INITIALS.fullmatch(label):
            return None
        return Speaker(label) if label.upper() == label or re.search(r"\d", label) or not labelled else None
