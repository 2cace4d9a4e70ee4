"""A real date of the year in which a workbook was worked on, shown with two digits of its year: said with its cell."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from journeys.instruments.files.workbook import read_workbook
from journeys.model.problems import Problem


@pytest.mark.parametrize(
    ("day", "format_", "said"),
    [
        (date(2014, 3, 5), "dd/mm/yy", True),  # LibreOffice shows so what was typed as "5 March" in 2014
        (date(2013, 3, 5), "dd/mm/yy", True),
        (date(2011, 3, 5), "dd/mm/yy", False),
        (date(2014, 3, 5), "dd/mm/yyyy", False),
        (date(2014, 3, 5), "yyyy-mm-dd", False),
    ],
)
def test_a_day_of_the_year_of_work_is_said(tmp_path: Path, day: date, format_: str, said: bool) -> None:
    book = openpyxl.Workbook()
    sheet = book["Sheet"]
    sheet["B2"] = day
    sheet["B2"].number_format = format_
    book.properties.created = datetime(2013, 5, 1)
    book.save(tmp_path / "a.xlsx")
    problems: list[Problem] = []
    read = read_workbook(_saved_in(tmp_path / "a.xlsx", "2014"), name="a.xlsx", report=problems.append)
    assert read.sheets[0].cell("B2").value == day
    found = [(problem.kind, problem.address.cell, problem.severity.value) for problem in problems]
    assert found == ([("year_of_work", "B2", "warning")] if said else [])


def _saved_in(path: Path, year: str) -> Path:
    """A copy of a workbook that was last saved in a year."""
    copy = path.with_name("b.xlsx")
    with ZipFile(path) as old, ZipFile(copy, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[0-9]{4}", rb"\g<1>" + year.encode(), data)
            new.writestr(name, data)
    return copy
