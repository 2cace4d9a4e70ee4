"""The one reader of YAML, with types and without mercy: study.yaml, maps, schema, instruments, query headers."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from journeys.model import yaml_escapes, yaml_reader
from journeys.model.yaml_loader import PurePythonLoader
from journeys.model.yaml_reader import YamlFlaw, YamlNode, YamlRefused, parse_yaml
from journeys.model.yaml_with_lines import BrokenSchema, lined_yaml, load_lined_yaml

_BOTH = pytest.mark.parametrize("loader", [PurePythonLoader, getattr(yaml, "CSafeLoader", PurePythonLoader)])

_BOMB = "\n".join(
    ["a: &a [x, x, x, x, x, x, x, x, x]"]
    + [f"{this}: &{this} [{', '.join([f'*{before}'] * 9)}]" for before, this in pairwise("abcdefghi")]
)

TYPED = """
text: plain words
quoted: "2011-02-30"
number: 7
share: 0.5
day: 2011-03-05
answer: yes
nothing: ~
tagged: !!str 12
list: [1, two, null]
no: a name is text
2011: so is this
"""


@_BOTH
def test_scalars_are_what_yaml_takes_them_for_and_names_are_text(loader: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_reader, "Loader", loader)
    assert lined_yaml(TYPED, "study.yaml").content == {
        "text": "plain words",
        "quoted": "2011-02-30",
        "number": 7,
        "share": 0.5,
        "day": date(2011, 3, 5),
        "answer": True,
        "nothing": None,
        "tagged": "12",
        "list": [1, "two", None],
        "no": "a name is text",
        "2011": "so is this",
    }


@_BOTH
@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("id: a\ndate: 2011-02-30\n", 2, "'2011-02-30' is not a date"),
        ("id: a\ndate: 2011-03-05 25:00:00\n", 2, "is not a date"),
        ("a: !!int many\n", 1, "'many' is not a number"),
        ("a: !!bool perhaps\n", 1, "'perhaps' is not yes or no"),
        (f"a: {'9' * 5000}\n", 1, "is not a number"),
        ("a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n", 5, "'c' is given twice; the first is on line 3"),
        ("a: 1\nb: !!python/object/apply:os.system [echo]\n", 2, "!!python/object/apply:os.system is not allowed"),
        ("a: !mine 1\n", 1, "the tag !mine is not allowed"),
        ("a: 1\n---\nb: 2\n", 2, "a second document begins here"),
        ("? [a, b]\n: c\n", 1, "a list or mapping where a name should be"),
        ("a: *b\n", 1, "refers to nothing above it"),
        ("a: &x [*x]\n", 1, "refers to nothing above it"),
        ("a:\n  <<: words\n  b: 1\n", 2, "takes over is not a mapping"),
        (_BOMB, 6, "with its references (*name) written out the file has over 250,000 entries"),
        ("- a\n" * 250_001, 250_000, "line 250000: the file has over 250,000 entries. Split the file"),
        (f"- &a {'q' * 100_000}\n" + "- *a\n" * 60, 51, "written out the file holds over 5 MB of text"),
        ('a: b\nc: "\\ud800"\n', 2, "half a character is written"),
        ('a: b\nc: "\\ude00\\ud83d"\n', 2, "half a character is written"),
        ('a: "\\Uffffffff"\n', None, "in double quotes stands for no character"),
        ('a: "\\xZZ"\n', 1, "in double quotes has too few digits"),
        ("a: !<x\n", 1, "a text begins with the sign !"),
        ("[" * 200, None, "nested more than 100 deep"),
        ("- " * 200, None, "nested more than 100 deep"),
        ("a:\n\t- b\n", 2, "indented with a tab"),
        ("a: b: c\n", 1, "a colon followed by a space"),
        ("a: 1\nb: 'c\n", 2, "a quotation mark is never closed"),
        ("a: [1,\n 2\n", 1, "in brackets is never closed"),
        ("a: 1\nb: 'it's'\n", 2, "text behind a closing quotation mark"),
        ("a: |x\n  text\n", 1, "text behind the sign | or >"),
        ("a: 1\nb: [x, , y]\n", 2, "something is missing before a comma"),
        ("a: 1\nb: &\n", 2, "one of the signs & *"),
        ("- a\nb: 1\n", 2, "does not belong to the lines above it"),
        ("a: @x\n", 1, "one of the signs"),
        ("a: b\nc\n", 2, "a name has no colon after it"),
        ('a: "x\\q"\n', 1, "a backslash is inside double quotes"),
        ("a: b\nc: x\x07\n", 2, "an invisible control character"),
        ("key: - a\n", 1, "a list begins on the line of its name"),
    ],
)
def test_what_is_odd_is_refused_with_its_line(
    loader: Any, monkeypatch: pytest.MonkeyPatch, text: str, line: int | None, said: str
) -> None:
    """With the C parser and without it: a PyYAML without libyaml says the same."""
    monkeypatch.setattr(yaml_reader, "Loader", loader)
    with pytest.raises(BrokenSchema) as refused:
        lined_yaml(text, "study.yaml")
    assert said in str(refused.value)
    if line is not None:
        assert str(refused.value).startswith(f"study.yaml, line {line}: ")


@_BOTH
def test_control_characters_written_as_escapes_are_left_out(loader: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_reader, "Loader", loader)
    assert lined_yaml('title: "a\\e[2Jb\\uFFFE"\n', "study.yaml").content == {"title": "a[2Jb"}


@_BOTH
def test_emoji_are_read_as_writers_of_json_escape_them(loader: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only where a backslash escapes: in double quotation marks, and not behind another backslash."""
    monkeypatch.setattr(yaml_reader, "Loader", loader)
    monkeypatch.setattr(yaml_escapes, "Loader", loader)
    pair = r"\ud83d\ude00"
    text = f"""é: "a {pair}{pair} b" # {pair}\n{pair}: '{pair} "'\nc: "\\\\{pair[1:]}"\n""".replace(
        pair[6:] + '"\n', 'x"\n'
    )
    content = {"é": "a \U0001f600\U0001f600 b", pair: f'{pair} "', "c": r"\ud83dx"}
    assert lined_yaml(text, "t.yaml").content == content


