"""Run the quick tests on every other Python of this machine: ``python3 scripts/test_pythons.py [VERSION...]``.

The Pythons are those that pyproject.toml supports and that are found as ``python3.12`` or under pyenv, without the one
of ``.venv``, on which scripts/test.py runs all tests. Each gets an environment of its own, installed from
requirements-dev.lock, that is thrown away afterwards. Says which versions are not on this machine. Ends with 1 when a
test or an installation fails, or when a version that was named is not there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import _venv

CODE = "import journeys, sys; print(f'Python {sys.version.split()[0]}: evidence-journeys', journeys.__version__)"


def main(versions: list[str]) -> int:
    _venv.enter(development=True)
    here = ".".join(map(str, sys.version_info[:2]))
    failed = []
    for version in versions or [each for each in supported() if each != here]:
        python = found(version)
        if python is None:
            print(f"Python {version} is not on this machine.", flush=True)
            failed += [version] if versions else []
        elif not tested(python):
            print(f"Python {version}: FAILED", flush=True)
            failed.append(version)
    return 1 if failed else 0


def supported() -> list[str]:
    """The versions that the package runs on, as ``3.11``."""
    return [".".join(map(str, version)) for version in sorted(_venv._SUPPORTED)]


def found(version: str) -> str | None:
    """A Python of this version that runs."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    # On the PATH there may be a stand-in of pyenv that only says that the version is not chosen.
    candidates = [shutil.which(f"python{version}"), *map(str, sorted(pyenv.glob(f"{version}.*/bin/python")))]
    code = f"import sys; assert '%d.%d' % sys.version_info[:2] == {version!r}"
    return next((each for each in candidates if each and _venv._runs([each], code)), None)


def tested(python: str) -> bool:
    """Whether the package can be installed and imported, and the quick tests pass, on this Python."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        own = str(Path(folder) / _venv.PYTHON.relative_to(_venv.VENV))
        pip = [own, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        steps = (
            [python, "-m", "venv", folder],
            [*pip, "--require-hashes", "--requirement", "requirements-dev.lock"],
            [*pip, "--no-deps", "--no-build-isolation", "--editable", "."],
            [own, "-c", CODE],
            [own, "-m", "pytest", "-q", "-n", str(os.cpu_count() or 1), "-m", "unit", "-p", "no:cacheprovider"],
        )
        environment = {**os.environ, "JOURNEYS_TEST_QUICK": "1"}
        return all(subprocess.call(step, cwd=_venv.CHECKOUT, env=environment) == 0 for step in steps)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
