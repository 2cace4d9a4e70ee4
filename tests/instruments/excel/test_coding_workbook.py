"""The coding workbook goes out and comes back, also through the hands of other programs and tired people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import docx
import openpyxl
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from journeys.instruments.answers import FilledForm
from journeys.instruments.codebook import Codebook, shipped_codebook
from journeys.instruments.coded_passages import LONGEST_CELL, Passage, passages_in, same_words
from journeys.instruments.coding_workbook import CODINGS, Coding, coding_instrument, filled_workbook
from journeys.instruments.forms import read_form, write_form
from journeys.instruments.study_codebook import study_codebook
from journeys.model.code_keys import CODING_WORKBOOK
from journeys.model.problems import JourneysError, Problem, Severity
from journeys.model.schema import load_schema

BOOK = shipped_codebook()
KEYS = list(BOOK.codes)
SCHEMA = load_schema()
Change = Callable[[Workbook], None]
SIX = "6) … commissioning for multieth"


def written(path: Path, codings: list[Coding], *, coder: str = "AB", book: Codebook = BOOK) -> Path:
    filled = filled_workbook(codings, {"coder": coder})
    write_form(coding_instrument(), path, SCHEMA, filled=filled, codebook=book)
    return path


def read(path: Path, book: Codebook = BOOK) -> tuple[FilledForm, list[Problem]]:
    problems: list[Problem] = []
    form = read_form(path, SCHEMA, name=path.name, report=problems.append, codebook=book)
    assert form is not None
    assert form.instrument == CODING_WORKBOOK
    return form, problems


def codings_of(form: FilledForm) -> set[tuple[str, str, str, str, str]]:
    """Source, coder, code, place and words of every coding, by reading the cells again."""
    found = set()
    header = form.header["coder"].text if "coder" in form.header else ""
    for row in form.tables[CODINGS]:
        values = {name: cell.text for name, cell in row.values.items()}
        for passage in passages_in(values["passages"])[0]:
            place = passage.place or values.get("place", "")
            coder = values.get("coder", header)
            found.add((values["source"], coder, values["code"], place, same_words(passage.text)))
    return found


def changed(tmp_path: Path, change: Change, codings: list[Coding] | None = None) -> tuple[FilledForm, list[Problem]]:
    """What is read of a workbook that somebody changed in another program."""
    if codings is None:
        codings = [Coding("int-1", "AB", "6.7", Passage("We asked them.", "p. 4"))]
    path = written(tmp_path / "coded.xlsx", codings)
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return read(path)


def test_every_code_has_its_column_goes_in_and_comes_back(tmp_path: Path) -> None:
    codings = [Coding("int-1", "AB", key, Passage(f"About {key}.", "p. 1")) for key in KEYS]
    path = written(tmp_path / "coded.xlsx", codings)
    form, problems = read(path)
    assert problems == []
    assert codings_of(form) == {("int-1", "AB", key, "p. 1", f"about {key}.") for key in KEYS}
    sheets = openpyxl.load_workbook(path).worksheets[1:11]
    assert sheets[-1].title.startswith("10) ")
    columns = {str(cell.value): cell for sheet in sheets for cell in sheet[5] if cell.value}
    assert list(columns) == KEYS
    for key, cell in columns.items():
        assert cell.number_format == "@"  # text, whatever a spreadsheet would make of 1.10
        assert cell.parent.cell(6, cell.column).value == (BOOK.codes[key].label or "[label not recovered]")
    lost = [key for key in KEYS if BOOK.codes[key].label is None]
    assert len(lost) == 22
    for key in lost:
        note = columns[key].parent.cell(6, columns[key].column).comment.text
        assert BOOK.codes[key].note.strip() in note


def test_the_sheets_are_as_printed(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(tmp_path / "blank.xlsx", []))
    assert book.sheetnames[:4] == ["Coding", "1)", "2) Commissioning (General)", "3) Evidence mobilisation and ut"]
    two = book["2) Commissioning (General)"]
    assert two["A1"].value == "2) Commissioning (General)"
    groups = {str(area): two.cell(4, area.min_col).value for area in two.merged_cells.ranges}
    assert groups == {
        "J4:K4": "Drivers and Prompts to action",
        "P4:Q4": "Barriers and supports to 'effective' commissioning (people; processes; structures; […]/techniques)",
    }
    assert [two[f"{letter}5"].value for letter in "JKPQ"] == ["2.6", "2.7", "2.12", "2.13"]
    assert "Under: Drivers and Prompts to action" in two["J6"].comment.text
    assert two.freeze_panes == "B7"


def test_a_blank_workbook_says_nothing(tmp_path: Path) -> None:
    form, problems = read(written(tmp_path / "blank.xlsx", [], coder=""))
    assert form.blank
    assert problems == []


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=40).filter(
    lambda text: any(map(str.isalnum, text)) and text.casefold().strip() not in ("x", "yes", "1")
)
CODINGS_GIVEN = st.lists(
    st.builds(
        Coding,
        st.sampled_from(["int-1", "int-2"]),
        st.sampled_from(["AB", "CD"]),
        st.sampled_from(KEYS),
        st.builds(Passage, WORDS, st.sampled_from([None, "p. 4", "12:30", "the end", "a [b]"])),
        remark=st.sampled_from([None, "Not sure.", "As [p. 4]: ask\nAnn"]),
        coded_at=st.sampled_from([None, "2012-01-05", "January 2012"]),
    ),
    max_size=8,
)


@pytest.mark.thorough
@pytest.mark.parametrize("ending", ["xlsx", "yaml", "docx", "txt"])
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(codings=CODINGS_GIVEN)
def test_codings_come_back(tmp_path: Path, ending: str, codings: list[Coding]) -> None:
    form, problems = read(written(tmp_path / f"coded.{ending}", codings))
    kinds = {problem.kind for problem in problems}
    assert kinds == set()
    assert codings_of(form) == {
        (c.source, c.coder, c.code, c.passage.place or "", same_words(c.passage.text)) for c in codings
    }
    assert remarks_of(form) == {
        (c.source, c.coder, c.code, same_words(c.passage.text), c.remark or "", c.coded_at or "") for c in codings
    }
    again, _ = read(written_again(tmp_path / f"again.{ending}", form))
    assert codings_of(again) == codings_of(form)


def test_several_interviews_have_rows_to_fill_in(tmp_path: Path) -> None:
    """In Word and plain text a row for each code and interview; in YAML an entry for each interview."""
    codings = [Coding("int-1", "AB", "6.7", Passage("We asked them."))]
    filled = filled_workbook(codings, {"coder": "AB"}, ["int-1", "int-2"])
    for ending in ("docx", "txt", "yaml"):
        path = tmp_path / f"several.{ending}"
        write_form(coding_instrument(), path, SCHEMA, filled=filled, codebook=BOOK)
        form, problems = read(path)
        assert problems == []
        assert codings_of(form) == {("int-1", "AB", "6.7", "", "we asked them.")}
    rows = [row for table in docx.Document(str(tmp_path / "several.docx")).tables[1:] for row in table.rows]
    written = [tuple(cell.text for cell in row.cells[:2]) for row in rows if row.cells[0].text[:1].isdigit()]
    both = [(BOOK.codes[key].shown, interview) for key in KEYS for interview in ("int-1", "int-2")]
    assert sorted(written) == sorted(both)
    entries = yaml.safe_load((tmp_path / "several.yaml").read_text(encoding="utf-8"))["codings"]
    assert [(entry["source"], entry["codes"]) for entry in entries] == [
        ("int-1", {"6.7": ["We asked them."]}),
        ("int-2", {}),
    ]


def remarks_of(form: FilledForm) -> set[tuple[str, str, str, str, str, str]]:
    """Source, coder, code and words of every coding, with its remark and date."""
    header = form.header["coder"].text if "coder" in form.header else ""
    return {
        (
            values["source"],
            values.get("coder", header),
            values["code"],
            same_words(each.text),
            values.get("remark", ""),
            values.get("coded_at", ""),
        )
        for row in form.tables[CODINGS]
        if (values := {name: cell.text for name, cell in row.values.items()})
        for each in passages_in(values["passages"])[0]
    }


def test_a_remark_beside_no_coding_is_said(tmp_path: Path) -> None:
    def remark(book: Workbook) -> None:
        sheet = book[SIX]
        (heading,) = [cell for cell in sheet[6] if cell.value == "Remark"]
        sheet.cell(9, heading.column).value = "who said this?"

    _, problems = changed(tmp_path, remark)
    assert [(problem.kind, problem.address.cell) for problem in problems] == [("not_coded", "U9")]


def written_again(path: Path, form: FilledForm) -> Path:
    write_form(coding_instrument(), path, SCHEMA, filled=form)
    return path


def numbers(book: Workbook) -> None:
    for cell in book["1)"][5]:
        if cell.value:
            cell.number_format, cell.value = "General", float(cell.value)


def dates(book: Workbook) -> None:
    for cell in book["1)"][5]:
        if cell.value:
            first, second = str(cell.value).split(".")
            cell.number_format, cell.value = "d mmm", datetime(2026, int(second), int(first))


@pytest.mark.parametrize("spreadsheet", [numbers, dates])
def test_keys_that_a_spreadsheet_changed_are_put_right_with_a_word(tmp_path: Path, spreadsheet: Change) -> None:
    codings = [Coding("int-1", "AB", key, Passage(f"About {key}.")) for key in ("1.1", "1.10")]

    def without_names(book: Workbook) -> None:
        spreadsheet(book)
        for name in list(book.defined_names):
            del book.defined_names[name]
        for cell in book["1)"][6]:
            if cell.column > 4:
                cell.value = None  # nor is there a label that would prove it

    form, problems = changed(tmp_path, without_names, codings)
    assert {(row[2], row[4]) for row in codings_of(form)} == {("1.1", "about 1.1."), ("1.10", "about 1.10.")}
    said = [str(problem) for problem in problems if problem.kind == "changed_key"]
    assert len(said) == 1  # not one for each of the 130 codes
    assert said[0].startswith("coded.xlsx > 1) > E5: 10 headings on this sheet are not keys of codes: ")
    assert "as the codes 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 1.10." in said[0]


def test_a_key_that_nothing_proves_is_refused(tmp_path: Path) -> None:
    def one_column(book: Workbook) -> None:
        for name in list(book.defined_names):
            del book.defined_names[name]
        sheet = book["1)"]
        sheet.delete_cols(6, 9)
        sheet["E5"], sheet["E6"] = 1.1, None
        sheet["E5"].number_format = "General"

    form, problems = changed(tmp_path, one_column, [Coding("int-1", "AB", "1.1", Passage("About it."))])
    assert codings_of(form) == set()
    said = [str(problem) for problem in problems]
    refused = [str(problem) for problem in problems if problem.severity is Severity.ERROR]
    assert len(refused) == 1, said
    assert refused[0].startswith("coded.xlsx > 1) > E5: No key of a code can be made out")
    assert "The code may have been 1.1 (General) or 1.10 (Gaps" in refused[0]
    assert "1 filled cell" not in refused[0]
    assert "2 filled cells were not read." in refused[0]  # the passage, and the interview beside it


def delete_column(book: Workbook) -> None:
    book[SIX].delete_cols(6)  # 6.2


def move_column(book: Workbook) -> None:
    sheet = book[SIX]
    for row in sheet.iter_rows(min_row=4, max_row=8):
        row[4].value, row[10].value = row[10].value, row[4].value  # 6.1 and 6.7


def rename_sheet(book: Workbook) -> None:
    book[SIX].title = "Evidence types"


def insert_column(book: Workbook) -> None:
    sheet = book[SIX]
    sheet.insert_cols(5)
    sheet["E5"], sheet["E6"], sheet["E7"] = "6.77", "Twitter", "[1] They tweeted."


def insert_row_above(book: Workbook) -> None:
    book[SIX].insert_rows(1)


@pytest.mark.thorough
@pytest.mark.parametrize("change", [delete_column, move_column, rename_sheet, insert_column, insert_row_above])
def test_a_changed_workbook_is_still_read_right(tmp_path: Path, change: Change) -> None:
    form, _ = changed(tmp_path, change)
    assert codings_of(form) == {("int-1", "AB", "6.7", "p. 4", "we asked them.")}


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("change", "kind", "said"),
    [
        (delete_column, "missing_column", "has no column for 6.2"),
        (
            insert_column,
            "unknown_code",
            f"{SIX} > E5: '6.77' is not a code of the codebook. 1 filled cell was not read.",
        ),
        (lambda book: book.remove(book[SIX]), "missing_column", "is missing; nothing was read for its 16 codes"),
        (lambda book: book.remove(book["Coding"]), "missing_sheet", "so the workbook does not name its coder"),
        (
            lambda book: book.create_sheet("Notes").append(["a", "b"]),
            "ignored_sheet",
            "Notes: No code stands on this sheet; 2 filled cells were ignored.",
        ),
        (lambda book: book[SIX].merge_cells("A7:A9"), "merged_cells", "A7:A9"),
    ],
)
def test_what_was_changed_is_said(tmp_path: Path, change: Change, kind: str, said: str) -> None:
    _, problems = changed(tmp_path, change)
    told = [str(problem) for problem in problems if problem.kind == kind]
    assert len(told) == 1, [str(problem) for problem in problems]
    assert said in told[0]


def test_a_code_on_another_sheet_is_read_as_what_it_is_and_said(tmp_path: Path) -> None:
    def wrong_sheet(book: Workbook) -> None:
        sheet = book["2) Commissioning (General)"]
        place = sheet.max_column + 1
        values = {5: "6.8", 6: "Practitioner or clinician experience", 7: "[2] The doctor said so."}
        for row, value in values.items():
            sheet.cell(row, place).value = value
        sheet["A7"] = "int-1"

    form, problems = changed(tmp_path, wrong_sheet)
    assert ("int-1", "AB", "6.8", "2", "the doctor said so.") in codings_of(form)
    (said,) = [str(problem) for problem in problems if problem.kind == "wrong_sheet"]
    assert f"The code 6.8 belongs on the sheet '{SIX}'" in said


def test_a_key_above_the_label_of_another_code_is_an_error(tmp_path: Path) -> None:
    def swap_keys(book: Workbook) -> None:
        sheet = book[SIX]
        sheet["F5"], sheet["G5"] = "6.3", "6.2"

    _, problems = changed(tmp_path, swap_keys)
    said = [str(problem) for problem in problems if problem.kind == "wrong_label"]
    assert len(said) == 2
    assert "The column has the key 6.3 and the label of 6.2 (JSNA). Put the key above its own label." in said[0]


def test_x_marks_the_passage_of_the_row(tmp_path: Path) -> None:
    def mark(book: Workbook) -> None:
        sheet: Worksheet = book[SIX]
        row = {"A": "int-1", "B": "CD", "D": "[12:30] They went home.", "F": "x", "K": "x"}
        for letter, value in row.items():
            sheet[f"{letter}8"] = value

    form, _ = changed(tmp_path, mark)
    marked = [row.values for row in form.tables[CODINGS] if row.values["passages"].text == "x"]
    assert [(row["code"].text, row["coder"].text, row["passage"].text) for row in marked] == [
        ("6.2", "CD", "[12:30] They went home."),
        ("6.7", "CD", "[12:30] They went home."),
    ]


def test_a_passage_that_no_cell_can_hold_is_refused_before_it_is_lost(tmp_path: Path) -> None:
    long = [Coding("int-1", "AB", "6.7", Passage("a" * LONGEST_CELL, "p. 4"))]
    with pytest.raises(JourneysError, match="does not fit into an Excel cell"):
        written(tmp_path / "coded.xlsx", long)
    form, problems = read(written(tmp_path / "coded.yaml", long))
    assert len(codings_of(form)) == 1
    assert problems == []


def test_comments_that_people_write_are_said(tmp_path: Path) -> None:
    def comment(book: Workbook) -> None:
        book[SIX]["K7"].comment = openpyxl.comments.Comment("Is this 6.6?", "CD")

    _, problems = changed(tmp_path, comment)
    assert [problem.kind for problem in problems] == ["comment"]
    assert "Is this 6.6?" in problems[0].message


def test_a_study_s_own_codes_have_columns_and_retired_ones_do_not(tmp_path: Path) -> None:
    path = tmp_path / "codebook.yaml"
    path.write_text("codes:\n  6.17: {label: Posts}\n  6.16: {retired: yes}\n  6.13: {merged_into: 6.14}\n", "utf-8")
    book = study_codebook(path, name=path.name, report=pytest.fail)
    blank = openpyxl.load_workbook(written(tmp_path / "blank.xlsx", [], book=book))
    keys = [cell.value for cell in blank[SIX][5] if cell.value]
    assert keys[-4:] == ["6.12", "6.14", "6.15", "6.17"]
    codings = [Coding("int-1", "AB", key, Passage("So.")) for key in ("6.16", "6.13", "6.17")]
    form, problems = read(written(tmp_path / "old.xlsx", codings, book=book), book)
    assert problems == []  # what was coded before keeps its column
    assert {row[2] for row in codings_of(form)} == {"6.13", "6.16", "6.17"}
