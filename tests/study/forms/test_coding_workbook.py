"""Coding workbooks of a study: blank, and with what is coded already, out of the graph."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import journeys
from journeys.instruments.coded_passages import passages_in
from journeys.instruments.coding_workbook import CODINGS
from journeys.instruments.forms import read_form
from journeys.model.problems import JourneysError, UsageProblem


@pytest.fixture(scope="module")
def study(opened_demo: journeys.Study) -> journeys.Study:
    return opened_demo


def coded(path: Path, study: Any) -> tuple[dict[str, str], set[tuple[str, str, str, str]]]:
    """The header of a workbook, and interview, coder, code and words of each coding."""
    form = read_form(path, study.schema, name=path.name, report=lambda problem: pytest.fail(str(problem)))
    assert form is not None
    header = {name: cell.text for name, cell in form.header.items()}
    found = set()
    for row in form.tables[CODINGS]:
        values = {name: cell.text for name, cell in row.values.items()}
        for passage in passages_in(values["passages"])[0]:
            coder = values.get("coder", header.get("coder", ""))
            source = values.get("source", header.get("source", ""))
            found.add((source, coder, values["code"], passage.text[:12]))
    return header, found


def rows_of(path: Path, study: Any) -> list[Any]:
    form = read_form(path, study.schema, name=path.name, report=lambda problem: pytest.fail(str(problem)))
    assert form is not None
    return list(form.tables[CODINGS])


# As the demonstration's two workbooks code them (journeys/demo/forms/coding-*.yaml).
OF_MV = {
    ("int-MV", "XY", "8.4", "The doctor w"),
    ("int-MV", "XY", "6.7", "We brought t"),
    ("int-MV", "XY", "8.12", "We brought t"),
    ("int-MV", "XY", "8.10", "In June I sa"),
    ("int-MV", "YZ", "6.7", "We brought t"),
    ("int-MV", "YZ", "8.11", "In June I sa"),
}
OF_SS_BY_YZ = {
    ("int-SS", "YZ", "8.10", "Lee was fine"),
    ("int-SS", "YZ", "8.5", "Pat and I go"),
    ("int-SS", "YZ", "4.4", "Ethnicity? T"),
    ("int-SS", "YZ", "1.10", "Ethnicity? T"),
}


def test_what_is_coded_is_filled_in_for_an_interview_or_a_case_and_one_coder(study: Any, tmp_path: Path) -> None:
    (path,) = study.forms(["coding_workbook"], ref="int-MV", folder=tmp_path)
    assert path.name == "coding_workbook-int-MV.xlsx"
    header, found = coded(path, study)
    assert found == OF_MV
    assert header == {"source": "int-MV"}  # two coders: each is named in the rows

    (path,) = study.forms(["coding_workbook"], ref="north.diabetes", coder="yz", format_="yaml", folder=tmp_path)
    header, found = coded(path, study)
    assert found == {each for each in OF_MV if each[1] == "YZ"} | OF_SS_BY_YZ
    assert header == {"coder": "yz"}  # coded on several days
    dates = {row.values["coded_at"].text for row in rows_of(path, study)}
    assert dates == {"February 2012", "2012-02-03"}  # each row has its own

    (path,) = study.forms(["coding_workbook"], ref="int-SS", coder="YZ", folder=tmp_path)
    header, found = coded(path, study)
    assert found == OF_SS_BY_YZ
    assert header == {"coder": "YZ", "coded_at": "February 2012", "source": "int-SS"}

    (path,) = study.forms(["coding_workbook"], ref=["int-MV", "int-SS"], coder="YZ", folder=tmp_path)
    assert path.name == "coding_workbook-int-MV-int-SS-YZ.xlsx"
    assert coded(path, study)[1] == {each for each in OF_MV if each[1] == "YZ"} | OF_SS_BY_YZ


def test_without_a_name_every_form_about_an_interview_is_written(study: Any, tmp_path: Path) -> None:
    paths = study.forms(ref="int-KH", folder=tmp_path)
    assert sorted(path.name for path in paths) == ["coding_workbook-int-KH.xlsx", "interview_sheet-int-KH.docx"]
    assert coded(tmp_path / "coding_workbook-int-KH.xlsx", study) == ({"source": "int-KH"}, set())
    paths = study.forms(ref="D07", folder=tmp_path)
    assert [path.name for path in paths] == ["document_extraction_template-D07.xlsx"]


def test_what_cannot_be_written_is_refused(study: Any, tmp_path: Path) -> None:
    with pytest.raises(JourneysError, match=r"There is no form 'coding_workbok'\. Did you mean 'coding_workbook'"):
        study.forms(["coding_workbok"], folder=tmp_path)
    with pytest.raises(UsageProblem, match="A coder is named for a coding workbook"):
        study.forms(["interview_sheet"], coder="XY", folder=tmp_path)
    with pytest.raises(JourneysError, match="int-XX"):
        study.forms(["coding_workbook"], ref="int-XX", folder=tmp_path)
    study.forms(["coding_workbook"], folder=tmp_path)
    with pytest.raises(UsageProblem, match="already exists"):
        study.forms(["coding_workbook"], folder=tmp_path)
