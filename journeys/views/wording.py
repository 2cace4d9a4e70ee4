"""Words that all views share: dates, numbers, how a claim was recorded."""

from __future__ import annotations

import re
from collections.abc import Iterable

from journeys.analysis.claims.claim import ClaimRecord
from journeys.analysis.claims.dates import dated, span
from journeys.model.dates import DateSpan
from journeys.model.definitions import DATE_PARTS, NOT_STATED, PropertyDefinition, PropertyType
from journeys.model.order import describe
from journeys.model.phrases import counted
from journeys.views.tables import shown
from journeys.views.text import sanitized, shortened

MODES = {
    "verbatim": "verbatim",
    "paraphrase": "paraphrase",
    "researcher_comment": "researcher's comment",
    "interpretive": "researcher's interpretation",
    "derived": "inferred",
}
_NUMBER = re.compile(r"^\d+(?:\.\d+)* +(?=\S)")
_USED_SHOWN = 40
_ASPECT_SHOWN = 120


def date_words(when: DateSpan, ellipsis: str = "…") -> str:
    """The bounds in words, and the words that were used where they say something else."""
    if not dated(when):
        return sanitized(when.text or "")
    said = describe(when)
    used = sanitized(when.text or "")
    plain = not used or used.casefold() == said.casefold() or used.replace("-", "").isdecimal()
    return said if plain else f"{said} (“{shortened(used, _USED_SHOWN, ellipsis)}”)"


def details_words(claim: ClaimRecord) -> str:
    """What only claims of its kind hold: "aspect: the costs; use type: post hoc; within organisation: no"."""
    held = ((each.name.replace("_", " "), _detail(claim, each)) for each in claim.kind.properties.values())
    return sanitized("; ".join(f"{name}: {value}" for name, value in held if value))


def aspect_words(claim: ClaimRecord) -> list[str]:
    """What a claim names in particular: its use type, and what stands in its column *Aspect or purpose*; for an
    appraisal its verdict too."""
    named = [each for each in claim.kind.properties.values() if each.column == "aspect_or_purpose"]
    use = claim.kind.properties.get("use_type")
    verdict = claim.kind.properties.get("verdict")
    said = [f"{_detail(claim, use)} use"] if use and claim.properties.get("use_type") else []
    said += [_detail(claim, each) for each in named]
    if verdict and claim.properties.get("verdict"):
        said = [": ".join(filter(None, [*said, _detail(claim, verdict)]))]
    return [shortened(sanitized(words), _ASPECT_SHOWN) for words in said if words]


def _detail(claim: ClaimRecord, definition: PropertyDefinition) -> str:
    if definition.type is PropertyType.DATE:
        parts = zip(DATE_PARTS, definition.stored_names, strict=True)
        return date_words(span({f"date_{part}": claim.properties.get(stored) for part, stored in parts}))
    value = claim.properties.get(definition.name)
    vocabulary = claim.vocabularies.get(definition.vocabulary or "")
    if vocabulary and isinstance(value, str):
        return vocabulary.words(value)
    return shown(value)


def manner_words(claim: ClaimRecord) -> list[str]:
    """How a claim was recorded, where in the source, and how sure the researcher was: each in words, where stated."""
    held = claim.properties
    confidence = held.get("confidence")
    return [
        *filter(None, [MODES.get(claim.mode or ""), str(held.get("place") or "")]),
        *([f"{confidence} confidence"] if confidence and confidence != NOT_STATED else []),
    ]


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


def without_number(words: str) -> str:
    """The words of a term without the number of its code: of "6.4 Population data", "Population data"."""
    return _NUMBER.sub("", words) or words
