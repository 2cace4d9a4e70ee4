"""Studies of earlier versions of the program go on with one sentence; files of newer ones are refused with one."""

from __future__ import annotations

import shutil
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest

import journeys
from journeys.instruments.excel.write import VERSION_PROPERTY
from tests.commands import CliResult, RunCli
from tests.engines import ONLY_WITH_ALL

EARLIER = Path(__file__).with_name("earlier")
UPDATE = "Update the program: `pip install --upgrade evidence-journeys`"
REMOVED = "because no file says them any more"


@pytest.fixture(params=["november-25", pytest.param("november-29", marks=ONLY_WITH_ALL)])
def earlier(request: pytest.FixtureRequest, tmp_path: Path, embedded_engine: None) -> Iterator[Path]:
    """A study folder as an earlier version left it, with its store."""
    folder = tmp_path / "study"
    with tarfile.open(EARLIER / f"{request.param}.tar.xz") as packed:
        packed.extractall(folder, filter="data")
    yield folder
    journeys.open(folder).stop_store()


def one_line(said: str) -> str:
    return " ".join(said.split())


def test_a_study_of_an_earlier_version_is_rebuilt_with_one_sentence(earlier: Path, run_cli: RunCli) -> None:
    refused = run_cli("trace", "D07", cwd=earlier)
    assert refused.code == 1
    assert one_line(refused.stderr) == (
        "The store was filled by an earlier version of journeys. Run `journeys load` to rebuild it."
    )
    loaded = run_cli("load", cwd=earlier)
    assert loaded.code == 0, loaded.stderr
    rebuilt = "The store was filled by an earlier version of journeys. It was rebuilt from all files of the study."
    assert rebuilt in one_line(loaded.stderr + loaded.stdout)
    traced = run_cli("trace", "D07", "--format", "json", cwd=earlier)
    assert traced.code == 0
    journeys.open(earlier).stop_store()
    shutil.rmtree(earlier / ".journeys")
    again = run_cli("load", cwd=earlier)
    assert "earlier version" not in again.stderr
    assert run_cli("trace", "D07", "--format", "json", cwd=earlier).stdout == traced.stdout


def test_a_form_that_is_missing_after_an_update_is_noticed(earlier: Path, run_cli: RunCli) -> None:
    (earlier / "forms" / "INVENTED D07.xlsx").unlink()
    refused = run_cli("load", cwd=earlier)
    assert refused.code == 1
    assert REMOVED in one_line(refused.stderr)
    assert run_cli("load", "--allow-removals", cwd=earlier).code == 0


def newer_yaml(form: Path) -> None:
    form.write_text(form.read_text("utf-8").replace("version: 1", "version: 7", 1), "utf-8")


def newer_text(form: Path) -> None:
    text = form.read_text("utf-8")
    assert "version 1" in text
    form.write_text(text.replace("version 1", "version 7", 1), "utf-8")


def newer_word(form: Path) -> None:
    parts = {}
    with zipfile.ZipFile(form) as held:
        for name in held.namelist():
            parts[name] = held.read(name)
    assert any(b"version 1" in part for part in parts.values())
    with zipfile.ZipFile(form, "w") as made:
        for name, part in parts.items():
            made.writestr(name, part.replace(b"version 1", b"version 7"))


def newer_excel(form: Path) -> None:
    book = openpyxl.load_workbook(form)
    book.custom_doc_props[VERSION_PROPERTY].value = "7"
    book.save(form)


@pytest.mark.parametrize(
    ("instrument", "ending", "become_newer"),
    [
        ("document_extraction_template", "xlsx", newer_excel),
        ("observation_guide", "docx", newer_word),
        ("observation_guide", "txt", newer_text),
        ("interview_sheet", "yaml", newer_yaml),
    ],
    ids=["xlsx", "docx", "txt", "yaml"],
)
def test_a_form_of_a_newer_version_is_refused_with_one_sentence(
    tmp_path: Path, run_cli: RunCli, instrument: str, ending: str, become_newer: Callable[[Path], None]
) -> None:
    run_cli("new", "study", cwd=tmp_path)
    study = tmp_path / "study"
    made = run_cli("forms", instrument, "--format", ending, "-o", "forms", cwd=study)
    assert made.code == 0, made.stderr
    form = next((study / "forms").glob(f"{instrument}*.{ending}"))
    become_newer(form)
    assert_refused(run_cli("check", cwd=study), f"forms/{form.name}", "This form is version 7; this program reads up")


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("study.yaml", "version: 7\ntitle: T\nsomething: new\n", "the file is of version 7"),
        ("registers.yaml", "registers: 7\npeople: []\n", "These are registers of version '7'"),
    ],
    ids=["study", "registers"],
)
def test_a_file_of_a_newer_version_is_refused_with_one_sentence(
    tmp_path: Path, run_cli: RunCli, file: str, text: str, said: str
) -> None:
    study = tmp_path / "study"
    (study / file).parent.mkdir(parents=True, exist_ok=True)
    if file != "study.yaml":
        (study / "study.yaml").write_text("id: s\ntitle: T\n", "utf-8")
    (study / file).write_text(text, "utf-8")
    assert_refused(run_cli("check", cwd=study), file, said)


def assert_refused(ended: CliResult, file: str, said: str) -> None:
    told = one_line(ended.stdout + ended.stderr)
    assert (ended.code, "Traceback" in told) == (1, False), told
    assert file in told
    assert said in told
    assert UPDATE in told
