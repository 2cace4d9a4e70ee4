"""Two accounts of one machine on one shared study folder: the second is told what to do, nothing is lost or doubled."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

import journeys
from tests.engines import ONLY_WITH_ALL
from tests.store.loading.voting_study import content, write_study

CHECKOUT = Path(__file__).resolve().parents[3]
FIRST, SECOND = 60_001, 60_002
"""Accounts that need no entry in the list of accounts."""

pytestmark = [
    pytest.mark.usefixtures("processes"),
    ONLY_WITH_ALL,
    pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root may run a program as somebody else"),
]


@pytest.fixture
def shared() -> Iterator[Path]:
    """A study folder that every account may write in; not below pytest's own folder, which only root may enter."""
    with tempfile.TemporaryDirectory(prefix="journeys-shared-", ignore_cleanup_errors=True) as above:
        folder = Path(above) / "votes"
        write_study(folder, 400)
        for each in (Path(above), folder, *folder.rglob("*")):
            each.chmod(0o777 if each.is_dir() else 0o666)
        yield folder
        journeys.open(folder).stop_store()


@pytest.fixture(autouse=True)
def left_by_another() -> Iterator[None]:
    """What a killed command of another account left among the temporary files, which nobody else may look into."""
    left = Path(tempfile.gettempdir()) / f"journeys-left-{uuid.uuid4().hex}"
    left.mkdir(0o700)
    (left / ".in-use").touch()
    yield
    shutil.rmtree(left, ignore_errors=True)  # a command of ours may have swept it away


@pytest.fixture
def python() -> str:
    """A Python that other accounts may run."""
    same = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for program in filter(None, (sys.executable, shutil.which(same, path="/usr/local/bin:/usr/bin"))):
        try:
            tried = _as(SECOND, program, Path("/"), "-c", "import journeys, arcadedb")
        except PermissionError:
            continue
        if tried.returncode == 0:
            return program
    pytest.skip("no Python on this machine that another account may run")


def _as(account: int, python: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    paths = [str(CHECKOUT), *(path for path in sys.path if path.endswith("site-packages"))]
    env = {
        "PATH": "/usr/bin:/bin",
        "HOME": "/nonexistent",
        "LOGNAME": f"account-{account}",
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONIOENCODING": "utf-8",
        "COLUMNS": "200",
    }
    return subprocess.run(
        [python, *arguments],
        user=account,
        group=account,
        extra_groups=[],
        umask=0o022,
        cwd=folder,
        env=env,
        capture_output=True,
        encoding="utf-8",
        timeout=240,
        check=False,
    )


@pytest.mark.timeout(600)
def test_the_second_account_is_told_what_to_do(shared: Path, python: str, tmp_path: Path) -> None:
    def journeys_of(account: int, *arguments: str, folder: Path = shared) -> subprocess.CompletedProcess[str]:
        return _as(account, python, folder, "-m", "journeys", *arguments)

    first = journeys_of(FIRST, "load")
    assert first.returncode == 0, first.stdout + first.stderr
    for command in (["status"], ["load"], ["store", "check"], ["ask", "contests"]):
        second = journeys_of(SECOND, *command)
        assert second.returncode == 3, second.stdout + second.stderr
        said = " ".join(second.stderr.split())
        assert "belongs to another account" in said
        assert "copy the study folder without `.journeys` and run `journeys load` there" in said

    # What the second account was told works, and the first one's store is as it was.
    theirs = tmp_path / "theirs" / "votes"
    shutil.copytree(shared, theirs, ignore=shutil.ignore_patterns(".journeys"))
    journeys.open(theirs).load()
    clean = content(theirs)
    assert journeys_of(FIRST, "store", "check").returncode == 0
    again = journeys_of(FIRST, "load")
    assert again.returncode == 0, again.stderr
    assert content(shared) == clean
    journeys.open(theirs).stop_store()


@pytest.mark.timeout(600)
def test_while_the_first_accounts_engine_runs(shared: Path, python: str) -> None:
    assert _as(FIRST, python, shared, "-m", "journeys", "load").returncode == 0
    assert _as(FIRST, python, shared, "-m", "journeys", "store", "start").returncode == 0
    try:
        second = _as(SECOND, python, shared, "-m", "journeys", "load")
        assert second.returncode == 3, second.stdout + second.stderr
        assert "belongs to another account" in " ".join(second.stderr.split())
        assert "Traceback" not in second.stderr
    finally:
        assert _as(FIRST, python, shared, "-m", "journeys", "store", "stop").returncode == 0
    assert _as(FIRST, python, shared, "-m", "journeys", "store", "check").returncode == 0
