"""Dates: what people write is read to the days it allows, or refused with a remedy."""

from __future__ import annotations

import contextlib
import math
import time
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from journeys.model.dates import PRECISIONS, UNKNOWN, DateSpan, DateUnreadable, describe, read_date

# text, first day, last day, precision, approximate: all bounds written by hand.
READ = [
    # ISO 8601
    ("2011-03-05", "2011-03-05", "2011-03-05", "day", False),
    ("2012-02-29", "2012-02-29", "2012-02-29", "day", False),
    ("2011-3-5", "2011-03-05", "2011-03-05", "day", False),
    ("20110305", "2011-03-05", "2011-03-05", "day", False),
    ("2011/03/05", "2011-03-05", "2011-03-05", "day", False),
    ("2011-03", "2011-03-01", "2011-03-31", "month", False),
    ("2010-11", "2010-11-01", "2010-11-30", "month", False),
    ("2011", "2011-01-01", "2011-12-31", "year", False),
    ("2021-09-14T18:00:00Z", "2021-09-14", "2021-09-14", "day", False),
    ("2021-09-14 18:00:00.123+01:00", "2021-09-14", "2021-09-14", "day", False),
    # EDTF
    ("2011-03~", "2011-03-01", "2011-03-31", "month", True),
    ("2011-03-05?", "2011-03-05", "2011-03-05", "day", True),
    ("2011?", "2011-01-01", "2011-12-31", "year", True),
    ("2011%", "2011-01-01", "2011-12-31", "year", True),
    ("2010/2011", "2010-01-01", "2011-12-31", "between", False),
    ("2011-03~/2011-05", "2011-03-01", "2011-05-31", "between", True),
    ("2010-11/2011-03-05", "2010-11-01", "2011-03-05", "between", False),
    ("2011-05/2012", "2011-05-01", "2012-12-31", "between", False),
    ("[..2011-05]", None, "2011-05-31", "before", False),
    ("../2011-05", None, "2011-05-31", "before", False),
    ("/2011-05", None, "2011-05-31", "before", False),
    ("2011-05/..", "2011-05-01", None, "after", False),
    ("[2011-05..]", "2011-05-01", None, "after", False),
    ("[2010,2012]", "2010-01-01", "2012-12-31", "between", False),
    ("{2010..2012}", "2010-01-01", "2012-12-31", "between", False),
    ("[2010,2012..]", "2010-01-01", None, "after", False),
    ("[..2010,2012]", None, "2012-12-31", "before", False),
    ("2011-21", "2011-03-01", "2011-05-31", "quarter", False),
    ("2011-23", "2011-09-01", "2011-11-30", "quarter", False),
    ("2011-24", "2010-12-01", "2012-02-29", "between", False),
    ("2011-29", "2011-09-01", "2011-11-30", "quarter", False),
    ("2011-33", "2011-01-01", "2011-03-31", "quarter", False),
    ("2011-40", "2011-01-01", "2011-06-30", "between", False),
    ("201X", "2010-01-01", "2019-12-31", "between", False),
    ("20XX", "2000-01-01", "2099-12-31", "between", False),
    ("2011-XX", "2011-01-01", "2011-12-31", "year", False),
    ("2011-03-XX", "2011-03-01", "2011-03-31", "month", False),
    ("2011-XX-05", "2011-01-05", "2011-12-05", "between", False),
    ("2011-?03", "2011-03-01", "2011-03-31", "month", True),
    # Days in words and numbers
    ("5 March 2011", "2011-03-05", "2011-03-05", "day", False),
    ("March 5, 2011", "2011-03-05", "2011-03-05", "day", False),
    ("5th Mar 2011", "2011-03-05", "2011-03-05", "day", False),
    ("the 5th of March, 2011", "2011-03-05", "2011-03-05", "day", False),
    ("Mon 5 March 2011", "2011-03-05", "2011-03-05", "day", False),
    ("Wednesday, 1st June 2011.", "2011-06-01", "2011-06-01", "day", False),
    ("05-Mar-2011", "2011-03-05", "2011-03-05", "day", False),
    ("2011 March 5", "2011-03-05", "2011-03-05", "day", False),
    ("05/03/2011", "2011-03-05", "2011-03-05", "day", False),
    ("05.03.2011", "2011-03-05", "2011-03-05", "day", False),
    ("25/03/2011", "2011-03-25", "2011-03-25", "day", False),
    ("03/25/2011", "2011-03-25", "2011-03-25", "day", False),
    ("5 March 2011, 18:00", "2011-03-05", "2011-03-05", "day", False),
    ("5 March 2011 at 6pm", "2011-03-05", "2011-03-05", "day", False),
    # Months and parts of them
    ("March 2011", "2011-03-01", "2011-03-31", "month", False),
    ("Sept. 2011", "2011-09-01", "2011-09-30", "month", False),
    ("in FEBRUARY 2012", "2012-02-01", "2012-02-29", "month", False),
    ("03/2011", "2011-03-01", "2011-03-31", "month", False),
    ("early March 2011", "2011-03-01", "2011-03-10", "between", True),
    ("mid-March 2011", "2011-03-11", "2011-03-20", "between", True),
    ("late February 2011", "2011-02-21", "2011-02-28", "between", True),
    ("w/c 7 March 2011", "2011-03-07", "2011-03-13", "between", False),
    ("week ending 13 March 2011", "2011-03-07", "2011-03-13", "between", False),
    # Seasons, quarters, years
    ("spring 2011", "2011-03-01", "2011-05-31", "quarter", False),
    ("the summer of 2011", "2011-06-01", "2011-08-31", "quarter", False),
    ("Autumn 2011", "2011-09-01", "2011-11-30", "quarter", False),
    ("fall 2011", "2011-09-01", "2011-11-30", "quarter", False),
    ("winter 2010/11", "2010-12-01", "2011-02-28", "quarter", False),
    ("winter 2011", "2010-12-01", "2012-02-29", "between", False),
    ("early spring 2011", "2011-03-01", "2011-03-31", "between", True),
    ("Q2 2011", "2011-04-01", "2011-06-30", "quarter", False),
    ("2011-Q1", "2011-01-01", "2011-03-31", "quarter", False),
    ("second quarter of 2011", "2011-04-01", "2011-06-30", "quarter", False),
    ("Q1 2010/11", "2010-04-01", "2010-06-30", "quarter", False),
    ("Q4 2010/11", "2011-01-01", "2011-03-31", "quarter", False),
    ("first half of 2011", "2011-01-01", "2011-06-30", "between", False),
    ("H2 2011", "2011-07-01", "2011-12-31", "between", False),
    ("financial year 2010/11", "2010-04-01", "2011-03-31", "year", False),
    ("FY 2010-11", "2010-04-01", "2011-03-31", "year", False),
    ("FY2010/2011", "2010-04-01", "2011-03-31", "year", False),
    ("2010/11", "2010-04-01", "2011-03-31", "year", False),
    ("1999/00", "1999-04-01", "2000-03-31", "year", False),
    ("early 2011", "2011-01-01", "2011-04-30", "between", True),
    ("mid 2011", "2011-05-01", "2011-08-31", "between", True),
    ("end of 2011", "2011-09-01", "2011-12-31", "between", True),
    ("2010s", "2010-01-01", "2019-12-31", "between", False),
    # Open to one side
    ("before June 2011", None, "2011-05-31", "before", False),
    ("prior to 5 March 2011", None, "2011-03-04", "before", False),
    ("pre-2011", None, "2010-12-31", "before", False),
    ("by May 2011", None, "2011-05-31", "before", False),
    ("on or before 5 March 2011", None, "2011-03-05", "before", False),
    ("by the end of 2011", None, "2011-12-31", "before", False),
    ("before about June 2011", None, "2011-05-31", "before", True),
    ("after 3 June 2011", "2011-06-04", None, "after", False),
    ("after June 2011", "2011-07-01", None, "after", False),
    ("since 2009", "2009-01-01", None, "after", False),
    ("2009 onwards", "2009-01-01", None, "after", False),
    ("2009 - present", "2009-01-01", None, "after", False),
    # From ... to ...
    ("from 2009 to 2011", "2009-01-01", "2011-12-31", "between", False),
    ("2009-2011", "2009-01-01", "2011-12-31", "between", False),
    ("between March and June 2011", "2011-03-01", "2011-06-30", "between", False),
    ("March-June 2011", "2011-03-01", "2011-06-30", "between", False),
    ("March – June 2011", "2011-03-01", "2011-06-30", "between", False),
    ("March/April 2011", "2011-03-01", "2011-04-30", "between", False),
    ("5-8 March 2011", "2011-03-05", "2011-03-08", "between", False),
    ("March 5-8, 2011", "2011-03-05", "2011-03-08", "between", False),
    ("28 March - 2 April 2011", "2011-03-28", "2011-04-02", "between", False),
    ("05/03/2011-08/03/2011", "2011-03-05", "2011-03-08", "between", False),
    ("between about 2009 and 2011", "2009-01-01", "2011-12-31", "between", True),
    # Doubt
    ("circa 2011", "2011-01-01", "2011-12-31", "year", True),
    ("c. March 2011", "2011-03-01", "2011-03-31", "month", True),
    ("c2011", "2011-01-01", "2011-12-31", "year", True),
    ("about 5 March 2011", "2011-03-05", "2011-03-05", "day", True),
    ("March 2011 (?)", "2011-03-01", "2011-03-31", "month", True),
    ("probably March 2011", "2011-03-01", "2011-03-31", "month", True),
    # Spelling that must not matter
    ("5\u00a0 march\t2011", "2011-03-05", "2011-03-05", "day", False),
    ("２０１１-０３-０５", "2011-03-05", "2011-03-05", "day", False),
    ("2011\u201103\u201105", "2011-03-05", "2011-03-05", "day", False),
    ("\ufeffMARCH\n2011", "2011-03-01", "2011-03-31", "month", False),
]

