"""What is kept of forms survives damage, deletion and two processes, believes no stranger, and is for its owner."""

from __future__ import annotations

import stat
import sys
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeys.instruments.answers import STATUSES, Answer, FilledForm, FilledRow
from journeys.instruments.files.cells import Cell
from journeys.interpret.kept.form_text import ReadForm, from_text, to_text
from journeys.interpret.kept.own_key import own_key
from journeys.interpret.kept.readings import Readings
from journeys.model.problems import Address, Problem, Severity

KEY = bytes(range(32))
WORDS = st.text(max_size=5)
ADDRESSES = st.builds(Address, st.sampled_from(["f.xlsx", "other.xlsx", None]), st.none() | WORDS, st.none() | WORDS)
VALUES = (
    WORDS
    | st.integers(-(2**60), 2**60)
    | st.booleans()
    | st.none()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.dates(min_value=date(1900, 1, 1))
    | st.datetimes(min_value=datetime(1900, 1, 1)).map(lambda when: when.replace(fold=0))
)
CELLS = st.builds(Cell, VALUES, ADDRESSES)
ROWS = st.builds(FilledRow, st.dictionaries(WORDS, CELLS, max_size=2), ADDRESSES)
SOME = st.none() | CELLS
ANSWERS = st.builds(
    Answer, WORDS, st.none() | WORDS, WORDS, st.sampled_from(STATUSES), SOME, SOME, SOME, SOME, SOME, ADDRESSES
)
FORMS = st.builds(
    FilledForm,
    WORDS,
    st.integers(0, 9),
    st.just("f.xlsx"),
    st.dictionaries(WORDS, CELLS, max_size=2),
    st.lists(ANSWERS, max_size=2).map(tuple),
    st.lists(ROWS, max_size=2).map(tuple),
    st.dictionaries(WORDS, st.lists(ROWS, max_size=1).map(tuple), max_size=1),
)
PROBLEMS = st.builds(Problem, WORDS, ADDRESSES, WORDS, WORDS, st.sampled_from(Severity))


@settings(max_examples=50)
@given(st.none() | FORMS, st.lists(PROBLEMS, max_size=2))
def test_a_form_comes_back_as_it_was_read(form: FilledForm | None, problems: list[Problem]) -> None:
    text = to_text(ReadForm(form, problems), "f.xlsx")
    assert text is not None
    # repr: equality leaves addresses out, and takes 1, 1.0 and True for the same.
    assert repr(from_text(text, "f.xlsx")) == repr(ReadForm(form, problems))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**70, "\ud800"])
def test_what_json_cannot_hold_is_not_kept(value: float | str) -> None:
    form = FilledForm("x", 1, "f.xlsx", {"a": Cell(value, Address("f.xlsx"))})
    assert to_text(ReadForm(form, []), "f.xlsx") is None


def test_what_was_put_is_there_the_next_time_and_goes_when_nobody_asks(tmp_path: Path) -> None:
    path = tmp_path / "readings.sqlite"
    with Readings(path, KEY) as kept:
        one, two = kept.key("a", "1"), kept.key("a", "2")
        kept.put(one, b"first")
        kept.put(two, b"second")
        kept.save(forget_others=True)
    with Readings(path, KEY) as kept:
        assert (kept.get(one), kept.get(kept.key("a", "3"))) == (b"first", None)
        kept.save(forget_others=True)
    with Readings(path, KEY) as kept:
        assert (kept.has(one), kept.has(two)) == (True, False)
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_stranger_cannot_put_answers_into_it(tmp_path: Path) -> None:
    path = tmp_path / "readings.sqlite"
    with Readings(path, b"s" * 32) as strange:
        key = strange.key("a")
        strange.put(key, b"what no form says")
        strange.save(forget_others=False)
    with Readings(path, KEY) as kept:
        assert kept.get(key) is None
        assert kept.key("a") != key


@pytest.mark.parametrize("damage", ["cut", "garbage", "byte", "empty", "gone"])
def test_a_damaged_file_only_means_reading_again(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "readings.sqlite"
    with Readings(path, KEY) as kept:
        keys = [kept.key(str(number)) for number in range(500)]
        for key in keys:
            kept.put(key, b"x" * 100)
        kept.save(forget_others=True)
    whole = path.read_bytes()
    if damage == "gone":
        path.unlink()
    else:
        half = len(whole) // 2
        path.write_bytes(
            {"cut": whole[:half], "garbage": b"not a database" * 99, "empty": b"",
             "byte": whole[:half] + bytes([whole[half] ^ 1]) + whole[half + 1 :]}[damage]
        )  # fmt: skip
    with Readings(path, KEY) as kept:
        assert {kept.get(key) for key in keys} <= {None, b"x" * 100}
        kept.put(keys[0], b"anew")
        assert kept.get(keys[0]) == b"anew"
        kept.save(forget_others=False)
    with Readings(path, KEY) as kept:
        kept.put(keys[0], b"anew")
        kept.save(forget_others=True)
    with Readings(path, KEY) as kept:
        assert kept.get(keys[0]) == b"anew"


def test_two_at_once_do_not_wait_for_each_other(tmp_path: Path) -> None:
    path = tmp_path / "readings.sqlite"
    with Readings(path, KEY) as one, Readings(path, KEY) as two:
        one.put(one.key("1"), b"1")
        two.put(two.key("2"), b"2")
        one.save(forget_others=True)
        two.save(forget_others=False)
        assert (two.get(two.key("1")), one.get(one.key("2"))) == (b"1", b"2")


def test_the_key_is_the_persons_own_and_stays(tmp_path: Path) -> None:
    made = own_key(tmp_path / "settings")
    own_key.cache_clear()
    assert made is not None
    assert made == own_key(tmp_path / "settings")
    assert made != own_key(tmp_path / "other")
