"""Pages that follow the forms: whenever a file of the study changes, it is loaded, and the pages are written again."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self

from journeys.interpret.check import ProblemsFound
from journeys.interpret.folder import MADE
from journeys.model.exports import MADE_BY
from journeys.model.phrases import counted
from journeys.model.problems import JourneysError, Severity
from journeys.model.progress import NoProgress
from journeys.study.access import StudyAccess
from journeys.study.atlas.pages import write_atlas
from journeys.views.render import json_script, write_page

if TYPE_CHECKING:
    from journeys.model.privacy import Profile
    from journeys.store.connection import Store

LOOK, SETTLE = 1.0, 0.4
"""How many seconds pass between two looks at the files, and how long a file has to stay the same before it is read."""


class Watched(StudyAccess, Protocol):
    """A study that can be loaded and read anew."""

    def store(self, *, any_shape: bool = False) -> AbstractContextManager[Store]:
        """The study's store, open for the block, whichever version filled it with ``any_shape``."""

    def load(self) -> object:
        """Bring the store up to date with the files."""

    def again(self, store: Store) -> Self:
        """The same study with its settings read anew, in a store that is open."""


_Seen = Mapping[str, tuple[int, int]]


def watch(
    study: Watched,
    folder: Path,
    tell: Callable[[str], None],
    *,
    profile: Profile = "internal",
    wait: Callable[[float], None] = time.sleep,
) -> Iterator[Path]:
    """Write the atlas of a study, and write it again whenever its files change; yields the first page each time.

    Where a form has problems, nothing is loaded and the pages that are there say so. ``tell`` is told what happens,
    ``wait`` waits for some seconds. The store stays open all the time. Raises OSError, StoreUnavailable.
    """
    path = study.folder.path
    with study.store(any_shape=True) as store:
        while True:
            seen = _settled(path, folder, wait)
            began = time.monotonic()
            # study.yaml, the codebook or an instrument may have changed too.
            study = study.again(store)
            said = _load(study)
            if said:
                tell(said)
            yield _write(study, folder, profile, said)
            tell(f"The pages were written in {time.monotonic() - began:.1f} seconds. Waiting for changes; Ctrl+C ends.")
            while _files(path, folder) == seen:
                wait(LOOK)


def _load(study: Watched) -> str:
    """Load what changed; in a sentence, why that was not possible."""
    try:
        study.load()
    except ProblemsFound as found:
        number = found.result.problems.count(Severity.ERROR)
        return f"The forms have {counted(number, 'problem')}: run `journeys check`. Pages show the data as last loaded."
    except JourneysError as error:
        return f"The forms were not loaded: {error} Pages show the data as last loaded."
    return ""


def _write(study: Watched, folder: Path, profile: Profile, said: str) -> Path:
    first = write_atlas(study, folder, NoProgress(), profile=profile, live=True)
    digest = hashlib.sha256()
    for page in sorted(folder.rglob("*.html")):
        digest.update(page.read_bytes())
    version = json_script(digest.hexdigest()[:16])
    # Written last: a page that finds a new version finds all of it.
    write_page(folder / "live" / "version.js", f"/* {MADE_BY} */\njourneysLive({version}, {json_script(said)});\n")
    return first


def _settled(path: Path, written: Path, wait: Callable[[float], None]) -> _Seen:
    """The files once they stay the same: a program that is saving a form has come to its end."""
    seen = _files(path, written)
    while True:
        wait(SETTLE)
        now = _files(path, written)
        if now == seen:
            return seen
        seen = now


def _files(path: Path, written: Path) -> _Seen:
    """Time and size of each file of the study; not of what the program or an office program writes beside them."""
    found: dict[str, tuple[int, int]] = {}
    for file in sorted(path.rglob("*")):
        inside = file.relative_to(path)
        if inside.parts[0] in MADE or file.is_relative_to(written) or inside.name.startswith((".", "~$")):
            continue
        try:
            held = file.stat()
        except OSError:
            continue  # gone while we looked
        if file.is_file():
            found[inside.as_posix()] = (held.st_mtime_ns, held.st_size)
    return found
