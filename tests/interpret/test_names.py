"""Names as programs and people write them: soft hyphens for hyphens and spaces, and which known names look alike."""

from __future__ import annotations

import pytest

from journeys.interpret.names import Names


@pytest.fixture
def names() -> Names:
    known = Names()
    known.add("Actor", "s:actor:JOB", ["Anne-Marie O'Brien"])
    known.add("Actor", "s:actor:TO", ["Tom Okafor"])
    known.add("Arena", "s:arena:BRD", ["Northtown Board"])
    return known


@pytest.mark.parametrize(
    "written",
    ["Anne\u00adMarie O'Brien", "Anne-Marie\u00adO'Brien", "Anne\u2011Marie O\u2019Brien", "An\u00adne-Marie O'Brien"],
)
def test_a_soft_hyphen_stands_for_a_hyphen_a_space_or_nothing(names: Names, written: str) -> None:
    assert names.find(("Actor",), written) == [("Actor", "s:actor:JOB")]


def test_a_short_id_that_stands_in_a_name_is_not_like_it(names: Names) -> None:
    assert names.nearest(("Actor", "Arena"), "Northtown Bord") == ["Northtown Board"]
    assert names.nearest(("Actor", "Arena"), "BRB")[0] == "BRD"
