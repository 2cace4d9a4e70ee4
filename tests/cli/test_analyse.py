"""journeys analyse, as a researcher uses it: the list, one measure, what counts, sources, formats, and mistakes."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import openpyxl
import pytest
from rich.console import Console

import journeys
from journeys.analysis.claims.selection import Selection
from journeys.analysis.measures.registry import MEASURES
from journeys.analysis.measures.run import Analysis, Choice
from journeys.model.problems import JourneysError
from journeys.model.schema import load_schema
from journeys.views.terminal.measures import AnalysisView

if TYPE_CHECKING:
    from tests.commands import RunCli
    from tests.engines import Loaded, LoadedStudy


def test_the_list_says_what_each_answers_and_takes(demo_study: Loaded, run_cli: RunCli) -> None:
    result = run_cli("analyse", cwd=demo_study("embedded").folder)
    assert result.code == 0
    for name, measure in MEASURES.items():
        assert name in result.stdout
        assert measure.answers[:40] in result.stdout
    assert "journey [REF]" in result.stdout
    assert "by=organisation|kind: group actors by organisation or by its kind" in result.stdout


def test_one_journey_on_every_engine(demo: LoadedStudy, run_cli: RunCli) -> None:
    """The report on Lakeside came on 10 May; the unit it is to justify was decided on 30 March."""
    result = run_cli("analyse", "journey", "D33", "--format", "json", cwd=demo.folder, env=demo.env)
    assert result.code == 0, result.stderr
    told = json.loads(result.stdout)
    assert told["measure"] == "journey"
    assert told["conditions"] == {"about": "How Lakeside does it, report of a visit (west.maternity.D33)"}
    tables = {table["name"]: table for table in told["tables"]}
    (decision,) = tables["decisions"]["rows"]
    assert (decision["post_hoc"], decision["agreement"]) == ("certainly", "agree")
    assert decision["decided"] == "30 March 2011"
    assert len(decision["claims"]) == 4  # tied to it, decided, used, brought in
    reached = {row["stage"]: row["reached"] for row in tables["stages"]["rows"]}
    assert reached["Use"] == "reached"
    assert reached["Appraisal"] == "skipped (no claim)"
    for table in told["tables"]:
        assert table["n"]
        assert table["method"]
        assert all(left["n"] == len(left["claims"]) > 0 for left in table["left_out"])


def test_a_table_as_a_picture(demo_study: Loaded, run_cli: RunCli, tmp_path: Path) -> None:
    folder, drawn = demo_study("embedded").folder, tmp_path / "reach.svg"
    asked = ("analyse", "reach", "D07", "--table", "people", "-o", drawn)
    result = run_cli(*asked, "--column", "earliest", "--column", "latest", cwd=folder)
    assert (result.code, result.stdout) == (0, "")
    assert "reach.svg is written." in result.stderr
    assert "Mina V. · certainly" in drawn.read_text(encoding="utf-8")
    for ending, first in (("png", b"\x89PNG"), ("pdf", b"%PDF-")):
        picture = tmp_path / f"gaps.{ending}"
        assert run_cli("analyse", "gap-map", "-o", picture, cwd=folder).code == 0
        assert picture.read_bytes().startswith(first)
    refused = run_cli(*asked, "--column", "actor", cwd=folder)
    assert refused.code == 2
    assert "people has no column of numbers or dates named 'actor'. Choose from: earliest, latest." in refused.stderr


def test_a_long_table_is_shown_in_part_and_says_so(
    demo_study: Loaded, run_cli: RunCli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the 210 pairs of 21 journeys ten, where ten rows are shown at once."""
    monkeypatch.setattr("journeys.views.terminal.measures.MOST_SHOWN", 10)
    found = journeys.open(demo_study("embedded").folder).analyse("sequences")
    console = Console(width=100, record=True, file=io.StringIO())
    console.print(AnalysisView(found))
    shown = console.export_text()
    assert "… and 200 more rows: --table distances shows all, -o FILE.xlsx writes all." in shown
    whole = run_cli("analyse", "sequences", "--table", "distances", cwd=demo_study("embedded").folder).stdout
    assert "more rows" not in whole
    assert found.tables[0].title not in whole
    assert found.table("distances").title in whole


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize("width", [60, 200])
def test_a_table_without_rows_says_so(name: str, width: int) -> None:
    tables = MEASURES[name].run(nx.MultiDiGraph(), Selection(), schema=load_schema())
    console = Console(width=width, record=True, file=io.StringIO())
    console.print(AnalysisView(Analysis(MEASURES[name], tables, {})))
    empty = sum(not table.rows for table in tables)
    assert empty
    assert console.export_text().count("No rows.") == empty


def test_the_same_measures_on_every_engine(demo: LoadedStudy, demo_study: Loaded, run_cli: RunCli) -> None:
    """Nothing that the embedded store says differs on a server."""
    here = demo_study("embedded")
    for measure in ("reach", "citation", "gaps"):
        one = run_cli("analyse", measure, "--format", "json", cwd=demo.folder, env=demo.env)
        other = run_cli("analyse", measure, "--format", "json", cwd=here.folder, env=here.env)
        assert one.code == 0, one.stderr
        assert json.loads(one.stdout) == json.loads(other.stdout)


def test_numbers_come_with_n_what_was_left_out_and_method(demo_study: Loaded, run_cli: RunCli) -> None:
    folder = demo_study("embedded").folder
    result = run_cli("analyse", "polarity", "--site", "Northtown", "--without-interpretive", cwd=folder)
    assert result.code == 0, result.stderr
    assert "site: Northtown" in result.stdout
    assert "without: researchers' interpretations" in result.stdout
    assert "left out: 1 claim: recorded as interpretive" in result.stdout
    assert "n: " in result.stdout
    assert "method: " in result.stdout


