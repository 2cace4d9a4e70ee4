"""The period of a network page: its steps, and in a browser the same ties as the analysis counts; ways and sizes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import journeys
from journeys.analysis.actors.site import network_of
from journeys.analysis.claims.claim import ClaimRecord, Entity
from journeys.analysis.claims.selection import Selection
from journeys.model.dates import DateSpan
from journeys.model.periods import lies_in
from journeys.model.schema import load_schema
from journeys.views.pages.frame import PageFrame
from journeys.views.pages.network import network_page
from journeys.views.pages.network_periods import iso_bounds, periods

MOVE = """([from, to]) => {
  for (const [id, value] of [["period-from", from], ["period-to", to]]) {
    const slider = document.getElementById(id);
    slider.value = value;
  }
  document.getElementById("period-to").dispatchEvent(new Event("input", { bubbles: true }));
}"""
TIES = "networkView.ties().length"


def claim(first: date | None, last: date | None) -> ClaimRecord:
    person = Entity("t:actor:a", "Actor", "A")
    kind = load_schema().claims["CONTESTED"]
    return ClaimRecord(
        kind, person, Entity("t:document:d", "Document", "D"), {"id": "c"}, DateSpan(None, first, last, "between")
    )


days = st.dates(date(1, 1, 1), date(9999, 12, 31))


@given(st.lists(st.tuples(st.none() | days, st.none() | days), max_size=4))
def test_the_steps_follow_each_other_and_hold_every_day(bounds: list[tuple[date | None, date | None]]) -> None:
    claims = [claim(*(sorted(pair) if None not in pair else pair)) for pair in bounds]  # type: ignore[type-var]
    steps = periods(claims)
    known = [day for pair in bounds for day in pair if day]
    assert bool(steps) == bool(known)
    for one, other in pairwise(steps):
        assert one.last + timedelta(days=1) == other.first
    assert all(step.first <= step.last for step in steps)
    for step in steps[:3]:
        inside = [step.first, step.last]
        assert all(step.key <= day.isoformat() < f"{step.until}~" for day in inside)
    if known:
        assert steps[0].first <= min(known) <= max(known) <= steps[-1].last
    assert len({step.words for step in steps}) == len(steps)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2011, 3, 1), date(2011, 3, 2), ["1 March 2011", "2 March 2011"]),
        (date(2011, 11, 20), date(2012, 2, 3), ["November 2011", "December 2011", "January 2012", "February 2012"]),
        (date(1960, 5, 1), date(1981, 1, 1), [str(year) for year in range(1960, 1982)]),
    ],
)
def test_steps_are_days_months_or_years(first: date, last: date, words: list[str]) -> None:
    assert [step.words for step in periods([claim(first, last)])] == words


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        ([(date(2019, 1, 1), date(2019, 12, 31)), (date(2020, 1, 1), None)], ["2019", "2020 or later"]),
        (
            [(date(2010, 10, 1), date(2011, 3, 31)), (None, date(2010, 12, 31))],
            ["Fourth quarter of 2010 or earlier", "First quarter of 2011"],
        ),
        ([(date(2011, 2, 1), date(2011, 3, 31))], ["February 2011", "March 2011"]),
    ],
)
def test_steps_are_never_finer_than_what_is_stated(
    bounds: list[tuple[date | None, date | None]], words: list[str]
) -> None:
    """Dates of the public profile are whole quarters or years: no step is a month of these."""
    assert [step.words for step in periods([claim(*pair) for pair in bounds])] == words


def test_what_has_no_date_has_no_bounds() -> None:
    assert iso_bounds(claim(None, None).when) is None
    assert iso_bounds(claim(date(2011, 1, 1), None).when) == ("2011-01-01", "")


@pytest.fixture(scope="module")
def page(demo_study: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of all sites."""
    file = tmp_path_factory.mktemp("page") / "all.html"
    study = journeys.open(demo_study("embedded").folder)
    study.write(study.network(), file)
    return file


