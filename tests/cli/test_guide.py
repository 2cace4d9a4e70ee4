"""Guided journeys at the command line: listed, shown, drafted; a stop that stands for nothing is said with its line."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import journeys
from journeys.analysis.trace.guided import NoSuchStop, place_meant, step_meant, words_for
from journeys.study.atlas.guide_pages import guides_shown

STOPS = """\
guide: 1
title: A try
journey: D07
public: yes
stops:
  - step: {step}
    text: {text}
"""


@pytest.fixture
def study(opened_demo: journeys.Study, tmp_path: Path) -> Iterator[journeys.Study]:
    """The demonstration study in a folder whose guides can be changed, on the store that is open."""
    shutil.copy(opened_demo.folder.path / "study.yaml", tmp_path / "study.yaml")
    shutil.copytree(opened_demo.folder.path / "guides", tmp_path / "guides")
    with opened_demo.store() as store:
        yield journeys.open(tmp_path).on(store)


def write(study: journeys.Study, step: str, text: str = "Words.") -> None:
    shutil.rmtree(study.folder.path / "guides")
    (study.folder.path / "guides").mkdir()
    (study.folder.path / "guides" / "try.yaml").write_text(STOPS.format(step=step, text=text), encoding="utf-8")


def test_the_demonstrations_guide_is_listed_and_told(demo_study: Any, run_cli: Any) -> None:
    folder = demo_study("embedded").folder
    listed = run_cli("guide", cwd=folder)
    assert listed.code == 0, listed.stderr
    assert "clinics" in listed.stdout
    told = run_cli("guide", "clinics", cwd=folder)
    assert "5. What was missing" in told.stdout
    assert "Lee B. and Mina V. contested it (6 April 2011, Redesign Group April 2011, 2" in told.stdout
    held = json.loads(run_cli("guide", "clinics", "--format", "json", cwd=folder).stdout)
    # The place holds the two results on the map; a claim of each is named.
    assert [len(stop["steps"]) for stop in held["stops"]] == [0, 1, 2, 1, 2, 1, 1, 2]
    assert all(step["claims"] for stop in held["stops"] for step in stop["steps"])
    unknown = run_cli("guide", "clinic", cwd=folder)
    assert (unknown.code, unknown.stdout) == (2, "")
    assert "There is no guided journey 'clinic'. Did you mean 'clinics'?" in unknown.stderr


def test_a_stop_that_stands_for_nothing_or_for_several_is_said(study: journeys.Study, run_cli: Any) -> None:
    write(study, "Mina V. loved it")
    (guided,), (problem, _) = study.guides()[0], [*study.guides()[1]][::-1]
    assert str(problem).startswith("guides/try.yaml > line 6: No step has the words 'Mina V. loved it'. The nearest: “")
    assert guided.stops[0].missing

    journey = study.trace("D07")
    with pytest.raises(NoSuchStop, match=r"3 steps have the words 'introduced'.*“Ann N. introduced it” \(March 2011,"):
        step_meant(journey, "introduced")
    with pytest.raises(NoSuchStop, match="numbers of steps change when more is loaded"):
        step_meant(journey, "7")
    with pytest.raises(NoSuchStop, match="Did you mean 'Diabetes Redesign Group'"):
        place_meant(journey, "Diabetes Redesing Group")


def test_each_step_can_be_named_by_its_own_words(study: journeys.Study) -> None:
    for ref in ("D07", "D24", "census"):
        try:
            journey = study.trace(ref)
        except journeys.JourneysError:
            continue
        for number in range(1, len(journey.steps) + len(journey.unplaced) + 1):
            assert step_meant(journey, words_for(journey, number)) == number
    # As a tired person would: other case, other apostrophes, words in another order.
    journey = study.trace("D07")
    assert step_meant(journey, "CONTESTED lee b.") == step_meant(journey, "contested") == 7
    assert step_meant(journey, "2011-06-08 used sam s.") == 12


def test_a_draft_can_be_used_as_it_is(study: journeys.Study) -> None:
    shutil.rmtree(study.folder.path / "guides")
    path = study.draft_guide("D07")
    assert path.name == "D07.yaml"
    found, problems = study.guides()
    assert list(problems) == []
    steps = [guide.step(stop.steps[0]).kind.name for guide in found for stop in guide.stops if stop.steps]
    assert {"COMMISSIONED", "INTRODUCED", "CONTESTED", "SUPPORTED", "USED"} <= set(steps)
    with pytest.raises(journeys.JourneysError, match=r"guides/D07.yaml is there already. Rename or delete it first."):
        study.draft_guide("D07")


def test_the_public_reads_no_withheld_words_in_a_guide(study: journeys.Study) -> None:
    write(study, "contested", "They said that you asked us, and then you left it out.")
    said: list[Any] = []
    shown = guides_shown(study, "public", said.append)
    assert (shown.guides, shown.left_out) == ([], ("1 guided journey left out.",))
    assert "it repeats the words of a quotation (" in str(said[-1])
    assert len(guides_shown(study, "team", said.append).guides) == 1

    write(study, "contested", "They had been asked for testimony, and did not find it in the report.")
    assert len(guides_shown(study, "public", said.append).guides) == 1
