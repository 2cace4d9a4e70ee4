"""Which rows of an answer or a measure readers outside the team may see: not those that point to somebody."""

from __future__ import annotations

from collections.abc import Iterable

from journeys.model.phrases import counted


def may_be_shown(claims: int, values: Iterable[object], *, smallest: int) -> bool:
    """Whether a row of these values, which rests on so many claims, points to nobody."""
    return claims >= smallest or not (claims or any(isinstance(value, int | float) and value for value in values))


def left_out(number: int, smallest: int, noun: str = "row") -> str:
    """A sentence on rows, or whatever ``noun`` says, that were left out; none for none."""
    why = "it rests" if number == 1 else "they rest"
    return f"{counted(number, noun)} left out, because {why} on fewer than {smallest} claims." if number else ""
