"""Names as tired people and other programs write them: found, asked about, or said; never silently something new."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import journeys
from journeys.instruments.answers import FilledForm, FilledRow
from journeys.instruments.files.cells import Cell
from journeys.instruments.instrument_files import load_instrument
from journeys.model.problems import Address
from journeys.model.schema import load_schema
from tests.written import write_form, write_registers

TEMPLATE = load_instrument("document_extraction_template")
REGISTERS = [
    {"sheet": "sites", "id": "north", "pseudonym": "Northtown"},
    {"sheet": "case_studies", "id": "c1", "title": "Clean air", "site": "north"},
    {"sheet": "organisations", "id": "watch", "pseudonym": "Air Watch"},
    {"sheet": "organisations", "id": "mercury-co", "pseudonym": "Mercury"},
    {"sheet": "people", "id": "TO", "pseudonym": "Tom Okafor"},
    {"sheet": "people", "id": "SO", "pseudonym": "Siobh\u00e1n O'Brien-Smith"},
    {"sheet": "people", "id": "JD", "pseudonym": "Jane Doe"},
    {"sheet": "people", "id": "SS", "pseudonym": "Sam S."},
    {"sheet": "people", "id": "mercury", "pseudonym": "Mercury"},
    {"sheet": "documents", "doc_number": "D1", "title": "Air quality plan", "case": "c1"},
    {"sheet": "documents", "doc_number": "D2", "title": "Emission inventory", "case": "c1"},
]


@pytest.fixture
def said(tmp_path: Path) -> Any:
    """What a check says of a form about D1 with these rows of *Who did what*."""
    (tmp_path / "forms").mkdir()
    (tmp_path / "study.yaml").write_text("id: s\ntitle: Study\n", encoding="utf-8")

    def check(*rows: dict[str, str], registers: list[dict[str, str]] = REGISTERS) -> list[str]:
        write_registers(tmp_path / "registers.yaml", load_schema(), registers)
        header = {"case_study_and_site": "c1", "name_of_document": "Air quality plan", "document_number": "D1"}
        filled = FilledForm(TEMPLATE.instrument, 1, "", given(header), (), tuple(FilledRow(given(row)) for row in rows))
        write_form(TEMPLATE, tmp_path / "forms" / "D1.yaml", load_schema(), filled=filled)
        return [f"{problem.severity.value}: {problem}" for problem in journeys.open(tmp_path).check().problems]

    return check


def given(values: dict[str, str]) -> dict[str, Cell]:
    return {name: Cell(text, Address()) for name, text in values.items()}


@pytest.mark.parametrize(
    "written",
    [
        "Siobhan O\u2019Brien-Smith",
        "Siobh\u00e1n O'Brien\u2011Smith",
        "SIOBHAN\u00a0O\u02bcBRIEN\u2013SMITH",
        "Siob\u00adh\u00e1n O`Brien\u2212Smith",
        "\u200eSiobh\u00e1n\u200b O\u2018Brien-Smith\u202c",
        "\ufeffSiobha\u0301n  O\u00b4Brien\u2010Smith",
    ],
)
def test_typographic_variants_are_one_name(said: Any, written: str) -> None:
    assert said({"who": written, "did_what": "contested", "to_what": "D1"}) == []


def test_a_registered_thing_of_another_kind_is_a_problem(said: Any) -> None:
    (problem,) = said({"who": "D1", "did_what": "recommends", "to_what": "Emission inventory"})
    assert problem.startswith("error: ")
    several = said({"who": "D1", "did_what": "recommends", "to_what": "Close the street; Emission inventory"})
    assert any(each.startswith("error") and "'Emission inventory' is a" in each for each in several)
    assert any("'Action: Emission inventory'" in each for each in several)


def test_a_new_thing_may_bear_a_registered_name_when_its_kind_is_written(said: Any) -> None:
    assert said({"who": "D1", "did_what": "recommends", "to_what": "Action: Emission inventory"}) == []


def test_a_misspelt_name_is_a_warning_with_the_name_meant(said: Any) -> None:
    (warning,) = said({"who": "D1", "did_what": "influenced", "to_what": "Tom Okafr"})
    assert warning.startswith("warning: ")
    assert "'Tom Okafor'" in warning


@pytest.mark.parametrize("written", ["Sam Ss.", "Sma S.", "Sam S"])
def test_a_slip_in_an_initial_is_a_slip_too(said: Any, written: str) -> None:
    (warning,) = said({"who": "D1", "did_what": "recommends", "to_what": written})
    assert warning.startswith("warning: ")
    assert "'Sam S.'" in warning


def test_numbers_and_single_letters_are_no_slips(said: Any) -> None:
    rows = [
        {"who": "D1", "did_what": "recommends", "to_what": name}
        for name in ("Close road 1", "Close road 2", "Choose option A", "Choose option B")
    ]
    assert said(*rows) == []


def test_names_that_are_joined_get_semicolons(said: Any) -> None:
    for joined in ("Jane Doe, Tom Okafor", "Jane Doe and Tom Okafor", "JD & TO", "Jane Doe / Tom Okafor"):
        (problem,) = said({"who": joined, "did_what": "contested", "to_what": "D1"})
        assert "Put semicolons between names: " in problem


def test_a_name_of_a_person_and_an_organisation_is_asked_about(said: Any) -> None:
    (problem,) = said({"who": "Mercury", "did_what": "contested", "to_what": "D1"})
    assert problem.startswith("error: ")
    assert "mercury-co" in problem


def test_two_documents_of_one_title_are_said_and_people_of_one_name_told_apart(
    said: Any, tmp_path: Path, processes: None
) -> None:
    again = [
        {"sheet": "documents", "doc_number": "D3", "title": "Emission inventory", "case": "c1"},
        {"sheet": "people", "id": "JD2", "pseudonym": "Jane Doe"},
    ]
    (warning,) = said({"who": "JD2", "did_what": "contested", "to_what": "D1"}, registers=[*REGISTERS, *again])
    assert "have one title: 'Emission inventory'" in warning
    assert "c1.D2" in warning
    assert "c1.D3" in warning
    study = journeys.open(tmp_path)
    study.load()
    (contest,) = [step for step in study.trace("D1").unplaced if step.kind.name == "CONTESTED"]
    assert [person.name for person in contest.who] == ["Jane Doe (JD2)"]
    study.stop_store()


def test_a_letter_of_another_alphabet_that_looks_alike_is_named(said: Any) -> None:
    (problem,) = said({"who": "\u0422om Okafor", "did_what": "contested", "to_what": "D1"})
    assert "'\u0422' is Cyrillic, though it looks like a Latin letter" in problem
    (problem,) = said({"who": "\u0410\u043d\u043d\u0430", "did_what": "contested", "to_what": "D1"})
    assert "Cyrillic" not in problem
