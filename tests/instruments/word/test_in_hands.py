"""Word forms in people's hands: headings typed again, tables copied and pushed together, what Word makes of typing."""

from __future__ import annotations

import copy
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from journeys.instruments.answers import Answer, FilledForm, FilledRow
from journeys.instruments.files.cells import Cell
from journeys.instruments.forms import read_form
from journeys.instruments.instrument_files import load_instrument
from journeys.model.problems import Address, Problem, UnreadableFile
from journeys.model.schema import load_schema
from tests.written import write_form

SCHEMA = load_schema()
GUIDE = load_instrument("observation_guide")
Change = Callable[[Any], object]
HEADER = {"case_study": "c1", "meeting_group_name": "Redesign Group", "date": "6 April 2011"}


def said(words: dict[str, str]) -> dict[str, Cell]:
    return {name: Cell(value, Address()) for name, value in words.items()}


TABLES = [section.id for section in GUIDE.tables]
GAPS = "Persisting gaps and areas to think about more"
FILLED = FilledForm(
    GUIDE.instrument, 1, "", said(HEADER),
    (
        Answer("drivers_priorities", None, "general", "answered", Cell("The target.", Address())),
        Answer("leadership_champions", None, "ethnicity_specific", "answered", Cell("[LB doubts it.]", Address())),
    ),
    (FilledRow(said({"who": "SS", "did_what": "contested", "to_what": "D07"})),),
    {
        "people_present": (FilledRow(said({"person": "SS"})), FilledRow(said({"person": "AN", "represents": "pct"}))),
        "notes": (),
        "reflection": (FilledRow(said({"prompt": GAPS, "entry": "Who wrote it?"})),),
    },
)  # fmt: skip


def contents(form: FilledForm) -> tuple[object, ...]:
    """Everything that is filled in, to be compared."""
    answers = {(a.field, a.scope): a.given.text for a in form.answers if a.given}
    header, *rows = (
        {name: given.text for name, given in row.values.items()}
        for row in (FilledRow(form.header), *form.claim_rows, *(row for name in TABLES for row in form.tables[name]))
    )
    return header, answers, rows


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[Change], tuple[FilledForm, list[str]]]:
    """What is read of the form, and what is said, after somebody changed the document."""

    def change_and_read(change: Change) -> tuple[FilledForm, list[str]]:
        path = tmp_path / "obs.docx"
        write_form(GUIDE, path, SCHEMA, filled=FILLED)
        document = docx.Document(str(path))
        change(document)
        document.save(str(path))
        problems: list[Problem] = []
        form = read_form(path, SCHEMA, name="forms/obs.docx", report=problems.append)
        assert form is not None
        return form, [str(problem) for problem in problems]

    return change_and_read


def paragraph(document: Any, words: str) -> Any:
    return next(each for each in document.paragraphs if each.text == words)


def box(document: Any, question: str) -> Any:
    """The table below the heading of a question."""
    elements = list(document.element.body)
    place = elements.index(paragraph(document, question)._p)
    return next(docx.table.Table(each, document) for each in elements[place:] if each.tag == qn("w:tbl"))


def rows_of(table: Any) -> Iterator[Any]:
    return iter(list(table._tbl.iterchildren(qn("w:tr"))))


# -- nothing that matters was changed


def headings_typed_again(document: Any) -> None:
    for each in document.paragraphs:
        if each.style.name.startswith("Heading"):
            each.style = document.styles["Normal"]


def guidance_deleted(document: Any) -> None:
    for each in list(document.paragraphs):
        if each.style.name in ("Form guidance", "Form identity"):
            each._p.getparent().remove(each._p)


def tables_pushed_together(document: Any) -> None:
    for above, below in (document.tables[:2],):
        for row in rows_of(below):
            above._tbl.append(row)
        below._tbl.getparent().remove(below._tbl)


def labels_of_a_box_deleted(document: Any) -> None:
    row = next(rows_of(box(document, "Leadership/champions")))
    row.getparent().remove(row)


def columns_swapped(document: Any) -> None:
    for row in rows_of(document.tables[1]):
        cells = list(row.iterchildren(qn("w:tc")))
        cells[0].addprevious(cells[2])


def a_heading_of_a_table_gone(document: Any) -> None:
    each = paragraph(document, "Who did what")
    each._p.getparent().remove(each._p)


def words_in_a_tracked_insertion(document: Any) -> None:
    cell = box(document, "Drivers/priorities").cell(1, 0)
    run = cell.paragraphs[0].runs[0]._r
    inserted = parse_xml(f'<w:ins {nsdecls("w")} w:id="1" w:author="x"/>')
    run.addprevious(inserted)
    inserted.append(run)
    inserted.addnext(parse_xml(f'<w:del {nsdecls("w")} w:id="2"><w:r><w:delText>not so</w:delText></w:r></w:del>'))


