"""Pages are made from what was read: nothing more is asked of the store, and a page lays its map out once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import networkx as nx
import pytest

from journeys.analysis.actors.network import ActorNetwork
from journeys.analysis.actors.site import SiteNetwork
from journeys.analysis.claims.claim import ClaimRecord, Entity, MeetingRef, Source
from journeys.analysis.trace.journey import Journey
from journeys.analysis.trace.lanes import Places
from journeys.analysis.trace.parts import Subject
from journeys.analysis.trace.steps import steps_of
from journeys.interpret.new_study import new_study
from journeys.model.dates import DateSpan
from journeys.model.schema import load_schema
from journeys.study.study import Study
from journeys.views.pictures import journey_map as drawing
from journeys.views.pictures.journey_map import JourneyMap, journey_map

FIFTH = DateSpan(None, date(2011, 3, 5), date(2011, 3, 5), "day")


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """A study whose store may not be asked."""
    new_study(tmp_path / "study", title="Riverside", registers="yaml")
    study = Study.open(tmp_path / "study")

    def asked() -> None:
        raise AssertionError("the store was asked")

    monkeypatch.setattr(study, "store", asked)
    return study


def _journey() -> Journey:
    paper = Entity("s:document:D07", "Document", "Needs assessment")
    mina = Entity("s:actor:mina", "Actor", "Mina")
    meeting, source = MeetingRef("s:meeting:m", "March board", FIFTH), Source("s:data_source:i1", "Interview 1")
    kind = load_schema().claims["INTRODUCED"]
    steps, unplaced = steps_of(
        [ClaimRecord(kind, mina, paper, {"id": "c1", "file": "d07.xlsx"}, FIFTH, meeting, source)], load_schema()
    )
    return Journey(Subject(paper, {"doc_number": "D07"}), tuple(steps), tuple(unplaced), (), Places({}, {}))


def test_a_journey_is_laid_out_once_for_each_file(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_out: list[JourneyMap] = []

    def counted(journey: Journey) -> JourneyMap:
        laid_out.append(journey_map(journey))
        return laid_out[-1]

    monkeypatch.setattr(drawing, "journey_map", counted)
    journey = _journey()
    for number, path in enumerate((tmp_path / "j.html", tmp_path / "j.svg"), start=1):
        assert study.write(journey, path) == [path]
        assert len(laid_out) == number
        assert "Mina" in path.read_text(encoding="utf-8")


def test_a_network_is_written_without_asking_again(study: Study, tmp_path: Path) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(study="s")
    nobody = dict.fromkeys(("designation", "organisation", "organisation_kind", "site"))
    graph.add_node("s:actor:mina", label="Actor", name="Mina", kind="person", organisations=(), sites=(), **nobody)
    found = SiteNetwork(None, ActorNetwork(graph, {}, ()), {}, {})
    assert study.write(found, tmp_path / "n.html") == [tmp_path / "n.html"]
    assert study.write(found, tmp_path / "n.csv") == [tmp_path / "n.csv", tmp_path / "n-nodes.csv"]
    assert "Mina" in (tmp_path / "n-nodes.csv").read_text(encoding="utf-8-sig")
    assert "Mina" in (tmp_path / "n.html").read_text(encoding="utf-8")
