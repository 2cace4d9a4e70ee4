"""Values as text, addresses, cell references."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.instruments.files.cells import Cell, Row, Value, column_index, column_letters, split_reference, text
from journeys.model.problems import Address


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (1.0, "1"),
        (1e16, "10000000000000000"),
        (0.25, "0.25"),
        (7, "7"),
        (True, "TRUE"),
        (date(2011, 3, 5), "2011-03-05"),
        (datetime(2011, 3, 5), "2011-03-05"),
        (datetime(2011, 3, 5, 14, 30), "2011-03-05T14:30:00"),
        ("007", "007"),
        ("  Ana\u00a0Ruiz \u200b", "Ana Ruiz"),
        ("Jose\u0301", "José"),
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree"),
        ("שלום", "שלום"),
    ],
)
def test_text_is_what_one_would_type(value: Value, expected: str) -> None:
    assert text(value) == expected
    assert Cell(value, Address()).text == expected


def test_a_row_makes_addresses_for_a_sheet_and_for_a_text_file() -> None:
    in_sheet = Row(["a", "b"], 7, Address("forms/x.xlsx", "Journey"))
    assert str(in_sheet.cell(1).address) == "forms/x.xlsx > Journey > B7"
    assert str(in_sheet.address()) == "forms/x.xlsx > Journey > row 7"
    in_text = Row(["a", "b"], 12, Address("tables/x.csv"))
    assert str(in_text.cell(1).address) == "tables/x.csv > line 12, column 2"
    assert str(in_text.address()) == "tables/x.csv > line 12"
    assert in_text.cell(9).value is None


@given(st.integers(0, 16383))
def test_column_letters_and_index_are_inverse(column: int) -> None:
    assert column_index(column_letters(column)) == column


def test_references() -> None:
    assert split_reference("C7") == (7, 2)
    assert split_reference("$XFD$1048576") == (1048576, 16383)
    assert split_reference("C0") is None
    assert split_reference("#REF!") is None
