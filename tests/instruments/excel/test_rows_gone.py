"""Each form in Excel after somebody deleted rows or wrote comments: the rest is read, and what is missing is said."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from journeys.instruments.forms import read_form
from journeys.instruments.instrument_files import instruments, load_instrument
from journeys.model.schema import load_schema
from tests.instruments.test_every_box import contents, full
from tests.written import write_form

SCHEMA = load_schema()
FORMS = [name for name in instruments() if "xlsx" in load_instrument(name).formats]
Read = Callable[[str, Callable[[Any], object]], tuple[Any, list[str]]]
_PLACE = re.compile(r"('?)(.+?)\1!\$([A-Z]+)\$(\d+)")


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """What is read of a form with a mark in every box, and what is said, after somebody changed the workbook."""

    def changed(name: str, change: Callable[[Any], object]) -> tuple[Any, list[str]]:
        path, said = tmp_path / "f.xlsx", list[str]()
        write_form(load_instrument(name), path, SCHEMA, filled=full(load_instrument(name)))
        book = openpyxl.load_workbook(path)
        change(book)
        book.save(path)
        form = read_form(path, SCHEMA, name="f.xlsx", report=lambda problem: said.append(str(problem)))
        assert form is not None
        return contents(form), said

    return changed


def delete_row(sheet: Any, row: int) -> None:
    """Delete a row as Excel does: hidden names below it move up, those of the row lead nowhere."""
    for defined in sheet.parent.defined_names.values():
        place = _PLACE.fullmatch(defined.attr_text)
        if place and place[2].replace("''", "'") == sheet.title and int(place[4]) >= row:
            gone = int(place[4]) == row
            defined.attr_text = f"'{sheet.title}'!" + ("#REF!" if gone else f"${place[3]}${int(place[4]) - 1}")
    for merged in [each for each in sheet.merged_cells.ranges if each.max_row >= row]:
        sheet.unmerge_cells(str(merged))
    sheet.delete_rows(row)


def sheets(book: Any) -> list[Any]:
    return [sheet for sheet in book if sheet.sheet_state == "visible"]


@pytest.mark.parametrize("name", FORMS)
def test_what_a_deleted_row_held_is_missing_and_nothing_else(read: Read, name: str) -> None:
    """A field of the head, and where there are questions the last one of a sheet."""
    instrument = load_instrument(name)
    field = next(each for each in instrument.header.fields if each.required)
    question = next(reversed(list(instrument.questions())), None)

    def deleted(book: Any) -> None:
        for marker in (f"marker {field.id}", f"marker {question.name} " if question else None):
            found = [(sheet, row) for sheet in sheets(book) for row in _rows_with(sheet, marker)] if marker else []
            if found:
                delete_row(*found[0])

    form, said = read(name, deleted)
    whole = contents(full(instrument))
    assert {key for key in whole[0] if form[0].get(key) != whole[0][key]} == {field.id}
    lost = {key for key in whole[1] if form[1].get(key) != whole[1][key]}
    assert {key[0] for key in lost} == ({question.field.id} if question else set())
    assert form[2] == whole[2]
    assert [told for told in said if "is missing" not in told] == []
    assert len(said) == 1 + (question is not None)


def _rows_with(sheet: Any, marker: str | None) -> list[int]:
    return [
        row[0].row for row in sheet.iter_rows() if any(str(cell.value or "").startswith(str(marker)) for cell in row)
    ]


@pytest.mark.parametrize("name", FORMS)
def test_a_deleted_heading_row_is_said_in_one_sentence_for_each_sheet(read: Read, name: str) -> None:
    def beheaded(book: Any) -> None:
        for sheet in sheets(book)[1:]:
            delete_row(sheet, (sheet.freeze_panes and int(re.sub(r"\D", "", sheet.freeze_panes)) - 1) or 1)

    _, said = read(name, beheaded)
    told = [each for each in said if "heading row" in each]
    assert told, said
    assert not any("column" in each and "missing" in each for each in said)


@pytest.mark.parametrize("name", FORMS)
def test_a_comment_on_an_answer_is_said_with_its_cell(read: Read, name: str) -> None:
    def commented(book: Any) -> None:
        for sheet in sheets(book):
            marked = next((cell for row in sheet.iter_rows() for cell in row if "marker" in str(cell.value)), None)
            if marked is not None:
                marked.comment = Comment("Is this right?", "AB")

    form, said = read(name, commented)
    assert form == contents(full(load_instrument(name)))
    assert said
    assert all("'AB: Is this right?'" in each for each in said)
