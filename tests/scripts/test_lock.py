"""The lists of pinned packages: made from today's pyproject.toml, complete on every platform, and naming no index."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

pytestmark = pytest.mark.usefixtures("processes")

CHECKOUT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
LISTS = {
    "requirements.lock": PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["build"],
    "requirements-dev.lock": PROJECT["project"]["dependencies"]
    + PROJECT["dependency-groups"]["build"]
    + PROJECT["dependency-groups"]["dev"]
    + PROJECT["dependency-groups"]["docs"],
}
PLATFORMS = [
    {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": "x86_64"},
    {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": "aarch64"},
    {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix", "platform_machine": "arm64"},
    {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix", "platform_machine": "x86_64"},
    {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"},
]
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]


def entries(name: str) -> list[tuple[Requirement, int]]:
    """Each pinned package of a list with the number of its hashes."""
    joined = (CHECKOUT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in joined.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return [(Requirement(line.partition("--hash")[0]), line.count("--hash=sha256:")) for line in lines]


@pytest.mark.parametrize("name", LISTS)
def test_every_package_has_one_version_with_hashes_and_no_address(name: str) -> None:
    text = (CHECKOUT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert re.search(r"^\s*(-i|-f|--(?!hash=)\S+)", text, re.MULTILINE) is None
    assert len(entries(name)) > 40
    for package, hashes in entries(name):
        assert [clause.operator for clause in package.specifier] == ["=="], package
        assert package.url is None
        assert hashes > 0, package


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda each: f"{each['sys_platform']}-{each['platform_machine']}")
@pytest.mark.parametrize("name", LISTS)
def test_what_the_project_asks_for_is_pinned_once_on_every_platform(
    name: str, platform: dict[str, str], python: str
) -> None:
    here = {**platform, "python_version": python, "python_full_version": f"{python}.1", "extra": ""}
    pinned: dict[str, list[str]] = {}
    for package, _ in entries(name):
        if package.marker is None or package.marker.evaluate(here):
            (clause,) = package.specifier
            pinned.setdefault(canonicalize_name(package.name), []).append(clause.version)
    for asked in map(Requirement, LISTS[name]):
        if asked.marker is None or asked.marker.evaluate(here):
            versions = pinned.get(canonicalize_name(asked.name), [])
            assert len(versions) == 1, f"{asked} is pinned as {versions}. Run: python3 scripts/lock.py"
            assert asked.specifier.contains(versions[0], prereleases=True), f"{asked}. Run: python3 scripts/lock.py"


def test_what_builds_the_package_is_pinned() -> None:
    assert set(PROJECT["build-system"]["requires"]) <= set(PROJECT["dependency-groups"]["build"])


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(folder / "scripts" / "lock.py"), "--check"]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_the_lists_were_made_from_this_project_file() -> None:
    result = check(CHECKOUT)
    assert result.returncode == 0, result.stderr


def test_a_new_dependency_is_missed_and_another_setting_is_not(tmp_path: Path) -> None:
    (tmp_path / "scripts").mkdir()
    for name in ("scripts/_venv.py", "scripts/lock.py", "pyproject.toml", *LISTS):
        shutil.copy(CHECKOUT / name, tmp_path / name)
    project = tmp_path / "pyproject.toml"
    text = project.read_text(encoding="utf-8")
    project.write_text(text.replace("line-length = 120", "line-length = 100"), encoding="utf-8")
    assert check(tmp_path).returncode == 0
    project.write_text(text.replace('"click>=8.1"', '"click>=8.1", "another>=1"'), encoding="utf-8")
    result = check(tmp_path)
    assert result.returncode == 1
    assert result.stderr.count("Run: python3 scripts/lock.py") == 2
