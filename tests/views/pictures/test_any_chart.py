"""Charts of any study: empty sites, no dates, one document, open dates, denials, things without a type or site."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

import networkx as nx
from hypothesis import HealthCheck, given, settings

from journeys.analysis.claims.selection import Selection
from journeys.analysis.measures.registry import MEASURES
from journeys.views.pages.across import FIGURES
from journeys.views.pictures.charts.bars import count_of
from journeys.views.pictures.charts.figures import chart_of_table
from tests.analysis.measures.test_any_graph import studies


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(studies())
def test_every_figure_of_any_study_is_drawn_or_left_out(study: Any) -> None:
    for figure in FIGURES:
        tables = {table.name: table for table in MEASURES[figure.measure].run(study, Selection())}
        chart = chart_of_table(figure.measure, tables[figure.drawn])
        rows = tables[figure.drawn].rows
        # Bars of no length are an empty picture, which says less than the words that there is nothing to draw.
        empty = figure.measure in ("uses", "factors") and not any(count_of(row.values) for row in rows)
        assert (chart is None) == (not rows or empty)
        if chart:
            root = ET.fromstring(chart.svg(lambda row: f"#{row}"))
            assert "nan" not in " ".join(path.get("d", "") for path in root.iter("{http://www.w3.org/2000/svg}path"))


def test_one_document_without_a_date_and_a_site() -> None:
    """Nothing is dated, so no journey can be aligned; it is named as left out."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("s:document:D1", label="Document", name="Only one")
    tables = MEASURES["after-introduction"].run(graph, Selection())
    assert chart_of_table("after-introduction", tables[0]) is None
    assert tables[0].notes[1] == "Left out, as no source dates an introduction: Only one."
    cells = MEASURES["gap-map"].run(graph, Selection(), options={"of": ("Document",)})[1]
    assert {row.values[1] for row in cells.rows} == {"no site recorded"}
    assert {row.values[3] for row in cells.rows} == {"no source"}
    assert "Only one" not in str(chart_of_table("gap-map", cells).svg())  # type: ignore[union-attr]
