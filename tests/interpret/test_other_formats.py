"""Forms saved as .doc, .odt, .rtf, .xls, .ods and their like, as another office program leaves them in forms/."""

from __future__ import annotations

import re
import shutil
import stat
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from journeys.demo import write_demo
from journeys.instruments.files.libreoffice import PROGRAM_VARIABLE, convert
from journeys.interpret.folder import open_folder
from journeys.interpret.other_formats import other_format
from journeys.interpret.study_reader import StudyReader
from journeys.model.problem_log import ProblemLog
from journeys.model.problems import Severity
from journeys.model.progress import NoProgress
from journeys.staging.database import Staging
from tests.engines import ONLY_WITH_ALL

SAVED = {
    "odt": ["INVENTED narrative-north.diabetes.docx", "INVENTED transcript int-MV.docx", "INVENTED int-FO.docx"],
    "doc": ["INVENTED data-collection-east.therapies.docx", "INVENTED obs-R1.docx"],
    "rtf": ["INVENTED int-MV.docx", "INVENTED obs-P2.docx"],
    "xls": ["INVENTED D08.xlsx", "INVENTED D10.xlsx", "INVENTED int-AN.xlsx", "INVENTED theme-north.diabetes.xlsx"],
    "ods": ["INVENTED D07.xlsx", "INVENTED D01.xlsx", "INVENTED coding-XY.xlsx", "INVENTED obs-R2.xlsx"],
}
"""What a team with another office program would have in forms/."""


@pytest.mark.parametrize(
    "ending", ["docm", "dotm", "dotx", "xltm", "xltx", "pages", "numbers", "pdf", "htm", "mht", "gdoc"]
)
def test_other_formats_of_a_form_are_named_with_the_way_out(ending: str) -> None:
    told = other_format(f"forms/D07.{ending}")
    assert told is not None
    assert told.severity is Severity.WARNING
    assert ".docx" in told.remedy or ".xlsx" in told.remedy or "Download" in told.remedy
    assert other_format(f"notes/D07.{ending}") is None or ending == "gdoc"


def read(path: Path) -> tuple[list[str], dict[str, str], Counter[Any], Counter[Any]]:
    """Read a study: what is said, what each file was read as, the nodes, and the claims with their addresses."""
    folder, log = open_folder(path), ProblemLog()
    with folder.scratch() as scratch, Staging(scratch / "staging.sqlite", folder.schema, folder.id) as staging:
        reading = StudyReader(folder, staging, log, NoProgress()).read()
        nodes = Counter((node.label, node.id) for label, _ in staging.labels() for node in staging.nodes(label))
        claims = Counter(
            (c.type, c.from_id, c.to_id, *(c.properties.get(name) for name in ("quote", "sheet", "cell")))
            for group in staging.groups()
            for c in staging.claims(group)
        )
    return [str(problem) for problem in log], {each.file: each.kind for each in reading.files}, nodes, claims


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("original") / "demo"
    write_demo(folder)
    kept = {name for names in SAVED.values() for name in names}
    for path in (folder / "forms").iterdir():
        if path.name not in kept:
            path.unlink()
    return folder


