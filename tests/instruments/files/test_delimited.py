"""Delimited text: encodings, delimiters, ragged rows, quotation marks, limits."""

from __future__ import annotations

import csv
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.instruments.files.cells import Row
from journeys.instruments.files.delimited import iter_csv
from journeys.model.problems import Problem, Severity, UnreadableFile


def read(path: Path, **options: str) -> tuple[list[Row], list[Problem]]:
    problems: list[Problem] = []
    return list(iter_csv(path, name=f"tables/{path.name}", report=problems.append, **options)), problems


def rows_of(tmp_path: Path, data: bytes | str, name: str = "t.csv", **options: str) -> tuple[list[Row], list[Problem]]:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read(path, **options)


def refusal(tmp_path: Path, data: bytes | str, **options: str) -> Problem:
    with pytest.raises(UnreadableFile) as refused:
        rows_of(tmp_path, data, **options)
    return refused.value.problem


@pytest.mark.parametrize("delimiter", list(",;\t|"))
def test_the_delimiter_is_found_out(tmp_path: Path, delimiter: str) -> None:
    lines = [["date", "motion", "note"], ["2011-03", "moved, seconded", "a; b"], ["2011-04", "x | y", ""]]
    path = tmp_path / "t.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream, delimiter=delimiter).writerows(lines)
    rows, problems = read(path)
    assert [row.values for row in rows] == lines
    assert problems == []


def test_a_given_delimiter_counts_and_an_impossible_one_is_refused(tmp_path: Path) -> None:
    rows, _ = rows_of(tmp_path, "a,b;c\n1,2;3\n", delimiter=";")
    assert [row.values for row in rows] == [["a,b", "c"], ["1,2", "3"]]
    assert refusal(tmp_path, "a,b\n", delimiter=",,").kind == "bad_delimiter"


