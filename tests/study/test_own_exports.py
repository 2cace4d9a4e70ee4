"""Results that the program wrote, lying among a study's files: listed, and neither read nor complained of."""

from __future__ import annotations

import contextlib
import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import journeys
from journeys.analysis.measures.table import MeasureRow, MeasureTable
from journeys.interpret.own_exports import is_own_export, remember_export, remembered_exports
from journeys.model.exports import NODE_COLUMNS, TIE_COLUMNS
from journeys.model.problems import JourneysError
from journeys.store.queries.ask import Table
from journeys.views.pages.frame import PageFrame
from journeys.views.pages.home import StudyFigures, home_page
from journeys.views.pages.search_index import search_files
from journeys.views.pictures.charts.dots import dot_plot
from journeys.views.tables import Sheet
from journeys.views.write_xlsx import workbook

TABLE = MeasureTable("m", "Made up", {"who": "", "ties": "how many"}, (MeasureRow(("Ann", 2)),), {"rows": 1}, "")


def line(columns: tuple[str, ...]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow(columns)
    return text.getvalue().encode()


def exports() -> dict[str, bytes]:
    page = home_page(PageFrame("Title"), StudyFigures({"Document": 1}, {}, None), [], [], [], [], []).encode()
    index = {f"atlas/search/{name}": text.encode() for name, text in search_files([])}
    return {
        **index,
        "atlas/index.html": page,
        "atlas/journeys/one.html": page,
        "atlas/journeys/two.html": page,
        "forms/picture.svg": dot_plot(TABLE).svg().encode(),
        "tables/answer.xlsx": workbook([Sheet("Answer", ("document number", "who"), [("D01", "Ann")], {"who": "?"})]),
        "net.csv": line(TIE_COLUMNS),
        "tables/net-nodes.csv": b"\xef\xbb\xbf" + line(NODE_COLUMNS).replace(b",", b";"),
    }


@pytest.fixture
def study(tmp_path: Path) -> journeys.Study:
    (tmp_path / "study.yaml").write_text("id: s\ntitle: Small\n", encoding="utf-8")
    for name, content in exports().items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    return journeys.open(tmp_path)


def test_results_are_listed_and_not_read(study: journeys.Study) -> None:
    result = study.check()
    assert [str(problem) for problem in result.problems] == []
    assert {report.file: report.kind for report in result.files} == {
        "atlas/*.html": "export, not read",
        "atlas/journeys/*.html": "2 exports, not read",
        "atlas/search/*.js": "2 exports, not read",
        "forms/picture.svg": "export, not read",
        "tables/answer.xlsx": "export, not read",
        "net.csv": "export, not read",
        "tables/net-nodes.csv": "export, not read",
    }


def test_a_map_makes_a_result_a_table(study: journeys.Study) -> None:
    text = "map: 1\nnodes: {who: {kind: Actor, find: either, each: who}}\nclaims: []\n"
    (study.folder.path / "tables" / "answer.map.yaml").write_text(text, encoding="utf-8")
    (report,) = [each for each in study.check().files if each.file == "tables/answer.xlsx"]
    assert (report.kind, report.read) == ("table", 1)


@pytest.mark.parametrize("name", ["own.html", "own.svg", "own.js", "own.csv", "own.xlsx", "folder.csv"])
def test_what_a_person_made_is_not_taken_for_a_result(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "folder.csv":
        path.mkdir()
    elif name == "own.xlsx":
        openpyxl.Workbook().save(path)
    else:
        path.write_text("id,name,label\nevidence-journeys,1,2\n", encoding="utf-8")
    assert not is_own_export(path)


@pytest.mark.parametrize(
    "heading", ["name", "id,name", "id;name", "id,name,label", "id,name,aliases", "meeting,id,name"]
)
def test_a_plain_table_of_a_person_is_not_taken_for_a_result(tmp_path: Path, heading: str) -> None:
    """The program looks things up with such columns, but never gives them as a result."""
    (tmp_path / "study.yaml").write_text("id: s\ntitle: Small\n", encoding="utf-8")
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "people.csv").write_text(f"{heading}\n1,Ann\n", encoding="utf-8")
    names = heading.replace(";", ",").split(",")
    (tmp_path / "tables" / "people.json").write_text(json.dumps([dict.fromkeys(names, "Ann")]), encoding="utf-8")
    result = journeys.open(tmp_path).check()
    assert "export, not read" not in {report.kind for report in result.files}
    assert "tables/people.csv" in {str(problem.address) for problem in result.problems}


def test_no_mark_tells_where_or_by_whom_it_was_made(study: journeys.Study) -> None:
    path = study.folder.path / "tables" / "answer.xlsx"
    properties = openpyxl.load_workbook(path).properties
    assert properties.creator in (None, "openpyxl")
    assert all(str(study.folder.path).encode() not in content for content in exports().values())


def test_every_result_that_is_written_bears_a_mark(demo_study: Callable[..., Any], tmp_path: Path) -> None:
    study = journeys.open(demo_study("embedded").folder)
    with study.store():
        journey, network = study.trace("D07"), study.network("north")
        written = [path for end in ("html", "svg") for path in study.write(journey, tmp_path / f"j.{end}")]
        written += [path for end in ("html", "csv", "json") for path in study.write(network, tmp_path / f"n.{end}")]
        results = {
            "j": journey, "q": study.ask("trace/timeline", document="D07"), "m": study.analyse("journey", "D07"),
            "c": study.analyse("centrality"), "e": study.ask("trace/uses", document="D01"),
            "k": study.check(), "s": study.status(), "l": study.questions(), "t": study.measures(),
        }  # fmt: skip
        for name, result in results.items():
            for end in ("csv", "json"):
                with contextlib.suppress(JourneysError):
                    written += study.write(result, tmp_path / f"{name}.{end}")
    assert len(written) == 21
    # An empty list of rows does not say who made it; the study remembers what it wrote.
    assert [path.name for path in written if not is_own_export(path)] == ["e.json"]
    assert all(is_own_export(path, remembered_exports(study.folder)) for path in written)


def test_results_without_any_mark_are_known_again(tmp_path: Path) -> None:
    (tmp_path / "study.yaml").write_text("id: s\ntitle: Small\n", encoding="utf-8")
    (tmp_path / "tables").mkdir()
    study = journeys.open(tmp_path)
    written = []
    for name, table in (
        ("empty", Table(("who", "n"), ())),
        ("counts", Table(("who", "n"), (("Ann", 2),))),
    ):
        for ending in ("csv", "json"):
            written += study.write(table, tmp_path / "tables" / f"{name}.{ending}")
    own = tmp_path / "tables" / "own.csv"
    own.write_text("who,n\r\nAnn,3\r\n", encoding="utf-8")
    assert not any(is_own_export(path) for path in written)
    result = study.check()
    kinds = {report.file: report.kind for report in result.files}
    assert kinds == {f"tables/{path.name}": "export, not read" for path in written} | {"tables/own.csv": "not read"}
    assert [str(problem.address) for problem in result.problems] == ["tables/own.csv"]
    # Changed by hand, it is somebody's file.
    written[0].write_text("who,n\r\nBob,1\r\n", encoding="utf-8")
    assert [str(problem.address) for problem in study.check().problems] == ["tables/empty.csv", "tables/own.csv"]


def test_a_folder_that_may_only_be_read_forgets(tmp_path: Path) -> None:
    (tmp_path / "study.yaml").write_text("id: s\ntitle: Small\n", encoding="utf-8")
    folder = journeys.open(tmp_path).folder
    (tmp_path / ".journeys").write_text("no folder", encoding="utf-8")
    remember_export(folder, b"[]")
    assert remembered_exports(folder) == frozenset()
