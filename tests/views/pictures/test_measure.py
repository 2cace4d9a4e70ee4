"""The picture of a measure: each value stands where the scale says, and what has none says so."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date
from math import nan
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from journeys.analysis.measures.table import MeasureRow, MeasureTable
from journeys.model.problems import UsageProblem
from journeys.views.pictures.measure import MOST_ROWS, measure_svg

SVG = "{http://www.w3.org/2000/svg}"


def table(columns: str, *rows: tuple[Any, ...]) -> MeasureTable:
    return MeasureTable(
        name="made",
        title="Made up",
        columns={name: f"what {name} means" for name in columns.split()},
        rows=tuple(MeasureRow(row) for row in rows),
        n={"rows": len(rows)},
        method="",
    )


def picture(svg: str) -> tuple[list[dict[str, str]], list[str]]:
    """The dots and rings, and all words, in their order."""
    root = ET.fromstring(svg)
    return [dict(one.attrib) for one in root.iter(f"{SVG}circle")], [
        "".join(one.itertext()) for one in root.iter(f"{SVG}text")
    ]


def test_a_number_stands_on_its_scale() -> None:
    dots, words = picture(
        measure_svg(table("who who_id ties", ("Ann", "x:1", 2), ("Bo", "x:2", 4), ("Cy", "x:3", None)))
    )
    assert [float(dot["cx"]) for dot in dots] == [330 + 430 / 2, 330 + 430]
    assert words[1:] == ["ties: what ties means", *"01234", "Ann", "2", "Bo", "4", "Cy", "not defined", "3 rows"]


def test_two_columns_go_from_the_one_to_the_other() -> None:
    two = table(
        "who first last",
        ("Ann", date(2011, 1, 1), date(2011, 3, 1)),
        ("Bo", None, date(2011, 2, 1)),
        ("Cy", date(2011, 2, 1), date(2011, 2, 1)),
        ("Di", None, None),
    )
    dots, words = picture(measure_svg(two, ["first", "last"]))
    assert words[2:5] == ["Jan 2011", "Feb 2011", "Mar 2011"]
    assert words[-9:-1] == [
        "Ann", "2011-01-01 to 2011-03-01", "Bo", "… to 2011-02-01", "Cy", "2011-02-01", "Di", "no date",
    ]  # fmt: skip
    rings = ["stroke" in dot for dot in dots]
    assert rings == [True, False, False, True, False]
    places = [float(dot["cx"]) for dot in dots]
    assert places[0] < places[2] < places[1]
    assert places[2] == places[3] == places[4]


def test_words_where_a_number_is_missing_are_shown() -> None:
    dots, words = picture(
        measure_svg(table("what all without", ("a", 3, "not there"), ("b", 2, 1)), ["all", "without"])
    )
    assert len(dots) == 3
    assert "3 to not there" in words
    assert "2 to 1" in words


@pytest.mark.parametrize("columns", [["who"], ["nothing"], ["ties", "day"], ["ties", "ties", "ties"]])
def test_what_cannot_be_drawn_is_refused_with_what_can(columns: list[str]) -> None:
    made = table("who ties day", ("Ann", 2, date(2011, 1, 1)))
    with pytest.raises(UsageProblem, match=r"Choose from: ties, day\.|Name one or two"):
        measure_svg(made, columns)
    with pytest.raises(UsageProblem, match="no numbers or dates to draw"):
        measure_svg(table("who", ("Ann",)))


def test_of_many_rows_the_picture_says_how_many_more() -> None:
    dots, words = picture(measure_svg(table("who ties", *((f"N{number}", number) for number in range(MOST_ROWS + 3)))))
    assert len(dots) == MOST_ROWS
    assert "… and 3 more rows in the table." in words


# Days in years so far apart that they once had a scale of their own, which ended before the last of them.
@example([], [date(2000, 1, 1), date(9901, 1, 1)], "")
@example([5e-324], [], "")
@given(
    st.lists(st.one_of(st.none(), st.just(nan), st.floats(-1e100, 1e100), st.integers(-(10**9), 10**9)), max_size=12),
    st.lists(st.one_of(st.none(), st.dates()), max_size=12),
    st.text(max_size=200),
)
def test_any_values_give_a_picture_within_its_frame(numbers: list[Any], days: list[Any], label: str) -> None:
    for values in (numbers, days):
        made = table("who value", *((label, value) for value in values))
        try:
            root = ET.fromstring(measure_svg(made))
        except UsageProblem:
            continue
        for dot in root.iter(f"{SVG}circle"):
            assert 330 <= float(dot.attrib["cx"]) <= 760
