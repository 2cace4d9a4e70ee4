"""Whether two claims are about the same matter: one aspect of a thing (its costs, a version of it), or all of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from journeys.model.identity import folded

ASPECTS = ("aspect", "criterion", "issue", "about", "for")
"""The properties of which one says what of a thing a claim is about: the criterion of an appraisal, the issue that was
raised, what somebody was challenged about, what somebody is responsible for."""

_APART = frozenset({"general", "ethnicity_specific"})


def aspect_of(properties: Mapping[str, Any]) -> str | None:
    """Return the aspect that a claim names, as written; None where it names none."""
    named = next((properties[name] for name in ASPECTS if properties.get(name)), None)
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


def may_share_scope(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two claims may be about the same: no where one is said in general, the other of ethnicity only."""
    return {one.get("scope"), other.get("scope")} != _APART
