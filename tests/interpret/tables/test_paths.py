"""Paths into JSON: what they lead to, against a slow reading that lists every place of a value; and what is said of
paths that no item has."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from journeys.interpret.tables.paths import exists, steps_of, walk
from tests.mapped import make_study, read_study

NAMES = st.sampled_from(["who", "Who", "votes", "a b", "1", "no"])
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(-3, 3), st.sampled_from(["Ann", "", "yes"]))
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=12
)
STEPS = st.lists(st.one_of(NAMES, st.sampled_from(["*", "2"])), min_size=1, max_size=4)
PATHS = st.one_of(STEPS, st.tuples(STEPS, STEPS).map(lambda both: [*both[0][:1], "**", *both[1][:2]]))


def every_place(value: Any, taken: tuple[Any, ...] = ()) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """A value and every value inside it, with the keys and positions that lead there."""
    yield value, taken
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield from every_place(each, (*taken, key))


def leads(root: Any, path: list[str], taken: tuple[Any, ...]) -> bool:
    """Whether a path leads to a place, tried step by step with every way to read each step."""
    if not path:
        return not taken
    step, rest = path[0], path[1:]
    if step == "**" and leads(root, rest, taken):
        return True
    if not taken:
        return False
    key, inner = taken[0], root[taken[0]]
    if step == "**":
        return leads(inner, path, taken[1:])
    if step == "*":
        return leads(inner, rest, taken[1:])
    if isinstance(root, dict):
        exact = step if step in root else next((name for name in root if name.casefold() == step.casefold()), None)
        return key == exact and leads(inner, rest, taken[1:])
    if step.isdecimal():
        return key == int(step) - 1 and leads(inner, rest, taken[1:])
    return isinstance(inner, dict | list) and leads(inner, path, taken[1:])  # through the elements of a list


@settings(max_examples=400, deadline=None)
@given(VALUES, PATHS)
def test_a_path_leads_to_what_the_slow_reading_finds(value: Any, path: list[str]) -> None:
    found = {taken: inner for inner, taken in walk(value, steps_of(".".join(path)))}
    expected = {taken: inner for inner, taken in every_place(value) if leads(value, path, taken)}
    assert found.keys() == expected.keys()
    assert all(found[taken] is expected[taken] for taken in expected)
    if expected:
        assert exists(value, tuple(path))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.fixed_dictionaries({"who": st.just("Ann")}, optional={"paper": st.just("P1")}), min_size=1, max_size=3),
    st.sampled_from(["paper", "papr", "who.name", "paper?"]),
)
def test_a_path_that_no_item_has_is_a_problem_and_no_other_is(items: list[dict[str, str]], path: str) -> None:
    mapped = f"""
map: 1
nodes:
  who: {{kind: Actor, each: who}}
  paper: {{kind: Document, each: "{path}", set: {{title: "{{value}}"}}}}
claims:
  - {{type: SUPPORTED, from: who, to: paper}}
"""
    with TemporaryDirectory() as folder:
        study = read_study(make_study(Path(folder) / "s", v_json=json.dumps(items), v_map_yaml=mapped))
    there = path.endswith("?") or (path == "paper" and any("paper" in item for item in items))
    assert [problem.kind for problem in study.errors] == ([] if there else ["missing_column"])
    if not there and path == "papr" and any("paper" in item for item in items):
        assert "Did you mean 'paper'?" in study.errors[0].remedy
