"""Cypher at the command line: read-only in depth, hints, limits, formats, piped queries, and the prompt."""

from __future__ import annotations

import csv
import io
import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

import journeys
from journeys.cli.cypher_completion import CypherCompleter
from journeys.cli.cypher_prompt import HISTORY, prompt_session, run_prompt
from journeys.cli.cypher_shell import CypherShell, ShellOptions
from journeys.cli.results import values
from journeys.cli.session import Session
from journeys.model.problems import JourneysError
from journeys.study.study import Study

ATTEMPTS = [
    "CREATE (n:Tmp {id: 'x'})",
    "MERGE (n:Tmp {id: 'x'}) RETURN n",
    "MATCH (n:Site) SET n.pseudonym = 'gone'",
    "MATCH (n:Site) SET n:Tmp",
    "MATCH (n:Site) REMOVE n.pseudonym",
    "MATCH (n:Site) DETACH DELETE n",
    "MATCH ()-[r:CONTESTED]->() DELETE r",
    "MATCH (n:Site) FOREACH (x IN [1] | SET n.pseudonym = 'gone')",
    "MATCH (n:Site) CALL (n) { SET n.pseudonym = 'gone' } RETURN n",
    "UNWIND [1] AS x CALL (x) { CREATE (n:Tmp) } IN TRANSACTIONS OF 1 ROWS",
    "CALL { CREATE (n:Tmp) } RETURN 1 AS one",
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "MATCH (n) RETURN n UNION LOAD CSV FROM 'file:///etc/passwd' AS n RETURN n",
    "CREATE INDEX tmp FOR (n:Site) ON (n.tmp)",
    "DROP INDEX site_study",
    "CREATE CONSTRAINT tmp FOR (n:Site) REQUIRE n.tmp IS UNIQUE",
    "CREATE USER tmp SET PASSWORD 'long-enough'",
    "CREATE DATABASE tmp",
    "CALL dbms.listConfig()",
    "CALL dbms.killQuery('x')",
    "CALL db.createLabel('Tmp')",
    "CALL apoc.cypher.doIt('CREATE (:Tmp)', {})",
    "SHOW USERS",
    "SHOW SETTINGS",
    "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
    "PROFILE CREATE (n:Tmp)",
    "EXPLAIN CREATE (n:Tmp)",
    "CYPHER 5 CREATE (n:Tmp)",
    "/* MATCH */ CREATE (n:Tmp)",
    "// RETURN 1\nCREATE (n:Tmp)",
    "RETURN 1 AS one; CREATE (n:Tmp)",
    "RETURN 1 AS one // ;\n; CREATE (n:Tmp)",
    "\\u0043REATE (n:Tmp)",
    "INSERT (:Tmp)",
]

COUNT = "MATCH (n) RETURN labels(n)[0] AS label, count(n) AS n, count(n.pseudonym) AS named ORDER BY label"


@pytest.fixture
def study(demo: Any, monkeypatch: pytest.MonkeyPatch) -> Study:
    """The demonstration study on each engine in turn."""
    for name, value in demo.env.items():
        monkeypatch.setenv(name, value)
    return journeys.open(demo.folder)


@pytest.fixture
def shown(demo_study: Any) -> Any:
    """The demonstration study on the embedded store, for what does not hang on the engine."""
    return demo_study("embedded")


def test_nothing_can_be_changed(study: Study) -> None:
    with study.store():
        before = study.cypher(COUNT).rows, len(study.cypher("SHOW INDEXES").rows)
        for query in ATTEMPTS:
            with pytest.raises(JourneysError) as refused:
                study.cypher(query)
            assert str(refused.value), query
        after = study.cypher(COUNT).rows, len(study.cypher("SHOW INDEXES").rows)
    assert before == after
    assert "Tmp" not in [label for label, _, _ in after[0]]


def test_a_change_is_refused_in_a_sentence(demo: Any, run_cli: Any) -> None:
    for query in ("MATCH (n:Site) SET n.name = 'gone'", "CREATE (n:Tmp)", "MATCH (n:Site) DETACH DELETE n"):
        refused = run_cli("cypher", query, cwd=demo.folder, env=demo.env)
        assert (refused.code, refused.stdout) == (1, "")
        assert refused.stderr.startswith("This query would change the graph")


def test_names_that_there_are_not_are_told_with_the_nearest(study: Study) -> None:
    with study.store():
        table = study.cypher(
            "MATCH (d:Documnet {titel: 'x'})-[r:CONTESTD]->()<-[:ABSTAINED_ON]-() RETURN d.nme, d.name, r"
        )
        fine = study.cypher(
            "MATCH (d:Document {study: $study})<-[r:CONTESTED]-(a:Actor) RETURN d.title, r.grounds, a.id"
        )
    assert table.rows == ()
    assert table.hints == (
        "There is no label 'Documnet'. Did you mean 'Document'?",
        "There is no property 'titel'. Did you mean 'title'?",
        "There is no kind of claim 'CONTESTD'. Did you mean 'CONTESTED'?",
        "Nothing in the store has the kind of claim 'ABSTAINED_ON' yet.",
        "There is no property 'nme'. Did you mean 'name'?",
    )
    assert fine.rows
    assert fine.hints == ()