REFUSED = [
    ("2011-02-30", "There is no 30 February 2011 (February 2011 has 28 days).", "from 1 to 28"),
    ("31/04/2011", "There is no 31 April 2011 (April 2011 has 30 days).", "from 1 to 30"),
    ("29 February 2011", "There is no 29 February 2011", "from 1 to 28"),
    ("2011-03-00", "There is no 0 March 2011", "2011-03"),
    ("2011-13-05", "There is no month 13", "month as a word"),
    ("2012-13", "There is no month 13", '"2012/13"'),
    ("14/13/2011", "Neither 14 nor 13 can be a month.", "5 March 2011"),
    ("2011-05/2011-03", "ends (31 March 2011) before it starts (1 May 2011)", "earlier date first"),
    ("between November and March 2011", "before it starts", "the year with both"),
    ("0999-01-01", "outside 1000 to 2999", "four digits"),
    ("3000", "outside 1000 to 2999", "four digits"),
    ("before 1000", "outside 1000 to 2999", "four digits"),
    ("05/03/11", "only two digits", "four digits"),
    ("Mar-11", "only two digits", "four digits"),
    ("FY 2010", "begins or the one that ends", "financial year 2010/11"),
    ("2011/03", "not two years that follow each other", '"2011-03" for a month'),
    ("March", '"March" gives no year.', "March 2011"),
    ("before the June meeting", '"June" gives no year.', "June 2011"),
    ("before the last meeting", "names a meeting whose date is not known", "June 2011 meeting"),
    ("5 Marhc 2011", "is not a date", 'Did you mean "March"'),
    ("late 5 March 2011", "early, a middle and a late part", "early March 2011"),
    ("week beginning March 2011", "needs the day", "7 March 2011"),
    ("soon", '"soon" is not a date.', "5 March 2011"),
    ("12/2011/05", "is not a date", "5 March 2011"),
    ("2011-03-05T25:61", "is not a date", "5 March 2011"),
    ("known", "is not a date", "n.d."),
    ("..", "is not a date", "n.d."),
    ("2011\x00", "cannot be seen (U+0000)", "again"),
    ("\ud800 2011", "cannot be seen (U+D800)", "again"),
    ("9" * 1_000_000, "1,000,000 characters", "5 March 2011"),
]


