"""Find who says what in notes: "SS said …", "MV and AN asked whether …", "SS:", '"…," replied SS'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

SPEECH_VERBS = (
    "said", "says", "asked", "asks", "replied", "replies", "answered", "explained", "explains", "noted", "stated",
    "argued", "argues", "suggested", "suggests", "agreed", "agrees", "disagreed", "disagrees", "added", "adds",
    "commented", "reported", "wondered", "wonders", "confirmed", "confirms", "pointed out", "points out", "told",
    "tells", "mentioned", "mentions", "questioned", "objected", "objects", "proposed", "proposes", "complained",
    "complains", "insisted", "insists", "warned", "warns", "reminded", "reminds", "claimed", "responded", "responds",
    "remarked", "stressed", "stresses", "emphasised", "emphasises", "announced", "announces", "recalled", "recalls",
    "observed", "observes", "repeated", "repeats", "admitted", "admits", "called out", "shouted", "whispered",
)  # fmt: skip
_ALSO_NOUNS = ("answers", "claims", "comments", "notes", "questions", "reports", "states", "remarks")
"""Verbs only where it shows: "SS notes that …", not "the GP questions were left for later"."""

_CAPITAL = "A-Z\u00c0-\u00d6\u00d8-\u00de\u0386-\u03ab\u0410-\u042f"
_INITIALS = rf"(?<![\w.])(?:[{_CAPITAL}]{{2,4}}\d?|(?:[{_CAPITAL}]\.[ ]?){{2,4}})(?!\w)"
_TOGETHER = 5
"""So many more may say something together; without a limit, a long list of names takes for ever."""
NOT_PEOPLE = {"NB", "PS", "AOB", "FYI", "TBC", "TBA", "RE", "OK", "EG", "IE", "TOR"}
"""Words in capitals before a colon that are not initials."""
_VERB = (
    rf"(?:(?:also|then|again|later|only|just|now|quietly|immediately)\s+)?"
    rf"(?:(?:{'|'.join(SPEECH_VERBS)})(?!\w)(?!\s+(?:nothing|little|not\s+a\s+word|no\s+more|to\s+be)\b)"
    rf"|(?:{'|'.join(_ALSO_NOUNS)})(?=\s+(?:that|whether|how|why|if|what)\b|\s*[:,]?\s*$))"
)
_SAID_TO_BE = (
    r"(?:is|are|was|were|be|been|being|has|had|seem|seems|seemed|look|looks|looked|feel|feels|felt|hear|hears|heard|"
    r"read|reads)\b"
)
"""Verbs whose subject need not be the speaker: 'SS was told "no"', 'SS seemed "fine"'."""
CONNECTIVES = (
    "after that", "after this", "after a pause", "after a while", "at this point", "and", "but", "so", "then", "when",
    "while", "as", "after", "before", "because", "although", "if", "since", "again", "later", "finally", "first",
    "here", "now", "the",
)  # fmt: skip
_CONNECTIVE = re.compile(rf"(?:[-*\u2022\u2013]\s*)?(?:(?:{'|'.join(CONNECTIVES)})\b[\s,]*)*", re.IGNORECASE)
_OPENING_PHRASE = re.compile(r"[^,.:;]{1,40},\s+")
_LEAD_IN = re.compile(r"[\s,:;\u2013-]*(?:that|to\s+\S+(?:\s+\S+)?)?[\s,:;\u2013-]*", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?\u2026])[\"\u201d')]*\s+(?=[^\sa-z0-9])|(?<=;)\s+")
_ABBREVIATION = re.compile(r"(?:^|[\s(])(?:e\.g|i\.e|etc|cf|vs|approx|dr|mr|mrs|ms|prof|st)\.$", re.IGNORECASE)


class Speakers:
    """Finds them by the names that participants go by, and by initials in capitals (SS, S.S., MV2)."""

    def __init__(self, people: Sequence[str] = ()) -> None:
        known = sorted({person.strip() for person in people if len(person.strip()) > 1}, key=len, reverse=True)
        one = f"(?:{'|'.join([*map(_name, known), _INITIALS])})"
        self._one = re.compile(one)
        self._known = set(known)
        several = rf"{one}(?:\s*(?:,|&|/|\band\b)\s*{one}){{0,{_TOGETHER}}}"
        aside = r"(?:\s*\([^)]*\)|\s*,[^,.:;]{1,40},(?=\s))?"
        says = rf"(?:(?P<verb>{_VERB})|(?P<colon>(?<=[\w).]):(?=\s|$)))"
        self._saying = re.compile(rf"(?:\b[Tt]he\s+)?(?P<who>{several}){aside}\s*{says}")
        self._subject = re.compile(rf"(?P<who>{several})(?!['\u2019]s?\b)(?!\s+{_SAID_TO_BE})")
        self._after = re.compile(
            rf"[\s,.\u2013-]*(?:(?P<who>{several}){aside}\s*{_VERB}|{_VERB}\s+(?P<who_after>{several}))"
        )

    def before(self, text: str) -> str | None:
        """Who leads up to a quotation that follows ``text``: who says, in its last sentence, or whom that begins
        with. Nobody is a speaker who is only mentioned."""
        sentence = self._unended(text)
        if said := self._found(sentence):
            return said[-1]["who"].strip()
        start = _end(_CONNECTIVE, sentence, 0)
        phrase = _end(_OPENING_PHRASE, sentence, start)
        begun = self._subject.match(sentence, start)
        if begun is None and not self._one.search(sentence, start, phrase):
            begun = self._subject.match(sentence, _end(_CONNECTIVE, sentence, phrase))
        who = begun["who"].strip() if begun else None
        return who if who in self._known or who not in NOT_PEOPLE else None

    @staticmethod
    def says_nothing(text: str) -> bool:
        """Whether a piece between quotations is only a mark, or a word that joins them."""
        return _CONNECTIVE.fullmatch(text.strip(" ,:;.\u2026\u2013-")) is not None

    def only_names(self, sentence: str) -> bool:
        """Whether a sentence is a name, and no more: 'SS "I disagree"'."""
        sentence = sentence.lstrip(" ,;:.\u2013-")
        begun = self._subject.match(sentence, _end(_CONNECTIVE, sentence, 0))
        return begun is not None and not sentence[begun.end() :].strip(" ,:;\u2013-")

    def after(self, quoted: str, text: str) -> str | None:
        """Who is said right after a quotation to have spoken: '"…," SS said', '"…," said SS'."""
        match = self._attribution(quoted, text)
        return (match["who"] or match["who_after"]).strip() if match else None

    def end_of_attribution(self, quoted: str, text: str) -> int:
        """Where what only says whose the quotation before ``text`` was ends in it; 0 where nothing says so."""
        match = self._attribution(quoted, text)
        return match.end() if match else 0

    def sayings(self, sentence: str) -> tuple[str, list[tuple[str, str, bool]]]:
        """What comes before anybody says anything, and each saying: its words, who says it, whether it says more than
        that they said it."""
        sentence = _trimmed(sentence)
        found = self._found(sentence)
        if not found:
            return _trimmed(sentence), []
        lead = sentence[: found[0].start()]
        starts = [match.start() for match in found]
        if _CONNECTIVE.fullmatch(lead):
            lead, starts[0] = "", 0
        ends = [*starts[1:], len(sentence)]
        sayings = []
        for match, start, end in zip(found, starts, ends, strict=True):
            words = re.sub(r"[\s,;]+(?:and|but|while|then)?\s*$", "", sentence[start:end])
            says_more = not _LEAD_IN.fullmatch(sentence[match.end() : end])
            sayings.append((_trimmed(words), match["who"].strip(), says_more))
        return _trimmed(lead), sayings

    def sentences(self, text: str) -> list[str]:
        """The sentences of a line; the full stop inside a name ("Ann N. said") or of an abbreviation ends none."""
        names = [(match.start(), match.end()) for match in self._one.finditer(text)]
        ends = [
            match.end()
            for match in _SENTENCE_END.finditer(text)
            if not any(start < match.start() <= end and text[end:].lstrip()[:1].islower() for start, end in names)
            and not _ABBREVIATION.search(text[: match.start()])
        ]
        edges = [0, *ends, len(text)]
        return [text[start:end] for start, end in pairwise(edges)]

    def _unended(self, text: str) -> str:
        """The sentence that is not ended yet when ``text`` is; "" if there is none."""
        last = self.sentences(text)[-1].lstrip(" \t,;:.\u2026\u2013-")
        ended = last.rstrip()[-1:] in (".", "!", "?")
        names = list(self._one.finditer(last))
        return "" if ended and not (names and names[-1].end() == len(last.rstrip())) else last

    def _found(self, sentence: str) -> list[re.Match[str]]:
        return [match for match in self._saying.finditer(sentence) if self._is_saying(match, sentence)]

    def _is_saying(self, match: re.Match[str], sentence: str) -> bool:
        """A name and a colon say something only at the beginning of a sentence: not 'MV turned to AN: "…"'."""
        if match["colon"] is None:
            return True
        who = match["who"].strip()
        at_beginning = _end(_CONNECTIVE, sentence, 0) in (match.start(), match.start("who"))
        return at_beginning and (who in self._known or who not in NOT_PEOPLE)

    def _attribution(self, quoted: str, text: str) -> re.Match[str] | None:
        match = self._after.match(text)
        if match is None:
            return None
        rest = text[match.end() :]
        goes_on = quoted.rstrip().endswith((",", "\u2026", "-", "\u2013")) or text.lstrip().startswith(",")
        return match if goes_on or re.match(r"\s*(?:[.,;!?]|$)", rest) else None


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    """Where ``pattern`` ends in ``text`` if it stands at ``start``, else ``start``."""
    match = pattern.match(text, start)
    return match.end() if match else start


def _name(person: str) -> str:
    """A registered name as a pattern; at the beginning of a sentence it has a capital."""
    first = person[0]
    either = f"[{re.escape(first.upper() + first.lower())}]" if first.isalpha() and len(first.upper()) == 1 else ""
    pattern = f"{either}{re.escape(person[1:])}" if either else re.escape(person)
    return rf"(?<!\w){pattern}(?!\w)"


def _trimmed(words: str) -> str:
    return words.strip().lstrip(" ,.;:-*\u2022\u2013").strip()


@lru_cache(maxsize=8)
def speakers_among(people: tuple[str, ...]) -> Speakers:
    """The speakers among these people; made once for all notes of a study."""
    return Speakers(people)
