"""Install the program as people do, and try it: ``python3 scripts/install_check.py [--quick]``.

The wheel and the sdist are built, then installed with pip, pipx and uv, each time into an empty folder, on every
supported Python of this machine (``--quick``: the wheel with pip on this Python alone). Each installation makes the
invented study, checks and loads it, traces a journey, shows a page of the documentation and runs ``journeys doctor``.
Says for each how long the installation took and how large it is, and names Pythons that are not here. pipx and uv are
fetched where this machine lacks them. Ends with 1 when something fails.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import _venv
from test_pythons import found, supported

BIN = "Scripts" if os.name == "nt" else "bin"
TRIED = (
    ["new", "study", "--demo"],
    ["--study", "study", "check"],
    ["--study", "study", "load"],
    ["--study", "study", "trace", "D07"],
    ["--study", "study", "network", "Northtown", "-o", "northtown.html"],
    ["docs", "maps"],
    ["--study", "study", "doctor"],
)
"""What somebody does first."""


class Way(NamedTuple):
    """A way to install: its name, and a function that installs a file on a Python into a folder, giving the command."""

    name: str
    install: Callable[[Path, str, Path], Path]


class Failed(Exception):
    """A step of an installation failed; its output."""


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--quick"]):
        sys.exit("Usage: python3 scripts/install_check.py [--quick]")
    _venv.enter(development=True)
    failed = 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        wheel, sdist = built(Path(scratch))
        for number, (python, way, file) in enumerate(cases(wheel, sdist, quick=bool(arguments))):
            where = f"{way.name}, {file.name.rpartition('.')[2]}, {version_of(python)}"
            try:
                print(f"{where}: {tried(way, file, python, Path(scratch) / str(number))}", flush=True)
            except Failed as problem:
                failed += 1
                print(f"{where}: FAILED\n{problem}", flush=True)
            shutil.rmtree(Path(scratch) / str(number), ignore_errors=True)
    return 1 if failed else 0


def cases(wheel: Path, sdist: Path, *, quick: bool) -> Iterator[tuple[str, Way, Path]]:
    """Every Python with pip and the wheel; every way and file on this Python, which is the first."""
    own = str(Path(sys.base_prefix) / BIN / ("python.exe" if os.name == "nt" else "python3"))
    yield own, Way("pip", with_pip), wheel
    if quick:
        return
    for way in (Way("pip", with_pip), Way("pipx", with_pipx), Way("uv tool", with_uv)):
        yield from ((own, way, file) for file in (wheel, sdist) if (way.name, file) != ("pip", wheel))
    for version in supported():
        python = found(version)
        if python is None:
            print(f"Python {version} is not on this machine.", flush=True)
        elif version_of(python) != version_of(own):
            yield python, Way("pip", with_pip), wheel


def built(folder: Path) -> tuple[Path, Path]:
    """The wheel and the sdist."""
    code = "import sys, hatchling.build as b; print(b.build_wheel(sys.argv[1])); print(b.build_sdist(sys.argv[1]))"
    names = done([sys.executable, "-c", code, str(folder)], cwd=_venv.CHECKOUT).split()
    return folder / names[-2], folder / names[-1]


def tried(way: Way, file: Path, python: str, folder: Path) -> str:
    """Install a file and do what somebody does first; gives time and size. Raises Failed."""
    folder.mkdir()
    begun = time.monotonic()
    command = way.install(file, python, folder)
    took = time.monotonic() - begun
    size = sum(each.stat().st_size for each in folder.rglob("*") if each.is_file() and not each.is_symlink())
    for words in TRIED:
        done([str(command), *words], cwd=folder)
    return f"works; installed in {took:.0f} s, {size / 1e6:.0f} MB"


def with_pip(file: Path, python: str, folder: Path) -> Path:
    """An environment of its own, as ``python -m venv`` and ``pip install`` make it."""
    done([python, "-m", "venv", str(folder / "venv")], cwd=folder)
    programs = folder / "venv" / BIN
    done([str(programs / "python"), "-m", "pip", "install", "--quiet", str(file)], cwd=folder)
    return programs / "journeys"


def with_pipx(file: Path, python: str, folder: Path) -> Path:
    """As ``pipx install`` does."""
    pipx = program("pipx", folder)
    places = {
        "PIPX_HOME": str(folder / "home"),
        "PIPX_BIN_DIR": str(folder / "bin"),
        "PIPX_MAN_DIR": str(folder / "man"),
    }
    done([pipx, "install", "--quiet", "--python", python, str(file)], cwd=folder, **places)
    return folder / "bin" / "journeys"


def with_uv(file: Path, python: str, folder: Path) -> Path:
    """As ``uv tool install`` does."""
    uv = program("uv", folder)
    places = {"UV_TOOL_DIR": str(folder / "tools"), "UV_TOOL_BIN_DIR": str(folder / "bin"), "UV_LINK_MODE": "copy"}
    done([uv, "tool", "install", "--quiet", "--python", python, str(file)], cwd=folder, **places)
    return folder / "bin" / "journeys"


def program(name: str, folder: Path) -> str:
    """pipx or uv: the one of this machine, else one in an environment beside ``folder``."""
    there = shutil.which(name)
    if there:
        return there
    own = folder.parent / f"with-{name}"
    if not own.exists():
        done([sys.executable, "-m", "venv", str(own)], cwd=folder)
        done([str(own / BIN / "python"), "-m", "pip", "install", "--quiet", name], cwd=folder)
    return str(own / BIN / name)


def version_of(python: str) -> str:
    """The version of a Python, as ``Python 3.12.1``."""
    return done([python, "--version"], cwd=_venv.CHECKOUT).strip()


def done(command: list[str], cwd: Path, **environment: str) -> str:
    """Run a command without the settings of this checkout; gives its output. Raises Failed."""
    ours = ("PYTHON", "JOURNEYS_", "NEO4J_", "PIP_REQUIRE", "VIRTUAL_ENV")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    ended = subprocess.run(
        command,
        cwd=cwd,
        env={**clean, **environment, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONIOENCODING": "utf-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if ended.returncode:
        raise Failed(f"{' '.join(command)}\n{ended.stdout}")
    return ended.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