@pytest.fixture(scope="module")
def resaved(libreoffice: Path, original: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented study, its forms saved in other formats."""
    folder = tmp_path_factory.mktemp("resaved") / "demo"
    shutil.copytree(original, folder)
    forms = folder / "forms"
    for format_, names in SAVED.items():
        registers = [original / "registers.xlsx"] if format_ == "ods" else []
        files = [original / "forms" / name for name in names] + registers
        convert(libreoffice, files, f".{format_}", forms, limit=180)
        for name in names:
            (forms / name).unlink()
    (forms / "registers.ods").rename(folder / "registers.ods")
    (folder / "registers.xlsx").unlink()
    return folder


@ONLY_WITH_ALL
def test_the_same_is_read_of_every_format_at_the_same_places(original: Path, resaved: Path) -> None:
    before, after = read(original), read(resaved)
    said = [re.sub(r"\.(odt|doc|rtf|ods|xls)(?= >)", "", each) for each in after[0] if "converted by" not in each]
    assert said == [re.sub(r"\.(docx|xlsx)(?= >)", "", each) for each in before[0]]
    assert after[2] == before[2]
    assert after[3] == before[3]
    assert after[1]["forms/INVENTED D07.ods"] == "form"
    assert after[1]["forms/INVENTED D08.xls"] == "form, converted by LibreOffice"
    assert after[1]["forms/INVENTED transcript int-MV.odt"] == "transcript, converted by LibreOffice"


@ONLY_WITH_ALL
def test_what_a_conversion_can_lose_is_said_once(resaved: Path) -> None:
    (said,) = (each for each in read(resaved)[0] if "converted by LibreOffice" in each)
    assert said.startswith(
        "forms/INVENTED D08.xls: 11 files were converted by LibreOffice before reading (the others: "
    )
    assert said.endswith("Compare what was read with the file (`journeys show`), or save it as .docx or .xlsx.")


@ONLY_WITH_ALL
def test_nothing_is_converted_twice(resaved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read(resaved)
    broken = resaved.parent / "soffice"
    broken.write_bytes(b"not a program")
    monkeypatch.setenv(PROGRAM_VARIABLE, str(broken))
    assert not any("could not" in each for each in read(resaved)[0])
    converted = resaved / ".journeys" / "converted"
    there = sorted(converted.iterdir())
    assert len(there) == sum(len(SAVED[each]) for each in SAVED if each != "ods")
    if sys.platform != "win32":
        assert stat.S_IMODE(converted.stat().st_mode) == 0o700
        assert {stat.S_IMODE(path.stat().st_mode) for path in there} == {0o600}


@ONLY_WITH_ALL
def test_what_is_kept_goes_with_the_file(resaved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read(resaved)
    copy = tmp_path / "copy"
    shutil.copytree(resaved, copy)
    broken = tmp_path / "soffice"
    broken.write_bytes(b"not a program")
    monkeypatch.setenv(PROGRAM_VARIABLE, str(broken))
    before = len(list((copy / ".journeys" / "converted").iterdir()))
    (copy / "forms" / "INVENTED D08.xls").unlink()
    read(copy)
    assert len(list((copy / ".journeys" / "converted").iterdir())) == before - 1


@pytest.fixture
def without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PROGRAM_VARIABLE, "")


@pytest.mark.usefixtures("without_libreoffice")
def test_without_libreoffice_the_way_out_is_said(original: Path, tmp_path: Path) -> None:
    study = tmp_path / "study"
    shutil.copytree(original, study)
    (study / "forms" / "D90.odt").write_bytes(b"PK\x03\x04")
    (study / "forms" / "D91.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    (study / "tables" / "t.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    shutil.copy(study / "tables" / "INVENTED findings.map.yaml", study / "tables" / "t.map.yaml")
    said, kinds, _, _ = read(study)
    way = "or install LibreOffice (free, libreoffice.org)"
    assert sorted(each for each in said if "LibreOffice" in each) == [
        "forms/D90.odt: Forms are read from .odt files only where LibreOffice is installed. If it is a form, save it "
        f"as a Word document (.docx), {way}; if not, move it out of forms/.",
        "forms/D91.xls: Forms are read from .xls files only where LibreOffice is installed. If it is a form, save it "
        f"as an Excel workbook (.xlsx), {way}; if not, move it out of forms/.",
        "tables/t.xls: A .xls file is read only where LibreOffice is installed. Save it as an Excel workbook (.xlsx), "
        f"{way}.",
    ]
    assert (kinds["forms/D90.odt"], kinds["forms/D91.xls"]) == ("not read", "not read")


def test_an_old_workbook_with_a_map_is_read_as_a_table(libreoffice: Path, original: Path, tmp_path: Path) -> None:
    study = tmp_path / "study"
    shutil.copytree(original, study, ignore=shutil.ignore_patterns(".journeys"))
    table = study / "tables" / "INVENTED findings.csv"
    convert(libreoffice, [table], ".xls", study / "tables", limit=120)
    before = read(study)
    table.unlink()
    after = read(study)
    assert after[1]["tables/INVENTED findings.xls"] == "table, converted by LibreOffice"
    assert after[2] == before[2]


def test_a_letter_among_the_forms_is_listed_without_a_word(libreoffice: Path, tmp_path: Path) -> None:
    study = tmp_path / "study"
    (study / "forms").mkdir(parents=True)
    (study / "study.yaml").write_text("id: s\ntitle: Small\n", encoding="utf-8")
    (study / "forms" / "letter.rtf").write_bytes(b"{\\rtf1 Dear all, thank you.}")
    (study / "forms" / "scan.doc").write_bytes(b"<html><img src='http://example.org/a.png'></html>")
    said, kinds, _, _ = read(study)
    assert kinds["forms/letter.rtf"] == "not read"
    assert said == [
        "forms/scan.doc: The file is a web page (HTML), not an old Word document (.doc), despite its name. Open it in "
        "the program it was made with and save it as a Word document (.docx)."
    ]
