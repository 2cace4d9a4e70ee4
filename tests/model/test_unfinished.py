"""What a killed process leaves behind goes; what a living one holds stays; a file is there whole or as it was."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from journeys.model.unfinished import (
    aside,
    remove_left_behind,
    remove_parts_in,
    scratch_folder,
    write_whole,
    written_together,
)

HOLDS = """
import sys
from pathlib import Path
from journeys.model.unfinished import aside, scratch_folder

work, form = map(Path, sys.argv[1:])
with scratch_folder("reading-", work), scratch_folder("journeys-try-"), aside(form) as (part,):
    part.write_text("half")
    print("there", flush=True)
    sys.stdin.read()
"""


def left(study: Path) -> list[str]:
    """The names of all that lies in a study folder and, of this test, among the temporary files."""
    temporary = Path(tempfile.gettempdir()).glob("journeys-try-*")
    return sorted({each.name.partition("-")[0] for each in (*study.rglob("*-*"), *temporary) if each.is_dir()})


@pytest.mark.usefixtures("processes")
def test_what_a_living_process_holds_stays_and_goes_when_it_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study, work, temporary = tmp_path / "study", tmp_path / "study" / ".journeys", tmp_path / "temporary"
    work.mkdir(parents=True)
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    form = study / "forms" / "D07.yaml"
    write_whole(form, "whole")
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDS, work, form],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(temporary)},
    )
    assert holder.stdout is not None
    assert holder.stdout.readline().strip() == b"there"
    held = [".journeys", "journeys", "reading"]
    remove_left_behind(study, work, ("reading-",))
    assert left(study) == held
    holder.kill()
    holder.wait()
    assert left(study) == held
    remove_left_behind(study, work, ("reading-",))
    assert left(study) == []
    assert form.read_text() == "whole"


def test_nothing_is_left_when_the_block_ends_well_or_badly(tmp_path: Path) -> None:
    one, two = tmp_path / "a" / "one.txt", tmp_path / "b" / "two.txt"
    with aside(one, two) as parts:
        for part in parts:
            part.write_text(part.name)
    assert (one.read_text(), two.read_text()) == ("one.txt", "two.txt")
    with pytest.raises(ValueError, match="in the middle"):
        write_half(one)
    assert one.read_text() == "one.txt"
    assert sorted(each.name for each in tmp_path.rglob("*")) == ["a", "b", "one.txt", "two.txt"]


def write_half(path: Path) -> None:
    with aside(path) as (part,):
        part.write_text("half")
        raise ValueError("in the middle")


def test_folders_of_earlier_versions_which_have_no_lock_go_too(tmp_path: Path) -> None:
    (tmp_path / "reading-abc").mkdir()
    (tmp_path / "reading-abc" / "staging.sqlite").write_text("everything")
    remove_left_behind(tmp_path, tmp_path, ("reading-",))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs symbolic links")
def test_a_link_in_the_place_of_a_lock_harms_no_file(tmp_path: Path) -> None:
    """The folder may come from a stranger."""
    mine = tmp_path / "mine.txt"
    mine.write_text("mine")
    folder = tmp_path / "study" / ".journeys-part-1"
    folder.mkdir(parents=True)
    (folder / ".in-use").symlink_to(mine)
    (folder / "all").symlink_to(tmp_path)
    remove_parts_in(tmp_path / "study")
    assert mine.read_text() == "mine"
    assert list((tmp_path / "study").iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs symbolic links and permissions")
def test_a_file_keeps_its_permissions_and_a_link_is_followed(tmp_path: Path) -> None:
    mine, link = tmp_path / "mine.txt", tmp_path / "link.txt"
    mine.write_text("old")
    mine.chmod(0o640)
    link.symlink_to(mine)
    write_whole(link, "new")
    assert (mine.read_text(), mine.stat().st_mode & 0o777, link.is_symlink()) == ("new", 0o640, True)


def test_a_scratch_folder_is_empty_at_first_and_gone_at_last(tmp_path: Path) -> None:
    with scratch_folder("reading-", tmp_path) as folder:
        assert list(folder.iterdir()) == []
        (folder / "deep").mkdir()
    assert list(tmp_path.iterdir()) == []


def test_files_that_are_written_together_stand_where_they_belong(tmp_path: Path) -> None:
    with written_together(tmp_path / "out"):
        for name in ("a/index.html", "b/index.html"):
            write_whole(tmp_path / "out" / name, name)
        write_whole(tmp_path / "other.html", "other")
    held = {path.relative_to(tmp_path).as_posix(): path.read_text() for path in tmp_path.rglob("*") if path.is_file()}
    assert held == {"out/a/index.html": "a/index.html", "out/b/index.html": "b/index.html", "other.html": "other"}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no folder in which nobody may write")
def test_a_folder_in_which_nothing_can_be_written_is_named_and_not_what_would_be_made_in_it() -> None:
    with pytest.raises(OSError, match="'/proc'"), aside(Path("/proc/form.xlsx")):
        pytest.fail("something was written there")
