"""The storyline of a site: by hand on the invented study, and small graphs in which one thing is odd."""

from __future__ import annotations

from datetime import date
from typing import Any

import networkx as nx
import pytest

from journeys.analysis.actors import storyline as storyline_module
from journeys.analysis.actors.storyline import SiteStoryline, storyline_of
from journeys.model.schema import load_schema
from journeys.store.resolve import Found

SCHEMA = load_schema()
NORTH = Found("demo:site:north", "Site", "Northtown")


def short(node: str) -> str:
    return node.split(":")[-1]


def told(found: SiteStoryline) -> dict[str, dict[str, tuple[tuple[int, ...], tuple[str, ...]]]]:
    """For each meeting who was there, their sides, and the short ids of what they introduced."""
    return {
        short(point.meeting.id): {
            short(part.person): (part.sides, tuple(short(thing.id) for thing in part.introduced))
            for part in point.parts
        }
        for point in found.points
    }


def test_northtown_as_read_by_hand(demo_graph: nx.MultiDiGraph[str]) -> None:
    """By the minutes and forms of journeys/demo: see tests/analysis/actors/test_network.py."""
    found = storyline_of(demo_graph, SCHEMA, NORTH)
    assert told(found) == {
        "B1": {"KH": ((), ("north.strategic.D01",))},
        "R1": {
            "AN": ((), ("north.diabetes.D07",)),
            "GP": ((), ()),
            "LB": ((-1, 1), ()),
            "MV": ((-1,), ()),
            "SS": ((1,), ()),
        },
        "R2": {"LB": ((), ()), "MV": ((1,), ()), "PN": ((), ("model",)), "SS": ((1,), ())},
        "B2": {"KH": ((1,), ()), "LB": ((-1,), ()), "SS": ((), ("north.diabetes.D08",))},
        "R3": {"AN": ((), ()), "GP": ((), ("north.diabetes.D10",)), "SS": ((), ())},
        "R4": {"AN": ((), ("north.diabetes.D11",))},
    }
    assert (found.crossings, found.bound) == (0, 0)
    # Lee B. is in no meeting after July, Ann N. stays to the last.
    assert [short(line) for line in found.points[-1].lines] == ["AN"]
    assert "demo:actor:LB" in found.points[3].lines
    assert not any("LB" in line for line in found.points[4].lines)
    assert all(claim in found.claims for point in found.points for part in point.parts for claim in part.did)


def graph_of(meetings: dict[str, Any], there: dict[str, str], **claim: Any) -> nx.MultiDiGraph[str]:
    """Meetings by name with their days, and who attended which, a letter each."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(study="t")
    for name, day in meetings.items():
        first, last = day if isinstance(day, tuple) else (day, day)
        graph.add_node(f"t:meeting:{name}", label="Meeting", name=name, date_from=first, date_to=last)
    for person in sorted(set("".join(there.values()))):
        graph.add_node(f"t:actor:{person}", label="Actor", name=person, kind="person")
    for name, people in there.items():
        for person in people:
            graph.add_edge(
                f"t:actor:{person}",
                f"t:meeting:{name}",
                key=f"claim:{name}{person}",
                **{"id": f"claim:{name}{person}", "type": "ATTENDED", "asserted": True, "mode": "verbatim", **claim},
            )
    return graph


def test_a_crossing_that_cannot_be_avoided() -> None:
    days = {str(number): date(2011, 1, number) for number in range(1, 6)}
    found = storyline_of(graph_of(days, {"1": "ABC", "2": "AB", "3": "AC", "4": "BC", "5": "ABC"}), SCHEMA)
    assert (found.crossings, found.bound) == (1, 1)


def test_a_meeting_that_may_have_come_earlier_is_said_to() -> None:
    spring = (date(2011, 3, 1), date(2011, 5, 31))
    days = {"April": date(2011, 4, 6), "spring": spring, "June": date(2011, 6, 8), "some day": None}
    found = storyline_of(graph_of(days, {"April": "A", "spring": "A", "June": "A", "some day": "AB"}), SCHEMA)
    assert [(point.meeting.title, point.unsure) for point in found.points] == [
        ("April", False),
        ("spring", True),
        ("June", False),
    ]
    assert [each.title for each in found.undated] == ["some day"]
    assert list(found.people) == ["t:actor:A"], "B is only at a meeting that has no place"
    assert [each.name for each in found.nowhere] == ["B"]


@pytest.mark.parametrize("claim", [{"negated": True}, {"status": "withdrawn"}, {"mode": "derived"}])
def test_what_does_not_count_puts_nobody_there_and_is_said(claim: dict[str, Any]) -> None:
    found = storyline_of(graph_of({"1": date(2011, 1, 1)}, {"1": "A"}, **claim), SCHEMA)
    assert found.points == ()
    assert [each.title for each in found.unattended] == ["1"]
    assert [each.claims for each in found.left_out] == [("claim:1A",)]


def test_too_many_people_and_meetings_are_left_out_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storyline_module, "MOST_PEOPLE", 2)
    monkeypatch.setattr(storyline_module, "MOST_MEETINGS", 2)
    days = {str(number): date(2011, 1, number) for number in range(1, 4)}
    found = storyline_of(graph_of(days, {"1": "ABC", "2": "AB", "3": "C"}), SCHEMA)
    assert [point.meeting.title for point in found.points] == ["1", "2"]
    assert set(found.people) == {"t:actor:A", "t:actor:B"}
    assert [each.name for each in found.not_drawn] == ["3", "C"]
    assert (found.totals.people, found.totals.meetings) == (3, 3)
    assert set(found.claims) == {"claim:1A", "claim:1B", "claim:2A", "claim:2B"}, "only what is drawn rests on claims"


def test_whoever_was_only_at_a_meeting_that_is_left_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storyline_module, "MOST_MEETINGS", 1)
    days = {"1": date(2011, 1, 1), "2": date(2011, 1, 2)}
    found = storyline_of(graph_of(days, {"1": "AB", "2": "C"}), SCHEMA)
    assert [each.name for each in found.not_drawn] == ["2", "C"]


def test_nobody_and_nothing() -> None:
    found = storyline_of(graph_of({}, {}), SCHEMA)
    assert (found.points, found.people, found.crossings, found.bound) == ((), {}, 0, 0)
