"""Whether a whole atlas would be the same again, told without reading the study from its store."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from journeys.interpret.kept.marks import looks_of
from journeys.model.private_files import write_private
from journeys.store.connection import Store
from journeys.store.load_history import LastLoad
from journeys.study.access import StudyAccess
from journeys.study.atlas.digests import way_of_making

_KEPT = "pages"


def kept_file(work: Path, atlas: Path, what: str) -> Path:
    """Where the folder ``.journeys`` keeps something about the atlas in a folder: ``what`` is its ending."""
    name = hashlib.sha256(str(atlas.resolve()).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return work / _KEPT / f"{name}{what}"


class WholeAtlas:
    """What an atlas was made from as a whole: the load that filled the store, every file of the study folder as its
    size and time tell it, the program, and whom the pages are for.

    A Neo4j server may be written to by others than our loads, so nothing is known of its atlas.
    """

    def __init__(self, study: StudyAccess, store: Store, atlas: Path, load: LastLoad | None, *shown: object) -> None:
        """``atlas`` is its folder, ``shown`` what else its pages depend on."""
        self._atlas = atlas
        self._file = kept_file(study.folder.work, atlas, "-whole.json")
        self._digest = ""
        if store.engine == "embedded" and load is not None and load.complete:
            with contextlib.suppress(OSError):  # a file went away just now: all is made
                own = atlas.resolve()
                looks = [look for look in looks_of(study.folder) if own not in Path(look[0]).parents]
                self._digest = way_of_making(repr((load, shown, looks)))

    @property
    def is_unchanged(self) -> bool:
        """Whether all is as when the atlas was last made, and each of its files is there as it was written."""
        try:
            known = json.loads(self._file.read_bytes())
            if not self._digest or known["digest"] != self._digest:
                return False
            return bool(known["files"]) and all(_state(self._atlas / name) == at for name, at in known["files"].items())
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return False

    def keep(self, written: Iterable[str]) -> None:
        """Remember the files that were written, by their places in the folder of the atlas."""
        with contextlib.suppress(OSError):  # else all is made next time
            files = {name: _state(self._atlas / name) for name in sorted(written)}
            write_private(self._file, json.dumps({"digest": self._digest, "files": files}))


def _state(file: Path) -> list[int]:
    held = file.stat()
    return [held.st_size, held.st_mtime_ns]
