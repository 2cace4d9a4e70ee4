"""Observation and interview sheets as Word, Excel, YAML and plain text: the same content out and in."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeys.instruments.answers import STATUSES, Answer, FilledForm, FilledRow
from journeys.instruments.claim_columns import CLAIM_COLUMNS
from journeys.instruments.definition import Instrument
from journeys.instruments.files.cells import Cell, text
from journeys.instruments.forms import read_form, write_form
from journeys.instruments.instrument_files import load_instrument
from journeys.model.problems import Address, JourneysError, Problem
from journeys.model.schema import load_schema

SCHEMA = load_schema()
FORMATS = ("docx", "xlsx", "yaml", "txt")
NAMES = ("observation_guide", "interview_sheet")


def said(words: str) -> Cell:
    return Cell(words, Address())


# Word keeps the letters of its fonts of symbols at U+F000 to U+F0FF: they are read as the symbols (as_seen).
SYMBOLS = "".join(map(chr, range(0xF000, 0xF100)))
CHARACTERS = st.characters(
    exclude_categories=("Cs", "Cc"), exclude_characters=f"\ufffe\uffff{SYMBOLS}", include_characters="\n\t"
)
LIKE_MARKUP = [
    "== Notes ==", "-- Other --", "(In general)", "(Page: 3)", "Who: SS", "a | b", "| a", "# remark", "Note: x",
    "in\n    further in", "a\n\nb", "a\n(Status: nothing found)", "a \n\n  b", "10:05 x", "Location: here", "Time: 10",
    "Quote: no\nWho: x", "Who | Did what | To what", "|DID WHAT|TO WHAT", "Other", "Reflection", "=1+1", "1.10", "null",
    "~", "a: b", "'quoted'", '"q"', "How to fill in", "status: answered", "Running notes", "word " * 40 + "end",
]  # fmt: skip
WORDS = st.one_of(st.text(CHARACTERS, min_size=1, max_size=40), st.sampled_from(LIKE_MARKUP)).filter(
    lambda words: bool(words) and text(words) == words
)


@st.composite
def forms(draw: st.DrawFn, instrument: Instrument) -> FilledForm:
    """A form with arbitrary words in arbitrary places."""
    header = {f.id: said(draw(WORDS)) for f in instrument.header.fields if f.required or draw(st.booleans())}
    places = [(q, scope) for q in instrument.questions() for scope in q.field.scopes]
    answers = []
    for question, scope in draw(st.lists(st.sampled_from(places), max_size=5, unique=True)) if places else ():
        status = draw(st.sampled_from(STATUSES))
        words = draw(WORDS if status == "answered" else st.none() | WORDS)
        answers.append(Answer(question.field.id, None, scope, status, said(words) if words else None))
    tables = {}
    for section in instrument.tables:
        rows = []
        for _ in range(draw(st.integers(0, 3))):
            columns = [column for column in section.columns if column.needed or draw(st.booleans())]
            values = {c.id: draw(st.sampled_from([e.text for e in c.choices]) if c.choices else WORDS) for c in columns}
            rows.append(FilledRow({name: said(words) for name, words in values.items()}))
        tables[section.id] = tuple(rows)
    column_ids = st.sampled_from([column.id for column in CLAIM_COLUMNS])
    written = draw(st.lists(st.dictionaries(column_ids, WORDS, min_size=1, max_size=6), max_size=3))
    rows = [FilledRow({name: said(words) for name, words in row.items()}) for row in written]
    return FilledForm(instrument.instrument, instrument.version, "", header, tuple(answers), tuple(rows), tables)


def contents(form: FilledForm) -> tuple[object, ...]:
    """Everything that is filled in, to be compared."""
    answers = {(a.field, a.scope): (a.status, a.given.text if a.given else None) for a in form.answers}
    tables = {name: [_words(row) for row in rows] for name, rows in form.tables.items()}
    return _words(FilledRow(form.header)), answers, tables, [_words(row) for row in form.claim_rows]


def _words(row: FilledRow) -> dict[str, str]:
    return {name: given.text for name, given in row.values.items()}


def read(path: Path) -> tuple[FilledForm, list[Problem]]:
    problems: list[Problem] = []
    form = read_form(path, SCHEMA, name=path.name, report=problems.append)
    assert form is not None
    return form, problems


@pytest.mark.thorough
@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_whatever_is_filled_in_comes_back(tmp_path: Path, name: str, format_: str, data: st.DataObject) -> None:
    instrument = load_instrument(name)
    form = data.draw(forms(instrument))
    path = tmp_path / f"form.{format_}"
    write_form(instrument, path, SCHEMA, filled=form)
    back, problems = read(path)
    assert contents(back) == contents(form)
    assert [p for p in problems if p.kind != "unclear_answer"] == []


@pytest.mark.parametrize("format_", FORMATS)
def test_words_that_look_like_a_status_are_words(tmp_path: Path, format_: str) -> None:
    answer = Answer("commissioning_general", None, "general", "nothing_found", said("status: answered"))
    form = FilledForm("observation_guide", 1, "", WHOLE.header, (answer,))
    path = tmp_path / f"form.{format_}"
    write_form(load_instrument("observation_guide"), path, SCHEMA, filled=form)
    (back,) = read(path)[0].answers
    assert (back.status, back.given) == (answer.status, answer.given)


CONFUSIONS = "Confusions/ areas in need of clarity - how will you seek this clarity"
WHOLE = FilledForm(
    "observation_guide", 1, "",
    {"case_study": said("c1"), "meeting_group_name": said("Redesign Group"), "date": said("6 April 2011")},
    (
        Answer("other", None, "general", "answered", said('SS: "no".\n[She \u201cmeans\u201d it.]\n\nThe GPs\u2019')),
        Answer("evidence_journeys", None, "ethnicity_specific", "nothing_found", None),
    ),
    (FilledRow({"who": said("SS"), "did_what": said("contested"), "note": said("two\nlines"), "place": said("2-3")}),),
    {
        "people_present": (FilledRow({"person": said("SS"), "role_remit": said("in the chair")}),),
        "notes": (FilledRow({"time": said("10:05"), "note": said("AN asked why.")}),),
        "reflection": (FilledRow({"prompt": said(CONFUSIONS), "entry": said("Who wrote it?")}),),
    },
)  # fmt: skip


@pytest.mark.thorough
@pytest.mark.parametrize("first", FORMATS)
def test_a_form_goes_from_format_to_format_unchanged(tmp_path: Path, first: str) -> None:
    form = WHOLE
    for number, format_ in enumerate((first, *FORMATS)):
        path = tmp_path / f"{number}.{format_}"
        write_form(load_instrument("observation_guide"), path, SCHEMA, filled=form)
        form, problems = read(path)
        assert problems == []
    assert contents(form) == contents(WHOLE)


@pytest.mark.parametrize("format_", FORMATS)
def test_a_point_written_by_its_id_is_shown_in_the_words_of_the_form(tmp_path: Path, format_: str) -> None:
    row = FilledRow({"prompt": said("persisting_gaps"), "entry": said("Why?")})
    path = tmp_path / f"form.{format_}"
    filled = FilledForm("observation_guide", 1, "", WHOLE.header, tables={"reflection": (row,)})
    write_form(load_instrument("observation_guide"), path, SCHEMA, filled=filled)
    (back,) = read(path)[0].tables["reflection"]
    expected = "persisting_gaps" if format_ == "yaml" else "Persisting gaps and areas to think about more"
    assert back.values["prompt"].text == expected


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_said_of_a_blank_form(tmp_path: Path, name: str, format_: str) -> None:
    path = tmp_path / f"blank.{format_}"
    write_form(load_instrument(name), path, SCHEMA)
    form, problems = read(path)
    assert (form.blank, problems) == (True, [])


@pytest.mark.parametrize("format_", ["docx", "xlsx"])
def test_a_character_that_the_format_cannot_hold_is_refused(tmp_path: Path, format_: str) -> None:
    filled = FilledForm("interview_sheet", 1, "", {"source": said("int\x07")})
    with pytest.raises(JourneysError, match=r"cannot hold the character U\+0007.* use the YAML form"):
        write_form(load_instrument("interview_sheet"), tmp_path / f"f.{format_}", SCHEMA, filled=filled)


def test_control_characters_in_a_text_form_are_left_out_and_said(tmp_path: Path) -> None:
    path = tmp_path / "form.txt"
    write_form(load_instrument("observation_guide"), path, SCHEMA, filled=WHOLE)
    lines = path.read_text(encoding="utf-8").splitlines()
    number = next(at for at, line in enumerate(lines, 1) if "AN asked why." in line)
    lines[number - 1] = lines[number - 1].replace("AN asked", "AN\x1b\x7f asked")
    path.write_text("\n".join(["\x0c" + lines[0], *lines[1:]]), encoding="utf-8")
    form, problems = read(path)
    assert contents(form) == contents(WHOLE)
    assert [(each.kind, each.address.cell) for each in problems] == [
        ("control_characters", f"line {line}") for line in (1, number)
    ]


def test_a_workbook_that_people_sorted_and_added_to_is_read(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    write_form(load_instrument("observation_guide"), path, SCHEMA, filled=WHOLE)
    book = openpyxl.load_workbook(path)
    people, notes = book["People present"], book["Notes"]
    people.insert_rows(2, 3)  # as openpyxl does it: what stands below moves
    people["A3"], people["C3"] = "AN", "pct"
    people["A1"] = "Who was there"
    notes["B9"] = "Later."
    book.move_sheet("Notes", -3)
    book.save(path)
    form, problems = read(path)
    assert [_words(row) for row in form.tables["people_present"]] == [
        {"person": "AN", "represents": "pct"},
        {"person": "SS", "role_remit": "in the chair"},
    ]
    assert [row.values["note"].text for row in form.tables["notes"]] == ["AN asked why.", "Later."]
    assert str(form.tables["notes"][1].address) == "form.xlsx > Notes > B9"
    assert problems == []


KNOWN = {"Actor": ["Sam"], "CaseStudy": ["Redesign"], "Meeting": ["April meeting"], "Arena": ["Board"]}


def test_a_workbook_is_laid_out_for_people(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    write_form(load_instrument("observation_guide"), path, SCHEMA, known=KNOWN)
    book = openpyxl.load_workbook(path)
    lists = {cell.value for column in book["_lists"].iter_cols() for cell in column if cell.value}
    assert {
        "Sam",
        "Redesign",
        "April meeting",
        "Board",
        "Verbatim",
        "Ethnicity-specific",
        "Nothing found",
        "contested",
    } <= lists
    assert "Derived" not in lists
    offered = {
        name: {str(each.sqref) for each in book[name].data_validations.dataValidation} for name in book.sheetnames
    }
    assert "A2:A201" in offered["People present"]
    assert "C2:C201" in offered["Notes"]
    assert {"B4", "B5"} <= offered["Meeting"]
    header = book["Meeting"]
    assert header.protection.sheet
    assert header["A4"].protection.locked
    assert not header["B4"].protection.locked
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            assert sheet.page_setup.paperSize == 9
            assert sheet.page_setup.fitToHeight == 0
    assert book["Who did what"].page_setup.fitToWidth == 2
    assert book["Who did what"].print_title_cols == "$A:$A"
    assert all(cell.comment for cell in book["Who did what"][1])
    bold = {cell.font.name for sheet in book for row in sheet.iter_rows() for cell in row if cell.font.bold}
    assert bold == {"Calibri"}
