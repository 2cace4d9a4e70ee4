"""YAML forms and registers in an unexpected shape: every text is read or said, none is passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from journeys.instruments.answers import FilledForm
from journeys.instruments.files.cells import Cell
from journeys.instruments.forms import read_form, write_form
from journeys.instruments.instrument_files import load_instrument
from journeys.instruments.registers import Entry, read_registers, write_registers
from journeys.model.problems import Address, JourneysError, Problem
from journeys.model.schema import load_schema

SCHEMA = load_schema()
TEMPLATE = load_instrument("document_extraction_template")
HEADER = {"case_study_and_site": "north", "name_of_document": "A title", "document_number": "D07"}


def read_changed(path: Path, before: str, after: str) -> tuple[FilledForm, list[Problem]]:
    """What is read of a form in which ``before`` was changed to ``after`` once."""
    header = {name: Cell(words, Address()) for name, words in HEADER.items()}
    write_form(TEMPLATE, path, SCHEMA, filled=FilledForm(TEMPLATE.instrument, TEMPLATE.version, "", header))
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    problems: list[Problem] = []
    form = read_form(path, SCHEMA, name=path.name, report=problems.append)
    assert form is not None
    return form, problems


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("who_did_what: []", "who_did_what: SS contested it", "(who_did_what)"),
        ("who_did_what: []", "who_did_what:\n  who: SS\n  did_what: contested", "(who_did_what)"),
        ("who_did_what: []", "who_did_what:\n  - SS contested it", "(who_did_what[0])"),
        ("who_did_what: []", "who_did_what:\n  - who: {SS: chair}\n    did_what: contested", "(who_did_what[0].who)"),
        ("who_did_what: []", "who_did_what:\n  - who: [SS, {KM: chair}]\n", "(who_did_what[0].who[1])"),
        ("document_journey:\n", "document_journey: see interview 4\nmore:\n", "(document_journey)"),
        ("  organisation_revealed:\n", "  organisation_revealed: Yes\n  more:\n", "(document_content.organisation_rev"),
        ("      answer:\n", "      answer: {Chapter 1: aims}\n", ".answer)"),
    ],
)
def test_another_shape_is_said_where_it_stands(tmp_path: Path, before: str, after: str, place: str) -> None:
    _, problems = read_changed(tmp_path / "form.yaml", before, after)
    said = [problem for problem in problems if problem.kind in ("bad_form", "outside_box")]
    assert len(said) == 1
    assert place in str(said[0].address)
    assert said[0].remedy


def test_a_header_written_as_a_text_is_not_taken_for_a_blank_form(tmp_path: Path) -> None:
    _, problems = read_changed(tmp_path / "form.yaml", "header:\n", "header: D07\nmore:\n")
    assert "bad_form" in {problem.kind for problem in problems}


def test_names_may_be_a_list_and_an_answer_only_its_words(tmp_path: Path) -> None:
    form, problems = read_changed(
        tmp_path / "form.yaml", "who_did_what: []", "who_did_what:\n  - who: [SS, KM]\n    did_what: contested"
    )
    assert form.claim_rows[0].values["who"].text == "SS; KM"
    assert problems == []


def read_written_registers(path: Path, before: str, after: str) -> tuple[list[Entry], list[Problem]]:
    write_registers(path, SCHEMA, [{"sheet": "sites", "id": "N", "pseudonym": "North"}])
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    problems: list[Problem] = []
    return read_registers(path, SCHEMA, name=path.name, report=problems.append), problems


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("sites:\n", "sites: North\nmore:\n", "bad_form"),
        ("sites:\n", "sites:\n  - South\n", "bad_form"),
        ("sites:\n  - id: N\n", "sites:\n    id: N\n", "bad_form"),
        ("pseudonym: North", "pseudonym: {a: b}", "bad_form"),
        ("pseudonym: North", "pseudonym: [a, {b: c}]", "bad_form"),
        ("pseudonym: North", "pseudonim: North", "ignored_name"),
        ("sites:\n", "places:\n", "ignored_name"),
    ],
)
def test_registers_in_another_shape_are_said(tmp_path: Path, before: str, after: str, kind: str) -> None:
    entries, problems = read_written_registers(tmp_path / "registers.YAML", before, after)
    assert kind in {problem.kind for problem in problems}
    assert not any("YamlNode" in given.text for entry in entries for given in entry.values.values())


def test_half_a_character_is_refused_in_words(tmp_path: Path) -> None:
    form = FilledForm(TEMPLATE.instrument, 1, "", {"name_of_document": Cell("a\ud800", Address())})
    for name in ("form.yaml", "form.xlsx"):
        with pytest.raises(JourneysError):
            write_form(TEMPLATE, tmp_path / name, SCHEMA, filled=form)
