"""Every kind of report of the demonstration study, read as its reader would."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from journeys.study.reports import REPORTS

ABOUT = {"journey": "D07", "case": "north.diabetes", "site": "north"}


@pytest.fixture(scope="module")
def study(demo_study: Any) -> Any:
    return demo_study("embedded")


@pytest.mark.parametrize("kind", REPORTS)
def test_each_kind_is_written_in_each_format(kind: str, study: Any, run_cli: Any, tmp_path: Path) -> None:
    about = [ABOUT[kind]] if kind in ABOUT else []
    for ending in ("html", "docx", "xlsx"):
        done = run_cli("report", kind, *about, "-o", tmp_path / f"r.{ending}", cwd=study.folder, env=study.env)
        assert done.code == 0, done.stderr
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    words = re.sub(r"<[^>]+>", " ", page.split("<main", 1)[1])
    assert "demo:" not in words, "an id of the graph"
    assert not re.search(r"\b1 (?:sources|passages|rows|steps|codes)\b", words)
    assert re.search(r"script-src (?:'|&#39;)(?:none|sha256-)", page), "only the page's own script may run"
    assert not re.search(r"(?:src|href)=\"(?!#)", page), "something outside the page"
    document = docx.Document(str(tmp_path / "r.docx"))
    assert document.tables
    assert openpyxl.load_workbook(tmp_path / "r.xlsx").sheetnames[1] == "Report"


def test_the_journey_says_who_stood_where_and_shows_the_map(study: Any, run_cli: Any, tmp_path: Path) -> None:
    done = run_cli("report", "journey", "D07", "-o", tmp_path / "j.docx", cwd=study.folder, env=study.env)
    assert done.code == 0
    document = docx.Document(str(tmp_path / "j.docx"))
    texts = [each.text for each in document.paragraphs]
    assert any("At Redesign Group April 2011, it was contested by Mina V. (on the reasons" in text for text in texts)
    assert any("Sources disagree on three points: who wrote it;" in text for text in texts)
    assert len(document.inline_shapes) == 1
    assert any(text.startswith("Figure 1. Journey map of Diabetes health needs assessment (n = ") for text in texts)


def test_the_summary_tables_have_a_column_for_each_site(study: Any, run_cli: Any, tmp_path: Path) -> None:
    path = tmp_path / "s.xlsx"
    assert run_cli("report", "summary-tables", "-o", path, cwd=study.folder, env=study.env).code == 0
    book = openpyxl.load_workbook(path)
    sheet = next(each for each in book if each.title.startswith("3 Findings"))
    heading = [cell.value for cell in sheet[2]]
    assert heading == ["No.", "Row", "As the tables say", "Easthaven", "Northtown", "Westbury", "Status"]
    rows = {row[0].value: [cell.value for cell in row] for row in sheet.iter_rows(min_row=3)}
    assert len(rows) == 19
    assert [cell.split("\n")[0] for cell in rows["T3-14"][3:6]] == ["Evidence for", "None yet", "Evidence for"]
    assert rows["T3-11"][4].startswith("Evidence for\n1 passage from 1 source [")


def test_a_report_that_is_not_about_what_it_says_is_refused(study: Any, run_cli: Any) -> None:
    none = run_cli("report", "journey", cwd=study.folder, env=study.env)
    assert none.code == 2
    assert "The report journey is about a document or piece of evidence." in none.stderr
    much = run_cli("report", "quality", "D07", cwd=study.folder, env=study.env)
    assert much.code == 2
    assert "Leave 'D07' out." in much.stderr


def test_the_summary_tables_say_what_was_closed_and_reopened(study: Any, run_cli: Any, tmp_path: Path) -> None:
    path = tmp_path / "s.xlsx"
    assert run_cli("report", "summary-tables", "-o", path, cwd=study.folder, env=study.env).code == 0
    book = openpyxl.load_workbook(path)
    status = {row[0].value: row[-1].value for sheet in book for row in sheet.iter_rows(min_row=3)}
    assert status["T1-17"] == "Closed on 14 November 2011 by XY: No case study of ours touches urgent care."
    assert status["L1-03"].split("\n") == [
        "Reopened on 14 November 2011 by YZ: Easthaven has not been asked.",
        "Before: closed on 3 October 2011 by XY: Asked in every interview so far.",
    ]
    assert status["T3-11"] == "Open"


def test_decisions_belong_to_the_summary_tables(study: Any, run_cli: Any) -> None:
    done = run_cli("report", "quality", "--decisions", cwd=study.folder, env=study.env)
    assert done.code == 2
    assert "--decisions belongs to the reports summary-tables and follow-ups. Leave it out." in done.stderr


def test_a_report_in_the_terminal_breaks_no_word(study: Any, run_cli: Any) -> None:
    told = run_cli("report", "quality", cwd=study.folder, env={**study.env, "COLUMNS": "80"}).stdout
    assert "  Meeting: Access Task Group April 2011\n" in told
    assert "  What: Late presentation comes from how far the clinics are\n" in told
    assert max(map(len, told.splitlines())) <= 80
