"""Short ids: without study and kind, where they stay unique."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection


def short_ids(ids: Collection[str]) -> dict[str, str]:
    """A short name for each id: "north.diabetes.D07", "evidence:model" where a document is "model" too, or the id."""
    found: dict[str, str] = {}
    for parts in (2, 1, 0):
        left = [each for each in ids if each not in found]
        names = {each: each.split(":", parts)[-1] for each in left}
        counts = Counter(name.lower() for name in (*names.values(), *found.values()))
        found |= {each: name for each, name in names.items() if counts[name.lower()] == 1}
    return {each: found.get(each, each) for each in ids}
