"""A marker in every box and beside every printed question, in every format: all of them are read."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeys.instruments.answers import Answer, FilledForm, FilledRow
from journeys.instruments.claim_columns import CLAIM_COLUMNS
from journeys.instruments.definition import Instrument, Question
from journeys.instruments.files.cells import Cell
from journeys.instruments.forms import read_form, write_form
from journeys.instruments.instrument_files import instruments, load_instrument
from journeys.model.definitions import NOT_STATED
from journeys.model.problems import Address, Problem
from journeys.model.schema import load_schema
from tests import written

SCHEMA = load_schema()
CASES = [(name, format_) for name in instruments() for format_ in load_instrument(name).formats]


def cell(words: str) -> Cell:
    return Cell(words, Address())


def asked(instrument: Instrument) -> list[Question]:
    """Everything that has a box: each question, and above its parts the printed question, if it has one as a whole."""
    return [*(q for q in instrument.split_questions() if q.field.whole), *instrument.questions()]


def full(instrument: Instrument, marker: str = "marker") -> FilledForm:
    """A form with a marker of its own in every place there is to write in."""
    answers = tuple(
        Answer(
            q.field.id,
            q.ask.id if q.ask else None,
            scope,
            "answered",
            cell(f"{marker} {q.name} {scope}"),
            codes=cell(f"{marker} code {q.name} {scope}"),
            bears_on=cell(f"{marker} row {q.name} {scope}"),
        )
        for q in asked(instrument)
        for scope in q.field.scopes
    )
    header = {field.id: cell(f"{marker} {field.id}") for field in instrument.header.fields}
    rows = (FilledRow({column.id: cell(f"{marker} {column.id}") for column in CLAIM_COLUMNS}),)
    tables = {
        section.id: (
            FilledRow({c.id: cell(c.choices[0].text if c.printed else f"{marker} {c.id}") for c in section.columns}),
        )
        for section in instrument.tables
    }
    return FilledForm(instrument.instrument, instrument.version, "", header, answers, rows, tables)


def contents(form: FilledForm) -> object:
    """What is filled in, without its places."""
    rows = {**form.tables, "": form.claim_rows}
    return (
        {name: given.text for name, given in form.header.items()},
        {
            (a.field, a.ask, a.scope): [each.text if each else None for each in (a.given, a.codes, a.bears_on)]
            for a in form.answers
        },
        {name: [{k: v.text for k, v in row.values.items()} for row in each] for name, each in rows.items()},
    )


def written_and_read(path: Path, form: FilledForm) -> tuple[FilledForm, list[Problem]]:
    problems: list[Problem] = []
    write_form(load_instrument(form.instrument), path, SCHEMA, filled=form)
    read = read_form(path, SCHEMA, name=path.name, report=problems.append)
    assert read is not None
    return read, problems


def test_the_document_extraction_template_has_every_format() -> None:
    assert load_instrument("document_extraction_template").formats == ("xlsx", "docx", "yaml", "txt")


@pytest.mark.thorough
@pytest.mark.parametrize(("name", "format_"), CASES)
def test_every_box_is_read(tmp_path: Path, name: str, format_: str) -> None:
    form = full(load_instrument(name))
    read, problems = written_and_read(tmp_path / f"f.{format_}", form)
    assert contents(read) == contents(form)
    assert problems == []


WORDS = st.text(st.characters(codec="ascii", min_codepoint=32, max_codepoint=126), min_size=1, max_size=30).filter(
    lambda words: words.strip() and words.strip(" .") != ""
)


@pytest.mark.parametrize("format_", ["docx", "yaml"])
@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(marker=WORDS)
def test_whatever_is_written_in_a_document_form_comes_back(tmp_path: Path, format_: str, marker: str) -> None:
    form = full(load_instrument("document_extraction_template"), f"a{marker.strip()}")
    read, _ = written_and_read(tmp_path / f"f.{format_}", form)
    assert contents(read) == contents(form)


@pytest.mark.parametrize("format_", ["xlsx", "docx", "yaml", "txt"])
def test_a_control_character_is_left_out_and_said_in_every_format(tmp_path: Path, format_: str) -> None:
    whole, marked = (full(load_instrument("document_extraction_template"), words) for words in ("ab", "a\x7fb"))
    read, problems = written_and_read(tmp_path / f"f.{format_}", marked)
    assert contents(read) == contents(whole)
    assert {each.kind for each in problems} - {"further_problems"} == {"control_characters"}
    assert problems[0].address.cell


def test_beside_a_printed_question_in_yaml_plain_words_are_its_answer(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_text(
        "form: document_extraction_template\nversion: 1\n"
        "header: {case_study_and_site: C1, name_of_document: A, document_number: D1}\n"
        "document_content: {aim_and_audience: 'It wants to persuade.'}\ndocument_journey:\nwho_did_what:\n",
        encoding="utf-8",
    )
    problems: list[Problem] = []
    form = read_form(path, SCHEMA, name="f.yaml", report=problems.append)
    assert form is not None
    assert [(a.field, a.ask, a.given.text) for a in form.answers if a.given] == [
        ("aim_and_audience", None, "It wants to persuade.")
    ]


LOOSE = "loose words of a tired person"


def loose_in_word(path: Path, wording: str) -> None:
    document = docx.Document(str(path))
    heading = next(p for p in document.paragraphs if p.text.strip() == wording)
    heading._p.addnext(document.add_paragraph(LOOSE)._p)
    document.save(str(path))


def loose_in_text(path: Path, wording: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    place = lines.index(f"-- {wording} --")
    path.write_text("\n".join([*lines[: place + 1], LOOSE, *lines[place + 1 :]]) + "\n", encoding="utf-8")


LOOSE_CASES = [
    (name, format_, question)
    for name in instruments()
    for format_ in load_instrument(name).formats
    if format_ in ("docx", "txt")
    for question in asked(load_instrument(name))
    if question.ask is None
]


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("name", "format_", "question"), LOOSE_CASES, ids=[f"{name}-{kind}-{q.name}" for name, kind, q in LOOSE_CASES]
)
def test_a_loose_paragraph_below_a_question_is_read(
    tmp_path: Path, name: str, format_: str, question: Question
) -> None:
    """In a form whose boxes are all filled: nothing else is lost, and of two scopes none is guessed."""
    instrument = load_instrument(name)
    form, path = full(instrument), tmp_path / f"f.{format_}"
    written.write_form(instrument, path, SCHEMA, filled=form)
    {"docx": loose_in_word, "txt": loose_in_text}[format_](path, question.wording)
    problems: list[Problem] = []
    read = read_form(path, SCHEMA, name=path.name, report=problems.append)
    assert read is not None
    expected = {(a.field, a.ask, a.scope): a.given.text for a in form.answers if a.given}
    found = {(a.field, a.ask, a.scope): a.given.text for a in read.answers if a.given}
    scopes = question.field.scopes
    key = (question.field.id, None, scopes[0] if len(scopes) == 1 else NOT_STATED)
    assert LOOSE in found[key].splitlines()
    assert {k: v for k, v in found.items() if k != key} == {k: v for k, v in expected.items() if k != key}
    assert set(expected.get(key, "").splitlines()) <= set(found[key].splitlines())
    assert [(p.kind, p.severity.value) for p in problems] == ([("outside_box", "warning")] if len(scopes) > 1 else [])


def test_a_text_form_without_an_empty_section_is_read(tmp_path: Path) -> None:
    path, problems = tmp_path / "int.txt", list[Problem]()
    write_form(load_instrument("interview_sheet"), path, SCHEMA)
    head, heading, rest = path.read_text(encoding="utf-8").partition("== Passages ==")
    assert heading
    rest = rest[rest.index("== Who did what ==") :]
    path.write_text(head + rest, encoding="utf-8")
    read_form(path, SCHEMA, name=path.name, report=problems.append)
    said = [(problem.kind, problem.severity.value) for problem in problems if problem.kind == "missing_section"]
    assert said == [("missing_section", "warning")]
