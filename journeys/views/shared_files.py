"""Scripts that the pages of an atlas share, in files beside the pages."""

from __future__ import annotations

import hashlib
from pathlib import Path

from journeys.model.exports import MADE_BY

FOLDER = "shared"
LOADED = f"{FOLDER}/loaded.js"
"""The script that says when the data were loaded: so pages stay the same when other data are loaded."""

_HEAD = f"/* {MADE_BY} */\n"


class SharedFiles:
    """Scripts that many pages need, each once, in a file whose name follows from what it says."""

    def __init__(self) -> None:
        self.files: dict[str, str] = {}
        """The files, by their name as seen from the first page."""
        self.used: set[str] = set()
        """The files that were asked for, to be emptied by whoever wants to know which a page asks for."""
        self._names: dict[str, str] = {}

    def script(self, text: str) -> str:
        """The name of the file with this script, which is from now on one of ``files``."""
        if text not in self._names:
            self._names[text] = _name(text)
            self.files[self._names[text]] = _HEAD + text
        self.used.add(self._names[text])
        return self._names[text]

    @staticmethod
    def is_whole(folder: Path, name: str) -> bool:
        """Whether the file of this name in an atlas says what its name follows from."""
        try:
            text = (folder / name).read_bytes().decode("utf-8")
        except (OSError, ValueError):
            return False
        return text.startswith(_HEAD) and _name(text.removeprefix(_HEAD)) == name


def _name(text: str) -> str:
    return f"{FOLDER}/{hashlib.sha256(text.encode()).hexdigest()[:16]}.js"
