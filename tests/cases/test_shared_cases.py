"""Every row of the table of the shared cases: each input, as a whole study, is read or said as its row asks.

The inputs are no part of the repository; where they are absent, these tests are skipped. How each kind is read is
tested with files that the tests of forms, tables and dates make.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.mapped import ReadStudy, read_study

Check = Callable[[ReadStudy], object]
FORM_QUOTES = {"the numbers are wrong", "I backed it"}


def told(study: ReadStudy, kind: str, *cells: str) -> None:
    """A problem or warning of this kind is said at each of these cells, and at no other of the form or table."""
    found = [problem.address.cell or "" for problem in study.problems if problem.kind == kind]
    assert sorted(found) == sorted(cells), (kind, [str(problem) for problem in study.problems])


def quotes(study: ReadStudy) -> set[str]:
    return {str(said["quote"]) for _, _, _, said in study.claims if said.get("quote")}


def quoted(study: ReadStudy, words: str) -> None:
    quiet(study)
    assert quotes(study) == {words, "I backed it"}


def dates(study: ReadStudy) -> dict[str, tuple[str, str]]:
    """The bounds of each date by its words."""
    return {
        str(said["date_text"]): (str(said.get("date_from")), str(said.get("date_to")))
        for _, _, _, said in study.claims
        if said.get("date_text")
    }


def quiet(study: ReadStudy) -> None:
    """Nothing is said but that the votes are missing, which this study has a map for."""
    assert {problem.kind for problem in study.problems} <= {"no_table"}, [str(each) for each in study.problems]


def typed_in_libreoffice(study: ReadStudy) -> None:
    # The day that the spreadsheet made of "5 March" lies years after the interview that reports it.
    told(study, "after_source", "E4", "E6", "E7", "E9")
    told(study, "year_of_work", "E4", "E6", "E7", "E9")
    told(study, "first_of_month", "E5", "E9", "E10", "E11")


def number_formats(study: ReadStudy) -> None:
    quiet(study)
    assert {said["place"] for _, _, _, said in study.claims if said.get("place")} == {"25%", "1.10"}
    assert "C1.D01" in study.nodes


def struck_out(study: ReadStudy) -> None:
    told(study, "struck_out", "A3", "B3", "C3", "D3", "J3", "L3", "L2")
    assert quotes(study) == {"He supported it"}


def tracked(study: ReadStudy) -> None:
    told(study, "tracked_changes", "table 3, row 2, column 8")
    assert "the numbers are not final" in quotes(study)


def row_deleted(study: ReadStudy) -> None:
    told(study, "tracked_changes", "table 3, row 2")
    assert quotes(study) == {"I backed it"}


def read_whole(study: ReadStudy) -> None:
    quiet(study)
    assert quotes(study) == FORM_QUOTES


def as_lost_styles(study: ReadStudy) -> None:
    read_whole(study)
    texts = [node["text"] for node in study.nodes.values() if node.get("text")]
    assert texts == ["The numbers are simply wrong"]


def hidden(study: ReadStudy) -> None:
    told(study, "hidden_text", "table 3, row 2, column 8")
    assert not any("SECRET" in str(node) for node in study.nodes.values())
    assert not any("SECRET" in quote for quote in quotes(study))


def renamed_docm(study: ReadStudy) -> None:
    (problem,) = [each for each in study.problems if each.kind == "other_kind"]
    assert "(.docm)" in problem.message
    assert quotes(study) == FORM_QUOTES


def two_forms(study: ReadStudy) -> None:
    (problem,) = [each for each in study.problems if each.kind == "same_document"]
    assert problem.severity == "error"
    assert all(f"forms/{name}" in str(problem) for name in ("D01.xlsx", "conflicted-copy.xlsx"))


def names(study: ReadStudy) -> None:
    # One has no full stop, one a Cyrillic letter: other names, said with the nearest.
    told(study, "unknown_name", "A7", "A8")
    assert all("Did you mean 'Mina V.'?" in problem.remedy for problem in study.errors)
    found = {quote for quote in quotes(study) if quote not in FORM_QUOTES}
    spaced = {"newline in name", "upper", "fullwidth", "soft hyphen", "bidi marks", "LRM", "thin space", "zwj"}
    assert found >= {"nfd", "hyph", "case", *spaced}


def doubtful_dates(study: ReadStudy) -> None:
    said = dates(study)
    assert said["2010–11"] == ("2010-01-01", "2011-12-31")
    told(study, "month_or_years", "E7", "E8", "E9")
    told(study, "wrong_weekday", "E11")
    told(study, "future_date", "E12", "E13", "E16")
    told(study, "zero_date", "E14", "E15")
    told(study, "bad_date")


def us_dates(study: ReadStudy) -> None:
    told(study, "mixed_date_order", "line 3, column 4")


def us_dates_with_their_order(study: ReadStudy) -> None:
    assert not study.errors
    assert {said for text, said in dates(study).items() if text.startswith("03/")} == {
        ("2011-03-05", "2011-03-05"),
        ("2011-03-25", "2011-03-25"),
    }


def no_names(study: ReadStudy) -> None:
    told(study, "doubtful_name", *(f"line {number}, column 1" for number in range(2, 7)))


def object_a_line(study: ReadStudy) -> None:
    assert not study.errors
    assert {claim[:2] for claim in study.claims} >= {("SS", "SUPPORTED")}


def split_apart(study: ReadStudy) -> None:
    (problem,) = study.errors
    assert problem.message.startswith("No item was found where the map looks")


def near_keys(study: ReadStudy) -> None:
    said = {(problem.message, problem.remedy.split("?")[0]) for problem in study.errors}
    assert said == {
        ("The map reads 'dates', which no item has.", "Did you mean 'date'"),
        ("The map reads 'wrods', which no item has.", "Did you mean 'words'"),
    }


def completed(study: ReadStudy) -> None:
    assert not study.errors
    assert study.nodes["sam"]["designation"] == "nurse"
    (paper,) = [node for node in study.nodes.values() if node["name"] == "Needs assessment"]
    assert (str(paper["date_from"]), paper["url"]) == ("2011-03-05", "http://x")


def plain_words(study: ReadStudy) -> None:
    assert not study.errors
    assert {claim[:2] for claim in study.claims} == {
        ("ann", "SUPPORTED"), ("bob", "CONTESTED"), ("ann", "REFERRED_TO")
    }  # fmt: skip


def kinds(study: ReadStudy) -> None:
    (wrong,) = study.errors
    assert (wrong.address.sheet, wrong.address.cell) == ("Who did what", "C3"), str(wrong)
    (near,) = [each for each in study.problems if "Tom Okafr" in each.message]
    assert "Tom Okafor" in str(near)
    assert (near.severity, near.address.cell) == ("warning", "C2")


CASES: dict[str, Check] = {
    "typed-in-libreoffice.xlsx": typed_in_libreoffice,
    "currentyear.xlsx": lambda study: told(study, "date_without_year", "E3"),
    "numfmt.xlsx": number_formats,
    "cellcomment.xlsx": lambda study: told(study, "comment", "B3", "C3"),
    "w-comment.docx": lambda study: told(study, "comment", "table 3, row 2, column 8"),
    "w-tracked.docx": tracked,
    "w-rowdeleted.docx": row_deleted,
    "strike.xlsx": struck_out,
    "w-legacy.docx": lambda study: quoted(study, "Agreed ☒"),
    "w-omath.docx": lambda study: quoted(study, "p is x=0.05"),
    "w-altcontent.docx": lambda study: quoted(study, "smile A"),
    "w-vanish.docx": hidden,
    "p-document2.docx": read_whole,
    "p-null.docx": read_whole,
    "p-docm-renamed.docx": renamed_docm,
    "googledocs-like.docx": as_lost_styles,
    "conflicted-copy.xlsx": two_forms,
    "names.xlsx": names,
    "s-dates.xlsx": doubtful_dates,
    "c-usdates.csv": us_dates,
    "c-semicolon.csv": lambda study: told(study, "bad_date", "line 3, column 4"),
    "c-na.csv": no_names,
    "c-mojibake.csv": lambda study: told(study, "damaged_letters", "line 3, column 5"),
    "j-ndjson.ndjson": object_a_line,
    "j-split.json": split_apart,
    "studies/json-typo": near_keys,
    "studies/setloss": completed,
    "studies/yamltrap": plain_words,
    "studies/kinds": kinds,
}
ELSEWHERE = {"q1252.cypher"}
"""A query is no input of a check."""


def copied(source: Path, target: Path) -> None:
    """A copy that may be changed, whatever may be done to the original."""
    shutil.copytree(source, target, copy_function=shutil.copyfile, dirs_exist_ok=True)
    for folder in (target, *filter(Path.is_dir, target.rglob("*"))):
        folder.chmod(0o755)


def made(cases: Path, name: str, study: Path) -> ReadStudy:
    """The study in which a case is tried, read."""
    if name.startswith("studies/") and (cases / name / "study.yaml").is_file():
        copied(cases / name, study)
        if name == "studies/kinds":
            _fill_in(study)
        return read_study(study)
    copied(cases / "mini", study)
    (study / "forms").mkdir(exist_ok=True)
    if name.startswith("studies/"):
        copied(cases / name, study / "tables")
    elif name.endswith((".xlsx", ".docx")):
        shutil.copyfile(cases / "inputs" / name, study / "forms" / name)
        if name == "conflicted-copy.xlsx":
            shutil.copyfile(cases / "inputs" / "cellcomment.xlsx", study / "forms" / "D01.xlsx")
    else:
        shutil.copyfile(cases / "inputs" / name, study / "tables" / f"votes{Path(name).suffix}")
    return read_study(study)


def _fill_in(study: Path) -> None:
    """Type the two rows that the case is about: its forms have only their headers."""
    path = study / "forms" / "document_extraction_template-D02.xlsx"
    book = openpyxl.load_workbook(path)
    sheet: Any = book["Who did what"]
    headings = {str(cell.value): cell.column for cell in sheet[1]}
    paper = "Low emission zone feasibility study"
    rows = [
        {"Who": paper, "Did what": "influenced", "To what": "Tom Okafr"},
        {"Who": paper, "Did what": "was used to justify", "To what": "Cabinet paper on the clean air zone"},
    ]
    for number, row in enumerate(rows, 2):
        for heading, words in row.items():
            sheet.cell(number, headings[heading], words)
    book.save(path)


@pytest.mark.parametrize("name", CASES)
def test_a_case_gives_what_its_row_asks(shared_cases: Path, tmp_path: Path, name: str) -> None:
    CASES[name](made(shared_cases, name, tmp_path / "study"))


def test_dates_of_a_known_order_are_read(shared_cases: Path, tmp_path: Path) -> None:
    study = tmp_path / "study"
    copied(shared_cases / "mini", study)
    with (study / "study.yaml").open("a", encoding="utf-8") as file:
        file.write("\ndate_order: month_first\n")
    shutil.copyfile(shared_cases / "inputs" / "c-usdates.csv", study / "tables" / "votes.csv")
    us_dates_with_their_order(read_study(study))


def test_every_row_of_the_table_is_tried(shared_cases: Path) -> None:
    table = (shared_cases / "README.md").read_text(encoding="utf-8")
    inputs = [line.split("|")[1] for line in table.splitlines() if line.startswith("|")][2:]
    listed = {name for cell in inputs for name in re.findall(r"studies/[\w-]+|[\w-]+\.\w+", cell)} - {"D01.xlsx"}
    assert listed == {*CASES, *ELSEWHERE}
    here = {path.name for path in (shared_cases / "inputs").iterdir()}
    here |= {f"studies/{path.name}" for path in (shared_cases / "studies").iterdir()}
    assert here == listed
