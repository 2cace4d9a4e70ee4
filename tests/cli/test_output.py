"""One way to ask for output: --format, -o FILE whose ending decides, and standard output, for every command."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from journeys.analysis.measures.registry import MEASURES
from journeys.cli.main import cli
from journeys.model.problems import JourneysError
from journeys.store.queries.library import read_library
from journeys.study.output import format_of
from tests.written import new_study

NETWORK = ("table", "csv", "json", "html")


@dataclass
class Told:
    """How a command ended, run in this process: quicker than a shell, and no engine is needed for what is asked."""

    code: int
    stdout: str
    stderr: str


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new study, nothing loaded, which is where commands run."""
    new_study(tmp_path / "mine", title="Mine")
    monkeypatch.chdir(tmp_path / "mine")
    return tmp_path / "mine"


def run(*arguments: str) -> Told:
    """Run a command as ``journeys`` would, with what goes wrong said on stderr."""
    ended = CliRunner().invoke(cli, arguments, prog_name="journeys")
    if isinstance(ended.exception, JourneysError):
        return Told(ended.exception.exit_code, ended.stdout, f"{ended.stderr}{ended.exception}")
    assert ended.exception is None or isinstance(ended.exception, SystemExit), ended.exception
    return Told(ended.exit_code, ended.stdout, ended.stderr)


@pytest.mark.parametrize(
    ("name", "format_"),
    [("n.csv", "csv"), ("N.HTML", "html"), ("n.htm", "html"), ("n.txt", "table"), ("a.b.json", "json")],
)
def test_the_ending_says_the_format(name: str, format_: str) -> None:
    assert format_of(Path(name), NETWORK) == format_


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["trace", "D07", "-o", "D07.pdf"], ".svg or .png. For a PDF write .html, open it in a browser, and print it."),
        (["network", "-o", "net.pdf"], "'net.pdf' does not say which format to write. Let it end in .txt, .csv, "),
        (["network", "-o", "net.cvs"], "Did you mean '.csv'?"),
        (["network", "-o", "net"], ".txt, .csv, .json, .html, .xlsx, .gexf, .graphml or .net."),
        (["network", "-o", "net.svg"], ".txt, .csv, .json, .html, .xlsx, .gexf, .graphml or .net."),
        (["network", "--format", "svg"], "'svg' is not one of table, csv, json, html, xlsx, gexf, graphml, net."),
        (["network", "--format", "htlm"], "Did you mean 'html'?"),
        (["network", "--format", "csv", "-o", "net.html"], "--format csv does not fit 'net.html'."),
        (["trace", "D07", "-o", "D07.xlsx"], ".txt, .json, .html, .svg or .png."),
        (["ask", "-o", "q.html"], ".txt, .csv, .json or .xlsx."),
        (["cypher", "RETURN 1", "-o", "a.svg"], ".txt, .csv, .json or .xlsx."),
        (["analyse", "-o", "m.svg"], "The list of measures cannot be written as svg, but as csv, json or xlsx."),
        (["status", "--format", "csv"], "'csv' is not one of table, json, docx, html, xlsx."),
        (["check", "-o", "p.csv"], ".txt or .json."),
        (["ask", "who contested", "--format", "json"], "That may mean"),
        (["ask", "introducers", "--cypher", "-o", "q.csv"], "without --format and -o"),
    ],
)
def test_what_cannot_be_written_is_refused_before_anything_is_asked(
    mine: Path, arguments: list[str], said: str
) -> None:
    told = run(*arguments)
    assert (told.code, told.stdout) == (2, "")
    assert said in told.stderr
    assert not [*mine.glob("net*"), *mine.glob("*.svg"), *mine.glob("q.*")]


