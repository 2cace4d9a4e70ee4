"""See it work: ``python3 scripts/demo.py [FOLDER]``.

Makes the environment it needs, writes the invented three-site study to FOLDER (``demo-study`` in the checkout), checks
its forms, loads them into the embedded store, follows one document and writes pages of everything. Where there is a
desktop it opens them. Nothing leaves this machine. A second run takes seconds.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import webbrowser
from pathlib import Path

import _venv

DOCUMENT = "D07"  # the document whose journey is shown

NEXT = (
    ("what can be asked", "ask"),
    ("one question", "ask 5 --param document=D07"),
    ("what can be measured", "analyse"),
    ("blank forms, to fill in", "forms"),
    ("your own study", "new ../my-study"),
)


def main(arguments: list[str]) -> int:
    _venv.enter()
    study = Path(arguments[0] if arguments else "demo-study").absolute()
    steps = [
        ("The forms are checked", ["--study", str(study), "check"]),
        ("They are loaded into the graph", ["--study", str(study), "load"]),
        (f"The journey of document {DOCUMENT}", ["--study", str(study), "trace", DOCUMENT]),
        ("Every journey and every site as pages", ["--study", str(study), "atlas"]),
    ]
    if not (study / "study.yaml").exists():
        steps.insert(0, ("A study is written", ["new", str(study), "--demo"]))
    for number, (what, command) in enumerate(steps, start=1):
        print(f"\n[{number}/{len(steps)}] {what}: journeys {shlex.join(command)}", file=sys.stderr, flush=True)
        code = subprocess.call([sys.executable, "-m", "journeys", *command], env=_without_servers())
        if code:
            print(f"\nThis step did not work (exit code {code}); what is wrong is said above.", file=sys.stderr)
            return code
    atlas = study / "out" / "atlas" / "index.html"
    opened = _has_a_screen() and webbrowser.open(atlas.as_uri())
    print(f"\nThe pages {'are open in your browser:' if opened else 'are ready. Open'} {atlas}", file=sys.stderr)
    print(f"The forms are in {study}. In that folder, look next at:", file=sys.stderr)
    for purpose, next_command in NEXT:
        print(f"  {purpose}:\n    {_venv.PYTHON.with_name('journeys')} {next_command}", file=sys.stderr)
    return 0


def _has_a_screen() -> bool:
    """Whether somebody sits before a desktop: a server's text browser would only get in the way."""
    desktop = sys.platform in ("win32", "darwin") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
    return desktop and sys.stderr.isatty() and "CI" not in os.environ


def _without_servers() -> dict[str, str]:
    """This environment without the variables that would send the demo to a server."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "JOURNEYS_"))}


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
