"""How divided opinion on each document and piece of evidence was, period by period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import networkx as nx

from journeys.analysis.actors.stances import amount, stances
from journeys.analysis.claims.selection import Selection
from journeys.analysis.measures.table import MeasureRow, MeasureTable, small_n
from journeys.analysis.methods.discourse.networks import Duplicates, Stance
from journeys.analysis.methods.discourse.polarisation import Polarisation, polarisation
from journeys.model.dates import DateSpan
from journeys.model.identity import folded
from journeys.model.periods import Length, calendar

ALL_TIMES = DateSpan("all times", None, None, "unknown")


def divisions(
    graph: nx.MultiDiGraph[str], selection: Selection, *, period: Length = "quarter", duplicates: Duplicates = "once"
) -> tuple[MeasureTable, ...]:
    """For each thing, and each named aspect of it, at all times and in each period: who supports, who contests, and how
    divided they are.

    A period in which nobody can have taken a side is not listed.
    """
    found, left = stances(graph, selection)
    dated = [each for each in found if each.when is not None]
    times = calendar((each.when for each in dated if each.when), period)
    names: dict[Any, str] = {node: held["name"] for node, held in graph.nodes(data=True)}
    words = _aspects(found)
    divided = [
        *polarisation(_by_aspect(found, words), [ALL_TIMES], duplicates=duplicates),
        *(
            each
            for each in polarisation(_by_aspect(dated, words), times, duplicates=duplicates)
            if each.n or each.possible
        ),
    ]
    rows = sorted(
        (_row(each, names, words) for each in divided), key=lambda row: (*row.values[:2], row.values[2] or "")
    )
    undated = len(found) - len(dated)
    return (
        MeasureTable(
            name="polarisation",
            title="Polarisation of opinion",
            columns={
                "about": "the document or piece of evidence",
                "about_id": "its id",
                "aspect": "the aspect that claims name; empty for all claims on it together",
                "period": f"the {period}, or all times",
                "supporting": ("actors who certainly supported it in the period")
                if duplicates == "once"
                else "claims of support",
                "contesting": ("actors who certainly contested it in the period")
                if duplicates == "once"
                else "claims of contest",
                "share_contesting": "share contesting, 0 to 1; empty where the two sides speak of different aspects",
                "agreement": "agreement A (van der Eijk): 1 all on one side, -1 half on each; empty likewise",
                "possible": "claims that only possibly fall in the period (not counted)",
            },
            rows=tuple(rows),
            n=amount(found),
            method="Agreement A over contest, neither, support: van der Eijk (2001). A claim counts in a period if "
            "every day that its date allows is in it. For and against are compared only where they may be on one "
            "aspect.",
            left_out=left,
            notes=(
                *((f"{undated} claims have no date and count only under all times.",) if undated else ()),
                *small_n(len(found), "claims of support or contest"),
            ),
        ),
    )


_Words = dict[tuple[Any, str], str]
"""How an aspect is written where it is first named, by the thing and the aspect as it is compared."""


def _aspects(found: Iterable[Stance]) -> _Words:
    words: _Words = {}
    for each in found:
        if each.aspect is not None:
            words.setdefault((each.concept, folded(each.aspect)), each.aspect)
    return words


def _by_aspect(found: Iterable[Stance], words: _Words) -> Iterator[Stance]:
    """The stances on each thing and, where not all name one and the same aspect, those on each aspect apart."""
    held = list(found)
    of_thing: defaultdict[Any, set[str | None]] = defaultdict(set)
    for each in held:
        of_thing[each.concept].add(None if each.aspect is None else folded(each.aspect))
    for each in held:
        yield each
        if each.aspect is not None and len(of_thing[each.concept]) > 1:
            yield replace(each, concept=(each.concept, folded(each.aspect)))


def _row(each: Polarisation, names: dict[str, str], words: _Words) -> MeasureRow:
    of_aspect = each.concept if isinstance(each.concept, tuple) else None
    about = str(each.concept[0] if isinstance(each.concept, tuple) else each.concept)
    aspect = words[of_aspect] if of_aspect else None
    counts = each.supporting, each.contesting, each.share_contesting, each.agreement, len(each.possible)
    keys = {str(key) for key in (*each.keys, *each.possible)}
    return MeasureRow((names[about], about, aspect, each.period.text, *counts), tuple(sorted(keys)))