def test_the_questions_are_listed_for_programs(mine: Path) -> None:
    (mine / "cypher").mkdir(exist_ok=True)
    (mine / "cypher" / "broken.cypher").write_text("// titel: x\nRETURN 1", encoding="utf-8")
    listed = run("ask", "--format", "json")
    questions = {each["name"]: each for each in json.loads(listed.stdout)}
    assert set(questions) == {query.name for query in read_library().questions}
    assert "cypher/broken.cypher > line 1" in listed.stderr
    reception = questions["trace/reception"]
    assert reception["numbers"] == [5, 6]
    by_name = {each["name"]: each for each in reception["parameters"]}
    assert "study" not in by_name
    assert by_name["document"]["required"] is True
    assert by_name["modes"]["terms"]["researcher_comment"] == "Researcher's comment"
    assert "derived" not in by_name["modes"]["default"]

    assert run("ask", "-o", "out/questions.csv").code == 0
    rows = list(csv.DictReader(io.StringIO((mine / "out" / "questions.csv").read_text(encoding="utf-8"))))
    assert [row["name"] for row in rows] == list(questions)
    assert [row["needs"] for row in rows if row["name"] == "trace/reception"] == ["document"]


def test_the_measures_are_listed_for_programs(mine: Path) -> None:
    listed = json.loads(run("analyse", "--format", "json").stdout)
    assert [each["name"] for each in listed] == list(MEASURES)
    brokerage = next(each for each in listed if each["name"] == "brokerage")
    assert {"relation", "by"} <= {option["name"] for option in brokerage["options"]}
    assert run("analyse", "-o", "measures.xlsx").code == 0
    sheet = load_workbook(mine / "measures.xlsx")["Measures"]
    assert [cell.value for cell in sheet["A"][1:]] == list(MEASURES)


def test_a_check_as_json_three_ways(mine: Path) -> None:
    (mine / "forms" / "odd.xlsx").write_bytes(b"not a workbook")
    asked = [run("check", *how) for how in (["--json"], ["--format", "json"], ["-o", "-"])]
    assert [each.code for each in asked] == [1, 1, 1]
    assert asked[0].stdout == asked[1].stdout
    assert json.loads(asked[0].stdout)["problems"]
    assert "odd.xlsx" in asked[2].stdout
    written = run("check", "-o", "out/problems.json")
    assert (written.code, written.stdout) == (1, "")
    assert (mine / "out" / "problems.json").read_text(encoding="utf-8") == asked[0].stdout


@pytest.mark.usefixtures("processes")
def test_what_is_piped_is_utf_8_whatever_the_locale(mine: Path, cli_env: Callable[..., dict[str, str]]) -> None:
    (mine / "cypher").mkdir(exist_ok=True)
    header = "// title: Ωmega\n// question: 99\n// params: none\n// returns: {n: a number}\n"
    own = header.replace("99", "Πόσα – “so many”?") + "RETURN 1 AS n"
    (mine / "cypher" / "greek.cypher").write_text(own, encoding="utf-8")
    locale = {"LC_ALL": "C", "LANG": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for format_ in ("json", "csv"):
        command = [sys.executable, "-m", "journeys", "ask", "--format", format_]
        ended = subprocess.run(command, cwd=mine, env=cli_env(locale), capture_output=True, timeout=120, check=True)
        assert "Πόσα – “so many”?" in ended.stdout.decode("utf-8")


@pytest.mark.usefixtures("processes")
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")
def test_a_workbook_is_not_poured_into_a_terminal(mine: Path, cli_env: Callable[..., dict[str, str]]) -> None:
    import pty

    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "journeys", "ask", "--format", "xlsx"]
    ended = subprocess.run(
        command, cwd=mine, env=cli_env({}), stdout=follower, stderr=subprocess.PIPE, timeout=120, check=False
    )
    os.close(follower)
    os.close(leader)
    assert ended.returncode == 2
    assert b"is not for reading in a terminal: add -o FILE.xlsx" in ended.stderr
    piped = subprocess.run(command, cwd=mine, env=cli_env({}), capture_output=True, timeout=120, check=True)
    assert load_workbook(io.BytesIO(piped.stdout))["Questions"]["A1"].value == "name"
