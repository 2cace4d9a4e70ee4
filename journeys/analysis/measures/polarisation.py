"""How divided opinion on each document and piece of evidence was, period by period."""

from __future__ import annotations

from typing import Any

import networkx as nx

from journeys.analysis.actors.stances import amount, stances
from journeys.analysis.claims.selection import Selection
from journeys.analysis.measures.table import MeasureRow, MeasureTable, small_n
from journeys.analysis.methods.discourse.networks import Duplicates
from journeys.analysis.methods.discourse.polarisation import Polarisation, polarisation
from journeys.model.dates import DateSpan
from journeys.model.periods import Length, calendar

ALL_TIMES = DateSpan("all times", None, None, "unknown")


def divisions(
    graph: nx.MultiDiGraph[str], selection: Selection, *, period: Length = "quarter", duplicates: Duplicates = "once"
) -> tuple[MeasureTable, ...]:
    """For each thing at all times and in each period: who supports, who contests, and how divided they are.

    A period in which nobody can have taken a side is not listed.
    """
    found, left = stances(graph, selection)
    dated = [each for each in found if each.when is not None]
    times = calendar((each.when for each in dated if each.when), period)
    names: dict[Any, str] = {node: held["name"] for node, held in graph.nodes(data=True)}
    divided = [
        *polarisation(found, [ALL_TIMES], duplicates=duplicates),
        *(each for each in polarisation(dated, times, duplicates=duplicates) if each.n or each.possible),
    ]
    rows = sorted((_row(each, names) for each in divided), key=lambda row: (row.values[0], row.values[1]))
    undated = len(found) - len(dated)
    return (
        MeasureTable(
            name="polarisation",
            title="Polarisation of opinion",
            columns={
                "about": "the document or piece of evidence",
                "about_id": "its id",
                "period": f"the {period}, or all times",
                "supporting": ("actors who certainly supported it in the period")
                if duplicates == "once"
                else "claims of support",
                "contesting": ("actors who certainly contested it in the period")
                if duplicates == "once"
                else "claims of contest",
                "share_contesting": "share contesting, 0 to 1",
                "agreement": "agreement A (van der Eijk): 1 all on one side, -1 half on each",
                "possible": "claims that only possibly fall in the period (not counted)",
            },
            rows=tuple(rows),
            n=amount(found),
            method="Agreement A over contest, neither, support: van der Eijk (2001). A claim counts in a period if "
            "every day that its date allows is in it.",
            left_out=left,
            notes=(
                *((f"{undated} claims have no date and count only under all times.",) if undated else ()),
                *small_n(len(found), "claims of support or contest"),
            ),
        ),
    )


def _row(each: Polarisation, names: dict[str, str]) -> MeasureRow:
    about = str(each.concept)
    counts = each.supporting, each.contesting, each.share_contesting, each.agreement, len(each.possible)
    keys = {str(key) for key in (*each.keys, *each.possible)}
    return MeasureRow((names[about], about, each.period.text, *counts), tuple(sorted(keys)))
