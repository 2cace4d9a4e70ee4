"""Claims and steps as reports say them: a sentence, and the sources behind it as notes."""

from __future__ import annotations

from collections.abc import Iterable

from journeys.analysis.claims.claim import ClaimRecord, Entity
from journeys.analysis.trace.parts import Step
from journeys.analysis.trace.sentences import said_of_step
from journeys.views.reading import place_words
from journeys.views.reports.model import Note
from journeys.views.wording import details_words, manner_words

_NAMES = 8


def sentence(step: Step, subject: Entity) -> str:
    """What happened, as a sentence with the thing's own name for "it" where the sentence begins with it."""
    said = said_of_step(step, subject, _NAMES)
    return f"Reported not to have happened: {said}" if step.negated else said[:1].upper() + said[1:]


def notes_of(claims: Iterable[ClaimRecord]) -> tuple[Note, ...]:
    """The sources of claims, each with its place and quotation; inferred claims are no source's word."""
    return tuple(dict.fromkeys(note_of(claim) for claim in claims if not claim.derived))


def note_of(claim: ClaimRecord) -> Note:
    """The source of a claim: its name, place, quotation, how it was recorded, and where it was written down."""
    source = claim.source.name if claim.source else "No source named"
    place = place_words(str(claim.properties.get("place") or ""))
    quote = claim.properties.get("quote")
    place_given = str(claim.properties.get("place") or "")
    how = [words for words in manner_words(claim) if words != place_given]
    parts = [", ".join(filter(None, (source, place)))]
    if quote:
        parts[0] += f": \u201c{quote}\u201d"
    if how:
        parts.append(f"({', '.join(how)})")
    return Note(f"{' '.join(parts)}. {claim.address}".strip())


def manner(claims: Iterable[ClaimRecord]) -> str:
    """What claims say of aspect, grounds, purpose and the like, each once."""
    return "; ".join(dict.fromkeys(filter(None, (details_words(claim) for claim in claims))))
