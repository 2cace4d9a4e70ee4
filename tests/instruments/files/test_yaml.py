"""YAML: everything as written, with lines; repetition, references and tags kept within bounds."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from journeys.instruments.files.yamlfile import YamlNode, read_yaml
from journeys.model.problems import Problem, Severity, UnreadableFile


def tree(tmp_path: Path, data: bytes | str) -> tuple[YamlNode, list[Problem]]:
    path = tmp_path / "t.yaml"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    problems: list[Problem] = []
    return read_yaml(path, name="forms/t.yaml", report=problems.append), problems


def refusal(tmp_path: Path, data: bytes | str) -> Problem:
    with pytest.raises(UnreadableFile) as refused:
        tree(tmp_path, data)
    assert refused.value.problem.remedy
    return refused.value.problem


def plain(node: YamlNode) -> object:
    if isinstance(node.value, dict):
        return {name: plain(value) for name, value in node.items()}
    return [plain(value) for value in node] if isinstance(node.value, list) else node.value


def test_scalars_stay_as_they_were_written(tmp_path: Path) -> None:
    text = """
month: 2011-03
day: 2011-03-05
answer: no
switch: on
number: 007
octal: 0o14
time: 12:30
empty:
tilde: ~
quoted: ''
word: "null"
block: |
  first line
  second: line
