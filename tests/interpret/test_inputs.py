"""Which files of a study folder are read: each once, none outside, whatever links and names there are."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from journeys.interpret.folder import StudyFolder, open_folder, printable
from journeys.interpret.study_reader import Reading, StudyReader
from journeys.model.problem_log import ProblemLog
from journeys.model.progress import NoProgress
from journeys.staging.database import Staging
from journeys.study.study import open as open_study

Write = Callable[..., Path]
MAP = "map: 1\nnodes: {who: {kind: Actor, find: either, each: name}}\nclaims: []\n"


@pytest.fixture
def folder(tmp_path: Path) -> StudyFolder:
    place = tmp_path / "study"
    for name in ("forms", "tables", "archive", ".kept", "out"):
        (place / name).mkdir(parents=True)
    (place / "study.yaml").write_text("id: s\ntitle: S\n", encoding="utf-8")
    return open_folder(place)


def made(path: Path, content: str = "x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def link(path: Path, target: Path | str) -> None:
    try:
        path.symlink_to(target)
    except OSError:
        pytest.skip("this account may not make symbolic links")


def files(folder: StudyFolder) -> list[str]:
    return [path.relative_to(folder.path).as_posix() for path in folder.inputs().files]


def left(folder: StudyFolder) -> dict[str, str]:
    return {folder.link_name(each.path): each.message for each in folder.inputs().not_followed}


def read(folder: StudyFolder) -> tuple[Reading, list[str]]:
    log = ProblemLog()
    with Staging(folder.path.parent / "staging.sqlite", folder.schema, "s") as staging:
        reading = StudyReader(folder, staging, log, NoProgress()).read()
    return reading, [str(problem) for problem in log]


def test_a_link_to_a_file_that_is_read_anyway_is_not_read_twice(folder: StudyFolder) -> None:
    made(folder.path / "archive" / "a.txt")
    for name in ("a.txt", "again.txt"):
        link(folder.path / "forms" / name, "../archive/a.txt")
    link(folder.path / "forms" / "all", "../archive")
    assert files(folder) == ["archive/a.txt"]
    assert left(folder) == {}


def test_what_lies_where_nothing_else_is_read_is_followed_once(folder: StudyFolder) -> None:
    made(folder.path / ".kept" / "4f" / "a.txt")
    made(folder.path / ".kept" / "b.txt")
    link(folder.path / "forms" / "b.txt", "../.kept/b.txt")
    link(folder.path / "tables" / "b.txt", "../.kept/b.txt")
    link(folder.path / "forms" / "deep", "../.kept/4f")
    made(folder.path / "out" / "c.txt")
    link(folder.path / "forms" / "c.txt", "../out/c.txt")
    link(folder.path / "forms" / "study.yaml", "../study.yaml")
    assert sorted(files(folder)) == ["forms/b.txt", "forms/deep/a.txt"]
    assert {folder.name(path) for path in folder.inputs().files} == {"forms/b.txt", "forms/deep/a.txt"}
    assert set(left(folder)) == {"forms/c.txt"}


@pytest.mark.parametrize("kind", ["file", "folder", "map", "registers"])
def test_a_link_that_leads_out_is_named_and_not_followed(folder: StudyFolder, kind: str) -> None:
    outside = made(folder.path.parent / "elsewhere" / "secret.yaml", "people: [{id: X, pseudonym: Secret}]\n")
    name = {"file": "forms/a.yaml", "folder": "forms/a", "map": "tables/t.csv.map.yaml", "registers": "registers.yaml"}
    made(folder.path / "tables" / "t.csv", "name\nJo\n")
    link(folder.path / name[kind], outside.parent if kind == "folder" else outside)
    assert files(folder) == ["tables/t.csv"]
    reading, said = read(folder)
    (told,) = [each for each in said if "leads out of the study folder" in each]
    assert told.startswith(f"{name[kind]}: ")
    assert "elsewhere" not in told
    assert (name[kind], "not read") in {(report.file, report.kind) for report in reading.files}
    assert not any("secret" in report.file for report in reading.files)


def test_circles_and_links_to_nothing_do_not_hang(folder: StudyFolder) -> None:
    made(folder.path / "forms" / "a.txt")
    link(folder.path / "forms" / "up", "..")
    link(folder.path / "forms" / "here", ".")
    link(folder.path / "forms" / "one", "two")
    link(folder.path / "forms" / "two", "one")
    link(folder.path / "tables" / "gone.map.yaml", "nothing.yaml")
    made(folder.path / "tables" / "t.csv", "name\nJo\n")
    assert files(folder) == ["forms/a.txt", "tables/t.csv"]
    assert set(left(folder)) == {"forms/one", "forms/two", "tables/gone.map.yaml"}
    _, said = read(folder)
    assert sum("leads to nothing" in each for each in said) == 3


def test_one_map_for_two_tables_by_a_link(folder: StudyFolder) -> None:
    made(folder.path / "tables" / "a.map.yaml", MAP)
    made(folder.path / "tables" / "a.csv", "name\nJo\n")
    link(folder.path / "tables" / "b.map.yaml", "a.map.yaml")
    made(folder.path / "tables" / "b.csv", "name\nKim\n")
    _, said = read(folder)
    assert not any("no table beside this map" in each for each in said)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps names as UTF-16")
@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (b"caf\xe9.csv", "caf\\xe9.csv"),
        (b"red\x1b[31m.csv", "red\\x1b[31m.csv"),
        ("turn\u202exslx.csv".encode(), "turn\\u202exslx.csv"),
        (b"two\nlines.csv", "two\\nlines.csv"),
        ("Überblick – x.csv".encode(), "Überblick – x.csv"),
        (b"x" * 250 + b".csv", "x" * 250 + ".csv"),
    ],
)
@pytest.mark.parametrize("mapped", [True, False])
def test_names_that_no_terminal_should_get_are_written_out(
    folder: StudyFolder, raw: bytes, shown: str, mapped: bool
) -> None:
    made(folder.path / "tables" / os.fsdecode(raw), "name\nJo\n")
    if mapped:
        made(folder.path / "tables" / "m.map.yaml", f"file: ['*.csv']\n{MAP}")
    reading, said = read(folder)
    assert f"tables/{shown}" in {report.file for report in reading.files}
    assert not any(sign in line for line in said for sign in "\x1b\u202e\n")
    "".join(said).encode("utf-8")


def test_printable_keeps_what_languages_need() -> None:
    for name in ("دفتر\u200cچه.xlsx", "कक्षा.xlsx", "e\u0301te\u0301.csv", "a b\u00a0c.csv"):
        assert printable(name) == name


@pytest.mark.parametrize("asked", ["forms", "forms/a.txt"])
def test_a_check_of_some_files_follows_no_link_out_either(folder: StudyFolder, asked: str) -> None:
    made(folder.path.parent / "elsewhere" / "a.txt", "secret")
    link(folder.path / "forms" / "a.txt", folder.path.parent / "elsewhere" / "a.txt")
    result = open_study(folder.path).check([folder.path / asked])
    assert [(report.file, report.kind) for report in result.files] == [("forms/a.txt", "not read")]
    assert result.scope == {"forms/a.txt"}
    assert [problem.kind for problem in result.problems] == ["not_followed"]
