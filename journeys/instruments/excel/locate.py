"""Find the rows and columns of a form by their hidden names and by their wordings, each checked against the other.

A hidden name moves with its cell when people insert, drag or rename in Excel. It stays behind when a table is sorted,
or changed by another program; then the wording is right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from journeys.model.identity import folded
from journeys.model.problems import Address, Problem, Severity

_MOST_NAMED, _SHOWN = 5, 60


@dataclass(frozen=True, slots=True)
class Wanted:
    """A row or column to look for: its id, the place its hidden name points at, the wordings it is known by."""

    id: str
    named: int | None
    wordings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The place of each id that was found, and the wordings that stand elsewhere than their hidden names."""

    places: Mapping[str, int]
    moved: tuple[str, ...]

    def stale_names(self, address: Address, what: str) -> Problem | None:
        """The warning that ``what`` ("rows", "columns") were moved in a way that left their hidden names behind."""
        if not self.moved:
            return None
        message = (
            f"The {what} were sorted or moved by another program; {len(self.moved)} could only be "
            "found by their wording."
        )
        named = [
            words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}\u2026" for words in self.moved[:_MOST_NAMED]
        ]
        more = f" and {len(self.moved) - _MOST_NAMED} more" if len(self.moved) > _MOST_NAMED else ""
        listed = ", ".join(f"'{words}'" for words in named)
        remedy = f"Check that each answer is still beside its own wording. The {what}: {listed}{more}."
        return Problem("moved", address, message, remedy, Severity.WARNING)


def locate(wanted: Sequence[Wanted], written: Mapping[int, str]) -> Found:
    """Find each of ``wanted`` along one line of a sheet, where ``written`` gives the words at each place.

    The hidden name decides, because a wording may be edited, unless the wording is found elsewhere or the place has the
    wording of another.
    """
    places_of: dict[str, list[int]] = {}
    for place, words in written.items():
        places_of.setdefault(comparable(words), []).append(place)
    shared = Counter(key for each in wanted for key in _keys(each))
    places: dict[str, int] = {}
    moved: list[str] = []
    for each in wanted:
        keys = [key for key in _keys(each) if shared[key] == 1]
        by_wording = [place for key in keys for place in places_of.get(key, ())]
        if each.named is not None and (
            each.named in by_wording or not (by_wording or _of_another(written.get(each.named, ""), each, shared))
        ):
            places[each.id] = each.named
        elif by_wording:
            places[each.id] = by_wording[0]
            if each.named is not None:
                moved.append(" ".join(written[by_wording[0]].split()))
    return Found(places, tuple(moved))


def comparable(words: str) -> str:
    """Return a wording in the form for comparison: folded, without the star of a required field."""
    return folded(words).rstrip(" *")


def _keys(wanted: Wanted) -> set[str]:
    return {comparable(wording) for wording in wanted.wordings}


def _of_another(words: str, wanted: Wanted, known: Collection[str]) -> bool:
    key = comparable(words)
    return key in known and key not in _keys(wanted)
