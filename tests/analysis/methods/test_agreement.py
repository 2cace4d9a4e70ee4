"""Coefficients of agreement against published worked examples and against the Python package krippendorff."""

from __future__ import annotations

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.analysis.methods.agreement import cohen_kappa, krippendorff_alpha, percent_agreement


def crossed(table: list[list[int]]) -> list[tuple[int, int]]:
    """The units of a table of counts, first coder by row, second by column."""
    return [(i, j) for i, row in enumerate(table) for j, count in enumerate(row) for _ in range(count)]


def reliability(text: str) -> list[tuple[str | None, ...]]:
    """Units out of a table with a coder a line; a full stop where the coder gave no value."""
    coders = [[None if value == "." else value for value in line.split()] for line in text.strip().splitlines()]
    return list(zip(*coders, strict=True))


# Cohen (1960), table 1: proportions of 200 units in three categories; p_o = .70, p_c = .41, kappa = .492.
COHEN = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
# Krippendorff (2011), section A: binary data of two observers, ten units; alpha = 0.095.
BINARY = "0 1 0 0 0 0 0 0 1 0\n1 1 1 0 0 1 0 0 0 0"
# Section B: nominal data of two observers, twelve units; alpha = 0.692.
NOMINAL = "a a b b d c c c e d d a\nb a b b b c c c e d d d"
# Section C: four observers, twelve units, values missing; alpha = 0.743.
FOUR = """
1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 .
"""


def test_cohens_own_example() -> None:
    pairs = crossed(COHEN)
    assert percent_agreement(pairs) == pytest.approx(0.70)
    assert cohen_kappa(pairs) == pytest.approx(0.492, abs=0.0005)


@pytest.mark.parametrize(("text", "alpha"), [(BINARY, 0.095), (NOMINAL, 0.692), (FOUR, 0.743)])
def test_krippendorffs_own_examples(text: str, alpha: float) -> None:
    assert krippendorff_alpha(reliability(text)) == pytest.approx(alpha, abs=0.0005)


@given(st.lists(st.lists(st.sampled_from([None, "a", "b", "c"]), min_size=3, max_size=3), min_size=1, max_size=25))
def test_the_package_krippendorff_gives_the_same(units: list[list[str | None]]) -> None:
    codes = {"a": 1.0, "b": 2.0, "c": 3.0, None: np.nan}
    given_ = {value for unit in units if sum(each is not None for each in unit) > 1 for value in unit if value}
    mine = krippendorff_alpha(units)
    if len(given_) < 2:
        assert mine is None
        return
    data = np.array([[codes[value] for value in unit] for unit in units]).T
    assert mine == pytest.approx(krippendorff.alpha(reliability_data=data, level_of_measurement="nominal"), abs=1e-9)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=40))
def test_kappa_of_two_values_by_its_other_formula(pairs: list[tuple[bool, bool]]) -> None:
    """kappa = 2 (ad - bc) / ((a + b)(b + d) + (a + c)(c + d)) for a table of two by two."""
    a, b = pairs.count((True, True)), pairs.count((True, False))
    c, d = pairs.count((False, True)), pairs.count((False, False))
    below = (a + b) * (b + d) + (a + c) * (c + d)
    kappa = cohen_kappa(pairs)
    assert kappa is None if below == 0 else kappa == pytest.approx(2 * (a * d - b * c) / below)


def test_what_cannot_be_computed_is_none() -> None:
    assert percent_agreement([]) is cohen_kappa([]) is krippendorff_alpha([]) is None
    assert cohen_kappa([(True, True)] * 5) is None
    assert krippendorff_alpha([(True, True)] * 5) is None
    assert krippendorff_alpha([(True, None), (None, False)]) is None
    assert cohen_kappa([(True, False)] * 5) == 0
