"""How much memory the engine may take for what it works on, so that no query of a stranger's folder takes it all."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path

from journeys.model.problems import UsageProblem

MEMORY_VARIABLE = "JOURNEYS_ENGINE_MEMORY"
"""In it a person says how many gigabytes the engine may take."""
_MOST, _LEAST = 2_048, 512
_SHARE = 4
"""It gets this part of the machine's memory, within the two bounds above, in megabytes."""
_OPTIONS = "ARCADEDB_NATIVE_ISOLATE_ARGS"
_HEAP = ("-Xmx", "-XX:MaximumHeapSizePercent=", "-XX:MaxRAM=")
_COUNTED = ("-Darcadedb.queryMaxHeapRAM=0", "-Darcadedb.queryMaxHeapElementsAllowedPerOp=-1")
"""What the engine thinks that queries hold, and how many rows they may sort: neither is counted. It adds up what each
inner sort held until the query ends, and with 2 GB refuses questions about 100,000 claims that need 0.5. The limits of
its memory as a whole, and of a query's time, hold all the same."""
_CONTAINER = Path("/sys/fs/cgroup/memory.max")
_SAYS = b"java.lang.OutOfMemoryError"


def megabytes(environ: Mapping[str, str] = os.environ) -> int:
    """How much the engine may take. Raises UsageProblem when what the environment says is no number."""
    given = environ.get(MEMORY_VARIABLE, "").strip()
    if not given:
        return max(_LEAST, min(_MOST, _of_machine() // _SHARE))
    try:
        wanted = round(float(given.replace(",", ".")) * 1_024)
    except (ValueError, OverflowError):
        wanted = 0
    if wanted < _LEAST:
        raise UsageProblem(
            f"{MEMORY_VARIABLE} is {given!r}. Write how many gigabytes the embedded store may take, at least 0.5, such "
            "as 4."
        )
    return wanted


def limited(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment for a process with the engine, with the limits; those that are set for the engine itself stay."""
    options = environ.get(_OPTIONS, "").split()
    if not any(each.startswith(_HEAP) for each in options):
        options.append(f"-Xmx{megabytes(environ)}m")
    given = {each.partition("=")[0] for each in options}
    options += [each for each in _COUNTED if each.partition("=")[0] not in given]
    return {**environ, _OPTIONS: " ".join(options)}


def ran_out(log: Path, since: int) -> bool:
    """Whether the engine has said in its log, after so many bytes of it, that its memory is used up."""
    with contextlib.suppress(OSError), log.open("rb") as file:
        file.seek(since)
        return _SAYS in file.read()
    return False


def _of_machine() -> int:
    """The memory of this machine, or of the container around us, in megabytes; as for a large one if not known."""
    found = []
    with contextlib.suppress(OSError, ValueError, AttributeError):
        found.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    with contextlib.suppress(OSError, ValueError):  # a container without a limit says "max"
        found.append(int(_CONTAINER.read_text(encoding="ascii")))
    return min(found) // 1_048_576 if found else _MOST * _SHARE
