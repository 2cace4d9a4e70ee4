"""Harmful words in every free text of a study: nothing that any command shows or writes can do more than be read.

The few texts of ``MIXED`` go through most outputs here, all of ``WORDS`` through all of them with ``--long``: files are
also opened by LibreOffice then, and the pages by a browser (``test_in_a_browser.py``).
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from journeys.instruments.forms import read_form
from journeys.model.problems import Problem, Severity
from journeys.model.schema import load_schema
from tests.commands import run_here
from tests.engines import ONLY_LONG
from tests.hostile.harmless import faults, name_faults, said_faults
from tests.hostile.outputs import commands, completed, run_all
from tests.hostile.study import poisoned_demo
from tests.hostile.words import MIXED, WORDS

_HERE = (
    "status", "status --forms", "merge --list", "guide", "report own.md", "check.json", "status.json",
    "forms-status.docx", "trace",
    "trace.txt", "trace.json", "trace.html", "trace.svg", "trace.png", "show", "show.json",
    "show.html", "search", "search.csv", "search.xlsx", "search.json", "network.csv", "network.html", "network.gexf",
    "network.graphml", "network.net", "matrix.csv", "matrix.xlsx", "storyline.html", "storyline.svg", "ask.csv",
    "forms-document-xlsx", "forms-meeting-docx", "forms-case-docx", "forms-interview-yaml", "forms-meeting-txt",
    "ask-own", "ask-own.csv", "cypher.csv", "cypher.json", "cypher.xlsx", "journey.docx", "journey.html",
    "quality.docx", "codebook.xlsx", "follow-ups.ics", "follow-ups.xlsx", "own.docx", "own.html", "guide.html",
    "measure-journey.svg",
    "measure-matrices.xlsx", "export-csv.csv", "export-hif.hif.json", "export-pajek.net", "export-prov.prov.json",
    "export-refi.qdpx", "export-ocel.ocel.json",
)  # fmt: skip
"""Of all outputs, those that are written here."""
_NOT_FILLED = ("report own.md", "own.docx", "own.html")
"""The report of the study's own has marks that mean nothing, which is said."""


@dataclass(frozen=True)
class Shown:
    """The files that were written, and what each command said."""

    folder: Path
    said: dict[str, tuple[int, str]]


def everything(folder: Path, texts: tuple[str, ...], *, all_of_it: bool) -> Shown:
    """A study with these texts, and every output of it."""
    study, out = poisoned_demo(folder / "study", texts), folder / "out"
    out.mkdir()
    checked = run_here(["check"], study, {}, "")
    assert checked.code == 0, checked.stdout
    loaded = run_here(["load"], study, {}, "")
    assert loaded.code == 0, loaded.stderr
    try:
        run_here(["store", "start"], study, {}, "")
        asked = commands("D07", "Easthaven", "Northtown", "north.diabetes", "R1", "int-MV")
        chosen = (each for each in asked if all_of_it or each[0] in _HERE)
        said = {"check": (0, checked.stdout + checked.stderr), **run_all(study, out, chosen)}
        said |= {name: (0, words) for name, words in completed(study)}
        copied = run_here(["pseudonymise", folder / "copy", "--key", folder / "key.csv"], study, {}, "")
        return Shown(out, {**said, "pseudonymise": (copied.code, copied.stdout + copied.stderr)})
    finally:
        run_here(["store", "stop"], study, {}, "")


@pytest.fixture(scope="module")
def shown(embedded_engine: None, tmp_path_factory: pytest.TempPathFactory) -> Shown:
    return everything(tmp_path_factory.mktemp("mixed"), MIXED, all_of_it=False)


@pytest.fixture(scope="module")
def all_shown(embedded_engine: None, tmp_path_factory: pytest.TempPathFactory) -> Shown:
    return everything(tmp_path_factory.mktemp("all"), WORDS, all_of_it=True)


def assert_harmless(shown: Shown) -> None:
    failed = {name: said for name, (code, said) in shown.said.items() if code and name not in _NOT_FILLED}
    assert failed == {}
    assert [fault for name, (_, said) in shown.said.items() for fault in said_faults(said)] == []
    files = [path for path in shown.folder.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} > {
        ".docx",
        ".xlsx",
        ".html",
        ".svg",
        ".png",
        ".csv",
        ".json",
        ".qdpx",
        ".ics",
    }
    assert [fault for path in files for fault in faults(path)] == []
    assert name_faults(shown.folder) == []


def test_no_output_does_more_than_be_read(shown: Shown) -> None:
    assert_harmless(shown)


def test_prefilled_forms_can_be_read_again(shown: Shown) -> None:
    schema = load_schema()
    forms = [path for path in sorted(shown.folder.glob("forms-*/*")) if "coding_workbook" not in path.name]
    assert {path.suffix for path in forms} == {".xlsx", ".docx", ".yaml", ".txt"}
    for path in forms:
        said: list[Problem] = []
        assert read_form(path, schema, name=path.name, report=said.append) is not None
        assert [str(each) for each in said if each.severity is Severity.ERROR] == []


@ONLY_LONG
@pytest.mark.timeout(1_800)
def test_no_output_does_more_than_be_read_with_all_words(all_shown: Shown) -> None:
    assert_harmless(all_shown)


@ONLY_LONG
@pytest.mark.timeout(1_800)
def test_libreoffice_opens_every_file_and_calculates_nothing(
    all_shown: Shown, libreoffice: Path, tmp_path: Path
) -> None:
    for ending, wanted in (("csv", "xlsx"), ("xlsx", "csv"), ("docx", "pdf")):
        files = sorted(all_shown.folder.glob(f"*.{ending}"))
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        made = tmp_path / ending
        subprocess.run(
            [str(libreoffice), profile, "--headless", "--convert-to", wanted, "--outdir", str(made), *map(str, files)],
            capture_output=True,
            timeout=1_200,
            check=True,
        )
        assert sorted(path.stem for path in made.iterdir()) == sorted(path.stem for path in files)
        for path in made.glob("*.xlsx"):
            for sheet in openpyxl.load_workbook(path).worksheets:
                cells = [cell for row in sheet.iter_rows() for cell in row]
                assert [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink] == [], path
