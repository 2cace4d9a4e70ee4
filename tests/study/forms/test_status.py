"""Which forms each case study has, how far they are filled in, and what is due; counted by hand for a small study."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from journeys.instruments.excel.follow_ups import DUE, FOLLOW_UPS, ID, OWNER
from journeys.instruments.forms import write_form
from journeys.instruments.instrument_files import load_instrument
from journeys.instruments.prefilled_lines import marked_row, prefilled
from journeys.interpret.folder import open_folder
from journeys.interpret.forms_status import FormsStatus
from journeys.study.forms.status import forms_as_dict, forms_report, forms_status_of
from journeys.views.reports.model import plain, tables
from journeys.views.tables import json_text
from tests.interpret.test_data_collection import SAME, Study


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return Study(tmp_path / "study")


def opened(study: Study) -> Any:
    folder = open_folder(study.path)
    return SimpleNamespace(folder=folder, schema=folder.schema, id=folder.id, instruments=folder.instruments)


def status(study: Study) -> FormsStatus:
    return forms_status_of(opened(study))


def said(study: Study) -> list[list[str]]:
    """The rows of the report's tables in words, cell by cell."""
    report = forms_report(opened(study), status(study))
    return [
        [" / ".join(plain(line) for line in cell) for cell in row]
        for table in tables(report.blocks)
        for row in table.rows
    ]


def test_a_case_study_without_forms_is_told_what_it_lacks(study: Study) -> None:
    rows = said(study)
    assert ["Diabetes", "Data collection summary", "none yet", ""] in rows
    assert ["", "Coding", "0 of 2 interviews are coded", "still without: int-AN and int-SS"] in rows
    assert ["", "Extraction forms", "0 of 1 document has one", "still without: D01"] in rows
    still = "Still to be written: data collection summary, narrative form and theme form"
    assert ["Diabetes", still, "", ""] in rows
    assert ["Maternity", "Still to be coded: int-X", "", ""] in rows


def test_questions_and_rows_are_those_that_somebody_wrote(study: Study) -> None:
    line = prefilled("March to May 2011").shown
    mine, theirs = SAME["interviews"]
    tables = {**SAME, "interviews": [mine, marked_row(theirs, "designation_role")]}
    study.summary(tables, "docx", overview__time_period=line)
    (form,) = next(case for case in status(study).cases if case.name == "Diabetes").forms["data_collection_summary"]
    assert (form.file, form.answered, form.questions, form.prefilled, form.rows) == ("forms/f.docx", 0, 2, 1, 3)
    study.summary(tables, "docx", overview__time_period=f"{line}\nand June", commentary__quality="Thin.")
    state = "all 2 questions answered, 3 rows"
    assert ["Diabetes", "Data collection summary", state, "forms/f.docx"] in said(study)


def test_two_files_of_one_form_and_their_problems_are_listed(study: Study) -> None:
    study.summary({**SAME, "observations": []}, "txt", commentary__quality="Thin.")
    study.summary({**SAME, "observations": []}, "yaml", commentary__quality="Thin.")
    found = status(study)
    assert len(found.cases[0].forms["data_collection_summary"]) == 2
    assert sum(errors for errors, _ in found.flawed.values()) == 1  # one of the two is not read, and both are named
    assert json_text(forms_as_dict(found))


def test_blank_forms_are_listed_and_count_for_no_case_study(study: Study) -> None:
    write_form(load_instrument("theme_form"), study.path / "forms" / "blank.xlsx", open_folder(study.path).schema)
    found = status(study)
    assert found.blank == ("forms/blank.xlsx",)
    assert not any(case.forms for case in found.cases)


def test_follow_ups_with_a_date_are_due_in_their_case_study(study: Study) -> None:
    study.summary(SAME, commentary__gaps="Nobody asked the practices.")
    _, nodes, _ = study.read()
    (gap,) = [node.id for node in nodes if node.label == "Finding"]
    (digest,) = [node.id for node in nodes if node.properties.get("doc_number") == "D02"]
    (study.path / "decisions").mkdir()
    rows = [{ID: gap, OWNER: "AB", DUE: "5 March 2012"}, {ID: digest, DUE: "2999"}]
    FOLLOW_UPS.write(study.path / "decisions" / "f.xlsx", rows)
    case = next(case for case in status(study).cases if case.name == "Diabetes")
    assert [(due.words, due.day, due.owner) for due in case.due] == [
        ("Nobody asked the practices.", date(2012, 3, 5), "AB"),
        ("Ward digest", date(2999, 12, 31), ""),
    ]
    assert ["Diabetes", "Nobody asked the practices.", "AB", "5 March 2012 / overdue"] in said(study)