def bounds(span: DateSpan) -> tuple[date | None, date | None]:
    return span.date_from, span.date_to


@pytest.mark.parametrize(("text", "first", "last", "precision", "approximate"), READ)
def test_reads(text: str, first: str | None, last: str | None, precision: str, approximate: bool) -> None:
    wanted = (first and date.fromisoformat(first), last and date.fromisoformat(last))
    span = read_date(text)
    assert (bounds(span), span.precision, span.approximate) == (wanted, precision, approximate)
    assert span.text == " ".join(text.split())


@pytest.mark.parametrize(("text", "message", "remedy"), REFUSED)
def test_refuses_with_a_remedy(text: str, message: str, remedy: str) -> None:
    for _ in range(2):  # the second answer comes from memory
        with pytest.raises(DateUnreadable) as refusal:
            read_date(text)
        assert message in refusal.value.message
        assert remedy in refusal.value.remedy
        assert len(str(refusal.value)) < 300


@pytest.mark.parametrize(
    "text", ["n.d.", "n.d", "ND", "(n.d.)", "no date", "Undated", "not known", "unknown", "-", "?", "??"]
)
def test_says_that_no_date_is_known_and_keeps_the_words(text: str) -> None:
    assert read_date(text) == DateSpan(text, None, None, "unknown")