def test_excels_separator_line_is_followed_and_counted_as_a_line(tmp_path: Path) -> None:
    rows, _ = rows_of(tmp_path, "sep=;\r\na;b\r\n1,5;2\r\n")
    assert [(row.number, row.values) for row in rows] == [(2, ["a", "b"]), (3, ["1,5", "2"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
def test_unicode_encodings_are_found_out(tmp_path: Path, encoding: str) -> None:
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    rows, problems = rows_of(tmp_path, (mark + "name,role\nZoë Müller,שלום\n").encode(encoding))
    assert [row.values for row in rows] == [["name", "role"], ["Zoë Müller", "שלום"]]
    assert problems == []


def test_windows_1252_is_read_with_a_warning_that_names_the_line(tmp_path: Path) -> None:
    rows, [problem] = rows_of(tmp_path, "name,role\nAna,chair\nZoë,clerk – acting\n".encode("cp1252"))
    assert rows[2].values == ["Zoë", "clerk – acting"]
    assert problem.severity is Severity.WARNING
    assert str(problem.address) == "tables/t.csv > line 3"
    assert "Windows-1252" in problem.message


def test_undecodable_text_is_refused_with_its_line(tmp_path: Path) -> None:
    neither = refusal(tmp_path, b"name\nAna\n\x81\x8d\n")
    assert str(neither.address) == "tables/t.csv > line 3"
    assert "UTF-8" in neither.remedy
    mixed = refusal(tmp_path, "name\nZoë\n".encode() + "Müller\n".encode("cp1252"))
    assert str(mixed.address) == "tables/t.csv > line 3"
    assert "two encodings" in mixed.message
    cut = refusal(tmp_path, "name\nZoë".encode("utf-16")[:-1])
    assert str(cut.address) == "tables/t.csv > line 2"
    unmarked = refusal(tmp_path, "name\nZoë".encode("utf-16-le"))
    assert "UTF-16" in unmarked.message


def test_a_given_encoding_counts(tmp_path: Path) -> None:
    rows, problems = rows_of(tmp_path, "name\nZoë\n".encode("mac-roman"), encoding="mac-roman")
    assert rows[1].values == ["Zoë"]
    assert problems == []
    assert refusal(tmp_path, "a\n", encoding="latin-99").kind == "unknown_encoding"
    assert str(refusal(tmp_path, b"a\n\xff\n", encoding="ascii").address) == "tables/t.csv > line 2"


@pytest.mark.parametrize(
    ("start", "what"), [(b"PK\x03\x04", "Excel"), (b"%PDF-1.7", "PDF"), (b"\xd0\xcf\x11\xe0", "old")]
)
def test_other_formats_with_a_csv_name_are_recognised(tmp_path: Path, start: bytes, what: str) -> None:
    problem = refusal(tmp_path, start + b"\x00rest")
    assert problem.kind == "wrong_format"
    assert what in problem.message


def test_rows_know_the_line_they_begin_on(tmp_path: Path) -> None:
    rows, problems = rows_of(tmp_path, 'a,b\r\n\r\n"two\r\nlines",x\r\n,,\r\nlast,y\r\n')
    assert [(row.number, row.values[0]) for row in rows] == [(1, "a"), (3, "two\r\nlines"), (6, "last")]
    assert problems == []


def test_ragged_rows_are_reported_and_made_to_fit(tmp_path: Path) -> None:
    rows, problems = rows_of(tmp_path, "a,b,c\n1,2\n1,2,3,4\n1,2,3,,\n")
    assert [row.values for row in rows[1:]] == [["1", "2", ""], ["1", "2", "3"], ["1", "2", "3"]]
    assert [(str(p.address), p.severity) for p in problems] == [
        ("tables/t.csv > line 2", Severity.WARNING),
        ("tables/t.csv > line 3", Severity.ERROR),
    ]
    assert "quotation marks" in problems[1].remedy


def test_unnamed_and_repeated_columns_are_reported(tmp_path: Path) -> None:
    _, problems = rows_of(tmp_path, "Name,,name \n1,2,3\n")
    assert {(p.kind, str(p.address)) for p in problems} == {
        ("repeated_column", "tables/t.csv > line 1, column 3"),
        ("unnamed_column", "tables/t.csv > line 1, column 2"),
    }


def test_a_header_alone_is_a_table_without_rows(tmp_path: Path) -> None:
    rows, problems = rows_of(tmp_path, "a,b\n")
    assert [row.values for row in rows] == [["a", "b"]]
    assert problems == []


@pytest.mark.parametrize("data", ["", "\n\n", ",,,\n,,,\n", "\ufeff"])
def test_empty_files_are_refused(tmp_path: Path, data: str) -> None:
    assert refusal(tmp_path, data).kind == "empty_file"


def test_control_characters_are_left_out_and_reported(tmp_path: Path) -> None:
    rows, [problem] = rows_of(tmp_path, "a,b\n1\x00\x07,2\n")
    assert rows[1].values == ["1", "2"]
    assert str(problem.address) == "tables/t.csv > line 2"


def test_a_quotation_mark_that_is_never_closed_is_refused_where_it_opens(tmp_path: Path) -> None:
    problem = refusal(tmp_path, 'a,b\n1,2\n3,"never\n' + "5,6\n" * 1000)
    assert str(problem.address) == "tables/t.csv > line 3"
    assert "never closed" in problem.message
    swallowing = refusal(tmp_path, 'a,b\n3,"never\n' + "5,6789\n" * 200_000)
    assert str(swallowing.address) == "tables/t.csv > line 2"


def test_a_badly_quoted_row_is_reported_and_the_next_is_read(tmp_path: Path) -> None:
    rows, [problem] = rows_of(tmp_path, 'a,b\n"he said "no" to it",2\n3,4\n')
    assert [row.values for row in rows] == [["a", "b"], ["3", "4"]]
    assert problem.severity is Severity.ERROR
    assert str(problem.address) == "tables/t.csv > line 2"


def test_an_endless_line_is_refused(tmp_path: Path) -> None:
    assert str(refusal(tmp_path, "a,b\n" + "1," * 600_000).address) == "tables/t.csv > line 2"


def test_a_long_answer_is_read(tmp_path: Path) -> None:
    answer = "word " * 100_000
    rows, problems = rows_of(tmp_path, f"id,answer\n1,{answer}\n")
    assert rows[1].values == ["1", answer]
    assert problems == []


def test_many_problems_of_one_kind_are_counted_not_listed(tmp_path: Path) -> None:
    rows, problems = rows_of(tmp_path, "a,b\n" + "1\n" * 500)
    assert len(rows) == 501
    assert len(problems) == 21
    assert "480 more places" in problems[-1].message


@pytest.mark.thorough
def test_a_large_file_streams(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    path.write_text("id,title,note\n" + "17,Ordinance 8483,first reading\n" * 100_000, encoding="utf-8")
    tracemalloc.start()
    try:
        count = sum(1 for _ in iter_csv(path, name="large.csv", report=lambda _: None))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 100_001
    assert peak < path.stat().st_size


def test_lock_files_are_passed_over(tmp_path: Path) -> None:
    assert rows_of(tmp_path, "", name=".~lock.t.csv#") == ([], [])


words = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('",;|\t\n\'"'), max_size=12)


def tables(width: int) -> st.SearchStrategy[list[list[str]]]:
    return st.lists(st.lists(words, min_size=width, max_size=width), max_size=6)


@given(table=st.integers(2, 5).flatmap(tables), delimiter=st.sampled_from(",;\t|"))
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str]], delimiter: str
) -> None:
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    width = len(table[0]) if table else 2
    header = [f"column {number}" for number in range(width)]
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream, delimiter=delimiter).writerows([header, *table])
    rows, problems = read(path, delimiter=delimiter)
    assert [row.values for row in rows] == [header, *(cells for cells in table if any(cells))]
    assert problems == []
