"""What people write under *Bears on*."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.instruments.bears_on import BearingReader, ReadBearing
from journeys.instruments.summary_tables import shipped_summary_tables
from journeys.model.schema import load_schema

SHIPPED = shipped_summary_tables()
SCHEMA = load_schema()
READER = BearingReader(SHIPPED, SCHEMA.terms("bearing"), SCHEMA.terms("confidence"))


def short(found: list[ReadBearing]) -> list[tuple[str | None, str | None, str | None]]:
    return [(each.row.id if each.row else None, each.direction, each.confidence) for each in found]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("supports T1-07", [("T1-07", "supports", None)]),
        ("Contradicts: t1-7 (High)", [("T1-07", "contradicts", "high")]),
        ("evidence against T 2.1\u201305", [("T2.1-05", "contradicts", None)]),
        ("for T1-07", [("T1-07", "supports", None)]),
        ("fills the gap T1-10; an example of L1-02", [("T1-10", "fills_gap", None), ("L1-02", "instance", None)]),
        ("RQ1a\nrq3E", [("RQ1a", None, None), ("RQ3e", None, None)]),
        ("T1-04 Routine ethnic monitoring often poor; Qs often not asked on ethnicity, but some areas of\u2026",
         [("T1-04", None, None)]),
        ("supports T1-04 Routine ethnic monitoring often poor; Qs often not asked; contradicts T1-02",
         [("T1-04", "supports", None), ("T1-02", "contradicts", None)]),
        ("supports: vested interests", [("T3-11", "supports", None)]),
        ("supports burden of proof", [("T3-13", "supports", None)]),
    ],
)  # fmt: skip
def test_rows_by_id_and_by_words(written: str, read: list[tuple[str | None, str | None, str | None]]) -> None:
    assert short(READER.read(written)) == read


def test_a_word_of_a_row_is_not_taken_for_how_it_is_borne_on() -> None:
    (found,) = READER.read("support patient choice")
    assert found.row is None or found.direction is None
    assert "occurs in" in found.message


def test_words_of_several_rows_list_them_and_unknown_ids_name_the_nearest() -> None:
    several, unknown, nothing = READER.read("ethnic monitoring; T1-77; zebra crossing")
    assert several.row is None
    assert "'ethnic monitoring' occurs in 5 rows" in several.message
    assert "T1-04 Routine ethnic monitoring" in several.remedy
    assert "L3-02 " in several.remedy
    assert unknown.row is None
    assert unknown.message == "'T1-77' is not a row of the summary tables."
    assert "T1-07 National directives useful" in unknown.remedy
    assert nothing.row is None
    assert "No row of the summary tables has the words" in nothing.message


def test_words_that_are_not_the_rows_own_are_said() -> None:
    (found,) = READER.read("T1-07 as Ann said on Monday")
    assert found.row is not None
    assert found.row.id == "T1-07"
    assert "'as Ann said on Monday' is not what T1-07" in found.message


@given(st.lists(st.tuples(st.sampled_from(sorted(SHIPPED.rows)), st.sampled_from(["", "supports ", "contradicts: "]),
                          st.sampled_from(["", " (low)"]), st.booleans()), min_size=1, max_size=4),
       st.sampled_from(["; ", "\n", " ;"]))  # fmt: skip
def test_whatever_a_drop_down_offers_is_read_as_its_row(
    entries: list[tuple[str, str, str, bool]], between: str
) -> None:
    cell = between.join(f"{how}{SHIPPED.rows[row].shown if whole else row}{sure}" for row, how, sure, whole in entries)
    directions = {"": None, "supports ": "supports", "contradicts: ": "contradicts"}
    expected = [(row, directions[how], "low" if sure else None) for row, how, sure, _ in entries]
    assert short(READER.read(cell)) == expected
