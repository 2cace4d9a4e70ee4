"""Tables that went wrong in silence: each is said or read; made here, and the originals where they are at hand."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.mapped import CASES, ReadStudy, make_study, read_study

REGISTERS = """registers: 1
people:
  - {id: SS, pseudonym: Sam S., kind: Person}
  - {id: MV, pseudonym: Mina V., kind: Person}
documents:
  - {doc_number: D01, title: Needs assessment}
"""
VOTES = """map: 1
source: minutes
nodes:
  who: {kind: Actor, each: who}
  paper: {kind: Document, each: paper, set: {title: "{value}"}}
  minutes: {kind: DataSource, each: {from: date, as: "minutes {value}"}, set: {kind: document, description: "Minutes of {date}"}}
claims:
  - {type: SUPPORTED, from: who, to: paper, where: {did: supported}, set: {date: "{date}", quote: "{words}", mode: verbatim}}
  - {type: CONTESTED, from: who, to: paper, where: {did: contested}, set: {date: "{date}", quote: "{words}", mode: verbatim}}
"""  # noqa: E501
SPLIT = '{"columns":["who","did","paper","date","words"],"data":[["Sam S.","supported","P1","2011","w"]]}'
LINES = '{"who":"Sam S.","did":"supported","paper":"Paper 1","date":"2011-03-05","words":"WORDS"}\n'
NAMES = """who,did,paper,date,words
NA,supported,Paper 1,2011-03-05,x
N/A,supported,Paper 1,2011-03-05,y
None,supported,Paper 1,NaN,z
nan,contested,Paper 1,2011-03-05,q
unknown,contested,-,2011-03-05,q
"""


def case(folder: Path, original: str | None, content: str, ending: str) -> ReadStudy:
    """The study ``mini`` with an input as its votes: the original, or one that is made here."""
    made = make_study(folder, REGISTERS, votes_map_yaml=VOTES, **{f"votes_{ending}": content})
    if original is not None:
        source = CASES / "inputs" / original
        if not source.is_file():
            pytest.skip("the shared cases are not here")
        shutil.copy(source, made / "tables" / f"votes.{ending}")
        shutil.copy(CASES / "mini" / "registers.yaml", made / "registers.yaml")
        shutil.copy(CASES / "mini" / "tables" / "votes.map.yaml", made / "tables" / "votes.map.yaml")
    return read_study(made)


@pytest.mark.parametrize("original", [None, "c-semicolon.csv"])
def test_what_cannot_be_a_date_is_a_problem_at_its_own_column(tmp_path: Path, original: str | None) -> None:
    content = "who;did;paper;date;words\nSam S.;supported;P1;05.03.2011;Good, clear\nMina V.;contested;P1;1,5;You\n"
    (problem,) = case(tmp_path, original, content, "csv").errors
    assert str(problem.address) == "tables/votes.csv > line 3, column 4"
    assert "1,5" in problem.message


@pytest.mark.parametrize("original", [None, "c-na.csv"])
def test_words_for_nothing_are_said_when_they_become_names(tmp_path: Path, original: str | None) -> None:
    study = case(tmp_path, original, NAMES, "csv")
    doubtful = {p.address.cell: p.message for p in study.problems if p.kind == "doubtful_name"}
    assert doubtful == {
        f"line {line}, column 1": f"{name!r} was read as a name."
        for line, name in enumerate(("NA", "N/A", "None", "nan", "unknown"), 2)
    }
    assert [p.address.cell for p in study.errors] == ["line 4, column 4", "line 6, column 3"]


def test_words_for_nothing_can_be_ignored(tmp_path: Path) -> None:
    ignoring = VOTES.replace("map: 1", "map: 1\nignore: [NA, N/A, None, NaN, unknown, '-']")
    study = read_study(make_study(tmp_path, REGISTERS, v_csv=NAMES, v_map_yaml=ignoring))
    assert not study.errors
    assert not [p for p in study.problems if p.kind == "doubtful_name"]
    assert not study.claims


@pytest.mark.parametrize("original", [None, "c-mojibake.csv"])
def test_damaged_letters_are_said(tmp_path: Path, original: str | None) -> None:
    content = (
        "who,did,paper,date,words\nSam S.,supported,P1,2011-03-05,x\nMina V.,contested,P1,2011-03-06,Itâ€™s what\n"
    )
    study = case(tmp_path, original, content, "csv")
    (problem,) = [p for p in study.problems if p.kind == "damaged_letters"]
    assert str(problem.address) == "tables/votes.csv > line 3, column 5"
    assert "It’s what" in problem.message


@pytest.mark.parametrize("original", [None, "j-split.json"])
def test_columns_apart_from_rows_are_said(tmp_path: Path, original: str | None) -> None:
    study = case(tmp_path, original, SPLIT, "json")
    (problem,) = study.errors
    assert "No item was found where the map looks" in problem.message
    assert "orient='records'" in problem.remedy


@pytest.mark.parametrize("original", [None, "j-ndjson.ndjson"])
def test_an_object_a_line(tmp_path: Path, original: str | None) -> None:
    study = case(tmp_path, original, LINES, "ndjson")
    assert not study.errors
    assert ("SS", "SUPPORTED", "paper-1") in study.said


@pytest.mark.parametrize("original", [False, True])
def test_names_that_no_item_has_are_problems_with_the_nearest(tmp_path: Path, original: bool) -> None:
    mapped = VOTES.replace("{words}", "{wrods}").replace("{date}", "{dates}")
    row = '[{"who":"Sam S.","did":"supported","paper":"P1","date":"2011-03-05","words":"good"}]'
    folder = make_study(tmp_path, REGISTERS, v_json=row, v_map_yaml=mapped)
    if original:
        if not CASES.is_dir():
            pytest.skip("the shared cases are not here")
        for name in ("v.json", "v.map.yaml"):
            shutil.copy(CASES / "studies" / "json-typo" / name, folder / "tables" / name)
    errors = read_study(folder).errors
    assert {problem.message for problem in errors} == {
        "The map reads 'dates', which no item has.",
        "The map reads 'wrods', which no item has.",
    }
    assert {problem.remedy.split("?")[0] for problem in errors} == {
        "Did you mean 'date'",
        "Did you mean 'words'",
    }


@pytest.mark.parametrize("original", [False, True])
def test_what_a_map_sets_reaches_what_the_registers_have(tmp_path: Path, original: bool) -> None:
    if original:
        if not CASES.is_dir():
            pytest.skip("the shared cases are not here")
        folder = tmp_path / "s"
        shutil.copytree(CASES / "studies" / "setloss", folder)
        folder.chmod(0o755)
    else:
        folder = make_study(
            tmp_path,
            "registers: 1\npeople:\n  - {id: sam, pseudonym: Sam, kind: Person}\n"
            "documents:\n  - {doc_number: D1, title: Needs assessment}\n",
            a_csv="who,job,paper,when,url\nSam,nurse,Needs assessment,2011-03-05,http://x\nMina,doctor,Strategy,2012,http://y\n",
            a_map_yaml="map: 1\nnodes:\n"
            '  who: {kind: Actor, each: who, set: {designation: "{job}"}}\n'
            '  paper: {kind: Document, each: paper, set: {date: "{when}", url: "{url}"}}\n'
            "claims:\n  - {type: AUTHORED, from: who, to: paper}\n",
        )
    study = read_study(folder)
    assert not study.errors
    assert (study.nodes["sam"]["designation"], study.nodes["mina"]["designation"]) == ("nurse", "doctor")
    paper = next(node for node in study.nodes.values() if node["name"] == "Needs assessment")
    assert (paper["date_text"], paper["url"], str(paper["date_from"])) == ("2011-03-05", "http://x", "2011-03-05")
    assert study.nodes["strategy"]["date_text"] == "2012"


@pytest.mark.parametrize("original", [False, True])
def test_plain_words_of_yaml_work(tmp_path: Path, original: bool) -> None:
    if original:
        if not CASES.is_dir():
            pytest.skip("the shared cases are not here")
        folder = tmp_path / "s"
        shutil.copytree(CASES / "studies" / "yamltrap", folder)
        folder.chmod(0o755)
    else:
        folder = make_study(
            tmp_path,
            v_csv="who,vote,agreement,paper\nAnn,yes,1,Paper A\nBob,no,0,Paper A\nCem,Yes,1,0\nDan,not known,10,P2\n",
            v_map_yaml="map: 1\nnodes:\n"
            "  who: {kind: Actor, each: who}\n"
            "  paper: {kind: Document, each: {from: paper, ignore: [0, no, None]}, set: {title: '{value}'}}\n"
            "claims:\n"
            "  - {type: SUPPORTED, from: who, to: paper, where: {vote: yes}}\n"
            "  - {type: CONTESTED, from: who, to: paper, where: {vote: no}}\n"
            "  - {type: REFERRED_TO, from: who, to: paper, where: {agreement: 1}}\n",
        )
    study = read_study(folder)
    assert not study.errors
    assert study.said == [
        ("ann", "REFERRED_TO", "paper-a"),
        ("ann", "SUPPORTED", "paper-a"),
        ("bob", "CONTESTED", "paper-a"),
    ]
