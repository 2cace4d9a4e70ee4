"""Regular expressions end in time, whatever they are, and know the letters of all scripts."""

from __future__ import annotations

import re
from contextlib import suppress
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.interpret.tables import patterns
from journeys.interpret.tables.patterns import Condition, SlowPattern, TimedPattern

DANGEROUS = [
    r"(a+)+$", r"(a|a)*$", r"(a|aa)+$", r"(.*a){20}$", r"(a*)*b", r"([a-z]+)*!", r"(\w+\s?)*$!", r"^(([a-z])+.)+[A-Z]$",
    r"(x+x+)+y", r"(a?){30}a{30}b", r"(?=(a+))(\1)+$!", r"(.*)(.*)(.*)(.*)x", r"((a{1,10}){1,10}){1,10}b", r"(a+)+b",
    r"^(a+)*\1$!", r"(\d+(?:\.\d+)*)*z",
]  # fmt: skip
TEXTS = ["a" * 5_000 + "!", "x" * 3_000, "ab " * 3_000, "1.1" * 2_000]


@pytest.mark.parametrize("pattern", DANGEROUS)
def test_a_dangerous_pattern_ends(pattern: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "SECONDS_A_VALUE", 0.1)
    started = monotonic()
    for text in TEXTS:
        with suppress(SlowPattern):
            TimedPattern(pattern).search(text)
    assert monotonic() - started < 10


@pytest.mark.parametrize("bad", ["(", "a" * 3_000, "[z-a]", "(?P<a>x)(?P<a", "((((a{999}){999}){999}){999})"])
def test_what_is_no_pattern_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="pattern"):
        TimedPattern(bad)


def test_letters_of_all_scripts_are_letters() -> None:
    assert next(TimedPattern(r"made by (\w+)").matches("made by Zúñiga"))[1] == "Zúñiga"
    assert TimedPattern(r"\bÉcole\b").search("l' École")
    assert next(TimedPattern(r"\d+(?:\.\d+)*").matches("item 4.12.1 of"))[0] == "4.12.1"


@given(
    st.sampled_from([r"\d+(?:\.\d+)*", r"[ab]+c?", r"(?P<x>\w)\W", r"^a|b$"]),
    st.text(alphabet="ab c.12\n", max_size=30),
)
def test_it_finds_what_pythons_own_engine_finds(pattern: str, text: str) -> None:
    assert [match.span() for match in TimedPattern(pattern).matches(text)] == [
        m.span() for m in re.finditer(pattern, text)
    ]


@pytest.mark.parametrize(
    ("wanted", "value", "holds"),
    [
        ("no", "No ", True), ("no", "unknown", False), ("1", "10", False), ("^Ord", "Ordinance 3", True),
        ("contested", "not contested", False), (".*contested", "not contested", True), ("N/A", "n/a", True),
        ("zoe", "Zoë", True),
    ],
)  # fmt: skip
def test_a_plain_word_is_the_whole_value_and_a_pattern_is_searched(wanted: str, value: str, holds: bool) -> None:
    assert Condition(wanted).holds(value) is holds