def test_a_long_name_is_not_kept_for_each_thing_below_it() -> None:
    tree = parse_yaml(f"? '{'n' * 1_000_000}'\n:\n  - {{a: 1}}\n", "t.yaml", lambda flaw: None)
    assert tree is not None
    (inner,) = next(iter(tree.items()))[1]
    assert inner.path.endswith("nnn[0]")
    assert len(inner.path) < 200


@_BOTH
def test_question_marks_in_brackets_and_tabs_between_words_are_text(
    loader: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_reader, "Loader", loader)
    text = "- {did it: Was it sent? To whom?, by: 'x'}\n- [is it?, it is]\n- two\twords\t\n- name:\tvalue\t# note\n"
    text += "- more\t\n  lines\n"
    content = [{"did it": "Was it sent? To whom?", "by": "x"}, ["is it?", "it is"], "two\twords", {"name": "value"}]
    assert lined_yaml(text, "t.yaml").content == [*content, "more lines"]


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="compares with libyaml")
def test_without_libyaml_what_is_shipped_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = sorted((Path(__file__).parents[2] / "schema").rglob("*.yaml"))
    assert len(shipped) > 10
    for path in shipped:
        read = []
        for loader in (yaml.CSafeLoader, PurePythonLoader):
            monkeypatch.setattr(yaml_reader, "Loader", loader)
            text = load_lined_yaml(path)
            read.append((text.content, text.lines))
        assert read[0] == read[1], path.name


def test_a_mapping_takes_over_the_names_that_it_does_not_have() -> None:
    rows = "rows:\n  - <<: *base\n    mode: paraphrase\n  - {<<: [*base], x: 1}\n"
    text = f"base: &base\n  kind: INTRODUCED\n  mode: verbatim\n{rows}"
    read = lined_yaml(text, "a.map.yaml")
    assert read.content == yaml.safe_load(text)
    assert read.line(("rows", 0, "mode")) == 6
    assert read.line(("rows", 0, "kind")) == 2


