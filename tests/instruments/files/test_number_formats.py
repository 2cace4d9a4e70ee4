"""Numbers as spreadsheets show them. What is expected was read off the formats' definition, not off the code."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.instruments.files.number_formats import BUILT_IN, loses_digits, shown_number, shown_text

SHOWN = [
    (0.25, "0%", "25%"), (0.255, "0.0%", "25.5%"), (1.1, "0.00", "1.10"), (7, "000", "007"), (1, '"D"00', "D01"),
    (1, "\\D00", "D01"), (1200, "#,##0", "1,200"), (1234567.891, "#,##0.00", "1,234,567.89"), (0, "#,##0.00", "0.00"),
    (1200, '"\u00a3"#,##0', "\u00a31,200"), (1200, "[$\u00a3-809]#,##0.00", "\u00a31,200.00"),
    (1200, "#,##0\\ [$kr-41D]", "1,200 kr"), (-1200, "#,##0;[Red]-#,##0", "-1,200"),
    (-1200, "#,##0_);(#,##0)", "(1,200)"), (-5, "0.00", "-5.00"),
    (-0.2, "0", "0"), (2.5, "0", "3"), (1.5, "# ?/?", "1 1/2"), (0.333, "# ??/??", "1/3"),
    (1.25, "# ?/4", "1 1/4"), (2, "# ?/?", "2"), (12345, "0.00E+00", "1.23E+04"), (0.00012, "0.00E+00", "1.20E-04"),
    (12345, "##0.0E+0", "12.3E+3"), (1234567, '0.0,,"M"', "1.2M"), (1234567, "#,##0,", "1,235"),
    (123456789, "000-00-0000", "123-45-6789"), (7700900123, "00000000000", "07700900123"), (0.5, "#.##", ".5"),
    (12.3, '0.0 "km"', "12.3 km"), (3, 'General" people"', "3 people"), (0, '0;-0;"none"', "none"),
    (50, '[<100]"few";"many"', "few"), (500, '[<100]"few";"many"', "many"), (0, ";;;", ""), (9, ";;;", ""),
]  # fmt: skip


@pytest.mark.parametrize(("value", "code", "expected"), SHOWN, ids=[f"{value} {code}" for value, code, _ in SHOWN])
def test_a_number_is_shown_as_a_person_sees_it(value: float, code: str, expected: str) -> None:
    assert shown_number(value, code) == expected


@pytest.mark.parametrize("code", ["General", "@", "yyyy-mm-dd", "d mmm", "[h]:mm", "dddd", '"on "d'])
def test_dates_and_general_numbers_are_not_for_this_reader(code: str) -> None:
    assert shown_number(41000, code) is None


def test_text_has_formats_too() -> None:
    assert [shown_text("7", code) for code in ('"D"@', "@", "0;-0;0;@", ";;;", "0")] == ["D7", None, None, "", None]


@given(st.decimals(min_value=0, max_value=10**9, places=4, allow_nan=False))
def test_grouped_numbers_agree_with_python(number: Decimal) -> None:
    value = float(number)
    rounded = Decimal(repr(value)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert shown_number(value, "#,##0.00") == f"{rounded:,.2f}"
    lost = abs(rounded - Decimal(repr(value))) > Decimal("1e-12") * max(1, rounded)
    assert loses_digits(value, f"{rounded:,.2f}") == lost


@given(st.integers(min_value=0, max_value=10**7), st.integers(min_value=1, max_value=9))
def test_leading_zeros_agree_with_python(value: int, width: int) -> None:
    assert shown_number(value, "0" * width) == str(value).zfill(width)


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from([*BUILT_IN.values(), "0.0,", "??0.0?", "#/#"]))
def test_any_number_is_shown_somehow(value: float, code: str) -> None:
    assert shown_number(value, code) is not None


@given(st.floats(-1e6, 1e6), st.text(alphabet='0#?.,%;"\\_*[]@E+-/ dmy<>=$x', max_size=12))
def test_no_format_is_too_odd(value: float, code: str) -> None:
    shown_number(value, code)
    shown_text("x", code)
