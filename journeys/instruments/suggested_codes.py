"""For which questions of other forms an instrument suggests a code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from journeys.instruments.definition import FieldDefinition, instruments, load_instrument


@dataclass(frozen=True, slots=True)
class SuggestedFor:
    """A question for which a code is suggested: its name in the graph ("instrument.field"), and in words."""

    field: str
    words: str


@cache
def suggested_for() -> Mapping[str, tuple[SuggestedFor, ...]]:
    """The questions for which each code is suggested, by its key."""
    found: dict[str, tuple[SuggestedFor, ...]] = {}
    for name in instruments():
        instrument = load_instrument(name)
        for field in instrument.fields():
            for key in field.suggested_codes:
                made = SuggestedFor(f"{name}.{field.id}", f"{instrument.title}, {_short(field)}")
                found[key] = (*found.get(key, ()), made)
    return found


def _short(field: FieldDefinition) -> str:
    words = " ".join(field.wording.split())
    return f'"{words if len(words) <= 60 else words[:59] + "…"}"'