def test_a_period_has_the_ties_that_the_analysis_counts(open_page: Any, page: Path, opened_demo: Any) -> None:
    with open_page(page) as seen:
        seen.page.locator("#all").click()
        steps = periods(opened_demo.network().claims.values())
        assert steps[0].words == "January 2009"
        assert seen.page.evaluate(TIES) == opened_demo.network().network.graph.number_of_edges()
        last = len(steps) - 1
        numbers = set()
        for start, end in [(0, last - 1), (1, last), (0, 20), (last - 9, last - 7), (last - 5, last - 5), (last, last)]:
            seen.page.evaluate(MOVE, [start, end])
            chosen = Selection(start=steps[start].first, end=steps[end].last)
            expected = opened_demo.network(selection=chosen).network.graph.number_of_edges()
            assert seen.page.evaluate(TIES) == expected, (start, end)
            numbers.add(expected)
        assert len(numbers) > 3, "the periods do not differ"
        seen.assert_quiet()


def test_certain_and_possible_ties_are_told_apart(open_page: Any, page: Path) -> None:
    """The testimony was contested in winter 2010 (December 2009 to February 2011): never certainly in one month."""
    with open_page(page) as seen:
        seen.page.locator("#all").click()
        words = seen.page.evaluate(
            "JSON.parse(document.getElementById('network-data').textContent).periods.map((step) => step.words)"
        )
        month = words.index("June 2010")
        seen.page.evaluate(MOVE, [month, month])
        said = seen.page.locator("#shown").inner_text()
        assert "Certainly in this period: 0 ties; possibly: " in said
        assert "drawn pale" in said
        tie = seen.page.evaluate("networkView.ties()[0]")
        assert seen.page.evaluate("(tie) => network.body.data.edges.get(tie).color.opacity", tie) == 0.35
        seen.page.get_by_role("button", name="All of it").click()
        assert "Certainly" not in seen.page.locator("#shown").inner_text()
        assert seen.page.evaluate("(tie) => network.body.data.edges.get(tie).color.opacity", tie) == 1


def test_play_moves_on_and_stops_at_the_end(open_page: Any, page: Path) -> None:
    with open_page(page) as seen:
        last = int(seen.page.locator("#period-to").get_attribute("max"))
        seen.page.evaluate(MOVE, [last - 3, last - 1])
        seen.page.get_by_role("button", name="Play").click()
        assert seen.page.get_by_role("button", name="Pause").is_visible()
        seen.page.get_by_role("button", name="Play").wait_for(timeout=10_000)
        values = [seen.page.locator(name).input_value() for name in ("#period-from", "#period-to")]
        assert values == [str(last - 2), str(last)]


def test_a_way_between_two_and_the_surroundings_of_one(open_page: Any, page: Path) -> None:
    with open_page(page, 400) as seen:
        seen.page.get_by_label("Path from").fill("kay")
        seen.page.locator("#way-to").fill("Mina V.")
        seen.page.get_by_role("button", name="Find").click()
        told = seen.page.locator("#way-said").inner_text()
        assert told.startswith("2 steps: Kay H. – ")
        assert told.endswith(" – Mina V.")
        assert seen.page.locator("#detail h3").inner_text() == "A shortest path, whatever the direction of the ties"
        assert seen.page.locator("#detail .ties button").first.is_visible()
        seen.page.locator("#way-to").fill("Nobody at all")
        seen.page.get_by_role("button", name="Find").click()
        assert "Nobody here is called “Nobody at all”." in seen.page.locator("#way-said").inner_text()
        seen.page.locator("#name").fill("Pat N.")
        seen.page.keyboard.press("Enter")
        seen.page.get_by_role("button", name="Show only them").click()
        assert seen.page.locator("#way-said").inner_text() == "Pat N. and 3 others."  # Lee B., Mina V. and Sam S.
        seen.page.get_by_role("button", name="Show everybody again").click()
        assert not seen.page.get_by_role("button", name="Show everybody again").is_visible()
        seen.page.get_by_label("Size of the marks").select_option("ties")
        sizes = seen.page.evaluate("network.body.data.nodes.get().map((node) => node.size)")
        assert max(sizes) == 34
        assert min(sizes) == 8
        seen.assert_quiet()
        seen.assert_fits()


