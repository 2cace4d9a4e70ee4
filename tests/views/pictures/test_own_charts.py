"""The charts that single tables of measures have: on the demonstration study, and on hostile and extreme values."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import Any

import pytest

from journeys.analysis.claims.graph import study_graph
from journeys.analysis.claims.selection import Selection
from journeys.analysis.measures.registry import MEASURES
from journeys.analysis.measures.table import MeasureRow, MeasureTable
from journeys.views.pictures.charts.figures import OWN, chart_of_table
from journeys.views.pictures.charts.survival import FEWEST

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def demo_graph(opened_demo: Any) -> Any:
    with opened_demo.store() as store:
        return study_graph(store, opened_demo.id, opened_demo.schema)


KEPT = ("reached", "no source", "reported not to have happened", "C")
MEASURED = ("gap-map", "flow", "after-introduction", "survival", "uses", "factors", "truth-table")


@pytest.mark.parametrize("name", MEASURED)
def test_a_chart_of_its_own_shows_every_row_that_has_a_number(name: str, demo_graph: Any) -> None:
    """Each mark says what its row says; together they are all rows with anything to point at."""
    table, chart = drawn(name, demo_graph)
    root = ET.fromstring(chart.svg(lambda row: f"#{row}"))
    rows = [int(link.attrib["href"][1:]) for link in root.iter(f"{SVG}a")]
    assert len(rows) == len(set(rows))
    small = {number for number, row in enumerate(table.rows) if name == "survival" and size(table, row) < FEWEST}
    assert {number for number, row in enumerate(table.rows) if row.claims} - small <= set(rows)
    assert not small & set(rows)
    for link in root.iter(f"{SVG}a"):
        values = [str(value) for value in table.rows[int(link.attrib["href"][1:])].values if isinstance(value, str)]
        assert any(value in link.attrib["aria-label"] for value in values)


@pytest.mark.parametrize("name", MEASURED)
def test_hostile_and_extreme_values_leave_a_chart_within_its_frame(name: str, demo_graph: Any) -> None:
    """Long words without spaces, markup, numbers of nine digits, hundreds of groups: drawn in part, and said."""
    table, _ = drawn(name, demo_graph)
    columns = {row.values[at] for row in table.rows for at in (0, 2)} if name == "flow" else set()
    words = ["<script>alert(1)</script>", "W" * 10_000, "\u202e\u2028", "安" * 50, "javascript:alert(1)"]

    def changed(value: Any, number: int) -> Any:
        if isinstance(value, str) and value not in KEPT and value not in columns:
            return f"{number}{words[number % len(words)]}"
        return value * 10**8 if isinstance(value, int) and not isinstance(value, bool) and value > 1 else value

    many = tuple(
        MeasureRow(tuple(changed(value, number // 7) for value in row.values), row.claims)
        for number, row in enumerate(table.rows * 30)
    )
    chart = chart_of_table(name, replace(table, rows=many, title="T" * 3_000))
    assert chart is not None
    assert chart.width <= 1_240
    assert chart.whole_height < 6_000
    assert re.search(r"… and [\d,]+ more (line|group|bar|combination)s? in the table|fewest journeys", chart.svg())
    assert "<script" not in chart.svg()
    empty = chart_of_table(name, replace(table, rows=()))
    assert empty is None


def test_no_curve_is_drawn_of_one_or_two_journeys(demo_graph: Any) -> None:
    table, chart = drawn("survival", demo_graph)
    words = chart.svg()
    assert "Too few journeys for a curve (fewer than 3); see the table:" in words
    assert "(n = 1)" not in words
    assert "(n = 10)" in words
    alone = chart_of_table("survival", replace(table, rows=tuple(row for row in table.rows if size(table, row) == 1)))
    assert alone is not None
    assert "Too few journeys for a curve" in alone.svg()
    assert "href" not in alone.svg(lambda row: f"#{row}")


def test_the_curve_of_all_journeys_is_the_first(demo_graph: Any) -> None:
    """In the table the types come first, by their numbers; a reader compares each with all."""
    table, chart = drawn("survival", demo_graph)
    assert table.rows[0].values[0] != "all"
    panels = re.findall(r">([^<]*) \(n = \d+\)<", chart.svg())
    assert panels[0] == "all"
    assert panels.count("all") == 1


def test_a_type_can_be_followed_through_the_stages(demo_graph: Any) -> None:
    """Its streams have its colour between all columns, as many journeys wide as it has, and their words name it."""
    table, chart = drawn("flow", demo_graph)
    streams: dict[str, set[str]] = {}
    for link in ET.fromstring(chart.svg(lambda row: f"#{row}")).iter(f"{SVG}a"):
        row = table.rows[int(link.attrib["href"][1:])].values
        (shape,) = link.iter(f"{SVG}path")
        streams.setdefault(row[6], set()).add(shape.attrib["fill"])
        assert row[6] in link.attrib["aria-label"]
    colours = [next(iter(found)) for found in streams.values() if len(found) == 1]
    assert len(set(colours)) == len(streams) > 3
    journeys = {(row.values[0], row.values[6]): 0 for row in table.rows}
    for row in table.rows:
        journeys[row.values[0], row.values[6]] += row.values[4]
    assert all(number == journeys["site", kind] for (_, kind), number in journeys.items())


@pytest.mark.parametrize("name", ["uses", "factors"])
def test_bars_without_length_are_not_drawn(name: str, demo_graph: Any) -> None:
    """The page then says that there is nothing to draw."""
    table, _ = drawn(name, demo_graph)
    nothing = tuple(
        MeasureRow(tuple(0 if isinstance(value, int) else value for value in row.values), ()) for row in table.rows
    )
    assert nothing
    assert chart_of_table(name, replace(table, rows=nothing)) is None


def size(table: MeasureTable, row: MeasureRow) -> int:
    """The number of journeys of a row's group."""
    return int(dict(zip(table.columns, row.values, strict=True))["n"])


def drawn(name: str, graph: Any) -> tuple[MeasureTable, Any]:
    """The table of a measure that has a chart of its own, and the chart."""
    tables = {each.name: each for each in MEASURES[name].run(graph, Selection())}
    table = tables[next(table for measure, table in OWN if measure == name)]
    return table, chart_of_table(name, table)