@pytest.mark.parametrize(
    "change",
    [
        headings_typed_again, guidance_deleted, tables_pushed_together, labels_of_a_box_deleted, columns_swapped,
        a_heading_of_a_table_gone,
    ],
)  # fmt: skip
def test_what_does_not_matter_changes_nothing(changed: Any, change: Change) -> None:
    form, problems = changed(change)
    assert contents(form) == contents(FILLED)
    assert problems == []


def test_tracked_changes_are_read_as_accepted_and_said(changed: Any) -> None:
    form, problems = changed(words_in_a_tracked_insertion)
    assert contents(form) == contents(FILLED)
    assert len(problems) == 1
    assert "table 8, row 2, column 1: 2 tracked changes were read as accepted" in problems[0]


# -- what people add


def test_a_table_copied_is_read_twice_and_another_row_is_a_row(changed: Any) -> None:
    def copied(document: Any) -> None:
        table = document.tables[1]._tbl
        table.addnext(copy.deepcopy(table))
        document.tables[1].add_row().cells[0].text = "MV"

    form, problems = changed(copied)
    assert [row.values["person"].text for row in form.tables["people_present"]] == ["SS", "AN", "MV", "SS", "AN"]
    assert problems == []


def test_a_row_added_to_a_box_and_a_table_pasted_into_it_are_its_answer(changed: Any) -> None:
    def added(document: Any) -> None:
        boxes = box(document, "Drivers/priorities")
        boxes.add_row().cells[0].text = "And another."
        boxes.cell(1, 1).add_table(1, 2).cell(0, 0).text = "pasted"
        box(document, "Other").cell(2, 0).text = "Status: Nothing found\nPage: 3"

    form, problems = changed(added)
    answers = {(a.field, a.scope): (a.status, a.given.text if a.given else None) for a in form.answers}
    assert answers["drivers_priorities", "general"] == ("answered", "The target.\nAnd another.")
    assert answers["drivers_priorities", "ethnicity_specific"] == ("answered", "pasted |")
    assert answers["other", "general"] == ("nothing_found", None)
    assert problems == []


def test_paragraphs_under_running_notes_are_notes_with_their_times(changed: Any) -> None:
    def typed(document: Any) -> None:
        below = paragraph(document, "BROADER REFLECTION & FOLLOW UP")
        below.insert_paragraph_before("10:15 SS said hello")
        below.insert_paragraph_before("AN left.")

    form, problems = changed(typed)
    notes = [{name: given.text for name, given in row.values.items()} for row in form.tables["notes"]]
    assert notes == [{"time": "10:15", "note": "SS said hello"}, {"note": "AN left."}]
    assert problems == []


def test_what_word_makes_of_an_arrow_and_a_smiley_is_kept(changed: Any) -> None:
    def typed(document: Any) -> None:
        run = box(document, "Other").cell(1, 0).paragraphs[0].add_run("Plan ")
        for code in ("F0E0", "F04A", "F0FF"):
            run._r.append(parse_xml(f'<w:sym {nsdecls("w")} w:font="Wingdings" w:char="{code}"/>'))

    form, _ = changed(typed)
    assert next(a.given.text for a in form.answers if a.field == "other") == "Plan \u2192\u263a\ufffd"


# -- what has to be said

