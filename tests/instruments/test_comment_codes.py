"""The codes at the beginning of comments, as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.instruments.codebook import shipped_codebook
from journeys.instruments.comment_codes import codes_in_comment

LABELS = shipped_codebook().labels


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("6.7 clinic data", [("6.7", "clinic data")]),
        ("6.7, 6.8 clinic data", [("6.7", "clinic data"), ("6.8", "clinic data")]),
        ("6.7; 8.8", [("6.7", ""), ("8.8", "")]),
        ("6.7 and 6.8: both", [("6.7", "both"), ("6.8", "both")]),
        ("6.7/6.8 & 8.8", [("6.7", ""), ("6.8", ""), ("8.8", "")]),
        ("6.7 6.8 hm", [("6.7", "hm"), ("6.8", "hm")]),
        ("6.7 clinic data; 8.8 to persuade", [("6.7", "clinic data"), ("8.8", "to persuade")]),
        ("6.7 clinic data; as they said", [("6.7", "clinic data; as they said")]),
        ("6.7\n8.8 used\nto persuade", [("6.7", ""), ("8.8", "used\nto persuade")]),
        ("1.10 x", [("1.10", "x")]),
        ("1.1 x", [("1.1", "x")]),
        ("Code 6.7 \u2013 hm", [("6.7", "hm")]),
        ("codes: 6.7, 6.8", [("6.7", ""), ("6.8", "")]),
        ("#6.7", [("6.7", "")]),
        ("[6.7] hm", [("6.7", "hm")]),
        ("(6.7) hm", [("6.7", "hm")]),
        ("6.7. Hm", [("6.7", "Hm")]),
        ("6.7 (clinics)", [("6.7", "(clinics)")]),
        ("6.7, 6.7", [("6.7", "")]),
        ("6.2 JSNA", [("6.2", "")]),
        ("6.2 jsna", [("6.2", "")]),
        ("JSNA", [("6.2", "")]),
        ("6.77 x", [(None, "x")]),
        ("6.7, 6.99 x", [("6.7", "x"), (None, "x")]),
        ("6.7-6.9", [(None, "")]),
        ("6.7 JSNA", [(None, "JSNA")]),
        ("10.30 am they came", []),
        ("3.5% of them", []),
        ("2.5.2011", []),
        ("2011 was hard", []),
        ("see 6.7", []),
        ("lovely", []),
        ("JSNA again?", []),
        ("", []),
    ],
)
def test_what_people_write(words: str, codes: list[tuple[str | None, str]]) -> None:
    assert [(code.key, code.note) for code in codes_in_comment(words, LABELS)] == codes


def test_what_is_said_of_codes() -> None:
    comma, *_ = codes_in_comment("6,7 clinics", LABELS)
    assert (comma.key, comma.message) == ("6.7", f"'6,7' was read as the code 6.7 ({LABELS['6.7']}).")
    unknown, *_ = codes_in_comment("6.77 clinics", LABELS)
    assert unknown.message == "'6.77' is not a code of the codebook."
    assert unknown.remedy.startswith("Did you mean 6.7 (")
    other, *_ = codes_in_comment("6.7 JSNA", LABELS)
    assert "has the key of 6.7" in other.message
    later, *_ = codes_in_comment("6.7 in June, 6.8 too", LABELS)
    assert later.message == "'6.8' among the words of the comment was read as a word, not as a code."


_KEYS = st.lists(st.sampled_from(list(LABELS)), min_size=1, max_size=4, unique=True)
_NOTES = st.text("abc xyz", max_size=12).map(str.strip).filter(lambda note: not note.startswith(("a ", "am", "and")))


@given(st.lists(st.tuples(_KEYS, _NOTES), min_size=1, max_size=3), st.sampled_from([", ", "; ", "/", " and ", ","]))
def test_groups_of_codes_with_what_is_said_of_each(groups: list[tuple[list[str], str]], between: str) -> None:
    words = "\n".join(f"{between.join(keys)} {note}" for keys, note in groups)
    expected: dict[str, str] = {}
    for keys, note in groups:
        for key in keys:
            expected.setdefault(key, note)
    found = {code.key: code.note for code in codes_in_comment(words, LABELS)}
    assert set(found) == set(expected)
    assert all(found[key] in (note, "") for key, note in expected.items())