def test_a_parameter_without_a_value_is_said(study: Study) -> None:
    with pytest.raises(JourneysError, match=r"uses \$site, which has no value"):
        study.cypher("MATCH (s:Site {id: $site}) RETURN s")


def test_the_formats_say_the_same(shown: Any, run_cli: Any, tmp_path: Path) -> None:
    query = (
        "MATCH (s:Site {study: $study}) RETURN s.name AS site, 1 + $more AS n, date('2011-03-05') AS day ORDER BY site"
    )
    asked = ("cypher", query, "--param", "more=2")
    rows = [["Easthaven", 3, "2011-03-05"], ["Northtown", 3, "2011-03-05"], ["Westbury", 3, "2011-03-05"]]

    as_json = run_cli(*asked, "--format", "json", cwd=shown.folder).stdout
    as_csv = run_cli(*asked, "--format", "csv", cwd=shown.folder).stdout
    table = run_cli(*asked, cwd=shown.folder).stdout
    path = tmp_path / "answer.xlsx"
    written = run_cli(*asked, "-o", path, cwd=shown.folder)
    book = load_workbook(path)

    assert [list(row.values()) for row in json.loads(as_json)] == rows
    assert list(csv.reader(io.StringIO(as_csv)))[1:] == [[str(value) for value in row] for row in rows]
    assert [line.split() for line in table.splitlines()[1:]] == [[str(value) for value in row] for row in rows]
    assert (written.code, written.stdout) == (0, "")
    assert book.sheetnames == ["Answer", "About"]
    assert [[cell.value for cell in row][:2] for row in book["Answer"].iter_rows(min_row=2)] == [
        row[:2] for row in rows
    ]
    assert query in [row[1].value for row in book["About"].iter_rows()]
    assert run_cli(*asked, "--format", "svg", cwd=shown.folder).code == 2


def test_queries_piped_in_and_from_a_file(shown: Any, run_cli: Any, tmp_path: Path) -> None:
    text = "\\format csv\nMATCH (s:Site)\nRETURN count(s) AS n; // ;\nRETURN ';' AS mark;\n\\quit\nRETURN 3 AS three;"
    piped = run_cli("cypher", cwd=shown.folder, stdin=text)
    assert (piped.code, piped.stdout) == (0, "n\n3\nmark\n;\n")

    (tmp_path / "some.cypher").write_text("RETURN 1 AS a;\nRETURN x AS b;\nRETURN 3 AS c;", encoding="utf-8")
    stopped = run_cli("cypher", "-f", tmp_path / "some.cypher", "--format", "csv", cwd=shown.folder)
    assert (stopped.code, stopped.stdout) == (1, "a\n1\n")
    assert "x" in stopped.stderr
    assert run_cli("cypher", "RETURN 1 AS a; RETURN 2 AS b", "-o", "x.csv", cwd=shown.folder).code == 2
    assert run_cli("cypher", cwd=shown.folder, stdin=" // nothing\n").code == 2


def test_numbers_that_json_does_not_have_are_told_from_nothing(shown: Any, run_cli: Any) -> None:
    query = "RETURN 1.0 / 0 AS a, -1.0 / 0 AS b, 0.0 / 0 AS c, [1.0 / 0] AS d, null AS e"
    told = run_cli("cypher", query, "--format", "json", cwd=shown.folder).stdout

    def refuse(word: str) -> None:
        raise AssertionError(word)

    assert json.loads(told, parse_constant=refuse) == [
        {"a": "Infinity", "b": "-Infinity", "c": "NaN", "d": ["Infinity"], "e": None}
    ]


