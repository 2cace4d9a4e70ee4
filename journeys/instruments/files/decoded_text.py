"""Find names in a text whose letters may be written otherwise: as entities, percents, escapes, or with tags between.

A text is decoded, names are looked for in what it says, and what stands for them in the text as written is replaced.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from journeys.model.real_names import NameFinder


@dataclass(frozen=True, slots=True)
class Code:
    """What stands in a text for other signs, or for none: from where to where, and what it says.

    ``kept``: it stays where a name is replaced around it, as a tag does.
    """

    start: int
    end: int
    says: str
    kept: bool = False


Codes = Callable[[str], Iterable[Code]]
"""Finds the codes of one kind in a text, in their order."""

_DEPTH = 4
"""How many times a text may be encoded, one way within another."""
_HEX = "[0-9A-Fa-f]"
_ESCAPES = re.compile(
    rf"\\u\{{(?P<braced>{_HEX}{{1,6}})\}}|(?P<halves>\\u[dD][89abAB]{_HEX}{{2}}\\u[dD][c-fC-F]{_HEX}{{2}})"
    rf"|\\(?:u(?P<four>{_HEX}{{4}})|U(?P<eight>{_HEX}{{8}})|x(?P<two>{_HEX}{{2}}))"
    r"|\\(?P<line>\r?\n[ \t]*)|\\(?P<letter>[abefnrtvNLP])|\\(?P<sign>[^\w\s]|[ _])"
    rf"|(?P<entity>&(?:\#[0-9]{{1,7}}|\#[xX]{_HEX}{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,31}});?)|(?P<percent>(?:%{_HEX}{{2}})+)"
)
_MARKUP = re.compile(
    r"</?(?P<tag>[A-Za-z][\w:.-]*)(?:\s[^<>]*)?/?>|<!--.*?-->|(?P<emphasis>[*~`]{1,3})"
    r"|(?P<leader>\r?\n[ \t]*(?://+|\#+|>+|\*)[ \t]*)|(?P<fold>\r?\n[ \t])(?=\S)",
    re.DOTALL,
)
_WITHIN_WORDS = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "c", "cite", "code", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "lang", "mark", "q", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt",
    "u", "v", "var", "wbr",
})  # fmt: skip
"""Tags that may stand within a word; any other ends it, as the end of a line does."""


def escapes(text: str) -> Iterator[Code]:
    """Letters that are written as entities (``&uuml;``), percents (``%C3%BC``) or with a backslash."""
    for match in _ESCAPES.finditer(text):
        start, end = match.span()
        if match["percent"]:
            yield from _percents(match["percent"], start)
        elif match["line"]:
            yield Code(start, end, "")
        elif match["halves"]:
            high, low = int(match["halves"][2:6], 16), int(match["halves"][8:], 16)
            yield Code(start, end, chr(0x10000 + ((high - 0xD800) << 10) + low - 0xDC00))
        elif match["entity"]:
            if (says := html.unescape(match["entity"])) != match["entity"]:
                yield Code(start, end, says)
        elif match["letter"]:
            yield Code(start, end, "\n" if match["letter"] in "nrNLP" else " ")
        elif match["sign"]:
            yield Code(start, end, match["sign"])
        else:
            number = int(match["braced"] or match["four"] or match["eight"] or match["two"], 16)
            yield Code(start, end, chr(number) if number <= 0x10FFFF else " ")


def markup(text: str) -> Iterator[Code]:
    """Tags, emphasis, the sign of a comment or quotation at the beginning of a line, and lines folded within a word."""
    for match in _MARKUP.finditer(text):
        tag = (match["tag"] or "").lower()
        within = tag in _WITHIN_WORDS or match["emphasis"] or match["fold"] or match[0].startswith("<!--")
        # A comment that went on in the next line goes on in its own: what follows must not stand outside of it.
        yield Code(*match.span(), "" if within else "\n", kept=not (match["leader"] or match["fold"]))


def _percents(written: str, start: int) -> Iterator[Code]:
    """The letters of a run of percents: as UTF-8, else as Windows-1252, as older programs write them."""
    content = bytes.fromhex(written.replace("%", ""))
    try:
        letters, codec = content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        letters, codec = content.decode("cp1252", errors="replace"), "cp1252"
    at = start
    for letter in letters:
        length = 3 * (len(letter.encode(codec)) if codec == "utf-8" else 1)
        yield Code(at, at + length, letter)
        at += length


class DecodedText:
    """What a text says, and where each sign of it stands in the text as written."""

    def __init__(self, written: str, codes: Iterable[Code]) -> None:
        self.written = written
        self._at: list[int] = []
        self._pieces: list[tuple[int, int, bool, bool]] = []  # from, to, whether as written, whether kept
        said: list[str] = []
        length = last = 0
        for code in codes:
            if code.start > last:
                length = self._add(said, length, written[last : code.start], (last, code.start, True, False))
            length = self._add(said, length, code.says, (code.start, code.end, False, code.kept))
            last = code.end
        self._add(said, length, written[last:], (last, len(written), True, False))
        self.text = "".join(said)

    def _add(self, said: list[str], length: int, says: str, piece: tuple[int, int, bool, bool]) -> int:
        self._at.append(length)
        self._pieces.append(piece)
        said.append(says)
        return length + len(says)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the decoded text, which is not empty, stands in the text as written."""
        first, last = self._number(start), self._number(end - 1)
        begins, _, plain, _ = self._pieces[first]
        ends = self._pieces[last][1]
        if plain:
            begins += start - self._at[first]
        if self._pieces[last][2]:
            ends = self._pieces[last][0] + end - self._at[last]
        return begins, ends

    def kept(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Where the codes that are kept within a stretch of the decoded text stand in the text as written."""
        for begins, ends, _, keep in self._pieces[self._number(start) : self._number(end - 1) + 1]:
            if keep:
                yield begins, ends

    def _number(self, place: int) -> int:
        return bisect_right(self._at, place) - 1


def replaced_in(text: str, finder: NameFinder) -> str:
    """A text with pseudonyms in place of names, however their letters are written."""
    layers = _layers(text)
    while layers:  # what is encoded twice says something else when it is decoded once
        text = _replaced(text, layers, finder)
        layers = layers[:-1] and _layers(text, len(layers) - 1)
    text = finder.replaced(text)
    layers = _layers(text)
    inmost = layers[-1].text if layers else text
    codes = list(markup(inmost))
    return _replaced(text, [*layers, DecodedText(inmost, codes)], finder) if codes else text


def replaced_between(text: str, codes: Codes, finder: NameFinder) -> str:
    """A text with pseudonyms in place of names, where codes of one kind stand before, between and within them."""
    return _replaced(text, [DecodedText(text, codes(text))], finder)


def said_by(text: str) -> Iterator[str]:
    """All that a text may say: as written, decoded, and without tags."""
    yield text
    layers = _layers(text)
    yield from (layer.text for layer in layers)
    inmost = layers[-1].text if layers else text
    if codes := list(markup(inmost)):
        yield DecodedText(inmost, codes).text


def _layers(text: str, depth: int = _DEPTH) -> list[DecodedText]:
    """A text decoded, and what comes of it decoded again, as often as there is something to decode."""
    layers: list[DecodedText] = []
    while len(layers) < depth and (found := list(escapes(text))):
        layers.append(DecodedText(text, found))
        text = layers[-1].text
    return layers


def _replaced(text: str, layers: list[DecodedText], finder: NameFinder) -> str:
    """A text with pseudonyms in place of the names in what the last of its layers says."""
    made, last = [], 0
    for name in finder.find(layers[-1].text):
        start, end = name.start, name.end
        kept: list[tuple[int, int]] = []
        for layer in reversed(layers):
            kept = [*(layer.place(*each) for each in kept), *layer.kept(start, end)]
            start, end = layer.place(start, end)
        if start < last:
            continue  # two names of which one letter is written as one sign
        instead = name.pseudonym + "".join(text[a:b] for a, b in sorted(kept))
        joined = "_" if instead[-1:].isdigit() and text[end : end + 1].isdigit() else ""
        made += [text[last:start], instead, joined]
        last = end
    return "".join([*made, text[last:]])
