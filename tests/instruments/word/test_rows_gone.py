"""Each form in Word after somebody deleted a row, wrote above a table, or had changes tracked: read, or said."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls

from journeys.instruments.answers import FilledForm
from journeys.instruments.definition import Instrument
from journeys.instruments.forms import read_form, write_form
from journeys.instruments.instrument_files import load_instrument
from journeys.model.schema import load_schema
from tests.instruments.test_every_box import contents, full

SCHEMA = load_schema()
FORMS = (
    "narrative_form",
    "theme_form",
    "data_collection_summary",
    "document_extraction_template",
    "observation_guide",
    "interview_sheet",
)
WITH_BOXES = [name for name in FORMS if name != "interview_sheet"]
WITH_TABLES = [name for name in FORMS if name not in ("theme_form", "document_extraction_template")]
Read = Callable[[str, Callable[[Any], object]], tuple[Any, list[str]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """What is read of a form with a mark in every box, and what is said, after somebody changed the document."""

    def changed(name: str, change: Callable[[Any], object]) -> tuple[Any, list[str]]:
        path, said = tmp_path / "f.docx", list[str]()
        write_form(load_instrument(name), path, SCHEMA, filled=filled(name))
        document = docx.Document(str(path))
        change(document)
        document.save(str(path))
        form = read_form(path, SCHEMA, name="f.docx", report=lambda problem: said.append(str(problem)))
        assert form is not None
        return contents(form), said

    return changed


def filled(name: str) -> FilledForm:
    return full(load_instrument(name))


def boxes(document: Any) -> list[Any]:
    return [table for table in document.tables if len(table.rows) == 3 and "marker" in table.cell(1, 0).text]


def tables(document: Any) -> list[Any]:
    """The tables with rows, *Who did what* last; neither boxes nor the fields of the header."""
    return [table for table in document.tables[1:] if len(table.rows) > 4]


def delete(element: Any) -> None:
    element.getparent().remove(element)


def write_above(table: Any) -> None:
    paragraph, run, words = (OxmlElement(f"w:{tag}") for tag in ("p", "r", "t"))
    words.text = "See also my notes."
    run.append(words)
    paragraph.append(run)
    table._tbl.addprevious(paragraph)


@pytest.mark.parametrize("name", FORMS)
def test_a_table_without_its_heading_row_is_read_in_the_order_of_the_form(read: Read, name: str) -> None:
    form, said = read(name, lambda document: delete(tables(document)[-1].rows[0]._tr))
    assert form == contents(filled(name))
    (problem,) = said
    assert "> Who did what > table " in problem
    assert "row 1: The heading row of this table is missing; its columns were read in the order of a blank" in problem


@pytest.mark.parametrize("name", WITH_TABLES)
def test_so_is_each_other_table(read: Read, name: str) -> None:
    def without_headings(document: Any) -> None:
        for table in tables(document):
            if not table.cell(1, 0).text.startswith("Key themes"):  # of rows that are printed
                delete(table.rows[0]._tr)

    form, said = read(name, without_headings)
    assert form == contents(filled(name))
    assert all("The heading row of this table is missing" in each for each in said)


def test_a_pasted_table_of_another_width_is_not_read_as_the_forms_own(read: Read) -> None:
    def pasted(document: Any) -> None:
        table = tables(document)[-1]
        for row in table.rows:
            delete(row._tr.tc_lst[0])
        delete(table.rows[0]._tr)

    form, said = read("interview_sheet", pasted)
    assert form[2][""] == []
    assert "This row ('marker did_what') is not under a heading row of the form; it was not read." in said[0]


@pytest.mark.parametrize("name", FORMS)
def test_a_table_that_is_gone_is_said(read: Read, name: str) -> None:
    form, said = read(name, lambda document: delete(tables(document)[-1]._tbl))
    assert form[2][""] == []
    assert said == [
        "f.docx > Who did what: The table of this section is missing; nothing was read for it. Copy it back from a "
        "blank form if you have anything to write there."
    ]


@pytest.mark.parametrize("name", WITH_BOXES)
def test_a_box_that_is_gone_is_said(read: Read, name: str) -> None:
    _, said = read(name, lambda document: delete(boxes(document)[1]._tbl))
    (problem,) = said
    assert ": The box below this heading is missing: '" in problem
    _, said = read(name, lambda document: [delete(box._tbl) for box in boxes(document)[1:3]])
    assert sum("missing: '" in each for each in said) == len(said) >= 1


@pytest.mark.parametrize("name", WITH_BOXES)
def test_a_box_without_the_row_to_write_in_says_what_has_no_answer(read: Read, name: str) -> None:
    _, said = read(name, lambda document: delete(boxes(document)[0].rows[1]._tr))
    assert said
    assert all("has no answer beside it; it was not read. Write the answer it belongs to" in each for each in said)


@pytest.mark.parametrize("name", WITH_BOXES)
def test_a_box_without_its_label_is_read(read: Read, name: str) -> None:
    form, said = read(name, lambda document: delete(boxes(document)[0].rows[0]._tr))
    assert (form, said) == (contents(filled(name)), [])


def required(instrument: Instrument) -> Iterator[tuple[int, str]]:
    return ((n, each.wording) for n, each in enumerate(instrument.header.fields) if each.required)


@pytest.mark.parametrize("name", FORMS)
def test_a_row_of_the_header_that_is_gone_is_missing_and_not_empty(read: Read, name: str) -> None:
    number, wording = next(required(load_instrument(name)))
    _, said = read(name, lambda document: delete(document.tables[0].rows[number]._tr))
    assert any(
        f"The field {wording!r} is missing. Put it back as in a blank form (`journeys forms`), and fill it in." in each
        for each in said
    )


@pytest.mark.parametrize("name", FORMS)
def test_words_above_a_table_are_read_or_said(read: Read, name: str) -> None:
    for place in ("header", "last"):
        form, said = read(
            name,
            lambda document, place=place: write_above(
                document.tables[0] if place == "header" else tables(document)[-1]
            ),
        )
        assert form == contents(filled(name))
        (problem,) = said
        assert "'See also my notes.' is not in a field, box or table; it was not read." in problem


@pytest.mark.parametrize("name", WITH_BOXES)
def test_words_above_a_box_belong_to_its_answer(read: Read, name: str) -> None:
    form, _ = read(name, lambda document: write_above(boxes(document)[0]))
    assert any("See also my notes." in (answer[0] or "") for answer in form[1].values())


@pytest.mark.parametrize("name", FORMS)
def test_tracked_changes_are_read_as_accepted_and_counted(read: Read, name: str) -> None:
    def tracked(document: Any) -> None:
        rows = tables(document)[-1]
        for change in ("del", "ins"):
            row = copy.deepcopy(rows.rows[1]._tr)
            rows.rows[1]._tr.addnext(row)
            row.get_or_add_trPr().append(parse_xml(f'<w:{change} {nsdecls("w")} w:id="3" w:author="AB"/>'))
        for box in boxes(document):
            paragraph = box.cell(1, 0).paragraphs[0]._p
            words = '<w:r><w:{0} xml:space="preserve"> {1}</w:{0}></w:r>'
            for change, tag, said in (("ins", "t", "inserted"), ("del", "delText", "struck")):
                run = words.format(tag, said)
                paragraph.append(parse_xml(f'<w:{change} {nsdecls("w")} w:id="1" w:author="AB">{run}</w:{change}>'))

    form, said = read(name, tracked)
    assert len(form[2][""]) == 2, "the row that was inserted is read, the one that was deleted is not"
    given = [answer[0] for answer in form[1].values()]
    assert not any("struck" in words for words in given)
    if name in WITH_BOXES:
        assert any(words.endswith(" inserted") for words in given)
    (problem,) = said
    assert "tracked changes were read as accepted (" in problem
