"""For which questions of other forms an instrument suggests a code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from journeys.instruments.definition import FieldDefinition, Instrument


@dataclass(frozen=True, slots=True)
class SuggestedFor:
    """A question for which a code is suggested: its name in the graph ("instrument.field"), and in words."""

    field: str
    words: str


def suggested_in(instruments: Iterable[Instrument]) -> Mapping[str, tuple[SuggestedFor, ...]]:
    """The questions for which instruments suggest each code, by its key."""
    found: dict[str, tuple[SuggestedFor, ...]] = {}
    for instrument in instruments:
        for field in instrument.fields():
            for key in field.suggested_codes:
                made = SuggestedFor(f"{instrument.instrument}.{field.id}", f"{instrument.title}, {_short(field)}")
                found[key] = (*found.get(key, ()), made)
    return found


def _short(field: FieldDefinition) -> str:
    words = " ".join(field.wording.split())
    return f'"{words if len(words) <= 60 else words[:59] + "…"}"'