def test_every_place_has_the_line_of_its_name() -> None:
    read = lined_yaml("title: x\nparts:\n  one:\n    - a\n    -\n      b: 1\n", "graph.yaml")
    wanted = {(): 1, ("title",): 1, ("parts",): 2, ("parts", "one"): 3, ("parts", "one", 0): 4}
    assert {place: read.lines[place] for place in wanted} == wanted
    assert read.line(("parts", "one", 1, "b")) == 6
    assert read.line(("parts", "one", 7, "nowhere")) == 3


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("title: Zoë".encode("cp1252"), "this is not UTF-8 text. Save it as UTF-8."),
        ("title: Zoë".encode("utf-16"), "this is not UTF-8 text. Save it as UTF-8."),
        (b"a: b\n" * 1_000_001, "longer than 5 MB"),
    ],
)
def test_files_that_cannot_be_read_are_refused_by_name(tmp_path: Path, data: bytes, said: str) -> None:
    (tmp_path / "study.yaml").write_bytes(data)
    with pytest.raises(BrokenSchema) as refused:
        load_lined_yaml(tmp_path / "study.yaml")
    assert str(refused.value).startswith("study.yaml: ")
    assert said in str(refused.value)


def test_a_byte_order_mark_is_no_part_of_the_first_name(tmp_path: Path) -> None:
    (tmp_path / "study.yaml").write_bytes(b"\xef\xbb\xbfid: riverside\r\ntitle: Riverside\r\n")
    assert load_lined_yaml(tmp_path / "study.yaml").content == {"id": "riverside", "title": "Riverside"}


def test_a_name_that_looks_like_a_merge_but_is_in_quotation_marks_is_a_name() -> None:
    assert lined_yaml("'<<': 1\n", "t.yaml").content == {"<<": 1}


# PyYAML writes a few line separators so that it does not read them back itself.
_words = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")))
_scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.dates() | _words
_trees = st.recursive(_scalars, lambda inner: st.lists(inner) | st.dictionaries(_words, inner), max_leaves=20)


@given(st.dictionaries(_words, _trees, min_size=1), st.sampled_from([None, True, False]))
def test_what_pyyaml_writes_is_read_as_it_was(tree: dict[str, object], flow: bool | None) -> None:
    text = yaml.safe_dump(tree, allow_unicode=True, default_flow_style=flow)
    assert lined_yaml(text, "t.yaml").content == tree


_PIECES = ("a", "b c", "?", "is it?", ":", ": ", "- ", "\n", "\n  ", "\n- ", "[", "]", "{", "}", ", ", '"', "'", "# c",
           " ", "\t", "&a ", "*a", "key: ", "k: [x?, y]\n")  # fmt: skip


def _as_read(node: YamlNode | None) -> object:
    if node is None or isinstance(node.value, str | None):
        # Where nothing is written, the parsers differ on where that is.
        return node and (node.value, node.value and node.line)
    if isinstance(node.value, list):
        return [_as_read(each) for each in node.value]
    return {name: _as_read(each) for name, each in node.value.items()}


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="compares with libyaml")
@given(st.lists(st.sampled_from(_PIECES), max_size=12).map("".join) | st.text())
def test_any_text_is_read_the_same_or_refused_with_and_without_the_c_parser(text: str) -> None:
    before, given_ = yaml_reader.Loader, []
    for loader in (yaml.CSafeLoader, PurePythonLoader):
        yaml_reader.Loader = loader
        flaws: list[YamlFlaw] = []
        try:
            tree = parse_yaml(text, "t.yaml", flaws.append)
        except YamlRefused as refused:
            flaws.append(refused.flaw)
        else:
            given_.append(_as_read(tree))
        finally:
            yaml_reader.Loader = before
        assert all(flaw.message and flaw.remedy for flaw in flaws)
    assert len(given_) < 2 or given_[0] == given_[1]
