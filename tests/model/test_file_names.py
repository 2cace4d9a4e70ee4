"""Names of files that are written: they stay in their folder, on every system, whatever the text."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.model.file_names import file_stem


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("D07", "D07"),
        ("/../../../x", "x"),
        ("..\\..\\x", "x"),
        ("N/12/2011", "N-12-2011"),
        ("C:evil", "C-evil"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("…", "unnamed"),
        ("Küche 3", "Küche-3"),
        ("a\x1b[31mb\u202ec", "a-31mb-c"),
        ("", "unnamed"),
    ],
)
def test_stems(text: str, stem: str) -> None:
    assert file_stem(text) == stem


@given(st.text(), st.booleans())
def test_a_stem_is_one_name_on_every_system(text: str, ascii_only: bool) -> None:
    stem = file_stem(text, ascii_only=ascii_only)
    for kind in (PurePosixPath, PureWindowsPath):
        path = kind(f"{stem}.xlsx")
        assert path.parts == (f"{stem}.xlsx",)
        assert not (isinstance(path, PureWindowsPath) and path.is_reserved())
    assert 1 <= len(stem) <= 81
    assert stem.isprintable()
    assert not ascii_only or stem.isascii()


@given(st.lists(st.text(max_size=6), max_size=8))
def test_names_that_are_taken_differ_even_where_case_does_not_count(texts: list[str]) -> None:
    taken: set[str] = set()
    names = [file_stem(text, taken=taken).casefold() for text in texts]
    assert len(set(names)) == len(names)
