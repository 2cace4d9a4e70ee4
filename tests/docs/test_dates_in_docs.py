"""The page on dates says of each wording the days that it is read as."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

from journeys.model.dates import read_date
from journeys.model.order import stored_bounds

PAGE = Path(__file__).resolve().parents[2] / "docs" / "dates.md"
ROWS = re.findall(r"^\| (.+?) \| (.+?) \| (.+?) \|$", PAGE.read_text(encoding="utf-8"), re.M)[1:]


@pytest.mark.parametrize(("words", "first", "last"), ROWS)
def test_every_wording_is_read_as_the_page_says(words: str, first: str, last: str) -> None:
    wanted = tuple(None if day == "–" else datetime.strptime(day, "%d %B %Y").date() for day in (first, last))
    assert stored_bounds(read_date(words)) == wanted


def test_the_page_shows_many() -> None:
    assert len(ROWS) > 40
