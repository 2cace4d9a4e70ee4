"""Tables in terminals of several widths: no word is broken, nothing is lost, and no line is too long."""

from __future__ import annotations

import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from journeys.views.terminal.fitting_table import FittingTable

COLUMNS = ("actor", "organisation kind", "reported not to have happened", "n")
ROWS = [
    ("Mina V.", "voluntary, community or faith organisation", "", 3),
    ("National visitors", "national body", "Northtown commissioning consortium", 0),
]


def printed(table: FittingTable, width: int) -> list[str]:
    out = io.StringIO()
    Console(file=out, width=width, color_system=None, legacy_windows=False).print(table)
    return out.getvalue().splitlines()


def cells(line: str) -> int:
    """Terminal cells by the Unicode database: two for a wide character, none for a combining one."""
    return sum(
        0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in line
    )


@pytest.mark.parametrize("width", [20, 30, 40, 60, 80, 100, 120, 200])
def test_no_word_is_broken_at_any_width(width: int) -> None:
    lines = printed(FittingTable(COLUMNS, ROWS), width)

    assert max(map(cells, lines)) <= width
    wanted = {word for row in ROWS for value in row for word in str(value).split()}
    assert wanted <= {word for line in lines for word in line.split()}


def test_what_fits_stands_side_by_side_with_its_headings_above() -> None:
    lines = printed(FittingTable(COLUMNS, ROWS), 130)

    assert len(lines) == 3
    assert lines[0].split("  ")[0] == "actor"
    assert lines[2].index("Northtown") == lines[0].index("reported")
    assert lines[1].index("voluntary") == lines[0].index("organisation kind")


def test_narrow_columns_keep_their_words_and_wide_ones_share_the_rest() -> None:
    widths = FittingTable(COLUMNS, ROWS).widths(60)

    assert widths is not None
    assert sum(widths) + 2 * 3 == 60
    longest = (8, 12, 13, 1)  # National, organisation, commissioning, n
    assert all(width >= least for width, least in zip(widths, longest, strict=True))


def test_the_last_width_at_which_a_table_fits_is_that_of_its_longest_words() -> None:
    table = FittingTable(COLUMNS, ROWS)
    enough = 8 + 12 + 13 + 1 + 2 * 3

    assert table.widths(enough) == [8, 12, 13, 1]
    assert table.widths(enough - 1) is None


def test_rows_that_do_not_fit_are_blocks_of_labelled_lines_without_empty_cells() -> None:
    assert printed(FittingTable(COLUMNS, ROWS), 39) == [
        "actor: Mina V.",
        " organisation kind: voluntary,",
        "   community or faith organisation",
        " n: 3",
        "",
        "actor: National visitors",
        " organisation kind: national body",
        " reported not to have happened:",
        "   Northtown commissioning consortium",
        " n: 0",
    ]


def test_a_table_without_rows_that_does_not_fit_names_its_columns() -> None:
    assert printed(FittingTable(COLUMNS, []), 30) == [
        "actor, organisation kind,",
        "  reported not to have",
        "  happened, n",
    ]


def test_wide_characters_take_two_cells_and_may_be_broken_anywhere() -> None:
    table = FittingTable(("名前", "note"), [("北町糖尿病再設計委員会", "short"), ("田中", "longer words")])

    assert table.widths(10) == [2, 6]
    for width in (10, 14, 20, 40):
        lines = printed(table, width)
        assert max(map(cells, lines)) <= width
    assert "北町糖尿病再設計委員会" in "".join(printed(table, 40))


def test_an_address_longer_than_the_line_is_the_only_word_that_is_broken() -> None:
    address = "https://example.org/" + "minutes/" * 12
    lines = printed(FittingTable(("title", "address"), [("Minutes of the board", address)]), 40)

    assert "title: Minutes of the board" in lines
    assert address in "".join(line.strip() for line in lines)


def test_markup_and_escapes_in_cells_mean_nothing() -> None:
    lines = printed(FittingTable(("a[b]",), [("[bold]x[/bold] \x1b[31mred",)]), 40)

    assert [line.rstrip() for line in lines] == ["a[b]", "[bold]x[/bold] red"]


TEXTS = st.text(st.sampled_from("ab é北 -"), max_size=24)


@given(
    st.integers(1, 5).flatmap(
        lambda n: st.tuples(st.lists(TEXTS, min_size=n, max_size=n), st.lists(st.lists(TEXTS, min_size=n, max_size=n)))
    ),
    st.integers(16, 120),
)
def test_no_line_is_ever_too_long(content: tuple[list[str], list[list[str]]], width: int) -> None:
    columns, rows = content

    assert all(cells(line) <= width for line in printed(FittingTable(columns, rows), width))
