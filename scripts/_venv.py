"""The checkout's own Python environment, ``.venv``: made when missing, updated when the list of packages changed.

Only the standard library is used, and nothing an old Python cannot read: the first thing it does is to look for a
Python that is new enough.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

CHECKOUT = Path(__file__).resolve().parent.parent
VENV = CHECKOUT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

_SUPPORTED = ((3, 13), (3, 12), (3, 11), (3, 14))  # as in pyproject.toml, in the order tried
_STAMP = VENV / "evidence-journeys.stamp"


def enter(*, development: bool = False) -> None:
    """Go on inside ``.venv``.

    Returns when this process runs in it already. Otherwise makes it, runs the script that was started once more in
    it, and ends with that one's exit code. ``development`` adds what the tests need.
    """
    if Path(sys.prefix).resolve() != VENV.resolve():
        if sys.version_info[:2] not in _SUPPORTED:
            _go_on_in(_other_python())
        if not PYTHON.exists():
            _make()
        if not _up_to_date(development):
            _install(development)
        _go_on_in([str(PYTHON)])
    if not _up_to_date(development):
        _install(development)


def _go_on_in(python: list[str]) -> NoReturn:
    try:
        sys.exit(subprocess.call([*python, *sys.argv]))
    except KeyboardInterrupt:
        sys.exit(130)


def _other_python() -> list[str]:
    """The command of a Python on this machine that is new enough."""
    for version in _SUPPORTED:
        name = ".".join(map(str, version))
        for command in ([f"python{name}"], ["py", f"-{name}"]):
            program = shutil.which(command[0])
            if program and _runs([program, *command[1:]], f"import sys; assert sys.version_info[:2] == {version}"):
                print(f"This is Python {_mine()}; going on in Python {name}.", file=sys.stderr, flush=True)
                return [program, *command[1:]]
    sys.exit(
        f"This is Python {_mine()}. evidence-journeys needs Python 3.11, 3.12, 3.13 or 3.14, and none is on this "
        "machine. Install one from python.org, then run this again."
    )


def _mine() -> str:
    return ".".join(map(str, sys.version_info[:2]))


def _runs(python: list[str], code: str) -> bool:
    return subprocess.run([*python, "-c", code], capture_output=True, check=False).returncode == 0


def _make() -> None:
    _step(
        f"Making a Python environment in {VENV} ...",
        [sys.executable, "-m", "venv", str(VENV)],
        "The environment could not be made. On Debian and Ubuntu: apt install python3-venv, then run this again.",
    )


def _install(development: bool) -> None:
    if not _runs([str(PYTHON)], "import pip"):
        _make()  # its making was interrupted
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install"]
    failure = (
        "The packages could not be installed. Is there a network connection? "
        f"If it goes on failing, delete the folder {VENV} and run this again."
    )
    _step(
        "Installing what evidence-journeys needs (a few minutes the first time) ...",
        [*pip, "--require-hashes", "--requirement", str(_pinned(development))],
        failure,
    )
    # Without isolation: the build uses the hatchling that was just installed, not the newest one of an index.
    _step(
        "Installing evidence-journeys ...",
        [*pip, "--no-deps", "--no-build-isolation", "--editable", str(CHECKOUT)],
        failure,
    )
    _STAMP.write_text(_wanted(development), encoding="utf-8")


def _pinned(development: bool) -> Path:
    """The list of exact versions, made by scripts/lock.py."""
    return CHECKOUT / ("requirements-dev.lock" if development else "requirements.lock")


def _up_to_date(development: bool) -> bool:
    """Whether the environment was last filled for these lists; one for development has everything."""
    stamp = _STAMP.read_text(encoding="utf-8") if _STAMP.exists() else ""
    return stamp in {_wanted(development), _wanted(True)}


def _wanted(development: bool) -> str:
    content = hashlib.sha256((CHECKOUT / "pyproject.toml").read_bytes())
    content.update(_pinned(development).read_bytes())
    content.update(str(CHECKOUT).encode())
    return f"{content.hexdigest()} {'development' if development else 'use'}"


def _step(message: str, command: list[str], failure: str) -> None:
    """Run a command, showing its latest line to a person; its whole output only when it fails, which ends us."""
    print(message, file=sys.stderr, flush=True)
    person = sys.stderr.isatty()
    output = []
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=CHECKOUT
    ) as process:
        for line in process.stdout or ():
            output.append(line.decode("utf-8", errors="replace").rstrip())
            if person:
                print(f"\r  {output[-1].strip()[:76]:<76}", end="", file=sys.stderr, flush=True)
    if person:
        print(f"\r{'':<78}\r", end="", file=sys.stderr, flush=True)
    if process.returncode:
        sys.exit("\n".join([*output, failure]))