SAID: list[tuple[str, Change, list[str]]] = [
    (
        "loose words",
        lambda d: paragraph(d, "Leadership/champions").insert_paragraph_before("Loose words"),
        [
            "forms/obs.docx > Content > paragraph 32: 'Loose words' is outside the boxes of 'Drivers/priorities'; "
            "it was read without a scope. Move it to the box 'In general' or 'In relation to ethnicity'."
        ],
    ),
    (
        "misspelt heading",
        lambda d: setattr(paragraph(d, "Leadership/champions"), "text", "Leader & champions"),
        [
            "forms/obs.docx > Content > paragraph 32: 'Leader & champions' is not a heading of the form. "
            "Did you mean 'Leadership/champions'? Correct the heading.",
            "forms/obs.docx > Content > Drivers/priorities, In relation to ethnicity: There is a second "
            "box for 'Drivers/priorities (in relation to ethnicity)'; it was not read. Put both into one "
            "box; or put back the heading that belongs above this one.",
            "forms/obs.docx > Content: Headings of this section are missing: 'Leadership/champions'; "
            "nothing was read for "
            "them. Put them back as in a blank form if you have anything to write below them.",
        ],
    ),
    (
        "merged cells",
        lambda d: d.tables[1].cell(1, 2).merge(d.tables[1].cell(2, 2)),
        [
            (f"forms/obs.docx > People present > table 2, row {row}: Cells are merged here; their text "
             "was read for the first cell only. Split the merged cells and write the text in each cell "
             "where it belongs.")
            for row in (2, 3)
        ],
    ),
    (
        "a field twice",
        lambda d: d.tables[0]._tbl.append(copy.deepcopy(d.tables[0].rows[0]._tr)),
        [
            "forms/obs.docx > Meeting > table 1, row 9, Case study: 'Case study' is filled in twice; "
            "only the first was read. Put both into one place."
        ],
    ),
    (
        "an empty field",
        lambda d: setattr(d.tables[0].cell(2, 1), "text", ""),
        ["forms/obs.docx > Meeting: 'Date' is empty. Fill it in; the form cannot be read without it."],
    ),
    (
        "a text box",
        lambda d: d.paragraphs[0].add_run()._r.append(
            parse_xml(f"<w:pict {nsdecls('w')}><w:txbxContent><w:p/></w:txbxContent></w:pict>")
        ),
        ["forms/obs.docx > paragraph 1: The words of a text box are not read. Move the words into the text."],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("change", "says"), [case[1:] for case in SAID], ids=[case[0] for case in SAID])
def test_what_cannot_be_read_is_said_where_it_is(changed: Any, change: Change, says: list[str]) -> None:
    _, problems = changed(change)
    assert problems == says


def test_a_section_that_is_gone_is_said(changed: Any) -> None:
    def removed(document: Any) -> None:
        each = paragraph(document, "Running notes")
        table = next(e for e in each._p.itersiblings() if e.tag == qn("w:tbl"))
        table.getparent().remove(table)
        each._p.getparent().remove(each._p)

    _, problems = changed(removed)
    assert problems == [
        "forms/obs.docx: The section 'Running notes' is missing; nothing was read for it. Put its "
        "heading back as in a blank form (`journeys forms`)."
    ]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
FILES = [
    (b"", "forms/f.docx: the file is empty (0 bytes)."),
    (OLE + "WordDocument".encode("utf-16-le"), "The file is in the old Word format (.doc). Open it in the program it "),
    (OLE, "The file is in an old Office format. Open it in the program it was made with and save it as a Word docum"),
    (
        OLE + "EncryptedPackage".encode("utf-16-le"),
        "The document is protected by a password. Open it in Word, remove the password (File > Info > Protect "
        "Document), and save it.",
    ),
    (
        b"{\\rtf1 x}",
        "The file is an RTF document (.rtf). Open it in the program it was made with and save it as a Word",
    ),
    (b"abc", "The file is not a Word document (.docx), despite its name. Open it in the program it was made"),
    (b"PK\x03\x04 cut", "The document is damaged, or was only partly written or copied. Open it in Word and save it"),
]


@pytest.mark.parametrize(("data", "says"), FILES)
def test_a_file_that_is_no_word_document_is_said(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "f.docx"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile) as refused:
        read_form(path, SCHEMA, name="forms/f.docx", report=lambda _: None)
    assert says in str(refused.value)


def test_a_workbook_with_the_wrong_ending_is_told_its_own(tmp_path: Path) -> None:
    write_form(GUIDE, tmp_path / "f.xlsx", SCHEMA, filled=FILLED)
    (tmp_path / "f.xlsx").rename(tmp_path / "f.docx")
    with pytest.raises(UnreadableFile, match=r"an Excel workbook .* Give its name the ending \.xlsx\."):
        read_form(tmp_path / "f.docx", SCHEMA, name="f.docx", report=lambda _: None)


def test_a_document_that_declares_entities_is_not_opened(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "f.docx", "w") as archive:
        archive.writestr("word/document.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(UnreadableFile, match="could harm this computer"):
        read_form(tmp_path / "f.docx", SCHEMA, name="f.docx", report=lambda _: None)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            "observation_guide version 7",
            "This form is version 7; this program reads up to version 1. Update the program",
        ),
        (
            "observation_guide version one",
            "The form's version cannot be read; it says 'one'. Write 1 there, or",
        ),
    ],
)
def test_another_version_is_refused(changed: Any, words: str, says: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        changed(lambda d: setattr(paragraph(d, "observation_guide version 1"), "text", words))
    assert says in str(refused.value)


def test_a_letter_is_no_form(tmp_path: Path) -> None:
    letter = docx.Document()
    letter.add_paragraph("Dear all, the observation guide version 1 is ready.")
    letter.save(str(tmp_path / "letter.docx"))
    assert read_form(tmp_path / "letter.docx", SCHEMA, name="letter.docx", report=pytest.fail) is None


def test_the_paper_is_a4_with_lists_repeated_headings_and_page_numbers(tmp_path: Path) -> None:
    write_form(GUIDE, tmp_path / "f.docx", SCHEMA)
    document = docx.Document(str(tmp_path / "f.docx"))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    offered = {
        tuple(item.get(qn("w:displayText")) for item in control.iter(qn("w:listItem")))
        for control in document.element.body.iter(qn("w:comboBox"))
    }
    assert tuple(kind.phrase for kind in SCHEMA.claims.values() if kind.asserted) in offered
    assert tuple(term.label for term in SCHEMA.terms("answer_status").terms.values()) in offered
    assert all("Derived" not in words for words in offered)
    repeated = list(document.element.body.iter(qn("w:tblHeader")))
    assert len(repeated) == 4
    widths = [sum(column.width.mm for column in table.columns) for table in document.tables]
    assert all(250 <= width <= 257.1 for width in widths)
    assert "NUMPAGES" in section.footer._element.xml
