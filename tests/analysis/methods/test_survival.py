"""How far journeys get, against published intervals and survival curves."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.analysis.methods.survival import Reached, kaplan_meier, stage_survival

STAGES = (
    "impetus",
    "generation_access",
    "appraisal",
    "synthesis",
    "presentation_application",
    "use",
    "contestation",
    "impact",
)


def _wilson(successes: int, n: int, **options) -> tuple[float, float]:
    """The interval of a curve of ``n`` journeys of which ``successes`` reached the only stage."""
    journeys = [Reached(number, "all", frozenset({"use"} if number < successes else ())) for number in range(n)]
    [curve] = stage_survival(journeys, ("use",), **options)
    return curve.points[0].low, curve.points[0].high


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilsons_interval_is_that_of_newcombe_1998(successes, n, low, high):
    """Table I, method 3: the score interval without continuity correction."""
    found = _wilson(successes, n)
    assert (round(found[0], 4), round(found[1], 4)) == (low, high)


def test_wilsons_interval_at_the_edges():
    assert _wilson(20, 20) == (pytest.approx(1 - 0.1611, abs=1e-4), 1.0)
    with pytest.raises(ValueError, match="confidence"):
        _wilson(1, 2, confidence=95)


def test_kaplan_meier_of_freireich_1963():
    """Weeks in remission under 6-mercaptopurine (Freireich et al. 1963), with Greenwood's errors."""
    ended = (6, 6, 6, 7, 10, 13, 16, 22, 23)
    followed = (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
    steps = kaplan_meier([*ended, *followed], [True] * len(ended) + [False] * len(followed))
    assert [(step.time, step.at_risk, step.events) for step in steps] == [
        (6, 21, 3), (7, 17, 1), (10, 15, 1), (13, 12, 1), (16, 11, 1), (22, 7, 1), (23, 6, 1),
    ]  # fmt: skip
    assert [round(step.survival, 3) for step in steps] == [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert [round(step.error, 3) for step in steps] == [0.076, 0.087, 0.096, 0.107, 0.114, 0.128, 0.135]


def test_kaplan_meier_at_the_edges():
    assert kaplan_meier([], []) == ()
    assert kaplan_meier([1, 2], [False, False]) == ()
    [step] = kaplan_meier([1], [True])
    assert (step.survival, step.error) == (0, None)
    with pytest.raises(ValueError, match="zip"):
        kaplan_meier([1], [])


def _journeys():
    return [
        Reached("j1", "census", frozenset({"impetus", "use"})),
        Reached("j2", "census", frozenset({"impetus"})),
        Reached("j3", "census", frozenset({"appraisal", "contestation"}), ended=False),
        Reached("j4", "census", frozenset()),
        Reached("j5", "survey", frozenset({"impact"})),
    ]


def test_the_share_that_reached_a_stage_or_a_later_one():
    census, survey = stage_survival(_journeys(), ("impetus", "appraisal", "use", "impact"))

    assert (census.group, census.n, survey.group, survey.n) == ("census", 4, "survey", 1)
    assert [point.reached for point in census.points] == [3, 2, 1, 0]
    assert [point.recorded for point in census.points] == [2, 1, 1, 0]
    assert [point.survived for point in census.points] == [0.75, 0.5, 0.25, 0]
    assert [point.stopped for point in census.points] == [("j2",), (), ("j1",), ()]
    assert [point.going for point in census.points] == [(), ("j3",), (), ()]
    assert (census.never, census.not_started) == (("j4",), ())
    assert (census.points[1].low, census.points[1].high) == _wilson(2, 4)
    assert [point.survived for point in survey.points] == [1, 1, 1, 1]


def test_a_journey_still_going_is_censored_at_its_furthest_stage():
    census, _ = stage_survival(_journeys(), ("impetus", "appraisal", "use", "impact"), censored=True)

    # 1 of 4 never starts, 1 of 3 stops at the impetus, j3 leaves unjudged, the last stops at use.
    assert [point.survived for point in census.points] == pytest.approx([3 / 4, 1 / 2, 1 / 2, 0])
    # 3/4 with Greenwood's variance (3/4)^2 / (4 * 3): the published log-log form, worked out by hand.
    spread = math.exp(1.959964 * math.sqrt(1 / 12) / abs(math.log(0.75)))
    first = census.points[0]
    assert (first.low, first.high) == pytest.approx((0.75**spread, 0.75 ** (1 / spread)))
    assert (census.points[3].low, census.points[3].high) == (0, 1)


def test_the_order_is_a_parameter():
    journey = Reached("j", None, frozenset({"contestation"}))
    [late] = stage_survival([journey], STAGES)
    assert [point.reached for point in late.points] == [1] * 7 + [0]
    [left_aside] = stage_survival([journey], ("use", "impact"))
    assert left_aside.never == ("j",)
    assert stage_survival([], STAGES) == ()
    for order in ((), ("use", "use")):
        with pytest.raises(ValueError, match="stage"):
            stage_survival([journey], order)
    with pytest.raises(ValueError, match="twice"):
        stage_survival([journey, journey], STAGES)


_some = st.dictionaries(
    st.integers(0, 50), st.tuples(st.sampled_from("xyz"), st.frozensets(st.sampled_from(STAGES)), st.booleans())
)


@given(_some, st.booleans())
def test_curves_fall_and_intervals_hold_them(found, censored):
    journeys = [Reached(name, *parts) for name, parts in found.items()]
    for curve in stage_survival(journeys, STAGES, censored=censored):
        shares = [1.0, *(point.survived for point in curve.points)]
        assert shares == sorted(shares, reverse=True)
        assert all(
            0 <= point.low <= point.survived + 1e-12 and point.survived - 1e-12 <= point.high <= 1
            for point in curve.points
        )
        ends = [name for point in curve.points for name in (*point.stopped, *point.going)]
        assert sorted([*ends, *curve.never, *curve.not_started]) == sorted(
            name for name, parts in found.items() if parts[0] == curve.group
        )


@given(_some)
def test_without_a_censored_journey_both_are_the_same(found):
    journeys = [Reached(name, group, stages) for name, (group, stages, _) in found.items()]
    for plain, estimated in zip(
        stage_survival(journeys, STAGES), stage_survival(journeys, STAGES, censored=True), strict=True
    ):
        assert [point.survived for point in estimated.points] == pytest.approx(
            [point.survived for point in plain.points]
        )


@given(_some, st.randoms())
def test_the_order_of_the_journeys_does_not_matter(found, random):
    journeys = [Reached(name, *parts) for name, parts in found.items()]
    shuffled = list(journeys)
    random.shuffle(shuffled)
    assert stage_survival(journeys, STAGES, censored=True) == stage_survival(shuffled, STAGES, censored=True)
