"""Regular expressions of maps, each with a limit of time: a pattern that never ends stops its table, not the program.

The engine is ``regex``, which knows the letters of all scripts and can be stopped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from time import perf_counter

import regex

from journeys.model.identity import folded
from journeys.model.phrases import in_short
from journeys.model.problems import Address, Problem

LONGEST_SEARCHED = 20_000
"""Characters of a value that a pattern sees: no text in a table that is a list of names or references is longer."""
LONGEST_PATTERN = 2_000
SECONDS_A_VALUE = 1.0
SECONDS_IN_ALL = 10.0
"""For one pattern over one table, of searches that take longer than a hundredth of a second each."""
_SLOW = 0.01
LONGEST_UNFOLDED = 100_000
"""Signs of a pattern in which each part is written out as often as it must occur: the engine keeps it so in memory."""
_SIGN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{(?P<least>\d+)(?:,\d*)?\}|.", re.DOTALL)
_PLAIN = re.compile(r"[^\\.^$*+?{}\[\]|()]*")


class SlowPattern(Exception):
    """A pattern that took too long; ``pattern`` is its text."""

    def __init__(self, pattern: str) -> None:
        super().__init__(pattern)
        self.pattern = pattern


def slow_pattern(pattern: str, address: Address) -> Problem:
    """The problem of a table whose reading a pattern held up."""
    message = f"The pattern {in_short(pattern)!r} takes too long here; the table was not read."
    remedy = "Write it more simply: without a repeated part that itself repeats."
    return Problem("slow_pattern", address, message, remedy)


@lru_cache(maxsize=1024)
def compiled(text: str) -> regex.Pattern[str]:
    """The pattern ready for use. Raises ValueError, with the reason, for what is not a regular expression."""
    if len(text) > LONGEST_PATTERN:
        raise ValueError(f"a pattern cannot be longer than {LONGEST_PATTERN:,} characters")
    if _unfolded(text) > LONGEST_UNFOLDED:
        raise ValueError(f"a pattern with its repetitions written out cannot be longer than {LONGEST_UNFOLDED:,} signs")
    try:
        return regex.compile(text)
    except (regex.error, OverflowError, RecursionError, MemoryError) as error:
        raise ValueError(f"the pattern {text!r} cannot be used: {error}") from error


def _unfolded(text: str) -> int:
    """How long a pattern is when what is in braces, such as ``(ab){9}``, is written out."""
    lengths, last = [0], 0
    for sign in _SIGN.finditer(text):
        if sign[0] == "(":
            lengths.append(0)
        elif sign["least"] and last:
            lengths[-1] += last * (int(sign["least"][:9]) - 1) if int(sign["least"][:9]) else 0
            last *= max(int(sign["least"][:9]), 1)
        else:
            last = lengths.pop() if sign[0] == ")" and len(lengths) > 1 else 1
            lengths[-1] += last
    return sum(lengths)


class TimedPattern:
    """A pattern that is searched for under a limit of time; ``search`` and ``matches`` raise SlowPattern."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._compiled = compiled(text)
        self._spent = 0.0

    @property
    def groups(self) -> int:
        """How many groups the pattern has."""
        return int(self._compiled.groups)

    def search(self, text: str) -> bool:
        """Whether the pattern occurs in a text."""
        return next(self.matches(text), None) is not None

    def matches(self, text: str) -> Iterator[regex.Match[str]]:
        """Each match in a text, of which the first LONGEST_SEARCHED characters are seen."""
        found = self._compiled.finditer(text[:LONGEST_SEARCHED], timeout=SECONDS_A_VALUE)
        while True:
            started = perf_counter()
            try:
                match = next(found, None)
            except TimeoutError as error:
                raise SlowPattern(self.text) from error
            self._count(perf_counter() - started)
            if match is None:
                return
            yield match

    def _count(self, seconds: float) -> None:
        if seconds > _SLOW:
            self._spent += seconds
            if self._spent > SECONDS_IN_ALL:
                raise SlowPattern(self.text)


class Condition:
    """What a value must be: a plain word stands for the whole value, whatever its capitals, accents and spaces; a
    pattern, that is, anything with one of its signs, is searched for."""

    def __init__(self, text: str) -> None:
        self._plain = folded(text) if _PLAIN.fullmatch(text) else None
        self._pattern = None if self._plain is not None else TimedPattern(text)

    def holds(self, value: str) -> bool:
        """Whether a value is as wanted. Raises SlowPattern."""
        return folded(value) == self._plain if self._pattern is None else self._pattern.search(value)
