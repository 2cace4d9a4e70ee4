"""JSON: items with paths, syntax errors in words, repaired copies."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.instruments.files.json_halves import WholeCharacters
from journeys.instruments.files.json_syntax import flaws
from journeys.instruments.files.jsonfile import JsonItem, Repair, iter_json, repair_json
from journeys.model.problems import Address, Problem, Severity, UnreadableFile

SHARED = Path(__file__).parents[4] / "shared" / "data" / "boulder-minutes.json"


def read(path: Path, items: str | None = None) -> tuple[list[JsonItem], list[Problem]]:
    problems: list[Problem] = []
    return list(iter_json(path, name=f"tables/{path.name}", report=problems.append, items=items)), problems


def items_of(
    tmp_path: Path, data: bytes | str, name: str = "t.json", items: str | None = None
) -> tuple[list[JsonItem], list[Problem]]:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read(path, items)


def refusal(tmp_path: Path, data: bytes | str, items: str | None = None) -> Problem:
    with pytest.raises(UnreadableFile) as refused:
        items_of(tmp_path, data, items=items)
    assert refused.value.problem.remedy
    return refused.value.problem


def test_each_item_knows_the_path_of_its_parts(tmp_path: Path) -> None:
    items, problems = items_of(
        tmp_path, '[{"a": 1}, {"hearings": [{"motion": "to adopt"}], "ayes": 5.5, "nays": null}]'
    )
    assert [item.value for item in items] == [
        {"a": 1},
        {"hearings": [{"motion": "to adopt"}], "ayes": 5.5, "nays": None},
    ]
    cell = items[1].cell("hearings", 0, "motion")
    assert cell.value == "to adopt"
    assert str(cell.address) == "tables/t.json > [1].hearings[0].motion"
    assert items[1].cell("ayes").value == 5.5
    assert items[1].cell("hearings").value is None
    assert items[1].cell("hearings", 7, "motion").value is None
    assert str(items[1].address()) == "tables/t.json > [1]"
    assert problems == []


def test_a_list_deeper_in_the_file_is_named_with_dots(tmp_path: Path) -> None:
    text = '{"about": {"rows": [0]}, "data": {"skip": [[1], {"rows": 2}], "rows": [{"a": 1}, {"a": 2}]}, "end": []}'
    items, _ = items_of(tmp_path, text, items="data.rows")
    assert [(item.path, item.value) for item in items] == [("data.rows[0]", {"a": 1}), ("data.rows[1]", {"a": 2})]
    problem = refusal(tmp_path, text, items="data.lines")
    assert problem.kind == "no_such_list"
    assert problem.remedy == "The names found there are: skip, rows."
    assert refusal(tmp_path, "[1]", items="rows").kind == "no_such_list"


def test_an_object_is_one_item(tmp_path: Path) -> None:
    [item], _ = items_of(tmp_path, '{"title": "Plan"}')
    assert str(item.cell("title").address) == "tables/t.json > title"


def test_json_lines_leave_out_a_bad_line_and_say_so(tmp_path: Path) -> None:
    items, [problem] = items_of(tmp_path, '{"a": 1}\n\n{"a": 2,}\n{"a": {"b": 3}}', name="t.jsonl")
    assert [item.value for item in items] == [{"a": 1}, {"a": {"b": 3}}]
    assert str(items[1].address("a", "b")) == "tables/t.jsonl > line 4.a.b"
    assert str(problem.address) == "tables/t.jsonl > line 3, column 8"
    assert problem.kind == "trailing_comma"


@pytest.mark.parametrize(
    ("text", "place", "kind"),
    [
        ('[\n {"a": 1},\n {"a": 2},\n]', "line 3, column 10", "trailing_comma"),
        ('{"a": 1,\n}', "line 1, column 8", "trailing_comma"),
        ("[1,\n2\n3]", "line 3, column 1", "missing_comma"),
        ('{"a": 1\n "b": 2}', "line 2, column 2", "missing_comma"),
        ('{"a" 1}', "line 1, column 6", "missing_colon"),
        ('{"a": }', "line 1, column 7", "missing_value"),
        ("['a']", "line 1, column 2", "single_quotes"),
        ("// note\n[1]", "line 1, column 1", "comment"),
        ("[1, /* two\n */ 2]", "line 1, column 5", "comment"),
        ("[NaN]", "line 1, column 2", "not_a_value"),
        ("[True]", "line 1, column 2", "not_a_value"),
        ("[-Infinity]", "line 1, column 2", "not_a_value"),
        ("{a: 1}", "line 1, column 2", "unquoted_text"),
        ("[007]", "line 1, column 2", "bad_number"),
        ('["a\\d"]', "line 1, column 4", "bad_escape"),
        ('["a\tb"]', "line 1, column 4", "control_character"),
        ('["one\ntwo"]', "line 1, column 2", "open_quotation"),
        ('[{"a": 1},\n {"a": [2', "line 2, column 10", "cut_off"),
        ("[1]\n[2]", "line 2, column 1", "extra_text"),
        ("[1]]", "line 1, column 4", "wrong_bracket"),
        ('{"a": [1}', "line 1, column 9", "wrong_bracket"),
        ("[1,,2]", "line 1, column 4", "stray_comma"),
        ('["a": 1]', "line 1, column 5", "stray_colon"),
        ("{[1]: 2}", "line 1, column 2", "bad_name"),
        ("[@]", "line 1, column 2", "bad_sign"),
        ("  \n ", "line 2, column 2", "no_value"),
    ],
)
def test_syntax_errors_are_placed_and_named(tmp_path: Path, text: str, place: str, kind: str) -> None:
    problem = refusal(tmp_path, text)
    assert (problem.address.cell, problem.kind) == (place, kind)


def test_a_trailing_comma_in_words(tmp_path: Path) -> None:
    problem = refusal(tmp_path, '[\n"a",\n]')
    assert str(problem).startswith(
        "tables/t.json > line 2, column 4: a comma before the closing bracket ]. Delete that comma."
    )


def test_further_errors_are_reported_too(tmp_path: Path) -> None:
    problems: list[Problem] = []
    path = tmp_path / "t.json"
    path.write_text("[None,\n 'a',\n {b: 1},\n]", encoding="utf-8")
    with pytest.raises(UnreadableFile) as refused:
        list(iter_json(path, name="t.json", report=problems.append))
    assert [p.address.cell for p in (refused.value.problem, *problems)] == [
        "line 1, column 2",
        "line 2, column 2",
        "line 3, column 3",
        "line 3, column 8",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_encodings_are_found_out(tmp_path: Path, encoding: str) -> None:
    [item], problems = items_of(tmp_path, '["Zoë"]'.encode(encoding))
    assert item.value == "Zoë"
    assert problems == []


def test_windows_1252_is_read_with_a_warning(tmp_path: Path) -> None:
    [item], [problem] = items_of(tmp_path, '["Zoë"]'.encode("cp1252"))
    assert item.value == "Zoë"
    assert problem.severity is Severity.WARNING


def test_repeated_names_are_reported_with_their_path(tmp_path: Path) -> None:
    [item], [problem] = items_of(tmp_path, '[{"a": {"b": 1, "b": 2}}]')
    assert item.value == {"a": {"b": 2}}
    assert str(problem.address) == "tables/t.json > [0].a.b"
    assert problem.severity is Severity.WARNING


def test_control_characters_and_endless_texts_are_reported(tmp_path: Path) -> None:
    [item], problems = items_of(tmp_path, json.dumps([{"a": "x\x00y", "b": "z" * 1_000_001}]))
    assert item.value == {"a": "xy", "b": ""}
    assert [p.address.cell for p in problems] == ["[0].a", "[0].b"]


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_nesting_is_bounded(tmp_path: Path, opening: str) -> None:
    assert refusal(tmp_path, opening * 100_000).kind == "unsafe_file"


@pytest.mark.parametrize("number", ["1" * 5000, "1e99999999999999999999"])
def test_absurd_numbers_are_refused_in_words(tmp_path: Path, number: str) -> None:
    assert refusal(tmp_path, f"[{number}]").kind == "bad_number"


def test_a_number_beyond_all_numbers_is_reported(tmp_path: Path) -> None:
    [item], [problem] = items_of(tmp_path, "[1e400]")
    assert item.value is None
    assert problem.kind == "bad_number"


def test_a_copy_is_repaired_and_the_original_is_not_touched(tmp_path: Path) -> None:
    text = '\ufeff[ // minutes\n  {"motion": "to adopt, // 2nd reading,]",},\n  # end\n  "Zoë",\n]'
    path, target = tmp_path / "t.json", tmp_path / "repaired.json"
    path.write_text(text, encoding="utf-8")
    assert repair_json(path, target) == [
        Repair(None, "left out the byte order mark at the beginning"),
        Repair(1, "left out a comment"),
        Repair(2, "left out a comma before the closing bracket }"),
        Repair(3, "left out a comment"),
        Repair(4, "left out a comma before the closing bracket ]"),
    ]
    assert path.read_text(encoding="utf-8") == text
    assert json.loads(target.read_text(encoding="utf-8")) == [{"motion": "to adopt, // 2nd reading,]"}, "Zoë"]
    with pytest.raises(UnreadableFile, match="could not be written"):
        repair_json(path, target)


def test_a_copy_is_converted_to_utf8(tmp_path: Path) -> None:
    (tmp_path / "t.json").write_bytes('["Zoë"]'.encode("cp1252"))
    assert repair_json(tmp_path / "t.json", tmp_path / "copy.json") == [Repair(None, "converted from cp1252 to UTF-8")]
    assert (tmp_path / "copy.json").read_bytes() == '["Zoë"]'.encode()


def test_what_needs_guessing_is_not_repaired(tmp_path: Path) -> None:
    (tmp_path / "t.json").write_text("[1,\n2 3,]", encoding="utf-8")
    with pytest.raises(UnreadableFile) as refused:
        repair_json(tmp_path / "t.json", tmp_path / "copy.json")
    assert refused.value.problem.address.cell == "line 2, column 3"
    assert "by hand" in refused.value.problem.remedy
    assert not (tmp_path / "copy.json").exists()


@pytest.mark.skipif(not SHARED.exists(), reason="the shared minutes of Boulder city council are not here")
def test_the_minutes_of_boulder_as_published_and_repaired(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read(SHARED)
    assert refused.value.problem.kind == "trailing_comma"
    assert str(refused.value.problem.address.cell).startswith("line 1062,")
    assert repair_json(SHARED, tmp_path / "minutes.json") == [
        Repair(1062, "left out a comma before the closing bracket ]")
    ]
    items, _ = read(tmp_path / "minutes.json")
    assert len(items) == 41
    assert sum(len(item.value.get("public_hearings", [])) for item in items) == 60


names = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, allow_infinity=False) | names,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=12,
)


@given(st.lists(values, max_size=4))
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, written: list[Any]) -> None:
    folder = tmp_path_factory.mktemp("json")
    items, problems = items_of(folder, json.dumps(written))
    assert [item.value for item in items] == written
    assert problems == []


@given(st.lists(st.text(st.characters(categories=["Cs", "L", "P"]), max_size=9), max_size=5), st.integers(1, 40))
def test_halves_of_characters_are_said_and_never_read_as_question_marks(written: list[str], size: int) -> None:
    """However the file is cut up as it is read, and whatever backslashes stand around the halves."""
    told: list[Problem] = []
    reader = WholeCharacters(io.StringIO(json.dumps(written)), Address("t.json"), told.append)
    read = b"".join(iter(lambda: reader.read(size), b""))
    whole = [each.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") for each in written]
    assert json.loads(read) == whole
    assert len(told) == sum(each.count("\ufffd") for each in whole)


def test_half_of_a_character_is_named_with_its_line(tmp_path: Path) -> None:
    for name, line in (("t.json", 2), ("t.ndjson", 1)):
        text = '[{"a": "x\\\\n \\\\ud83d \\ud83d y"}]' if name == "t.ndjson" else '[\n{"a": "x\\ud83d y"}]'
        (item,), (problem,) = items_of(tmp_path, text, name)
        assert "\ufffd y" in str(item.value)
        assert "?" not in str(item.value)
        assert str(problem.address) == f"tables/{name} > line {line}"
        assert problem.message.startswith("\\ud83d is half of a character;")


@given(values, st.data())
def test_the_scanner_agrees_with_the_standard_library(value: Any, data: st.DataObject) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=data.draw(st.sampled_from([None, 1])))
    position = data.draw(st.integers(0, len(text) - 1))
    text = (
        text[:position]
        + data.draw(st.sampled_from(["", ",", "]", "}", '"', "x", "0", " ", ":"]))
        + text[position + 1 :]
    )

    def refuse(constant: str) -> None:
        raise ValueError(f"{constant} is a number of Python's alone")

    try:
        json.loads(text, parse_constant=refuse)
        valid = True
    except ValueError:
        valid = False
    assert (next(flaws(text), None) is None) == valid
