"""The list of measures: each can be run, and says what its options mean and what may be written for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import networkx as nx
import pytest

from journeys.analysis.claims.selection import Selection
from journeys.analysis.measures.options import Kind, kind_of, read_option
from journeys.analysis.measures.registry import GROUPS, MEASURES, measure_named
from journeys.model.problems import UsageProblem
from journeys.model.schema import load_schema


@pytest.mark.parametrize("name", MEASURES)
def test_every_option_is_explained(name: str) -> None:
    measure = MEASURES[name]
    assert set(measure.options) == set(measure.kinds)
    assert measure.group in GROUPS
    assert measure.answers.endswith(("?", "."))
    assert all(kind.words and kind.signs for kind in measure.kinds.values())


@pytest.mark.parametrize("name", MEASURES)
def test_a_study_with_nothing_in_it_has_an_answer(name: str) -> None:
    tables = MEASURES[name].run(nx.MultiDiGraph(), Selection(), schema=load_schema())
    assert tables
    assert len({table.name for table in tables}) == len(tables)
    for table in tables:
        assert table.method
        assert table.n
        assert all(table.columns.values())


def test_a_measure_is_found_by_a_beginning_of_its_name() -> None:
    assert measure_named(" Truth Table ").name == "truth-table"
    assert measure_named("brok").name == "brokerage"
    for wrong in ("", "s", "betweenness"):
        with pytest.raises(UsageProblem, match=r"There is no measure .* Choose from: journey, reach"):
            measure_named(wrong)


def taking(
    *,
    which: Literal["one", "Two"] = "one",
    many: Sequence[Literal["a", "b"]] = (),
    names: Sequence[str] = (),
    number: int = 1,
    share: float = 0.5,
    flag: bool = False,
    text: str | None = None,
) -> None: ...


@pytest.mark.parametrize(
    ("option", "written", "value"),
    [
        ("which", "TWO", "Two"),
        ("many", "b, A", ("b", "a")),
        ("names", " x , y,", ("x", "y")),
        ("names", ("x",), ("x",)),
        ("number", " 3 ", 3),
        ("share", "0.25", 0.25),
        ("flag", "Yes", True),
        ("flag", False, False),
        ("text", "none", None),
        ("text", "x", "x"),
    ],
)
def test_what_a_person_writes_is_read(option: str, written: Any, value: Any) -> None:
    assert read_option(option, kind_of(taking, option), written) == value


@pytest.mark.parametrize(
    ("option", "written", "remedy"),
    [
        ("which", "three", "Write one or Two."),
        ("many", "a,c", "many cannot be 'c'."),
        ("number", "2.5", "Write a whole number."),
        ("share", "half", "Write a number."),
        ("flag", "maybe", "Write yes or no."),
        ("names", [3], "Write names with commas between."),
    ],
)
def test_what_cannot_be_is_refused_with_a_remedy(option: str, written: Any, remedy: str) -> None:
    with pytest.raises(UsageProblem, match=remedy):
        read_option(option, kind_of(taking, option), written)


def test_an_option_that_nobody_could_write_is_a_mistake_of_ours() -> None:
    def wrong(*, graph: nx.Graph) -> None: ...

    with pytest.raises(TypeError, match="of a kind that cannot be written"):
        kind_of(wrong, "graph")
    assert Kind(int).signs == "NUMBER"


@pytest.mark.parametrize(
    ("former", "now"), [("holes", "structural-holes"), ("sides", "side-changes"), ("centralty", "centrality")]
)
def test_a_former_or_misspelt_name_is_answered_with_todays(former: str, now: str) -> None:
    with pytest.raises(UsageProblem, match=f"There is no measure '{former}'. Did you mean '{now}'"):
        measure_named(former)


def test_a_former_option_is_answered_with_todays() -> None:
    with pytest.raises(UsageProblem, match=r"no option 'quiet'\. Did you mean 'stalled-after-days'\?"):
        measure_named("journey").run(nx.MultiDiGraph(), Selection(), options={"quiet": "90"})
