"""Dates: the words people write, their bounds counted by hand, and what is refused with which advice."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.model.dates import UNKNOWN, DateSpan, DateUnreadable, read_date
from journeys.model.order import Order, describe, order, sort_key

READ = """
2011-03-05                    2011-03-05  2011-03-05  day
2011/03/05                    2011-03-05  2011-03-05  day
2011-3-5                      2011-03-05  2011-03-05  day
20110305                      2011-03-05  2011-03-05  day
2021-09-14T18:00:00Z          2021-09-14  2021-09-14  day
2011-03                       2011-03-01  2011-03-31  month
2010-11                       2010-11-01  2010-11-30  month
2011                          2011-01-01  2011-12-31  year
2010/2011                     2010-01-01  2011-12-31  between
2011-03/2011-06               2011-03-01  2011-06-30  between
[..2011-05]                   -           2011-05-31  before
../2011-05                    -           2011-05-31  before
2011-05/..                    2011-05-01  -           after
2011-21                       2011-03-01  2011-05-31  quarter
2011-33                       2011-01-01  2011-03-31  quarter
201X                          2010-01-01  2019-12-31  between
2011-XX                       2011-01-01  2011-12-31  year
5 March 2011                  2011-03-05  2011-03-05  day
5th Mar 2011                  2011-03-05  2011-03-05  day
the 5th of March 2011         2011-03-05  2011-03-05  day
5-Mar-2011                    2011-03-05  2011-03-05  day
March 5, 2011                 2011-03-05  2011-03-05  day
Wednesday, 5 March 2011       2011-03-05  2011-03-05  day
05/03/2011                    2011-03-05  2011-03-05  day
05.03.2011                    2011-03-05  2011-03-05  day
03/25/2011                    2011-03-25  2011-03-25  day
29 February 2012              2012-02-29  2012-02-29  day
March 2011                    2011-03-01  2011-03-31  month
MARCH   2011                  2011-03-01  2011-03-31  month
Sept. 2011                    2011-09-01  2011-09-30  month
２０１１-０３                       2011-03-01  2011-03-31  month
February 2012                 2012-02-01  2012-02-29  month
early March 2011              2011-03-01  2011-03-10  between
mid March 2011                2011-03-11  2011-03-20  between
late February 2011            2011-02-21  2011-02-28  between
early 2011                    2011-01-01  2011-04-30  between
mid-2011                      2011-05-01  2011-08-31  between
end of 2011                   2011-09-01  2011-12-31  between
spring 2011                   2011-03-01  2011-05-31  quarter
Summer 2011                   2011-06-01  2011-08-31  quarter
autumn 2011                   2011-09-01  2011-11-30  quarter
fall 2011                     2011-09-01  2011-11-30  quarter
winter 2010/11                2010-12-01  2011-02-28  quarter
winter 2011                   2010-12-01  2012-02-29  between
Q2 2011                       2011-04-01  2011-06-30  quarter
2011 Q4                       2011-10-01  2011-12-31  quarter
second quarter of 2011        2011-04-01  2011-06-30  quarter
financial year 2010/11        2010-04-01  2011-03-31  year
FY 2010-11                    2010-04-01  2011-03-31  year
2010/11                       2010-04-01  2011-03-31  year
2010s                         2010-01-01  2019-12-31  between
before June 2011              -           2011-05-31  before
before 1 March 2012           -           2012-02-29  before
by May 2011                   -           2011-05-31  before
until 2011                    -           2011-12-31  before
no later than 3 June 2011     -           2011-06-03  before
after 3 June 2011             2011-06-04  -           after
after December 2011           2012-01-01  -           after
since 2009                    2009-01-01  -           after
from March 2011               2011-03-01  -           after
from 2009 to 2011             2009-01-01  2011-12-31  between
between March and June 2011   2011-03-01  2011-06-30  between
between 3 May 2010 and 2011   2010-05-03  2011-12-31  between
March-June 2011               2011-03-01  2011-06-30  between
March – June 2011             2011-03-01  2011-06-30  between
Jan 2011 - Mar 2012           2011-01-01  2012-03-31  between
5 to 8 March 2011             2011-03-05  2011-03-08  between
5–8 March 2011                2011-03-05  2011-03-08  between
2011-03~                      2011-03-01  2011-03-31  month     about
2011?                         2011-01-01  2011-12-31  year      about
circa 2011                    2011-01-01  2011-12-31  year      about
c. March 2011                 2011-03-01  2011-03-31  month     about
about 5 March 2011            2011-03-05  2011-03-05  day       about
n.d.                          -           -           unknown
N.D.                          -           -           unknown
undated                       -           -           unknown
?                             -           -           unknown
"""


def _case(line: str) -> tuple[str, date | None, date | None, str, bool]:
    about = line.endswith("about")
    words, start, end, precision = line.removesuffix("about").rstrip().rsplit(None, 3)
    bounds = [None if bound == "-" else date.fromisoformat(bound) for bound in (start, end)]
    return words.strip(), bounds[0], bounds[1], precision, about


CASES = [_case(line) for line in READ.strip().splitlines()]


@pytest.mark.parametrize(("words", "start", "end", "precision", "about"), CASES, ids=[case[0] for case in CASES])
def test_words_and_their_bounds(words: str, start: date | None, end: date | None, precision: str, about: bool) -> None:
    span = read_date(words)
    assert (span.date_from, span.date_to, span.precision) == (start, end, precision)
    assert span.text == " ".join(words.split())
    if precision != "between":
        assert span.approximate is about


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("2011-02-30", "There is no 30 February 2011 (February 2011 has 28 days)."),
        ("31/04/2011", "There is no 31 April 2011"),
        ("13/13/2011", "There is no month 13"),
        ("2011/2010", "ends (31 December 2010) before it starts (1 January 2011)"),
        ("from June 2011 to March 2011", "before it starts"),
        ("soon", "'soon' cannot be read as a date."),
        ("12/2011/05", "cannot be read as a date"),
        ("8 June 2011 or 9 June 2011", "cannot be read as a date"),
        ("March", "has no year"),
        ("before the June meeting", "It is not known when 'the june meeting' was."),
        ("0011-05-03", "outside 1000 to 2999"),
        ("x" * 1_000_000, "1,000,000 characters"),
        (True, "This is no date"),
        (float("nan"), "This is no date"),
    ],
)
def test_what_is_refused_and_why(words: object, says: str) -> None:
    with pytest.raises(DateUnreadable) as refused:
        read_date(words)
    assert says in str(refused.value)
    assert refused.value.remedy.startswith(("Write", "Check"))


def test_nothing_written_is_not_the_same_as_no_date() -> None:
    assert read_date(None) == read_date("  ") == UNKNOWN
    assert read_date("n.d.").text == "n.d."


def test_excel_dates_and_years_as_numbers() -> None:
    assert read_date(datetime(2011, 3, 5)).date_to == date(2011, 3, 5)
    assert read_date(date(2011, 3, 5)).precision == "day"
    assert read_date(2011) == read_date("2011") == read_date(2011.0)


def test_the_hint_and_the_registers_say_when_a_meeting_was() -> None:
    assert read_date("before the June meeting", year_hint=2011).date_to == date(2011, 5, 31)
    june = DateSpan("8 June 2011", date(2011, 6, 8), date(2011, 6, 8), "day")
    known = {"june meeting": june}
    assert read_date("before the June meeting", meetings=known.get).date_to == date(2011, 6, 7)
    assert read_date("after the June meeting", meetings=known.get).date_from == date(2011, 6, 9)


def test_american_order_where_it_is_asked_for() -> None:
    assert read_date("05/03/2011", day_first=False).date_from == date(2011, 5, 3)
    assert read_date("25/03/2011", day_first=False).date_from == date(2011, 3, 25)


DAYS = st.dates(date(1000, 1, 1), date(2999, 12, 31))
STYLES = ["%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%d/%m/%Y", "%d.%m.%Y", "%A %d %B %Y", "%d-%b-%Y"]


@given(DAYS, st.sampled_from(STYLES))
def test_a_day_in_any_style_is_that_day(day: date, style: str) -> None:
    assert read_date(day.strftime(style)).date_from == day


FRAGMENTS = st.lists(
    st.sampled_from(
        ["2011", "before", "after", "between", "and", "to", "/", "-", "..", "[", "]", "?", "~", "5", "March", "early",
         "Q2", "meeting", "the", "winter", "2010/11", "X", "\u0000", "FY", "s", "st", "c."]
    ),
    max_size=12,
)  # fmt: skip


@given(st.one_of(st.text(), FRAGMENTS.map(" ".join), FRAGMENTS.map("".join)))
def test_any_text_is_read_or_refused_and_never_crashes(text: str) -> None:
    try:
        span = read_date(text)
    except DateUnreadable:
        return
    if span.date_from and span.date_to:
        assert span.date_from <= span.date_to


SPANS = st.tuples(st.none() | DAYS, st.none() | DAYS).map(
    lambda ends: DateSpan("x", *sorted(ends), "between") if None not in ends else DateSpan("x", *ends, "between")
)


@given(SPANS, SPANS)
def test_order_is_the_same_seen_from_both_sides(one: DateSpan, other: DateSpan) -> None:
    mirrored = {Order.BEFORE: Order.AFTER, Order.AFTER: Order.BEFORE}
    found = order(one, other)
    assert order(other, one) is mirrored.get(found, found)
    if found is Order.BEFORE and one.date_from and other.date_from:
        assert sort_key(one) < sort_key(other)


def test_order_is_three_valued() -> None:
    march, year, june = read_date("March 2011"), read_date("2011"), read_date("June 2011")
    assert order(march, june) is Order.BEFORE
    assert order(june, march) is Order.AFTER
    assert order(march, year) is Order.OVERLAP
    assert order(read_date("before March 2011"), june) is Order.BEFORE
    assert order(read_date("before July 2011"), june) is Order.OVERLAP
    assert order(read_date("5 March 2011"), read_date("2011-03-05")) is Order.SAME_DAY
    assert order(read_date("n.d."), june) is Order.NOT_KNOWN


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("2011-03-05", "5 March 2011"),
        ("2011-03", "March 2011"),
        ("2011", "2011"),
        ("2011-03~", "about March 2011"),
        ("spring 2011", "March to May 2011"),
        ("before June 2011", "by 31 May 2011"),
        ("after 3 June 2011", "from 4 June 2011 on"),
        ("5 to 8 March 2011", "5 to 8 March 2011"),
        ("n.d.", "undated"),
    ],
)
def test_bounds_in_words(words: str, said: str) -> None:
    assert describe(read_date(words)) == said
    if said != "undated":
        bounds = read_date(said)
        assert (bounds.date_from, bounds.date_to) == (read_date(words).date_from, read_date(words).date_to)
