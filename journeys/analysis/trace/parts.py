"""The parts of a traced journey: steps, disagreements, and its subject."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from journeys.analysis.claims.claim import ACTING, ClaimRecord, Entity, MeetingRef, Source
from journeys.analysis.claims.dates import date_parts, iso, span
from journeys.model.dates import DateSpan
from journeys.model.definitions import ClaimKind


@dataclass(frozen=True, slots=True)
class Step:
    """Claims that report one happening. ``when`` is the days that all its dated claims allow. ``order`` is its order
    relative to the step before it: "certainly" after it, on the "same_day", "possibly" after it; None for the first and
    for undated steps.
    """

    kind: ClaimKind
    claims: tuple[ClaimRecord, ...]
    when: DateSpan
    meeting: MeetingRef | None
    negated: bool
    via: Entity | None = None
    order: str | None = None

    @property
    def starts(self) -> list[Entity]:
        """The ends its claims start at, each once."""
        return _once([claim.start for claim in self.claims])

    @property
    def ends(self) -> list[Entity]:
        """The ends its claims lead to, each once."""
        return _once([claim.end for claim in self.claims])

    @property
    def who(self) -> list[Entity]:
        """Those who did it: people, groups and organisations at which its claims start."""
        return [entity for entity in self.starts if entity.label in ACTING]

    @property
    def stated(self) -> list[ClaimRecord]:
        """Return the claims that a source states."""
        return [claim for claim in self.claims if not claim.derived]

    @property
    def sources(self) -> list[Source]:
        """Return the sources of the step, each once; a derived claim has none."""
        return list({claim.source.id: claim.source for claim in self.stated if claim.source}.values())

    @property
    def event(self) -> bool:
        """Whether it is something that happened, and not what something is or says."""
        return self.kind.is_event(self.claims[0].start.label)

    @property
    def derived(self) -> bool:
        """Whether it is inferred from other claims only."""
        return not self.stated

    @property
    def interpretation(self) -> bool:
        """Whether it rests on a researcher's interpretation alone."""
        return bool(self.stated) and all(claim.mode == "interpretive" for claim in self.stated)

    def as_dict(self) -> dict[str, Any]:
        """The step for JSON."""
        return {
            "type": self.kind.name,
            "phrase": self.kind.phrase,
            "passive": self.kind.passive,
            "stage": self.kind.stage,
            "polarity": self.kind.polarity,
            "negated": self.negated,
            **date_parts(self.when),
            "order": self.order,
            "meeting": self.meeting.as_dict() if self.meeting else None,
            "who": [entity.as_dict() for entity in self.who],
            "from": [entity.as_dict() for entity in self.starts],
            "to": [entity.as_dict() for entity in self.ends],
            "via": self.via.as_dict() if self.via else None,
            "sources": [source.as_dict() for source in self.sources],
            "derived": self.derived,
            "interpretation": self.interpretation,
            "claims": [claim.as_dict() for claim in self.claims],
        }


@dataclass(frozen=True, slots=True)
class SourceAccount:
    """What one source answers to a question on which sources disagree: its name, its answer in words, its claims."""

    source: str
    answer: str
    claims: tuple[ClaimRecord, ...]

    def as_dict(self) -> dict[str, Any]:
        """The account for JSON, with the ids of its claims."""
        return {"source": self.source, "answer": self.answer, "claims": [claim.id for claim in self.claims]}


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Where sources disagree: ``kind`` is "who", "when", "whether" or "stance"; ``question`` says on what, in words
    that follow "Sources disagree on"; ``accounts`` are what each source answers.
    """

    kind: str
    question: str
    accounts: tuple[SourceAccount, ...]
    meeting: MeetingRef | None = None

    @property
    def claims(self) -> tuple[ClaimRecord, ...]:
        """The claims of all accounts."""
        return tuple(claim for account in self.accounts for claim in account.claims)

    @property
    def sentence(self) -> str:
        """The question and every answer."""
        told = "; ".join(f"{account.source}: {account.answer}" for account in self.accounts)
        return f"Sources disagree on {self.question}. {told.removesuffix('.')}."

    def as_dict(self) -> dict[str, Any]:
        """The disagreement for JSON, with its claims in full."""
        return {
            "kind": self.kind,
            "question": self.question,
            "sentence": self.sentence,
            "accounts": [account.as_dict() for account in self.accounts],
            "meeting": self.meeting.as_dict() if self.meeting else None,
            "claims": [claim.as_dict() for claim in self.claims],
        }


@dataclass(frozen=True, slots=True)
class Subject:
    """What is traced: a document or a piece of evidence, its own properties, and the case studies it belongs to.

    ``cases`` are mappings with ``id``, ``name`` and ``site``; ``answers`` is the number of answers about it in forms.
    ``kind`` and ``type_words`` say in words what it is: "Document" and "report", "Piece of evidence" and its type.
    """

    entity: Entity
    properties: Mapping[str, Any]
    cases: Sequence[Mapping[str, Any]] = ()
    answers: int = 0
    related: Sequence[Mapping[str, Any]] = field(default=())
    kind: str = ""
    type_words: str = ""

    @property
    def when(self) -> DateSpan:
        """The date it bears."""
        return span(self.properties)

    def as_dict(self) -> dict[str, Any]:
        """Identity and properties for JSON; ``related`` are structural ties: type, phrase, label, id, name."""
        bookkeeping = {"study", "content_hash", "date_from", "date_to", "date_text", "date_precision", "date_time"}
        held = {name: iso(value) for name, value in self.properties.items() if name not in bookkeeping}
        return {
            **held,
            "id": self.entity.id,
            "label": self.entity.label,
            "title": self.entity.name,
            "doc_number": self.properties.get("doc_number"),
            **date_parts(self.when),
            "cases": [dict(case) for case in self.cases],
            "answers": self.answers,
            "related": [dict(tie) for tie in self.related],
        }


def _once(entities: Sequence[Entity]) -> list[Entity]:
    return list({entity.id: entity for entity in entities}.values())
