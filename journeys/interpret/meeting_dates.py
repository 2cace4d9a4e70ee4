"""The date of "the June meeting": from the meetings that the registers list."""

from __future__ import annotations

import re
from collections.abc import Iterable

from journeys.interpret.names import Names
from journeys.model.calendar import MONTHS
from journeys.model.date_phrases import mentions_meeting
from journeys.model.dates import DateSpan

_BESIDE_A_NAME = re.compile(r"^the\s+|\bmeeting\s+(?:of\s+)?|(?<!\s)\s+meeting$", re.IGNORECASE)
"""Words around a meeting's name: "the meeting wc2", "meeting of the Board"."""


class MeetingDates:
    """Finds the date of a meeting that is named in passing."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._spans: dict[str, DateSpan] = {}
        self.noted: list[tuple[str, DateSpan]] | None = None
        """Where what becomes known is noted, if anywhere."""

    def add(self, node_id: str, span: DateSpan) -> None:
        """Make a meeting's date known."""
        if self.noted is not None:
            self.noted.append((node_id, span))
        self._spans[node_id] = span

    def date(self, node_id: str) -> DateSpan | None:
        """The date of a meeting; None if it has none or is not known."""
        return self._spans.get(node_id)

    def find(self, words: str) -> DateSpan | None:
        """The date of the one meeting that ``words`` (a name, an id, a month) stand for; None if it is not just one."""
        for name in (words, _BESIDE_A_NAME.sub("", words)):
            by_name = [self._spans[found] for _, found in self._names.find(("Meeting",), name) if found in self._spans]
            if len(by_name) == 1:
                return by_name[0]
        if not mentions_meeting(words):
            return None
        months = {number for number, month in enumerate(MONTHS, 1) if _mentions(words, month.casefold())}
        in_month = [span for span in self._spans.values() if _month(span) in months]
        return in_month[0] if len(in_month) == 1 else None


def _mentions(words: str, month: str) -> bool:
    return any(word == month or (len(word) >= 3 and month.startswith(word.rstrip("."))) for word in _words(words))


def _words(text: str) -> Iterable[str]:
    return text.casefold().split()


def _month(span: DateSpan) -> int | None:
    if span.date_from is None or span.date_to is None:
        return None
    return span.date_from.month if span.date_from.replace(day=1) == span.date_to.replace(day=1) else None
