"""Rows that say the same: acts of their own with stable ids, one act where the map or the kind says so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.mapped import make_study, read_study

MAP = """map: 1
nodes:
  who: {kind: Actor, each: who}
  paper: {kind: Document, each: paper, set: {title: "{value}"}}
claims:
  - {type: SUPPORTED, from: who, to: paper}
"""
ROWS = ["Ann,P1", "Ann,P1", "Bob,P1", "Ann,P1", "Ann,P2"]


def ids(folder: Path, rows: list[str], mapped: str = MAP, heading: str = "who,paper") -> set[str]:
    text = "\n".join([heading, *rows]) + "\n"
    return read_study(make_study(folder, v_csv=text, v_map_yaml=mapped)).claim_ids


def test_rows_that_say_the_same_are_as_many_acts(tmp_path: Path) -> None:
    study = read_study(make_study(tmp_path, v_csv="\n".join(["who,paper", *ROWS]) + "\n", v_map_yaml=MAP))
    assert study.said.count(("ann", "SUPPORTED", "p1")) == 3
    assert len(study.said) == 5
    assert (study.settled.same_acts, study.settled.repetitions) == (2, 0)
    cells = {claim[3]["cell"] for claim in study.claims if claim[0] == "ann" and claim[2] == "p1"}
    assert cells == {"line 2, column 1", "line 3, column 1", "line 5, column 1"}


def test_the_map_can_say_that_they_are_one(tmp_path: Path) -> None:
    same = MAP.replace("to: paper}", "to: paper, repeats: same}")
    study = read_study(make_study(tmp_path, v_csv="\n".join(["who,paper", *ROWS]) + "\n", v_map_yaml=same))
    assert len(study.said) == 3
    assert (study.settled.same_acts, study.settled.repetitions) == (0, 2)


def test_a_kind_that_holds_once_is_said_once_unless_the_map_says_otherwise(tmp_path: Path) -> None:
    rows = "who,paper\nAnn,P1\nAnn,P1\n"
    wrote = MAP.replace("SUPPORTED", "AUTHORED")
    assert len(read_study(make_study(tmp_path / "a", v_csv=rows, v_map_yaml=wrote)).said) == 1
    acts = wrote.replace("to: paper}", "to: paper, repeats: acts}")
    assert len(read_study(make_study(tmp_path / "b", v_csv=rows, v_map_yaml=acts)).said) == 2


@settings(max_examples=15, deadline=None)
@given(st.permutations(ROWS), st.integers(0, 5))
def test_neither_another_order_nor_a_row_above_changes_an_id(
    tmp_path_factory: pytest.TempPathFactory, rows: list[str], place: int
) -> None:
    before = ids(tmp_path_factory.mktemp("s"), ROWS)
    assert ids(tmp_path_factory.mktemp("s"), rows) == before
    more = ids(tmp_path_factory.mktemp("s"), [*rows[:place], "Cem,P3", *rows[place:]])
    assert len(more) == 6
    assert more > before


def test_a_key_of_the_table_tells_acts_apart_and_together(tmp_path: Path) -> None:
    keyed = MAP.replace("to: paper}", 'to: paper, key: "{motion}"}')
    rows = ["Ann,P1,m1", "Ann,P1,m2", "Ann,P1,m1"]
    found = ids(tmp_path / "a", rows, keyed, "who,paper,motion")
    assert len(found) == 2
    assert ids(tmp_path / "b", ["Ann,P1,m2"], keyed, "who,paper,motion") < found


def test_the_elements_of_a_list_are_acts_and_one_that_says_it_twice_is_one(tmp_path: Path) -> None:
    item = {"name": "P1", "motions": [{"yeas": "Ann, Bob", "seconded": "Ann"}, {"yeas": "Ann", "seconded": None}]}
    mapped = """map: 1
nodes:
  paper: {kind: Document, each: name, set: {title: "{value}"}}
each:
  - path: motions
    nodes:
      yeas: {kind: Actor, each: {from: yeas, split: ","}}
      seconder: {kind: Actor, each: seconded}
    claims:
      - {type: SUPPORTED, from: yeas, to: paper}
      - {type: SUPPORTED, from: seconder, to: paper}
      - {type: REFERRED_TO, from: yeas, to: paper, repeats: same, set: {aspect: "motion {#}"}}
""".replace(', set: {aspect: "motion {#}"}', "")
    study = read_study(make_study(tmp_path, v_json=json.dumps([item]), v_map_yaml=mapped))
    assert study.said.count(("ann", "SUPPORTED", "p1")) == 2
    assert study.said.count(("bob", "SUPPORTED", "p1")) == 1
    assert study.said.count(("ann", "REFERRED_TO", "p1")) == 1


def test_positions_can_be_said(tmp_path: Path) -> None:
    item = {"name": "P1", "motions": [{"yeas": "Ann"}, {"yeas": "Ann"}]}
    mapped = """map: 1
nodes:
  paper: {kind: Document, each: name, set: {title: "{value}"}}
each:
  - path: motions
    nodes:
      yeas: {kind: Actor, each: yeas}
    claims:
      - {type: SUPPORTED, from: yeas, to: paper, set: {place: "motion {#} of item {^.#}"}}
"""
    study = read_study(
        make_study(tmp_path, v_json=json.dumps([{"name": "P0", "motions": []}, item]), v_map_yaml=mapped)
    )
    assert {claim[3]["place"] for claim in study.claims} == {"motion 1 of item 2", "motion 2 of item 2"}
    assert study.settled.same_acts == 0


def test_somebody_who_would_do_it_to_themselves_is_said(tmp_path: Path) -> None:
    mapped = """map: 1
nodes:
  who: {kind: Actor, each: who}
  whom: {kind: Actor, each: whom}
claims:
  - {type: CHALLENGED, from: who, to: whom}
"""
    study = read_study(make_study(tmp_path, v_csv="who,whom\nAnn,Bob\nAnn,ann\n", v_map_yaml=mapped))
    assert study.said == [("ann", "CHALLENGED", "bob")]
    (problem,) = [problem for problem in study.problems if problem.kind == "self_claim"]
    assert problem.address.cell == "line 3, column 1"
