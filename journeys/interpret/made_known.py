"""What each form makes known to the forms after it: names, and the dates of meetings.

A form that did not change need not be read again for that: what it made known is told again, in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from pydantic import TypeAdapter

from journeys.interpret.context import Context
from journeys.model.date_span import DateSpan


@dataclass(slots=True)
class MadeKnown:
    """The names (label, id, names) and the meetings' dates that one form makes known in one pass."""

    names: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)
    dates: list[tuple[str, DateSpan]] = field(default_factory=list)

    def tell(self, context: Context) -> None:
        """Make it known again."""
        for label, identity, names in self.names:
            context.names.add(label, identity, names)
        for meeting, span in self.dates:
            context.meetings.add(meeting, span)


@dataclass(slots=True)
class Journal:
    """What the forms made known, by file and in the order in which they were read: first what each is about, and then
    what each says."""

    subjects: dict[str, MadeKnown] = field(default_factory=dict)
    said: dict[str, MadeKnown] = field(default_factory=dict)

    @contextmanager
    def noting(self, context: Context, file: str, made: dict[str, MadeKnown]) -> Iterator[None]:
        """Note under ``file`` in ``made``, one of the two, what becomes known during the block."""
        noted = made.setdefault(file, MadeKnown())
        context.names.noted, context.meetings.noted = noted.names, noted.dates
        try:
            yield
        finally:
            context.names.noted = context.meetings.noted = None


JOURNAL = TypeAdapter(Journal)
"""A journal as JSON, and back."""
