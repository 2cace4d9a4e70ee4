"""Find where and why a text is not JSON, in plain words, and which flaws can be repaired safely."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

_SPACE = re.compile(r"[ \t\r\n]+")
_GOOD_STRING_PART = r'"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})[^"\\\x00-\x1f]*)*'
_STRING_BEGINNING = re.compile(_GOOD_STRING_PART)
_STRING = re.compile(_GOOD_STRING_PART + '"')
_STRING_OF_ANYTHING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![\w.+-])")
_WORD = re.compile(r"[-+]?[\w.$+-]+")
_COMMENT = re.compile(r"//[^\r\n]*|#[^\r\n]*|/\*.*?\*/", re.DOTALL)
_SINGLE_QUOTED = re.compile(r"'(?:[^'\\\r\n]|\\.)*'")
_LITERALS = frozenset({"true", "false", "null"})
_DEEPEST = 1_000
_CLOSERS = {"[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Flaw:
    """A flaw because of which a text is not JSON.

    ``kind`` is a short word; ``offset`` where in the text, ``line`` and ``column`` the same from 1. ``fix`` is the
    piece of the text, as first and end offset, that can go without changing what the text says; None when only a person
    can decide what was meant.
    """

    kind: str
    offset: int
    line: int
    column: int
    message: str
    remedy: str
    fix: tuple[int, int] | None = None


def flaws(text: str, *, first_line: int = 1) -> Iterator[Flaw]:
    """The flaws of a JSON text in their order; none for valid JSON. Stops at a flaw after which the rest cannot be
    judged."""
    return _Scanner(text, first_line).run()


class _Scanner:
    """A tolerant scanner with its own stack. ``_due`` is what may come next: a value, a name, a colon or a comma."""

    def __init__(self, text: str, first_line: int) -> None:
        self._text = text
        self._first_line = first_line
        self._line_starts = array("L", (0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", text))))
        self._opened: list[tuple[str, int]] = []
        self._due = "value"
        self._comma: int | None = None
        self._just_opened = False
        self._stopped = False

    def run(self) -> Iterator[Flaw]:
        position = 0
        while not self._stopped:
            position = _skip(_SPACE, self._text, position)
            if position >= len(self._text):
                break
            if comment := _COMMENT.match(self._text, position):
                remedy = "Delete it; JSON has no comments."
                yield self._flaw("comment", position, "a comment.", remedy, comment.span())
                position = comment.end()
                continue
            position, found = self._token(position)
            yield from found
        if not self._stopped:
            yield from self._at_end()

    def _token(self, position: int) -> tuple[int, list[Flaw]]:
        """Take what stands at ``position``; where it ends, and its flaws."""
        character = self._text[position]
        if character in "]}":
            return position + 1, self._close(character, position)
        if character == ",":
            return position + 1, self._take_comma(position)
        if character == ":":
            return position + 1, self._take_colon(position)
        found = self._before_item(position)
        if self._stopped:
            return position, found
        self._comma = None
        self._just_opened = False
        if character in "[{":
            return position + 1, found + self._open(character, position)
        end, flaw = self._scalar(position)
        self._due = "colon" if self._due == "name" else "comma"
        return end, found + ([flaw] if flaw else [])

    def _before_item(self, position: int) -> list[Flaw]:
        if self._due == "comma" and self._opened:
            self._due = "name" if self._opened[-1][0] == "{" else "value"
            return [
                self._flaw("missing_comma", position, "a comma is missing before this.", "Write a comma before it.")
            ]
        if self._due == "comma":
            self._stopped = True
            message = "the JSON is complete, but more text follows."
            remedy = "Delete what follows, or put everything in one list: [ ..., ... ]. One object a line is .jsonl."
            return [self._flaw("extra_text", position, message, remedy)]
        if self._due == "colon":
            self._due = "value"
            return [
                self._flaw("missing_colon", position, "a colon is missing before this.", "Write a colon before it.")
            ]
        return []

    def _open(self, character: str, position: int) -> list[Flaw]:
        if self._due == "name":
            self._stopped = True
            message = "there is a list or object where a name should be."
            return [self._flaw("bad_name", position, message, 'Write a name and a colon before it: "votes": ...')]
        if len(self._opened) == _DEEPEST:
            self._stopped = True
            message = f"lists and objects are nested more than {_DEEPEST:,} deep."
            return [self._flaw("unsafe_file", position, message, "Write it more simply.")]
        self._opened.append((character, position))
        self._due = "name" if character == "{" else "value"
        self._just_opened = True
        return []

    def _close(self, character: str, position: int) -> list[Flaw]:
        if not self._opened or _CLOSERS[self._opened[-1][0]] != character:
            self._stopped = True
            message = f"the bracket {character} has no opening bracket."
            if self._opened:
                opener, start = self._opened[-1]
                message = f"the bracket {character} is where the {opener} of line {self._line(start)} should end."
            return [self._flaw("wrong_bracket", position, message, "Delete it, or close the right bracket first.")]
        found = []
        if self._comma is not None:
            fix = (self._comma, self._comma + 1)
            message = f"a comma before the closing bracket {character}."
            found.append(self._flaw("trailing_comma", self._comma, message, "Delete that comma.", fix))
        elif self._due in ("colon", "value") and not self._just_opened:
            message = f"a value is missing before the closing bracket {character}."
            found.append(self._flaw("missing_value", position, message, "Write it; for no value, write null."))
        self._opened.pop()
        self._comma = None
        self._just_opened = False
        self._due = "comma"
        return found

    def _take_comma(self, position: int) -> list[Flaw]:
        if self._due != "comma" or not self._opened:
            message = "a comma where there is nothing to separate."
            return [self._flaw("stray_comma", position, message, "Delete it, or write what is missing before it.")]
        self._due = "name" if self._opened[-1][0] == "{" else "value"
        self._comma = position
        return []

    def _take_colon(self, position: int) -> list[Flaw]:
        if self._due != "colon":
            remedy = "Put a text that holds a colon in double quotes; names and values go in { }."
            return [self._flaw("stray_colon", position, "a colon where none should be.", remedy)]
        self._due = "value"
        return []

    def _scalar(self, position: int) -> tuple[int, Flaw | None]:
        """The end of a string, number or word, and what is wrong with it."""
        text = self._text
        if text[position] == '"':
            match = _STRING.match(text, position)
            return (match.end(), None) if match else self._broken_string(position)
        if match := _SINGLE_QUOTED.match(text, position):
            message = "a text in single quotes."
            return match.end(), self._flaw("single_quotes", position, message, 'Use double quotes: "...".')
        if self._due == "value" and (match := _NUMBER.match(text, position)):
            return match.end(), None
        match = _WORD.match(text, position)
        if match is None:
            self._stopped = True
            message = f"the character {text[position]} is not allowed here."
            return position, self._flaw("bad_sign", position, message, "Put texts in double quotes.")
        word = match[0]
        if self._due == "value" and word in _LITERALS:
            return match.end(), None
        if word.lstrip("+-").lower() in ("nan", "infinity", "inf", "none", "undefined"):
            return match.end(), self._flaw("not_a_value", position, f"{word} is not a JSON value.", "Write null.")
        if word.lower() in _LITERALS:
            message = f"{word} must be written in small letters."
            return match.end(), self._flaw("not_a_value", position, message, f"Write {word.lower()}.")
        if word[0] in "+-.0123456789":
            message = f"{word} is not a valid JSON number."
            return match.end(), self._flaw("bad_number", position, message, "Write 12, -0.5 or 1e6, or use quotes.")
        message = f"{word[:40]} has no quotation marks."
        return match.end(), self._flaw("unquoted_text", position, message, 'Put it in double quotes: "...".')

    def _broken_string(self, position: int) -> tuple[int, Flaw]:
        """What keeps the string begun at ``position`` from being one; past it when that can be told."""
        stop = _skip(_STRING_BEGINNING, self._text, position)
        character = self._text[stop : stop + 1]
        if character == "\\":
            message = f"the backslash before '{self._text[stop + 1 : stop + 2]}' is not allowed in a text."
            flaw = self._flaw("bad_escape", stop, message, "Write a backslash twice: \\\\.")
            whole = _STRING_OF_ANYTHING.match(self._text, position)
            self._stopped = whole is None
            return (whole.end() if whole else position), flaw
        self._stopped = True
        if character in ("\n", "\r", ""):
            message = "a quotation mark opened here is not closed on its line."
            remedy = 'Close it; write a quotation mark within a text as \\" and a line break as \\n.'
            return position, self._flaw("open_quotation", position, message, remedy)
        message = "a text contains an invisible control character."
        return position, self._flaw("control_character", stop, message, "Delete it; a tab is written \\t.")

    def _at_end(self) -> Iterator[Flaw]:
        end = len(self._text)
        if self._opened:
            opener, start = self._opened[-1]
            message = f"the file ends within the {opener} opened on line {self._line(start)}; perhaps it was cut off."
            remedy = "Get the whole file again, or add the closing brackets."
            yield self._flaw("cut_off", end, message, remedy)
        elif self._due != "comma":
            yield self._flaw("no_value", end, "there is no value.", "Write a list [ ... ] or an object { ... }.")

    def _line(self, offset: int) -> int:
        return bisect_right(self._line_starts, offset) + self._first_line - 1

    def _flaw(self, kind: str, offset: int, message: str, remedy: str, fix: tuple[int, int] | None = None) -> Flaw:
        line = self._line(offset)
        column = offset - self._line_starts[line - self._first_line] + 1
        return Flaw(kind, offset, line, column, message, remedy, fix)


def _skip(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    return match.end() if match else position
