"""Runs ``journeys`` for tests: in this process where that makes no difference, else as a user's shell would."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

from journeys.cli import main

OURS = ("NEO4J_", "JOURNEYS_", "PYTEST_")


@dataclass(frozen=True)
class CliResult:
    """How a command ended."""

    code: int
    stdout: str
    stderr: str


class RunCli(Protocol):
    """``run_cli("check", "--json", cwd=study, env=engine.env)``."""

    def __call__(
        self,
        *arguments: str | Path,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        stdin: str = "",
        timeout: float = 240,
    ) -> CliResult: ...


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """The environment of a command: this one without our own variables, and those given."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {**clean, "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1", "COLUMNS": "160", **given}


def run_here(arguments: Sequence[str | Path], cwd: Path, env: Mapping[str, str], stdin: str = "") -> CliResult:
    """Run a command in this process, from the entry point on; it sees the folder, environment and streams given."""
    assert not any(name.startswith("PYTHON") for name in env), "only `run_program` can change how Python starts"
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n") for _ in range(2)]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(cwd)
        for name in [name for name in os.environ if name.startswith(OURS) and name != "PYTEST_CURRENT_TEST"]:
            patch.delenv(name)
        for name, value in {"NO_COLOR": "1", "COLUMNS": "160", **env}.items():
            patch.setenv(name, value)
        patch.setattr(sys, "argv", ["journeys", *map(str, arguments)])
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
        patch.setattr(sys, "stdout", streams[0])
        patch.setattr(sys, "stderr", streams[1])
        # What a command does with the memory of a process of its own, which ends with it; this one does not.
        patch.setattr(main, "look_seldom_for_memory", lambda: None)
        patch.setattr(main, "leave_memory", lambda: None)
        with pytest.raises(SystemExit) as ended:
            main.run()
        texts = [_text(stream) for stream in streams]
    code = ended.value.code
    assert isinstance(code, int)
    return CliResult(code, *texts)


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    held = stream.buffer
    assert isinstance(held, io.BytesIO)
    return held.getvalue().decode("utf-8").replace("\r\n", "\n")


def run_apart(
    arguments: Sequence[str | Path], cwd: Path, env: Mapping[str, str], stdin: str = "", timeout: float = 240
) -> CliResult:
    """Run ``python -m journeys`` in a process of its own, with exactly this environment."""
    ended = subprocess.run(
        [sys.executable, "-m", "journeys", *map(str, arguments)],
        cwd=cwd,
        env=env,
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )
    return CliResult(ended.returncode, ended.stdout, ended.stderr)
