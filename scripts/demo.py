"""See it work: ``python3 scripts/demo.py``.

Makes the environment it needs, writes the invented three-site study to ``demo-study/``, checks its forms, loads them
into the embedded store and follows one document. Nothing leaves this machine. A second run takes seconds.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys

import _venv

STUDY = "demo-study"
DOCUMENT = "D07"
"""The document whose journey is shown."""

NEXT = (
    ("the journey as a page for the browser", f'trace "{DOCUMENT}" --html journey.html'),
    ("what the graph holds", "status"),
    ("blank forms, to fill in", "forms"),
    ("your own study", "new my-study"),
)


def main() -> int:
    _venv.enter()
    steps = [
        ("The forms are checked", ["check"]),
        ("They are loaded into the graph", ["load"]),
        (f"The journey of document {DOCUMENT}", ["trace", DOCUMENT]),
    ]
    if not (_venv.CHECKOUT / STUDY / "study.yaml").exists():
        steps.insert(0, (f"A study is written to {STUDY}/", ["new", STUDY, "--demo"]))
    for number, (what, arguments) in enumerate(steps, start=1):
        print(f"\n[{number}/{len(steps)}] {what}: journeys {shlex.join(arguments)}", file=sys.stderr, flush=True)
        code = _journeys(arguments)
        if code:
            print(f"\nThis step did not work (exit code {code}); what is wrong is said above.", file=sys.stderr)
            return code
    print(f"\nThe forms are in {_venv.CHECKOUT / STUDY}. Where to look next:", file=sys.stderr)
    program = _venv.PYTHON.with_name("journeys").relative_to(_venv.CHECKOUT)
    for purpose, command in NEXT:
        study = "" if command.startswith("new ") else f"--study {STUDY} "
        print(f"  {purpose}:\n    {program} {study}{command}", file=sys.stderr)
    return 0


def _journeys(arguments: list[str]) -> int:
    """Run one command on the demo study, in the embedded store whatever server the environment names."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "JOURNEYS_"))}
    if arguments[0] != "new":
        arguments = ["--study", STUDY, *arguments]
    return subprocess.call([sys.executable, "-m", "journeys", *arguments], cwd=_venv.CHECKOUT, env=environment)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
