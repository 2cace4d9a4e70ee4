"""Which claims tell of one happening: by kind, ends, meeting, whether it was so, and days that all allow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from journeys.analysis.claims.dates import never_on_one_day
from journeys.analysis.claims.happenings import accounts
from journeys.analysis.courses.stages import StageEvent, happenings_of
from journeys.model.dates import UNKNOWN, DateSpan, read_date


@dataclass(frozen=True)
class Said:
    """A claim with nothing but what is compared."""

    id: str
    when: DateSpan
    derived: bool = False


def said(*words: str | None) -> list[list[str]]:
    """The ids (a, b, …) of claims with these dates, happening by happening."""
    claims = [Said(chr(97 + at), read_date(text) if text else UNKNOWN) for at, text in enumerate(words)]
    return sorted(sorted(claim.id for claim in each.claims) for each in accounts(claims, lambda claim: "one act"))


def test_days_in_common_make_one_happening() -> None:
    assert said("March 2011", "5 March 2011", "spring 2011") == [["a", "b", "c"]]
    [happening] = accounts([Said("a", read_date("2011")), Said("b", read_date("March 2011"))], lambda _: 0)
    assert (happening.when.date_from, happening.when.date_to) == (date(2011, 3, 1), date(2011, 3, 31))


def test_days_apart_are_two_and_what_fits_both_is_neither() -> None:
    assert said("5 March 2011", "7 March 2011") == [["a"], ["b"]]
    assert said("5 March 2011", "7 March 2011", "March 2011", None) == [["a"], ["b"], ["c"], ["d"]]


def test_an_undated_claim_belongs_to_the_only_happening() -> None:
    assert said("5 March 2011", None) == [["a", "b"]]
    assert said(None, None) == [["a", "b"]]


def test_a_derived_claim_never_decides_how_accounts_are_parted() -> None:
    exact = Said("a", read_date("5 March 2011"), derived=True)
    vague = [Said("b", read_date("1-4 March 2011")), Said("c", read_date("March 2011"))]
    found = accounts([exact, *vague], lambda _: 0)
    assert [[claim.id for claim in each.claims] for each in found] == [["b", "c"], ["a"]]


_DAYS = st.dates(date(2011, 3, 1), date(2011, 3, 9))
_SPANS = st.tuples(_DAYS, _DAYS).map(lambda days: DateSpan(None, min(days), max(days), "between")) | st.just(UNKNOWN)


@given(st.lists(_SPANS, max_size=7), st.randoms())
def test_every_claim_is_in_one_happening_whatever_the_order(spans: list[DateSpan], random) -> None:
    claims = [Said(str(number), span) for number, span in enumerate(spans)]
    found = accounts(claims, lambda _: 0)
    assert sorted(claim.id for each in found for claim in each.claims) == [claim.id for claim in claims]
    for each in found:
        assert not any(never_on_one_day(one.when, other.when) for one, other in combinations(each.claims, 2))
    shuffled = accounts(random.sample(claims, len(claims)), lambda _: 0)
    ids = [{claim.id for claim in each.claims} for each in found]
    assert [{claim.id for claim in each.claims} for each in shuffled] == ids


def told(kind: str, *claims: tuple[str | None, str | None]) -> list[tuple[str, str]]:
    """The happenings of one act, each claim with its date and meeting: the ids, and the days as ISO bounds."""
    events = [
        StageEvent("use", chr(97 + at), kind, "s:actor:a", "s:document:d", read_date(text) if text else UNKNOWN, held)
        for at, (text, meeting) in enumerate(claims)
        for held in [{"at_meeting": meeting}]
    ]
    return sorted(
        ("".join(sorted(event.claim for event in each.claims)), f"{each.when.date_from}/{each.when.date_to}")
        for each in happenings_of(events)
    )


def test_accounts_of_one_meeting_are_one_happening_on_any_of_their_days() -> None:
    """Sources that disagree on the day leave the order open; they do not make two certain happenings."""
    assert told("CONTESTED", ("6 April 2011", "m1"), ("March 2011", "m1")) == [("ab", "2011-03-01/2011-04-06")]
    two = told("CONTESTED", ("6 April 2011", "m1"), ("6 April 2011", "m2"))
    assert two == [("a", "2011-04-06/2011-04-06"), ("b", "2011-04-06/2011-04-06")]


def test_what_happens_once_is_one_also_without_a_meeting() -> None:
    claims = [("6 April 2011", "m1"), ("March 2011", None), (None, None)]
    assert told("INTRODUCED", *claims) == [("abc", "2011-03-01/2011-04-06")]
    assert told("CONTESTED", *claims) == [("a", "2011-04-06/2011-04-06"), ("b", "2011-03-01/2011-03-31")]


def test_accounts_that_agree_are_of_the_days_that_all_allow() -> None:
    assert told("USED", ("2011", None), ("March 2011", None)) == [("ab", "2011-03-01/2011-03-31")]
    assert told("USED", ("5 March 2011", None), ("8 June 2011", None)) == [
        ("a", "2011-03-05/2011-03-05"), ("b", "2011-06-08/2011-06-08"),
    ]  # fmt: skip


def test_a_claim_without_day_and_meeting_is_no_further_happening() -> None:
    assert told("USED", ("5 March 2011", "m1"), (None, None)) == [("ab", "2011-03-05/2011-03-05")]
    assert told("USED", (None, None), (None, None)) == [("ab", "None/None")]
    assert len(told("USED", ("5 March 2011", "m1"), ("5 May 2011", "m2"), (None, None))) == 2
