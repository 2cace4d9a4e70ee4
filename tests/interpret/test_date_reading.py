"""Day or month first, and what is said of a date that was read but may not be what was meant, each with its cell."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.instruments.files.cells import Cell, Value
from journeys.interpret.context import Context
from journeys.interpret.date_reading import DateOrder, DateReader
from journeys.interpret.folder import open_folder
from journeys.interpret.meeting_dates import MeetingDates
from journeys.interpret.names import Names
from journeys.interpret.property_values import ValueReader
from journeys.interpret.tables.maps import load_map
from journeys.interpret.tables.read_table import TableReading
from journeys.model.problems import Address, Problem
from journeys.model.progress import NoProgress
from journeys.model.records import Claim
from journeys.model.schema import load_schema

SCHEMA = load_schema()
FORM = Address("forms/a.xlsx", "Who did what")


def read(
    reader: DateReader, cells: dict[str, Value], base: Address = FORM
) -> tuple[dict[str, date | None], list[Problem]]:
    """The first day of each cell that could be read, and what was said."""
    problems: list[Problem] = []
    days = {}
    for cell, value in cells.items():
        span = reader.read(Cell(value, base.at(cell)), problems.append)
        if span is not None:
            days[cell] = span.date_from
    reader.finish(problems.append)
    return days, problems


def kinds(problems: list[Problem]) -> list[tuple[str, str, str | None]]:
    return [(problem.kind, problem.severity.value, problem.address.cell) for problem in problems]


def test_a_guess_is_said_once_a_file() -> None:
    days, problems = read(DateReader(), {"E4": "03/05/2011", "E5": "04/05/2011", "B8": "1/2/2011"})
    assert days["E4"] == date(2011, 5, 3)
    assert kinds(problems) == [("guessed_date_order", "warning", "E4")]
    assert "3 May 2011" in problems[0].message
    assert "date_order: month_first" in problems[0].remedy


@pytest.mark.parametrize("cells", [
    {"E4": "25/03/2011", "E5": "03/05/2011"}, {"E4": "03/03/2011"}, {"E4": "05.03.2011"}, {"E4": "2011-03-05"},
    {"E4": "03/25/2011"}, {"E4": "5 March 2011"},
])  # fmt: skip
def test_nothing_is_said_where_nothing_was_guessed(cells: dict[str, Value]) -> None:
    days, problems = read(DateReader(), cells)
    assert (set(days), problems) == (set(cells), [])


@pytest.mark.parametrize(
    ("cells", "one", "other"),
    [
        ({"E4": "25/03/2011", "E9": "03/25/2011"}, "E4", "E9"),
        ({"E4": "03/25/2011", "E9": "25/03/2011"}, "E9", "E4"),
        ({"E4": "03/05/2011", "E9": "03/25/2011"}, "E4", "E9"),
        ({"E4": "before 03/05/2011", "E9": "03/25/2011-03/28/2011"}, "E4", "E9"),
        ({"E4": "25/03/2011", "E6": "03/05/2011", "E9": "03/25/2011"}, "E4", "E9"),
    ],
)
def test_dates_in_both_orders_are_refused_with_both_cells(cells: dict[str, Value], one: str, other: str) -> None:
    _, problems = read(DateReader(), cells)
    assert kinds(problems) == [("mixed_date_order", "error", other)]
    assert f"forms/a.xlsx > Who did what > {one}" in problems[0].message


@pytest.mark.parametrize(("order", "day"), [("day_first", date(2011, 5, 3)), ("month_first", date(2011, 3, 5))])
def test_the_study_says_which_order_is_meant(order: DateOrder, day: date) -> None:
    days, problems = read(DateReader(order), {"E4": "03/05/2011"})
    assert (days, problems) == ({"E4": day}, [])


def test_a_date_that_cannot_have_the_order_of_the_study_is_refused_at_its_cell() -> None:
    days, problems = read(DateReader("day_first"), {"E4": "03/25/2011", "E5": "25/03/2011"})
    assert (days, kinds(problems)) == ({"E5": date(2011, 3, 25)}, [("wrong_date_order", "error", "E4")])
    days, problems = read(DateReader("month_first"), {"E4": "03/25/2011", "E5": "25/03/2011"})
    assert (days, kinds(problems)) == ({"E4": date(2011, 3, 25)}, [("wrong_date_order", "error", "E5")])


def test_columns_of_a_table_are_judged_each_by_itself() -> None:
    reader = DateReader()
    reader.begin_table("tables/t.csv", None)
    cells: dict[str, Value] = {
        "line 2, column 1": "25/03/2011", "line 2, column 4": "03/25/2011", "line 3, column 4": "04/05/2011",
    }  # fmt: skip
    _, problems = read(reader, cells, Address("tables/t.csv"))
    assert kinds(problems) == [("mixed_date_order", "error", "line 2, column 4")]


@given(st.lists(st.dates(date(1990, 1, 1), date(2020, 12, 31)), min_size=1, max_size=6), st.booleans(), st.randoms())
def test_a_column_in_one_order_is_read_right_or_said(days: list[date], month_first: bool, random: object) -> None:
    style = "%m/%d/%Y" if month_first else "%d/%m/%Y"
    cells: dict[str, Value] = {f"E{number}": day.strftime(style) for number, day in enumerate(days, 2)}
    declared, problems = read(DateReader("month_first" if month_first else "day_first"), cells)
    assert list(declared.values()) == days
    assert not [problem for problem in problems if "order" in problem.kind]
    guessed, problems = read(DateReader(), cells)
    wrong = list(guessed.values()) != days
    assert not wrong or [problem for problem in problems if "order" in problem.kind]


TOMORROW = date.today() + timedelta(1 if (date.today() + timedelta(1)).day > 1 else 2)
"""A day to come that is not the first of a month, which is asked about for another reason."""


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (TOMORROW, "future_date"),
        ("5 March 1011", "ancient_date"),
        ("1711", "ancient_date"),
        (f"after {TOMORROW.isoformat()}", "future_date"),
        ("5 March 2111", "future_date"),
        ("01/01/1900", "zero_date"),
        (date(1899, 12, 30), "zero_date"),
        ("1970-01-01", "zero_date"),
        (datetime(2011, 3, 1), "first_of_month"),
        ("Sunday 5 March 2011", "wrong_weekday"),
        ("2010-11", "month_or_years"),
        (date.today() - timedelta(1) if date.today().day != 2 else date.today() - timedelta(2), None),
        (date(2011, 3, 5), None),
        ("2011-03-01", None),
        ("by 5 March 2111", None),
    ],
)
def test_what_may_not_be_meant_is_a_warning_with_the_cell(value: Value, kind: str | None) -> None:
    days, problems = read(DateReader("day_first"), {"E4": value})
    assert "E4" in days
    assert kinds(problems) == ([(kind, "warning", "E4")] if kind else [])
    assert all(problem.remedy for problem in problems)


def test_a_warning_is_said_once_however_often_the_cell_is_read() -> None:
    reader = DateReader()
    problems: list[Problem] = []
    for _ in range(3):
        reader.read(Cell("2010-11", FORM.at("E4")), problems.append)
    assert len(problems) == 1


def test_a_cell_with_a_time_keeps_it() -> None:
    span = DateReader().read(Cell(datetime(2011, 3, 5, 14, 30), FORM.at("E4")), lambda _: None)
    assert span is not None
    assert (span.text, span.date_to) == ("2011-03-05T14:30:00", date(2011, 3, 5))
    assert span.clock is not None
    assert span.clock.isoformat() == "14:30:00"


VOTES = """map: 1
nodes:
  who: {kind: Actor, each: who}
  paper: {kind: Document, each: paper, set: {title: "{value}"}}
