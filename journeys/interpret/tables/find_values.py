"""Take values from a row as a ValueSpec says: split, cleaned, searched; values left out are counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from journeys.interpret.names import Names
from journeys.interpret.tables.language import ValueSpec, filled
from journeys.interpret.tables.limits import (
    CHARACTERS_OF_A_TABLE,
    CHARACTERS_OF_A_VALUE,
    CLAIMS_OF_A_ROW,
    TooMuchMade,
    too_long,
)
from journeys.interpret.tables.patterns import TimedPattern
from journeys.interpret.tables.rows import NO_GROUPS, FlatRow, Found, NestedRow
from journeys.model.identity import folded

Fallback = Callable[[str], str]
"""The value of a name that is no group of the pattern: a column of the row, or of a row around it."""


_SHORTER = "Write the pattern so that it finds each part of the text once: without `(?=`."


class ValueFinder:
    """A ValueSpec ready for use; made once, asked for every row."""

    def __init__(self, spec: ValueSpec, ignore: frozenset[str], names: Names, ignored: Counter[str]) -> None:
        self._spec, self._ignore, self._names, self._ignored = spec, ignore, names, ignored
        self._any = [ValueFinder(each, ignore, names, ignored) for each in spec.any]
        self._split = re.compile("|".join(map(re.escape, spec.split))) if spec.split else None
        self._pattern = TimedPattern(spec.pattern) if spec.pattern else None
        self._repeat = {group: TimedPattern(pattern) for group, pattern in spec.repeat.items()}
        self._own_ignore = frozenset(map(folded, spec.ignore))
        self._replace = {folded(old): new for old, new in spec.replace.items()}
        # One column as it is: nothing to cut, clean, search or ignore. Most columns of most tables.
        changes = (spec.split, spec.pattern, spec.replace, spec.as_, spec.known, spec.trim, spec.ignore)
        self._plain = not any(changes)
        self._simple = self._plain and not ignore and len(spec.from_) == 1 and not spec.any

    def find(
        self, row: FlatRow | NestedRow, fallback: Fallback, given: Callable[[str], Found | None] | None = None
    ) -> list[Found]:
        """The values of one row, each once; raises SlowPattern and TooMuchMade.

        ``given`` has the values of names that are no columns, or not of this row.
        """
        for alternative in self._any:
            values = alternative.find(row, fallback, given)
            if values:
                return values
        if self._simple and isinstance(row, FlatRow):
            written = (row.column(self._spec.from_[0]) or "").strip()
            return [Found(written, self._spec.from_, NO_GROUPS)] if written else []
        found: dict[str, Found] = {}
        length = 0
        for column in self._spec.from_:
            known = given(column) if given is not None else None
            for value in [known] if known is not None else row.values(column):
                for each in self._of_one(value, fallback):
                    if found.setdefault(each.text, each) is not each:
                        self._ignored[f"{_short(each.text)} stands more than once in a row and was read once"] += 1
                        continue
                    length += len(each.text)
                    if length > CHARACTERS_OF_A_TABLE:
                        raise too_long()
        return list(found.values())

    def _of_one(self, value: Found, fallback: Fallback) -> Iterator[Found]:
        for text in self._pieces(value.text):
            text = text.strip().strip(self._spec.trim).strip() if self._spec.trim else text.strip()
            if self._replace:
                text = self._replace.get(folded(text), text)
            if not text or folded(text) in self._ignore or folded(text) in self._own_ignore:
                if text:
                    self._ignored[f"{text!r} is ignored"] += 1
            elif self._plain:
                yield Found(text, value.steps, NO_GROUPS)
            else:
                yield from self._searched(text, value, fallback)

    def _pieces(self, text: str) -> list[str]:
        if self._split is None:
            return [text]
        pieces = self._split.split(text)
        if self._spec.parts is not None and len(pieces) != self._spec.parts:
            return []
        if self._spec.take is not None:
            return pieces[self._spec.take - 1 : self._spec.take]
        return pieces

    def _searched(self, text: str, value: Found, fallback: Fallback) -> Iterator[Found]:
        for groups in self._groups(text):
            found = self._put_together(text, groups, fallback)
            if folded(found) in self._own_ignore:
                self._ignored[f"{_short(found)} is ignored"] += 1
            elif self._spec.known and not self._names.find(self._spec.known, found):
                self._ignored[f"{_short(found)} is not a known {' or '.join(self._spec.known)}"] += 1
            elif found:
                yield Found(found, value.steps, groups)

    def _put_together(self, text: str, groups: Mapping[str, str], fallback: Fallback) -> str:
        if self._spec.as_ is not None:
            return filled(self._spec.as_, lambda name: groups.get(name) or fallback(name))
        return groups.get("value", "") if self._pattern is not None else text

    def _groups(self, text: str) -> Iterator[Mapping[str, str]]:
        """The named groups of each match, and ``value``: the first group, or the whole match."""
        if self._pattern is None:
            yield {"value": text}
            return
        # Matches do not overlap, but what is ahead of them, ``(?=...)``, does: a short text may give much longer ones.
        length = repeated = 0
        for match in self._pattern.matches(text):
            whole = match[1] if self._pattern.groups else match[0]
            groups = {"value": whole or "", **{name: part or "" for name, part in match.groupdict().items()}}
            length += sum(map(len, groups.values()))
            if not self._repeat:
                yield groups
            for group, pattern in self._repeat.items():
                for again in pattern.matches(groups.get(group, "")):
                    repeated += 1
                    yield {**groups, group: again[0]}
            if length > CHARACTERS_OF_A_VALUE or repeated > CLAIMS_OF_A_ROW:
                raise TooMuchMade("The map finds too much with a pattern in this row", _SHORTER)


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:39]}…")
