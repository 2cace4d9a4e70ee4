"""Scripts that the pages of an atlas share, in files beside the pages."""

from __future__ import annotations

import hashlib

from journeys.model.exports import MADE_BY

FOLDER = "shared"


class SharedFiles:
    """Scripts that many pages need, each once, in a file whose name follows from what it says."""

    def __init__(self) -> None:
        self.files: dict[str, str] = {}
        """The files, by their name as seen from the first page."""
        self._names: dict[str, str] = {}

    def script(self, text: str) -> str:
        """The name of the file with this script, which is from now on one of ``files``."""
        if text not in self._names:
            digest = hashlib.sha256(text.encode()).hexdigest()[:16]
            self._names[text] = f"{FOLDER}/{digest}.js"
            self.files[self._names[text]] = f"/* {MADE_BY} */\n{text}"
        return self._names[text]