def test_every_row_leads_to_quote_source_and_cell(demo_study: Loaded, run_cli: RunCli) -> None:
    folder = demo_study("embedded").folder
    result = run_cli("analyse", "journey", "D33", "--sources", cwd=folder)
    assert "Interview with the chief executive" in result.stdout
    assert "forms/INVENTED D33.xlsx > Who did what > " in result.stdout
    told = json.loads(run_cli("analyse", "journey", "D33", "--sources", "--format", "json", cwd=folder).stdout)
    ids = {claim for table in told["tables"] for row in table["rows"] for claim in row["claims"]}
    left = {claim for table in told["tables"] for each in table["left_out"] for claim in each["claims"]}
    assert set(told["claims"]) == ids | left


def test_csv_is_one_table_and_the_rest_is_said(demo_study: Loaded, run_cli: RunCli, tmp_path: Path) -> None:
    folder = demo_study("embedded").folder
    file = tmp_path / "arenas.csv"
    result = run_cli("analyse", "reach", "D24", "--table", "arenas", "-o", file, cwd=folder)
    assert result.code == 0, result.stderr
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))
    assert [(row["arena"], row["reached"]) for row in rows] == [
        ("Mental Health Partnership", "certainly"),
        ("Professional Executive", "certainly"),
        ("Access Task Group", "certainly"),
    ]
    assert all(claim.startswith("claim:") for row in rows for claim in row["claims"].split("; "))
    assert "n: documents and pieces of evidence 1;" in result.stderr
    assert "left out: " in result.stderr
    assert "--table people: Who can have seen it" in result.stderr


def test_a_workbook_has_a_sheet_a_table_and_says_how_to_read_it(
    demo_study: Loaded, run_cli: RunCli, tmp_path: Path
) -> None:
    file = tmp_path / "gaps.xlsx"
    result = run_cli("analyse", "gaps", "D07", "--sources", "-o", file, cwd=demo_study("embedded").folder)
    assert result.code == 0, result.stderr
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == [
        "Basis", "Weak", "Conflicts", "Unanswered", "Orders", "Open orders", "How to read", "Claims",
    ]  # fmt: skip
    words = [str(cell.value) for row in book["How to read"].iter_rows() for cell in row]
    assert "Measure" in words
    assert any(text.startswith("Two sources disagree on a question") for text in words)
    assert any("statements" in text for text in words)
    assert book["Basis"]["A2"].value == "all"
    assert isinstance(book["Basis"]["B2"].value, int)
    assert book["Claims"].max_row > 20


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["xyzzy"], 2, "There is no measure 'xyzzy'. Choose from: journey, reach, citation"),
        (["journey", "D99"], 1, "'D99' is not a document or a piece of evidence in this study."),
        (["reach", "--option", "groups"], 2, "Write it as name=value."),
        (["gaps", "--format", "html"], 2, "'html' is not one of table, csv, json, xlsx, svg, png, pdf."),
        (
            ["gaps", "--format", "csv", "--table", "weaker"],
            2,
            "gaps has no table 'weaker'. Did you mean 'weak'? Its tables are: basis, weak",
        ),
    ],
)
def test_mistakes_at_the_command_line(
    demo_study: Loaded, run_cli: RunCli, arguments: list[str], code: int, said: str
) -> None:
    result = run_cli("analyse", *arguments, cwd=demo_study("embedded").folder)
    assert result.code == code
    assert said in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("measure", "ref", "choice", "options", "said"),
    [
        ("journey", "D24", {"site": "Northtown"}, {}, "east.therapies.D24 does not belong to north."),
        ("reach", None, {}, {"groups": "perhaps"}, "groups cannot be 'perhaps'. Write yes or no."),
        ("reach", None, {}, {"group": "yes"}, "reach has no option 'group'. Did you mean 'groups'? Its options: "),
        ("brokerage", "D07", {}, {}, "brokerage covers the whole study"),
        ("reach", None, {"site": "Nowhere"}, {}, "'Nowhere' is not a site in this study."),
        ("gaps", None, {"modes": ["hearsay"]}, {}, "The mode cannot be 'hearsay'. It takes: verbatim, paraphrase"),
        ("gaps", None, {"scope": "both"}, {}, "The scope cannot be 'both'. It takes: general, ethnicity-specific"),
        ("gaps", None, {"confidences": ["very"]}, {}, "The confidence cannot be 'very'. It takes: high"),
        ("gaps", None, {"start": "some day"}, {}, "--from: "),
        ("gaps", None, {"start": "2011-05", "end": "2011-03"}, {}, "ends (2011-03-31) before it starts (2011-05-01)"),
        ("gaps", None, {"end": "after May 2011"}, {}, "has no last day"),
    ],
)
def test_mistakes_are_said_with_a_remedy(
    demo_study: Loaded, measure: str, ref: str | None, choice: dict[str, Any], options: dict[str, Any], said: str
) -> None:
    study = journeys.open(demo_study("embedded").folder)
    with pytest.raises(JourneysError, match=re.escape(said)):
        study.analyse(measure, ref, Choice(**choice), **options)


def test_as_a_library(demo_study: Loaded) -> None:
    study = journeys.open(demo_study("embedded").folder)
    choice = Choice(site="North", end="June 2011", modes=["Verbatim", "paraphrase", "not stated"], confidences=["High"])
    found = study.analyse("polarity", choice=choice, duplicates="all")
    assert found.conditions == {
        "site": "Northtown",
        "to": "2011-06-30",
        "mode": "not stated, paraphrase, verbatim",
        "confidence": "high",
        "duplicates": "all",
    }
    assert study.analyse("reach", "testimony", carried=False).tables[0].rows
