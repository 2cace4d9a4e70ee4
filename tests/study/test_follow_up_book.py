"""The workbook of follow-ups: written for a study, filled in, and written again; and what the report says."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from journeys.analysis.claims.claim import Entity
from journeys.analysis.reading.follow_ups import FollowUp, due_words
from journeys.interpret.folder import open_folder
from journeys.model.problems import Address, UsageProblem
from journeys.study import follow_up_book
from journeys.study.follow_up_book import write_follow_up_book
from journeys.study.report_kinds.follow_ups import calendar_note, events_of, summary_words

CASE = (Entity("s:case_study:C1", "CaseStudy", "Diabetes"),)


def follow_up(name: str, **held: Any) -> FollowUp:
    address = Address("forms/obs.docx", "Reflection", "table 2, row 3")
    return FollowUp(f"s:finding:{name}", "gap", f"Words of {name}", "Ask", CASE, (), address, **held)


class Study:
    """As much of a study as the workbook needs."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.id = open_folder(folder), "s"

    def store(self) -> Any:
        return nullcontext()


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    (tmp_path / "study.yaml").write_text("id: s\ntitle: Small\n", encoding="utf-8")
    has(monkeypatch, "a", "b")
    return Study(tmp_path)


def has(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    monkeypatch.setattr(follow_up_book, "found_follow_ups", lambda study: [follow_up(name) for name in names])


def lines(path: Path) -> list[tuple[object, ...]]:
    rows = openpyxl.load_workbook(path)["Follow-ups"].iter_rows(min_row=2, max_row=6, max_col=9, values_only=True)
    return [row for row in rows if any(row)]


def test_a_second_writing_keeps_what_people_wrote_and_adds_what_is_new(
    study: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_follow_up_book(study, again=False)
    assert path == study.folder.path / "decisions" / "follow-ups.xlsx"
    first = ("Words of a\nTo be done: Ask", "Gap", "Diabetes", "forms/obs.docx > Reflection > table 2, row 3")
    assert lines(path)[0] == (*first, None, None, None, None, "s:finding:a")
    assert len(lines(path)) == 2
    assert write_follow_up_book(study, again=False) is None
    book = openpyxl.load_workbook(path)
    for cell, value in {"E2": "AB", "F2": "5 March 2027", "H3": "All said"}.items():
        book["Follow-ups"][cell] = value
    book.save(path)
    has(monkeypatch, "c", "a")
    write_follow_up_book(study, again=True)
    assert [(line[4:9]) for line in lines(path)] == [
        (None, None, None, None, "s:finding:c"),
        ("AB", "5 March 2027", None, None, "s:finding:a"),
        (None, None, None, "All said", "s:finding:b"),
    ]
    (copy,) = (study.folder.path / "out").rglob("follow-ups*.xlsx")
    assert lines(copy)[1][7] == "All said"


def test_a_workbook_in_which_something_is_not_read_is_not_written_again(study: Any) -> None:
    path = write_follow_up_book(study, again=False)
    assert path is not None
    book = openpyxl.load_workbook(path)
    book["Follow-ups"]["K1"], book["Follow-ups"]["K2"] = "My column", "My words"
    book.save(path)
    with pytest.raises(UsageProblem, match="was not written again, because something in it is not read"):
        write_follow_up_book(study, again=True)
    assert openpyxl.load_workbook(path)["Follow-ups"]["K2"].value == "My words"


def test_nothing_is_written_where_there_is_nothing_to_follow_up(study: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    has(monkeypatch)
    assert write_follow_up_book(study, again=False) is None


def test_the_report_counts_states_overdue_and_owners_and_the_calendar_has_what_is_open_and_dated() -> None:
    day = date(2027, 3, 5)
    found = [
        follow_up("a", due="2027-03-05", due_by=day, on_one_day=True, owner="AB"),
        follow_up("b", state="closed", due_by=day, word="Done", owner="AB"),
        follow_up("c"),
    ]
    assert summary_words(found, date(2027, 3, 6)) == "3 follow-ups: 2 open and 1 closed. 1 is overdue. 1 has no owner."
    assert summary_words(found[2:], day) == "1 follow-up, open. 1 has no owner."
    (event,) = events_of(found)
    assert (event.id, event.day, event.title) == ("s:finding:a", day, "AB: Words of a")
    assert calendar_note(found) == "1 follow-up has no date, so it is not in the calendar."
    assert due_words(found[0]) == "5 March 2027"
    assert due_words(follow_up("d", due="March 2027", due_by=date(2027, 3, 31))) == "March 2027"
