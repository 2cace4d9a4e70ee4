"""The house: rooms import in one direction, modules stay readable, the front door is what it says.

The contracts are in pyproject.toml, ``[tool.importlinter]``; ``lint-imports`` checks the imports that the syntax tree
shows. Modules that are loaded by a name in a string are checked here.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

import journeys

CHECKOUT = Path(__file__).parent.parent
PACKAGE = Path(journeys.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 400
LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"


def rooms() -> list[str]:
    """The rooms from the lowest up, as the contract has them."""
    settings = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    (contract,) = [each for each in settings["contracts"] if each["id"] == "rooms"]
    return list(reversed(contract["layers"]))


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """What ``lint-imports`` says of the package in a folder."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"}
    return subprocess.run(
        [sys.executable, "-c", LINT], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )


@pytest.mark.usefixtures("processes")
def test_rooms_import_in_one_direction_and_in_no_circle() -> None:
    result = lint(CHECKOUT)
    assert result.returncode == 0, result.stdout + result.stderr


# A file, what is written into it, and the import that must be named.
BACKWARDS = {
    "model/late.py": ("def late():\n    from journeys.study.study import Study", "model.late -> journeys.study.study"),
    "model/room.py": ("from journeys import study", "model.room -> journeys.study"),
    "model/front.py": ("from journeys import Study", "model.front -> journeys"),
    "staging/typed.py": (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from ..interpret import folder",
        "staging.typed -> journeys.interpret.folder",
    ),
    "store/rows.py": ("import journeys.interpret.folder", "store.rows -> journeys.interpret.folder"),
    "analysis/methods/told.py": (
        "from journeys.analysis.claims import claim",
        "methods.told -> journeys.analysis.claim",
    ),
    "analysis/trace/beside.py": ("from journeys.analysis.courses import course", "trace.beside -> journeys.analysis.c"),
    "store/queries/beside.py": ("from journeys.store.loading import load", "queries.beside -> journeys.store.loading"),
    "views/pictures/up.py": ("from journeys.views.pages import atlas", "pictures.up -> journeys.views.pages"),
    "instruments/files/up.py": ("from journeys.instruments import answers", "files.up -> journeys.instruments.answers"),
    "cli/direct.py": ("from journeys.store import connection", "cli.direct -> journeys.store.connection"),
    "loose.py": ("", "loose"),
    "model/round_a.py": ("from journeys.model import round_b", "round_"),
    "model/round_b.py": ("from journeys.model import round_a", "No cycles are allowed in journeys.model"),
}


@pytest.mark.usefixtures("processes")
def test_every_import_backwards_is_named(tmp_path: Path) -> None:
    shutil.copytree(PACKAGE, tmp_path / "journeys", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(CHECKOUT / "pyproject.toml", tmp_path)
    for name, (text, _) in BACKWARDS.items():
        (tmp_path / "journeys" / name).write_text(text + "\n", encoding="utf-8")
    result = lint(tmp_path)
    assert result.returncode == 1
    assert [said for _, said in BACKWARDS.values() if said not in result.stdout] == []


def names_in_strings(path: Path) -> Iterator[str]:
    """Every string of a module, also of an f-string, that is the name of a module of ours, without a closing dot."""
    text = path.read_text(encoding="utf-8")
    if not re.search(r"[\"']journeys\.", text):  # to parse every module takes long
        return
    for node in ast.walk(ast.parse(text)):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and re.fullmatch(r"journeys(\.\w+)+\.?", node.value)
        ):
            yield node.value.removesuffix(".")


def wrong_names(path: Path, room: str) -> list[str]:
    """Those of a module's strings that name no module, or one in a room above."""
    order = rooms()
    above = order[order.index(room) + 1 :] if room in order else []
    return [name for name in names_in_strings(path) if not is_there(name) or name.split(".")[1] in above]


def is_there(module: str) -> bool:
    """Whether a module of this name can be imported."""
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # not even the package that it would be in
        return False


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_loaded_by_its_name_is_there_and_in_no_room_above(path: Path) -> None:
    assert wrong_names(path, path.relative_to(PACKAGE).parts[0]) == []


def test_a_name_in_a_string_is_seen(tmp_path: Path) -> None:
    lazy = tmp_path / "lazy.py"
    lazy.write_text('A = {"x": "journeys.views.text"}\nB = f"journeys.cli.{A}"\nC = "journeys.model.nothing"\n')
    assert set(wrong_names(lazy, "analysis")) == {"journeys.views.text", "journeys.model.nothing", "journeys.cli"}
    named = {path.relative_to(PACKAGE).as_posix() for path in MODULES if any(names_in_strings(path))}
    assert {"__init__.py", "cli/main.py", "analysis/measures/registry.py"} <= named


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_module_is_too_long_to_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_the_front_door_is_sorted_and_opens() -> None:
    assert journeys.__all__ == sorted(journeys.__all__)
    for name in journeys.__all__:
        assert getattr(journeys, name) is not None
    with pytest.raises(AttributeError):
        journeys.nonsense  # noqa: B018


def test_the_public_names_are_these() -> None:
    # Adding one is a promise, and taking one away breaks notebooks: say either in CHANGELOG.md.
    assert journeys.__all__ == ["JourneysError", "Problem", "Study", "__version__", "load_schema", "open"]


@pytest.mark.usefixtures("processes")
def test_there_is_one_version() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "journeys", "--version"],
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    citation = (CHECKOUT / "CITATION.cff").read_text(encoding="utf-8")
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    assert run.stdout.strip() == f"journeys, version {journeys.__version__}"
    assert f"\nversion: {journeys.__version__}\n" in citation
    assert project["project"]["dynamic"] == ["version"]
    assert project["tool"]["hatch"]["version"]["path"] == "journeys/model/version.py"
