"""The parts of a summary in words: paragraphs by topic, and in them parts of sentences with the claims they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from journeys.analysis.claims.claim import ClaimRecord

HEADINGS = {
    "origin": "Origin",
    "introduction": "First introduction",
    "meetings": "Meetings",
    "reception": "Reception",
    "onward": "Where it went",
    "outcome": "What came of it",
    "disagreements": "Disagreements",
    "basis": "Basis",
}
"""The topics of a summary in their order, each with its heading."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a sentence with its ``end``, and the claims it rests on; ``names`` are all names where its words give
    only some.
    """

    said: str
    claims: tuple[ClaimRecord, ...] = ()
    names: tuple[str, ...] = ()
    end: str = ". "

    @property
    def words(self) -> str:
        """Its words with what ends them: "by Ann N." has its full stop already."""
        return f"{self.said}{self.end.removeprefix('.') if self.said.endswith('.') else self.end}"

    def as_dict(self) -> dict[str, Any]:
        """The part for JSON: its words, and the ids of its claims and of their sources."""
        sources = dict.fromkeys(claim.source.id for claim in self.claims if claim.source)
        held: dict[str, Any] = {"text": self.said, "claims": [claim.id for claim in self.claims]}
        return held | {"sources": list(sources)} | ({"names": list(self.names)} if self.names else {})


@dataclass(frozen=True, slots=True)
class SummaryParagraph:
    """What a summary says on one topic."""

    topic: str
    parts: tuple[Part, ...]

    @property
    def heading(self) -> str:
        """The heading of its topic."""
        return HEADINGS[self.topic]

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(part.words for part in self.parts).strip()

    def as_dict(self) -> dict[str, Any]:
        """The paragraph for JSON; what no source says is a clause without claims."""
        clauses = [part.as_dict() for part in self.parts]
        return {"topic": self.topic, "heading": self.heading, "text": self.text, "clauses": clauses}