@pytest.mark.parametrize("value", [None, "", "  \u00a0\n", math.nan])
def test_an_empty_box_is_not_a_date_that_is_unknown(value: object) -> None:
    assert read_date(value) == UNKNOWN


def test_month_first_is_followed_unless_it_is_impossible() -> None:
    assert read_date("05/03/2011", day_first=False).date_from == date(2011, 5, 3)
    assert read_date("25/03/2011", day_first=False).date_from == date(2011, 3, 25)


def test_the_year_hint_fills_in_and_never_overrules() -> None:
    assert bounds(read_date("5 March", year_hint=2011)) == (date(2011, 3, 5), date(2011, 3, 5))
    assert bounds(read_date("March to June", year_hint=2011)) == (date(2011, 3, 1), date(2011, 6, 30))
    assert bounds(read_date("March to June 2009", year_hint=2011)) == (date(2009, 3, 1), date(2009, 6, 30))
    with pytest.raises(DateUnreadable):
        read_date("March", year_hint=12_000)


def test_a_meeting_is_looked_up_by_the_words_used() -> None:
    asked = []

    def meetings(words: str) -> DateSpan | None:
        asked.append(words)
        return read_date("2011-06-14") if words == "June meeting" else None

    before = read_date("before the  June meeting", meetings=meetings)
    assert before == DateSpan("before the June meeting", None, date(2011, 6, 13), "before")
    assert read_date("after the June meeting", meetings=meetings).date_from == date(2011, 6, 15)
    assert bounds(read_date("at the June meeting", meetings=meetings)) == (date(2011, 6, 14), date(2011, 6, 14))
    assert set(asked) == {"June meeting"}
    with pytest.raises(DateUnreadable, match="not known"):
        read_date("before the Trust board", meetings=meetings)


