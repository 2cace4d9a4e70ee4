"""Which claims count, as keyword arguments say it: read into a choice, and a choice into a selection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from journeys.model.problems import UsageProblem

if TYPE_CHECKING:
    from journeys.analysis.claims.selection import Selection
    from journeys.analysis.measures.run import Choice
    from journeys.store.connection import Store
    from journeys.study.access import StudyAccess


def choice_of(
    choice: Choice | Mapping[str, Any] | None,
    site: str | None,
    case: str | None,
    from_: str | date | None,
    to: str | date | None,
    scope: str | None,
    modes: Iterable[str],
    confidences: Iterable[str],
    without_interpretive: bool,
) -> Choice:
    """The choice that was given whole, or else by keyword arguments. Raises UsageProblem for both at once."""
    from journeys.analysis.measures.run import Choice

    given = Choice(site, case, from_, to, scope, _listed(modes), _listed(confidences), without_interpretive)
    if choice is None:
        return given
    if given != Choice():
        raise UsageProblem("Say which claims count by a choice or by keyword arguments, not by both.")
    return Choice(**choice) if isinstance(choice, Mapping) else choice


def selection_of(
    study: StudyAccess, store: Store, selection: Selection | None, choice: Choice
) -> tuple[str | None, Selection | None]:
    """The site that a choice names, and the selection that it means.

    Raises UsageProblem where a selection is given besides.
    """
    from journeys.analysis.measures.run import Choice, chosen

    if choice == Choice(site=choice.site):
        return choice.site, selection
    if selection is not None:
        raise UsageProblem("Say which claims count by a selection or by keyword arguments, not by both.")
    return choice.site, chosen(store, study.id, study.schema, choice)[0]


def _listed(words: Iterable[str]) -> tuple[str, ...]:
    """Words one by one; one word may be given by itself."""
    return (words,) if isinstance(words, str) else tuple(words)
