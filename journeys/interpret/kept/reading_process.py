"""A process that reads forms for another one: ``python -m journeys.interpret.kept.reading_process STUDY``.

It takes a line of JSON for each file, its path and its name, and answers with a line of JSON, the sha-256 of what it
read and the number of bytes of text that follow. It ends when its input does.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from journeys.interpret.folder import open_folder
from journeys.interpret.kept.form_text import ReadForm, to_text
from journeys.interpret.kept.forms import read_one
from journeys.interpret.unreadable import sha256
from journeys.model.problems import Problem


def main(study: str) -> None:
    """Read the files named on standard input."""
    given, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr  # what a library prints must not stand between the answers
    folder = open_folder(Path(study))
    instruments, codebook = folder.read_instruments(_nowhere), folder.codebook(_nowhere)
    for line in iter(given.readline, b""):
        path, name = json.loads(line)
        digest: str | None = None
        text: bytes | None = None
        try:
            digest, noticed = sha256(Path(path)), list[Problem]()
            form = read_one(Path(path), name, folder, codebook, instruments, noticed.append)
            if sha256(Path(path)) == digest:
                text = to_text(ReadForm(form, noticed), name)
        except Exception:  # whatever it is: the process that asked reads the file itself, and says so
            text = None
        answers.write(json.dumps({"sha256": digest if text else None, "bytes": len(text or b"")}).encode() + b"\n")
        answers.write(text or b"")
        answers.flush()


def _nowhere(problem: Problem) -> None:
    """The process that asked reports it."""


if __name__ == "__main__":
    main(sys.argv[1])
