"""A claim with its source: as lines of a terminal, and as a row of a table."""

from __future__ import annotations

from typing import Any

from journeys.analysis.claims.claim import ClaimRecord
from journeys.views.text import sanitized, shortened
from journeys.views.wording import address_words, date_words, details_words, manner_words

CLAIM_COLUMNS = {
    "row": "number of the row that it supports, counted from 1",
    "who": "who or what the claim starts from",
    "did": "what is claimed",
    "what": "who or what it is about",
    "reported_not_to_have_happened": "whether the source reports that it did not happen",
    "source": "the interview, observation or document",
    "source_kind": "interview, observation, document …",
    "speaker": "whose words they are, where recorded",
    "mode": "verbatim, paraphrase, a researcher's comment or interpretation, or inferred",
    "confidence": "how sure the researcher was",
    "quote": "the quotation",
    "place": "page, line or time in the source",
    "when": "the date in words",
    "meeting": "the meeting it happened at",
    "details": "aspect, grounds, purpose …",
    "file": "the form or table that states it",
    "sheet": "its sheet",
    "cell": "its cell",
    "claim": "the claim's id",
}
"""The columns of a table of claims, each with its meaning."""


def claim_row(row: int, claim: ClaimRecord) -> tuple[Any, ...]:
    """A claim under ``CLAIM_COLUMNS``."""
    said = claim.properties
    return (
        row,
        claim.start.name,
        claim.kind.phrase,
        claim.end.name,
        claim.negated,
        claim.source.name if claim.source else None,
        said.get("source_kind") or (claim.source.kind if claim.source else None),
        claim.said_by,
        claim.mode,
        said.get("confidence"),
        said.get("quote"),
        said.get("place"),
        date_words(claim.when) or None,
        claim.meeting.title if claim.meeting else None,
        details_words(claim) or None,
        said.get("file"),
        said.get("sheet"),
        said.get("cell"),
        claim.id,
    )


def claim_lines(claim: ClaimRecord, longest_quote: int, ellipsis: str = "…") -> tuple[str, str, str]:
    """A claim in three lines: what is claimed and when; its source, recording and quotation; its address."""
    no = "reported not to have happened: " if claim.negated else ""
    when = date_words(claim.when, ellipsis)
    said = f"{no}{claim.start.name} {claim.kind.phrase} {claim.end.name}"
    said += f" at {claim.meeting.title}" if claim.meeting and claim.meeting.id != claim.end.id else ""
    said += f", {when}" if when else ""
    quote = claim.properties.get("quote")
    how = ", ".join(filter(None, (claim.said_by, *manner_words(claim))))
    source = claim.source.name if claim.source else "no source named"
    by = f"{source} ({how})" if how else source
    by += f': "{shortened(sanitized(str(quote)), longest_quote, ellipsis)}"' if quote else ""
    return sanitized(said), sanitized(by), address_words(claim)
