"""Measure loads of filled workbooks: ``python scripts/bench/load_again.py --forms 100 300 1000``.

For each number of forms: the first load, the same again with nothing changed, a load after one form changed, and a
check after it. Printed are processor seconds of all processes and the largest memory of all together (from /proc, so on
Linux), and for each row the exponent with which the time grows, fitted to the sizes.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from _form_study import write_copy, write_form_study
from _growth import exponent

_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
CHANGED = "D07x00000"


def measured(folder: Path, *command: str) -> tuple[float, float]:
    """Processor seconds, and MB at most, of a command and all processes that work in the folder."""
    child = subprocess.Popen(
        [sys.executable, "-m", "journeys", "--study", str(folder), *command], stdout=subprocess.DEVNULL
    )
    spent: dict[str, float] = {}
    most = 0.0
    while child.poll() is None:
        memory = 0.0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                if str(folder).encode() not in (stat.parent / "cmdline").read_bytes() or stat.parent.name == str(
                    os.getpid()
                ):
                    continue
                fields = stat.read_text("utf-8", "replace").rpartition(")")[2].split()
            except OSError:
                continue
            spent[stat.parent.name] = (int(fields[11]) + int(fields[12])) / _TICKS
            memory += int(fields[21]) * _PAGE / 1e6
        most = max(most, memory)
        time.sleep(0.02)
    if child.returncode:
        raise SystemExit(f"journeys {command[0]} ended with {child.returncode}")
    return sum(spent.values()), most


def rows(forms: int) -> dict[str, tuple[float, float]]:
    """What each command takes for a study of so many forms."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "bench"
        parts = write_form_study(folder, forms)
        found = {"first load": measured(folder, "load"), "nothing changed": measured(folder, "load")}
        write_copy(folder / "forms" / f"{CHANGED}.xlsx", parts, CHANGED, "twice")
        found["one form changed"] = measured(folder, "load")
        found["check after it"] = measured(folder, "check")
    return found


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--forms", type=int, nargs="+", default=[100, 300, 1_000])
    sizes = sorted(options.parse_args().forms)
    found = {size: rows(size) for size in sizes}
    for name in found[sizes[0]]:
        each = "  ".join(f"{size}: {found[size][name][0]:.1f} s, {found[size][name][1]:.0f} MB" for size in sizes)
        print(f"{name:<18}{each}  exponent {exponent(sizes, [found[size][name][0] for size in sizes]):.2f}")


if __name__ == "__main__":
    main()
