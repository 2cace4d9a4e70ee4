"""Pin every package that the project needs: ``python3 scripts/lock.py [--upgrade]``.

Writes ``requirements-dev.lock`` (to work on the program) and ``requirements.lock`` (to use it) from pyproject.toml:
exact versions with the hashes of all their files, for every platform and Python that the project supports. They name
no index, so that each machine fetches the files from the one it is set up for. Versions that are pinned already and
still fit stay, unless ``--upgrade`` is given. Needs Python 3.11 or newer and a network; uv is installed into a folder
of its own when it is not there. ``--check`` only says whether the lists fit pyproject.toml.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

import _venv

# Which dependency groups of pyproject.toml go into which list, beside the package's own dependencies. Both have what
# builds the package: an editable install then needs no second download that nothing pins.
# The first one binds the second, so that people use the versions that were tested.
LISTS = {"requirements-dev.lock": ("build", "dev", "docs"), "requirements.lock": ("build",)}
_STAMP = "# dependencies: sha256 "


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--upgrade"], ["--check"]):
        sys.exit("Usage: python3 scripts/lock.py [--upgrade | --check]")
    if arguments == ["--check"]:
        outdated = [name for name in LISTS if stamp_of(_venv.CHECKOUT / name) != stamp()]
        for name in outdated:
            print(f"{name} was not made from this pyproject.toml. Run: python3 scripts/lock.py", file=sys.stderr)
        return 1 if outdated else 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        uv = _uv(Path(folder))
        for name, groups in LISTS.items():
            _write(uv, _venv.CHECKOUT / name, groups, upgrade="--upgrade" in arguments)
            print(f"{name}: {len(pins(_venv.CHECKOUT / name))} packages")
    return 0


def stamp() -> str:
    """A digest of what the lists are made from; other changes to pyproject.toml do not matter."""
    project: dict[str, Any] = tomllib.loads((_venv.CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {
        "build": project["build-system"]["requires"],
        "groups": project["dependency-groups"],
        "python": project["project"]["requires-python"],
        "use": project["project"]["dependencies"],
    }
    return hashlib.sha256(json.dumps(wanted, sort_keys=True).encode()).hexdigest()


def stamp_of(path: Path) -> str | None:
    """The digest that a list was made from."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return next((line.removeprefix(_STAMP) for line in lines if line.startswith(_STAMP)), None)


def pins(path: Path) -> list[str]:
    """The pinned packages of a list, each ``name==version`` with its marker."""
    text = path.read_text(encoding="utf-8")
    return [found.strip() for found in re.findall(r"^([A-Za-z0-9][^#\\\n]*==[^\\\n]*)", text, re.MULTILINE)]


def _write(uv: str, path: Path, groups: tuple[str, ...], *, upgrade: bool) -> None:
    tested = next(iter(LISTS))
    command = [uv, "pip", "compile", "pyproject.toml", *(f"--group={group}" for group in groups)]
    # Universal: one list with markers for all platforms and Pythons, not the one for the machine that writes it.
    command += ["--universal", "--python-version=3.11", "--generate-hashes", "--no-emit-index-url", "--no-header"]
    command += ["--no-emit-find-links", "--no-progress", "--quiet", f"--output-file={path.name}"]
    command += [f"--constraint={tested}"] if path.name != tested else []
    subprocess.run([*command, *(["--upgrade"] if upgrade else [])], cwd=_venv.CHECKOUT, check=True)
    head = f"# Made by scripts/lock.py from pyproject.toml; do not edit.\n{_STAMP}{stamp()}\n"
    path.write_text(head + path.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")


def _uv(folder: Path) -> str:
    """The program uv: the one on this machine, else one installed into ``folder``."""
    found = shutil.which("uv")
    if found:
        return found
    print("Installing uv ...", file=sys.stderr, flush=True)
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run([str(programs / "python"), "-m", "pip", "install", "--quiet", "uv"], check=True)
    return str(programs / "uv")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