def test_a_meeting_on_an_unknown_day_of_a_month_leaves_the_month_open() -> None:
    # It may have been on the 30th, so what was before it was on the 29th at the latest.
    for text, year in [("before the June meeting", 2011), ("before the June 2011 board meeting", None)]:
        assert bounds(read_date(text, year_hint=year)) == (None, date(2011, 6, 29))
    assert bounds(read_date("after the June meeting", year_hint=2011)) == (date(2011, 6, 2), None)
    assert bounds(read_date("before the meeting of 5 March 2011")) == (None, date(2011, 3, 4))


def test_cells_that_hold_dates_and_numbers() -> None:
    day = DateSpan("2011-03-05", date(2011, 3, 5), date(2011, 3, 5), "day")
    assert read_date(date(2011, 3, 5)) == day
    assert read_date(datetime(2011, 3, 5, 23, 59, tzinfo=UTC)) == day
    assert read_date(2011.0) == read_date("2011")
    assert read_date(20110305).date_from == date(2011, 3, 5)
    assert read_date(40607.75, excel_epoch=1900) == day
    assert read_date(39145, excel_epoch=1904) == day
    # Excel's 1900 calendar counts a 29 February 1900 as number 60.
    assert read_date(59, excel_epoch=1900).date_from == date(1900, 2, 28)
    assert read_date(61, excel_epoch=1900).date_from == date(1900, 3, 1)
    with pytest.raises(DateUnreadable, match="not a real day"):
        read_date(60, excel_epoch=1900)
    with pytest.raises(DateUnreadable, match="Format the cell as a date"):
        read_date(40607)


NO_DATES = [True, [], {}, b"2011", object(), math.inf, -math.inf, -5, 10**6000, 1j, date(1, 1, 1), datetime.max]


@pytest.mark.parametrize("value", NO_DATES, ids=range(len(NO_DATES)))
def test_refuses_values_that_are_no_dates(value: object) -> None:
    for excel_epoch in (None, 1900, 1904):
        with pytest.raises(DateUnreadable):
            read_date(value, excel_epoch=excel_epoch)


@pytest.mark.parametrize("number", [0, 1.5, 2011.5, 999, 201103, 29_991_232])
def test_refuses_numbers_that_are_no_years(number: float) -> None:
    with pytest.raises(DateUnreadable):
        read_date(number)


WORDS = [
    *("before", "after", "by", "since", "from", "to", "between", "and", "early", "mid", "late", "end", "of", "the"),
    *("week", "circa", "c.", "about", "~", "?", "%", "winter", "spring", "Q2", "H1", "FY", "quarter", "second"),
    *(
        "first",
        "March",
        "Mar",
        "June",
        "5",
        "30",
        "31st",
        "05",
        "2011",
        "2010",
        "11",
        "13",
        "0",
        "2999",
        "1000",
        "9999",
    ),
    *("..", ",", ".", "/", "-", "[", "]", "{", "}", "XX", "201X", "n.d.", "meeting", "board", "present", "onwards"),
    *("18:00", "T", "Z", "pm", "'s", "10s"),
]


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join),
                 st.lists(st.sampled_from(WORDS), max_size=6).map("".join),
                 st.text("0123456789-/X?~%.[],{} ", max_size=14)))  # fmt: skip
@example("2011-1X")
@example("9999-12-31/..")
@example("by 2999")
def test_any_text_is_read_or_refused(text: str) -> None:
    for hints in ({}, {"year_hint": 2011, "day_first": False, "meetings": lambda _: read_date("2011-06")}):
        try:
            span = read_date(text, **hints)
        except DateUnreadable as refusal:
            str(refusal).encode()  # can be shown: no stray surrogates
            continue
        assert span.precision in PRECISIONS
        assert (span.text or "").split() == text.split()
        assert (span.precision == "unknown") == (bounds(span) == (None, None))
        assert (span.precision == "before") <= (span.date_from is None)
        assert (span.precision == "after") <= (span.date_to is None)
        if span.date_from and span.date_to:
            assert span.date_from <= span.date_to
        again = read_date(describe(span))
        assert (bounds(again), again.approximate) == (bounds(span), span.approximate and bounds(span) != (None, None))