def test_a_file_or_another_program_gets_every_letter(shown: Any, run_program: Any, tmp_path: Path) -> None:
    """Whatever the machine's own encoding is: here that of the plainest locale, ASCII."""
    (tmp_path / "names.cypher").write_text("RETURN 'Zoë → 日本' AS name", encoding="utf-8")
    plain = {**shown.env, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    for wanted in ("table", "csv", "json"):
        told = run_program("cypher", "-f", tmp_path / "names.cypher", "--format", wanted, cwd=shown.folder, env=plain)
        assert told.code == 0
        assert "Zoë → 日本" in told.stdout


def test_the_schema_explains_itself(shown: Any, run_cli: Any) -> None:
    listed = run_cli("cypher", "\\schema", cwd=shown.folder).stdout
    claim = run_cli("cypher", "\\schema contested", cwd=shown.folder).stdout
    node = run_cli("cypher", "\\schema Document", cwd=shown.folder).stdout
    wrong = run_cli("cypher", "\\schema CONTESTD", cwd=shown.folder)

    assert "CONTESTED" in listed
    assert "A standing board, team or group" in listed
    assert claim.startswith("(:Actor|Arena|Organisation)-[:CONTESTED]->(:Document|Evidence)")
    assert "was contested by" in claim
    assert "verbatim, paraphrase" in claim
    assert "doc_number" in node
    assert "TABLED_AT" in node
    assert (wrong.code, wrong.stderr) == (
        2,
        "There is no label or kind of claim 'CONTESTD'. Did you mean 'CONTESTED'?\n",
    )


@pytest.fixture
def shell(shown: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[CypherShell]:
    monkeypatch.setenv("COLUMNS", "120")
    study = journeys.open(shown.folder)
    with study.store():
        yield CypherShell(Session(), study, ShellOptions())


def test_a_conversation(shell: CypherShell, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    typed = [
        "MATCH (s:Site)", "RETURN count(s) AS sites;", "RETURN nonsense;", "\\params site=Northtown n=2",
        "RETURN $site AS site, $n + 1 AS n;", "\\format json", "RETURN 1 AS one;", "\\rows 2",
        "UNWIND [1, 2, 3] AS i RETURN i;", "\\rows none", "\\nothing", "\\quit", "RETURN 'never';",
    ]  # fmt: skip
    with create_pipe_input() as keyboard:
        keyboard.send_text("".join(f"{line}\r" for line in typed))
        run_prompt(shell, prompt_session(shell, tmp_path, input=keyboard, output=DummyOutput()))
    said = capsys.readouterr()

    lines = [line.split() for line in said.out.splitlines()]
    assert lines[:4] == [["sites"], ["3"], ["site", "n"], ["Northtown", "3"]]
    assert '"one": 1' in said.out
    assert "never" not in said.out
    for part in (
        "nonsense",
        "site=Northtown",
        "Only the first 2 rows",
        "'none' is not a number",
        "no command \\nothing",
    ):
        assert part in said.err
    assert "RETURN count(s) AS sites;" in (tmp_path / HISTORY).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("typed", "offered", "not_offered"),
    [
        ("MATCH (d:Doc", "Document", "CONTESTED"),
        ("MATCH (d:Document)<-[r:CON", "CONTESTED", "Document"),
        ("MATCH (d:Document)<-[r:CONTESTED|SUP", "SUPPORTED", "Document"),
        ("MATCH (d:Document) RETURN d.", "doc_number", "grounds"),
        ("MATCH ()-[r:CONTESTED]->() RETURN r.gr", "grounds", "doc_number"),
        ("MATCH (d:Document {do", "doc_number", "grounds"),
        ("MATCH (d:Document {id: 1, do", "doc_number", "id"),
        ("MATCH (d {study: $st", "$study", "$site"),
        ("\\sch", "\\schema", "\\quit"),
        ("\\schema cont", "CONTESTED", "Document"),
        ("ret", "RETURN", "MATCH"),
    ],
)
def test_what_tab_offers(shell: CypherShell, typed: str, offered: str, not_offered: str) -> None:
    completer = CypherCompleter(shell.study.schema, shell.manner)
    found = [choice.text for choice in completer.get_completions(Document(typed), CompleteEvent())]
    assert offered in found
    assert not_offered not in found


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_a_person_at_a_terminal_gets_a_prompt(shown: Any, cli_env: Any) -> None:
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "journeys", "cypher"]
    env = cli_env({"TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"})
    with subprocess.Popen(command, cwd=shown.folder, env=env, stdin=theirs, stdout=theirs, stderr=theirs) as child:
        os.close(theirs)
        seen = _read_until(ours, b"journeys>")
        os.write(ours, b"RETURN 40 + 2 AS answer;\r")
        seen += _read_until(ours, b"42")
        os.write(ours, b"\\quit\r")
        assert child.wait(60) == 0
    os.close(ours)
    assert b"\\help explains" in seen


def _read_until(terminal: int, wanted: bytes) -> bytes:
    seen, deadline = b"", time.monotonic() + 60
    while wanted not in seen:
        assert time.monotonic() < deadline, seen
        if select.select([terminal], [], [], 1)[0]:
            seen += os.read(terminal, 4096)
    return seen


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_parameter_that_is_not_json_is_a_text(text: str) -> None:
    assert values([f"x={text}"]) == {"x": text}


def test_a_parameter_that_is_json_is_a_value() -> None:
    given = values(["a=1", "b=1.5", "c=true", "d=[1, 2]", "e=2011-03-05", "f=Ann"])
    assert given == {"a": 1, "b": 1.5, "c": True, "d": [1, 2], "e": date(2011, 3, 5), "f": "Ann"}