WINDOWS = """(last) => {
  const [from, to] = ["period-from", "period-to"].map((id) => document.getElementById(id));
  const found = [];
  for (let start = 0; start <= last; start += 1) {
    for (let end = start; end <= last; end += 1) {
      [from.value, to.value] = [start, end];
      to.dispatchEvent(new Event("input", { bubbles: true }));
      const pale = networkView.ties().filter((tie) => network.body.data.edges.get(tie).color.opacity < 1);
      found.push([start, end, networkView.ties(), pale]);
    }
  }
  return found;
}"""


@pytest.mark.parametrize(
    ("edges", "steps"),
    [
        ([date(2011, 3, day) for day in (1, 2, 4, 5)], 5),
        ([date(2011, month, day) for month in (1, 2, 3, 4) for day in (1, 28, 30) if (month, day) != (2, 30)], 4),
        (
            (
                [date(2011, month, 1) for month in (1, 4, 10)],
                [date(2011, *day) for day in ((3, 31), (6, 30), (12, 31))],
            ),
            4,
        ),
        ([date(year, *day) for year in (1990, 1991, 2012) for day in ((1, 1), (6, 30), (12, 31))], 23),
    ],
    ids=["days", "months", "quarters", "years"],
)
def test_any_dates_count_as_the_analysis_counts_them(
    open_page: Any, tmp_path: Path, edges: list[date] | tuple[list[date], list[date]], steps: int
) -> None:
    """Each pair of people has one claim, its bounds at or beside an end of a step, open or unknown. In each window
    the ties are those of the selection, and the certain ones those that lie in it.
    """
    begins, ends = edges if isinstance(edges, tuple) else (edges, edges)
    bounds = [
        (one, other)
        for one in (None, *begins)
        for other in (None, *ends)
        if one is None or other is None or one <= other
    ]
    graph: nx.MultiDiGraph = nx.MultiDiGraph(study="x")
    people = [f"x:actor:{number:03d}" for number in range(len(bounds) + 1)]
    for person in people:
        graph.add_node(person, label="Actor", name=person, kind="person")
    for number, (first, last) in enumerate(bounds):
        held: dict[str, Any] = {"id": f"c{number}"}
        held |= {name: day for name, day in (("date_from", first), ("date_to", last)) if day}
        graph.add_edge(people[0], people[number + 1], key=f"c{number}", type="CHALLENGED", asserted=True, **held)
    found = network_of(graph, load_schema())
    ties = [end for _, end in found.network.graph.edges()]
    file = tmp_path / "page.html"
    file.write_text(network_page(found, load_schema(), PageFrame("S")), encoding="utf-8")
    known = periods(found.claims.values())
    assert len(known) == steps
    with open_page(file) as seen:
        for start, end, shown, pale in seen.page.evaluate(WINDOWS, steps - 1):
            first, last = known[start].first, known[end].last
            whole = start == 0 and end == steps - 1  # all of it, and what has no date
            chosen = Selection() if whole else Selection(start=first, end=last)
            expected = {end for _, end in network_of(graph, load_schema(), chosen).network.graph.edges()}
            assert {ties[tie] for tie in shown} == expected, (first, last)
            window = DateSpan(None, first, last, "between")
            spans = {person: DateSpan(None, *pair, "between") for person, pair in zip(people[1:], bounds, strict=True)}
            certain = {each for each in expected if whole or lies_in(spans[each], window) == "certainly"}
            assert {ties[tie] for tie in shown} - {ties[tie] for tie in pale} == certain, (first, last)
        seen.assert_quiet()
