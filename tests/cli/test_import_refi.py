"""A project of another program, from the file to answers, pages and a newer version of it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from journeys.model.schema import load_schema
from tests.cli.conftest import REGISTERS
from tests.commands import CliResult, RunCli
from tests.instruments.projects.refi_files import MAXQDA, NVIVO, XENIA, YARA, code, coded, mark
from tests.written import write_registers

SOURCE = {"sheet": "sources", "id": "int-SS", "kind": "Interview", "with_whom": "SS", "case": "c1"}


def words(result: CliResult) -> str:
    """What a command printed, as one line."""
    return " ".join(result.stdout.split())


@pytest.fixture
def team(observed: Path) -> Path:
    """A study with an interview, and XY and YZ as its researchers."""
    write_registers(observed / "registers.xlsx", load_schema(), [*REGISTERS, SOURCE])
    with (observed / "study.yaml").open("a", encoding="utf-8") as settings:
        settings.write("researchers:\n  - {initials: XY, name: Xenia Yates}\n  - {initials: YZ, name: Yara Zander}\n")
    return observed


CASES = (
    '<Variables><Variable guid="55555555-0000-4000-8000-000000000001" name="Age" typeOfVariable="Integer"/>'
    '<Variable guid="55555555-0000-4000-8000-000000000002" name="Designation" typeOfVariable="Text"/></Variables>'
    '<Cases><Case guid="66666666-0000-4000-8000-000000000001" name="Sam S."><VariableValue><VariableRef '
    'targetGUID="55555555-0000-4000-8000-000000000001"/><IntegerValue>44</IntegerValue></VariableValue><VariableValue>'
    '<VariableRef targetGUID="55555555-0000-4000-8000-000000000002"/><TextValue>commissioner</TextValue>'
    f'</VariableValue><SourceRef targetGUID="{mark(7, 1)}"/></Case></Cases>'
)
NOTES = f'<Note guid="{mark(2, 1)}" name="Memo"><PlainTextContent>Ask Mina again.</PlainTextContent></Note>'


def test_nvivo_project_to_answers_with_their_places(run_cli: RunCli, team: Path, tmp_path: Path) -> None:
    """Codings of two people, a case with values, a note and what was not taken; each leads back to its place."""
    tree = code(1, "Access", code(2, "Language", code(3, "6.7 Community engagement or consultation")))
    project = coded(
        NVIVO, codes=tree, before=CASES, notes=NOTES, more='<Links><Link guid="' + mark(5, 5) + '"/></Links>'
    )
    project.write(tmp_path / "north.qdpx")
    made = run_cli("import", "refi", tmp_path / "north.qdpx", cwd=team)
    assert made.code == 0, made.stderr
    assert "1 source, 3 codes, 3 selections, 3 codings, 2 coders" in words(made)
    assert "Link" in words(made)
    assert "has no counterpart in a study" in words(made)
    with (team / "imports" / "north.qdpx.losses.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {"Link", "Note"} <= {row["element"] for row in rows}

    checked = run_cli("check", cwd=team)
    assert checked.code == 0, checked.stdout
    assert run_cli("load", cwd=team).code == 0
    shown = words(run_cli("show", "int-SS", cwd=team))
    assert "sent us what they had" in shown
    assert "P1.1 Access (XY)" in shown
    assert "P1.2 Language (YZ)" in shown
    assert "imports/north.qdpx > Interview int-SS > characters 56-77" in shown
    assert "Age: 44" in shown
    assert "coded 6.7 Community engagement or consultation (XY)" in shown
    assert "commissioner" in words(run_cli("show", "SS", cwd=team))
    asked = run_cli("ask", "codes_by_site", "--param", "sheet=P1", "--format", "csv", cwd=team).stdout
    assert "P1.2,Language" in asked

    atlas = run_cli("atlas", cwd=team)
    assert atlas.code == 0, atlas.stderr
    pages = "".join(each.read_text(encoding="utf-8") for each in (team / "out" / "atlas").rglob("*.html"))
    assert "imports/north.qdpx" in pages


def test_newer_version_changes_only_what_changed(run_cli: RunCli, team: Path, tmp_path: Path) -> None:
    """A line above, a renamed code, a further coding: keys stay, and the store keeps the rest as it is."""
    before = coded(MAXQDA)
    before.write(tmp_path / "north.qdpx")
    assert run_cli("import", "refi", tmp_path / "north.qdpx", cwd=team).code == 0
    assert run_cli("load", cwd=team).code == 0
    listed = team / "imports" / "north.qdpx.yaml"
    listed.write_text(listed.read_text(encoding="utf-8").replace("key: P1.3", "key: '6.7'"), encoding="utf-8")

    now = coded(MAXQDA, codes=code(1, "Code 1") + code(2, "Second code") + code(3, "Code 3") + code(4, "Fourth"))
    now.lines = ("A line that was not there.", *now.lines)
    now.selections.append(("And then?", [(4, YARA)]))
    now.write(tmp_path / "north (2).qdpx")
    made = words(run_cli("import", "refi", tmp_path / "north (2).qdpx", cwd=team))
    assert "1 code new (Fourth), 1 code renamed (Code 2 to Second code); 1 coding new" in made
    assert [each.name for each in (team / "imports").glob("*.qdpx")] == ["north.qdpx"]
    assert "key: '6.7'" in listed.read_text(encoding="utf-8")
    assert "key: P1.4" in listed.read_text(encoding="utf-8")
    loaded = run_cli("load", cwd=team)
    assert loaded.code == 0, loaded.stderr
    shown = words(run_cli("show", "int-SS", cwd=team))
    assert "P1.2 Second code (YZ)" in shown
    assert "6.7" in shown
    again = words(run_cli("import", "refi", tmp_path / "north (2).qdpx", cwd=team))
    assert "nothing changed" in again


def test_what_goes_wrong_says_what_to_do(run_cli: RunCli, team: Path, tmp_path: Path) -> None:
    other = coded(NVIVO, source=9, codes=code(91, "Quite another"))
    other.selections = [("And then?", [(91, XENIA)])]
    assert run_cli("import", "refi", coded(NVIVO).write(tmp_path / "a" / "p.qdpx"), cwd=team).code == 0
    taken = run_cli("import", "refi", other.write(tmp_path / "b" / "p.qdpx"), cwd=team)
    assert taken.code == 1
    assert "another project" in taken.stderr
    assert "another name" in taken.stderr
    wrong = run_cli("import", "refi", team / "registers.xlsx", cwd=team)
    assert wrong.code == 2
    assert ".qdpx or .qdc" in wrong.stderr
    assert "does not exist" in run_cli("import", "refi", "nowhere.qdpx", cwd=team).stderr

    coded(MAXQDA).write(team / "imports" / "by-hand.qdpx")
    (team / "imports" / "photo.jpg").write_bytes(b"x")
    coded(MAXQDA).write(team / "elsewhere.qdpx")
    checked = words(run_cli("check", cwd=team))
    assert "journeys import refi imports/by-hand.qdpx" in checked
    assert "imports/photo.jpg" in checked
    assert "journeys import refi elsewhere.qdpx" in checked
    coded(NVIVO, codes=code(1, "Code 1") + code(2, "Code 2") + code(3, "Code 3") + code(7, "New")).write(
        team / "imports" / "p.qdpx"
    )
    project = coded(NVIVO, codes="".join(code(n, f"Code {n}") for n in (1, 2, 3, 7)))
    project.selections.append(("And then?", [(7, XENIA)]))
    project.write(team / "imports" / "p.qdpx")
    assert "journeys import refi imports/p.qdpx" in words(run_cli("check", cwd=team))


def test_copies_of_two_coders_are_kept_beside_each_other(run_cli: RunCli, team: Path, tmp_path: Path) -> None:
    """One project on two computers: its sources and codes are the same in the study, and the coders can be compared."""
    mine, yours = coded(MAXQDA), coded(MAXQDA)
    mine.selections = [("sent us what they had", [(1, XENIA)])]
    yours.selections = [("sent us what they had", [(2, YARA)])]
    assert run_cli("import", "refi", mine.write(tmp_path / "mine.qdpx"), cwd=team).code == 0
    assert run_cli("import", "refi", "--beside", yours.write(tmp_path / "yours.qdpx"), cwd=team).code == 0
    assert run_cli("load", cwd=team).code == 0
    assert "coded P1.1 Code 1 (XY); P1.2 Code 2 (YZ)" in words(run_cli("show", "int-SS", cwd=team))
    told = words(run_cli("import", "refi", yours.write(tmp_path / "later.qdpx"), cwd=team))
    assert "It takes the place of the version before" in told


def test_own_export_brings_back_the_same(run_cli: RunCli, team: Path, tmp_path: Path) -> None:
    """Exported and imported into the same study, nothing is new; into an empty one, everything is there."""
    project = coded(
        NVIVO, codes=code(1, "Access", code(2, "Language")) + code(3, "6.7 Community engagement or consultation")
    )
    assert run_cli("import", "refi", project.write(tmp_path / "north.qdpx"), cwd=team).code == 0
    assert run_cli("load", cwd=team).code == 0
    made = run_cli("export", "refi", "-o", tmp_path / "out.qdpx", cwd=team)
    assert made.code == 0, made.stderr
    assert "132 codes, 1 source, 3 passages and 3 codings" in made.stderr
    assert run_cli("export", "refi", "-o", tmp_path / "out.qdpx", cwd=team).code == 2
    assert run_cli("export", "refi", "-o", tmp_path / "book.qdc", cwd=team).code == 0
    for_all = run_cli("export", "refi", "-o", tmp_path / "public.qdpx", "--profile", "public", cwd=team)
    assert "Left out" in for_all.stderr
    assert b"women's own words" not in (tmp_path / "public.qdpx").read_bytes()

    again = words(run_cli("import", "refi", tmp_path / "out.qdpx", cwd=team))
    assert "132 codes are codes that the study has already" in again
    loaded = words(run_cli("load", cwd=team))
    assert "claims 0 " in loaded, loaded

    other = tmp_path / "other"
    assert run_cli("new", other).code == 0
    assert run_cli("import", "refi", tmp_path / "out.qdpx", cwd=other).code == 0
    assert run_cli("load", cwd=other).code == 0
    shown = words(run_cli("show", "int-SS", cwd=other))
    assert "sent us what they had" in shown
    book = words(run_cli("import", "refi", tmp_path / "book.qdc", cwd=other))
    assert "132 codes" in book


def test_an_imported_passage_is_the_same_in_a_coding_workbook(run_cli: RunCli, team: Path, tmp_path: Path) -> None:
    """A workbook that holds the imported codings adds no passage; the same words elsewhere are another passage."""
    project = coded(MAXQDA)
    project.lines = (*project.lines, "SS: And then?")
    project.selections = [("And then?", [(1, XENIA)]), ("And then?\nSS: Mina", []), ("SS: And then?", [(2, YARA)])]
    xml, text = project.xml(), "\n".join(project.lines)
    first = f'startPosition="{project.position(text.index("SS: And then?"))}"'
    project.xml = lambda: xml.replace(first, f'startPosition="{project.position(text.rindex("And then?"))}"')  # type: ignore[method-assign]
    assert run_cli("import", "refi", project.write(tmp_path / "north.qdpx"), cwd=team).code == 0
    assert run_cli("load", cwd=team).code == 0
    count = ("cypher", "MATCH (x:Extract)-[:CODED_AS]->() RETURN count(DISTINCT x) AS n", "--format", "csv")
    before = run_cli(*count, cwd=team).stdout
    assert before.split() == ["n", "2"]
    assert run_cli("forms", "coding_workbook", "--for", "int-SS", cwd=team).code == 0
    assert run_cli("load", cwd=team).code == 0
    assert run_cli(*count, cwd=team).stdout == before