claims:
  - {type: SUPPORTED, from: who, to: paper, set: {date: "{date}", quote: "{words}"}}
"""
ROWS = [
    {"who": "Sam", "paper": "P1", "date": "03/05/2011", "words": "a"},
    {"who": "Sam", "paper": "P1", "date": "03/25/2011", "words": "b"},
]


def table_of(folder: Path, ending: str) -> Path:
    path = folder / f"votes.{ending}"
    if ending == "csv":
        lines = [",".join(ROWS[0]), *(",".join(row.values()) for row in ROWS)]
        path.write_text("\n".join(lines), encoding="utf-8")
    elif ending == "json":
        path.write_text(json.dumps(ROWS), encoding="utf-8")
    else:
        book = openpyxl.Workbook()
        assert book.active is not None
        for line in (list(ROWS[0]), *(list(row.values()) for row in ROWS)):
            book.active.append(line)
        book.save(path)
    return path


@pytest.mark.parametrize(
    ("ending", "one", "other"),
    [("csv", "line 2, column 3", "line 3, column 3"), ("xlsx", "C2", "C3"), ("json", "[0].date", "[1].date")],
)
@pytest.mark.parametrize("order", [None, "month_first"])
def test_tables_of_every_format_are_read_in_the_order_of_their_map(
    tmp_path: Path, ending: str, one: str, other: str, order: str | None
) -> None:
    map_path = tmp_path / "votes.map.yaml"
    map_path.write_text(VOTES + (f"date_order: {order}\n" if order else ""), encoding="utf-8")
    problems: list[Problem] = []
    table = load_map(map_path, SCHEMA, name="votes.map.yaml", report=problems.append)
    assert table is not None
    names = Names()
    values = ValueReader(SCHEMA, problems.append)
    context = Context("s", SCHEMA, names, problems.append, values, MeetingDates(names))
    path = table_of(tmp_path, ending)
    records = list(TableReading(table, path, name=path.name, context=context).records(NoProgress()))
    values.dates.finish(problems.append)
    days = [record.properties["date_from"] for record in records if isinstance(record, Claim)]
    if order:
        assert (days, problems) == ([date(2011, 3, 5), date(2011, 3, 25)], [])
        return
    (problem,) = problems
    assert (problem.kind, problem.address.cell) == ("mixed_date_order", other)
    assert one in problem.message


def test_study_yaml_names_the_order(tmp_path: Path) -> None:
    (tmp_path / "study.yaml").write_text("id: s\ntitle: S\ndate_order: month_first\n", encoding="utf-8")
    assert open_folder(tmp_path).settings.date_order == "month_first"
    (tmp_path / "study.yaml").write_text("id: s\ntitle: S\ndate_order: american\n", encoding="utf-8")
    with pytest.raises(Exception, match=r"study.yaml, line 3.*'day_first' or 'month_first'"):
        open_folder(tmp_path)


def test_a_spreadsheet_that_converted_half_of_a_column_is_said() -> None:
    # Of the American 03/05/2011 and 03/25/2011 a British spreadsheet makes 3 May, and leaves the other as it is.
    days, problems = read(DateReader(), {"E4": date(2011, 5, 3), "E5": "03/25/2011", "E6": date(2011, 12, 1)})
    assert len(days) == 3
    assert ("half_converted", "warning", "E4") in kinds(problems)
    (said,) = [problem for problem in problems if problem.kind == "half_converted"]
    assert '"03/25/2011" in forms/a.xlsx > Who did what > E5' in said.message


@pytest.mark.parametrize("cells", [
    {"E4": date(2011, 5, 13), "E5": "25/03/2011"},  # a day that is no month was not exchanged
    {"E4": date(2011, 5, 3), "E5": "25 March 2011"},
    {"E4": date(2011, 5, 3), "F5": "25/03/2011"},
])  # fmt: skip
def test_a_column_that_was_not_half_converted_is_left_alone(cells: dict[str, Value]) -> None:
    _, problems = read(DateReader(), cells)
    assert "half_converted" not in {problem.kind for problem in problems}


def test_the_guess_of_a_century_is_said_once_a_file() -> None:
    days, problems = read(DateReader(), {"E4": "05-Mar-11", "E5": "Mar-11", "E6": "5 Apr 11"})
    assert days == {"E4": date(2011, 3, 5), "E5": date(2011, 3, 1), "E6": date(2011, 4, 5)}
    assert kinds(problems) == [("guessed_century", "warning", "E4")]
    assert "5 March 2011" in problems[0].message


def test_a_range_of_days_in_numbers_shows_the_guess_of_its_order() -> None:
    _, problems = read(DateReader(), {"E4": "5-7/3/2011"})
    assert kinds(problems) == [("guessed_date_order", "warning", "E4")]
    assert "so were others" not in problems[0].message
