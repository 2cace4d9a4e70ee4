"""Words that every view says the same way: dates, numbers, how something was recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from journeys.analysis.claims.claim import ClaimRecord
from journeys.analysis.claims.dates import dated
from journeys.model.dates import DateSpan
from journeys.model.order import describe
from journeys.model.phrases import counted
from journeys.views.text import sanitized, shortened

MODES = {
    "verbatim": "verbatim",
    "paraphrase": "paraphrase",
    "researcher_comment": "researcher's comment",
    "interpretive": "researcher's interpretation",
    "derived": "inferred",
}
_USED_SHOWN = 40


def date_words(when: DateSpan, ellipsis: str = "…") -> str:
    """The bounds in words, and the words that were used where they say something else."""
    if not dated(when):
        return sanitized(when.text or "")
    said = describe(when)
    used = sanitized(when.text or "")
    plain = not used or used.casefold() == said.casefold() or used.replace("-", "").isdecimal()
    return said if plain else f'{said} ("{shortened(used, _USED_SHOWN, ellipsis)}")'


def details_words(details: Mapping[str, Any]) -> str:
    """ "aspect: the costs; grounds: small numbers"."""
    return sanitized("; ".join(f"{name.replace('_', ' ')}: {value}" for name, value in details.items()))


def address_words(claim: ClaimRecord) -> str:
    """Where a claim was written: file > sheet > cell."""
    return sanitized(str(claim.address)) or "not written in a form"


def sources_words(claims: Iterable[ClaimRecord]) -> str:
    """ "3 sources", or what a step rests on that no source says."""
    stated = [claim for claim in claims if not claim.derived]
    if not stated:
        return "inferred"
    sources = {claim.source.id for claim in stated if claim.source}
    return counted(len(sources), "source") if sources else "no source named"
