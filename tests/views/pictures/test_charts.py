"""Charts: each value stands where the scale says, what has none says so; the same data give the same bytes."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date
from math import nan
from typing import Any

import matplotlib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from journeys.analysis.measures.table import MeasureRow, MeasureTable
from journeys.model.problems import UsageProblem
from journeys.views.pictures.charts.dots import LEFT, MOST_ROWS, PLOT, dot_plot
from journeys.views.render import COLOURS

SVG = "{http://www.w3.org/2000/svg}"
MOVED = re.compile(r"translate\(([-\d.]+) [-\d.]+\)")


def table(columns: str, *rows: tuple[Any, ...]) -> MeasureTable:
    return MeasureTable(
        name="made",
        title="Made up",
        columns={name: f"what {name} means" for name in columns.split()},
        rows=tuple(MeasureRow(row) for row in rows),
        n={"rows": len(rows)},
        method="",
    )


def picture(svg: str) -> tuple[list[float], list[str], list[str]]:
    """How far to the right each mark stands, what it says, and all words, in their order."""
    root = ET.fromstring(svg)
    marks = [group for group in root.iter(f"{SVG}g") if group.find(f"{SVG}title") is not None]
    places = [MOVED.match(group.find(f"{SVG}path").attrib["transform"]) for group in marks]  # type: ignore[union-attr]
    return (
        [float(place[1]) for place in places if place],
        ["".join(group.find(f"{SVG}title").itertext()) for group in marks],  # type: ignore[union-attr]
        ["".join(one.itertext()) for one in root.iter(f"{SVG}text")],
    )


def test_a_number_stands_on_its_scale() -> None:
    places, said, words = picture(
        dot_plot(table("who who_id ties", ("Ann", "x:1", 2), ("Bo", "x:2", 4), ("Cy", "x:3", None))).svg()
    )
    assert places == [LEFT + PLOT / 2, LEFT + PLOT]
    assert said == ["Ann: 2", "Bo: 4"]
    assert words[1:3] == ["ties: what ties means", "n: rows 3"]
    assert words[3:] == [*"01234", "Ann", "2", "Bo", "4", "Cy", "not defined"]


def test_two_columns_go_from_the_one_to_the_other() -> None:
    two = table(
        "who first last",
        ("Ann", date(2011, 1, 1), date(2011, 3, 1)),
        ("Bo", None, date(2011, 2, 1)),
        ("Cy", date(2011, 2, 1), date(2011, 2, 1)),
        ("Di", None, None),
    )
    chart = dot_plot(two, ["first", "last"])
    places, _, words = picture(chart.svg())
    assert words[3:6] == ["Jan 2011", "Feb 2011", "Mar 2011"]
    assert words[-8:] == [
        "Ann", "2011-01-01 to 2011-03-01", "Bo", "… to 2011-02-01", "Cy", "2011-02-01", "Di", "no date",
    ]  # fmt: skip
    assert places[0] < places[2] < places[1]
    assert places[2] == places[3] == places[4]


def test_words_where_a_number_is_missing_are_shown() -> None:
    made = table("what all without", ("a", 3, "not there"), ("b", 2, 1))
    places, _, words = picture(dot_plot(made, ["all", "without"]).svg())
    assert len(places) == 3
    assert "3 to not there" in words
    assert "2 to 1" in words


@pytest.mark.parametrize("columns", [["who"], ["nothing"], ["ties", "day"], ["ties", "ties", "ties"]])
def test_what_cannot_be_drawn_is_refused_with_what_can(columns: list[str]) -> None:
    made = table("who ties day", ("Ann", 2, date(2011, 1, 1)))
    with pytest.raises(UsageProblem, match=r"Choose from: ties, day\.|Name one or two"):
        dot_plot(made, columns)
    with pytest.raises(UsageProblem, match="no numbers or dates to draw"):
        dot_plot(table("who", ("Ann",)))


def test_of_many_rows_the_picture_says_how_many_more() -> None:
    many = table("who ties", *((f"N{number}", number) for number in range(MOST_ROWS + 3)))
    places, _, words = picture(dot_plot(many).svg())
    assert len(places) == MOST_ROWS
    assert "… and 3 more rows in the table." in words


@pytest.mark.parametrize("format_", ["svg", "png", "pdf"])
def test_the_same_table_gives_the_same_bytes(format_: str) -> None:
    made = table("who ties", ("Ann", 2), ("Bo", 4))
    with matplotlib.rc_context({"font.size": 30, "svg.fonttype": "path", "axes.facecolor": "red"}):
        one = getattr(dot_plot(made), format_)()
    assert one == getattr(dot_plot(made), format_)()


def test_a_picture_can_stand_on_a_page() -> None:
    """The policy of a page forbids styles; two pictures on it share no id; colours are those that follow the page."""
    svg = dot_plot(table("who ties day", ("$Ann$ </svg><b>", 2, date(2011, 1, 1)), ("Bo", 4, None))).svg(
        lambda row: f"#row-{row}"
    )
    assert not re.search(r"\bid=|style|<defs|<use|clip-path|DOCTYPE|font-family=\"DejaVu", svg)
    root = ET.fromstring(svg)
    assert [each.attrib["href"] for each in root.iter(f"{SVG}a")] == ["#row-0", "#row-1"]
    colours = {each.attrib[way] for each in root.iter() for way in ("fill", "stroke") if way in each.attrib}
    assert colours - {"none"} <= set(COLOURS.values())
    assert "$Ann$ </svg><b>" in picture(dot_plot(table("who ties", ("$Ann$ </svg><b>", 2))).svg())[2]


def test_letters_that_the_font_of_png_lacks_are_named() -> None:
    assert dot_plot(table("who ties", ("Ann", 2))).unknown_letters() == ""
    assert dot_plot(table("who ties", ("安 Ж", 2))).unknown_letters() == "安"


# Days in years so far apart that they once had a scale of their own, which ended before the last of them.
@example([], [date(2000, 1, 1), date(9901, 1, 1)], "")
@example([5e-324], [], "")
@example([-1.7e308, 1.7e308], [date.min, date.max], "\ufffe \ud800")
@settings(max_examples=30)
@given(
    st.lists(st.one_of(st.none(), st.just(nan), st.floats(-1e100, 1e100), st.integers(-(10**9), 10**9)), max_size=12),
    st.lists(st.one_of(st.none(), st.dates()), max_size=12),
    st.text(max_size=200),
)
def test_any_values_give_a_picture_within_its_frame(numbers: list[Any], days: list[Any], label: str) -> None:
    for values in (numbers, days):
        made = table("who value", *((label, value) for value in values))
        try:
            chart = dot_plot(made)
        except UsageProblem:
            continue
        assert all(LEFT <= place <= LEFT + PLOT for place in picture(chart.svg())[0])
