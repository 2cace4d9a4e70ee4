"""Every form and report as another office program has it: saved again by LibreOffice, and printed by it on A4."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
import openpyxl
import pytest

import journeys
from journeys.instruments.files.libreoffice import convert
from journeys.instruments.forms import read_form, write_form
from journeys.instruments.instrument_files import instruments, load_instrument
from journeys.model.code_keys import CODING_WORKBOOK
from journeys.model.schema import load_schema
from tests.engines import ONLY_WITH_ALL, absent
from tests.instruments.test_every_box import contents, full

pytestmark = ONLY_WITH_ALL

SCHEMA = load_schema()
A4 = {(595, 842), (842, 595)}
REPORTS = (
    ("journey", "D07"),
    ("case", "north.diabetes"),
    ("site", "Northtown"),
    ("summary-tables", None),
    ("data-collection", None),
    ("codebook", None),
    ("quality", None),
    ("follow-ups", None),
)


@dataclass(frozen=True)
class Written:
    """Forms and reports as this program writes them, as LibreOffice saves them again, and as it prints them."""

    ours: Path
    again: Path
    printed: Path

    def forms(self, ending: str) -> Iterator[Path]:
        """The forms in a format."""
        return (path for path in sorted(self.ours.glob(f"*{ending}")) if not path.name.startswith("report"))


@pytest.fixture(scope="module")
def written(
    opened_demo: journeys.Study, libreoffice: Path, pdf_tools: None, tmp_path_factory: pytest.TempPathFactory
) -> Written:
    """Forms pre-filled and with a mark in every box, and reports, in three runs of LibreOffice."""
    made = Written(*(tmp_path_factory.mktemp(name) for name in ("ours", "again", "printed")))
    for format_ in ("xlsx", "docx"):
        for path in opened_demo.forms(ref="north.diabetes", format_=format_, folder=made.ours):
            path.rename(path.with_name(f"prefilled {path.stem} {format_}.{format_}"))
        for name in instruments():
            if format_ in load_instrument(name).formats:
                path = made.ours / f"filled {name} {format_}.{format_}"
                write_form(load_instrument(name), path, SCHEMA, filled=full(load_instrument(name)))
    for ending in (".xlsx", ".docx"):
        convert(libreoffice, list(made.forms(ending)), ending, made.again, limit=300)
    for kind, ref in REPORTS:
        opened_demo.write(opened_demo.report(kind, ref), made.ours / f"report {kind}.docx")
    filled = [path for name in ("document", "interview", "observation") for path in made.ours.glob(f"filled {name}*")]
    convert(
        libreoffice,
        sorted([*filled, *made.ours.glob("prefilled *.*"), *made.ours.glob("report *.*")]),
        ".pdf",
        made.printed,
        limit=300,
    )
    return made


@pytest.fixture(scope="session")
def pdf_tools() -> None:
    try:
        subprocess.run(["pdfinfo", "-v"], capture_output=True, check=False)
    except OSError:
        absent("no pdfinfo and pdftotext found; install poppler-utils")


def read(path: Path) -> tuple[object, list[str]]:
    said: list[str] = []
    form = read_form(path, SCHEMA, name=path.name, report=lambda problem: said.append(str(problem)))
    assert form is not None
    return contents(form), said


@pytest.mark.parametrize("ending", [".xlsx", ".docx"])
def test_saved_again_every_form_says_the_same(written: Written, ending: str) -> None:
    paths = list(written.forms(ending))
    assert len(paths) == len(instruments()) + 4
    different = [path.name for path in paths if read(path) != read(written.again / path.name)]
    assert different == []


def test_saved_again_the_lists_to_choose_from_are_there(written: Written) -> None:
    def lists(path: Path) -> object:
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as archive:
                body = archive.read("word/document.xml")
            return len(re.findall(rb"<w:comboBox|<w:dropDownList", body)), body.count(b"<w:listItem ")
        return {
            (sheet.title, area.coord)
            for sheet in openpyxl.load_workbook(path)
            for validation in sheet.data_validations.dataValidation
            if validation.type == "list"
            for area in validation.sqref.ranges
        }

    for path in [*written.forms(".xlsx"), *written.forms(".docx")]:
        there = lists(path)
        if CODING_WORKBOOK not in path.name or path.suffix == ".xlsx":
            assert there not in ((0, 0), set()), path.name
        assert there == lists(written.again / path.name), path.name


def info(path: Path) -> tuple[int, set[tuple[int, int]]]:
    """The number of pages and their sizes in points."""
    said = subprocess.run(["pdfinfo", "-l", "999", str(path)], capture_output=True, check=True).stdout.decode()
    sizes = re.findall(r"^Page.*size: +([\d.]+) x ([\d.]+) pts", said, re.MULTILINE)
    return len(sizes), {(round(float(wide)), round(float(high))) for wide, high in sizes}


def pages(path: Path) -> list[str]:
    said = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True).stdout
    return said.decode().split("\f")[:-1]


def test_everything_prints_on_a4(written: Written) -> None:
    printed = sorted(written.printed.glob("*.pdf"))
    assert len(printed) == 8 + 6 + len(REPORTS)
    for path in printed:
        number, sizes = info(path)
        assert sizes <= A4, path.name
        assert number <= 60, path.name


def test_nothing_printed_is_cut_or_empty(written: Written) -> None:
    for path in sorted(written.printed.glob("*.pdf")):
        for number, words in enumerate(pages(path), 1):
            assert "###" not in words, f"{path.name}, page {number}"
            below = re.sub(r".*page \d+ of \d+", "", words).strip()
            assert below, f"{path.name}, page {number} is empty"


def test_no_word_of_a_heading_is_broken(written: Written) -> None:
    for path in written.forms(".docx"):
        for table in docx.Document(str(path)).tables:
            for cell, column in zip(table.rows[0].cells, table.columns, strict=True):
                longest = max(map(len, cell.text.split()), default=0)
                assert column.width.mm / max(longest, 1) > 1.4, (path.name, cell.text)


def test_a_table_has_its_heading_on_every_page(written: Written) -> None:
    name = "prefilled narrative_form-north.diabetes docx.pdf"
    with_rows = [words for words in pages(written.printed / name) if words.count("[From") > 2 and "Paraphrase" in words]
    assert len(with_rows) >= 3
    assert all("According" in words and "Confidence" in words for words in with_rows)


def test_long_answers_in_a_workbook_are_not_cut(written: Written) -> None:
    """A row is at most 409 points high: a column gets wider where that is not enough."""
    book = openpyxl.load_workbook(written.ours / "prefilled narrative_form-north.diabetes xlsx.xlsx")
    last = max((str(cell.value) for row in book["Story"].iter_rows() for cell in row if cell.value), key=len)
    assert len(last) > 1500
    end = " ".join(last.split())[-25:]
    printed = " ".join(" ".join(pages(written.printed / "prefilled narrative_form-north.diabetes xlsx.pdf")).split())
    assert end.split()[-1] in printed


def test_nothing_is_printed_for_programmers(written: Written) -> None:
    """But for the line by which a form is known, commands, and the places of a YAML form."""
    odd = re.compile(r"as printed|completed from|\b[a-z]+(?:_[a-z]+)+\b(?! version \d)|\{\{")
    for path in [*written.printed.glob("prefilled *.pdf"), *written.printed.glob("report *.pdf")]:
        words = re.sub(r"`[^`]*`|\([\w.\[\]]+\)", "", " ".join(pages(path)))
        assert odd.findall(words) == [], path.name
