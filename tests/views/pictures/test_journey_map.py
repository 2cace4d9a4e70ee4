"""The layout of the journey map: nothing covers anything else, everything is inside, uncertain dates are bars."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import journeys
from journeys.interpret.new_study import new_study
from journeys.views.pictures.journey_map import ROW, journey_map
from journeys.views.pictures.map_parts import HEAD, PLOT, JourneyMap, Mark
from tests.journeys_by_hand import by_hand, said, thing
from tests.views.pictures.test_journey_line import WHENS

TRACED = ["D07", "D08", "D23", "D24", "D33", "demo:evidence:ward-census", "demo:evidence:testimony"]


@pytest.fixture(scope="module")
def maps(demo_study: Callable[..., Any]) -> dict[str, JourneyMap]:
    study = journeys.open(demo_study("embedded").folder)
    with study.store():
        return {ref: journey_map(study.trace(ref)) for ref in TRACED}


def extents(mark: Mark) -> Iterator[tuple[float, float, float]]:
    """How far a mark reaches: its middle from top to bottom, left and right; and its words, where they stand below."""
    label, bar = mark.label, mark.bar or (mark.x, mark.x)
    if label.side == "below":
        yield mark.y, min(mark.x - 8, bar[0]), max(mark.x + 8, bar[1])
        yield mark.y + ROW, label.left, label.left + label.width
    else:
        left, right = extent(mark)
        yield mark.y, left, right


def extent(mark: Mark) -> tuple[float, float]:
    label, bar = mark.label, mark.bar or (mark.x, mark.x)
    return min(mark.x - 8, label.left, bar[0]), max(mark.x + 8, label.left + label.width, bar[1])


@pytest.mark.parametrize("ref", TRACED)
def test_nothing_covers_anything_else(maps: dict[str, JourneyMap], ref: str) -> None:
    laid_out = maps[ref]
    for one, other in combinations((*laid_out.marks, *laid_out.tray), 2):
        for y, left, right in extents(one):
            for other_y, other_left, other_right in extents(other):
                clear = abs(y - other_y) >= ROW or right <= other_left or other_right <= left
                assert clear, (one.label.words, other.label.words)


@pytest.mark.parametrize("ref", TRACED)
def test_every_mark_is_in_its_lane_and_beside_the_heads(maps: dict[str, JourneyMap], ref: str) -> None:
    laid_out = maps[ref]
    for mark in laid_out.marks:
        assert any(band.y <= mark.y - ROW / 2 and mark.y + ROW / 2 <= band.y + band.height for band in laid_out.lanes)
        left, right = extent(mark)
        assert left + 10 >= HEAD
        assert right <= HEAD + PLOT + 10
    bottoms = [band.y + band.height for band in laid_out.lanes]
    assert [band.y for band in laid_out.lanes][1:] == pytest.approx(bottoms[:-1])


def test_a_day_is_a_mark_and_uncertain_dates_are_bars(maps: dict[str, JourneyMap]) -> None:
    marks = {mark.step.kind.name: mark for mark in maps["D07"].marks}
    assert marks["CONTESTED"].bar is None
    wrote = marks["AUTHORED"]
    assert wrote.bar is not None
    assert (wrote.open, wrote.x) == (
        (True, False),
        wrote.bar[1],
    )  # before April 2011: at the last day, open to the left
    commissioned = marks["COMMISSIONED"]
    assert commissioned.bar is not None
    assert commissioned.open == (False, False)
    assert commissioned.bar[0] < commissioned.x < commissioned.bar[1]
    assert {mark.step.when.date_from for mark in maps["D07"].tray} == {None}


def segments(laid_out: JourneyMap) -> Iterator[tuple[float, float, float, float]]:
    """The straight pieces of the line: left, top, right, bottom."""
    for stretch in laid_out.way:
        for x, y, way, end in re.findall(r"M([-\d.]+) ([-\d.]+)([HV])([-\d.]+)", stretch.path):
            ends = [(float(x), float(y)), (float(end), float(y)) if way == "H" else (float(x), float(end))]
            (left, top), (right, bottom) = sorted(ends)
            yield left, min(top, bottom), right, max(top, bottom)


@pytest.mark.parametrize("ref", TRACED)
def test_no_words_stand_where_the_line_runs(maps: dict[str, JourneyMap], ref: str) -> None:
    assert_no_words_on_the_line(maps[ref])


@given(st.lists(st.tuples(WHENS, st.integers(0, 3), st.sampled_from(["SUPPORTED", "USED"])), min_size=2, max_size=12))
def test_no_words_stand_where_any_line_runs(told: list[tuple[str, int, str]]) -> None:
    claims = [
        said(thing(f"Group {place}", "Arena"), kind, when=when, note=str(number))
        for number, (when, place, kind) in enumerate(told)
    ]
    assert_no_words_on_the_line(journey_map(by_hand(*claims)))


def assert_no_words_on_the_line(laid_out: JourneyMap) -> None:
    for mark in (*laid_out.marks, *laid_out.tray):
        label = mark.label
        line = mark.y + (21 if label.side == "below" else 0)
        for left, top, right, bottom in segments(laid_out):
            clear = right <= label.left or label.left + label.width <= left or bottom <= line - 8 or line + 8 <= top
            assert clear or not label.words, (label.words, left, top, right, bottom)


def test_the_line_forks_and_merges_where_the_dates_say_so(maps: dict[str, JourneyMap]) -> None:
    """D07: the assessment was sent to the council in summer 2011, before or after the meeting of June, but after that
    of April and before that of September. It was written before April 2011, before or after it was commissioned."""
    marks = {mark.step.kind.name: mark for mark in maps["D07"].marks if mark.step.kind.name in ("SENT_TO", "AUTHORED")}
    met = [(mark.step.meeting.title, mark) for mark in maps["D07"].marks if mark.step.meeting]
    april = next(mark.x for title, mark in met if "April" in title and mark.bar is None)
    september = next(mark.x for title, mark in met if "September" in title)
    certain = [stretch for stretch in maps["D07"].way if stretch.certain]
    sent = marks["SENT_TO"].x
    assert any(stretch.x1 == april and f"M{sent} " in stretch.path for stretch in certain)
    assert any(stretch.x2 == september and f"M{sent} " in stretch.path for stretch in certain)
    assert any(not stretch.certain and stretch.x2 == marks["AUTHORED"].x for stretch in maps["D07"].way)


def test_only_events_stand_on_the_map(maps: dict[str, JourneyMap]) -> None:
    shown = {mark.step.kind.name for each in maps.values() for mark in (*each.marks, *each.tray)}
    assert not shown & {"CITED", "INTENDED_FOR", "CONCERNS", "RECOMMENDS", "CONSISTENT_WITH", "PRESENTED_IN"}
    assert {"USED", "SENT_TO", "INTRODUCED"} <= shown


@pytest.mark.parametrize("ref", TRACED)
def test_the_undated_wait_below_their_lane_and_bend_nothing(maps: dict[str, JourneyMap], ref: str) -> None:
    laid_out = maps[ref]
    for mark in laid_out.tray:
        assert any(
            band.tray_top is not None and band.tray_top <= mark.y - ROW / 2 and mark.y + ROW / 2 <= band.y + band.height
            for band in laid_out.lanes
        )
    dated = {mark.x for mark in laid_out.marks}
    for left, _, right, _ in segments(laid_out):
        assert {left, right} <= dated


def test_signs_tell_sides_and_how_it_is_known(maps: dict[str, JourneyMap]) -> None:
    marks = (*maps["D07"].marks, *maps["D07"].tray)
    assert {mark.shape for mark in marks if mark.step.kind.name == "CONTESTED"} == {"contest"}
    assert {mark.style for mark in marks if mark.step.negated} == {"negated"}
    assert {mark.style for mark in marks if mark.step.derived} == {"derived"}
    assert {mark.shape for mark in marks if mark.step.kind.stage == "impact"} == {"result"}
    assert any(stretch.certain for stretch in maps["D07"].way)
    assert any(not stretch.certain for stretch in maps["D07"].way)


NAME = "ASSISTANT DIRECTOR OF COMMISSIONING, 北部糖尿病保健センター"
BODY = "Donaudampfschifffahrtsgesellschaftskapitaenswitwenrentenauszahlungsstelle North"


@pytest.fixture(scope="module")
def awkward(embedded_engine: None, tmp_path_factory: pytest.TempPathFactory) -> journeys.Study:
    """A study of documents whose names and dates are hard to draw."""
    folder = tmp_path_factory.mktemp("awkward") / "study"
    new_study(folder, title="Awkward", registers="yaml")
    titles = {"D1": "Long", "D2": "One day", "D3": "No day", "D4": "Wide"}
    registers = {
        "registers": 1,
        "case_studies": [{"id": "c", "title": "Case"}],
        "organisations": [{"id": "o", "pseudonym": BODY}],
        "people": [{"id": "p", "pseudonym": NAME, "organisation": "o"}, {"id": "q", "pseudonym": "Ann N."}],
        "documents": [{"case": "c", "doc_number": number, "title": title} for number, title in titles.items()],
        "sources": [{"id": "i", "kind": "Interview", "description": "Interview", "case": "c"}],
    }
    told = [
        ("D1", "p", "wrote", "2001-03-05"),
        ("D1", "p", "introduced", "2006-03"),
        ("D1", "p", "contested", "2011-03-05"),
        ("D2", "q", "wrote", "2011-03-16"),
        ("D3", "q", "wrote", ""),
        ("D4", "p", "wrote", "2010"),
        ("D4", "q", "contested", "2010-07-01"),
    ]
    form = {
        "form": "document_extraction_template",
        "version": 1,
        "header": {"case_study_and_site": "c", "name_of_document": "Long", "document_number": "D1"},
        "document_content": {},
        "document_journey": {},
        "who_did_what": [
            {"who": who, "did_what": did, "to_what": to, "when": when, "source": "i"} for to, who, did, when in told
        ],
    }
    for name, content in (("registers.yaml", registers), ("forms/D1.yaml", form)):
        (folder / name).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    study = journeys.open(folder)
    study.load()
    return study


def laid_out(study: journeys.Study, ref: str) -> JourneyMap:
    return journey_map(study.trace(ref))


def test_what_has_no_date_has_no_time_axis_and_one_day_has_its_day(awkward: journeys.Study) -> None:
    undated, day = laid_out(awkward, "D3"), laid_out(awkward, "D2")
    assert (undated.ticks, undated.marks, len(undated.tray)) == ((), (), 1)
    (mark,) = day.marks
    assert [tick.x for tick in day.ticks if tick.words == "16 Mar 2011"] == [mark.x]


def test_a_month_of_ten_years_is_still_seen_to_be_no_day(awkward: journeys.Study) -> None:
    marks = {mark.step.kind.name: mark for mark in laid_out(awkward, "D1").marks}
    introduced = marks["INTRODUCED"]
    assert introduced.bar is not None
    assert introduced.bar[0] < introduced.x - 10 < introduced.x + 10 < introduced.bar[1]
    assert marks["AUTHORED"].bar is None


def test_a_label_without_room_beside_a_long_bar_stands_in_a_row_of_its_own(awkward: journeys.Study) -> None:
    wide = laid_out(awkward, "D4")
    marks = {mark.step.kind.name: mark for mark in wide.marks}
    assert marks["AUTHORED"].label.side == "below"
    assert wide.lanes[0].height >= 2 * ROW


@pytest.mark.parametrize("ref", ["D1", "D4"])
def test_a_browser_draws_no_words_over_others(
    open_page: Any, awkward: journeys.Study, tmp_path: Path, ref: str
) -> None:
    with awkward.store():
        awkward.write(awkward.trace(ref), tmp_path / "map.svg")
    with open_page(tmp_path / "map.svg") as seen:
        texts = """[...document.querySelectorAll("text")].map((text) => {
          const { x, y, width, height } = text.getBBox();
          const at = text.getCTM();
          return [text.textContent, x + at.e, y + at.f, x + at.e + width, y + at.f + height];
        })"""
        drawn = seen.page.evaluate(texts)
        assert len(drawn) > 10
        for (words, left, top, right, bottom), (others, x1, y1, x2, y2) in combinations(drawn, 2):
            # the boxes of lines are a little higher than their letters
            assert right <= x1 or x2 <= left or bottom - 4 <= y1 or y2 - 4 <= top, (words, others)
        assert max(right for *_, right, _ in drawn) <= HEAD + PLOT


def test_words_of_undated_steps_stand_where_they_have_room(maps: dict[str, JourneyMap]) -> None:
    """In D24 the line leaves a lane early, so that there is little room before it and much behind it."""
    words = [mark.label.words for mark in maps["D24"].tray]
    assert "introduced: Femi O." in words
    assert not [each for each in words if each.endswith("…")]


def test_what_leads_to_a_meeting_says_what_it_was_and_not_the_meeting() -> None:
    """Of a paper what happened to it, of an action what the meeting gave rise to: the lane shows the meeting."""
    board = thing("Board", "Meeting", "Board")
    plan, clinics = thing("The plan"), thing("Two clinics")
    laid_out = journey_map(
        by_hand(
            said("Ann N.", "INTRODUCED", when="1 April 2011"),
            said(plan, "TABLED_AT", board, at="Board", when="1 May 2011", via=plan),
            said(clinics, "ARISES_FROM", board, at="Board", when="1 June 2011", via=clinics),
        )
    )
    words = [mark.label.words for mark in laid_out.marks]
    assert "The plan was tabled at" in words
    assert "gave rise to: Two clinics" in words


def test_labels_are_whole_where_their_rows_have_room() -> None:
    """Three meetings soon after each other, and much of the axis free behind them: who contested is to be read."""
    council, wall = thing("Full Council", "Arena"), thing("A flood wall", "Action")
    told = [
        ("INTRODUCED", "7 May 2019"),
        ("REFERRED_TO", "7 May 2019"),
        ("CONTESTED", "7 May 2019"),
        ("SUPPORTED", "7 May 2019"),
        ("REFERRED_TO", "June 2019"),
        ("CONTESTED", "June 2019"),
        ("USED", "3 September 2019"),
    ]
    laid_out = journey_map(
        by_hand(
            said("Parish Council", "COMMISSIONED", when="before April 2019"),
            *(said(council, kind, when=when, note=str(number)) for number, (kind, when) in enumerate(told)),
            said(thing("The brook", "CaseStudy"), "RESULTED_IN", wall, when="2020", via=wall),
        )
    )
    (lane,) = [band for band in laid_out.lanes if band.lane.name == "Full Council"]
    words = [mark.label.words for mark in laid_out.marks if lane.y < mark.y < lane.y + lane.height]
    assert sorted(words) == sorted(
        f"{verb}: Full Council"
        for verb in ("contested", "contested", "introduced", "referred to", "referred to", "supported", "used")
    )
    # a row for each mark at most, and no row of its own for the words of most
    assert lane.height < (len(told) + 1) * ROW
    assert_no_words_on_the_line(laid_out)
