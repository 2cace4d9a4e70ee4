"""Whether two claims speak of the same aspect of a thing: of the costs, of one version of it, of all of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from journeys.model.identity import folded


def aspect_of(properties: Mapping[str, Any]) -> str | None:
    """The aspect that a claim names, or the criterion of an appraisal, in its own words; None where it names none."""
    named = properties.get("aspect") or properties.get("criterion")
    return str(named).strip() if named and folded(str(named)) else None


def aspect_key(properties: Mapping[str, Any]) -> str | None:
    """The aspect of :func:`aspect_of` as it is stored to be compared in queries; None where the claim names none."""
    named = aspect_of(properties)
    return None if named is None else folded(named)


def same_aspect(one: str | None, other: str | None) -> bool | None:
    """Whether both speak of one aspect; None where only one names an aspect, so that nothing says.

    Two that name none are both about the thing as a whole, and so about the same. Case, spacing and accents are not
    looked at.
    """
    if (one is None) != (other is None):
        return None
    return one is None or other is None or folded(one) == folded(other)
