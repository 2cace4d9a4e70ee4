"""A map that multiplies a small table stops at the row where it makes too much, with a way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from journeys.interpret.tables import limits, patterns
from tests.commands import run_here
from tests.inputs.bombs import empty_study

_MAP = """map: 1
source: m
nodes:
  m: {kind: DataSource, id: m1, set: {kind: document, description: Minutes}}
"""
_BOTH = """
  who: {kind: Actor, find: new, each: {from: who, split: [";"]}}
  paper: {kind: Document, find: new, each: {from: paper, split: [";"]}}
claims:
  - {type: SUPPORTED, from: who, to: paper}
"""
_MANY = ";".join(f"a{n}" for n in range(300)), ";".join(f"d{n}" for n in range(300))

_ONES = ",".join("1" * 1000)


def checked(folder: Path, mapping: str, name: str, content: str) -> str:
    study = empty_study(folder / "study")
    (study / "tables" / name).write_text(content, encoding="utf-8")
    (study / "tables" / "t.map.yaml").write_text(_MAP + mapping, encoding="utf-8")
    result = run_here(["check"], study, {"COLUMNS": "1000"})
    assert result.code == 1
    return result.stdout + result.stderr


@pytest.mark.parametrize(
    ("mapping", "name", "content", "place", "said", "remedy"),
    [
        (_BOTH, "t.csv", f"who,paper\na,d\n{_MANY[0]},{_MANY[1]}\n", "line 3", "claims from this row", "`split`"),
        (
            _BOTH,
            "t.csv",
            "who,paper\n" + f"{_MANY[0][:400]},{_MANY[1][:400]}\n" * 40,
            "line ",
            "claims from the table",
            "`split`",
        ),
        (
            f'  paper: {{kind: Document, find: new, each: paper, set: {{title: "{"{value}" * 500}"}}}}\n',
            "t.csv",
            "paper\n" + "".join(f"{'d' * 200}{n}\n" for n in range(400)),
            "line ",
            "characters from the table",
            "template",
        ),
        (
            f'  paper: {{kind: Document, find: new, each: paper, set: {{title: "{"{value}" * 2000}"}}}}\n',
            "t.csv",
            f"paper\nd\n{'d' * 5000}\n",
            "line 3",
            "a text of more than 5,000,000 characters",
            "template",
        ),
        (
            '  paper: {kind: Document, each: {from: paper, pattern: "(?=(.*))d"}}\n',
            "t.csv",
            f"paper\nd\n{'d' * 8000}\n",
            "line 3",
            "finds too much with a pattern",
            "(?=",
        ),
        (
            "  who: {kind: Actor, each: name}\n"
            "each:\n  - path: a\n    each:\n      - {path: ^.b, nodes: {x: {kind: Actor, each: y}}}\n",
            "t.json",
            f'[{{"name": "N", "a": [{_ONES}], "b": [{_ONES}]}}]',
            "t.json",
            "elements of lists",
            "`^`",
        ),
    ],
    ids=["a row", "a table", "characters", "a value", "a pattern", "elements"],
)
def test_what_a_map_multiplies_is_refused_at_its_row(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    mapping: str,
    name: str,
    content: str,
    place: str,
    said: str,
    remedy: str,
) -> None:
    monkeypatch.setattr(limits, "CLAIMS_OF_A_TABLE", 100_000)  # reached sooner
    shown = checked(tmp_path, mapping, name, content)
    [line] = [line for line in shown.splitlines() if said in line]
    assert place in line.split(":")[0] or place in line
    assert "the table was not read" in line
    assert remedy in line
    assert len(line) < 400


def test_as_much_as_is_usual_is_read(tmp_path: Path) -> None:
    """Each of 30 people with each of 30 documents at 40 meetings, and long quotes."""
    study = empty_study(tmp_path / "study")
    people = ";".join(f"a{n}" for n in range(30))
    rows = "".join(f"{people},{people.replace('a', f'd{n}x')},{'q' * 200}\n" for n in range(40))
    (study / "tables" / "t.csv").write_text(f"who,paper,quote\n{rows}", encoding="utf-8")
    mapping = _MAP + _BOTH.replace("to: paper}", 'to: paper, set: {quote: "{quote}"}}')
    (study / "tables" / "t.map.yaml").write_text(mapping, encoding="utf-8")
    result = run_here(["check"], study, {})
    assert result.code == 0, result.stdout
    assert "36,0" in result.stdout


@pytest.mark.parametrize(
    "mapping",
    [
        'until: "(x+x+)+y"\n',
        'where: {who: "(x+x+)+y"}\n',
        'claims: [{type: SUPPORTED, from: who, to: paper, where: {who: "(x+x+)+y"}}]\n',
    ],
    ids=["until", "where", "where of a claim"],
)
def test_a_slow_pattern_stops_its_table_wherever_the_map_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mapping: str
) -> None:
    monkeypatch.setattr(patterns, "SECONDS_A_VALUE", 0.1)
    nodes = "  who: {kind: Actor, each: who}\n  paper: {kind: Document, find: new, each: paper}\n"
    shown = checked(tmp_path, nodes + mapping, "t.csv", f"who,paper\n{'x' * 3000},d\n")
    assert "t.csv > line 2" in shown
    assert "The pattern '(x+x+)+y' takes too long here; the table was not read." in shown


def test_a_longer_file_may_give_more(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"a" * 1000)
    made = limits.Made(path)
    for _ in range(limits.CLAIMS_OF_A_ROW + 500):
        made.claim()
    with pytest.raises(limits.TooMuchMade):
        made.claim()
