"""The page on dates says of each wording the days that it is read as."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from journeys.model import date_occasions, date_periods, date_phrases, date_weeks, date_years
from journeys.model.dates import read_date
from journeys.model.order import stored_bounds

PAGE = Path(__file__).resolve().parents[2] / "docs" / "dates.md"
WORDS = PAGE.read_text(encoding="utf-8")
ROWS = [row for row in re.findall(r"^\| (.+?) \| (.+?) \| (.+?) \|$", WORDS, re.M) if row[1] != "first day"]


@pytest.mark.parametrize(("words", "first", "last"), ROWS)
def test_every_wording_is_read_as_the_page_says(words: str, first: str, last: str) -> None:
    wanted = tuple(None if day == "–" else datetime.strptime(day, "%d %B %Y").date() for day in (first, last))
    assert stored_bounds(read_date(words)) == wanted


def learnt() -> Iterator[re.Pattern[str]]:
    """Every wording that the reader knows, as its pattern; without those that it knows in order to refuse them."""
    refused = {"_two_digits", "_two_digit_year", "_half_a_year"}
    for shape, read in date_periods._SHAPES:
        if getattr(read, "__name__", "") not in refused and "(?P<year>)" not in shape.pattern:  # or without a year
            yield shape
    yield from (shape for shape, _ in date_phrases._RELATIONS)
    yield from (date_periods._TWO_NUMBERS, date_periods._PART, date_periods._HALF_OF)
    yield from (date_periods._WEEKDAY_FIRST, date_periods._WEEKDAY_LAST)
    yield from (date_years.ENDING, date_years.BEGINNING, date_weeks.WEEK, date_weeks.WEEKEND)
    yield from (*date_phrases._RANGES, date_phrases._DOUBT_BEFORE, date_phrases._DOUBT_AFTER)


def test_the_page_shows_every_wording_that_the_reader_has_learnt() -> None:
    shown = [date_phrases.normalised(words) for words in (row[0] for row in ROWS)]
    shown += re.findall(r"\d\d/\d\d/\d{4}", WORDS)
    assert [shape.pattern for shape in learnt() if not any(shape.fullmatch(words) for words in shown)] == []


def test_the_page_names_every_day_that_has_a_name() -> None:
    names = [*date_occasions._WITH_EASTER, *date_occasions._FIXED, *date_occasions._MONDAYS]
    listed = re.split(r"[,:;.]\s+|\band the\b", " ".join(WORDS.partition("Days with a name")[2].split()))
    assert [name for name in names if not any(re.fullmatch(name, words.strip().lower()) for words in listed)] == []
