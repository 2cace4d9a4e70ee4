"""Runs ``journeys`` in a process of its own, under a ceiling of memory, and says what it took."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.commands import environment

# A small process between: a child begins with the peak of the process it was made from.
_BETWEEN = """
import os, resource, subprocess, sys
ceiling = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_AS, (ceiling, ceiling))
resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[2]), int(sys.argv[2])))
child = subprocess.Popen([sys.executable, "-m", "journeys", *sys.argv[3:]])
_, status, used = os.wait4(child.pid, 0)
peak = used.ru_maxrss // (1024 if sys.platform == "darwin" else 1)
sys.stdout.flush()
print(f"\\n{os.waitstatus_to_exitcode(status)} {used.ru_utime + used.ru_stime:.3f} {peak}", flush=True)
"""
CEILING = 2_500_000_000
"""Bytes of address space that a command may have: a safety net for the machine, far above what it should take."""
_USUAL = 0.2
"""Processor seconds of the sum in ``slowness`` on the machine for which the limits are written."""


@dataclass(frozen=True)
class Taken:
    """How a command ended, what it said, and what it took: processor seconds, and megabytes of memory at most.

    A command that did not end in time has code -9, and took an unknown amount (infinite).
    """

    code: int
    said: str
    seconds: float
    megabytes: float


def slowness() -> float:
    """How many times as long this machine computes as the one for which the limits are written; at least 1."""
    begun = time.process_time()
    sum(number * number for number in range(3_000_000))
    return max(1.0, (time.process_time() - begun) / _USUAL)


def taken_by(*arguments: str | Path, cwd: Path, env: Mapping[str, str] | None = None, deadline: int = 30) -> Taken:
    """Run a command below the ceiling; it is killed after ``deadline`` seconds of processor time (code -9)."""
    with subprocess.Popen(
        [sys.executable, "-S", "-c", _BETWEEN, str(CEILING), str(deadline), *map(str, arguments)],
        cwd=cwd,
        env=environment(env or {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as child:
        try:
            output, _ = child.communicate(timeout=20 * deadline)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            output, _ = child.communicate()
            return Taken(-9, output.decode("utf-8", "replace"), float("inf"), float("inf"))
    said, _, last = output.decode("utf-8", "replace").rstrip("\n").rpartition("\n")
    code, seconds, kilobytes = last.split()
    return Taken(int(code), said, float(seconds), int(kilobytes) / 1024)