"""
    root, problems = tree(tmp_path, text)
    assert plain(root) == {
        "month": "2011-03",
        "day": "2011-03-05",
        "answer": "no",
        "switch": "on",
        "number": "007",
        "octal": "0o14",
        "time": "12:30",
        "empty": None,
        "tilde": None,
        "quoted": "",
        "word": "null",
        "block": "first line\nsecond: line\n",
    }
    assert [problem.kind for problem in problems] == ["null_word"]


def test_every_node_knows_its_line_and_path(tmp_path: Path) -> None:
    root, _ = tree(tmp_path, "title: Plan\npeople:\n  - name: Ana\n    roles:\n      - chair\n      - clerk\n")
    people = root.get("people")
    assert people is not None
    [ana] = people
    roles = ana.get("roles")
    assert roles is not None
    clerk = list(roles)[1]
    assert clerk.value == "clerk"
    assert str(clerk.address) == "forms/t.yaml > line 6 (people[0].roles[1])"
    assert (root.line, people.line, ana.line, roles.line) == (1, 3, 3, 5)
    assert root.get("absent") is None
    assert people.get("name") is None
    assert list(root) == []
    assert roles.value is not None


def test_a_name_said_twice_is_an_error_and_the_first_is_kept(tmp_path: Path) -> None:
    root, [problem] = tree(tmp_path, "a: 1\nb: 2\na: 3\n")
    assert plain(root) == {"a": "1", "b": "2"}
    assert str(problem.address) == "forms/t.yaml > line 3"
    assert problem.severity is Severity.ERROR
    assert "line 1" in problem.message


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a:\n\t- b\n", 2, "tab"),
        ("a: b: c\n", 1, "colon"),
        ("a: 'b\n", 1, "never closed"),
        ("a: 'it's'\n", 1, "behind a closing"),
        ("a: [1,\n 2\n", 1, "brackets"),
        ("a: 1\nb: 'c\nd: 2\ne: 3", 2, "never closed"),
        ("- a\nb: c\n", 2, "lines above"),
        ("a: @x\n", 1, "signs"),
        ("a: b\nc\n", 2, "colon"),
        ('a: "x\\q"\n', 1, "backslash"),
        ("a: b\nc: x\x07\n", 2, "control character"),
        ("a: *b\n", 1, "refers to nothing"),
        ("key: - a\n", 1, "list begins"),
    ],
)
def test_syntax_errors_are_placed_and_said_in_words(tmp_path: Path, text: str, line: int, words: str) -> None:
    problem = refusal(tmp_path, text)
    assert problem.kind == "bad_yaml"
    assert problem.address.cell == f"line {line}"
    assert words in problem.message


def test_control_characters_written_as_escapes_are_left_out_and_said(tmp_path: Path) -> None:
    root, problems = tree(tmp_path, 'a: "x\\e[2Jy\\uFFFF"\nb:\n  - "\\0"\n"c\\x7f": "tab\\tand\\nline"\n')
    assert plain(root) == {"a": "x[2Jy", "b": [""], "c": "tab\tand\nline"}
    assert [(each.kind, each.severity, each.address.cell) for each in problems] == [
        ("control_characters", Severity.WARNING, f"line {line}") for line in (1, 3, 4)
    ]


def test_references_are_followed(tmp_path: Path) -> None:
    root, problems = tree(tmp_path, "a: &x [1, 2]\nb: *x\n")
    assert plain(root) == {"a": ["1", "2"], "b": ["1", "2"]}
    assert problems == []


def test_a_billion_laughs_are_refused(tmp_path: Path) -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{this}: &{this} [{', '.join([f'*{before}'] * 9)}]" for before, this in pairwise("abcdefghi")]
    problem = refusal(tmp_path, "\n".join(lines))
    assert problem.kind == "unsafe_file"
    assert problem.address.cell == "line 6"


def test_a_reference_to_itself_is_refused(tmp_path: Path) -> None:
    assert "refers to nothing" in refusal(tmp_path, "a: &x [*x]\n").message


def test_merged_mappings_are_refused_in_words(tmp_path: Path) -> None:
    root, [problem] = tree(tmp_path, "a: &x {b: 1}\nc:\n  <<: *x\n  d: 2\n")
    assert plain(root) == {"a": {"b": "1"}, "c": {"d": "2"}}
    assert problem.address.cell == "line 3"


def test_tags_build_nothing(tmp_path: Path) -> None:
    root, [problem] = tree(tmp_path, "a: !!python/object/apply:os.system ['echo']\nb: !!str 12\n")
    assert plain(root) == {"a": ["echo"], "b": "12"}
    assert str(problem.address) == "forms/t.yaml > line 1"
    assert "!!python/object/apply:os.system" in problem.message


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 100_000, "- " * 100_000])
def test_nesting_is_bounded(tmp_path: Path, text: str) -> None:
    assert refusal(tmp_path, text).kind == "unsafe_file"


def test_a_second_document_may_be_broken(tmp_path: Path) -> None:
    root, problems = tree(tmp_path, 'a: ~\nb: c\n---\n"d\n')
    assert plain(root) == {"a": None, "b": "c"}
    assert [problem.kind for problem in problems] == ["second_document", "null_word"]


def test_a_second_document_is_reported(tmp_path: Path) -> None:
    root, [problem] = tree(tmp_path, "a: 1\n---\nb: 2\n")
    assert plain(root) == {"a": "1"}
    assert str(problem.address) == "forms/t.yaml > line 2"


def test_a_list_as_a_name_is_reported(tmp_path: Path) -> None:
    root, [problem] = tree(tmp_path, "? [a, b]\n: c\nd: e\n")
    assert plain(root) == {"d": "e"}
    assert problem.kind == "bad_name"


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n", "~\n"])
def test_empty_files_are_refused(tmp_path: Path, text: str) -> None:
    assert refusal(tmp_path, text).kind == "empty_file"


def test_encodings(tmp_path: Path) -> None:
    root, problems = tree(tmp_path, "\ufeffname: Zoë\n".encode("utf-16-le"))
    assert plain(root) == {"name": "Zoë"}
    assert problems == []
    root, [problem] = tree(tmp_path, "name: Zoë\n".encode("cp1252"))
    assert plain(root) == {"name": "Zoë"}
    assert problem.kind == "not_utf8"


def test_a_file_too_large_for_yaml_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, "a: b\n" * 2_000_001).kind == "too_large"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("quote: see #3", [("line 1", "#3")]),
        ("a: one\nquote: Option #2 was best # really\n", [("line 2", "#2 was best # really")]),
        ("place: #3\nquote: q", [("line 1", "#3")]),
        ("place: p. 3\t#4", [("line 1", "#4")]),
        ("rows:\n  - {who: Mina} # she\n  - who: Sam # he", [("line 2", "# she"), ("line 3", "# he")]),
        ("quote: 'see #3'\nother: \"a # b\"", []),
        ("quote: |\n  see #3\n  # and this\nother: x", []),
        ("quote: C#\nurl: http://x/#top", []),
        ("# one\n  # two\na: b\n# three\n", []),
        ("a: b ###\n", []),
    ],
)
def test_words_behind_a_number_sign_are_said_to_be_no_part_of_the_answer(
    tmp_path: Path, text: str, said: list[tuple[str, str]]
) -> None:
    _, problems = tree(tmp_path, text)
    assert [(each.kind, each.severity, each.address.cell) for each in problems] == [
        ("ignored_text", Severity.WARNING, line) for line, _ in said
    ]
    assert all(f"'{words}'" in each.message for each, (_, words) in zip(problems, said, strict=True))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("answer: null", ["null here was read as nothing, as if the place were empty."]),
        ("a: b\nrows:\n  - who: ~\n    what: NULL\n", ["~ here (and in 1 other place) was read as nothing"]),
        ("rows: [Null, x]", ["Null here was read as nothing, as if the place were empty."]),
        ("a: 'null'\nb: null hypothesis\nc: |\n  null\nd: none\ne:\nf: annulled # null\n# ~\n", ["What stands"]),
        ("a: ~ 5 people", []),
    ],
)  # fmt: skip
def test_a_null_that_somebody_wrote_is_said_once_a_file(tmp_path: Path, text: str, said: list[str]) -> None:
    _, problems = tree(tmp_path, text)
    assert [each.message[: len(words)] for each, words in zip(problems, said, strict=True)] == said


@pytest.mark.parametrize("pair", ["\u201c\u201d", "\u201e\u201c", "\u2018\u2019", "\u00ab\u00bb", "\u201d\u201d"])
def test_names_in_typographic_quotation_marks_are_read_and_said_once(tmp_path: Path, pair: str) -> None:
    before, behind = pair
    path = tmp_path / "f.yaml"
    words = "<header>:\n  <name>: <A>\n  other: b\nlist:\n- <x>: y\n".replace("<", before).replace(">", behind)
    path.write_text(words, encoding="utf-8")
    problems: list[Problem] = []
    root = read_yaml(path, name="f.yaml", report=problems.append)
    header = root.get("header")
    assert header is not None
    assert {name: node.value for name, node in header.items()} == {"name": f"{before}A{behind}", "other": "b"}
    (problem,) = problems
    assert problem.message == (
        f"The name {before}header{behind} was read without its typographic quotation marks "
        "(and 2 other names likewise)."
    )


def test_a_name_that_is_there_without_its_quotation_marks_too_is_kept(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_text("\u201ca\u201d: 1\na: 2\n", encoding="utf-8")
    problems: list[Problem] = []
    root = read_yaml(tmp_path / "f.yaml", name="f.yaml", report=problems.append)
    assert [(name, node.value) for name, node in root.items()] == [("\u201ca\u201d", "1"), ("a", "2")]
    assert problems == []
