"""A small study with registers, and observation sheets in Word that tests fill in cell by cell, as a person would."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

import journeys
from journeys.instruments.instrument_files import load_instrument
from journeys.model.schema import load_schema
from tests.written import write_form, write_registers

GUIDE = load_instrument("observation_guide")
REGISTERS = [
    {"sheet": "sites", "id": "north", "pseudonym": "Northtown"},
    {"sheet": "case_studies", "id": "c1", "title": "Diabetes redesign", "site": "north"},
    {"sheet": "organisations", "id": "pct", "pseudonym": "Northtown PCT"},
    {"sheet": "organisations", "id": "voices", "pseudonym": "Community Voices"},
    {"sheet": "arenas", "id": "group", "name": "Redesign Group", "case": "c1"},
    {"sheet": "people", "id": "SS", "pseudonym": "Sam S."},
    {"sheet": "people", "id": "MV", "pseudonym": "Mina V."},
    {"sheet": "people", "id": "LB1", "pseudonym": "Lee B.", "aliases": "LB"},
    {"sheet": "people", "id": "LB2", "pseudonym": "Lou B.", "aliases": "LB"},
    {"sheet": "meetings", "id": "R1", "title": "April meeting", "date": "2011-04-06", "arena": "group", "case": "c1"},
    {"sheet": "meetings", "id": "R2", "title": "June meeting", "arena": "group", "case": "c1"},
    {"sheet": "documents", "doc_number": "D07", "title": "Needs assessment", "case": "c1"},
    {"sheet": "sources", "id": "obs-R1", "kind": "Observation", "of_meeting": "R1", "case": "c1"},
]


@pytest.fixture
def observed(tmp_path: Path, study_id: str) -> Path:
    """A study with registers."""
    folder = tmp_path / study_id
    (folder / "forms").mkdir(parents=True)
    (folder / "study.yaml").write_text(f"id: {study_id}\ntitle: Study\n", encoding="utf-8")
    write_registers(folder / "registers.xlsx", load_schema(), REGISTERS)
    return folder


class Sheet:
    """An observation sheet in Word, filled in cell by cell."""

    def __init__(self, path: Path) -> None:
        self.path, self.document = path, docx.Document(str(path))

    def below(self, heading: str) -> Any:
        above = next(each for each in self.document.paragraphs if each.text == heading)
        return docx.table.Table(next(e for e in above._p.itersiblings() if e.tag == qn("w:tbl")), self.document)

    def header(self, **values: str) -> None:
        labels = {field.wording: field.id for field in GUIDE.header.fields}
        for row in self.below(GUIDE.header.title or "").rows:
            name = labels[row.cells[0].text.rstrip(" *")]
            if name in values:
                row.cells[1].text = values[name]

    def box(self, question: str, general: str = "", ethnicity: str = "") -> None:
        row = self.below(question).rows[1]
        row.cells[0].text, row.cells[1].text = general, ethnicity

    def row(self, heading: str, **values: str) -> None:
        """Fill in the first empty row of a table, by its headings (spaces as underscores)."""
        table = self.below(heading)
        names = [cell.text.lower().replace(" ", "_").replace("/", "_") for cell in table.rows[0].cells]
        empty = next(row for row in table.rows[1:] if not any(cell.text.strip(" \u25be") for cell in row.cells))
        for name, words in values.items():
            empty.cells[names.index(name)].text = words

    def point(self, beginning: str, **values: str) -> None:
        """Fill in a printed row of the reflection."""
        table = self.below("BROADER REFLECTION & FOLLOW UP")
        row = next(row for row in table.rows if row.cells[0].text.startswith(beginning))
        names = ["point", "entry", "plan", "about"]
        for name, words in values.items():
            row.cells[names.index(name)].text = words

    def save(self) -> None:
        self.document.save(str(self.path))


@pytest.fixture(scope="session")
def blank_sheet(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A blank observation sheet in Word."""
    path = tmp_path_factory.mktemp("blank") / "blank.docx"
    write_form(GUIDE, path, load_schema())
    return path.read_bytes()


@pytest.fixture
def sheet(observed: Path, blank_sheet: bytes) -> Callable[..., Sheet]:
    """Opens a sheet to be filled in: the file given, else a new blank one in the study."""

    def opened(path: Path | None = None) -> Sheet:
        if path is None:
            path = observed / "forms" / "observation_guide.docx"
            path.write_bytes(blank_sheet)
        return Sheet(path)

    return opened


@pytest.fixture
def told(observed: Path) -> Callable[[], list[str]]:
    """What a check of the study says, problem by problem."""
    return lambda: [f"{problem.severity}: {problem}" for problem in journeys.open(observed).check().problems]
