"""Pages that follow the forms while somebody edits them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import journeys
from journeys.study.atlas.watch import watch

ADDED = "watched words of a quotation"


class Team:
    """Somebody who edits the study each time that the program waits for a change."""

    def __init__(self, edits: list[Callable[[], None]]) -> None:
        self.edits, self.waited = edits, 0.0

    def wait(self, seconds: float) -> None:
        """Edit, unless the program waits for a file to settle."""
        self.waited += seconds
        if seconds >= 1 and self.edits:
            self.edits.pop(0)()
        assert self.waited < 60, "nothing was seen to change"


@pytest.fixture
def folder(demo_study: Any, tmp_path: Path) -> Path:
    """The invented study, loaded, to be edited."""
    made = tmp_path / "study"
    shutil.copytree(demo_study("embedded").folder, made, ignore=shutil.ignore_patterns("*.lock"))
    return made


def quote_of(form: Path, words: str) -> None:
    """Write a quotation into a row of *Who did what*, as somebody does in Excel."""
    book = openpyxl.load_workbook(form)
    sheet = book["Who did what"]
    heads = {str(cell.value).strip(): cell.column for row in sheet.iter_rows(max_row=4) for cell in row if cell.value}
    column = next(number for head, number in heads.items() if head.lower().startswith("quot"))
    sheet.cell(9, column, words)
    book.save(form)


def test_a_changed_form_is_on_the_pages_and_a_bad_one_is_said(folder: Path, tmp_path: Path) -> None:
    form, pages, told = folder / "forms" / "INVENTED D07.xlsx", tmp_path / "pages", list[str]()
    kept = form.read_bytes()
    team = Team(
        [lambda: quote_of(form, ADDED), lambda: form.write_bytes(b"not a workbook"), lambda: form.write_bytes(kept)]
    )
    rounds = watch(journeys.open(folder), pages, told.append, wait=team.wait)
    page = next(rounds).parent / "journeys" / "document-north.diabetes.d07.html"
    before = page.read_text(encoding="utf-8")
    version = (pages / "live" / "version.js").read_text(encoding="utf-8")
    assert ADDED not in before
    assert 'data-live="../live/"' in before

    next(rounds)
    assert ADDED in page.read_text(encoding="utf-8")
    assert (pages / "live" / "version.js").read_text(encoding="utf-8") != version

    next(rounds)
    assert "problems: run `journeys check`" in (pages / "live" / "version.js").read_text(encoding="utf-8")
    assert ADDED in page.read_text(encoding="utf-8")  # as last loaded

    next(rounds)
    assert ADDED not in page.read_text(encoding="utf-8")
    assert "problem" not in (pages / "live" / "version.js").read_text(encoding="utf-8")
    assert sum("The pages were written in" in words for words in told) == 3
    rounds.close()


def test_an_ordinary_atlas_looks_for_nothing(folder: Path) -> None:
    first = journeys.open(folder).atlas()
    assert "live/" not in first.read_text(encoding="utf-8")
    assert not (first.parent / "live").exists()
