"""Tables of results as people read them: on the pages of the atlas, and by hand."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from journeys.views.pages.readable import readable

OVER = "each => each.scrollWidth - each.clientWidth"


def heads(page: Path) -> list[str]:
    """The heads of the first table of a page."""
    table = page.read_text(encoding="utf-8").partition('<table class="result')[2].partition("</thead>")[0]
    return re.findall(r"<th(?: [^>]*)?>(.*?)</th>", table)


def test_a_question_leaves_out_what_no_row_has_and_says_so(atlas: Path) -> None:
    page = atlas.parent / "answers" / "trace-reception.html"
    text = page.read_text(encoding="utf-8")
    assert "Not recorded in any row: manner, outcome and dates." in text
    assert not {"manner", "outcome", "dates", "date from", "date to"} & set(heads(page))
    assert "date" in heads(page)
    assert ">6 April 2011<" in text
    assert "board, team or group" in heads(atlas.parent / "answers" / "trace-awareness.html")


@pytest.mark.parametrize("folder", ["answers", "quality"])
def test_no_day_is_written_as_a_computer_does(atlas: Path, folder: str) -> None:
    for page in (atlas.parent / folder).glob("*.html"):
        cells = re.findall(r"<td[^>]*><bdi>(.*?)</bdi></td>", page.read_text(encoding="utf-8"))
        assert not [cell for cell in cells if re.fullmatch(r"(?:<span[^>]*>)?\d{4}-\d\d-\d\d(?:</span>)?", cell)], page


def test_tables_of_questions_fit_their_frames(open_page: Any, atlas: Path) -> None:
    """All but matrices, which have a column for each document."""
    pages = ["patterns-burden_of_proof", "quality-resting_on_little", "summary_tables-rows_by_site", "trace-uses"]
    with open_page(atlas.parent / "answers" / "index.html") as seen:
        for name in pages:
            seen.page.goto((atlas.parent / "answers" / f"{name}.html").as_uri())
            assert seen.page.locator(".wide").first.evaluate(OVER) <= 1, name


def test_a_period_is_one_column_and_nought_is_something() -> None:
    columns = [("date_from", "the first day"), ("date_to", "the last day"), ("n", ""), ("no", ""), ("names", "")]
    day = date(2011, 4, 6)
    rows = [
        (day, day, 0, False, []),
        (date(2011, 1, 1), date(2011, 12, 31), 0, False, [""]),
        (None, date(2011, 3, 31), 0, False, []),
        (None, None, 0, False, []),
    ]
    made = readable(columns, rows)
    assert made.columns == (("date", "the first day to the last day"), ("n", ""), ("no", ""))
    assert [row[0] for row in made.rows] == ["6 April 2011", "2011", "before 1 April 2011", ""]
    assert made.note == "Not recorded in any row: names."


def test_two_people_are_no_period_and_an_empty_table_keeps_its_columns() -> None:
    columns = [("tie_from", ""), ("tie_to", ""), ("on", "")]
    made = readable(columns, [("Ann", "Bea", ["2011-04-06", "2011-05"])])
    assert made.columns == (("tie from", ""), ("tie to", ""), ("on", ""))
    assert made.rows == (("Ann", "Bea", ["6 April 2011", "May 2011"]),)
    assert readable(columns, []).columns == (("tie from", ""), ("tie to", ""), ("on", ""))
    assert readable([("x", "")], [(None,), ("",)]).rows == ((), ())


def test_a_column_that_only_a_row_further_down_fills_is_shown() -> None:
    columns = [("who", ""), ("date_from", ""), ("date_to", ""), ("on", "")]
    rows = [("Ann", None, None, None), ("Bea", "2011-04-06", None, "costs")]
    made = readable(columns, rows, most=1)
    assert [name for name, _ in made.columns] == ["who", "date", "on"]
    assert len(made.rows) == 1
    assert made.note == ""
