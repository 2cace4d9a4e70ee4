"""What bad input gets: an address, what is wrong, what to write instead; and never a traceback."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from journeys.instruments.answers import FilledForm, FilledRow
from journeys.instruments.files.cells import Cell
from journeys.instruments.instrument_files import load_instrument
from journeys.model.problems import Address
from journeys.model.schema import load_schema
from tests.written import write_form, write_registers

SCHEMA = load_schema()
TEMPLATE = load_instrument("document_extraction_template")
REGISTERS = [
    {"sheet": "sites", "id": "north", "pseudonym": "North"},
    {"sheet": "case_studies", "id": "c1", "title": "Case one", "site": "north"},
    {"sheet": "people", "id": "SS", "pseudonym": "Sam", "kind": "Person"},
    {"sheet": "people", "id": "MV", "pseudonym": "Mina"},
    {"sheet": "meetings", "id": "M1", "title": "March meeting", "date": "2011-03-05"},
]
MAP = """\
map: 1
nodes:
  who: {kind: Actor, each: who}
  paper: {kind: Document, each: paper, set: {title: "{value}"}}
claims:
  - {type: SUPPORTED, from: who, to: paper}
"""


ROW = {"who": "SS", "did_what": "contested"}


def given(words: dict[str, str]) -> dict[str, Cell]:
    return {name: Cell(said, Address()) for name, said in words.items() if said}


class Folder:
    """A study folder that a test fills with something bad."""

    def __init__(self, path: Path, run_cli: Any) -> None:
        self.path, self._run = path, run_cli
        (path / "forms").mkdir(parents=True)
        (path / "tables").mkdir()
        (path / "study.yaml").write_text("id: bad\ntitle: Bad\n", encoding="utf-8")
        write_registers(path / "registers.xlsx", SCHEMA, REGISTERS)

    def form(self, row: dict[str, str] | None = None, **header: str) -> Path:
        """A form with one row of *Who did what*."""
        said = {"case_study_and_site": "c1", "name_of_document": "Doc", "document_number": "D1", **header}
        filled = FilledForm(TEMPLATE.instrument, 1, "", given(said), (), (FilledRow(given(ROW | (row or {}))),))
        path = self.path / "forms" / "D1.xlsx"
        write_form(TEMPLATE, path, SCHEMA, filled=filled)
        return path

    def change(self, change: Callable[[openpyxl.Workbook], object]) -> None:
        """Somebody changes the form in Excel."""
        path = self.form()
        book = openpyxl.load_workbook(path)
        change(book)
        book.save(path)

    def table(self, content: bytes) -> None:
        """A table with its map."""
        (self.path / "tables" / "t.csv").write_bytes(content)
        (self.path / "tables" / "t.map.yaml").write_text(MAP, encoding="utf-8")

    def run(self, *arguments: str, env: dict[str, str] | None = None) -> tuple[int, str]:
        result = self._run(*arguments, cwd=self.path, env={"COLUMNS": "1000", **(env or {})})
        assert "Traceback" not in result.stdout + result.stderr
        assert "Something went wrong inside" not in result.stderr
        return result.code, " ".join((result.stdout + result.stderr).split())


@pytest.fixture
def folder(tmp_path: Path, run_cli: Any) -> Folder:
    return Folder(tmp_path / "study", run_cli)


ROWS = [
    (
        {"who": "Minna"},
        ("> A2: 'Minna' is not in the Organisations, Arenas or People and groups register. Did you mean 'Mina'?"),
    ),
    (
        {"did_what": "was sent to"},
        "> B2: 'Sam' (person or group) was sent to 'Doc' (document): 'was sent to' goes from",
    ),
    ({"did_what": "was sent to"}, "Between a person or group and a document you can choose: wrote, commissioned,"),
    ({"did_what": "contestedd"}, "> B2: 'contestedd' is not a verb in the list. Did you mean 'contested'"),
    (
        {"did_what": "criticised"},
        "> B2: 'criticised' is not a verb in the list. Between a person or group and a document you can choose: wrote,",
    ),
    (
        {"when": "2011-02-30"},
        "> E2: There is no 30 February 2011 (February 2011 has 28 days). Write a day from",
    ),
    (
        {"at_meeting": "Marsh meeting"},
        "> D2: 'Marsh meeting' is not in the Meetings register. Did you mean 'March",
    ),
    ({"details": "outcom = withdrawn"}, "> H2: 'outcom = withdrawn' is not a detail that 'contested' can have."),
    ({"mode": "shouted"}, "> M2: 'shouted' is not one of the choices for mode. Write one of: Verbatim, Paraphrase,"),
    ({"not_so": "perhaps"}, "> O2: 'perhaps' is neither yes nor no. Write yes or no."),
]


@pytest.mark.parametrize(("row", "says"), ROWS)
def test_a_row_that_cannot_be_used(folder: Folder, row: dict[str, str], says: str) -> None:
    folder.form(row)
    code, said = folder.run("check")
    assert code == 1
    assert f"forms/D1.xlsx > Who did what {says}" in said or says in said


HEADERS = [
    ({"document_number": ""}, "forms/D1.xlsx > Document > B6: 'Document #"),
    ({"date": "31/04/2011"}, "forms/D1.xlsx > Document > B8: There is no 31 April 2011 (April 2011 has 30 days)."),
    ({"case_study_and_site": "c2"}, "forms/D1.xlsx > Document > B4: 'c2' is not in the Case studies register."),
    (
        {"author_or_originating_group": "Sam; Nobody"},
        ("forms/D1.xlsx > Document > B7: 'Nobody' is not in the Organisations, Arenas or People and groups register."),
    ),
]


@pytest.mark.parametrize(("header", "says"), HEADERS)
def test_a_header_that_cannot_be_used(folder: Folder, header: dict[str, str], says: str) -> None:
    folder.form(**header)
    code, said = folder.run("check")
    assert code == 1
    assert said.count(says) == 1


def _formula(book: openpyxl.Workbook) -> None:
    book["Who did what"]["L2"] = "=1+1"


def _merged(book: openpyxl.Workbook) -> None:
    book["Who did what"].merge_cells("A2:B3")


def _hidden(book: openpyxl.Workbook) -> None:
    book["Who did what"].row_dimensions[2].hidden = True


def _blank_rows(book: openpyxl.Workbook) -> None:
    white = PatternFill("solid", fgColor="FFFFFF")
    for number in range(3, 200_003):
        book["Who did what"].cell(number, 1).fill = white


CHANGES = [
    (_formula, 1, "> L2: the cell holds a formula (=1+1) with no stored value. Write the value itself."),
    (_merged, 1, "> A2:B3: the cells A2:B3 are merged"),
    (_hidden, 0, "> row 2: row 2 is hidden, perhaps by a filter; it was read."),
    (_blank_rows, 0, "0 problems and 0 warnings"),
]


@pytest.mark.parametrize(("change", "code", "says"), CHANGES)
def test_what_people_do_to_workbooks(folder: Folder, change: Any, code: int, says: str) -> None:
    folder.change(change)
    ended, said = folder.run("check")
    assert (ended, says in said) == (code, True), said


def _zip(path: Path, name: str, content: bytes) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, content)


def _half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


FILES = [
    (lambda path: path.write_bytes(b""), "the file is empty (0 bytes)"),
    (_half, "the workbook is damaged, or was only partly written or copied"),
    (lambda path: _zip(path, "a.txt", b"hello"), "The file is a zip file. Open it in the program it was made with"),
    (lambda path: _zip(path, "xl/worksheets/sheet1.xml", b"0" * (1 << 30)), "could harm this computer"),
    (lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 999), "forms/D1.xlsx:"),
]


@pytest.mark.parametrize(("damage", "says"), FILES)
def test_a_file_that_is_no_workbook(folder: Folder, damage: Callable[[Path], object], says: str) -> None:
    damage(folder.form())
    code, said = folder.run("check")
    assert code == 1
    assert "PROBLEM forms/D1.xlsx: " in said
    assert says in said


def test_a_form_of_a_newer_version(folder: Folder) -> None:
    path = folder.path / "forms" / "new.yaml"
    write_form(TEMPLATE, path, SCHEMA)
    path.write_text(path.read_text(encoding="utf-8").replace("version: 1", "version: 2", 1), encoding="utf-8")
    code, said = folder.run("check")
    assert code == 1
    assert "forms/new.yaml: This form is version 2; this program reads up to version 1. Update the program" in said


TABLES = [
    (b"who,paper\nSam,D1\n", 0, "0 problems"),
    (b"\xef\xbb\xbfwho,paper\nSam,D1\n", 0, "0 problems"),
    ("who;paper\nZoë;D1\n".encode("cp1252"), 0, "tables/t.csv"),
    (b"", 1, "tables/t.csv: the file is empty (0 bytes)"),
    (b"who,paper\nSa\x07m,D1\n", 0, "tables/t.csv > line 2: invisible control characters were left out"),
    (b'who,paper\n"' + b"x" * 50_000_000 + b'",D1\n', 1, "line 2 is longer than 1,000,000 characters"),
    (b"wer,paper\nSam,D1\n", 1, "The map reads a column 'who', which the table does not have."),
    (b"who,paper\nSam,D1,more\n", 1, "tables/t.csv > line 2"),
]


@pytest.mark.parametrize(("content", "code", "says"), TABLES, ids=[says[-40:] for _, _, says in TABLES])
def test_a_table(folder: Folder, content: bytes, code: int, says: str) -> None:
    folder.table(content)
    ended, said = folder.run("check")
    assert (ended, says in said) == (code, True), said[:2000]


def test_a_name_from_right_to_left_is_loaded_and_traced(folder: Folder) -> None:
    folder.table("who,paper\nمحمد,D1\n".encode())
    assert folder.run("load")[0] == 0
    code, said = folder.run("trace", "D1", "--format", "json")
    assert code == 0
    assert "محمد" in said


def test_the_registers_are_checked_too(folder: Folder) -> None:
    more = [
        {"sheet": "people", "id": "ss", "pseudonym": "Other"},
        {"sheet": "people", "id": "Z", "pseudonym": "mina", "organisation": "Nowhere", "kind": "Robot"},
    ]
    write_registers(folder.path / "registers.xlsx", SCHEMA, [*REGISTERS, *more])
    folder.form({"who": "Mina"})
    code, said = folder.run("check")
    assert code == 1
    assert "'ss' is listed twice; the other entry is at registers.xlsx > People and groups > A2." in said
    assert "'Nowhere' is not in the Organisations register." in said
    assert "'Robot' is not one of the choices for actor kind. Write one of: Person, Collective." in said
    assert "'Mina' matches 2 entries. Write the id of one: MV (person or group), Z (person or group)." in said


STUDY_FILES = [
    ("id: Bad Id\ntitle: x\n", "study.yaml, line 1: id: write it in small letters"),
    ("id: bad\ntitle: x\ncolour: red\n", "study.yaml, line 3: colour: is not recognised"),
    ("id: bad\n title: x\n", "study.yaml, line 2: "),
    ("id: bad\ntitle: x\nstore: {password: x}\n", "a password does not belong in this file"),
    ("id: bad\ntitle: x\nvocabulary:\n  doc_typ: {x: X}\n", "There is no vocabulary 'doc_typ'"),
]


@pytest.mark.parametrize(("content", "says"), STUDY_FILES)
def test_a_study_file_that_cannot_be_used(folder: Folder, content: str, says: str) -> None:
    (folder.path / "study.yaml").write_text(content, encoding="utf-8")
    code, said = folder.run("check")
    assert code in (1, 2)
    assert says in said


SERVERS = [
    ("bolt://127.0.0.1:9", 3, "bolt://127.0.0.1:9 cannot be reached"),
    ("localhost", 2, "is not the address of a Neo4j server"),
    ("bolt://me:secret@localhost:7687", 2, "set the environment variable NEO4J_PASSWORD"),
]


@pytest.mark.parametrize(("uri", "code", "says"), SERVERS)
def test_a_server_that_is_not_there(folder: Folder, uri: str, code: int, says: str) -> None:
    folder.form()
    ended, said = folder.run("--uri", uri, "load")
    assert (ended, says in said) == (code, True), said
    assert "secret" not in said


def test_a_wrong_password_is_said(folder: Folder, neo4j_engine: Any) -> None:
    folder.form()
    code, said = folder.run("load", env={**neo4j_engine.env, "NEO4J_PASSWORD": "not the password"})
    assert code == 3
    assert "The password is not right: set the environment variable NEO4J_PASSWORD" in said


def test_nothing_is_loaded_while_a_problem_stands_and_nothing_is_lost(folder: Folder) -> None:
    folder.form()
    assert folder.run("load")[0] == 0
    before = folder.run("trace", "D1", "--format", "json")
    folder.form({"when": "soon"})
    code, said = folder.run("load")
    assert code == 1
    assert '"soon" is not a date' in said
    assert "Nothing was loaded: correct 1 problem first." in said
    assert folder.run("trace", "D1", "--format", "json") == before


def test_the_problems_as_json(folder: Folder, run_cli: Any) -> None:
    folder.form({"who": "Minna"})
    result = run_cli("check", "--json", cwd=folder.path)
    assert result.code == 1
    said = json.loads(result.stdout)
    (problem,) = said["problems"]
    assert (problem["file"], problem["sheet"], problem["cell"]) == ("forms/D1.xlsx", "Who did what", "A2")
    assert said["counts"] == {"unknown_name": 1}


def test_references_that_mean_nothing_or_too_much(folder: Folder) -> None:
    folder.table(b"who,paper\nSam,Needs assessment 2010\nSam,Needs assessment 2011\n")
    assert folder.run("load")[0] == 0
    code, said = folder.run("trace", "Neds assessment 2010")
    assert code == 1
    assert "Needs assessment 2010" in said
    code, said = folder.run("trace", "Needs")
    assert code == 1
    assert "2010" in said
    assert "2011" in said


def test_wrong_usage(folder: Folder, tmp_path: Path, run_program: Any) -> None:
    assert folder.run("check", "nowhere")[0] == 2
    assert folder.run("cypher")[0] == 2
    outside = run_program("check", cwd=tmp_path)
    assert outside.code == 2
    assert "There is no study.yaml in" in outside.stderr
