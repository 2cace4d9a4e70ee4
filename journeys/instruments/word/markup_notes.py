"""Report what a Word document holds besides plain words (tracked changes, comments, pictures), with its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from journeys.instruments.word.document_parts import Aside, WordFile
from journeys.model.phrases import in_short
from journeys.model.problems import Address, Problem, Report, Severity

_PLACES_NAMED = 5
_MOST_PLACES = 5_000
"""Places of which something is said one by one."""
_PAGE_NUMBER = re.compile(r"[ ,\d]*(?:page[ \d]*(?:of[ \d]*)?)?")
"""What our own footers hold beside a title; a program that saves them again puts the numbers in."""
_SAID = {
    "hidden": ("hidden_text", "Hidden text is not read", "Make it visible (Font > Hidden) if it should be read."),
    "struck": ("struck_out", "Struck-out text is not read", "Take the strikethrough off if it should be read."),
    "text box": ("ignored_text", "The words of a text box are not read", "Move the words into the text."),
    "comment": ("comment", "A comment is not read", "Write what should be kept into a box, a row or a note."),
    "footnote": ("ignored_text", "The words of a footnote are not read", "Move the words into the text."),
    "endnote": ("ignored_text", "The words of an endnote are not read", "Move the words into the text."),
    "picture": ("picture", "A picture is not read", "Write down what should be kept of it."),
    "chart": ("picture", "A chart is not read", "Write down what should be kept of it."),
    "diagram": ("picture", "A diagram is not read", "Write down what should be kept of it."),
    "object": ("picture", "An embedded object is not read", "Write down what should be kept of it."),
    "file": ("ignored_text", "Another file that was inserted here is not read", "Paste its words into the text."),
    "header": ("ignored_text", "The words of a page header are not read", "Move the words into the text."),
    "footer": ("ignored_text", "The words of a page footer are not read", "Move the words into the text."),
    "field": ("ignored_text", "A date or page number that Word puts in is not read", "Type it in."),
    "unseen": (
        "hidden_text", "Text in the colour of its background was read", "Give it another colour, or delete it.",
    ),
    "tiny": ("hidden_text", "Text too small to be seen was read", "Give it a larger size, or delete it."),
    "white": ("hidden_text", "White text was read", "Give it a colour to see what is read, or delete it."),
    "control": (
        "control_characters", "Invisible control characters were left out",
        "Type the text again, or paste it without formatting.",
    ),
    "symbol": ("ignored_text", "A symbol of a special font is not known and shown as \ufffd", "Type it in words."),
}  # fmt: skip


class MarkupNotes:
    """Collects what is met in a document as it is read from top to bottom; ``place`` says where the reader is."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.section: str | None = None
        self.place = ""
        self._met: dict[tuple[str, Address], list[str]] = {}
        self._more: Counter[str] = Counter()
        self._changes: dict[Address, None] = {}
        self._number_of_changes = 0
        self._seen: set[tuple[str, str]] = set()

    def met(self, what: str, words: str = "") -> None:
        """Something of this kind stands here, with these words."""
        place = (what, self.here)
        if len(self._met) < _MOST_PLACES or place in self._met:
            self._met.setdefault(place, []).append(words)
        else:
            self._more[what] += 1

    def aside(self, kind: str, identity: str, asides: Mapping[tuple[str, str], Aside]) -> None:
        """A comment or note is anchored here."""
        if (kind, identity) in self._seen or (kind, identity) not in asides:
            return
        self._seen.add((kind, identity))
        self._aside(kind, asides[kind, identity])

    def change(self) -> None:
        """A tracked change is accepted here."""
        self._number_of_changes += 1
        if len(self._changes) < _MOST_PLACES:
            self._changes[self.here] = None

    def finish(self, file: WordFile, own_words: Iterable[str], report: Report) -> None:
        """Report everything, with what no place in the text refers to; ``own_words`` are the program's."""
        self.section, self.place = None, ""
        for (kind, identity), aside in file.asides.items():
            if kind == "comment" and (kind, identity) not in self._seen:
                self._aside(kind, aside)
        known = {words.casefold() for words in own_words}
        for kind, words in dict.fromkeys(file.margins):
            left = words
            for own in (file.notice, *own_words):
                left = left.replace(own, "") if own else left
            if not _PAGE_NUMBER.fullmatch(left) and words.casefold() not in known:
                self.met(kind, words)
        self._report_changes(report)
        for (what, address), all_words in self._met.items():
            kind, message, remedy = _SAID[what]
            said = "; ".join(dict.fromkeys(f"'{_short(words)}'" for words in all_words if words.strip()))
            number = f" ({len(all_words)} here)" if len(all_words) > 1 and not said else ""
            message = f"{message}{number}{f': {said}' if said else ''}."
            report(Problem(kind, address, message, remedy, Severity.WARNING))

        for what, count in self._more.items():
            kind, message, remedy = _SAID[what]
            message = f"{message} ({count:,} more places)."
            report(Problem(kind, Address(self._file), message, remedy, Severity.WARNING))

    def _report_changes(self, report: Report) -> None:
        number = self._number_of_changes
        if not number:
            return
        places = list(self._changes)
        named = [place.cell or "" for place in places[:_PLACES_NAMED]]
        more = f" and {len(places) - len(named)} more places" if len(places) > len(named) else ""
        were = "tracked change was" if number == 1 else "tracked changes were"
        message = f"{number} {were} read as accepted ({'; '.join(named)}{more})."
        remedy = "Accept or reject the changes in Word (Review) to be sure of what is read."
        report(Problem("tracked_changes", places[0], message, remedy, Severity.WARNING))

    def _aside(self, kind: str, aside: Aside) -> None:
        self.met(kind, f"{aside.author}: {aside.words}" if aside.author else aside.words)

    @property
    def here(self) -> Address:
        """Where the reader is."""
        return Address(self._file, self.section, self.place or None)


def _short(words: str) -> str:
    return in_short(" ".join(words.split()))
