"""What two dates say about which came first."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.model.dates import UNKNOWN, DateSpan, read_date
from journeys.model.order import Order, order, outer_bounds, sort_key

BEFORE, AFTER, SAME, EITHER, UNSURE = (
    Order.BEFORE, Order.AFTER, Order.SAME_DAY, Order.OVERLAP, Order.NOT_KNOWN,
)  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        ("2011-03-05", "2011-03-06", BEFORE),
        ("2011-03-05", "2011-03-05", SAME),
        ("2011-03", "2011-04", BEFORE),
        ("2011-03", "2011-03", EITHER),
        ("2011-03-05", "2011-03", EITHER),
        ("2011", "2010-12-31", AFTER),
        ("before June 2011", "2011-06-01", BEFORE),
        ("before June 2011", "2011-05-31", EITHER),
        ("before June 2011", "before June 2009", EITHER),
        ("after June 2011", "2011-06-30", AFTER),
        ("after June 2011", "by June 2011", AFTER),
        ("since June 2011", "by June 2011", EITHER),
        ("n.d.", "2011", UNSURE),
        ("", "n.d.", UNSURE),
        # Approximate dates are only certain from farther off.
        ("circa 2011", "2012-06", EITHER),
        ("circa 2011", "2013", BEFORE),
        ("about 5 March 2011", "2011-03-12", EITHER),
        ("about 5 March 2011", "2011-03-13", BEFORE),
        ("early March 2011", "2011-03-20", EITHER),
        ("early March 2011", "2011-03-21", BEFORE),
        ("before about 2011", "2011-12-31", EITHER),
    ],
)
def test_order(first: str, second: str, wanted: Order) -> None:
    assert order(read_date(first), read_date(second)) is wanted
    assert order(read_date(second), read_date(first)) is wanted.reversed


def test_an_approximate_date_reaches_farther_than_its_words() -> None:
    assert outer_bounds(read_date("2011-03~")) == (date(2011, 1, 29), date(2011, 5, 1))
    assert outer_bounds(read_date("2011-03")) == (date(2011, 3, 1), date(2011, 3, 31))


def test_steps_are_laid_in_time_with_the_undated_last() -> None:
    texts = ["n.d.", "2011-04", "2011", "before 2011", "after May 2011", "2011-04-01", "", "since April 2011"]
    laid = sorted(texts, key=lambda text: sort_key(read_date(text)))
    assert laid == ["before 2011", "2011-04-01", "since April 2011", "2011-04", "after May 2011", "2011", "n.d.", ""]


DAYS = st.dates(date(2010, 1, 1), date(2012, 12, 31))


@st.composite
def spans(draw: st.DrawFn) -> DateSpan:
    start, end = sorted((draw(DAYS), draw(DAYS)))
    approximate = draw(st.booleans())
    return draw(
        st.sampled_from(
            [
                UNKNOWN,
                DateSpan(None, start, start, "day", approximate),
                DateSpan(None, start, end, "between", approximate),
                DateSpan(None, start, None, "after", approximate),
                DateSpan(None, None, end, "before", approximate),
            ]
        )
    )


@given(spans(), spans())
def test_seen_from_the_other_side_the_order_is_reversed(a: DateSpan, b: DateSpan) -> None:
    assert order(b, a) is order(a, b).reversed


@given(spans(), spans(), spans())
def test_certainly_before_is_transitive(a: DateSpan, b: DateSpan, c: DateSpan) -> None:
    if order(a, b) is order(b, c) is BEFORE:
        assert order(a, c) is BEFORE


@given(spans(), spans())
def test_the_sort_key_never_contradicts_a_certain_order(a: DateSpan, b: DateSpan) -> None:
    if order(a, b) is BEFORE:
        assert sort_key(a) < sort_key(b)


@given(spans(), spans(), st.data())
def test_certain_holds_for_every_day_that_the_spans_allow(a: DateSpan, b: DateSpan, data: st.DataObject) -> None:
    day_of_a, day_of_b = (data.draw(_day_within(span)) for span in (a, b))
    said = order(a, b)
    assert day_of_a < day_of_b or said is not BEFORE
    assert day_of_a == day_of_b or said is not SAME


def _day_within(span: DateSpan) -> st.SearchStrategy[date]:
    start, end = outer_bounds(span)
    far = timedelta(days=4000)
    return st.dates(start or (end or date(2011, 1, 1)) - far, end or (start or date(2011, 1, 1)) + far)