STYLES = [
    lambda day: day.isoformat(),
    lambda day: day.strftime("%d/%m/%Y"),
    lambda day: day.strftime("%d.%m.%Y"),
    lambda day: day.strftime("%d %B %Y"),
    lambda day: day.strftime("%B %d, %Y"),
    lambda day: day.strftime("%a %d %b %Y"),
    lambda day: day.strftime("%Y%m%d"),
    lambda day: f"{day.isoformat()}T09:30:00+01:00",
    lambda day: describe(DateSpan(None, day, day, "day")),
]


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)))
def test_a_day_in_any_style_reads_back_to_itself(day: date) -> None:
    for style in STYLES:
        span = read_date(style(day))
        assert (bounds(span), span.precision, span.approximate) == ((day, day), "day", False)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2011-03-05", "5 March 2011"),
        ("2011-03", "March 2011"),
        ("2011?", "about 2011"),
        ("by May 2011", "before 1 June 2011"),
        ("after 3 June 2011", "after 3 June 2011"),
        ("since 2009", "since 1 January 2009"),
        ("March-June 2011", "between 1 March and 30 June 2011"),
        ("Nov 2010 - Jan 2011", "between 1 November 2010 and 31 January 2011"),
        ("5-8 March 2011", "between 5 and 8 March 2011"),
        ("2009-2011", "between 2009 and 2011"),
        ("2009/2011~", "roughly between 2009 and 2011"),
        ("early 3/2011", "early March 2011"),
        ("middle of 2011", "mid-2011"),
        ("2011-22", "summer 2011"),
        ("winter 2010-11", "winter 2010/11"),
        ("Q1 2011", "first quarter of 2011"),
        ("2010/11", "financial year 2010/11"),
        ("201X", "the 2010s"),
        ("n.d.", "undated"),
        ("", "undated"),
        ("by 2999", "up to 31 December 2999"),
    ],
)
def test_describes_in_words(text: str, words: str) -> None:
    assert describe(read_date(text)) == words


@pytest.mark.parametrize("text", [row[0] for row in READ])
def test_the_description_reads_back(text: str) -> None:
    span = read_date(text)
    again = read_date(describe(span))
    assert (bounds(again), again.approximate) == (bounds(span), span.approximate)


def test_a_span_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        DateSpan(None, date(2011, 3, 5), date(2011, 3, 4), "between")


def test_long_tables_are_read_quickly() -> None:
    days = [(date(1800, 1, 1) + timedelta(days)).isoformat() for days in range(100_000)]
    started = time.perf_counter()
    for day in days:
        read_date(day)
    assert time.perf_counter() - started < 1.0  # about 0.1 s on a free machine
    started = time.perf_counter()
    for _ in range(20_000):
        read_date("early March 2011")
        read_date("2011-XX-05")
    assert time.perf_counter() - started < 1.0


@pytest.mark.parametrize("piece", ["the ", "about ", "(", "a ", "to ", "5 March ", "2011-", "[", " - ", "1/", "of "])
def test_repetition_costs_no_time(piece: str) -> None:
    started = time.perf_counter()
    for text in (piece * (200 // len(piece)), piece * 300_000):
        with pytest.raises(DateUnreadable):
            read_date(text)
    assert time.perf_counter() - started < 0.5


def test_nothing_is_printed_for_edtf_that_is_read_only_in_part(capsys: pytest.CaptureFixture[str]) -> None:
    for text in ("2011-1X", "2011-X1", "2011-XX-31", "1X11-XX", "2011-?0X"):
        with contextlib.suppress(DateUnreadable):
            read_date(text)
    assert capsys.readouterr().out == ""
