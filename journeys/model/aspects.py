"""Whether two claims are about the same aspect of a thing: its costs, one version of it, or all of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from journeys.model.identity import folded


def aspect_of(properties: Mapping[str, Any]) -> str | None:
    """Return the aspect (or criterion of an appraisal) that a claim names, as written; None where it names none."""
    named = properties.get("aspect") or properties.get("criterion")
    return str(named).strip() if named and folded(str(named)) else None


def aspect_key(properties: Mapping[str, Any]) -> str | None:
    """Return the aspect in the folded form that is stored for queries to compare; None where the claim names none."""
    named = aspect_of(properties)
    return None if named is None else folded(named)


def same_aspect(one: str | None, other: str | None) -> bool | None:
    """Whether both claims are about one aspect; None where only one of them names an aspect, so it is not known.

    Two claims that name none are both about the whole thing, and so agree. Case, spacing and accents are ignored.
    """
    if (one is None) != (other is None):
        return None
    return one is None or other is None or folded(one) == folded(other)
